"""The words of a search: what a person types, as an expression of either database's full-text index.

Both indexes hold text as migrations/0011_job_searches.py writes it: names such as C++ and .NET as words.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from jobs.job_words_alike import COMMON, others, spellings

# Before signs are dropped, the names that live by them become words; the index knows them as such.
NAMES = (("++", "plusplus"), ("#", "sharp"), (".net", " dotnet"), (".js", "js"))
WORD = re.compile(r"[^\W_]+")
# A word with an optional minus before it, or a phrase in quotation marks.
TERM = re.compile(r'(?<!\S)(-?)(?:"([^"]*)"|([^\s"]+))')
MOST_TERMS = 12
# So a person asks for one of two things, or not for the next; written small these are words like others.
EITHER, NEVER, BOTH = "OR", "NOT", "AND"
BETWEEN = frozenset({EITHER, NEVER, BOTH})
# Two names side by side, each of which may come first: "UX/UI", "C/C++".
BESIDE = re.compile(r"[^\W\d_][^/]*(?:/[^\W\d_][^/]*)+")
# Where a name stands that is also an everyday word: the title, the company, the skills.
SQLITE_NAMED = '{{title company skills}} : "{}"'
POSTGRES_NAMED = "({}:ABC)"

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Term:
    """One thing that must be found, or must not: any of these phrases. `text` is what was typed.

    `plain` says that it was typed as a word, and not in quotation marks.
    """

    text: str
    phrases: tuple[Phrase, ...]
    excluded: bool = False
    plain: bool = False


def plain(text: str) -> str:
    """Text as the index holds it: lower case, without accents, with the names of NAMES as words."""
    low = text.lower()
    if not low.isascii():
        low = "".join(c for c in unicodedata.normalize("NFKD", low) if not unicodedata.combining(c))
    for name, word in NAMES:
        low = low.replace(name, word)
    return low


# New jobs meet the same titles and places once for each of thousands of searches.
@lru_cache(maxsize=20_000)
def tokens(text: str) -> Phrase:
    """The words of a text, as the index tells them apart, before they are brought to their stems."""
    return tuple(WORD.findall(plain(text)))


@lru_cache(maxsize=20_000)
def terms(words: str, without: str = "") -> tuple[Term, ...]:
    """What was typed, term by term. Signs that mean nothing are left out; so nothing here can be wrong."""
    found = _joined(_term(*piece) for piece in _pieces(words))
    found += [_term("-", quoted, word) for _, quoted, word in map(re.Match.groups, TERM.finditer(without))]
    return tuple(term for term in found if term.phrases)[:MOST_TERMS]


def _pieces(words: str) -> Iterable[tuple[str, str | None, str | None]]:
    for match in TERM.finditer(words):
        minus, quoted, word = match.groups()
        if word is not None and not minus and BESIDE.fullmatch(word):
            yield from ((minus, None, part) for part in word.split("/"))
        else:
            yield minus, quoted, word


def _term(minus: str, quoted: str | None, word: str | None) -> Term:
    text = (quoted if quoted is not None else word or "").strip()
    phrase = tokens(text)
    if not phrase or (text in BETWEEN and quoted is None and not minus):
        return Term(text, ())
    phrases = [phrase]
    if quoted is None:
        phrases += map(tokens, others(" ".join(phrase)))
        if len(phrase) > 1:
            # "full-stack" is also found where it is one word.
            phrases.append(("".join(phrase),))
        else:
            phrases += map(tokens, spellings(phrase[0], text))
    return Term(text, tuple(dict.fromkeys(filter(None, phrases))), minus == "-", quoted is None)


def _joined(typed: Iterable[Term]) -> list[Term]:
    """Terms that belong together as one: "full stack" is "fullstack" too, "a OR b" is either."""
    found: list[Term] = []
    word = ""
    for term in typed:
        if not term.phrases:
            word = term.text if term.text in BETWEEN else word
            continue
        last = found[-1] if found else None
        made = replace(term, excluded=True) if word == NEVER else term
        one = _one(last, made, word) if last is not None and last.excluded == made.excluded else None
        found[-1 if one else len(found) :] = [one or made]
        word = ""
    return found


def _one(last: Term, term: Term, word: str) -> Term | None:
    """Two terms in a row as one, where they are."""
    if word == EITHER:
        both = dict.fromkeys(last.phrases + term.phrases)
        return replace(last, text=f"{last.text} or {term.text}", phrases=tuple(both), plain=False)
    together = " ".join(last.phrases[0] + term.phrases[0])
    if word or not (last.plain and term.plain and others(together)):
        return None
    return replace(_term("", None, together), excluded=term.excluded)


def fts5(wanted: Sequence[Term], column: str = "") -> str:
    """The expression for SQLite: all that is asked in one `column`, or anywhere, and nothing excluded.

    "" where nothing is asked, since the index can only be asked for something.
    """
    asked, never = ([_either(t, '"{}"', " ", " OR ", SQLITE_NAMED) for t in some] for some in _apart(wanted))
    if not asked:
        return ""
    found = f"{f'{{{column}}} : ' if column else ''}({' AND '.join(asked)})"
    return f"({found}) NOT ({' OR '.join(never)})" if never else found


def tsquery(wanted: Sequence[Term], weighed: bool = True) -> str:
    """The expression for Postgres' to_tsquery: all that is asked; "" when nothing is.

    `weighed` says that the words of the column carry the weights of the parts of a posting.
    """
    named = POSTGRES_NAMED if weighed else "({})"
    return " & ".join(_either(term, "({})", " <-> ", " | ", named) for term in _apart(wanted)[0])


def _apart(wanted: Sequence[Term]) -> tuple[list[Term], list[Term]]:
    """What is asked for, and what is excluded."""
    return [t for t in wanted if not t.excluded], [t for t in wanted if t.excluded]


def _either(term: Term, form: str, between: str, either: str, named: str) -> str:
    """One of a term's phrases, each written in `form`, or as `named` where it is an everyday word."""
    choices = [
        (named if len(phrase) == 1 and phrase[0] in COMMON else form).format(between.join(phrase))
        for phrase in term.phrases
    ]
    return choices[0] if len(choices) == 1 else f"({either.join(choices)})"
