"""The pages of summaries and reports: the same figures as in the mail, and nobody else's."""

import datetime as dt

import pytest

from hearback.models import Event, Status, now
from hearback.notify.mail import Envelope, compose
from jobs import report_pictures, reports, summaries
from jobs.hours import Every
from jobs.report_words import TONES, status_word
from tests.support import past
from tests.webapp import story
from tests.webapp.reader import Reader, words
from webapp.present import STATUSES

DAY = dt.timedelta(days=1)
TODAY = now().date()
FIRST = Every.MONTH.first(TODAY)
LAST_MONTH = Every.MONTH.before(FIRST)


def _month_of_mail(robin: Reader) -> Event:
    """An application of last month that was answered, and one that was not."""
    box, at = story.mailbox(robin.user), dt.datetime.combine(LAST_MONTH, dt.time(12), tzinfo=dt.UTC)
    past.mail(box, "acknowledgment", at + DAY, "Fernhill")
    past.mail(box, "acknowledgment", at + DAY * 2, "Velloria", sender="LinkedIn")
    return past.mail(box, "rejection", at + DAY * 8, "Velloria")


def test_page_and_letter_say_the_same(robin: Reader) -> None:
    _month_of_mail(robin)
    letter = reports.monthly(robin.user.id, FIRST)
    assert letter is not None and letter.link is not None
    page = robin.read(letter.link.path)
    assert page.count(letter.subject) == 1
    for section in letter.sections:
        assert section.title in page
        for row in section.table:
            assert " ".join(filter(None, row)) in page
    assert letter.intro in page


def test_charts_have_names_and_tables_beneath(robin: Reader) -> None:
    _month_of_mail(robin)
    page = robin.see(f"/reports/{LAST_MONTH:%Y-%m}")
    funnel = page.css_first(".wide svg.chart desc")
    assert words(funnel) == "Of 2 applications, 2 got as far as applied."
    for panel in page.css("section.report"):
        assert panel.css_first("table")


def test_the_pictures_are_their_users_alone(robin: Reader, mallory: Reader) -> None:
    _month_of_mail(robin)
    letter = reports.monthly(robin.user.id, FIRST)
    assert letter is not None and len(letter.pictures) == 3
    for picture in letter.pictures:
        answer = robin.client.get(picture.path)
        assert answer.status_code == 200 and answer.mimetype == "image/png"
        assert mallory.client.get(picture.path).status_code == 404
        assert robin.app.test_client().get(picture.path).status_code == 302


def test_a_mail_carries_its_pictures(robin: Reader) -> None:
    _month_of_mail(robin)
    letter = reports.monthly(robin.user.id, FIRST)
    assert letter is not None
    pictures = report_pictures.of_letter(robin.user.id, letter)
    envelope = Envelope(
        "Hearback <us@example.com>", "robin@example.com", "key", "https://x.test/u", ("X-Own", "1")
    )
    message = compose(letter, envelope, "https://x.test", now(), pictures)
    page = message.get_body(("html",))
    images = [part for part in message.walk() if part.get_content_type() == "image/png"]
    assert len(images) == 3
    for image in images:
        assert f'src="cid:{image["Content-ID"].strip("<>")}"' in page.get_content()
        assert image.get_content().startswith(b"\x89PNG")
    assert page.get_content().count("<img") == 3
    assert "Of 2 applications" in message.get_body(("plain",)).get_content()


def test_a_summary_leads_to_the_applications_that_it_names(robin: Reader) -> None:
    event = story.mail(story.mailbox(robin.user), "acknowledgment", DAY * 12, company="Fernhill")
    page = robin.see(f"/summaries/{TODAY.isocalendar().year}-W{TODAY.isocalendar().week:02}")
    link = page.css_first(f'table a[href="/applications/{event.application_id}"]')
    assert words(link) == "Fernhill"
    assert "Fernhill has been silent for 12 days." in words(page.css_first("h1"))


def test_the_list_says_how_the_week_is_and_what_was_told(robin: Reader) -> None:
    assert "Nothing happened yet this week." in robin.read("/reports")
    _month_of_mail(robin)
    reports.monthly(robin.user.id, FIRST)
    story.mail(story.mailbox(robin.user, "second@example.com"), "offer", dt.timedelta(0), company="Corvane")
    page = robin.read("/reports")
    assert "This week so far: 1 answer, 1 offer" in page
    assert f"{LAST_MONTH.year}" in page and "2 sent, 1 answer, 1 rejection" in page


NOWHERE = ["/reports/2026-13", "/reports/x", "/reports/2199-01", "/summaries/2026-10", "/summaries/2199-W01",
           "/reports/2026-01/x.png"]  # fmt: skip


@pytest.mark.parametrize("path", NOWHERE)
def test_what_names_no_period_is_not_there(robin: Reader, path: str) -> None:
    assert robin.client.get(path).status_code == 404


def test_an_empty_month_says_so_and_what_will_stand_there(robin: Reader) -> None:
    page = robin.read("/reports/2020-02")
    assert "Nothing happened in this month." in page


def test_reports_show_nothing_of_others(robin: Reader, mallory: Reader) -> None:
    _month_of_mail(robin)
    reports.monthly(robin.user.id, FIRST)
    summaries.weekly(robin.user.id, Every.WEEK.first(TODAY))
    for path in ("/reports", f"/reports/{LAST_MONTH:%Y-%m}"):
        text = mallory.client.get(path).text
        assert "Velloria" not in text and "Fernhill" not in text and "2 sent" not in text


def test_who_is_not_signed_in_is_asked_to_sign_in(robin: Reader) -> None:
    for path in ("/reports", "/reports/2026-01", "/summaries/2026-W01"):
        answer = robin.app.test_client().get(path)
        assert answer.status_code == 302 and "/sign-in" in answer.headers["Location"]


def test_statuses_are_called_and_coloured_as_on_the_board() -> None:
    assert {s: (status_word(s), TONES[s]) for s in Status} == {
        s: (STATUSES[s].word, STATUSES[s].tone) for s in Status
    }
