"""What a board is asked for."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Search:
    """A search as boards understand it; a feed that cannot be asked for it is filtered here.

    `words` must all be found; `place` is as a person writes it ("San Francisco, CA"); `remote` True asks for
    work from anywhere; `days` is the greatest age of a posting.
    """

    words: str = ""
    place: str = ""
    remote: bool = False
    days: int | None = None
