"""The few shapes of SVG that our charts are made of, with every text escaped."""

import re
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

# XML has no way to write these.
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# What Inter and the system fonts need per character at 13 px, generously.
LETTER_WIDTH = 7.0

# The height of a drawing and its parts.
Drawn = tuple[float, Sequence[str]]


def number(value: float) -> str:
    """A coordinate: as short as it can be and never in exponents."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def legal(words: str) -> str:
    """Words as they may stand in an element."""
    return escape(_ILLEGAL.sub("", words))


def tag(name: str, content: str = "", **attributes: object) -> str:
    """An element; names of attributes are written with _ for -, and `kind` for class."""
    written = "".join(
        f" {'class' if key == 'kind' else key.replace('_', '-')}="
        f"{quoteattr(number(value) if isinstance(value, float) else str(value))}"
        for key, value in attributes.items()
    )
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def text(x: float, y: float, words: str, kind: str, anchor: str = "start") -> str:
    """One line of words; `y` is its base line."""
    return tag("text", legal(words), x=float(x), y=float(y), kind=kind, text_anchor=anchor)


def shortened(words: str, width: float) -> str:
    """The words as far as they fit into a width, with dots where some are missing."""
    most = max(int(width / LETTER_WIDTH), 4)
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def picture(
    width: float, height: float, title: str, description: str, parts: Iterable[str], margin: float = 0
) -> str:
    """The whole drawing: its name and what it says come first, for who cannot see it."""
    named = tag("title", legal(title)) + tag("desc", legal(description))
    across, down = width + 2 * margin, height + 2 * margin
    return tag(
        "svg",
        named + "".join(parts),
        xmlns="http://www.w3.org/2000/svg",
        role="img",
        kind="chart",
        viewBox=" ".join(map(number, (-margin, -margin, across, down))),
        width=float(across),
        height=float(down),
    )
