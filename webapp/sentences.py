"""Says in one sentence what a mail from an employer means."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from hearback.models.occasion import occasion, spans
from webapp.times import Clock

# Categories of mail about an application of the user's own, each with its icon.
ICONS = {
    "acknowledgment": "check",
    "under_review": "eye",
    "assessment": "list",
    "interview_invitation": "calendar",
    "scheduling_request": "calendar",
    "interview_change": "calendar",
    "information_request": "question",
    "offer": "star",
    "rejection": "cross",
}


def sentence(
    category: str, company: str, spans: Sequence[tuple[dt.datetime, dt.datetime | None]],
    interview: str | None, clock: Clock,
) -> str:  # fmt: skip
    """What a mail of this category says, in one sentence about the employer."""
    when = " or ".join(clock.meeting(*span) for span in spans[:3])
    match category:
        case "acknowledgment":
            return f"{company} has your application."
        case "under_review":
            return f"{company} is reviewing your application."
        case "assessment":
            return f"{company} asks you to do an assessment."
        case "interview_invitation" if when:
            return f"{company} invites you to an interview {when}."
        case "interview_invitation":
            return f"{company} invites you to an interview."
        case "scheduling_request" if when:
            return f"{company} offers times for an interview: {when}."
        case "scheduling_request":
            return f"{company} asks you to pick a time for an interview."
        case "interview_change" if interview == "cancelled":
            return f"{company} cancelled the interview{' ' + when if when else ''}."
        case "interview_change" if when:
            return f"{company} moved the interview: it is {when} now."
        case "interview_change":
            return f"{company} wants to move the interview."
        case "information_request":
            return f"{company} asks you for something."
        case "offer":
            return f"{company} offers you the job."
        case "rejection":
            return f"{company} decided not to go on with your application."
        case "outreach":
            return f"{company} wrote to you about a job."
    return f"A mail from {company}. You said that it is not about your application."


def arranged(data: Mapping[str, Any], clock: Clock) -> str:
    """What the user said of an interview, in one sentence."""
    said, when = occasion(data), "".join(clock.meeting(*span) for span in spans(data)[:1])
    if said.act == "cancel":
        return f"You cancelled the interview {clock.meeting(said.was)}." if said.was else "You cancelled it."
    if said.act == "add":
        return f"You added an interview {when}."
    same = said.was is not None and any(said.was == start for start, _ in spans(data))
    return f"You say that the interview is {when}." if same else f"You moved the interview: it is {when} now."
