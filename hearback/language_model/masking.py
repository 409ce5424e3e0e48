"""What leaves this machine of a mail: no address, no link, no telephone number."""

import re

# Signs that no mail has, so that words which stand beside a mask are told from words of the mail.
MASK = "⟦"
_PRIVATE = re.compile(
    r"(?P<link>(?:[a-z][a-z0-9+.-]{1,20}://|www\.|(?:mailto|tel|sms):)\S{1,3000}"
    r"|\b(?:[\w-]{1,63}\.){1,6}[a-z]{2,20}/\S{0,3000})"
    r"|(?P<address>[^\s<>()\[\]\"',;:@＠]{1,128}\s?[@＠]\s?[^\s<>()\[\]\"',;:@＠]{1,253})"
    # Also other long numbers: of accounts, of meetings. Dates and times stay.
    r"|(?P<number>(?<![\w+])(?!(?:\d{4}-\d\d?-\d\d?|\d\d?[./]\d\d?[./]\d{2,4})(?!\d))"
    r"\+?\(?\d(?:[\s().\-/–]{0,3}\d){6,24}(?!\w))",
    re.IGNORECASE,
)
# The longest private thing that may begin within what is sent.
_REACH = 4_000


def masked(text: str, most: int) -> str:
    """The first `most` characters of `text`, with a mask in the place of whatever leads to a person."""
    known = text[: most + _REACH]
    pieces: list[str] = []
    at = 0
    for found in _PRIVATE.finditer(known):
        if found.start() >= most:
            break
        pieces += known[at : found.start()], f"{MASK}{found.lastgroup}⟧"
        at = found.end()
    return "".join([*pieces, known[at:most]])
