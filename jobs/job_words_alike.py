"""What else a word of a search may be written as: short forms, two words, an umlaut, the other gender."""

import re

# What people write in one word and in two, and what they shorten.
ALIKE = (
    ("frontend", "front end"),
    ("backend", "back end"),
    ("fullstack", "full stack"),
    ("devops", "dev ops"),
    ("cybersecurity", "cyber security"),
    ("ecommerce", "e commerce"),
    ("elearning", "e learning"),
    ("healthcare", "health care"),
    ("homeoffice", "home office"),
    ("datacenter", "data center"),
    ("parttime", "part time"),
    ("fulltime", "full time"),
    ("nodejs", "node"),
    ("sr", "senior"),
    ("jr", "junior"),
    ("golang", "go"),
    ("ml", "machine learning"),
    ("ai", "artificial intelligence"),
    ("qa", "quality assurance"),
    ("sre", "site reliability"),
    ("k8s", "kubernetes"),
    ("js", "javascript"),
    ("hr", "human resources"),
    ("rn", "registered nurse"),
    ("ux", "user experience"),
    ("ui", "user interface"),
)
_OTHERS: dict[str, list[str]] = {}
for _one, _other in ALIKE:
    _OTHERS.setdefault(_one, []).append(_other)
    _OTHERS.setdefault(_other, []).append(_one)
# A short form finds its long one, and not the other way: "node" is in many texts.
del _OTHERS["node"]
# Names that are also everyday words, or single letters: in a text they mean something else.
COMMON = frozenset({"it", "go", "r", "c", "d"})
# What German writes in one word, or with a hyphen: "Softwareentwickler", "Software-Entwickler".
_FIRSTS = (
    *("software", "web", "system", "netzwerk", "projekt", "produkt", "vertriebs", "daten", "datenbank"),
    *("kranken", "alten", "gesundheits", "marketing", "personal", "anwendungs", "industrie", "maschinen"),
    *("elektro", "bau", "test", "frontend", "backend", "java"),
)
_HEADS = frozenset(
    {"entwickler", "ingenieur", "pfleger", "leiter", "manager", "berater", "architekt", "kaufmann"}
    | {"mechaniker", "techniker", "administrator", "spezialist", "referent", "assistent", "mitarbeiter"}
)
_LEAST_REST = 5
_UMLAUT = re.compile(r"(?<=[b-df-hj-np-tv-z])([aou])e(?=[b-df-hj-np-tuv-z]\w)")
_MARKED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
# The ends of words for men and for women, as the languages have them in which titles name both.
_GENDERS = (
    (re.compile(r"(?<=\w{3}er)$"), "in"),
    (re.compile(r"(?<=\w{2}er)in$"), ""),
    (re.compile(r"(?<=\w{2}[dt]or)$"), "a"),
    (re.compile(r"(?<=\w{2}[dt]or)a$"), ""),
    (re.compile(r"(?<=\w{3})eur$"), "euse"),
    (re.compile(r"(?<=\w{3})euse$"), "eur"),
    (re.compile(r"(?<=\w{3}t)eur$"), "rice"),
    (re.compile(r"(?<=\w{3}t)rice$"), "eur"),
)


def others(words: str) -> list[str]:
    """What else stands for these words, of which there may be several: "rn" for "registered nurse"."""
    return _OTHERS.get(words, [])


def spellings(word: str, typed: str) -> list[str]:
    """How else one word may be written, `typed` being how a person wrote it: with accents or without."""
    found = [_UMLAUT.sub(r"\1", word)]
    # The index has no umlauts; who writes for machines writes two letters.
    found.append(typed.lower().translate(_MARKED))
    found += [form.sub(end, word) for form, end in _GENDERS if form.search(word)]
    male = word.removesuffix("in")
    for first in _FIRSTS:
        rest = word.removeprefix(first)
        if rest != word and len(rest) >= _LEAST_REST:
            found.append(f"{first} {rest}")
    if male in _HEADS:
        found += [f"{first}{male}" for first in _FIRSTS]
    return [other for other in dict.fromkeys(found) if other != word]
