"""The words of a search: what a person types, as an expression of either database's full-text index.

Both indexes hold text as migrations/0011_job_searches.py writes it: names such as C++ and .NET as words.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

# Before signs are dropped, the names that live by them become words; the index knows them as such.
NAMES = (("++", "plusplus"), ("#", "sharp"), (".net", " dotnet"), (".js", "js"))
WORD = re.compile(r"[^\W_]+")
# A word with an optional minus before it, or a phrase in quotation marks.
TERM = re.compile(r'(?<!\S)(-?)(?:"([^"]*)"|([^\s"]+))')
MOST_TERMS = 12
# What people write in one word and in two, and what they shorten.
ALIKE = (
    ("frontend", "front end"),
    ("backend", "back end"),
    ("fullstack", "full stack"),
    ("devops", "dev ops"),
    ("cybersecurity", "cyber security"),
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
)
_OTHERS: dict[str, list[str]] = {}
for _one, _other in ALIKE:
    _OTHERS.setdefault(_one, []).append(_other)
    _OTHERS.setdefault(_other, []).append(_one)
# A short form finds its long one, and not the other way: "go" is in every text.
for _common in ("go", "node"):
    del _OTHERS[_common]

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Term:
    """One thing that must be found, or must not: any of these phrases. `text` is what was typed."""

    text: str
    phrases: tuple[Phrase, ...]
    excluded: bool = False


def plain(text: str) -> str:
    """Text as the index holds it: lower case, without accents, with the names of NAMES as words."""
    low = unicodedata.normalize("NFKD", text.lower())
    low = "".join(sign for sign in low if not unicodedata.combining(sign))
    for name, word in NAMES:
        low = low.replace(name, word)
    return low


def tokens(text: str) -> Phrase:
    """The words of a text, as the index tells them apart, before they are brought to their stems."""
    return tuple(WORD.findall(plain(text)))


def terms(words: str, without: str = "") -> list[Term]:
    """What was typed, term by term. Signs that mean nothing are left out; so nothing here can be wrong."""
    found = [_term(*match.groups()) for match in TERM.finditer(words)]
    found += [_term("-", quoted, word) for _, quoted, word in map(re.Match.groups, TERM.finditer(without))]
    return [term for term in found if term.phrases][:MOST_TERMS]


def _term(minus: str, quoted: str | None, word: str | None) -> Term:
    text = (quoted if quoted is not None else word or "").strip()
    phrase = tokens(text)
    if not phrase:
        return Term(text, ())
    phrases = [phrase]
    if quoted is None:
        phrases += [tokens(other) for other in _OTHERS.get(" ".join(phrase), ())]
        if len(phrase) > 1:
            # "full-stack" is also found where it is one word.
            phrases.append(("".join(phrase),))
    return Term(text, tuple(dict.fromkeys(phrases)), minus == "-")


def fts5(wanted: Sequence[Term], column: str = "") -> str:
    """The expression for SQLite: all that is asked in one `column`, or anywhere, and nothing excluded.

    "" where nothing is asked, since the index can only be asked for something.
    """
    asked, never = ([_either(t, '"{}"', " ", " OR ") for t in some] for some in _apart(wanted))
    if not asked:
        return ""
    found = f"{f'{{{column}}} : ' if column else ''}({' AND '.join(asked)})"
    return f"({found}) NOT ({' OR '.join(never)})" if never else found


def tsquery(wanted: Sequence[Term]) -> str:
    """The expression for Postgres' to_tsquery: all that is asked; "" when nothing is."""
    return " & ".join(_either(term, "({})", " <-> ", " | ") for term in _apart(wanted)[0])


def _apart(wanted: Sequence[Term]) -> tuple[list[Term], list[Term]]:
    """What is asked for, and what is excluded."""
    return [t for t in wanted if not t.excluded], [t for t in wanted if t.excluded]


def _either(term: Term, form: str, between: str, either: str) -> str:
    """One of a term's phrases, each written in `form`."""
    choices = [form.format(between.join(phrase)) for phrase in term.phrases]
    return choices[0] if len(choices) == 1 else f"({either.join(choices)})"
