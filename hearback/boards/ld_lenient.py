"""Reads what a site meant for JSON where it is none: comments, other quotes, bare names, nested quotes."""

import json
import re

_SPACE = re.compile(r"(?:\s|//[^\n]*+|/\*.{0,400}?\*/|<!--|-->)*+", re.DOTALL)
_BARE = re.compile(r"[^,:\[\]{}\"'\s]+")
_SIGN = re.compile(r"[\[{]")
# What may follow the quote that ends a string: the end of the value, or the next name without its comma.
_AFTER_NAME = re.compile(r"\s*:")
_AFTER_VALUE = re.compile(
    r"\s*(?:$|[}\]]|,\s*(?:$|[}\]\[{]|[\"'][^\"'\n]{0,60}[\"']\s*[:,\]]|[@\w$-]{1,40}\s*:|/[/*]|-?\d[\d.]*\s*[,\]])"
    r"|//|/\*|\"[^\"\n]{1,60}\"\s*:)"
)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "b": " ", "f": " "}
_WORDS = {"true": True, "false": False}
_DEEPEST = 60
_LONGEST = 300_000
# A text that breaks off is worth keeping where it is long, as a description is; a short one would be wrong.
_LONG = 200


class _Broken(ValueError):
    """What cannot be read even so."""


def read(text: str) -> tuple[object, bool] | None:
    """The first object or list of a text, and whether it came to its end; None where there is none."""
    start = _SIGN.search(text)
    if start is None or len(text) > _LONGEST:
        return None
    reader = _Reader(text, start.start())
    try:
        value = reader.value(0)
    except _Broken:
        return None
    return value, reader.whole


class _Reader:
    """Walks through a text once; `whole` turns false where it breaks off."""

    def __init__(self, text: str, at: int) -> None:
        self.text, self.at, self.whole = text, at, True

    def value(self, depth: int) -> object:
        """The value that begins here."""
        sign = self._sign()
        if depth > _DEEPEST:
            raise _Broken
        if sign == "{":
            return self._object(depth)
        if sign == "[":
            return self._list(depth)
        if sign in {'"', "'", "`"}:
            return self._string(_AFTER_VALUE)
        return self._bare()

    def _sign(self) -> str:
        """The next sign that is no space and no comment; empty at the end."""
        space = _SPACE.match(self.text, self.at)
        self.at = space.end() if space else self.at
        return self.text[self.at : self.at + 1]

    def _object(self, depth: int) -> dict[str, object]:
        found: dict[str, object] = {}
        self.at += 1
        while (sign := self._sign()) != "}":
            if not sign:
                self.whole = False
                return found
            if sign == ",":
                self.at += 1
                continue
            name = self._string(_AFTER_NAME) if sign in {'"', "'"} else self._word()
            if self._sign() != ":":
                if not self.text[self.at :].strip():
                    self.whole = False
                    return found
                raise _Broken
            self.at += 1
            value = None if self._sign() in {",", "}", ""} else self.value(depth + 1)
            if name is not None:
                found[name] = value
        self.at += 1
        return found

    def _list(self, depth: int) -> list[object]:
        found: list[object] = []
        self.at += 1
        while (sign := self._sign()) != "]":
            if not sign or sign in "}:":
                self.whole = False
                return found
            if sign == ",":
                self.at += 1
                continue
            found.append(self.value(depth + 1))
        self.at += 1
        return found

    def _string(self, after: re.Pattern[str]) -> str | None:
        """A string up to the quote that is followed by what may follow it; other quotes belong to it."""
        quote, parts = self.text[self.at], []
        self.at += 1
        stop = re.compile(rf"[\\{quote}]")
        while match := stop.search(self.text, self.at):
            parts.append(self.text[self.at : match.start()])
            self.at = match.end()
            if match[0] == "\\":
                parts.append(self._escaped())
            elif after.match(self.text, self.at):
                return "".join(parts)
            else:
                parts.append(quote)
        parts.append(self.text[self.at :])
        self.at, self.whole = len(self.text), False
        text = "".join(parts)
        return text if len(text) > _LONG else None

    def _escaped(self) -> str:
        sign = self.text[self.at : self.at + 1]
        code = re.compile(r"u([0-9a-fA-F]{4})").match(self.text, self.at)
        self.at += 5 if code else 1
        return chr(int(code[1], 16)) if code else _ESCAPES.get(sign, sign)

    def _bare(self) -> object:
        word = self._word()
        if word in _WORDS:
            return _WORDS[word]
        try:
            number = json.loads(word)
        except ValueError:
            return None
        return number if isinstance(number, int | float) and abs(number) < 1e15 else None

    def _word(self) -> str:
        match = _BARE.match(self.text, self.at)
        if match is None:
            raise _Broken
        self.at = match.end()
        return match[0]
