"""One delivery of a Pub/Sub push: its envelope, its signed token, and what the receiver answers."""

import json
import logging
import threading
import time
from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import urllib3

from sandbox import mime
from sandbox.keys import Keys

ACKNOWLEDGED = frozenset({102, 200, 201, 202, 204})
CONNECTIONS = 32
LOG_LENGTH = 1000

log = logging.getLogger(__name__)


@dataclass
class PushOptions:
    """What the control API may change about pushes. Times are seconds."""

    url: str
    audience: str
    service_account: str
    subscription: str
    coalesce: bool = True
    on_watch: bool = True
    backoff_min: float = 1.0
    backoff_max: float = 60.0
    deadline: float = 10.0


@dataclass
class Event:
    """One Pub/Sub message: its id stays the same however often it is delivered."""

    message_id: str
    address: str
    history_id: int
    published: float
    attempts: int = 0


class Courier:
    """Carries events to the receiver, under one token an hour."""

    def __init__(self, options: PushOptions, keys: Keys) -> None:
        self.options = options
        self._keys = keys
        self._token: tuple[tuple[str, str], float, str] | None = None
        self._lock = threading.Lock()
        self._http = urllib3.PoolManager(num_pools=4, maxsize=CONNECTIONS, retries=False)

    def post(self, event: Event) -> tuple[int | None, str]:
        """POST the envelope; returns the status and the first words of the answer, or what went wrong."""
        headers = {
            "Content-Type": "application/json",
            "Authorization": f"Bearer {self.token()}",
            "User-Agent": "APIs-Google; (+https://developers.google.com/webmasters/APIs-Google.html)",
        }
        try:
            answer = self._http.request(
                "POST",
                self.options.url,
                body=json.dumps(self.envelope(event)).encode(),
                headers=headers,
                timeout=self.options.deadline,
                redirect=False,
            )
        except urllib3.exceptions.HTTPError as error:
            return None, type(error).__name__
        return answer.status, answer.data[:200].decode("utf-8", "replace")

    def envelope(self, event: Event) -> dict[str, Any]:
        """The wrapped body of a push."""
        data = json.dumps({"emailAddress": event.address, "historyId": event.history_id})
        moment = datetime.fromtimestamp(event.published, UTC).isoformat(timespec="milliseconds")
        published = moment.replace("+00:00", "Z")
        return {
            "message": {
                "data": mime.encode(data.encode()),
                "messageId": event.message_id,
                "message_id": event.message_id,
                "publishTime": published,
                "publish_time": published,
            },
            "subscription": self.options.subscription,
        }

    def token(self) -> str:
        """The OIDC token of a push; Google uses one for up to an hour, and so does this."""
        audience = self.options.audience or self.options.url
        who = (audience, self.options.service_account)
        with self._lock:
            if self._token is None or self._token[0] != who or self._token[1] < time.time():
                claims = {
                    "iss": "https://accounts.google.com",
                    "aud": audience,
                    "azp": "112233445566778899001",
                    "sub": "112233445566778899001",
                    "email": self.options.service_account,
                    "email_verified": True,
                }
                self._token = (who, time.time() + 3300, self._keys.sign(claims))
            return self._token[2]

    def forget_token(self) -> None:
        """Sign the next push anew, for instance after the keys changed."""
        with self._lock:
            self._token = None


class PushLog:
    """The last deliveries with their answers, oldest first."""

    def __init__(self) -> None:
        self._entries: deque[dict[str, Any]] = deque(maxlen=LOG_LENGTH)

    def shown(self) -> list[dict[str, Any]]:
        """For the control API and the page."""
        return list(self._entries)

    def clear(self) -> None:
        """Forget them."""
        self._entries.clear()

    def note(
        self,
        event: Event,
        *,
        outcome: str,
        status: int | None = None,
        ms: float = 0.0,
        acknowledged: bool = False,
    ) -> None:
        """Keep an attempt, or why there was none; `ms` is how long the answer took."""
        log.info("push.attempt status=%s attempt=%d ms=%s", status, event.attempts, ms)
        self._entries.append(
            {
                "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
                "address": event.address,
                "historyId": str(event.history_id),
                "messageId": event.message_id,
                "attempt": event.attempts,
                "status": status,
                "outcome": outcome,
                "acknowledged": acknowledged,
                "ms": ms,
            }
        )
