"""What a title says of the job itself: its words, its level and its numbers, without what surrounds them."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from hearback.boards.normal.text import unmarked
from hearback.boards.same_words import ABBREVIATIONS, KINDS, LEVELS, LITTLE, PHRASES, SHORT

_LONGEST = 300
# Letters that stand for genders: "(m/w/d)", "H/F", "(f/m/x)", "(all genders)", "(gn)".
_GENDERS = re.compile(
    r"\(\s*(?:[mwfdxhifvka]\s*[/|,*:;.\s]\s*){1,4}[mwfdxhifvka]\s*\)|\b[mwfh]\s?[/|]\s?[mwfhd](?:\s?[/|]\s?[dxi])?\b"
    r"|\(?\b(?:all genders?|alle geschlechter|gn|geschlechtsneutral|tous genres)\b\)?"
)
# "entwickler/in", "mitarbeiter:innen", "ingénieur·e", "desarrollador/a", "angestellte(r)".
_ENDINGS = re.compile(r"(?<=\w\w\w)(?:[/:*_·•]-?|\()(?:innen|in|e|r|a|n|s|y|se|ne|ve|euse|rice|trice)\b\)?")
_DOTTED = re.compile(r"\b(?:[a-z]\.){2,}")
_NUMBERED = re.compile(
    r"[\[(]?\b(?:r|jr|req|requisition|job ?id|id|ref|reference|job)[-_ #:.]*\d{3,}\b[\])]?"
    r"|#\s?\d{2,}|\b\d{5,}\b"
)
_PAY = re.compile(
    r"(?:up to )?[£$€]\s?\d[\d.,]*\s?k?(?:\s?[-–]\s?[£$€]?\s?\d[\d.,]*\s?k?)?"
    r"(?:\s?(?:/|per|an?|p)\s?\.?(?:hr|hour|h|yr|year|annum|day|a)\b\.?)?"
    r"|\b\d{1,3}\s?(?:[-–]\s?\d{1,3}\s?)?%"
)
_ACRONYM = re.compile(r"([^()]+?)\s*\(([a-z]{2,5})\)")
_HOURS = re.compile(
    r"\b(\d{1,2})(?:[.,]\d+)?\s?(?:h|hrs?|hours?|std|stunden|heures?|uur|horas?|ore)\b\.?"
    r"(?:\s?(?:/|per|pro|par|an?|p)\s?\.?(?:weeks?|wk|w|wochen?|semaine|semana)\b)?"
)
# A school year, or a season: its second year says no more than its first.
_SEASON = re.compile(r"\b(20\d\d)\s?[-–/]\s?(?:20)?\d\d\b")
# The ends of one profession's names for men and for women.
_TWINS = (
    *(("o", "a"), ("y", "a"), ("i", "a"), ("r", "rin"), ("t", "tin"), ("or", "ora")),
    *(("eur", "euse"), ("eur", "rice"), ("ier", "iere"), ("ien", "ienne"), ("os", "as")),
)
_SHORTEST_TWIN = 5
_MONTHS = re.compile(r"\b\d{1,2}\s?[- ]?\s?(?:months?|mths?|mos?|monate)\b")
_WORD = re.compile(r"[^\W_]+")
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"[lep]?(\d{1,2})|(\d+)(?:st|nd|rd|th)?")
_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6"}
_ROMAN_LAST = {"i": "1", "v": "5"}
_PLURAL = re.compile(r"(?<=.{3})(?:(?<=ch)es|(?<=sh)es|(?<=ss)es|(?<![siu])s)$")


@dataclass(frozen=True)
class Title:
    """A title taken apart. `words` are what the job is; `levels` and `numbers` must be equal in one job;
    `kinds` (part time, contract), `references` and `hours` a week must not contradict."""

    words: frozenset[str]
    levels: frozenset[str]
    numbers: frozenset[str]
    kinds: frozenset[str]
    references: frozenset[str] = frozenset()
    hours: frozenset[str] = frozenset()

    @property
    def key(self) -> str:
        """All in one line: equal keys are equal titles."""
        return " ".join([*sorted(self.words), *sorted(self.levels), *sorted(self.numbers)])[:255]


@lru_cache(maxsize=50_000)
def read_title(title: str) -> Title:
    """Take a title apart."""
    text = unicodedata.normalize("NFKC", title[:_LONGEST]).lower()
    text = _SEASON.sub(r"\1", text)
    numbered = (_DIGITS.search(one) for one in _NUMBERED.findall(text))
    references = frozenset(one[0].lstrip("0") for one in numbered if one)
    hours = frozenset(_HOURS.findall(text))
    for noise in (_GENDERS, _NUMBERED, _PAY, _HOURS, _MONTHS):
        text = noise.sub(" ", text)
    text = _DOTTED.sub(lambda found: found[0].replace(".", ""), _ENDINGS.sub("", text))
    text = unmarked(text.replace("'", "").replace("’", "").replace("ß", "ss"))
    text = _WORD.sub(lambda found: SHORT.get(found[0], found[0]), text)
    text = _ACRONYM.sub(_without_acronym, text)
    for form, word in PHRASES:
        text = form.sub(word, text)
    found: dict[str, set[str]] = {"words": set(), "levels": set(), "numbers": set(), "kinds": set()}
    words = _WORD.findall(text)
    for place, one in enumerate(words):
        _sort(one, place, place == len(words) - 1, found)
    parts = {name: frozenset(values) for name, values in found.items()}
    return Title(**parts, references=references, hours=hours)


def _without_acronym(found: re.Match[str]) -> str:
    """Words without the letters behind that stand for them: "certified nursing assistant (cna)"."""
    initials = "".join(word[0] for word in _WORD.findall(found[1]))
    return found[1] if initials.endswith(found[2]) else found[0]


def _sort(word: str, place: int, last: bool, found: dict[str, set[str]]) -> None:
    """Put one word where it belongs; what means nothing for the job goes nowhere."""
    if word in _ROMAN or (place and word in _ROMAN_LAST and (last or word == "i")):
        found["numbers"].add(_ROMAN.get(word) or _ROMAN_LAST[word])
    elif number := _NUMBER.fullmatch(word):
        found["numbers"].add(number[1] or number[2])
    else:
        whole = ABBREVIATIONS.get(word) or _singular(word)
        for single in ABBREVIATIONS.get(whole, whole).split():
            if single not in LITTLE:
                found[_part(single)].add(KINDS.get(single, single))


def _part(word: str) -> str:
    if word.isdigit():
        return "numbers"
    return "levels" if word in LEVELS else "kinds" if word in KINDS else "words"


def _singular(word: str) -> str:
    return _PLURAL.sub("", word[:-3] + "y" if word.endswith("ies") and len(word) > 5 else word)


def contradict(a: Title, b: Title) -> bool:
    """Whether a level, a number or the kind of contract tells two titles apart, whatever else they say."""
    said = ((a.kinds, b.kinds), (a.references, b.references), (a.hours, b.hours))
    other = any(one and two and not one & two for one, two in said)
    return a.levels != b.levels or a.numbers != b.numbers or other


def left_over(a: Title, b: Title, known: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The words that only one of two titles has, without those `known` from elsewhere (places, the company).

    A slip of the pen is the same word, and so are words that are written as one.
    """
    one, other = a.words - b.words - known, b.words - a.words - known
    one, other = _without_twins(one, b.words), _without_twins(other, a.words)
    for word in sorted(one):
        twin = next((w for w in sorted(other) if _slip(word, w)), None)
        if twin is not None:
            one, other = one - {word}, other - {twin}
    return (frozenset(), frozenset()) if _joined(one, other) or _initials(one, other) else (one, other)


