"""The board says first whether anyone answered, and holds every application by its stage."""

import datetime as dt

import pytest

from hearback.models import Application, User, database, now
from jobs import acts
from tests.webapp import story
from tests.webapp.reader import Reader, words

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


def _headline(reader: Reader) -> str:
    return words(reader.see("/").css_first("h1"))


def _was_here(reader: Reader, ago: dt.timedelta) -> None:
    User.update(seen_at=now() - ago).where(User.id == reader.user.id).execute()


def _column(reader: Reader, stage: str) -> str:
    return words(reader.see("/").css_first(f".column[data-stage={stage}]"))


def test_who_is_not_signed_in_reads_what_it_does_and_can_sign_in(robin: Reader) -> None:
    stranger = robin.app.test_client()
    answer = stranger.get("/")
    assert "Know what employers answered" in answer.text
    assert "Sign in with Google" in answer.text


def test_without_a_mailbox_the_board_teaches_and_offers_to_connect(robin: Reader) -> None:
    text = robin.read("/")
    assert "connect the Gmail" in text
    assert "Connect Gmail" in text


def test_the_headline_counts_answers_since_the_last_visit(robin: Reader) -> None:
    _was_here(robin, 2 * DAY)
    box = story.mailbox(robin.user)
    story.mail(box, "acknowledgment", 3 * DAY)
    story.mail(box, "rejection", 3 * HOUR)
    story.mail(box, "under_review", HOUR, company="Birch", role="Analyst")
    story.mail(box, "acknowledgment", HOUR, company="Cedar", role="Clerk")
    assert _headline(robin).startswith("2 answers since ")


def test_an_answer_that_the_user_called_something_else_is_not_counted(robin: Reader) -> None:
    _was_here(robin, 2 * DAY)
    box = story.mailbox(robin.user)
    story.mail(box, "acknowledgment", 3 * DAY)
    wrong = story.mail(box, "rejection", HOUR)
    robin.post(f"/events/{wrong.id}/correct", category="other")
    assert _headline(robin).startswith("No answer since ")


def test_the_headline_tells_the_next_interview_in_the_users_own_time(robin: Reader) -> None:
    User.update(timezone="Asia/Tokyo").where(User.id == robin.user.id).execute()
    start = (now() + 30 * DAY).replace(hour=5, minute=0, second=0, microsecond=0)
    story.mail(story.mailbox(robin.user), "interview_invitation", dates=[story.span(start)])
    headline = _headline(robin)
    assert "Interview with Acme Robotics on " in headline
    assert "14:00, your time." in headline


def test_a_card_stands_in_its_stage_with_exact_status_and_next_step(robin: Reader) -> None:
    box = story.mailbox(robin.user)
    deadline = (now() + 40 * DAY).date()
    story.mail(box, "assessment", deadline=deadline.isoformat())
    card = _column(robin, "in_review")
    assert "Acme Robotics" in card
    assert "Backend Engineer" in card
    assert "Assessment" in card
    assert f"Do the assessment by {deadline.day} " in card


def test_what_came_since_the_last_visit_is_marked_until_the_next_one(robin: Reader) -> None:
    _was_here(robin, 2 * DAY)
    box = story.mailbox(robin.user)
    story.mail(box, "acknowledgment", 5 * DAY, company="Birch", role="Analyst")
    story.mail(box, "rejection", HOUR)
    for _ in range(2):  # A reload is no new visit.
        new = [words(card) for card in robin.see("/").css(".card.is-new")]
        assert len(new) == 1
        assert "Acme Robotics" in new[0]
    _was_here(robin, DAY / 48 + dt.timedelta(minutes=1))
    assert not robin.see("/").css(".card.is-new")


def test_an_application_is_added_by_hand_and_can_be_undone(robin: Reader) -> None:
    form = {"company": "Dogwood", "role": "Gardener", "status": "applied", "token": "t1"}
    answer = robin.post("/applications", **form)
    assert answer.status_code == 303
    robin.post("/applications", **form)  # The same click twice.
    assert Application.select().count() == 1
    assert "Dogwood" in _column(robin, "applied")
    assert "Taken back." in robin.press(answer.headers["Location"], "Undo")
    assert Application.select().count() == 0


def test_a_form_that_fails_keeps_what_was_typed_and_names_the_field(robin: Reader) -> None:
    story.mailbox(robin.user)
    answer = robin.post("/applications", company=" ", role="Gardener", status="applied")
    assert answer.status_code == 400
    assert "The company is empty" in answer.text
    assert 'value="Gardener"' in answer.text


def test_a_lost_mailbox_is_told_with_a_button_to_reconnect(robin: Reader) -> None:
    story.mailbox(robin.user, state="disconnected")
    text = robin.read("/")
    assert "Gmail stopped letting us read robin@example.com" in text
    assert "Reconnect" in text


def test_a_first_reading_tells_how_far_it_is(robin: Reader) -> None:
    story.mailbox(robin.user, backfilled_at=None, backfill_found=140)
    assert "140 found so far" in robin.read("/")


def test_changes_are_sent_only_when_there_are_any(robin: Reader) -> None:
    box = story.mailbox(robin.user)
    story.mail(box, "acknowledgment", DAY)
    version = robin.see("/").css_first("#version").attributes["value"]
    quiet = robin.client.get("/board/changes", query_string={"version": version})
    assert (quiet.status_code, quiet.data) == (204, b"")
    story.mail(box, "rejection", HOUR)
    fresh = robin.client.get("/board/changes", query_string={"version": version})
    assert fresh.status_code == 200
    assert "Rejected" in fresh.text


@pytest.mark.parametrize("path", ["/board/changes", "/review/changes", "/mailboxes/changes"])
def test_who_was_signed_out_meanwhile_is_told_so(robin: Reader, path: str) -> None:
    assert robin.app.test_client().get(path).status_code == 401


def test_a_full_column_shows_the_latest_and_offers_the_rest(robin: Reader) -> None:
    for number in range(30):
        acts.add(robin.user.id, f"Maple {number}", None, "applied", f"token {number}")
    assert len(robin.see("/").css(".card")) == 25
    assert "Show 5 more" in robin.read("/")
    assert len(robin.see("/?all=1").css(".card")) == 30


def test_the_board_asks_the_database_as_often_for_many_as_for_one(
    robin: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = story.mailbox(robin.user)
    asked: list[str] = []
    execute = database.obj.execute_sql

    def counting(sql: str, *arguments: object, **named: object) -> object:
        asked.append(sql)
        return execute(sql, *arguments, **named)

    def queries() -> int:
        asked.clear()
        with monkeypatch.context() as patch:
            patch.setattr(database.obj, "execute_sql", counting)
            robin.see("/")
        return len(asked)

    story.mail(box, "acknowledgment")
    story.mail(box, "offer", confidence=0.5)
    one = queries()
    for number in range(20):
        story.mail(box, "acknowledgment", company=f"Alder{number}x", role=None)
        story.mail(box, "rejection", company=f"Alder{number}x", role=None, confidence=0.5)
    assert queries() == one
    assert one <= 8


def test_an_open_page_that_has_all_asks_for_one_row(robin: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    version = robin.see("/").css_first("#version").attributes["value"]
    asked: list[str] = []
    execute = database.obj.execute_sql

    def counting(sql: str, *arguments: object, **named: object) -> object:
        asked.append(sql)
        return execute(sql, *arguments, **named)

    with monkeypatch.context() as patch:
        patch.setattr(database.obj, "execute_sql", counting)
        robin.client.get("/board/changes", query_string={"version": version})
    assert len(asked) == 1
    assert "users" in asked[0]
