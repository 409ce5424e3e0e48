"""What summaries and reports say of mail that came, of what users did to it, and of nothing at all."""

import datetime as dt
import random
import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest

from hearback.models import Application, Event, Mailbox, Report, User, database
from hearback.models.base import SqliteDatabase
from hearback.notify.letter import Letter
from hearback.zones import zone
from jobs import acts, by_hand, erase_mailbox, histories, reports, summaries
from jobs.hours import Every
from jobs.periods import Period
from tests.support import past, product

NO_REDIS = "redis://127.0.0.1:1/0"
NOVEMBER, MONDAY = dt.date(2025, 11, 1), dt.date(2025, 10, 20)
TEN = dt.datetime(2025, 10, 20, 10, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture
def box(sqlite_url: str) -> Iterator[Mailbox]:
    """Robin's connected mailbox on an empty database."""
    with product.running(product.environment(sqlite_url, NO_REDIS)):
        yield _box()


@pytest.fixture
def box_everywhere(database_url: str) -> Iterator[Mailbox]:
    """The same on each of the databases in turn."""
    with product.running(product.environment(database_url, NO_REDIS)):
        yield _box()


def _box() -> Mailbox:
    user = User.create(email="robin@example.com", google_sub="1")
    return Mailbox.create(user=user, address=user.email, history_id=1)


def day(number: int, month: int = 10) -> dt.datetime:
    return dt.datetime(2025, month, number, 12, tzinfo=dt.UTC)


def employer(number: int) -> str:
    """A name that no other number's resembles."""
    first, second = divmod(number, 8)
    return ("Ba", "Cor", "Del", "Fi", "Gu", "Hal", "Jo", "Kru")[first] + (
        "mmerstad", "vanti", "linghurst", "zok", "quesne", "pperidge", "xalon", "tnauer"
    )[second]  # fmt: skip


def table(letter: Letter | None, title: str) -> dict[str, tuple[str, ...]]:
    """The rows of a section by their first cell."""
    assert letter is not None
    section = next((one for one in letter.sections if one.title == title), None)
    return {row[0]: row[1:] for row in section.table[1:]} if section else {}


def test_the_first_sentence_says_the_news(box: Mailbox) -> None:
    past.mail(box, "acknowledgment", day(2), "Fernhill")
    past.mail(box, "acknowledgment", day(13), "Velloria")
    past.mail(box, "interview_invitation", day(15), "Velloria", dates=past.meeting(day(23)))
    past.mail(box, "acknowledgment", day(3), "Corvane")
    past.mail(box, "rejection", day(16), "Corvane")
    letter = summaries.weekly(box.user_id, MONDAY, TEN)
    assert letter is not None
    assert letter.subject == "2 answers, 1 interview ahead; Fernhill has been silent for 18 days"
    assert letter.intro == "In the week of 13 to 19 October you sent 1 application."
    assert table(letter, "Answers")["Corvane"] == ("", "Thu 16 Oct", "Rejected")
    assert table(letter, "Interviews ahead") == {"Velloria": ("", "Thu 23 Oct, 12:00")}
    assert letter.link is not None and letter.link.path == "/summaries/2025-W42"


def test_a_letter_is_written_once_and_stays_as_it_was(box_everywhere: Mailbox) -> None:
    box = box_everywhere
    past.mail(box, "acknowledgment", day(14))
    first = summaries.weekly(box.user_id, MONDAY, TEN)
    past.mail(box, "rejection", day(15))
    assert summaries.weekly(box.user_id, MONDAY, TEN + DAY * 3) == first
    month = reports.monthly(box.user_id, NOVEMBER)
    assert month is not None and reports.monthly(box.user_id, NOVEMBER) == month
    assert Report.select().count() == 2


def test_who_has_nothing_to_hear_gets_no_letter(box: Mailbox) -> None:
    assert summaries.weekly(box.user_id, MONDAY, TEN) is None
    assert reports.monthly(box.user_id, NOVEMBER) is None
    # Two months of silence are no news any more, and neither is a rejection of the summer.
    past.mail(box, "acknowledgment", day(1, 6))
    past.mail(box, "acknowledgment", day(1, 6), "Corvane")
    past.mail(box, "rejection", day(9, 6), "Corvane")
    assert summaries.weekly(box.user_id, MONDAY, TEN) is None
    assert reports.monthly(box.user_id, NOVEMBER) is None
    assert Report.select().count() == 0


def test_a_report_compares_with_the_month_before(box: Mailbox) -> None:
    for number, company in enumerate(("Fernhill", "Velloria", "Corvane", "Pinecrest")):
        past.mail(box, "acknowledgment", day(3 + number), company)
    past.mail(box, "rejection", day(9), "Fernhill")
    past.mail(box, "offer", day(8), "Velloria")
    past.mail(box, "acknowledgment", day(3, 9), "Okoro", sender="LinkedIn")
    past.mail(box, "assessment", day(5, 9), "Okoro")
    letter = reports.monthly(box.user_id, NOVEMBER)
    assert letter is not None
    assert (
        letter.subject
        == "October: 4 sent, 2 answers, 1 offer, 1 rejection; answers took 5 days, in September 2 days"
    )
    against = table(letter, "Against September")
    assert against["Sent"] == ("4", "1")
    assert against["Response rate"] == ("50%", "100%")
    assert against["Median time to answer"] == ("5 days", "2 days")
    assert table(letter, "By source")["LinkedIn"] == ("1", "1", "0", "0", "0")
    assert table(letter, "By company")["Velloria"] == ("1", "1", "0", "1", "0")
    assert [picture.name for picture in letter.pictures] == ["funnel.png", "compared.png", "sources.png"]


def test_a_mail_that_was_undone_or_corrected_counts_as_it_is_known_now(box: Mailbox) -> None:
    past.mail(box, "acknowledgment", day(2))
    undone = past.mail(box, "rejection", day(4))
    acts.undo(box.user_id, undone.id, "undo")
    past.mail(box, "acknowledgment", day(2), "Corvane")
    corrected = past.mail(box, "offer", day(5), "Corvane")
    acts.correct(box.user_id, corrected.id, "rejection", "correct")
    against = table(reports.monthly(box.user_id, NOVEMBER), "Against September")
    assert (against["Answers"][0], against["Offers"][0], against["Rejections"][0]) == ("1", "0", "1")


def test_a_merged_application_counts_once(box: Mailbox) -> None:
    one = past.mail(box, "acknowledgment", day(2), "Fernhill")
    other = past.mail(box, "rejection", day(6), "Okoro Trading")
    period = Period(Every.MONTH, dt.date(2025, 10, 1), zone("UTC"))
    apart = reports.report(box.user_id, period)
    assert apart is not None and apart.news.startswith("October: 2 sent")
    ids = [Event.get_by_id(event.id).application_id for event in (one, other)]
    by_hand.merge(box.user_id, ids[0], ids[1], "merge")
    told = reports.report(box.user_id, period)
    assert told is not None and told.news == "October: 1 sent, 1 answer, 1 rejection; answers took 4 days."


def test_what_a_user_heard_by_telephone_is_an_answer(box: Mailbox) -> None:
    mail = past.mail(box, "acknowledgment", dt.datetime.now(dt.UTC) - DAY * 2)
    application = Event.get_by_id(mail.id).application_id
    for status in ("offer_received", "withdrawn"):
        acts.choose(box.user_id, application, status, status)
    at = dt.datetime.now(dt.UTC)
    (one,) = histories.histories(box.user_id, at - DAY * 30, at + DAY)
    assert len(one.answers) == 1
    assert one.wait is not None and one.wait >= DAY


def test_the_month_is_the_users_own(box: Mailbox) -> None:
    past.mail(box, "acknowledgment", dt.datetime(2025, 11, 1, 2, 30, tzinfo=dt.UTC))
    User.update(timezone="America/New_York").where(User.id == box.user_id).execute()
    assert "1 sent" in _subject(reports.monthly(box.user_id, NOVEMBER))
    assert reports.monthly(box.user_id, dt.date(2025, 12, 1)) is None


def _subject(letter: Letter | None) -> str:
    assert letter is not None
    return letter.subject


def test_another_users_applications_are_not_counted(box: Mailbox) -> None:
    past.mail(box, "acknowledgment", day(14))
    mallory = User.create(email="mallory@example.com", google_sub="2")
    assert summaries.weekly(mallory.id, MONDAY, TEN) is None


def test_erasing_a_mailbox_takes_what_was_told_of_it(box: Mailbox) -> None:
    past.mail(box, "acknowledgment", day(14))
    assert summaries.weekly(box.user_id, MONDAY, TEN) is not None
    with database.atomic():
        erase_mailbox.erase_mail(box)
    assert Report.select().count() == 0


def test_a_random_mailbox_counts_as_its_own_list_of_mails_does(box: Mailbox) -> None:
    chance = random.Random(9)
    sent = answered = answers = 0
    for number in range(60):
        company, at = employer(number), day(1, 9) + DAY * chance.randrange(60)
        past.mail(box, "acknowledgment", at, company)
        replies = sorted(at + DAY * chance.randrange(1, 40) for _ in range(chance.randrange(3)))
        for reply in replies:
            past.mail(
                box, chance.choice(["under_review", "rejection", "assessment", "offer"]), reply, company
            )
        october = [reply for reply in replies if reply < day(1, 11) - DAY / 2]
        sent += at.month == 10
        answered += at.month == 10 and bool(october)
        answers += sum(reply.month == 10 for reply in october)
    against = table(reports.monthly(box.user_id, NOVEMBER), "Against September")
    assert against["Sent"][0] == str(sent)
    assert against["Answers"][0] == str(answers)
    assert against["Response rate"][0] == f"{round(answered / sent * 100)}%"


def test_every_query_finds_its_rows_by_an_index(box: Mailbox) -> None:
    past.mail(box, "interview_invitation", day(14), dates=past.meeting(day(23)))
    asked: list[tuple[str, Any]] = []
    execute = SqliteDatabase.execute_sql

    def watched(self: SqliteDatabase, sql: str, params: Any = None, *more: Any) -> Any:
        asked.append((sql, params))
        return execute(self, sql, params, *more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SqliteDatabase, "execute_sql", watched)
        summaries.weekly(box.user_id, MONDAY, TEN)
    selects = [(sql, params) for sql, params in asked if sql.startswith("SELECT")]
    assert len(selects) < 12
    for sql, params in selects:
        plan = database.execute_sql(f"EXPLAIN QUERY PLAN {sql}", params).fetchall()
        assert not [step for step in plan if step[3].startswith("SCAN")], (sql, plan)


def test_a_long_history_is_read_in_pieces(box: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(30):
        past.mail(
            box,
            "acknowledgment",
            day(1 + number % 28),
            employer(number),
            evidence="x" * 20_000,
        )
    start, end = day(1, 9), day(30, 11)
    whole = list(histories.histories(box.user_id, start, end))
    peaks = {}
    for size in (5, 1000):
        monkeypatch.setattr(histories, "CHUNK", size)
        tracemalloc.start()
        count = sum(1 for _ in histories.histories(box.user_id, start, end))
        peaks[size] = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert count == len(whole) == Application.select().count()
    assert peaks[5] < peaks[1000] / 3
