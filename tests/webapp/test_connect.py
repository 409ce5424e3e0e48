"""Connecting mailboxes over the sandbox's real OAuth: every way it can end is told in words."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from flask import Flask

from hearback.gmail.oauth import READONLY, SEND
from hearback.models import Mailbox, User
from jobs.queues import queues
from sandbox.client import SandboxControl
from tests.sandbox.person import Person, Returned
from tests.support import product
from tests.webapp import story
from tests.webapp.reader import Reader, words
from webapp import create_app

ROBIN, WORK = "robin@example.com", "robin.work@example.com"


@pytest.fixture
def app(sqlite_url: str, redis_url: str, sandbox: SandboxControl) -> Iterator[Flask]:
    """The application beside a Google of its own."""
    for address in (ROBIN, WORK):
        sandbox.create_account(address)
    with product.running(product.environment(sqlite_url, redis_url, sandbox.url)):
        yield create_app()


@dataclass
class Consent:
    """One way to Google's pages and back, by a browser of its own."""

    reader: Reader
    person: Person
    location: str

    @property
    def asked(self) -> dict[str, str]:
        """What we asked Google for."""
        return {key: values[0] for key, values in parse_qs(urlsplit(self.location).query).items()}

    def back(self, account: str = ROBIN, decision: str = "allow", untick: str = "") -> str:
        """Choose the account and answer; the address on which Google sends the browser back."""
        page = self.person.visit(self.location)
        if isinstance(page, requests.Response) and 'type="email"' in page.text:
            page = self.person.choose(page, account)
        if isinstance(page, requests.Response):
            page = self.person.decide(page, decision, untick)
        assert isinstance(page, Returned)
        parts = urlsplit(page.url)
        return f"{parts.path}?{parts.query}"

    def finish(self, account: str = ROBIN, decision: str = "allow", untick: str = "") -> str:
        """All of it; the words of the page on which it ends."""
        return self.reader.read(self.back(account, decision, untick))


def begin(reader: Reader, google: SandboxControl, path: str = "/connect", **form: object) -> Consent:
    """Press the button that leads to Google."""
    sent = reader.post(path, **form)
    assert sent.status_code == 302, sent.text
    return Consent(reader, Person(google.url), sent.headers["Location"])


def job_names() -> list[str]:
    """What waits to be done."""
    return [job.func_name for job in queues.default.get_jobs()]


def box(address: str = ROBIN) -> Mailbox:
    """The mailbox of an address."""
    found: Mailbox = Mailbox.get(Mailbox.address == address)
    return found


def test_connecting_asks_for_reading_alone_and_keeps_what_was_granted(
    robin: Reader, sandbox: SandboxControl
) -> None:
    consent = begin(robin, sandbox)
    asked = consent.asked
    assert set(asked["scope"].split()) == {"openid", "email", READONLY}
    assert (asked["access_type"], asked["prompt"], asked["login_hint"]) == ("offline", "consent", ROBIN)
    assert asked["code_challenge_method"] == "S256" and asked["state"] and asked["nonce"]
    assert "Connected robin@example.com. We are reading your mail" in consent.finish()
    stands = box()
    assert READONLY in stands.scopes.split() and SEND not in stands.scopes.split()
    assert stands.refresh_token and stands.state == "connected"
    assert job_names() == ["jobs.connect_mailbox.connect_mailbox"]


def test_a_second_mailbox_stands_beside_the_first(robin: Reader, sandbox: SandboxControl) -> None:
    begin(robin, sandbox).finish()
    second = begin(robin, sandbox)
    assert "login_hint" not in second.asked
    assert "select_account" in second.asked["prompt"]
    assert "Connected robin.work@example.com." in second.finish(WORK)
    assert {row.address for row in Mailbox.select()} == {ROBIN, WORK}


def test_one_mailbox_may_be_connected_by_two_users(
    robin: Reader, mallory: Reader, sandbox: SandboxControl
) -> None:
    begin(robin, sandbox).finish()
    begin(mallory, sandbox).finish(ROBIN)
    assert [row.user_id for row in Mailbox.select().order_by(Mailbox.id)] == [robin.user.id, mallory.user.id]
    assert all(row.refresh_token for row in Mailbox.select())


