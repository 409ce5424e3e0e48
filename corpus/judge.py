"""Mails of the corpus beside what Hearback reads in them, and how often that is right."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from corpus.fill import Filled, fill
from corpus.mails import Template, read, unmarked
from corpus.parts import Part, part
from corpus.render import render
from hearback.mail.classify import classify
from hearback.mail.names import same_company, same_role
from hearback.mail.parse import parse
from hearback.mail.verdict import ABOUT_MINE, STATUS_CHANGING, Category, Verdict

# The default of the setting of this name.
CONFIDENCE_THRESHOLD = 0.8
# What a category does to an application: confusing two of a group changes nothing for its owner.
COARSE = {
    Category.acknowledgment: "received",
    Category.under_review: "in review",
    Category.information_request: "in review",
    Category.assessment: "assessment",
    Category.interview_invitation: "interview",
    Category.scheduling_request: "interview",
    Category.interview_change: "interview",
    Category.offer: "offer",
    Category.rejection: "rejection",
    Category.outreach: "outreach",
    Category.job_alert: "other",
    Category.other: "other",
}
CLASSES = tuple(dict.fromkeys(COARSE.values()))
_BINS = 10


@dataclass(frozen=True)
class Judged:
    """One mail of the corpus beside what was read in it."""

    filled: Filled
    verdict: Verdict

    @property
    def template(self) -> Template:
        return self.filled.template

    @property
    def wanted(self) -> str:
        return COARSE[Category(self.template.category)]

    @property
    def got(self) -> str:
        return COARSE[self.verdict.category]

    @property
    def right(self) -> bool:
        return self.wanted == self.got


def judged(wanted: Part = Part.HELD) -> list[Judged]:
    """Every mail of a part, set as such mail comes and read as Gmail's is."""
    known = read()
    found = []
    for template in known:
        if part(template) is wanted:
            filled = fill(template, 0)
            found.append(Judged(filled, classify(parse(render(filled, known)))))
    return found


def figures(rows: Sequence[Judged], threshold: float = CONFIDENCE_THRESHOLD) -> dict[str, float]:
    """Shares between 0 and 1, by what they are called on the page."""
    changing = {COARSE[category] for category in STATUS_CHANGING}
    mine = {COARSE[category] for category in ABOUT_MINE}
    said = [r for r in rows if r.got in changing and r.verdict.confidence >= threshold]
    due = [r for r in rows if r.wanted in changing]
    quoted = [r for r in said if r.right and r.template.decisive]
    return {
        "Right, of twelve categories": share(rows, lambda r: r.verdict.category == r.template.category),
        "Right, of eight classes": share(rows, lambda r: r.right),
        "Status-changing verdicts at the threshold that are right": share(said, lambda r: r.right),
        "Status-changing mails found at the threshold": share(due, lambda r: r.right and r in said),
        "One's own mails found": share([r for r in rows if r.wanted in mine], lambda r: r.got in mine),
        "Mails taken for one's own that are": share(
            [r for r in rows if r.got in mine], lambda r: r.wanted in mine
        ),
        "Right verdicts whose quote is what decides": share(quoted, _quotes_what_decides),
        "Companies right where the mail says one": share(
            [r for r in rows if r.got in mine and r.filled.company],
            lambda r: same_company(r.verdict.company or "", r.filled.company or ""),
        ),
        "Roles right where the mail says one": share(
            [r for r in rows if r.got in mine and r.filled.role],
            lambda r: same_role(r.verdict.role or "", r.filled.role or ""),
        ),
    }


def share(rows: Sequence[Judged], holds: Callable[[Judged], bool]) -> float:
    """The share of rows for which something holds; 0 of none."""
    return sum(map(holds, rows)) / len(rows) if rows else 0.0


def _quotes_what_decides(row: Judged) -> bool:
    """Whether the evidence shares half of its words with a passage that the mail's writer marked."""
    quote = Counter((row.verdict.evidence or "").lower().split())
    for wording in row.template.decisive:
        marked = Counter(unmarked(wording).lower().split())
        if 2 * (quote & marked).total() >= min(quote.total(), marked.total()):
            return True
    return False


def bins(rows: Iterable[Judged]) -> list[tuple[float, float, int]]:
    """For each tenth of confidence: its mean, the share that was right, and how many mails."""
    sorted_in: dict[int, list[Judged]] = {}
    for row in rows:
        sorted_in.setdefault(min(_BINS - 1, int(row.verdict.confidence * _BINS)), []).append(row)
    return [
        (sum(r.verdict.confidence for r in some) / len(some), share(some, lambda r: r.right), len(some))
        for _, some in sorted(sorted_in.items())
    ]
