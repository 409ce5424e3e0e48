"""Tells names of people from names of companies, as far as the names alone allow it."""

from hearback.mail.patterns import words

_FIRST_NAMES = frozenset(words("people", "first_names"))


def is_named_so(name: str) -> bool:
    """Whether two or three words look like a person's name: the first is a common first name."""
    parts = name.replace(".", " ").split()
    return 2 <= len(parts) <= 3 and parts[0].lower() in _FIRST_NAMES
