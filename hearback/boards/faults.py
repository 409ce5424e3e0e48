"""What can go wrong between us and a board, told in words that a run's record can show."""

from enum import StrEnum


class Fault(StrEnum):
    """The kinds of fault; each asks for something else from whoever reads of it."""

    BLOCKED = "blocked"
    LIMITED = "limited"
    DOWN = "down"
    SHAPE = "shape"
    TOO_LARGE = "too_large"
    FORBIDDEN_ADDRESS = "forbidden_address"
    ROBOTS = "robots"
    GONE = "gone"
    UNAUTHORISED = "unauthorised"


class BoardFault(Exception):
    """A board gave no answer that can be used.

    `words` are a sentence for people, without addresses' questions, keys or anything that the board wrote.
    `retry_after` is in seconds, where the board said when to come back.
    """

    def __init__(self, kind: Fault, words: str, retry_after: float | None = None) -> None:
        super().__init__(words)
        self.kind = kind
        self.words = words
        self.retry_after = retry_after
