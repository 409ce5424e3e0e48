"""Words that pages, letters and files share: days, months, counts, lists of names, lines of a width."""

import textwrap
from collections.abc import Sequence

# Columns of plain text.
WIDTH = 72
# Written out, because strftime would follow the locale of the server's machine.
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
          "October", "November", "December")  # fmt: skip


def plural(count: int, one: str, many: str | None = None) -> str:
    """Count in words: "1 answer", "2 answers"."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def listed(names: Sequence[str], most: int | None = None) -> str:
    """Names in a row: "Python, Go and SQL"; of more than `most` "Python, Go and 3 more"."""
    shown = names[:most]
    if len(shown) < len(names):
        return f"{', '.join(shown)} and {len(names) - len(shown)} more"
    return " and ".join(filter(None, (", ".join(shown[:-1]), *shown[-1:])))


def wrapped(words: str, before: str = "") -> str:
    """Words in lines of WIDTH, the first of them after `before`, such as the sign of a list."""
    # Addresses stay whole, so that they can be clicked.
    return textwrap.fill(
        words,
        WIDTH,
        initial_indent=before,
        subsequent_indent=" " * len(before),
        break_long_words=False,
        break_on_hyphens=False,
    )


def lowered(text: str) -> str:
    """In small letters, and those in plain ones that a pattern of any case takes for them: "ı" for "i"."""
    return text.upper().lower()
