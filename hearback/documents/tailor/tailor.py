"""One CV for one posting: what comes first, a summary, a letter, and what was changed and refused."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hearback.documents.facts_statements import entries, part, text
from hearback.documents.tailor.checked import Refused
from hearback.documents.tailor.choose import Change, Relevance, chosen
from hearback.documents.tailor.claims import Claims
from hearback.documents.tailor.claims_cv import checked_cv
from hearback.documents.tailor.clauses import sentences
from hearback.documents.tailor.evidence import evidence_of
from hearback.documents.tailor.letter import LEAST_OF_WORK, Draft, letter
from hearback.documents.tailor.posting import Posting, Tone
from hearback.documents.tailor.told import company_of, role_of, skill_words, specific
from hearback.words import listed

MOST_SUMMARY = 3
MOST_SKILLS = 5


@dataclass(frozen=True)
class Tailored:
    """A CV in JSON Resume form and a letter. `changes` and `refused` are to be shown to the user."""

    cv: dict[str, Any]
    summary: str
    subject: str
    greeting: str
    paragraphs: tuple[str, ...]
    closing: str
    changes: tuple[Change, ...]
    refused: tuple[Refused, ...]

    @property
    def letter(self) -> str:
        """The letter as text, from greeting to name."""
        name = text(part(self.cv, "basics"), "name")
        return "\n\n".join(filter(None, (self.greeting, *self.paragraphs, self.closing, name)))


def claims_of(cv: Mapping[str, Any], posting: Posting, today: dt.date | None = None) -> Claims:
    """What holds texts against this CV, for the user's own edits too."""
    return Claims(evidence_of(cv, today), posting)


def tailor(
    cv: Mapping[str, Any],
    posting: Posting,
    tone: Tone = Tone.PLAIN,
    draft: Draft | None = None,
    today: dt.date | None = None,
) -> Tailored:
    """Tailor a CV to a posting. `draft` is a language model's letter, of which only what is true is kept.

    Where too little of a draft stands, the templates' letter takes its place.
    """
    claims = claims_of(cv, posting, today)
    own = letter(cv, posting, tone, claims)
    used, refused = _of_draft(draft, own, claims)
    result = chosen(cv, posting)
    summary = used.summary or _summary(cv, posting, claims)
    basics = cv.get("basics")
    if summary and isinstance(basics, Mapping) and summary != basics.get("summary"):
        result.cv["basics"] = {**basics, "summary": summary}
        result.changes.append(Change("The summary was chosen for this posting.", "It is read first."))
    tailored, more = checked_cv(result.cv, cv, claims)
    role, company = role_of(posting.title), company_of(posting.company)
    return Tailored(
        cv=tailored,
        summary=summary,
        subject=f"Application: {role or 'your posting'}{f', {company}' if company else ''}",
        greeting=own.greeting,
        paragraphs=tuple(used.paragraphs),
        closing=own.closing,
        changes=tuple(result.changes),
        refused=(*refused, *more),
    )


def _of_draft(draft: Draft | None, own: Draft, claims: Claims) -> tuple[Draft, tuple[Refused, ...]]:
    """What stands of a draft, and what was refused; the own letter where less than half of it stands."""
    if draft is None:
        return own, ()
    checked = claims.check("\n\n".join(draft.paragraphs))
    summary = claims.check(draft.summary)
    refused = checked.refused + summary.refused
    asked = sum(len(sentences(paragraph)) for paragraph in draft.paragraphs)
    stands = asked > 0 and len(checked.refused) * 2 <= asked
    paragraphs = list(checked.paragraphs) if stands else own.paragraphs
    return Draft(paragraphs=paragraphs, summary=summary.text), refused


def _summary(cv: Mapping[str, Any], posting: Posting, claims: Claims) -> str:
    """The sentences of the CV's summary that say most to the posting, else the CV's facts in a line."""
    told = sentences(text(part(cv, "basics"), "summary"))
    if told:
        relevance = Relevance(posting)
        best = sorted(told[1:], key=relevance.of, reverse=True)[: MOST_SUMMARY - 1]
        return " ".join([told[0], *(sentence for sentence in told[1:] if sentence in best)])
    facts = claims.evidence.facts
    work = entries(cv, "work")
    wanted = [name for name in (*posting.asks.must, *posting.asks.nice) if name in facts.named]
    lines = [
        f"{text(work[0], 'position')} at {text(work[0], 'name')}." if work and text(work[0], "name") else "",
        f"{int(facts.years)} years of professional experience." if facts.years >= LEAST_OF_WORK else "",
        f"Experience with {listed([*map(skill_words, specific(wanted)[:MOST_SKILLS])])}." if wanted else "",
    ]
    return " ".join(line for line in lines if line and not claims.check(line).refused)
