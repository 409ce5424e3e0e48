"""The smallest pieces of a search: how words, dates and sizes are read, and how tests are joined."""

import re
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from sandbox.model import Message

# Gmail reads a date in a query as midnight in California, whatever the user's own zone.
GMAIL_ZONE = ZoneInfo("America/Los_Angeles")

Test = Callable[[Message, str], bool]


def words_pattern(value: str) -> re.Pattern[str]:
    """Whole words in this order, whatever stands between them: Gmail does not find parts of words."""
    words = re.findall(r"\w+", value.lower())
    if not words:
        return re.compile("")
    return re.compile(r"(?<!\w)" + r"[\W_]+".join(map(re.escape, words)) + r"(?!\w)")


def in_header(name: str, pattern: re.Pattern[str], message: Message, text: str) -> bool:
    """The test of an operator on a header."""
    values = [str(getattr(message.facts, name))]
    if name == "to":
        # `to:` finds copies too.
        values += [message.facts.cc, message.facts.bcc]
    if name == "delivered_to":
        values.append(message.facts.to)
    return any(pattern.search(value.lower()) for value in values)


def read_day(value: str) -> int | None:
    """`2026/01/31`, `2026-01-31`, `01/31/2026` or epoch seconds, in ms."""
    if value.isdecimal() and 9 <= len(value) <= 12:
        return int(value) * 1000
    parts = re.split(r"[/-]", value)
    if len(parts) != 3 or not all(part.isdecimal() and len(part) <= 4 for part in parts):
        return None
    year, month, day = parts if len(parts[0]) == 4 else (parts[2], parts[0], parts[1])
    try:
        midnight = datetime(int(year), int(month), int(day), tzinfo=GMAIL_ZONE)
    except ValueError:
        return None
    return int(midnight.timestamp() * 1000)


def read_size(value: str) -> int:
    """`5m`, `20k` or `1000` in bytes; 0 for anything else."""
    match = re.fullmatch(r"(\d{1,12})([km]?)b?", value)
    return int(match[1]) * {"": 1, "k": 1024, "m": 1024**2}[match[2]] if match else 0


def all_hold(tests: list[Test]) -> Test:
    """A test that holds when all do."""
    return tests[0] if len(tests) == 1 else lambda m, text: all(test(m, text) for test in tests)


def any_holds(tests: list[Test]) -> Test:
    """A test that holds when one does."""
    return lambda message, text: any(test(message, text) for test in tests)


def fails(test: Test) -> Test:
    """A test that holds when another does not."""
    return lambda message, text: not test(message, text)
