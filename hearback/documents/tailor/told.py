"""A CV's own lines as sentences of a letter, their words kept."""

import re

from hearback.documents.tailor.stems import visible
from hearback.documents.tailor.words import words
from hearback.skills import find, implied

MOST = 230
# Names of skills that are everyday nouns.
_COMMON = frozenset(words("common_skills"))
_BASE = frozenset(words("base_verbs"))
_BASE_OR_NOUN = frozenset(words("verbs_or_nouns"))
_AFTER_VERB = frozenset(words("after_verbs"))
_PAST = re.compile(
    r"(?:[a-z]{2,}ed|led|built|rebuilt|wrote|rewrote|ran|cut|grew|taught|won|made|held|kept|sold|bought|took|gave|brought"
    r"|drove|oversaw|set|spoke|began|met|dealt|put|sent|forecast|shot|drew|chose|found|sped|halved)",
    re.I,
)
# Words that look like a verb of the past and are none.
_NOT_PAST = frozenset({
    "need", "seed", "feed", "speed", "shed", "embed", "red", "bed", "hundred", "sacred", "naked", "related",
    "advanced", "detailed", "based",
})  # fmt: skip
_TITLE_ASIDE = re.compile(
    r"\s*[(\[][^)\]]*[)\]]|\s+[-–—|@]\s.*$|\b[mfwd]/[mfwdx](?:/[mfwdx])?\b.*$|[\"<>{}\\`*_#]+(?!\w)"
)
# Skills written small that are things to work with.
_WITH = frozenset(["forklift", "databases", "dashboards", "firewalls", "data", "software"])
_OWN_MASTER = re.compile(r"(?:self[- ]employed|freelance|independent|freiberuf|selbst(?:st)?ändig)", re.I)
# English words for those who do a work: only such titles are written small within a sentence.
_DOES = re.compile(
    r"(?:er|or|ist|ant|ent|ian|yst|nurse|cook|chef|clerk|lead|intern|representative|operative|associate|executive"
    r"|apprentice|driver)s?$"
)
_SOUNDS_AN = re.compile(
    r"(?:[AEIOaeio]|[Uu]n(?!i)|[Uu](?=[a-z])(?!n|se|ti|s\b)|[Hh]on|[FHLMNRSX](?:[A-Z]{1,3}\b|\d))"
)


def as_deed(highlight: str) -> str | None:
    """A highlight as it goes on after "I": "rebuilt billing". None where it begins with no deed."""
    line = _line(highlight)
    first = line.split(" ", 1)[0].strip(",")
    if not _PAST.fullmatch(first) or first.lower() in _NOT_PAST or not 2 < len(line) <= MOST:
        return None
    return line[0].lower() + line[1:]


def as_habit(highlight: str) -> str | None:
    """A highlight of a present job as it goes on after "I": "care for patients". None where it is none."""
    line = _line(highlight)
    if line.lower().startswith("responsible for ") and len(line) <= MOST:
        return f"am {line[0].lower()}{line[1:]}"
    first, _, rest = line.lower().partition(" ")
    second = rest.split(" ", 1)[0].strip(",")
    if not 2 < len(line) <= MOST or not second or second == "of":
        return None
    sure = first in _BASE and not (second == "for" and first != "care")
    if sure or (first in _BASE_OR_NOUN and (second in _AFTER_VERB or second[0].isdigit())):
        return line[0].lower() + line[1:]
    return None


def as_noun(highlight: str) -> str | None:
    """A highlight that names a thing, as it goes on after a colon. None where it is too long."""
    line = _line(highlight)
    if not 2 < len(line) <= MOST or as_deed(highlight) or as_habit(highlight):
        return None
    words_of_it = line.split()
    return line[0].lower() + line[1:] if len(words_of_it) > 1 and _is_plain(words_of_it) else line


def _is_plain(line: list[str]) -> bool:
    """Whether a line begins with an everyday word, as far as can be told: "Wound care", not "Google Ads"."""
    first = line[0].rstrip(",")
    return (
        first[1:].islower()
        and line[1][:1].islower()
        and not any(hit.end <= len(first) for hit in find(first))
    )


def _line(highlight: str) -> str:
    """Its first sentence, without the full stop."""
    flat = " ".join(visible(highlight).split())
    return re.split(r"(?<=[a-z0-9)%])[.;!?](?:\s+(?=[A-Z])|$)", flat)[0].strip(" .;–-•")


def article(name: str) -> str:
    """The name with "a" or "an" before it: "an ICU nurse", "a software engineer"."""
    return f"{'an' if _SOUNDS_AN.match(name) else 'a'} {name}" if name else ""


def small(title: str) -> str:
    """A title as it stands within a sentence: "senior software engineer", "ICU nurse", "Java developer"."""
    if not _DOES.search(title.lower().split(" of ")[0].split(",")[0]):
        return title
    named_so = {word for hit in find(title) for word in skill_words(hit.name).split()}
    return " ".join(
        word if word in named_so or not _is_title_case(word) else word.lower() for word in title.split()
    )


def _is_title_case(word: str) -> bool:
    """Whether a word would be written small but for standing in a title: "Nurse", "Front-End"."""
    return all(part.istitle() or part.islower() for part in word.split("-")) and len(word) > 1


def skill_words(name: str) -> str:
    """A skill as it stands within a sentence: "intensive care", but "Google Ads" and "Python"."""
    first, *rest = name.split()
    common = (rest or name.lower() in _COMMON or "-" in first) and all(word.islower() for word in rest)
    return name[0].lower() + name[1:] if common and first[1:].islower() and name[0].isupper() else name


def specific(names: list[str]) -> list[str]:
    """The skills without those that another one implies: no "welding" beside "MIG welding"."""
    return [name for name in names if not any(name in implied(other) for other in names if other != name)]


def employer_of(name: str) -> str:
    """An employer as it stands after "at"; empty where a person worked for nobody else."""
    shown = company_of(name)
    return "" if _OWN_MASTER.match(shown) else shown


def in_skill(name: str) -> str:
    """A skill after "experience": "in intensive care", "with Python"."""
    shown = skill_words(name)
    field = shown.islower() or shown.endswith(("ing", "tion", "care"))
    return f"in {shown}" if field and shown not in _WITH else f"with {shown}"


def school_of(name: str) -> str:
    """A school as it stands within a sentence: "the University of Leeds"."""
    shown = company_of(name)
    return (
        f"the {shown}" if re.match(r"(?:University|College|Institute|School|Academy) of\b", shown) else shown
    )


def role_of(title: str) -> str:
    """A posting's title without what boards add to it; empty where nothing fit to print is left."""
    flat = " ".join(visible(title).split())
    bare = _TITLE_ASIDE.sub("", flat).strip(" ,.;:!?-–")
    # "Registered Nurse, Intensive Care": what follows the comma is a department.
    if " " in bare.split(",")[0]:
        bare = bare.split(",")[0]
    return bare if 2 < len(bare) <= 90 and not re.search(r"[.!?;:]|https?|www", bare) else ""


def company_of(name: str) -> str:
    """A company's name in one line; empty where it is none that a letter could bear."""
    flat = " ".join(visible(name).split()).strip(" ,;:")
    return flat if 1 < len(flat) <= 80 and not re.search(r"[<>{}\[\]!?;:]|https?|www", flat) else ""
