"""The operator's page says whether all is well, why not, and acts; nobody else learns that it is there."""

import datetime as dt
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from werkzeug.routing import Rule

from hearback.models import Heartbeat, Mailbox, Message, User, database, now
from jobs.queues import queues
from tests.support import product
from tests.webapp import operating, story
from tests.webapp.browsing import DESK, PHONE, Opened, Site
from tests.webapp.reader import Reader, words
from webapp import create_app
from webapp.sick import LENGTH

MINUTE = dt.timedelta(minutes=1)
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def app(sqlite_url: str, redis_url: str) -> Iterator[Flask]:
    """The application with a Redis, of which the queues are empty."""
    with product.running(product.environment(sqlite_url, redis_url)):
        yield create_app()


@pytest.fixture
def operator(robin: Reader) -> Reader:
    """An admin whose service has one of each trouble."""
    operating.troubled(robin.user)
    return robin


def section(reader: Reader, name: str) -> str:
    return words(reader.see("/admin").css_first(f"#{name}"))


def path_of(rule: Rule) -> str:
    return re.sub(r"<[^>]*>", "1", rule.rule)


def admin_routes(app: Flask) -> list[Rule]:
    found = [
        rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith(("admin.", "rq_dashboard.")) or rule.rule.startswith("/admin")
    ]
    assert len(found) > 10
    return found


def test_every_route_of_admins_lies_where_the_guard_stands(app: Flask) -> None:
    for rule in admin_routes(app):
        assert f"{rule.rule}/".startswith("/admin/"), rule


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "OPTIONS"])
def test_who_is_no_admin_finds_nothing_anywhere(robin: Reader, mallory: Reader, method: str) -> None:
    operating.troubled(robin.user)
    nothing = mallory.client.get("/no-such-page").text
    for path in {*map(path_of, admin_routes(robin.app)), "/admin/", "/admin/no-such-page"}:
        answer = mallory.client.open(path, method=method)
        assert answer.status_code == 404, path
        if method == "GET":
            assert _without_tokens(answer.text) == _without_tokens(nothing).replace("/no-such-page", path), (
                path
            )
    assert queues.default.is_empty()


def _without_tokens(text: str) -> str:
    return re.sub(r'(content|value)="[\w.-]{40,}"', "", text)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_who_is_signed_out_is_asked_to_sign_in_and_sees_nothing(robin: Reader, method: str) -> None:
    operating.troubled(robin.user)
    stranger = robin.app.test_client()
    for path in {*map(path_of, admin_routes(robin.app)), "/admin/no-such-page"}:
        answer = stranger.open(path, method=method)
        assert answer.status_code == 302, path
        assert answer.headers["Location"].startswith("/sign-in"), path
        assert "example.com" not in answer.text
    assert queues.default.is_empty()


def test_only_admins_see_the_way_there(robin: Reader, mallory: Reader) -> None:
    assert robin.see("/mailboxes").css_first(".account a[href='/admin']") is not None
    assert "/admin" not in mallory.client.get("/mailboxes").text
    assert "/admin" not in mallory.client.get("/").text


def test_a_service_without_trouble_is_well(robin: Reader) -> None:
    operating.well()
    operating.mailboxes(robin.user, 3)
    text = robin.read("/admin")
    assert text.startswith("All well.")
    assert "Every mailbox is watched and read." in text
    assert robin.page.css_first("title").text().startswith("All well")


def test_a_service_that_never_ran_says_what_to_start(robin: Reader) -> None:
    text = robin.read("/admin")
    assert "No scheduler was heard of in the last day. Start one." in text
    assert "The sweep has never run." in text


def test_what_needs_a_person_comes_first_and_each_leads_to_its_table(operator: Reader) -> None:
    page = operator.see("/admin")
    assert words(page.css_first("h1")) == "6 things need a person."
    said = [words(node).removesuffix(" Show") for node in page.css(".troubles li")]
    assert said == [
        "The fallback scan is overdue by 41 min. Look at scheduler and queues.",
        "The watch renewal failed 1 h ago.",
        "1 connected mailbox is not watched, so new mail waits for the scan.",
        "Google refuses 1 mailbox. The reason stands beside each.",
        "A push came 14 min ago, and nobody has read its mailbox since.",
        "3 mails could not be read and are set aside.",
    ]
    for link in page.css(".troubles a"):
        assert page.css_first(link.attributes["href"] or "") is not None


def test_a_mailbox_that_is_not_well_says_why(operator: Reader) -> None:
    text = section(operator, "mailboxes")
    assert "11 connected" in text
    assert "1 disconnected" in text
    assert "Its owner must reconnect it: the permission was taken back (invalid_grant)." in text
    assert "Google refuses: Request had insufficient authentication scopes." in text
    assert "Gmail does not watch it: Error sending test message to Cloud PubSub" in text
    assert "late@example.com Connected A push came, and nobody has read it since." in text
    assert "1,204" in text
    assert "box-1@example.com" not in text


def test_a_mail_that_is_set_aside_shows_neither_subject_nor_sender(operator: Reader) -> None:
    story.mail(Mailbox.get(), "offer", subject="Secret subject", sender="Secret sender")
    text = section(operator, "quarantine")
    assert "late@example.com 19c0000d00000002" in text
    assert "its parts nest deeper than 100 levels" in text
    assert "Secret" not in operator.read("/admin")


