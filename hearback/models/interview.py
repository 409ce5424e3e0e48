"""The interviews of one application, as its mails tell of them one after the other."""

import datetime as dt
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from hearback.models.event import Fact, Kind

# What an interview takes when the mail gives no end.
USUAL_LENGTH = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


class InterviewState(StrEnum):
    """PROPOSED: the employer offers times. CONFIRMED: it stands. The others are past tense.

    MOVED: the time is off, and another one, if any is known, has an entry of its own.
    """

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    MOVED = "moved"
    CANCELLED = "cancelled"
    HELD = "held"


LIVE = frozenset({InterviewState.PROPOSED, InterviewState.CONFIRMED})


@dataclass
class Interview:
    """One time that a mail or the user named.

    `event` named it, and `told` was the last to speak of it. Times that follow each other by moving are
    one interview with one `key`, the first time of all of them.
    """

    start: dt.datetime
    end: dt.datetime
    state: InterviewState
    event: int
    key: str = ""
    told: int = 0
    moved_from: dt.datetime | None = None
    zone: str | None = None
    link: str | None = None
    interviewer: str | None = None
    place: str | None = None


@dataclass
class Interviews:
    """All times named so far; `take` reads one more mail, `by_hand` one more act of the user's."""

    known: list[Interview] = field(default_factory=list)

    def take(self, fact: Fact) -> None:
        """Take in what a mail says of interviews: proposed, confirmed, moved or cancelled."""
        if fact.category == "interview_change":
            self._change(fact)
        elif fact.category in {"interview_invitation", "scheduling_request"}:
            confirmed = fact.interview == "confirmed" or (
                fact.interview is None and fact.category == "interview_invitation" and len(fact.dates) == 1
            )
            if confirmed and fact.dates:
                self._settle()
            self._add(fact, InterviewState.CONFIRMED if confirmed else InterviewState.PROPOSED)

    def by_hand(self, fact: Fact) -> bool:
        """Take in what the user says of one interview; return whether one lies ahead of that word.

        What they say stands also where the interview that they saw is not told of any more.
        """
        was = fact.occasion.was
        meant = next((i for i in reversed(self.known) if began(i) == was), None) if was else None
        if fact.occasion.act == "cancel":
            if meant is not None:
                meant.state, meant.told = InterviewState.CANCELLED, fact.id
            return False
        if meant is not None:
            meant.state, meant.told = InterviewState.MOVED, fact.id
        self._settle()
        self._add(fact, InterviewState.CONFIRMED, meant)
        return any(i.told == fact.id and i.end > fact.at for i in self.known)

    def _settle(self) -> None:
        # A fixed time settles what was only proposed.
        self.known = [i for i in self.known if i.state is not InterviewState.PROPOSED]

    def _change(self, fact: Fact) -> None:
        live = [i for i in self.known if i.state in LIVE]
        if fact.interview == "cancelled":
            # A cancellation that names a time means that one; else all that still stands.
            starts = {start for start, _ in fact.dates}
            named = [i for i in live if i.start in starts]
            for interview in named or live:
                interview.state, interview.told = InterviewState.CANCELLED, fact.id
            return
        before = min(live, key=lambda i: (i.state is not InterviewState.CONFIRMED, i.start), default=None)
        for interview in live:
            interview.state, interview.told = InterviewState.MOVED, fact.id
        fixed = len(fact.dates) == 1
        self._add(fact, InterviewState.CONFIRMED if fixed else InterviewState.PROPOSED, before)

    def _add(self, fact: Fact, state: InterviewState, before: Interview | None = None) -> None:
        """Note the times that a fact names; the first of them is where `before` was moved to."""
        zones = [*fact.occasion.zones, *(None for _ in fact.dates)]
        for (start, end), zone in zip(fact.dates, zones, strict=False):
            same = next((i for i in self.known if i.start == start), None)
            origin = before or (same if same and self._latest(same.key) is same else None)
            made = Interview(start, end or start + USUAL_LENGTH, state, fact.id, told=fact.id, zone=zone)
            made.key = origin.key if origin else self._new_key(start)
            if origin is not None and began(origin) != began(made):
                made.moved_from = began(origin)
            _describe(made, fact, origin)
            self.known = [i for i in self.known if i.start != start]
            self.known.append(made)
            before = None

    def _latest(self, key: str) -> Interview:
        return next(i for i in reversed(self.known) if i.key == key)

    def _new_key(self, start: dt.datetime) -> str:
        key, taken = f"{start.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}", {i.key for i in self.known}
        while key in taken:
            key += "+"
        return key

    def standing(self, now: dt.datetime, closed_at: dt.datetime | None) -> list[Interview]:
        """Each interview once, at its last time, as things stand at `now`.

        What was still to come when the application was closed is not coming any more.
        """
        found = []
        for one in {i.key: i for i in self.known}.values():
            state = one.state
            if closed_at is not None and state in LIVE and one.end > closed_at:
                state = InterviewState.CANCELLED
            elif state is InterviewState.CONFIRMED and one.end <= now:
                state = InterviewState.HELD
            found.append(replace(one, state=state))
        return sorted(found, key=lambda i: (i.start, i.key))

    def last_end(self, since: dt.datetime) -> dt.datetime | None:
        """When the last confirmed interview that ends after `since` ends."""
        ends = [i.end for i in self.known if i.state is InterviewState.CONFIRMED and i.end > since]
        return max(ends, default=None)

    def as_json(self) -> list[dict[str, Any]]:
        """Plain values for the application's row, in order of time."""
        return [
            {
                "start": i.start.isoformat(),
                "end": i.end.isoformat(),
                "state": i.state.value,
                "event": i.event,
            }
            for i in sorted(self.known, key=lambda i: (i.start, i.event))
        ]


def began(interview: Interview) -> dt.datetime:
    """When an interview begins, as its row holds it: a whole day begins at midnight UTC of that day."""
    start = interview.start
    if interview.end - start == DAY and start.time() == dt.time(0):
        return start.replace(tzinfo=dt.UTC)
    return start


def _describe(made: Interview, fact: Fact, origin: Interview | None) -> None:
    """Say where and with whom: a mail that does not name it leaves it as it was, the user's word stands."""
    for name in ("link", "interviewer", "place", "zone"):
        said = getattr(fact.occasion, name, None) or getattr(made, name)
        if said is None and origin is not None and fact.kind == Kind.MAIL:
            said = getattr(origin, name)
        setattr(made, name, said)
