"""Which applications may be one and the same: likeliest first, for the user to choose from."""

from collections.abc import Iterable
from dataclasses import dataclass

from hearback.mail.names import same_company, same_role
from hearback.models import Application


@dataclass(frozen=True)
class Candidates:
    """Other applications of a user: those that have something in common with one, and the rest."""

    likely: list[Application]
    others: list[Application]


def candidates(application: Application, others: Iterable[Application]) -> Candidates:
    """Sort a user's other applications by how likely each is the same one, then as they came."""
    scored = [(_score(application, other), other) for other in others if other.id != application.id]
    ranked = sorted(scored, key=lambda pair: -pair[0])
    return Candidates(
        [other for score, other in ranked if score > 0], [other for score, other in ranked if score <= 0]
    )


def _score(one: Application, other: Application) -> int:
    """A name in common says most, then the requisition, then the role; two roles speak against it."""
    score = 0
    if one.company and other.company and same_company(one.company, other.company):
        score += 4
    if one.requisition and one.requisition == other.requisition:
        score += 3
    if one.role and other.role:
        score += 2 if same_role(one.role, other.role) else -1
    return score
