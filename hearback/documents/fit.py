"""How well a CV answers a posting: a score from 0 to 100, with the reasons for it in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from hearback.documents import asks_degree
from hearback.documents.asks import Asks
from hearback.documents.asks_languages import level_rank
from hearback.documents.facts import Facts, Skill
from hearback.levels import rank
from hearback.skills import implied

# A missing must counts as much as so many that would be nice.
MUST = 3
# A skill that is missing where a near one is there: Angular for someone who knows React.
NEAR = 0.25
# Hardly anybody has all of a long list; so much of it is enough.
ENOUGH = 0.85
# How much each part counts. What the work is comes before the circumstances.
SKILLS, ROLE = 50.0, 20.0
YEARS, LEVEL, LANGUAGE, DEGREE, PLACE = 15.0, 8.0, 10.0, 8.0, 10.0
# Nothing known is neither good nor bad.
NOTHING_KNOWN, HALF = 5.0, 0.5
# Circumstances speak for someone only as far as the work is theirs.
LEAST_OF_CIRCUMSTANCES = 0.15

Place = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Fit:
    """The score, and each part of it from 0 to 1; a part is None where one side does not say."""

    score: int
    matched: tuple[str, ...]
    missing: tuple[str, ...]
    matched_nice: tuple[str, ...]
    missing_nice: tuple[str, ...]
    role: float | None
    years: float | None
    level: float | None
    languages: float | None
    degree: float | None
    place: float | None


def fit(facts: Facts, asks: Asks, places: Sequence[Place] = (), remote: str | None = None) -> Fit:
    """Compare a CV with what a posting asks for. Silence on a point is no fault.

    `places` of the job have `city`, `region` and `country` (ISO 3166-1 alpha-2). `remote` (remote, hybrid or
    on_site) outranks what the text of the posting says.
    """
    skills = facts.skills
    matched = tuple(name for name in asks.must if name in skills)
    missing = tuple(name for name in asks.must if name not in skills)
    matched_nice = tuple(name for name in asks.nice if name in skills)
    missing_nice = tuple(name for name in asks.nice if name not in skills)
    wanted = MUST * len(asks.must) + len(asks.nice)
    answered = MUST * (len(matched) + _near_ones(missing, skills)) + len(matched_nice)
    skilled = answered / (wanted * ENOUGH) if wanted else None
    role = _role(facts, asks)
    parts = (
        _years(facts, asks),
        _level(facts, asks),
        _languages(facts, asks),
        _degree(facts, asks),
        _place(facts, places, remote or asks.remote),
    )
    score = _score(None if skilled is None else min(1.0, skilled), role, parts)
    return Fit(score, matched, missing, matched_nice, missing_nice, role, *parts)


def _score(skilled: float | None, role: float | None, parts: tuple[float | None, ...]) -> int:
    weight, total = NOTHING_KNOWN, NOTHING_KNOWN * HALF
    for part, counts in ((skilled, SKILLS), (role, ROLE)):
        if part is not None:
            weight, total = weight + counts, total + counts * part
    core = total / weight
    counted = LEAST_OF_CIRCUMSTANCES + (1 - LEAST_OF_CIRCUMSTANCES) * core
    for part, counts in zip(parts, (YEARS, LEVEL, LANGUAGE, DEGREE, PLACE), strict=True):
        if part is not None:
            weight, total = weight + counts, total + counts * part * counted
    return round(100 * total / weight)


def _near_ones(missing: tuple[str, ...], skills: Mapping[str, Skill]) -> float:
    """How much those count that are missing: a part, where the CV has what they too would prove."""
    return NEAR * sum(not implied(name).isdisjoint(skills) for name in missing)


def _role(facts: Facts, asks: Asks) -> float | None:
    """How much of the title's core a title of the CV has, and the other way round."""
    if not asks.role or not facts.roles:
        return None
    wanted, best = frozenset(asks.role), 0.0
    for role, weight in facts.roles:
        shared = len(wanted & role)
        if shared:
            best = max(best, weight * shared * (0.7 / len(wanted) + 0.3 / len(role)))
    return min(1.0, best)


def _years(facts: Facts, asks: Asks) -> float | None:
    if not asks.years and not asks.of:
        return None
    answers = [min(1.0, facts.years / asks.years)] if asks.years else []
    for name, least in asks.of.items():
        skill = facts.skills.get(name)
        # A skill that is listed without dates may have been used for all of the years.
        if skill is None or skill.years:
            answers.append(min(1.0, skill.years / least) if skill else 0.0)
    return sum(answers) / len(answers) if answers else None


def _level(facts: Facts, asks: Asks) -> float | None:
    asked, has = rank(asks.level), rank(facts.level)
    if asked is None or has is None:
        return None
    return (1.0, 0.75, 0.4, 0.15)[min(3, abs(asked - has))]


def language_answers(facts: Facts, asks: Asks) -> Iterator[tuple[str, str | None, bool, float]]:
    """For each language that is asked for: its code, the level, whether it is a must, and how well it is met.

    A CV that lists no languages says nothing of them.
    """
    for code, (level, must) in asks.languages.items() if facts.languages else ():
        if code not in facts.languages:
            yield code, level, must, 0.0
            continue
        has = facts.languages[code]
        short = has and level_rank(has) < level_rank(level)
        yield code, level, must, 0.5 if short else 1.0


def _languages(facts: Facts, asks: Asks) -> float | None:
    weight, total = 0, 0.0
    for _, _, must, met in language_answers(facts, asks):
        counts = MUST if must else 1
        weight, total = weight + counts, total + counts * met
    return total / weight if weight else None


def _degree(facts: Facts, asks: Asks) -> float | None:
    if asks.degree is None or (facts.degree is None and not facts.has_education):
        return None
    short = asks_degree.rank(asks.degree) - asks_degree.rank(facts.degree)
    if short <= 0:
        return 1.0
    if asks.instead and facts.years >= (asks.years or 2):
        return 0.9
    return 0.5 if short == 1 else 0.2


def _place(facts: Facts, places: Sequence[Place], remote: str | None) -> float | None:
    """How near the job is. Remote work is near everybody whose country is not excluded by its places."""
    if not (facts.city or facts.country) or not places:
        return None
    best: float | None = None
    for place in places:
        near = _near(facts, place)
        if near is not None and remote == "remote":
            near = max(near, 0.9 if near else 0.3)
        if near is not None and (best is None or near > best):
            best = near
    return best


def _near(facts: Facts, place: Place) -> float | None:
    country, city, region = place.get("country"), place.get("city"), place.get("region")
    if country and facts.country and country != facts.country:
        return 0.0
    if city and facts.city:
        if city.casefold() == facts.city.casefold():
            return 1.0
        if region and facts.region:
            return 0.7 if region.casefold() == facts.region.casefold() else 0.4
        return 0.4
    return 0.8 if country and facts.country else None
