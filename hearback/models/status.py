"""The statuses of an application, and the rules by which one follows from another."""

from enum import StrEnum


class Status(StrEnum):
    """Where an application stands, in the order in which it usually goes."""

    DRAFT = "draft"
    APPLIED = "applied"
    UNDER_REVIEW = "under_review"
    ASSESSMENT = "assessment"
    INTERVIEW_SCHEDULED = "interview_scheduled"
    INTERVIEW_COMPLETED = "interview_completed"
    OFFER_RECEIVED = "offer_received"
    OFFER_ACCEPTED = "offer_accepted"
    OFFER_DECLINED = "offer_declined"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    ARCHIVED = "archived"


class Stage(StrEnum):
    """The columns of the board: how a person thinks of it."""

    APPLIED = "applied"
    IN_REVIEW = "in_review"
    INTERVIEW = "interview"
    OFFER = "offer"
    CLOSED = "closed"


STAGES: dict[Status, Stage] = {
    Status.DRAFT: Stage.APPLIED,
    Status.APPLIED: Stage.APPLIED,
    Status.UNDER_REVIEW: Stage.IN_REVIEW,
    Status.ASSESSMENT: Stage.IN_REVIEW,
    Status.INTERVIEW_SCHEDULED: Stage.INTERVIEW,
    Status.INTERVIEW_COMPLETED: Stage.INTERVIEW,
    Status.OFFER_RECEIVED: Stage.OFFER,
    Status.OFFER_ACCEPTED: Stage.CLOSED,
    Status.OFFER_DECLINED: Stage.CLOSED,
    Status.REJECTED: Stage.CLOSED,
    Status.WITHDRAWN: Stage.CLOSED,
    Status.ARCHIVED: Stage.CLOSED,
}

# What a mail of a category says of the application. Categories that are not here say nothing.
SAYS: dict[str, Status] = {
    "acknowledgment": Status.APPLIED,
    "under_review": Status.UNDER_REVIEW,
    "information_request": Status.UNDER_REVIEW,
    "assessment": Status.ASSESSMENT,
    "interview_invitation": Status.INTERVIEW_SCHEDULED,
    "scheduling_request": Status.INTERVIEW_SCHEDULED,
    "offer": Status.OFFER_RECEIVED,
    "rejection": Status.REJECTED,
}

# What an employer answers, as against the receipt that a machine sends at once.
ANSWERS = frozenset(SAYS) - {"acknowledgment"} | {"interview_change"}

# The user decided these; no mail takes a decision back.
DECIDED = frozenset({Status.WITHDRAWN, Status.OFFER_ACCEPTED, Status.OFFER_DECLINED})
# A closed door that an employer can open again, by no less than these.
CLOSED_BY_OTHERS = frozenset({Status.REJECTED, Status.ARCHIVED})
REOPENS = frozenset({Status.ASSESSMENT, Status.INTERVIEW_SCHEDULED, Status.OFFER_RECEIVED})

_ORDER = {status: place for place, status in enumerate(Status)}


def after_mail(current: Status | None, category: str) -> Status | None:
    """The status that a mail of `category` leads to from `current`, or None when it changes nothing.

    An acknowledgment never pulls an offer back; a rejection closes whatever the user has not decided;
    after a rejection only an interview, an assessment or an offer opens the application again. A
    second round of interviews follows a completed one.
    """
    said = SAYS.get(category)
    if said is None or current in DECIDED or said is current:
        return None
    if said is Status.REJECTED or current is None:
        return said
    if current in CLOSED_BY_OTHERS:
        return said if said in REOPENS else None
    if current is Status.INTERVIEW_COMPLETED and said is Status.INTERVIEW_SCHEDULED:
        return said
    return said if _ORDER[said] > _ORDER[current] else None
