"""How a mailbox is, in words: what Gmail told us last, what stands in the way, and what to do about it."""

from dataclasses import dataclass

from hearback.gmail.oauth import SEND
from hearback.models import HistoryGap, Mailbox, MailboxState
from hearback.words import plural
from jobs.sweep import PATIENCE
from webapp.times import HOUR, MINUTE, Clock

# What a first reading has looked at before it says how long it will take.
ENOUGH = 20

LOST = "Gmail stopped letting us read {name}. Reconnect it, and we read what came since."
LEFT = "You disconnected this mailbox. Nothing new is read; what we learnt from it stays on your board."
ERASED = (
    "Disconnected, and what we learnt from it is erased. This entry goes as soon as Google has heard of it."
)
HANDING_BACK = "We are handing our permission back to Google."
OPERATOR = "There is nothing for you to do: whoever runs this service must mend it."
BY_POLICY = (
    "The administrator of this Google account does not let us read its mail. Ask them to allow it; we look "
    "again each day."
)
# Google's words for saying no, and what they mean for the user.
REFUSALS = {
    "domainPolicy": BY_POLICY,
    "admin_policy_enforced": BY_POLICY,
    "insufficientPermissions": (
        "We were not allowed to read mail. Reconnect this mailbox and tick “View your email messages and "
        "settings” on Google's page."
    ),
    "failedPrecondition": (
        "This Google account has no Gmail, or Gmail is switched off for it. Switch it on, or disconnect "
        "this mailbox; we look again each day."
    ),
    "accessNotConfigured": f"The Gmail API is switched off for this service. {OPERATOR}",
    "org_internal": f"Google lets only accounts of one organisation use this service. {OPERATOR}",
    "invalid_client": f"Google does not know this service. {OPERATOR}",
    "unauthorized_client": f"Google does not know this service. {OPERATOR}",
    "deleted_client": f"Google does not know this service any more. {OPERATOR}",
}


@dataclass(frozen=True)
class Progress:
    """How far a first reading has come. `total` is None while the mails are still counted."""

    done: int
    total: int | None
    found: int
    left: str

    @property
    def words(self) -> str:
        """The reading in a sentence or two."""
        if self.total is None:
            # A reading that an older version began was never counted.
            return f"{self.found} found so far." if self.found else "Counting your mail of the last months."
        found = f"{self.done} of {plural(self.total, 'mail')}, {self.found} about a job so far."
        return f"{found} {self.left}".strip()


def progress(box: Mailbox, clock: Clock) -> Progress | None:
    """The first reading, while it goes on."""
    if box.state != MailboxState.CONNECTED or box.backfilled_at is not None:
        return None
    total = box.backfill_total
    done = box.backfill_done if total is None else min(box.backfill_done, total)
    return Progress(done, total, box.backfill_found, _left(box, done, clock))


def _left(box: Mailbox, done: int, clock: Clock) -> str:
    """About how long it will still take, by how long it took so far."""
    if not box.backfill_total or not box.backfill_began_at or done < ENOUGH:
        return ""
    each = (clock.now - box.backfill_began_at) / done
    left = each * (box.backfill_total - done)
    if left < MINUTE:
        return "Less than a minute left."
    if left < 2 * HOUR:
        return f"About {plural(round(left / MINUTE), 'minute')} left."
    return f"About {round(left / HOUR)} hours left."


def needs_user(box: Mailbox) -> bool:
    """Whether only the user can mend it, or should at least know."""
    return box.state in {MailboxState.DISCONNECTED, MailboxState.REFUSED}


def tone(box: Mailbox) -> str:
    """The colour and icon of its health; the words go with it."""
    if needs_user(box):
        return "problem"
    if box.state != MailboxState.CONNECTED:
        return "plain"
    return "doubt" if box.last_error or box.watch_error or is_behind(box) else "done"


def words(box: Mailbox, clock: Clock) -> str:
    """The mailbox's health in one or two sentences."""
    if box.state == MailboxState.FILE:
        return "Mail from files that you imported. Nobody watches it."
    if box.state == MailboxState.ERASING:
        return ERASED
    if box.state == MailboxState.LEFT:
        return f"{LEFT} {HANDING_BACK}" if box.refresh_token else LEFT
    if box.state == MailboxState.DISCONNECTED:
        return LOST.format(name="this mailbox")
    if box.state == MailboxState.REFUSED:
        return refusal(box.last_error)
    heard = max(filter(None, (box.last_sync_at, box.notified_at)), default=None)
    if heard is None:
        return "Connected just now. We have not heard from Gmail yet."
    return f"Last heard from Gmail {_within(clock.ago(heard))}. {_watch(box, clock)}"


def loss(box: Mailbox) -> str:
    """The same of one that needs its user, where other things are spoken of as well."""
    if box.state == MailboxState.DISCONNECTED:
        return LOST.format(name=box.address)
    return f"{box.address}: {refusal(box.last_error)}"


def refusal(reason: str | None) -> str:
    """What Google's no means, and what to do; a no that we do not know is quoted."""
    known = REFUSALS.get((reason or "").rpartition(" ")[2])
    if known:
        return known
    quoted = f" and says “{reason}”" if reason else ""
    return f"Google does not let us read this mailbox{quoted}. Reconnect it; we also look again each day."


def _watch(box: Mailbox, clock: Clock) -> str:
    if box.watch_error:
        return (
            "Gmail does not tell us of new mail, so we look every half hour and ask it again. "
            "There is nothing for you to do."
        )
    if box.watch_expires_at is None:
        return "Gmail does not tell us of new mail yet, so we look every half hour."
    if box.watch_expires_at < clock.now:
        return "Gmail's watch has run out; we look every half hour and renew it."
    until = clock.day(box.watch_expires_at)
    return f"Gmail tells us of new mail at once; its watch is good until {until} and renewed before."


def is_behind(box: Mailbox) -> bool:
    """Whether Gmail announced more than we have read, and it is not one of those that never come."""
    if box.history_id is None or box.notified_history_id <= box.history_id or box.notified_at is None:
        return False
    return not (box.last_sync_at and box.last_sync_at > box.notified_at + PATIENCE)


def lag(box: Mailbox, clock: Clock) -> str:
    """Whether all that Gmail announced has been read."""
    if is_behind(box):
        return f"Behind: what Gmail announced {_within(clock.ago(box.notified_at))} is being read."
    return "Nothing that Gmail announced is unread."


def may(box: Mailbox) -> str:
    """What the user allowed."""
    return "Read and send" if SEND in box.scopes.split() else "Read"


def gap(row: HistoryGap, clock: Clock) -> str:
    """What became of a stretch that Gmail's history no longer held."""
    start, end = clock.date(row.from_at), clock.date(row.to_at)
    span = f"On {start}" if start == end else f"Between {start} and {end}"
    return (
        f"{span} Gmail's history did not reach back far enough. "
        f"We searched instead and found {plural(row.found, 'mail')}."
    )


def _within(text: str) -> str:
    """In the middle of a sentence only names of days keep their capital."""
    return text[:1].lower() + text[1:] if text.startswith(("Yesterday", "Today")) else text
