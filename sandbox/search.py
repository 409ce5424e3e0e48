"""Gmail's search language: `q` becomes a test on messages, and bounds that narrow the search first."""

import calendar
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from sandbox.account import Account
from sandbox.search_terms import (
    Test,
    all_hold,
    any_holds,
    fails,
    in_header,
    read_day,
    read_size,
    words_pattern,
)

_TOKEN = re.compile(r'[-+]?(?:[\w.]+:)?"[^"]*"|-?[(){}]|-?[\w.]+:[(]|[^\s(){}"]+')
_OPERATOR = re.compile(r"(?s)([a-z][a-z0-9_]*):(.*)")
_PLACES = {"inbox", "sent", "trash", "spam", "unread", "starred", "important", "draft", "chat"}
_UNITS = {"d", "m", "y", "h"}


@dataclass
class Query:
    """A parsed search. `test` decides; `after` and `before` (ms), `labels` and `rfc822_ids` hold for
    each result and only narrow the search. `needs_text`: the test looks into the text."""

    test: Test
    after: int | None = None
    before: int | None = None
    labels: set[str] = field(default_factory=set)
    rfc822_ids: set[str] = field(default_factory=set)
    anywhere: bool = False
    needs_text: bool = False


def parse(text: str, account: Account, now: datetime) -> Query:
    """Read a query against a mailbox's labels and the present time. Nothing is an error at Gmail."""
    return _Parser(text, account, now).query()


class _Parser:
    def __init__(self, text: str, account: Account, now: datetime) -> None:
        self.tokens = _TOKEN.findall(text)
        self.place = 0
        self.account = account
        self.now = now
        self.found = Query(test=lambda message, text: True)

    def query(self) -> Query:
        tests: list[Test] = []
        while self.place < len(self.tokens):
            # A closing bracket that nothing opened is passed over.
            tests.append(self.group(top=True))
        self.found.test = all_hold(tests)
        return self.found

    def group(self, top: bool = False, any_of: bool = False, field: str = "") -> Test:
        """Read terms until a closing bracket; only at the top may a term narrow the search."""
        tests: list[Test] = []
        has_or = "OR" in self.tokens[self.place :] or "|" in self.tokens[self.place :]
        join_next = False
        while self.place < len(self.tokens):
            token = self.tokens[self.place]
            self.place += 1
            if token in {")", "}"}:
                break
            if token in {"OR", "|"}:
                join_next = bool(tests)
                continue
            if token in {"AND", "+"}:
                continue
            test = self.term(token, top and not has_or, field)
            if join_next:
                tests[-1] = any_holds([tests[-1], test])
                join_next = False
            else:
                tests.append(test)
        return any_holds(tests) if any_of else all_hold(tests)

    def term(self, token: str, top: bool, field: str) -> Test:
        negated = token.startswith("-") and len(token) > 1
        token = token.lstrip("-+") if negated or token.startswith("+") else token
        narrow = top and not negated
        if token in {"(", "{"}:
            any_of = token == "{"  # noqa: S105 - a bracket, not a password.
            test = self.group(narrow and not any_of, any_of, field)
        elif token.endswith(":("):
            test = self.group(field=token[:-2].lower())
        else:
            match = _OPERATOR.fullmatch(token.lower()) if ":" in token else None
            if (match and (found := self.operator(match[1], token.split(":", 1)[1], narrow))) or (
                field and (found := self.operator(field, token, narrow))
            ):
                test = found
            else:
                test = self.words(token)
        return fails(test) if negated else test

    def operator(self, name: str, value: str, narrow: bool) -> Test | None:
        """The test of `name:value`, or None when Gmail has no such operator."""
        value = value.strip('"').strip()
        fields = {"from": "sender", "to": "to", "cc": "cc", "bcc": "bcc", "subject": "subject"}
        fields |= {"deliveredto": "delivered_to", "list": "list_id"}
        if name in fields:
            return partial(in_header, fields[name], words_pattern(value))
        if name == "rfc822msgid":
            wanted = f"<{value.strip('<>')}>"
            if narrow:
                self.found.rfc822_ids.add(wanted)
            return lambda message, text: message.facts.rfc822_id == wanted
        if name in {"in", "is", "label", "category"}:
            return self.label(name, value.lower(), narrow)
        if name in {"after", "newer", "newer_than", "before", "older", "older_than"}:
            return self.date(name, value.lower(), narrow)
        if name == "has":
            has = value.lower() == "attachment"
            return lambda message, text: has and bool(message.facts.filenames)
        if name == "filename":
            return lambda m, text: any(value.lower() in f.lower() for f in m.facts.filenames)
        if name in {"larger", "smaller", "size"}:
            size = read_size(value.lower())
            smaller = name == "smaller"
            return lambda message, text: (message.facts.size < size) == smaller
        return None

    def label(self, name: str, value: str, narrow: bool) -> Test:
        if value in {"anywhere", "all"} and name == "in":
            self.found.anywhere = True
            return lambda message, text: True
        if value == "read" and name == "is":
            return lambda message, text: "UNREAD" not in message.labels
        wanted = f"CATEGORY_{value}".upper() if name == "category" else value.upper()
        wanted = wanted.replace("CATEGORY_PRIMARY", "CATEGORY_PERSONAL")
        if wanted not in self.account.labels or (name != "category" and value not in _PLACES):
            wanted = self.own_label(value) or wanted
        if wanted in {"TRASH", "SPAM"}:
            self.found.anywhere = True
        if narrow:
            self.found.labels.add(wanted)
        return lambda message, text: wanted in message.labels

    def own_label(self, value: str) -> str | None:
        """The id of a user's label as a search writes it: spaces and slashes become hyphens."""
        for label in self.account.labels.values():
            if re.sub(r"[\s/]+", "-", label.name.lower()) == re.sub(r"[\s/]+", "-", value):
                return label.id
        return None

    def date(self, name: str, value: str, narrow: bool) -> Test:
        edge = self.age(value) if name.endswith("_than") else read_day(value)
        if edge is None:
            # Gmail finds nothing for a date that it cannot read.
            return lambda message, text: False
        if name in {"after", "newer", "newer_than"}:
            if narrow:
                self.found.after = max(edge, self.found.after or edge)
            return lambda message, text: message.internal_date >= edge
        if narrow:
            self.found.before = min(edge, self.found.before or edge)
        return lambda message, text: message.internal_date < edge

    def age(self, value: str) -> int | None:
        """The moment in ms that `2d`, `3m`, `1y` or `12h` before now is."""
        number, unit = value[:-1], value[-1:]
        if unit not in _UNITS or not number.isdecimal() or len(number) > 4:
            return None
        count = int(number)
        if unit in {"d", "h"}:
            moment = self.now - timedelta(**{"days" if unit == "d" else "hours": count})
        else:
            months = self.now.year * 12 + self.now.month - 1 - count * (12 if unit == "y" else 1)
            year, month = max(1, months // 12), months % 12 + 1
            day = min(self.now.day, calendar.monthrange(year, month)[1])
            moment = self.now.replace(year=year, month=month, day=day)
        return int(moment.timestamp() * 1000)

    def words(self, token: str) -> Test:
        pattern = words_pattern(token.strip('"'))
        self.found.needs_text = True
        return lambda message, text: pattern.search(text) is not None
