"""Which scope opens which endpoint, as Google's discovery document for Gmail v1 says."""

FULL = "https://mail.google.com/"
_BASE = "https://www.googleapis.com/auth/gmail."
READONLY = _BASE + "readonly"
MODIFY = _BASE + "modify"
METADATA = _BASE + "metadata"
SEND = _BASE + "send"
COMPOSE = _BASE + "compose"
LABELS = _BASE + "labels"

READ = frozenset({FULL, MODIFY, READONLY})
READ_METADATA = READ | {METADATA}
WRITE = frozenset({FULL, MODIFY})
READ_LABELS = READ_METADATA | {LABELS}
SENDING = WRITE | {SEND, COMPOSE}
PROFILE = READ_METADATA | {COMPOSE}


def metadata_only(scopes: frozenset[str]) -> bool:
    """Whether a token may see headers but no bodies."""
    return METADATA in scopes and not scopes & READ
