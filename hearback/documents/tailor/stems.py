"""Words by their stems, so that "rebuilding" and "rebuilt" are one, and texts without hidden signs."""

import re
import unicodedata
from functools import lru_cache

# What is not seen, or turns the direction of reading round, has no business in a letter.
_UNSEEN = re.compile(
    r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    r"\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*(?:\+\+|#)?|\.NET\b")
# A verb or noun, then its forms that no rule gives.
_FORMS = """
fall fell fallen /
lead led / build built / rebuild rebuilt / write wrote written / rewrite rewrote rewritten /
run ran running / grow grew grown / teach taught / win won winning / make made making /
hold held / keep kept / sell sold / buy bought / take took taken taking / give gave given giving /
bring brought / drive drove driven driving / speak spoke spoken / begin began begun /
become became / deal dealt / meet met / spend spent / send sent /
oversee oversaw overseen overseeing / understand understood / choose chose chosen choosing /
learn learnt / see saw seen / go went gone going goes / do did done doing does / say said /
be am is are was were been being / have has had having / leave left / feel felt / find found /
think thought / get got / put putting / set setting / cut cutting / person people /
child children / woman women / man men / draw drew drawn / know knew known / use used using uses /
show shown / tell told / come came coming / forecast forecasting
"""
_IRREGULAR = {form: base for base, *forms in (part.split() for part in _FORMS.split("/")) for form in forms}
_ENDED = re.compile(
    r"(.{3,}?)(isations?|ations?|is(?:ing|ed|es)|ships?|ments?|ions?|ings?|ie[sd]|ed|es|s|ly)"
)
_SHORTEST = 3
_SHORTENED = re.compile(r"(?:n['’]t|['’](?:s|ve|d|ll|m|re)?)$")


def visible(text: str) -> str:
    """The text in one form of each letter, without signs that nobody sees; line breaks stay."""
    plain = unicodedata.normalize("NFKC", text).replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub(" ", _UNSEEN.sub("", plain))


def is_mixed(word: str) -> bool:
    """Whether a word has letters of several alphabets, as only a disguise has."""
    return len({unicodedata.name(sign, "?").split()[0] for sign in word if sign.isalpha()}) > 1


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """What stays of a word without its endings: no real root, but equal where words are akin."""
    low = _SHORTENED.sub("", word.lower())
    low = _IRREGULAR.get(low, low).replace("iz", "is").replace("our", "or").replace("centre", "center")
    ended = _ENDED.fullmatch(low)
    if ended and not low.endswith(("ss", "us")):
        low = ended[1] + ("y" if ended[2] in ("ies", "ied") else "")
    if len(low) > _SHORTEST and low[-1] == low[-2] and low[-1] not in "aeiouls":
        low = low[:-1]
    return low.rstrip("e") if len(low) > _SHORTEST else low


def words_of(text: str) -> list[str]:
    """The words of a text as they are written."""
    return WORD.findall(text)


def stems_of(text: str) -> frozenset[str]:
    """The stems of all words of a text."""
    return frozenset(stem(word) for word in WORD.findall(text))
