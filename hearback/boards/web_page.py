"""A web page as a tree, unless it is made to keep us busy."""

from selectolax.lexbor import LexborHTMLParser

from hearback.boards.faults import BoardFault, Fault
from hearback.boards.normal.depth import nests_deeper

# Reading takes a time that grows with the square of the depth: here a tenth of a second, at sixty thousand
# fifteen. Pages for people are less than a hundred deep.
_DEEPEST = 5_000


def parsed(text: str) -> LexborHTMLParser:
    """The tree of a page; raise BoardFault where it nests deeper than any page for people."""
    if nests_deeper(text, _DEEPEST):
        raise BoardFault(Fault.SHAPE, "The page nests deeper than any page for people.")
    return LexborHTMLParser(text)
