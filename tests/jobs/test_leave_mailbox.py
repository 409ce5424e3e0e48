"""Leaving a mailbox: nothing of it is read any more, and nobody else's reading ends with it."""

import datetime as dt
from typing import Any

import pytest

from hearback.gmail import oauth
from hearback.gmail.client import Gmail
from hearback.gmail.errors import Disconnected, Transient
from hearback.models import (
    TABLES,
    Application,
    Event,
    HistoryGap,
    Kind,
    Link,
    Mailbox,
    MailboxState,
    MailGroup,
    Message,
    Notification,
    User,
    now,
)
from hearback.models.mailbox import import_mailbox
from jobs import acts, leave_mailbox, marks
from jobs.connect_mailbox import connect_mailbox
from jobs.gmail_access import access_token
from jobs.leave_mailbox import leave, unfinished_leaving
from jobs.queues import queues
from jobs.sync_mailbox import sync_mailbox
from tests.support.forked import Point, run_worker, was_killed
from tests.support.service import ACKNOWLEDGED, ADDRESS, INVITED, REJECTED, Service, connect
from tests.webapp import story

OTHER = "sam@example.com"
DAY = dt.timedelta(days=1)


def second_user(made: Service) -> Mailbox:
    """Another user, who has connected the same mailbox."""
    tokens = made.google.grant(ADDRESS)
    user = User.create(email=OTHER, google_sub="other")
    return Mailbox.create(user=user, address=ADDRESS, refresh_token=tokens.refresh_token)


def watched(made: Service) -> bool:
    """Whether Gmail still watches the mailbox."""
    return bool(made.google.account(ADDRESS)["watch"])


def granted(made: Service) -> bool:
    """Whether the account still lets us in."""
    return bool(made.google.account(ADDRESS)["grants"])


def begun(made: Service) -> Mailbox:
    """A mailbox that is watched and has read all there is."""
    mailbox = connect(made)
    connect_mailbox(mailbox.id)
    queues.default.empty()
    queues.mail.empty()
    queues.backfill.empty()
    assert watched(made) and granted(made)
    return Mailbox.get_by_id(mailbox.id)


def rows_of(user: User) -> dict[str, list[dict[str, Any]]]:
    """Every row that is this user's, in every table."""
    found: dict[str, list[dict[str, Any]]] = {}
    boxes = Mailbox.select(Mailbox.id).where(Mailbox.user == user)
    for table in TABLES:
        if hasattr(table, "user"):
            query = table.select().where(table.user == user)
        elif hasattr(table, "mailbox"):
            query = table.select().where(table.mailbox.in_(boxes))
        else:
            continue
        found[table.__name__] = list(query.order_by(table.id).dicts())
    return found


def test_leaving_ends_reading_watch_and_grant_and_keeps_what_was_learnt(made: Service) -> None:
    mailbox = begun(made)
    made.tell("We got your application", ACKNOWLEDGED)
    sync_mailbox(mailbox.id)
    leave(mailbox.user_id, mailbox.id, erase=False)
    assert Mailbox.get_by_id(mailbox.id).state == MailboxState.LEFT
    assert unfinished_leaving() == [mailbox.id]
    run_worker()
    stands = Mailbox.get_by_id(mailbox.id)
    assert (stands.refresh_token, stands.access_token, stands.watch_expires_at) == (None, None, None)
    assert stands.state == MailboxState.LEFT and stands.history_id is not None
    assert not watched(made) and not granted(made)
    assert unfinished_leaving() == []
    assert made.statuses() == [("Acme Robotics", "applied")]
    assert Mailbox.notify(ADDRESS, 10**9, now()) == []


def test_a_mailbox_that_was_left_comes_back_and_reads_what_came_since(made: Service) -> None:
    mailbox = begun(made)
    leave(mailbox.user_id, mailbox.id, erase=False)
    run_worker()
    made.tell("We got your application", ACKNOWLEDGED)
    tokens = made.google.grant(ADDRESS)
    Mailbox.update(refresh_token=tokens.refresh_token, state=MailboxState.CONNECTED).execute()
    queues.default.enqueue(connect_mailbox, mailbox.id)
    run_worker()
    assert made.statuses() == [("Acme Robotics", "applied")]
    assert watched(made)


