"""The one error of the demo, so that every reason not to start reaches the user as a sentence."""


class DemoError(Exception):
    """The demo cannot start; the text says why and what to do, and is shown as it stands."""
