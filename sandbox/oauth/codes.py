"""Authorization codes: good once, for ten minutes, for one client and redirect address."""

import base64
import hashlib
import hmac
import secrets
import threading
from dataclasses import dataclass

from sandbox.clock import Clock

LIFETIME = 600


@dataclass(frozen=True)
class Code:
    """What a person agreed to. `offline` says whether a refresh token comes with it."""

    account_id: int
    client_id: str
    redirect_uri: str
    scopes: frozenset[str]
    offline: bool
    nonce: str
    challenge: str
    challenge_method: str
    expires: float = 0.0

    def verified(self, verifier: str) -> bool:
        """Whether `verifier` answers the PKCE challenge, if one was posed."""
        if not self.challenge:
            return True
        answer = verifier
        if self.challenge_method == "S256":
            digest = hashlib.sha256(verifier.encode()).digest()
            answer = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        return hmac.compare_digest(answer.encode(), self.challenge.encode())


class Codes:
    """The codes that were handed out and not yet used."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._codes: dict[str, Code] = {}

    def issue(self, code: Code) -> str:
        """The text that stands for `code`."""
        text = f"4/0A{secrets.token_urlsafe(48)}"
        values = vars(code) | {"expires": self._clock.seconds() + LIFETIME}
        with self._lock:
            self._codes[text] = Code(**values)
        return text

    def redeem(self, text: str) -> Code | None:
        """The code behind a text; None if it is unknown, used or too old."""
        with self._lock:
            code = self._codes.pop(text, None)
        return code if code and code.expires > self._clock.seconds() else None

    def clear(self) -> None:
        """Forget all codes."""
        with self._lock:
            self._codes.clear()
