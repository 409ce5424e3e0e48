"""Pages show each user their own rows, take no foreign form, and run no foreign text."""

import datetime as dt

import pytest

from hearback.mail.verdict import Category
from hearback.models import Application, Event, User
from tests.webapp import story
from tests.webapp.reader import Reader, words
from webapp.present import CATEGORIES

HOUR = dt.timedelta(hours=1)
OF_ONE_APPLICATION = [
    "/applications/{application}",
    "/applications/{application}/changes",
    "/applications/{application}/split",
]
ACTS = [
    ("/applications/{application}/status", {"status": "withdrawn"}),
    ("/events/{event}/undo", {}),
    ("/events/{event}/correct", {"category": "offer"}),
    ("/applications/{application}/merge", {"other": "1"}),
    ("/applications/{application}/split", {"entry": "1"}),
]


def _fill(path: str, event: Event) -> str:
    return path.format(application=event.application_id, event=event.id)


@pytest.mark.parametrize("path", OF_ONE_APPLICATION)
def test_another_users_application_is_not_there(robin: Reader, mallory: Reader, path: str) -> None:
    mail = story.mail(story.mailbox(robin.user), "acknowledgment")
    assert mallory.client.get(_fill(path, mail)).status_code == 404
    version = {"version": User.current_version(mallory.user.id)}
    assert mallory.client.get(_fill(path, mail), query_string=version).status_code == 404


@pytest.mark.parametrize(("path", "form"), ACTS)
def test_another_users_rows_cannot_be_changed(
    robin: Reader, mallory: Reader, path: str, form: dict[str, str]
) -> None:
    mail = story.mail(story.mailbox(robin.user), "acknowledgment")
    before = (Event.select().count(), Application.get().status)
    assert mallory.post(_fill(path, mail), **form).status_code == 404
    assert (Event.select().count(), Application.get().status) == before


def test_a_mail_cannot_be_put_into_another_users_application(robin: Reader, mallory: Reader) -> None:
    theirs = story.mail(story.mailbox(robin.user), "acknowledgment")
    own = story.mail(story.mailbox(mallory.user), "acknowledgment")
    form = {"category": "offer", "application_id": theirs.application_id}
    assert mallory.post(f"/events/{own.id}/correct", **form).status_code == 404


def test_another_users_rows_are_neither_merged_with_nor_split_off(robin: Reader, mallory: Reader) -> None:
    theirs = story.mail(story.mailbox(robin.user), "acknowledgment")
    box = story.mailbox(mallory.user)
    own, _ = story.mail(box, "acknowledgment"), story.mail(box, "rejection", HOUR)
    path = f"/applications/{own.application_id}"
    assert mallory.post(f"{path}/merge", other=theirs.application_id).status_code == 404
    assert mallory.post(f"{path}/split", entry=theirs.id).status_code == 404
    assert "Secretplace" not in mallory.client.get(f"{path}/split", query_string={"entry": theirs.id}).text
    assert Event.select().where(Event.kind.in_(["merge", "split"])).count() == 0


@pytest.mark.parametrize("path", ["/", "/review", "/mailboxes", "/board/changes"])
def test_lists_show_nothing_of_others(robin: Reader, mallory: Reader, path: str) -> None:
    box = story.mailbox(robin.user)
    story.mail(box, "acknowledgment", company="Secretplace")
    story.mail(box, "offer", company="Secretplace", confidence=0.5)
    text = mallory.client.get(path).text
    assert "Secretplace" not in text
    assert "robin@example.com" not in text


@pytest.mark.parametrize(("path", "form"), [*ACTS, ("/applications", {"company": "X"})])
def test_no_act_without_a_csrf_token(robin: Reader, path: str, form: dict[str, str]) -> None:
    mail = story.mail(story.mailbox(robin.user), "acknowledgment")
    before = Event.select().count()
    answer = robin.client.post(_fill(path, mail), data=form)
    assert answer.status_code == 400
    assert "Go back, reload the page" in answer.text
    assert Event.select().count() == before


def test_every_page_asks_who_is_not_signed_in_to_sign_in(robin: Reader) -> None:
    mail = story.mail(story.mailbox(robin.user), "acknowledgment")
    stranger = robin.app.test_client()
    paths = ["/review", "/mailboxes", "/settings", *OF_ONE_APPLICATION]
    for path in paths:
        answer = stranger.get(_fill(path, mail))
        assert answer.status_code in {302, 401}, path
        assert "Acme" not in answer.text


@pytest.mark.parametrize("path", ["/", "/review", "/applications/{application}"])
def test_what_a_mail_says_is_shown_as_text(robin: Reader, path: str) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    fields = dict.fromkeys(("company", "role", "evidence", "subject", "sender"), evil)
    box = story.mailbox(robin.user)
    sure = story.mail(box, "acknowledgment", 2 * HOUR, **fields)
    story.mail(box, "offer", HOUR, confidence=0.5, **fields)
    page = robin.see(_fill(path, sure))
    assert evil in words(page.css_first("main"))
    assert not page.css("main script, main img")
    scripts = [node.attributes.get("src") or "" for node in page.css("script")]
    assert all(source.startswith("/static/") for source in scripts)


def test_a_link_of_a_mail_that_is_no_web_address_is_not_shown(robin: Reader) -> None:
    links = ["javascript:alert(1)", "https://jobs.example/a", "http://jobs.example/b"]
    mail = story.mail(story.mailbox(robin.user), "assessment", links=links)
    page = robin.see(f"/applications/{mail.application_id}")
    shown = [node.attributes["href"] for node in page.css(".links a")]
    assert shown == ["https://jobs.example/a"]


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil.example", ""])
def test_a_form_leads_nowhere_else(robin: Reader, target: str) -> None:
    answer = robin.post("/preferences/theme", theme="dark", next=target)
    assert answer.headers["Location"] == "/"


def test_the_theme_is_kept(robin: Reader) -> None:
    assert robin.post("/preferences/theme", theme="dark", next="/review").headers["Location"] == "/review"
    assert robin.see("/review").css_first("html").attributes["data-theme"] == "dark"
    assert robin.post("/preferences/theme", theme="pink").status_code == 400


def test_the_zone_of_the_browser_is_taken_unless_the_user_chose_one(robin: Reader) -> None:
    assert robin.post("/preferences/timezone", timezone="Asia/Tokyo").status_code == 204
    assert User.get_by_id(robin.user.id).timezone == "Asia/Tokyo"
    assert robin.post("/preferences/timezone", timezone="../../etc/passwd").status_code == 400
    User.update(timezone_chosen=True).where(User.id == robin.user.id).execute()
    robin.post("/preferences/timezone", timezone="Europe/Paris")
    assert User.get_by_id(robin.user.id).timezone == "Asia/Tokyo"


def test_an_error_is_a_page_that_says_what_to_do(robin: Reader) -> None:
    answer = robin.client.get("/nothing-of-the-kind")
    assert answer.status_code == 404
    assert "Nothing is here" in answer.text
    assert "Go to your board" in answer.text


def test_every_kind_of_mail_can_be_chosen() -> None:
    assert set(CATEGORIES) == set(Category)
