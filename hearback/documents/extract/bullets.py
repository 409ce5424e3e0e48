"""Tells the sign that begins an entry of a list from the text after it."""

import re

# Signs that are bullets wherever a line begins with them.
_ALWAYS = "•◦▪▫●○■□▸▹►▻▶▷◆◇◊❖➢➣➤➔→✓✔✦✧★☆‣⁃∙⦁⦿◘◙❍❑❒❏➜➡»›"
# Signs that are bullets only where a space follows them.
_SPACED = "·*–—-−‐+~¤"
_SIGN = re.compile(
    rf"^\s*(?:([{re.escape(_ALWAYS)}])\s*|([{re.escape(_SPACED)}])\s+|(o)(?:\t|\s{{2,}}))(?=\S)"
)
# What is nothing but a bullet.
ALONE = frozenset(_ALWAYS + _SPACED + "o")


def without_bullet(text: str) -> tuple[str, bool]:
    """The text with its bullet taken off, and whether there was one.

    A letter o counts where a wide space follows it: it is Word's bullet of the second level.
    """
    found = _SIGN.match(text)
    if found is None or (found[2] == "~" and text[found.end() : found.end() + 1].isdigit()):
        return text, False
    return text[found.end() :], True