def test_a_box_left_unticked_connects_nothing(robin: Reader, sandbox: SandboxControl) -> None:
    text = begin(robin, sandbox).finish(untick="gmail")
    assert "the box for reading your mail was not ticked" in text
    assert not Mailbox.select().exists() and not job_names()


def test_a_refused_consent_changes_nothing(robin: Reader, sandbox: SandboxControl) -> None:
    text = begin(robin, sandbox).finish(decision="refuse")
    assert "You did not agree, so nothing was changed." in text
    assert not Mailbox.select().exists()


def test_a_grant_that_does_not_last_connects_nothing(robin: Reader, sandbox: SandboxControl) -> None:
    consent = begin(robin, sandbox)
    consent.location = consent.location.replace("access_type=offline", "access_type=online")
    assert "Google gave a permission that ends within the hour" in consent.finish()
    assert not Mailbox.select().exists()


def test_an_answer_that_nobody_waits_for_changes_nothing(robin: Reader, sandbox: SandboxControl) -> None:
    back = begin(robin, sandbox).back()
    with robin.client.session_transaction() as session:
        for key in [key for key in session if key.startswith("_state_")]:
            del session[key]
    assert "Nothing was changed: this was begun in another window" in robin.read(back)
    assert not Mailbox.select().exists()


def test_a_code_that_is_no_longer_good_is_said(robin: Reader, sandbox: SandboxControl) -> None:
    back = begin(robin, sandbox).back()
    sandbox.advance_clock(3600)
    assert "Google's answer was used already, or came too late." in robin.read(back)
    assert not Mailbox.select().exists()


def test_loading_the_last_page_anew_does_nothing_twice(robin: Reader, sandbox: SandboxControl) -> None:
    back = begin(robin, sandbox).back()
    robin.read(back)
    assert "nothing was done twice" in robin.read(back)
    assert Mailbox.select().count() == 1 and len(job_names()) == 1


def test_agreeing_twice_at_once_connects_once_and_says_so(robin: Reader, sandbox: SandboxControl) -> None:
    back = begin(robin, sandbox).back()
    with robin.client.session_transaction() as session:
        before = dict(session)
    robin.read(back)
    # The second click left the browser before the first one's answer, and so with the cookie from before.
    with robin.client.session_transaction() as session:
        session.clear()
        session.update(before)
    assert "Google's answer was used already" in robin.read(back)
    assert [(row.address, row.state) for row in Mailbox.select()] == [(ROBIN, "connected")]


def test_two_presses_of_the_button_both_lead_back(robin: Reader, sandbox: SandboxControl) -> None:
    first, second = begin(robin, sandbox), begin(robin, sandbox)
    assert "Connected robin@example.com." in second.finish()
    assert "Connected robin@example.com again." not in first.finish(decision="refuse")
    assert Mailbox.select().count() == 1


def test_consents_that_were_never_finished_do_not_outgrow_the_session(
    robin: Reader, sandbox: SandboxControl
) -> None:
    for _ in range(12):
        consent = begin(robin, sandbox)
    cookie = robin.client.get_cookie("hearback_session")
    assert cookie is not None and len(cookie.value) < 3000
    assert "Connected robin@example.com." in consent.finish()


def test_google_being_away_is_said(robin: Reader, sandbox: SandboxControl) -> None:
    back = begin(robin, sandbox).back()
    sandbox.fault("oauth.token", "503", count=1)
    assert "Google did not answer. Nothing was changed." in robin.read(back)
    # The consent was given, and only the token was not to be had.
    assert "Connected robin@example.com." in begin(robin, sandbox).finish()


@pytest.mark.parametrize("state", ["disconnected", "refused", "left"])
def test_a_mailbox_that_was_lost_goes_on_where_it_stood(
    robin: Reader, sandbox: SandboxControl, state: str
) -> None:
    stood = story.mailbox(robin.user, state=state, history_id=77, last_error="invalid_grant")
    text = begin(robin, sandbox, address=ROBIN).finish()
    assert "Connected robin@example.com again. We are reading what came since." in text
    stands = box()
    assert (stands.id, stands.state, stands.history_id, stands.last_error) == (
        stood.id,
        "connected",
        77,
        None,
    )
    assert job_names() == ["jobs.connect_mailbox.connect_mailbox"]


