"""Words of titles that mean the same, or nothing, in the languages in which most postings are written."""

import re
import tomllib
from pathlib import Path

_WORDS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))

# What is replaced in a title before it is cut into words, in this order.
PHRASES = tuple((re.compile(form), word) for form, word in _WORDS["phrases"])
# "sr" is "senior"; some stand for more than one word.
ABBREVIATIONS: dict[str, str] = {
    short: whole for whole, all_short in _WORDS["written"].items() for short in all_short.split()
}
# Those that may stand within a phrase and are written out before.
SHORT = {short: ABBREVIATIONS[short] for short in _WORDS["written_first"].split()}
LEVELS = frozenset(_WORDS["levels"].split())
KINDS: dict[str, str] = {word: kind for kind, words in _WORDS["kinds"].items() for word in words.split()}
LITTLE = frozenset(_WORDS["little"].split())
LEGAL_FORMS = frozenset(_WORDS["legal_forms"].split())
LEGAL_FORMS_BEFORE = frozenset(_WORDS["legal_forms_before"].split())
HIDDEN_NAMES = frozenset(_WORDS["hidden"])
