"""The core of a title, so that "Senior Data Engineer (m/w/d)" and "Data Engineer II" are one kind of work."""

import re

from hearback.documents.asks_words import words

_ASIDE = re.compile(
    r"\([^)]*\)|\[[^\]]*\]|\s[-–—|@].*$|\s(?:at|bei|chez|for)\s.*$"
    r"|\b[mfwd]\s?/\s?[mfwdx](?:\s?/\s?[mfwdx])?\b",
    re.I,
)
_WORD = re.compile(r"[^\W\d_]+(?:\+\+|#)?|\.net", re.I)
# Levels and fillers say nothing of the kind of work.
_LEFT_OUT = frozenset(words("titles")["left_out"].replace("|", " ").split())
# One word for those that mean the same work.
_SAME = {word: work for work, those in words("same_work").items() for word in those.replace("|", " ").split()}

_TRADES = {word: skill for skill, those in words("trades").items() for word in those.split()}


def core_of(title: str) -> tuple[str, ...]:
    """The words of a title that say what kind of work it is, in small letters, each once, at most eight."""
    bare = _ASIDE.sub(" ", f" {title}").lower()
    # What follows a comma is a department or a place, unless nothing but a level stands before it.
    return _core(bare.split(",")[0]) or _core(bare)


def trades_of(title: str) -> tuple[str, ...]:
    """Canonical names of skills that whoever works under such a title has: a nurse nurses."""
    return tuple(dict.fromkeys(_TRADES[word] for word in core_of(title) if word in _TRADES))


def _core(title: str) -> tuple[str, ...]:
    words: list[str] = []
    for word in _WORD.findall(title):
        word = re.sub(r"(?:/|\*|:|_)?innen$|[*:_/]in$", "", word)
        if word not in _LEFT_OUT:
            words += _SAME.get(word, _single(word)).split()
    return tuple(dict.fromkeys(words))[:8]


def _single(word: str) -> str:
    """A plural without its s, in the plainest way: "nurses" is "nurse", "sales" stays."""
    plural = word.endswith("s") and not word.endswith(("ss", "us", "is", "ics")) and len(word) > 4
    single = word[:-1] if plural and word not in ("sales", "devops", "operations", "logistics") else word
    return _SAME.get(single, single)
