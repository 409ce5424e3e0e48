"""A reminder to follow up is answered by one click, on the page and by the link of its mail."""

import datetime as dt

import pytest

from hearback.models import Application, FollowUp, Notification, User, database, now
from jobs import follow_ups
from jobs.due import due
from jobs.erase_mailbox import erase_mail
from tests.webapp import story
from tests.webapp.reader import Reader, words

DAY = dt.timedelta(days=1)


def reminded(reader: Reader) -> Application:
    """An application of which its user was reminded just now."""
    # Eight days and not seven, or it would hang on the hour of the test.
    mail = story.mail(story.mailbox(reader.user), "acknowledgment", 8 * DAY)
    row = Application.get_by_id(mail.application_id)
    follow_ups.remind(list(due(Application.follow_up_at, now())))
    assert Notification.select().where(Notification.kind == "follow_up").count() == 1
    return row


def link_of(row: Application) -> str:
    """Where the mail leads."""
    told = Notification.get(Notification.application == row.id, Notification.kind == "follow_up")
    path: str = told.data["link"]["path"]
    return path


def side(reader: Reader, row: Application) -> str:
    return words(reader.see(f"/applications/{row.id}").css_first("#follow-up"))


def test_the_page_says_when_and_takes_a_day_of_ones_own(robin: Reader) -> None:
    mail = story.mail(story.mailbox(robin.user), "acknowledgment")
    row = Application.get_by_id(mail.application_id)
    assert "If nobody writes before, we remind you on" in side(robin, row)
    day = (now() + 30 * DAY).date()
    form = {"answer": "on", "day": f"{day}"}
    assert robin.post(f"/applications/{row.id}/follow-up", **form).status_code == 303
    assert "as you wanted" in side(robin, row)
    assert FollowUp.get().own_date == day


@pytest.mark.parametrize(
    ("button", "then"),
    [
        ("Done", "No reminder is planned."),
        ("Remind me in 7 days", "as you wanted"),
        ("Never", "We do not remind you of this application."),
    ],
)
def test_one_click_on_the_page(robin: Reader, button: str, then: str) -> None:
    row = reminded(robin)
    assert "Did you follow up?" in side(robin, row)
    robin.press(f"/applications/{row.id}", button, "#follow-up")
    assert then in side(robin, row)
    assert Notification.get(Notification.kind == "follow_up").read_at is not None


@pytest.mark.parametrize(
    ("button", "said"),
    [
        ("Done", "We remind you when there is a new reason."),
        ("Remind me in 7 days", "We remind you again on"),
        ("Never", "We do not remind you of this application any more."),
    ],
)
def test_one_click_from_the_mail_without_signing_in(robin: Reader, button: str, said: str) -> None:
    row = reminded(robin)
    stranger = Reader(robin.app, robin.user)
    stranger.client = robin.app.test_client()
    # Whatever fetches the link to look at it changes nothing.
    assert "Did you follow up with Acme Robotics?" in stranger.read(link_of(row))
    assert FollowUp.get().own_date is None and not FollowUp.get().never
    assert Notification.get(Notification.kind == "follow_up").read_at is None
    assert said in stranger.press(None, button)
    assert Notification.get(Notification.kind == "follow_up").read_at is not None


def test_a_link_that_was_tampered_with_is_none(robin: Reader, mallory: Reader) -> None:
    path = link_of(reminded(robin))
    assert mallory.client.get(path[:-2]).status_code == 404
    assert mallory.client.post(path, data={"answer": "never"}).status_code == 400
    assert not FollowUp.get().never


def test_a_link_to_what_is_gone_says_so(robin: Reader) -> None:
    row = reminded(robin)
    path = link_of(row)
    row.delete_instance()
    assert "not on your board any more" in robin.read(path)
    assert robin.post(path, answer="done").status_code == 404


@pytest.mark.parametrize("how", ["taken out", "split off", "erased"])
def test_never_outlives_the_mail_that_began_the_application(robin: Reader, how: str) -> None:
    goes, stays = story.mailbox(robin.user), story.mailbox(robin.user, "second@example.com")
    first = story.mail(goes, "acknowledgment", 3 * DAY)
    second = story.mail(stays, "under_review", 2 * DAY)
    row = Application.get()
    robin.press(f"/applications/{row.id}", "Never", "#follow-up")
    if how == "taken out":
        robin.post(f"/events/{first.id}/undo")
    elif how == "split off":
        robin.post(f"/applications/{row.id}/split", entry=[first.id])
    else:
        with database.atomic():
            erase_mail(goes)
    assert Application.get_by_id(row.id).anchor_id == second.id
    assert "We do not remind you of this application." in side(robin, row)


def test_others_cannot_answer(robin: Reader, mallory: Reader) -> None:
    row = reminded(robin)
    assert mallory.post(f"/applications/{row.id}/follow-up", answer="never").status_code == 404
    for form in ({"answer": "perhaps"}, {"answer": "on", "day": "soon"}, {"answer": "on"}):
        assert robin.post(f"/applications/{row.id}/follow-up", **form).status_code == 400
    assert not FollowUp.get().never


def test_hours_are_the_users_own(robin: Reader) -> None:
    assert "When we remind and report" in robin.read("/settings")
    hours = {"reminder_hour": "02:30", "summary_hour": "18:00", "report_hour": "07:15"}
    assert robin.post("/settings/hours", **hours, follow_up_days="10").status_code == 303
    row = User.get_by_id(robin.user.id)
    assert (row.reminder_hour, row.summary_hour, row.report_hour) == ("02:30", "18:00", "07:15")
    assert row.follow_up_days == 10
    days = ("0", "61", "many", "9" * 5000)
    for wrong in ({"reminder_hour": "25:00"}, *({"follow_up_days": one} for one in days)):
        answer = robin.post("/settings/hours", **{**hours, "follow_up_days": "3", **wrong})
        assert answer.status_code == 400, wrong
    assert User.get_by_id(robin.user.id).follow_up_days == 10