@pytest.mark.parametrize("erase", [False, True])
def test_what_another_user_reads_goes_on_until_they_leave_too(made: Service, erase: bool) -> None:
    first = begun(made)
    second = second_user(made)
    connect_mailbox(second.id)
    leave(first.user_id, first.id, erase)
    run_worker()
    assert watched(made) and granted(made)
    made.tell("We got your application", ACKNOWLEDGED)
    sync_mailbox(first.id)
    sync_mailbox(second.id)
    assert [row.user_id for row in Application.select()] == [second.user_id]
    assert unfinished_leaving() == []
    leave(second.user_id, second.id, erase)
    run_worker()
    assert not watched(made) and not granted(made)
    assert unfinished_leaving() == []


def test_a_mailbox_that_google_refuses_for_now_still_keeps_its_grant(made: Service) -> None:
    first = begun(made)
    second = second_user(made)
    Mailbox.update(state=MailboxState.REFUSED).where(Mailbox.id == second.id).execute()
    leave(first.user_id, first.id, erase=False)
    run_worker()
    assert granted(made)


@pytest.mark.parametrize("erase", [False, True])
def test_a_grant_that_is_gone_already_ends_the_leaving(made: Service, erase: bool) -> None:
    mailbox = begun(made)
    made.google.revoke(ADDRESS)
    Mailbox.update(state=MailboxState.DISCONNECTED).execute()
    leave(mailbox.user_id, mailbox.id, erase)
    run_worker()
    assert unfinished_leaving() == []
    assert Mailbox.select().exists() is not erase


@pytest.mark.parametrize("endpoint", ["stop", "oauth.revoke", "oauth.token"])
def test_google_failing_for_a_time_loses_no_token(made: Service, endpoint: str) -> None:
    mailbox = begun(made)
    Mailbox.update(access_token=None).execute()
    leave(mailbox.user_id, mailbox.id, erase=True)
    made.google.fault(endpoint, "503")
    with pytest.raises(Transient):
        leave_mailbox.leave_mailbox(mailbox.id)
    stands = Mailbox.get_by_id(mailbox.id)
    assert stands.refresh_token and unfinished_leaving() == [mailbox.id]
    made.google.clear_faults()
    leave_mailbox.leave_mailbox(mailbox.id)
    assert not granted(made) and not Mailbox.select().exists()


def test_connected_again_before_google_was_told_it_stays_connected(made: Service) -> None:
    mailbox = begun(made)
    leave(mailbox.user_id, mailbox.id, erase=False)
    Mailbox.update(state=MailboxState.CONNECTED).execute()
    run_worker()
    assert granted(made) and watched(made)
    assert Mailbox.get().refresh_token is not None


def test_leaving_is_each_ones_own(made: Service) -> None:
    mailbox = begun(made)
    stranger = User.create(email=OTHER)
    for erase in (False, True):
        with pytest.raises(acts.NotFound):
            leave(stranger.id, mailbox.id, erase)
    assert Mailbox.get().state == MailboxState.CONNECTED
    with pytest.raises(acts.NotFound):
        leave(mailbox.user_id, import_mailbox(User.get_by_id(mailbox.user_id)).id, erase=True)


POINTS = [
    Point(Gmail, "stop"),
    Point(Gmail, "stop", after=True),
    Point(oauth, "revoke"),
    Point(oauth, "revoke", after=True),
    Point(leave_mailbox, "_forget_tokens", after=True),
    Point(leave_mailbox, "erase_mail"),
    Point(leave_mailbox, "erase_mail", after=True),
    Point(Mailbox, "delete_instance", after=True),
    Point(leave_mailbox, "_delete", after=True),
]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("point", POINTS, ids=str)
def test_a_worker_killed_anywhere_leaves_nothing_half_done(made: Service, point: Point) -> None:
    mailbox = begun(made)
    made.tell("We got your application", ACKNOWLEDGED)
    sync_mailbox(mailbox.id)
    leave(mailbox.user_id, mailbox.id, erase=True)
    assert was_killed(run_worker(point)), "the worker never came to this step"
    for mailbox_id in unfinished_leaving():
        # What the sweep does; the dead worker's lock would end by itself.
        marks.redis().flushall()
        queues.default.enqueue(leave_mailbox.leave_mailbox, mailbox_id)
    run_worker()
    assert not granted(made)
    for table in (Mailbox, Message, Event, Application, MailGroup, Link):
        assert not table.select().exists(), table.__name__


