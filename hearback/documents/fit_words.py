"""The reasons for a score in words, what fits and what does not, as a page shows them."""

from collections.abc import Iterator
from dataclasses import dataclass

from hearback.documents.asks import Asks
from hearback.documents.asks_degree import IN_WORDS
from hearback.documents.asks_languages import language_name
from hearback.documents.facts import Facts
from hearback.documents.fit import Fit, language_answers
from hearback.words import listed, plural

# More names than these are no help at a glance.
MOST = 8
GOOD, FAIR = 0.99, 0.6
# No better than this is a place in another country, even for remote work.
ABROAD = 0.3


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence; `fits` is True, False, or None for neither."""

    kind: str
    fits: bool | None
    words: str


def reasons(fit: Fit, facts: Facts, asks: Asks) -> tuple[Reason, ...]:
    """Why the score is what it is, the weightiest first. What one side does not say is not spoken of."""
    return tuple(
        reason
        for part in (
            _skills(fit),
            _role(fit),
            _years(fit, facts, asks),
            _languages(facts, asks),
            _degree(fit, facts, asks),
            _level(fit, facts, asks),
            _place(fit, facts),
        )
        for reason in part
    )


def _skills(fit: Fit) -> Iterator[Reason]:
    if fit.matched:
        yield Reason(
            "skills", True, f"Your CV shows {listed(fit.matched, MOST)}, which the posting asks for."
        )
    if fit.missing:
        yield Reason("skills", False, f"Asked for, and not in your CV: {listed(fit.missing, MOST)}.")
    if fit.matched_nice:
        yield Reason(
            "skills", True, f"Also named in the posting, and in your CV: {listed(fit.matched_nice, MOST)}."
        )
    if fit.missing_nice:
        yield Reason(
            "skills",
            None,
            f"Named, perhaps not as a must, and not in your CV: {listed(fit.missing_nice, MOST)}.",
        )


def _role(fit: Fit) -> Iterator[Reason]:
    if fit.role is not None and fit.role >= FAIR:
        yield Reason("role", True, "You have worked in this kind of role.")
    elif fit.role is not None and fit.role < 1 - FAIR:
        yield Reason("role", False, "No title in your CV is of this kind.")


def _years(fit: Fit, facts: Facts, asks: Asks) -> Iterator[Reason]:
    if asks.years:
        has = f"{plural(int(facts.years), 'year')} of work"
        enough = facts.years >= asks.years
        asked = plural(asks.years, "year")
        yield Reason("years", enough, f"The posting asks for {asked} of experience; your CV shows {has}.")
    for name, least in asks.of.items():
        skill = facts.skills.get(name)
        if skill and skill.years and skill.years < least:
            shown = f"{skill.years:.1f}".removesuffix(".0")
            yield Reason(
                "years", False, f"{plural(least, 'year')} of {name} are asked for; your CV shows {shown}."
            )


def _languages(facts: Facts, asks: Asks) -> Iterator[Reason]:
    for code, level, must, met in language_answers(facts, asks):
        name = language_name(code)
        wanted = f"{name} ({level})" if level else name
        if met >= GOOD:
            yield Reason("language", True, f"You speak {name}.")
        elif met:
            has = facts.languages[code]
            yield Reason("language", False, f"{wanted} is asked for; your CV says {has}.")
        else:
            verb = "is asked for" if must else "is welcome"
            yield Reason("language", False if must else None, f"{wanted} {verb}; your CV does not list it.")


def _degree(fit: Fit, facts: Facts, asks: Asks) -> Iterator[Reason]:
    if fit.degree is None or asks.degree is None:
        return
    asked = IN_WORDS[asks.degree]
    if fit.degree >= GOOD:
        yield Reason(
            "degree", True, f"The posting asks for {asked}; you have {IN_WORDS[facts.degree or asks.degree]}."
        )
    elif asks.instead:
        yield Reason("degree", None, f"The posting asks for {asked}, or experience in its place.")
    else:
        yield Reason("degree", False, f"The posting asks for {asked}; your CV does not show one.")


def _level(fit: Fit, facts: Facts, asks: Asks) -> Iterator[Reason]:
    if fit.level is None:
        return
    if fit.level >= GOOD:
        yield Reason("level", True, f"The level fits ({asks.level}).")
    elif fit.level < FAIR:
        yield Reason("level", False, f"The level is {asks.level}; your CV reads as {facts.level}.")


def _place(fit: Fit, facts: Facts) -> Iterator[Reason]:
    if fit.place is None:
        return
    home = facts.city or facts.country
    if fit.place >= FAIR:
        yield Reason("place", True, f"The place suits {home}.")
    elif fit.place > ABROAD:
        # How far it is to another city of the country is not known.
        yield Reason("place", None, f"It is in another place than {home}.")
    else:
        yield Reason("place", False, f"It is in another country than {home}.")