def test_scans_periodic_jobs_and_processes_are_listed(operator: Reader) -> None:
    scans = section(operator, "scans")
    assert "12 min ago 1 of 3 parts 50 0 0" in scans
    assert "42 min ago 53 s 128 1 0" in scans
    periodic = section(operator, "periodic")
    assert "Overdue" in periodic
    assert "In time" in periodic
    processes = section(operator, "processes")
    assert "Worker web-7f9c-41 Alive" in processes
    assert "Worker web-7f9c-38 Gone 3 h ago" in processes


def test_silence_of_all_workers_is_told(robin: Reader) -> None:
    operating.well()
    Heartbeat.update(beat_at=now() - 12 * MINUTE).where(Heartbeat.name != "scheduler").execute()
    assert "The last worker has been silent for 12 min. Restart the workers." in robin.read("/admin")
    assert "Worker web-7f9c-41 Silent" in section(robin, "processes")


def test_one_mail_is_queued_to_be_read_again(operator: Reader) -> None:
    answer = operator.press("/admin", "Read again", within="#quarantine")
    assert "1 mail will be read again in a moment." in answer
    (job,) = queues.default.get_jobs()
    assert job.func_name == "jobs.replay.replay"
    assert job.args == [Message.select().order_by(Message.id.desc()).get().id]


def test_all_mails_that_the_page_showed_are_queued_at_once(operator: Reader) -> None:
    operator.see("/admin")
    operating.aside(story.mailbox(operator.user, "later@example.com"), 1)
    assert "3 mails will be read again in a moment." in operator.press(None, "Read all 3 again")
    assert len(queues.default.get_job_ids()) == 3


@pytest.mark.parametrize("path", ["/admin/quarantine", "/admin/quarantine/1"])
def test_no_act_without_a_csrf_token(operator: Reader, path: str) -> None:
    assert operator.client.post(path).status_code == 400
    assert queues.default.is_empty()


def test_a_mail_that_is_not_set_aside_is_not_queued(operator: Reader) -> None:
    mail = story.mail(Mailbox.get(), "offer")
    read = Message.get(Message.gmail_id == mail.tiebreak)
    assert operator.post(f"/admin/quarantine/{read.id}").status_code == 303
    assert queues.default.is_empty()


def test_long_lists_come_in_pages_that_do_not_lose_each_other(robin: Reader) -> None:
    operating.mailboxes(robin.user, LENGTH + 5, state="disconnected")
    operating.aside(Mailbox.get(), LENGTH * 2 + 1)
    page = robin.see("/admin")
    assert f"1 to 20 of {LENGTH + 5}" in words(page.css_first("#mailboxes"))
    assert len(page.css("#quarantine tbody tr")) == LENGTH
    first = {words(row) for row in page.css("#mailboxes tbody tr")}
    second = robin.see(page.css_first("#mailboxes .pager a").attributes["href"] or "")
    assert len(second.css("#mailboxes tbody tr")) == 5
    assert not first & {words(row) for row in second.css("#mailboxes tbody tr")}
    third = robin.see(second.css("#quarantine .pager a")[-1].attributes["href"] or "")
    assert len(third.css("#mailboxes tbody tr")) == 5
    assert f"21 to 40 of {LENGTH * 2 + 1}" in words(third.css_first("#quarantine"))
    for odd in ("?mailboxes=99", "?mails=-3", "?mails=x"):
        assert robin.client.get(f"/admin{odd}").status_code == 200


def test_more_rows_ask_no_more_queries(robin: Reader) -> None:
    operating.troubled(robin.user)
    few = _queries(robin)
    operating.mailboxes(robin.user, 15, state="refused")
    for box in Mailbox.select().limit(10):
        operating.aside(box, 2)
    assert _queries(robin) == few < 25


def _queries(reader: Reader) -> int:
    asked = []
    original = database.obj.execute_sql

    def counting(sql: str, *args: object, **kwargs: object) -> object:
        asked.append(sql)
        return original(sql, *args, **kwargs)

    database.obj.execute_sql = counting
    try:
        reader.see("/admin")
    finally:
        del database.obj.execute_sql
    return len(asked)


def test_without_redis_the_page_says_so_and_shows_the_rest(sqlite_url: str) -> None:
    with product.running(product.environment(sqlite_url, "redis://127.0.0.1:1/0")):
        user = User.create(email="robin@example.com", google_sub="1")
        reader = Reader(create_app(), user)
        operating.troubled(user)
        text = reader.read("/admin")
        assert "Redis does not answer, so no mail is read. Bring it back; nothing is lost." in text
        assert "late@example.com" in text
        assert "so nothing was queued" in reader.press(None, "Read again", within="#quarantine")


def test_the_page_works_on_postgres_as_well(postgres_url: str, redis_url: str) -> None:
    with product.running(product.environment(postgres_url, redis_url)):
        user = User.create(email="robin@example.com", google_sub="1")
        reader = Reader(create_app(), user)
        operating.troubled(user)
        assert "6 things need a person." in reader.read("/admin")


def overflow(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_in_a_browser_all_fits_and_a_mail_is_read_again_by_key(
    site: Site, opened: Opened, size: dict[str, int]
) -> None:
    operating.troubled(site.user)
    page = opened("/admin", viewport=size)
    assert not overflow(page)
    button = page.get_by_role("button", name="Read again").first
    button.focus()
    button.press("Enter")
    expect(page.get_by_text("1 mail will be read again in a moment.")).to_be_visible()
    expect(page.get_by_role("table", name="Mails that could not be read")).to_be_visible()
    assert queues.default.count == 1
