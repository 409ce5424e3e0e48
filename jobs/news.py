"""The words of a notification, for pages and channels: its own letter, or one of what it points to."""

from collections.abc import Sequence

from hearback.models import Application, Event, Mailbox, News, Notification, Status
from hearback.notify.letter import Letter, Link, Section

# What an employer did, as the news itself. Rejections are told plainly and kindly.
CHANGES = {
    Status.APPLIED: "{} has your application",
    Status.UNDER_REVIEW: "{} is reviewing your application",
    Status.ASSESSMENT: "{} invites you to an assessment",
    Status.INTERVIEW_SCHEDULED: "{} invites you to an interview",
    Status.INTERVIEW_COMPLETED: "Your interview with {} is over",
    Status.OFFER_RECEIVED: "{} makes you an offer",
    Status.REJECTED: "{} decided not to go on with your application",
}
OTHER_CHANGE = "Your application at {} has changed"
# By the first word of the key that jobs/watch.py and jobs/gmail_access.py give.
UNWATCHED = (
    "Gmail does not announce new mail of {} at the moment",
    "We look every half hour meanwhile, so that answers come later and none is lost.",
)
TROUBLES = {"watch_lapsed": UNWATCHED, "watch_refused": UNWATCHED}
TROUBLE = (
    "Gmail stopped letting us read {}",
    "Reconnect it, and we read what came since.",
)
# Where channels are chosen.
WAYS = "/settings/notifications"
# So many of a digest stand in its subject.
NAMED = 2


def letter_of(told: Notification) -> Letter:
    """The letter of a notification."""
    if told.data:
        return Letter.from_json(told.data)
    if told.kind == News.MAILBOX_TROUBLE:
        return _trouble(told.key)
    application = told.application
    company = application.company if application and application.company else "An employer"
    link = Link("See what they wrote", f"/applications/{application.id}") if application else None
    if told.kind == News.APPLICATION_SENT:
        return Letter(f"Your application to {company} is sent", _role(application), link=link)
    if told.kind == News.APPLICATION_FAILED:
        return Letter(f"Your application to {company} could not be sent", _role(application), link=link)
    words = CHANGES.get(Status(told.status), OTHER_CHANGE) if told.status else OTHER_CHANGE
    return Letter(words.format(company), _role(application), _quote(told.event), link)


def bundle(letters: Sequence[Letter]) -> Letter:
    """Several letters in one, each as a point of its list; a single one as it is."""
    if len(letters) == 1:
        return letters[0]
    named = "; ".join(letter.subject for letter in letters[:NAMED])
    rest = f"; and {len(letters) - NAMED} more" if len(letters) > NAMED else ""
    points = tuple(f"{letter.subject}. {letter.intro}".strip() for letter in letters)
    link = Link("See them all", "/notifications")
    return Letter(f"{named}{rest}", f"{len(letters)} news:", (Section(items=points),), link)


def trial(way: str) -> Letter:
    """What the test button sends."""
    words = f"This is the test that you asked for, to {way}. News about your applications comes the same way."
    return Letter("Hearback reaches you here", words, link=Link("Choose what comes here", WAYS))


def _role(application: Application | None) -> str:
    if application is None:
        return "The application is not on your board any more."
    return f"It is about {application.role}." if application.role else "It is about your application there."


def _quote(caused: Event | None) -> tuple[Section, ...]:
    words = caused.data.get("evidence") if caused else None
    return (Section("Their words", (f"“{words}”",)),) if words else ()


def _trouble(key: str) -> Letter:
    what, _, rest = key.partition(":")
    number = rest.partition(":")[0]
    box = Mailbox.get_or_none(Mailbox.id == int(number)) if number.isdecimal() else None
    subject, intro = TROUBLES.get(what, TROUBLE)
    name = box.address if box and box.address else "your mailbox"
    return Letter(subject.format(name), intro, link=Link("See your mailboxes", "/mailboxes"))
