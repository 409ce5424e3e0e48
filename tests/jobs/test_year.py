"""A year in seven zones, with kills, an outage and clocks set back: what is due comes once, and in time."""

import contextlib
import datetime as dt
import os
import random
import signal
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from hearback.models import Application, Event, Kind, MailGroup, Meeting, Notification, User, database
from hearback.notify.letter import Letter
from jobs import follow_ups, reminders
from jobs.due import due
from tests.jobs.test_hours import ZONES
from tests.support import product

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
TICK = dt.timedelta(minutes=5)
BEGAN = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
ENDS = dt.datetime(2027, 1, 1, tzinfo=dt.UTC)
# Usual ones, then such as are skipped or doubled somewhere.
HOURS = ["09:00", "01:30", "02:00", "02:30"]
# Around every change of clocks of these zones in this year, and the turns of months.
OWN_DATES = [
    *(dt.date(2026, 3, day) for day in (8, 9, 29)),
    *(dt.date(2026, 4, day) for day in (5, 6)),
    *(dt.date(2026, 10, day) for day in (4, 25)),
    dt.date(2026, 11, 1),
    dt.date(2026, 12, 31),
]
# A Monday and a 1st lie in it.
OUTAGE = (dt.datetime(2026, 5, 29, 18, tzinfo=dt.UTC), dt.datetime(2026, 6, 1, 18, tzinfo=dt.UTC))
SILENT_SINCE = dt.datetime(2026, 1, 10, 12, tzinfo=dt.UTC)
ANSWERED = dt.datetime(2026, 7, 1, 12, tzinfo=dt.UTC)
# Interviews: in two nights of changing clocks, after and within the outage, and one that is moved.
MEETINGS = [
    dt.datetime(2026, 3, 29, 1, 30, tzinfo=dt.UTC),
    dt.datetime(2026, 11, 1, 6, tzinfo=dt.UTC),
    dt.datetime(2026, 6, 1, 20, tzinfo=dt.UTC),
]
OVER_IN_OUTAGE = dt.datetime(2026, 5, 31, 12, tzinfo=dt.UTC)
MOVED = (dt.datetime(2026, 9, 15, 15, tzinfo=dt.UTC), dt.datetime(2026, 9, 18, 15, tzinfo=dt.UTC))
MOVED_AT = dt.datetime(2026, 9, 15, 6, tzinfo=dt.UTC)

Key = tuple[int, str, str]


class Crash(BaseException):
    """A worker that ends in the middle of its work."""


