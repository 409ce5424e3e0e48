"""Whether two names are one company: "The Acme Robotics Co., Inc." is "acme robotics"."""

import re

from rapidfuzz.distance import OSA

from hearback.boards.same_words import HIDDEN_NAMES, LEGAL_FORMS, LEGAL_FORMS_BEFORE
from hearback.places.fold import fold

# A block is as long as its column.
_BLOCK = 64

_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]|[®™©]")
# Legal forms that East Asia writes without a space.
_JOINED = re.compile("株式会社|有限会社|合同会社|股份有限公司|有限公司|주식회사|㈜")
_SLASHED = re.compile(r"\b[as]/[as]\b", re.IGNORECASE)
_DOTTED = re.compile(r"\b(?:[a-z]\.){2,}", re.IGNORECASE)
_DOMAIN = re.compile(r"(?<=\w)\.(?:com|io|ai|co|net|org|de|fr|nl|eu|app|dev|tech|uk)\b", re.IGNORECASE)
_AND = frozenset({"&", "et", "und", "y", "e", "og", "och", "en"})


def company_key(name: str) -> str:
    """The bare name in small letters, without legal forms; empty where the name hides the company."""
    text = _SLASHED.sub(lambda found: found[0].replace("/", ""), _JOINED.sub(" ", name))
    text = _DOTTED.sub(lambda found: found[0].replace(".", ""), _ASIDE.sub(" ", text))
    words = [
        "and" if word in _AND else word for word in fold(_DOMAIN.sub("", text)).replace("&", " & ").split()
    ]
    if len(words) > 1 and (words[0] == "the" or words[0] in LEGAL_FORMS_BEFORE):
        words = words[1:]
    while len(words) > 1 and (words[-1] in LEGAL_FORMS or words[-1] == "and"):
        words.pop()
    key = " ".join(words)
    return "" if key in HIDDEN_NAMES else key[:255]


def block_of(key: str) -> str:
    """The block of a company's key: its letters in order. All spellings of one company stand in one."""
    return "".join(sorted(key.replace(" ", "")))[:_BLOCK]


def same_company(a: str, b: str) -> bool:
    """Whether two keys are one company. Two letters that changed places are a slip, others another name."""
    if not a or not b:
        return False
    bare, other = a.replace(" ", ""), b.replace(" ", "")
    if bare == other:
        return True
    return len(bare) >= 8 and block_of(a) == block_of(b) and OSA.distance(bare, other, score_cutoff=1) == 1


def part_of_company(a: str, b: str) -> bool:
    """Whether one key begins with the other, word by word: "acme" and "acme robotics"."""
    one, other = sorted((a.split(), b.split()), key=len)
    return bool(one) and other[: len(one)] == one
