"""What a mail was understood to say: the one value that the rest of Hearback reads."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Literal, get_args


class Category(StrEnum):
    """What a mail means for an application."""

    acknowledgment = "acknowledgment"
    under_review = "under_review"
    assessment = "assessment"
    interview_invitation = "interview_invitation"
    scheduling_request = "scheduling_request"
    interview_change = "interview_change"
    information_request = "information_request"
    offer = "offer"
    rejection = "rejection"
    outreach = "outreach"
    job_alert = "job_alert"
    other = "other"


ABOUT_MINE = frozenset(Category) - {Category.outreach, Category.job_alert, Category.other}
"""Categories of mail about an application of the reader's own."""

INTERVIEWING = frozenset(
    {Category.interview_invitation, Category.scheduling_request, Category.interview_change}
)

STATUS_CHANGING = INTERVIEWING | {Category.assessment, Category.offer, Category.rejection}
"""Categories that move an application in a way its owner must be able to rely on."""

KEEPS_CONTENT = ABOUT_MINE | {Category.outreach}
"""Categories of which more than id, date and category may be stored."""

InterviewState = Literal["proposed", "confirmed", "moved", "cancelled"]


@dataclass(frozen=True, slots=True)
class When:
    """One point or span of time that a mail names.

    `start` and `end` are aware. A day without a time of day runs from its midnight to the next.
    `timezone` is what the mail says (an IANA name or an offset such as "+02:00"); where the mail
    says nothing it is None, and `start` stands in the offset of the mail's own date.
    """

    start: datetime
    end: datetime | None
    timezone: str | None
    text: str

    def to_json(self) -> dict[str, str | None]:
        """ISO 8601 with offsets."""
        return {
            "start": self.start.isoformat(),
            "end": self.end.isoformat() if self.end else None,
            "timezone": self.timezone,
            "text": self.text,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "When":
        """The inverse of `to_json`; raises ValueError or KeyError on anything else."""
        end = data.get("end")
        return cls(
            start=datetime.fromisoformat(data["start"]),
            end=datetime.fromisoformat(end) if end else None,
            timezone=data.get("timezone"),
            text=data.get("text", ""),
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one mail says. Names that the mail does not give are None.

    `confidence` is the probability that `category` is right. `evidence` is one string that
    stands in the subject or body of the mail, whitespace aside.
    """

    category: Category
    confidence: float
    evidence: str | None = None
    company: str | None = None
    role: str | None = None
    requisition: str | None = None
    dates: tuple[When, ...] = ()
    deadline: date | datetime | None = None
    links: tuple[str, ...] = ()
    interview: InterviewState | None = None
    interviewer: str | None = None
    place: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain values, for storing and printing; every key is always present."""
        return {
            "category": self.category.value,
            "confidence": self.confidence,
            "evidence": self.evidence,
            "company": self.company,
            "role": self.role,
            "requisition": self.requisition,
            "dates": [when.to_json() for when in self.dates],
            "deadline": self.deadline.isoformat() if self.deadline else None,
            "links": list(self.links),
            "interview": self.interview,
            "interviewer": self.interviewer,
            "place": self.place,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Verdict":
        """The inverse of `to_json`; raises ValueError or KeyError on anything else."""
        interview = data.get("interview")
        if interview is not None and interview not in get_args(InterviewState):
            raise ValueError(f"interview is {interview!r}, not one of {get_args(InterviewState)}")
        return cls(
            category=Category(data["category"]),
            confidence=float(data["confidence"]),
            evidence=data.get("evidence"),
            company=data.get("company"),
            role=data.get("role"),
            requisition=data.get("requisition"),
            dates=tuple(When.from_json(when) for when in data.get("dates") or ()),
            deadline=_moment(data.get("deadline")),
            links=tuple(data.get("links") or ()),
            interview=interview,
            interviewer=data.get("interviewer"),
            place=data.get("place"),
        )


def _moment(text: str | None) -> date | datetime | None:
    """A date or a date and time, whichever the ISO text is."""
    if not text:
        return None
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