@pytest.fixture
def house(sqlite_url: str, redis_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The product's jobs, in which every summary and report has something to tell."""

    def letter(user_id: int, day: dt.date) -> Letter:
        return Letter(f"News of {day}", "There is some.")

    with product.running(product.environment(sqlite_url, redis_url)):
        database.connect(reuse_if_open=True)
        told = {kind: replace(turn, letter=letter) for kind, turn in reminders.TURNS.items()}
        monkeypatch.setattr(reminders, "TURNS", told)
        yield


def people() -> list[User]:
    """Somebody in each zone with each of the hours, who joined as the year began."""
    made = []
    for zone in ZONES:
        for hour in HOURS:
            made.append(
                User.create(
                    email=f"{zone}-{hour}@example.com",
                    timezone=zone,
                    reminder_hour=hour,
                    summary_hour=hour,
                    report_hour=hour,
                    next_summary_at=BEGAN,
                    next_report_at=BEGAN,
                    hour_before=True,
                )
            )
    return made


def application(user: User, status: str, last: dt.datetime) -> Application:
    """An application as the fold writes it."""
    group = MailGroup.create(user=user)
    number = Event.select().count()
    anchor = Event.create(
        user=user, group=group, kind=Kind.CREATED, happened_at=last, tiebreak=f"{number}", data={}
    )
    moments = dict.fromkeys(("status_at", "began_at", "last_event_at", "changed_at", "follow_up_at"), last)
    return Application.create(user=user, group=group, anchor=anchor, company="Acme", status=status, **moments)


class Year:
    """The people, their applications, and what is due to them by a count of its own."""

    def __init__(self) -> None:
        self.users = people()
        self.dated: list[tuple[User, Application, dt.date]] = []
        self.silent = [(user, application(user, "applied", SILENT_SINCE)) for user in self.users]
        for user in self.users:
            for day in OWN_DATES:
                row = application(user, "draft", BEGAN)
                follow_ups.answer(user.id, row.anchor_id, "on", BEGAN, day)
                self.dated.append((user, row, day))
        self.meetings = [
            Meeting.create(
                user=user,
                application=row,
                key=f"{start}",
                state="confirmed",
                start=start,
                end=start + HOUR,
                changed_at=BEGAN,
            )
            for user, row in self.silent
            for start in [*MEETINGS, OVER_IN_OUTAGE, MOVED[0]]
        ]
        self.told: dict[Key, dt.datetime] = {}

    def move_the_interviews(self) -> None:
        """Let employers move them, as the fold notes it."""
        moved = Meeting.update(start=MOVED[1], end=MOVED[1] + HOUR, changed_at=MOVED_AT)
        moved.where(Meeting.start == MOVED[0]).execute()

    def wanted(self) -> dict[Key, dt.datetime]:
        """Each row that must be there, and when at the earliest: found by walking through the year."""
        found: dict[Key, dt.datetime] = {}
        first = {user.id: self._firsts(user) for user in self.users}
        for user in self.users:
            for day, at in first[user.id].items():
                if day.weekday() == 0:
                    found[user.id, "summary", day.isoformat()] = at
                if day.day == 1:
                    found[user.id, "report", day.isoformat()] = at
        for user, row, day in self.dated:
            found[user.id, "follow_up", f"{row.anchor_id}:{day}"] = first[user.id][day]
        for user, row in self.silent:
            for last in (SILENT_SINCE, ANSWERED):
                day = last.astimezone(ZoneInfo(user.timezone)).date() + 7 * DAY
                found[user.id, "follow_up", f"{row.anchor_id}:{day}"] = first[user.id][day]
        for meeting in self.meetings:
            starts = MOVED if meeting.start == MOVED[0] else [meeting.start]
            for start in starts:
                key = f"{meeting.uid}:{start:%Y%m%dT%H%M%SZ}"
                if start != OVER_IN_OUTAGE:
                    found[meeting.user_id, "reminder", f"interview:day:{key}"] = start - 28 * HOUR
                if start not in {OVER_IN_OUTAGE, MOVED[0]}:
                    found[meeting.user_id, "reminder", f"interview:hour:{key}"] = start - HOUR
        return found

    def _firsts(self, user: User) -> dict[dt.date, dt.datetime]:
        """For each local day the first half hour at which the user's hour has come."""
        hour = dt.time.fromisoformat(user.reminder_hour)
        found: dict[dt.date, dt.datetime] = {}
        at, where = BEGAN, ZoneInfo(user.timezone)
        while at < ENDS:
            local = at.astimezone(where)
            if local.time() >= hour:
                found.setdefault(local.date(), at)
            at += HOUR / 2
        # The day on which the year begins in UTC had begun before in some zones: its hour may be past.
        return {day: at for day, at in found.items() if at > BEGAN}

    def answer_the_silent(self) -> None:
        """Let each employer write, as the fold notes it."""
        rows = [row.id for _, row in self.silent]
        Application.update(last_event_at=ANSWERED, follow_up_at=ANSWERED).where(
            Application.id.in_(rows)
        ).execute()

    def tick(self, at: dt.datetime) -> None:
        """All ticks of this moment, by two schedulers that saw the same; note what is new."""
        kinds = {kind: list(due(turn.due, at)) for kind, turn in reminders.TURNS.items()}
        applications = list(due(Application.follow_up_at, at))
        for _ in range(2):
            for kind, ids in kinds.items():
                reminders.write(kind, ids, at)
            follow_ups.remind(applications, at)
            reminders.remind_a_day_before(at)
            reminders.remind_an_hour_before(at)

    def note(self, at: dt.datetime) -> None:
        """Keep when each row was first seen."""
        rows = Notification.select(Notification.user, Notification.kind, Notification.key)
        if len(self.told) < rows.count():
            for key in rows.tuples():
                self.told.setdefault(key, at)


def killed_tick(year: Year, at: dt.datetime, before_commit: bool) -> None:
    """The tick in a process of its own, which is killed between the claim and the commit, or after it."""
    database.close()
    database.obj.close_all()
    pid = os.fork()
    if pid == 0:
        tell = Notification.tell

        def deadly(*args: object, **kwargs: object) -> bool:
            made = tell(*args, **kwargs)
            if before_commit:
                os.kill(os.getpid(), signal.SIGKILL)
            return made

        Notification.tell = deadly  # type: ignore[method-assign]
        with contextlib.suppress(BaseException):
            database.connect()
            year.tick(at)
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(pid, 0)
    database.connect()


def crashing_tick(year: Year, at: dt.datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tick in a worker that fails between the claim and the commit."""
    tell = Notification.tell

    def crash(*args: object, **kwargs: object) -> bool:
        tell(*args, **kwargs)
        raise Crash

    with monkeypatch.context() as patched, contextlib.suppress(Crash):
        patched.setattr(Notification, "tell", crash)
        year.tick(at)


def test_a_year_of_mishaps_leaves_each_row_once(house: None, monkeypatch: pytest.MonkeyPatch) -> None:
    year, chance = Year(), random.Random(2026)
    wanted = year.wanted()
    moments = sorted({*wanted.values(), *(BEGAN + n * HOUR * 12 for n in range(365 * 2)), OUTAGE[1]})
    by_fate: defaultdict[str, int] = defaultdict(int)
    busy = set(wanted.values())
    events = [(year.answer_the_silent, ANSWERED), (year.move_the_interviews, MOVED_AT)]
    before = BEGAN
    for at in moments:
        if OUTAGE[0] <= at < OUTAGE[1]:
            continue
        for happens, when in events:
            if before < when <= at:
                happens()
        before = at
        fate = chance.choices(["well", "crash", "kill", "back"], [84, 8, 2, 6])[0] if at in busy else "well"
        by_fate[fate] += 1
        if fate == "crash":
            crashing_tick(year, at, monkeypatch)
        elif fate == "kill":
            killed_tick(year, at, before_commit=chance.random() < 0.7)
        else:
            year.tick(at)
        if fate == "back":
            year.tick(at - HOUR)
            year.tick(at - HOUR / 2)
        year.note(at)
        if fate in {"crash", "kill"}:
            # As the table says, five minutes later.
            year.tick(at + TICK)
            year.note(at + TICK)
    assert all(by_fate[fate] > 20 for fate in ("crash", "kill", "back")), by_fate
    assert year.told.keys() == wanted.keys()
    for key, at in year.told.items():
        late = at - wanted[key]
        in_outage = OUTAGE[0] <= wanted[key] < OUTAGE[1]
        # The next tick makes up for a crash, and a skipped hour comes by so much later.
        assert dt.timedelta(0) <= late <= (3 * DAY + HOUR if in_outage else HOUR + TICK), (key, late)
