"""Which letters the PDF's fonts can show, so that none comes out as an empty box."""

import unicodedata
from functools import cache
from pathlib import Path

# Ranges of code points in hexadecimal, one a line: what the fonts of this folder have together.
COVERED = Path(__file__).parent / "fonts" / "covered.txt"
# Signs that say nothing by themselves: pictures, private ones such as icons, marks that join or vary others.
SAYING_NOTHING = frozenset({"So", "Sk", "Cf", "Co", "Cn", "Mn", "Me"})
UNKNOWN = "?"


def showable(text: str) -> str:
    """The text in letters that the fonts have.

    What they lack is shown as plainer letters that mean the same (`𝐉𝐚𝐧𝐞` as `Jane`), pictures are left out,
    and what is left becomes a question mark: `lost` tells which letters these are.
    """
    # Composed letters are drawn better than letters with marks, and more fonts have them.
    return "".join(_shown(sign) for sign in unicodedata.normalize("NFC", text))


def lost(text: str) -> str:
    """The letters of a text that a PDF cannot show, each once, in the order in which they come."""
    signs = dict.fromkeys(unicodedata.normalize("NFC", text))
    return "".join(sign for sign in signs if sign != UNKNOWN and _shown(sign) == UNKNOWN)


def _shown(sign: str) -> str:
    if sign.isascii() or sign in _covered():
        return sign
    plainer = unicodedata.normalize("NFKC", sign)
    if all(one.isascii() or one in _covered() for one in plainer):
        return plainer
    return "" if unicodedata.category(sign) in SAYING_NOTHING else UNKNOWN


@cache
def _covered() -> frozenset[str]:
    """Read once, on first use."""
    ranges = (line.split() for line in COVERED.read_text().splitlines())
    return frozenset(
        chr(point) for ends in ranges for point in range(int(ends[0], 16), int(ends[-1], 16) + 1)
    )
