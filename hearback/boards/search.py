"""What a board is asked for."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Search:
    """A search as those boards understand it that can be asked for one (Scope.QUERY).

    `words` must all be found; `place` is as a person writes it ("San Francisco, CA"); `remote` True asks for
    work from anywhere; `days` is the greatest age of a posting.
    """

    words: str = ""
    place: str = ""
    remote: bool = False
    days: int | None = None
