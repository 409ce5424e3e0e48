"""What the tests of the sandbox share: people with tokens, Google's client, a place to push to."""

import base64
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import requests
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build

from sandbox.client import SandboxControl, Tokens
from tests.sandbox import gmail_schema

FULL = "https://mail.google.com/"
ROBIN = "robin@example.com"
TOPIC = "projects/sandbox/topics/gmail"


class Api:
    """The Gmail API by plain HTTP, each good answer held against Google's schema."""

    def __init__(self, url: str, token: str) -> None:
        self.base = f"{url}/gmail/v1/users/me"
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {token}"

    def raw(self, method: str, path: str, **options: Any) -> requests.Response:
        """Any call, whatever it answers."""
        return self.session.request(method, f"{self.base}/{path}", timeout=30, **options)

    def get(self, method_id: str, path: str, **query: Any) -> dict[str, Any]:
        """A GET that must succeed."""
        return self._good(method_id, self.raw("GET", path, params=query))

    def post(self, method_id: str, path: str, body: object = None) -> dict[str, Any]:
        """A POST that must succeed."""
        return self._good(method_id, self.raw("POST", path, json=body))

    def history(self, start: object, **query: Any) -> dict[str, Any]:
        """history.list."""
        return self.get("gmail.users.history.list", "history", startHistoryId=start, **query)

    def search(self, query: str = "", **more: Any) -> list[str]:
        """The ids that messages.list finds."""
        answer = self.get("gmail.users.messages.list", "messages", q=query, **more)
        return [message["id"] for message in answer.get("messages", [])]

    def message(self, message_id: str, **query: Any) -> dict[str, Any]:
        """messages.get."""
        return self.get("gmail.users.messages.get", f"messages/{message_id}", **query)

    def _good(self, method_id: str, answer: requests.Response) -> dict[str, Any]:
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        gmail_schema.check(f"{method_id}", found)
        return found


@pytest.fixture
def robin(sandbox: SandboxControl) -> Tokens:
    """Robin, who has allowed everything."""
    return sandbox.grant(ROBIN, ["openid", "email", "profile", FULL])


@pytest.fixture
def api(sandbox: SandboxControl, robin: Tokens) -> Api:
    """Robin's Gmail by plain HTTP."""
    return Api(sandbox.url, robin.access_token)


@pytest.fixture
def gmail(sandbox: SandboxControl, robin: Tokens) -> Any:
    """Robin's Gmail through Google's own client."""
    return build(
        "gmail",
        "v1",
        credentials=Credentials(robin.access_token),
        client_options={"api_endpoint": sandbox.url},
        static_discovery=True,
    )


@dataclass
class Push:
    """A push as it came in."""

    authorization: str
    envelope: dict[str, Any]

    @property
    def data(self) -> dict[str, Any]:
        """What Gmail says in it."""
        text = self.envelope["message"]["data"]
        found: dict[str, Any] = json.loads(base64.urlsafe_b64decode(text))
        return found

    @property
    def id(self) -> str:
        """The id of the Pub/Sub message."""
        return str(self.envelope["message"]["messageId"])


@dataclass
class Receiver:
    """A webhook that keeps what it gets and answers what it is told: first `answers`, then 204."""

    url: str = ""
    answers: list[int] = field(default_factory=list)
    pushes: list[Push] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def take(self, push: Push) -> int:
        """Keep a push and choose the answer."""
        with self.changed:
            self.pushes.append(push)
            self.changed.notify_all()
            return self.answers.pop(0) if self.answers else 204

    def wait(self, condition: Callable[[list[Push]], bool]) -> list[Push]:
        """The pushes, as soon as they fulfil `condition`."""
        with self.changed:
            assert self.changed.wait_for(lambda: condition(self.pushes), 15), self.pushes
            return list(self.pushes)


@pytest.fixture
def receiver(sandbox: SandboxControl) -> Iterator[Receiver]:
    """A webhook to which the sandbox pushes, quickly and each change by itself."""
    found = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status = found.take(Push(self.headers["Authorization"], body))
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    found.url = f"http://127.0.0.1:{server.server_port}/push/gmail"
    sandbox.settings(push_url=found.url, push_coalesce=False, push_on_watch=False, push_backoff_min=0.02)
    yield found
    sandbox.settings(push_url="")
    server.shutdown()
    server.server_close()


@pytest.fixture
def watched(api: Api, receiver: Receiver) -> Receiver:
    """The webhook, told of Robin's mailbox."""
    api.post("gmail.users.watch", "watch", {"topicName": TOPIC})
    return receiver