def test_another_account_than_the_one_meant_connects_nothing_by_accident(
    robin: Reader, sandbox: SandboxControl
) -> None:
    story.mailbox(robin.user, state="disconnected")
    consent = begin(robin, sandbox, address=ROBIN)
    assert consent.asked["login_hint"] == ROBIN
    text = consent.finish(WORK)
    assert "You chose robin.work@example.com, and nothing was changed." in text
    assert "For robin@example.com, choose that account on Google's page." in text
    assert [(row.address, row.state) for row in Mailbox.select()] == [(ROBIN, "disconnected")]
    assert not job_names()
    offered = {words(form): form for form in robin.page.css(".notice form")}
    assert set(offered) == {"Choose robin@example.com", "Connect robin.work@example.com as well"}
    address = offered["Connect robin.work@example.com as well"].css_first("input[name=address]")
    assert address.attributes["value"] == WORK
    assert "Connected robin.work@example.com." in begin(robin, sandbox, address=WORK).finish(WORK)
    assert box(ROBIN).state == "disconnected"


def test_sending_is_asked_for_apart_and_added_to_reading(robin: Reader, sandbox: SandboxControl) -> None:
    begin(robin, sandbox).finish()
    before = box()
    consent = begin(robin, sandbox, "/connect/send", mailbox_id=before.id)
    asked = consent.asked
    assert set(asked["scope"].split()) == {"openid", "email", SEND}
    assert (asked["include_granted_scopes"], asked["login_hint"]) == ("true", ROBIN)
    assert "Hearback may now read robin@example.com and send from it." in consent.finish()
    after = box()
    assert {READONLY, SEND} <= set(after.scopes.split())
    assert after.id == before.id and after.refresh_token != before.refresh_token
    assert "Hearback may Read and send" in robin.read("/mailboxes")


@pytest.mark.parametrize("decision", ["allow", "refuse"])
def test_sending_that_was_not_allowed_leaves_reading_as_it_was(
    robin: Reader, sandbox: SandboxControl, decision: str
) -> None:
    begin(robin, sandbox).finish()
    before = box()
    text = begin(robin, sandbox, "/connect/send", mailbox_id=before.id).finish(
        decision=decision, untick="gmail.send"
    )
    expected = "the box for sending was not ticked" if decision == "allow" else "You did not agree"
    assert expected in text
    assert (box().refresh_token, box().scopes) == (before.refresh_token, before.scopes)


def test_sending_from_another_account_than_meant_changes_nothing(
    robin: Reader, sandbox: SandboxControl
) -> None:
    begin(robin, sandbox).finish()
    consent = begin(robin, sandbox, "/connect/send", mailbox_id=box().id)
    assert "You chose robin.work@example.com, and nothing was changed." in consent.finish(WORK)
    assert [row.address for row in Mailbox.select()] == [ROBIN]


def test_only_ones_own_connected_mailbox_can_be_allowed_to_send(robin: Reader, mallory: Reader) -> None:
    theirs = story.mailbox(robin.user)
    assert mallory.post("/connect/send", mailbox_id=theirs.id).status_code == 404
    assert mallory.post("/connect/send").status_code == 404
    own = story.mailbox(mallory.user, state="left")
    answer = mallory.post("/connect/send", mailbox_id=own.id)
    assert answer.status_code == 400 and "Connect it first" in answer.text


def test_a_mailbox_that_is_being_erased_begins_from_nothing(robin: Reader, sandbox: SandboxControl) -> None:
    gone = story.mailbox(robin.user, state="erasing", history_id=None, backfilled_at=None)
    assert "Connected robin@example.com. We are reading your mail" in begin(robin, sandbox).finish()
    assert (box().id, box().state) == (gone.id, "connected")


def test_signing_in_still_says_who_one_is(app: Flask, sandbox: SandboxControl) -> None:
    stranger = Reader(app, User.create(email="x@example.com", google_sub="x"))
    with stranger.client.session_transaction() as session:
        session.clear()
    page = stranger.see("/sign-in")
    token = page.css_first("input[name=csrf_token]").attributes["value"]
    sent = stranger.client.post("/sign-in/google", data={"csrf_token": token})
    consent = Consent(stranger, Person(sandbox.url), sent.headers["Location"])
    assert "Welcome." in consent.finish()
    made = User.get(User.email == ROBIN)
    assert dt.datetime.now(dt.UTC) - made.created_at < dt.timedelta(minutes=1)