def test_a_job_that_reads_meanwhile_is_let_go_to_its_end(made: Service) -> None:
    mailbox = begun(made)
    made.tell("We got your application", ACKNOWLEDGED)
    leave(mailbox.user_id, mailbox.id, erase=True)
    with marks.lock(mailbox.id) as reading:
        assert reading is not None
        leave_mailbox.leave_mailbox(mailbox.id)
        assert Mailbox.get().state == MailboxState.ERASING
        # The page that was under way is stored, and goes with the row.
        story.mail(Mailbox.get(), "acknowledgment")
    assert unfinished_leaving() == [mailbox.id]
    leave_mailbox.leave_mailbox(mailbox.id)
    for table in (Mailbox, Message, Event, Application, Link):
        assert not table.select().exists(), table.__name__


def test_erasing_takes_every_row_of_that_mailbox_and_no_other(made: Service) -> None:
    mailbox = begun(made)
    made.tell("We got your application", ACKNOWLEDGED)
    made.tell("Interview", INVITED)
    made.tell("Your application", REJECTED)
    sync_mailbox(mailbox.id)
    Message.add(mailbox.id, "broken", now(), "other", "no end")
    HistoryGap.create(mailbox=mailbox, from_history_id=1, to_history_id=2, from_at=now(), to_at=now())
    other = story.mailbox(User.create(email=OTHER), ADDRESS)
    story.mail(other, "acknowledgment")
    story.mail(other, "offer")
    before = rows_of(other.user)
    leave(mailbox.user_id, mailbox.id, erase=True)
    run_worker()
    assert all(not rows for name, rows in rows_of(User.get(User.email == ADDRESS)).items() if name != "User")
    assert rows_of(other.user) == before


def test_an_application_that_two_mailboxes_feed_loses_one_of_them(made: Service) -> None:
    user = User.create(email=ADDRESS)
    goes, stays = story.mailbox(user, "old@example.com"), story.mailbox(user, ADDRESS)
    story.mail(goes, "acknowledgment", 3 * DAY)
    story.mail(stays, "interview_invitation", 2 * DAY)
    story.mail(goes, "rejection", DAY)
    application = Application.get()
    assert application.status == "rejected"
    leave(user.id, goes.id, erase=True)
    stands = Application.get()
    # The same page as before, as if only the invitation had come.
    assert (stands.id, stands.status) == (application.id, "interview_scheduled")
    assert Event.select().count() == 1


def test_letters_that_name_employers_of_erased_mail_go_with_it(made: Service) -> None:
    user, other = User.create(email=ADDRESS), User.create(email=OTHER)
    goes, stays = story.mailbox(user, "old@example.com"), story.mailbox(user)
    letter = {"subject": "Acme Robotics has not answered", "intro": "Follow up?"}
    for box, company in ((goes, "Acme Robotics"), (stays, "Birch")):
        mail = story.mail(box, "acknowledgment", company=company)
        Notification.tell(user.id, "follow_up", company, mail.application_id, data=letter)
    for one in (user, other):
        Notification.tell(one.id, "summary", "2026-05-04", data=letter)
    Notification.tell(user.id, "mailbox_trouble", f"disconnected:{stays.id}:20260101T000000")
    leave(user.id, goes.id, erase=True)
    left = {
        (row.user_id, row.kind) for row in Notification.select().where(Notification.kind != "status_change")
    }
    assert left == {(user.id, "follow_up"), (user.id, "mailbox_trouble"), (other.id, "summary")}
    assert Notification.get(Notification.kind == "follow_up").key == "Birch"


