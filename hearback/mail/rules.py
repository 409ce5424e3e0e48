"""The form of a rule, and the words that several rules are made of."""

import re
from dataclasses import dataclass

from hearback.mail.verdict import Category

DECISIVE = 4.0
STRONG = 3.0
FAIR = 2.0
HINT = 1.0

# Parts of patterns. All gaps are bounded, and a sentence is too, so that matching stays linear.
JOB = (
    r"(?:positions?|roles?|jobs?|openings?|vacanc(?:y|ies)|opportunit(?:y|ies)|posts?|internships?"
    r"|requisitions?|apprenticeships?|placements?|graduate programme)"
)
TALK = (
    r"(?:interviews?|phone[- ]screens?|screening(?: call)?|(?:phone|video|zoom|teams|intro(?:ductory)?"
    r"|discovery|quick|short|brief) (?:calls?|chats?|meetings?|conversations?)|calls?|chats?"
    r"|conversations?|meetings?|on-?sites?|discussions?|assessment (?:centre|center|day)s?"
    r"|super ?days?|(?:first|second|third|final|next) rounds?)"
)
TEST = (
    r"(?:assessments?|(?:coding|technical|programming|design|take[- ]home|data|sql|python)[- ]"
    r"(?:challenges?|tests?|exercises?|tasks?|assignments?|projects?)|take[- ]homes?|(?:online|aptitude"
    r"|skills?|psychometric|personality|cognitive|logic(?:al)?|numerical|game-based) tests?|case stud(?:y|ies)"
    r"|hackerrank|codility|codesignal|testgorilla|pymetrics|test task|trial task|challenge)"
)
DAY = (
    r"(?:mon|tues?|wed(?:nes)?|thurs?|fri|satur|sun)(?:day)?\b|tomorrow|next week|this week"
    r"|later (?:today|this week)|morning|afternoon|\d{1,2}(?::\d\d)? ?(?:am|pm|a\.m|p\.m)|\d{1,2}:\d\d"
)
APPLICANT = r"(?:candidates?|applicants?|individuals?|persons?|people|profiles?|finalists?|someone|somebody|applications?)"


@dataclass(frozen=True, slots=True)
class Rule:
    """Words that speak for a category; one of `needs` stands in every sentence that it matches."""

    category: Category
    weight: float
    needs: tuple[str, ...]
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None = None
    subject_only: bool = False
    state: str | None = None


def rule(
    category: Category,
    weight: float,
    needs: str,
    pattern: str,
    unless: str | None = None,
    subject_only: bool = False,
    state: str | None = None,
) -> Rule:
    """A rule from strings; `needs` is separated by `|`, and spares the pattern on most sentences."""
    return Rule(
        category,
        weight,
        tuple(needs.split("|")),
        re.compile(pattern),
        re.compile(unless) if unless else None,
        subject_only,
        state,
    )
