"""Why something did not reach a person, in words for that person."""


class NotDelivered(Exception):
    """It was not accepted. `permanent`: trying again will not help; the message says what happened.

    The words are shown to the user and stored: they hold no address and no token.
    """

    def __init__(self, words: str, permanent: bool = False) -> None:
        super().__init__(words)
        self.permanent = permanent
