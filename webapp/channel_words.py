"""How a way to reach the user is, in words, and what the kinds of news are called."""

from dataclasses import dataclass

from hearback.models import Channel, ChannelKind, Delivery, DeliveryState, News
from webapp.times import Clock


@dataclass(frozen=True)
class Kind:
    """A kind of news in the table."""

    title: str
    hint: str = ""


# Those of applications that we send ourselves come with the sending of applications.
KINDS: dict[str, Kind] = {
    News.STATUS_CHANGE: Kind("A status changes", "The employer’s own mail is in your inbox already."),
    News.INTERVIEW: Kind("An interview is found, moved or cancelled"),
    News.REMINDER: Kind("Reminders of interviews", "They come also in quiet hours, and never in a digest."),
    News.FOLLOW_UP: Kind("Reminders to follow up"),
    News.SUMMARY: Kind("The weekly summary"),
    News.REPORT: Kind("The monthly report"),
    News.JOB_MATCHES: Kind("New jobs for a saved search", "How often, each search says for itself."),
    News.MAILBOX_TROUBLE: Kind("A mailbox needs you"),
}


@dataclass(frozen=True)
class Way:
    """A channel as its page tells of it. `trial` is what came of the last test, empty without one."""

    id: int
    name: str
    kind: str
    enabled: bool
    words: str
    tone: str
    trial: str
    trying: bool


def way(channel: Channel, trial: Delivery | None, clock: Clock) -> Way:
    """A channel and its last test, in words."""
    words, tone = "Nothing has gone there yet.", "quiet"
    if not channel.enabled:
        words = "Switched off."
    elif channel.error:
        words, tone = f"The last try failed {clock.ago(channel.failed_at)}. {channel.error}", "no"
    elif channel.sent_at:
        words, tone = f"The last news went there {clock.ago(channel.sent_at)}.", "offer"
    return Way(
        id=channel.id,
        name=channel.name,
        kind=ChannelKind(channel.kind),
        enabled=channel.enabled,
        words=words,
        tone=tone,
        trial=_trial(trial, clock),
        trying=trial is not None and trial.state in {DeliveryState.WAITING, DeliveryState.SENDING},
    )


def _trial(trial: Delivery | None, clock: Clock) -> str:
    if trial is None:
        return ""
    if trial.state == DeliveryState.SENT:
        return f"Test: accepted at {clock.hour(trial.sent_at)}. Look whether it arrived."
    if trial.state == DeliveryState.FAILED:
        return f"Test: it failed. {trial.error}"
    return "Test: on its way."
