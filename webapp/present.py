"""The one place that says how statuses and kinds of mail are called, drawn and coloured."""

from dataclasses import dataclass

from hearback.models import Stage, Status
from hearback.models.status import after_mail


@dataclass(frozen=True)
class Look:
    """How something is shown: its word, the icon and the tone (a colour of hearback.css)."""

    word: str
    icon: str
    tone: str


STATUSES: dict[Status, Look] = {
    Status.DRAFT: Look("Draft", "pen", "quiet"),
    Status.APPLIED: Look("Applied", "send", "sent"),
    Status.UNDER_REVIEW: Look("Under review", "eye", "review"),
    Status.ASSESSMENT: Look("Assessment", "list", "review"),
    Status.INTERVIEW_SCHEDULED: Look("Interview scheduled", "calendar", "talk"),
    Status.INTERVIEW_COMPLETED: Look("Interview completed", "calendar-done", "talk"),
    Status.OFFER_RECEIVED: Look("Offer received", "star", "offer"),
    Status.OFFER_ACCEPTED: Look("Offer accepted", "check", "offer"),
    Status.OFFER_DECLINED: Look("Offer declined", "minus", "quiet"),
    Status.REJECTED: Look("Rejected", "cross", "no"),
    Status.WITHDRAWN: Look("Withdrawn", "minus", "quiet"),
    Status.ARCHIVED: Look("Archived", "box", "quiet"),
}

STAGE_WORDS: dict[Stage, str] = {
    Stage.APPLIED: "Applied",
    Stage.IN_REVIEW: "In review",
    Stage.INTERVIEW: "Interview",
    Stage.OFFER: "Offer",
    Stage.CLOSED: "Closed",
}

# What an empty column will hold, so that it teaches.
STAGE_HINTS: dict[Stage, str] = {
    Stage.APPLIED: "Applications that nobody has answered yet.",
    Stage.IN_REVIEW: "They read it, or ask for a test or for more.",
    Stage.INTERVIEW: "Interviews to come, and those just held.",
    Stage.OFFER: "Offers that wait for your answer.",
    Stage.CLOSED: "What has ended, one way or the other.",
}

# Each category as it stands after "Looks like".
CATEGORIES: dict[str, str] = {
    "acknowledgment": "a confirmation that they have your application",
    "under_review": "word that they are reviewing your application",
    "assessment": "an invitation to an assessment",
    "interview_invitation": "an interview invitation",
    "scheduling_request": "a request to pick a time for an interview",
    "interview_change": "a change to an interview",
    "information_request": "a request for something from you",
    "offer": "an offer",
    "rejection": "a rejection",
    "outreach": "a recruiter who writes first",
    "job_alert": "a job alert",
    "other": "mail that is not about a job",
}


def look(status: str) -> Look:
    """How a status is shown."""
    return STATUSES[Status(status)]


def looks_like(category: str) -> str:
    """A category as it stands after "Looks like"."""
    return CATEGORIES.get(category, CATEGORIES["other"])


def would_set(current: str | None, category: str) -> Look | None:
    """How the status is shown that a mail of this category leads to from `current`, if to any."""
    status = after_mail(Status(current) if current else None, category)
    return STATUSES[status] if status else None


def sureness(confidence: float) -> str:
    """How sure we are of a verdict, in words, with the figure, which is never rounded up."""
    words = ((0.95, "Very sure"), (0.8, "Sure"), (0.6, "Not quite sure"), (0.0, "A guess"))
    word = next(word for least, word in words if confidence >= least)
    # Nothing that was read from words is ever wholly certain.
    return f"{word} ({min(int(confidence * 100), 99)}%)"


def named(company: str | None, fallback: str = "An employer") -> str:
    """The employer's name as a sentence's subject."""
    return company or fallback
