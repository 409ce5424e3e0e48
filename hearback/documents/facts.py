"""What a CV proves: skills and for how long, years of work, languages, degrees, titles and place."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hearback.documents import asks_degree
from hearback.documents.asks_languages import language_code, level_in
from hearback.documents.asks_titles import core_of, trades_of
from hearback.documents.facts_statements import Statement, entries, of_cv, part, statements, text
from hearback.documents.facts_time import Span, has_ended, span_of, years
from hearback.levels import level_of, rank
from hearback.skills import implied, named

MOST_PROOFS = 6
# Entries that were lived through: their months count for the skills that they name.
_LIVED = ("work", "volunteer", "projects")
_EARLIER = 0.85


@dataclass(frozen=True, slots=True)
class Skill:
    """A skill that a CV names, or that follows from one (`through`); its years of work; where it stands."""

    name: str
    years: float
    proofs: tuple[Statement, ...]
    through: str | None = None


@dataclass(frozen=True)
class Facts:
    """What a CV proves. `skills` are by canonical name, those that follow too.

    `years` of work at all; `languages` by ISO code, with a level of asks_languages or None; `degree` the
    highest that was finished; `roles` the cores of titles and how much each counts (1 for the present one);
    `level` one of hearback.levels, by the latest title or, where that says none, by the years.
    """

    skills: Mapping[str, Skill]
    years: float
    languages: Mapping[str, str | None]
    degree: str | None
    has_education: bool
    roles: tuple[tuple[frozenset[str], float], ...]
    level: str | None
    city: str | None
    region: str | None
    country: str | None

    @property
    def named(self) -> frozenset[str]:
        """The skills that the CV itself names."""
        return frozenset(name for name, skill in self.skills.items() if skill.through is None)


def facts_of(cv: Mapping[str, Any], today: dt.date | None = None) -> Facts:
    """Take the facts out of a CV in JSON Resume form. Months to come are not counted."""
    today = today or dt.datetime.now(dt.UTC).date()
    work = entries(cv, "work")
    total = years(span for entry in work if (span := span_of(entry, today)))
    basics = part(cv, "basics")
    location = part(basics, "location")
    education = entries(cv, "education")
    return Facts(
        skills=_skills(cv, today),
        years=total,
        languages=dict(_languages(cv)),
        degree=_degree(education, today),
        has_education=bool(education),
        roles=tuple(_roles(basics, work)),
        level=_level(work, total),
        city=text(location, "city") or None,
        region=text(location, "region") or None,
        country=text(location, "countryCode").upper() or None,
    )


def _skills(cv: Mapping[str, Any], today: dt.date) -> dict[str, Skill]:
    proofs: dict[str, list[Statement]] = defaultdict(list)
    spans: dict[str, list[Span]] = defaultdict(list)
    for one in of_cv(cv):
        # The name of a school or an employer is no skill of who was there.
        if not one.path.endswith((".institution", ".name")) or one.path.startswith(
            ("skills", "certificates")
        ):
            trades = trades_of(one.text) if one.path.endswith(".position") else ()
            for name in dict.fromkeys((*named(one.text), *trades)):
                proofs[name].append(one)
    for section in _LIVED:
        for place, entry in enumerate(entries(cv, section)):
            span = span_of(entry, today)
            if span:
                for name in _named_in(entry, f"{section}[{place}]"):
                    spans[name].append(span)
    return _with_implied(proofs, spans)


def _named_in(entry: Mapping[str, Any], path: str) -> set[str]:
    told = (one.text for one in statements(entry, path) if not one.path.endswith(".name"))
    return {name for line in told for name in named(line)}.union(trades_of(text(entry, "position")))


def _with_implied(proofs: dict[str, list[Statement]], spans: dict[str, list[Span]]) -> dict[str, Skill]:
    """The skills that are named, and those that follow from them with the months of all they follow from."""
    sources: dict[str, list[str]] = defaultdict(list)
    for name in proofs:
        for other in implied(name):
            sources[other].append(name)
    skills = {}
    for name in [*proofs, *(other for other in sources if other not in proofs)]:
        months = [span for source in (name, *sources[name]) for span in spans.get(source, ())]
        through = None if name in proofs else sources[name][0]
        shown = tuple(proofs.get(through or name, ()))[:MOST_PROOFS]
        skills[name] = Skill(name, years(months), shown, through)
    return skills


def _languages(cv: Mapping[str, Any]) -> Iterator[tuple[str, str | None]]:
    for entry in entries(cv, "languages"):
        code = language_code(text(entry, "language"))
        if code:
            yield code, level_in(text(entry, "fluency")) or level_in(text(entry, "language"))


def degree_of(entry: Mapping[str, Any]) -> str | None:
    """The degree of one entry of education, by what it is called there."""
    kind = text(entry, "studyType")
    short = asks_degree.SHORT.get(kind.replace(".", "").replace(" ", "").lower())
    found = asks_degree.degrees_in(f"{kind} in {text(entry, 'area')}") if kind else ()
    return short or (found[-1] if found else None)


def _degree(education: list[Mapping[str, Any]], today: dt.date) -> str | None:
    """The highest degree of those that are finished."""
    finished = [degree for entry in education if (degree := degree_of(entry)) and has_ended(entry, today)]
    return max(finished, key=asks_degree.rank, default=None)


def _roles(
    basics: Mapping[str, Any], work: list[Mapping[str, Any]]
) -> Iterator[tuple[frozenset[str], float]]:
    """The cores of the titles, the present one and what the person calls themselves counting in full."""
    if label := core_of(text(basics, "label")):
        yield frozenset(label), 1.0
    weight = 1.0
    for entry in work:
        if core := core_of(text(entry, "position")):
            yield frozenset(core), weight
            weight *= _EARLIER


def _level(work: list[Mapping[str, Any]], total: float) -> str | None:
    by_title = level_of(text(work[0], "position")) if work else None
    # Someone who is out of training is at its end's level, whatever the last title said.
    if by_title and (by_title != "intern" or len(work) == 1):
        return by_title
    if not work or not total:
        return None
    by_years = "junior" if total < 2 else "mid" if total < 5 else "senior"
    return max((by_title or by_years, by_years), key=lambda level: rank(level) or 0)
