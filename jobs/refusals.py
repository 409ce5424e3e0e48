"""What a user's act can be refused with; the pages show the words."""


class NotFound(LookupError):
    """What the act speaks of is not there, or is not this user's."""


class BadAct(ValueError):
    """The act makes no sense; the message names the field and what is wanted."""
