"""What of a page its reader sees: hidden, shrunken and painted-over text told from the rest."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from selectolax.lexbor import LexborNode

LONGEST_STYLE_SHEET = 50_000

_HIDDEN = re.compile(
    r"(?<![\w-])(?:display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*(?:0|\.0)[.0]*\s*(?:;|!|$)"
    r"|max-height\s*:\s*0(?:px|pt|em|%)?\s*(?:;|!|$)|text-indent\s*:\s*-\d{3,}|(?:left|top)\s*:\s*-\d{3,}"
    r"|clip\s*:\s*rect\(\s*[01](?:px)?[ ,]+[01])",
    re.I,
)
_NO_SIZE = re.compile(r"(?<![\w-])(?:height|width)\s*:\s*[01](?:px|pt|em|%)?\s*(?:;|!|$)", re.I)
_CLIPPED = re.compile(r"(?<![\w-])overflow\s*:\s*hidden", re.I)
_FONT_SIZE = re.compile(
    r"(?<![\w-])font(?:-size)?\s*:\s*(?:[a-z]+\s+)*(\d{1,20}(?:\.\d{1,20})?|\.\d{1,20})\s*"
    r"(px|pt|rem|em|%|/|;|!|$)",
    re.I,
)
_FONT_WORD = re.compile(r"(?<![\w-])font-size\s*:\s*(?:x+-)?(?:small|medium|large)", re.I)
_INK = re.compile(r"(?<![\w-])color\s*:\s*([^;!]+)", re.I)
_GROUND = re.compile(r"(?<![\w-])background(?:-color)?\s*:\s*([^;!]+)", re.I)
_PRE = re.compile(r"(?<![\w-])white-space\s*:\s*(?:pre|break-spaces)", re.I)
_HEX = re.compile(r"#([0-9a-f]{6}|[0-9a-f]{3})\b", re.I)
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})", re.I)
_NAMED = {
    "white": (255, 255, 255),
    "black": (0, 0, 0),
    "snow": (255, 250, 250),
    "whitesmoke": (245, 245, 245),
}
_SELECTOR = re.compile(r"\s*\w*([.#][\w-]{1,80})\s*")
# Two colours closer than this in each part look the same.
_SAME = 8

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Look:
    """What a text inherits. A colour is None where nothing but a program that paints could tell it."""

    shrunken: bool = False
    ink: Colour | None = None
    ground: Colour | None = (255, 255, 255)
    lines_kept: bool = False

    @property
    def is_seen(self) -> bool:
        """Whether a reader sees text that looks so."""
        if self.shrunken:
            return False
        if self.ink is None or self.ground is None:
            return True
        return any(abs(a - b) > _SAME for a, b in zip(self.ink, self.ground, strict=True))


class Styles:
    """The style sheets of a page, as far as they decide what is seen."""

    def __init__(self, sheets: str) -> None:
        sheets = sheets[:LONGEST_STYLE_SHEET]
        self._hidden = _hidden_names(sheets)
        self._paints = "background" in sheets

    def look(self, node: LexborNode, inherited: Look) -> Look | None:
        """The look of the text in `node`; None if the node is hidden with all that is in it."""
        attributes = node.attributes
        style = (attributes.get("style") or "")[:2000]
        names = _names(attributes)
        if "hidden" in attributes or any(name in self._hidden for name in names) or _is_hidden(style):
            return None
        look = inherited
        if names and self._paints:
            # The style sheet may have painted it.
            look = replace(look, ground=None)
        if node.tag == "a":
            # Links have a colour of their own, and buttons are painted in many ways.
            look = replace(look, ink=None, ground=None)
        if node.tag in {"pre", "textarea"} or (style and _PRE.search(style)):
            look = replace(look, lines_kept=True)
        return _painted(_sized(look, style), style, attributes)


def _names(attributes: Mapping[str, str | None]) -> list[str]:
    named = [f".{name}" for name in (attributes.get("class") or "").split()[:20]]
    return [*named, f"#{attributes['id']}"] if attributes.get("id") else named


def _is_hidden(style: str) -> bool:
    if not style:
        return False
    if _HIDDEN.search(style):
        return True
    return _NO_SIZE.search(style) is not None and _CLIPPED.search(style) is not None


def _sized(look: Look, style: str) -> Look:
    """Page builders set the size 0 around columns and give the text in them one of its own."""
    found = _FONT_SIZE.search(style)
    if found:
        size, unit = float(found[1]), found[2]
        # A share of nothing is nothing.
        share = unit in {"em", "%"}
        nothing = size == 0 or (size <= 1 and not share and unit != "rem") or (share and look.shrunken)
        return replace(look, shrunken=nothing)
    return replace(look, shrunken=False) if look.shrunken and _FONT_WORD.search(style) else look


def _painted(look: Look, style: str, attributes: Mapping[str, str | None]) -> Look:
    ground = _GROUND.search(style)
    painted = ground[1] if ground else attributes.get("bgcolor")
    if painted and painted.strip().lower() not in {"transparent", "none", "inherit", "initial"}:
        look = replace(look, ground=None if "url(" in painted else _colour(painted))
    elif attributes.get("background"):
        look = replace(look, ground=None)
    ink = _INK.search(style)
    drawn = ink[1] if ink else attributes.get("color")
    return replace(look, ink=_colour(drawn)) if drawn else look


def _colour(text: str) -> Colour | None:
    """A colour by name, as #fff, #ffffff or rgb(); None for what is no plain colour."""
    text = text.strip().lower()
    if "gradient" in text:
        return None
    if found := _HEX.search(text):
        digits = found[1] if len(found[1]) == 6 else "".join(digit * 2 for digit in found[1])
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    if found := _RGB.search(text):
        return int(found[1]), int(found[2]), int(found[3])
    return _NAMED.get(text.split(" ", 1)[0])


def _hidden_names(sheets: str) -> frozenset[str]:
    """Classes and ids that a style sheet hides for everyone, not only on some screens."""
    hidden: set[str] = set()
    opened: list[str] = []
    # How many of the opened blocks hold for some screens only.
    partly = 0
    pieces = re.split(r"([{}])", re.sub(r"/\*.*?(?:\*/|\Z)", "", sheets, flags=re.S))
    for text, brace in zip(pieces[::2], pieces[1::2], strict=False):
        if brace == "{":
            opened.append(text)
            partly += "@" in text
            continue
        selector = opened.pop() if opened else ""
        if not partly and _is_hidden(text):
            hidden.update(found[1] for one in selector.split(",") if (found := _SELECTOR.fullmatch(one)))
        partly -= "@" in selector
    return frozenset(hidden)
