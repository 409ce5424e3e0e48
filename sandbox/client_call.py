"""How the typed clients of the control API ask it."""

from typing import Any

import requests

TIMEOUT = 30.0


class ControlError(Exception):
    """The sandbox refused a request; the text says what is wrong with it."""


class Caller:
    """The sandbox at `url`. Methods raise ControlError on refusal, requests' errors when it is away."""

    def __init__(self, url: str, timeout: float = TIMEOUT) -> None:
        self.url = url.rstrip("/")
        self._timeout = timeout
        self._session = requests.Session()

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def _post(self, path: str, **body: Any) -> dict[str, Any]:
        return self._call("POST", path, json=body)

    def _call(self, method: str, path: str, **options: Any) -> dict[str, Any]:
        url = f"{self.url}/control/{path}"
        answer = self._session.request(method, url, timeout=self._timeout, **options)
        if not answer.ok:
            raise ControlError(f"{answer.status_code}: {answer.text}")
        found: dict[str, Any] = answer.json()
        return found