def _without_twins(words: frozenset[str], others: frozenset[str]) -> frozenset[str]:
    """Without those whose name for the other gender is among `others`: "vendeuse" beside "vendeur"."""
    return frozenset(word for word in words if not any(_twins(word, other) for other in others))


def _twins(a: str, b: str) -> bool:
    # Most words are nothing like each other, and this is asked very often.
    return a[:3] == b[:3] and any(
        one.endswith(end) and two == one.removesuffix(end) + twin
        for one, two in ((a, b), (b, a))
        if len(one) >= _SHORTEST_TWIN
        for end, twin in _TWINS
    )


def _joined(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether one has a word that the other writes as two."""
    few, many = sorted((one, other), key=len)
    if (len(few), len(many)) != (1, 2):
        return False
    first, second = many
    return few <= {first + second, second + first}


def _initials(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether one has the letters that the other's words begin with: "csr"."""
    few, many = sorted((one, other), key=len)
    if len(few) != 1 or len(many) < 2:
        return False
    (short,) = few
    return sorted(short) == sorted(word[0] for word in many)


def _slip(a: str, b: str) -> bool:
    shorter = min(len(a), len(b))
    return shorter >= 7 and OSA.distance(a, b, score_cutoff=2) <= (2 if shorter >= 12 else 1)