def test_the_users_own_words_stay_where_something_can_carry_them(made: Service) -> None:
    user = User.create(email=ADDRESS)
    goes, stays = story.mailbox(user, "old@example.com"), story.mailbox(user, ADDRESS)
    first = story.mail(goes, "acknowledgment", 3 * DAY)
    story.mail(stays, "acknowledgment", 2 * DAY)
    application = Event.get_by_id(first.id).application_id
    acts.choose(user.id, application, "withdrawn", "choice", seen=first.id)
    acts.correct(user.id, first.id, "offer", "correction")
    acts.undo(user.id, Event.get(Event.kind == Kind.CORRECTION).id, "undo")
    leave(user.id, goes.id, erase=True)
    assert [row.kind for row in Event.select().order_by(Event.id)] == [Kind.MAIL, Kind.CHOICE]
    assert (Application.get().id, Application.get().status) == (application, "withdrawn")


def test_what_the_user_said_of_an_erased_mail_alone_goes_with_it(made: Service) -> None:
    user = User.create(email=ADDRESS)
    goes = story.mailbox(user)
    mail = story.mail(goes, "acknowledgment", DAY)
    acts.choose(user.id, Event.get_by_id(mail.id).application_id, "withdrawn", "choice")
    acts.add(user.id, "Birch", None, "applied", "added")
    leave(user.id, goes.id, erase=True)
    assert made.statuses() == [("Birch", "applied")]
    assert Event.select().count() == 1
    assert {link.key for link in Link.select()} == {"name:birc", "act:added"}


def test_a_copy_from_a_file_carries_on_what_was_said_of_gmails(made: Service) -> None:
    user = User.create(email=ADDRESS)
    goes, file = story.mailbox(user), import_mailbox(user)
    twice = {"identity": "one-mail", "company": "Acme Robotics"}
    story.mail(file, "acknowledgment", DAY, from_file=True, **twice)
    gmails = story.mail(goes, "acknowledgment", DAY, **twice)
    acts.correct(user.id, gmails.id, "offer", "correction")
    assert made.statuses() == [("Acme Robotics", "offer_received")]
    leave(user.id, goes.id, erase=True)
    assert made.statuses() == [("Acme Robotics", "offer_received")]
    assert [row.kind for row in Event.select().order_by(Event.id)] == [Kind.MAIL, Kind.CORRECTION]


def test_erasing_ends_as_if_the_mailbox_had_never_been(made: Service) -> None:
    """The fold of what stays equals the fold of a user who only ever had the other mailbox."""
    user, alone = User.create(email=ADDRESS), User.create(email=OTHER)
    goes, stays, same = story.mailbox(user, "old@example.com"), story.mailbox(user), story.mailbox(alone)
    mails: list[tuple[str, int, dict[str, Any]]] = [
        ("acknowledgment", 60, {"company": "Acme Robotics", "role": "Backend Engineer"}),
        ("acknowledgment", 20, {"company": "Acme Robotics", "role": "Data Engineer"}),
        ("offer", 5, {"company": "Acme Robotics", "role": None}),
        ("assessment", 4, {"company": "Birch", "role": None}),
    ]
    for category, days, fields in mails:
        identity = {"identity": f"{category}-{days}"}
        story.mail(goes, category, (days + 1) * DAY, **fields, thread=f"g.{days}")
        story.mail(stays, category, days * DAY, **fields, **identity)
        story.mail(same, category, days * DAY, **fields, **identity)
    leave(user.id, goes.id, erase=True)

    def told(owner: User) -> list[tuple[Any, ...]]:
        rows = Application.select(Application.company, Application.role, Application.status)
        return sorted(rows.where(Application.user == owner).tuples(), key=str)

    def keys(owner: User) -> set[str]:
        return {link.key for link in Link.select().where(Link.user == owner)}

    assert told(user) == told(alone)
    assert keys(user) == keys(alone)


def test_a_token_that_was_revoked_is_no_access(made: Service) -> None:
    mailbox = begun(made)
    assert oauth.revoke(leave_mailbox.oauth_client(), mailbox.refresh_token) is True
    assert oauth.revoke(leave_mailbox.oauth_client(), mailbox.refresh_token) is False
    Mailbox.update(access_token=None).execute()
    with pytest.raises(Disconnected):
        access_token(Mailbox.get())
