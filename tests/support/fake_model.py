"""A small OpenAI-compatible server that answers as a test says, and can misbehave in every way."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class FakeModel:
    """What it was sent, and what it does: `manner` is a way to misbehave, "" for none."""

    url: str = ""
    answer: dict[str, Any] | Callable[[str], dict[str, Any]] = field(default_factory=dict)
    manner: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    while_thinking: Callable[[], None] = lambda: None
    ended: threading.Event = field(default_factory=threading.Event)

    @property
    def mails(self) -> list[str]:
        """What stood between the marks of each question."""
        return [body["messages"][1]["content"] for body in self.asked]


def completion(content: str) -> bytes:
    """A server's answer around what the model wrote."""
    message = {"role": "assistant", "content": content}
    return json.dumps({"choices": [{"index": 0, "message": message, "finish_reason": "stop"}]}).encode()


class _Handler(BaseHTTPRequestHandler):
    model: FakeModel

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        model = self.model
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        model.paths.append(self.path)
        model.headers.append(dict(self.headers))
        model.asked.append(body)
        model.while_thinking()
        getattr(self, f"_{model.manner or 'well'}")(body)

    do_GET = do_POST

    def _send(self, status: int, content: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(content)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def _well(self, body: dict[str, Any]) -> None:
        answer = self.model.answer
        said = answer(body["messages"][1]["content"]) if callable(answer) else answer
        self._send(200, completion(json.dumps(said)))

    def _fenced(self, _: dict[str, Any]) -> None:
        self._send(200, completion(f"```json\n{json.dumps(self.model.answer)}\n```"))

    def _failing(self, _: dict[str, Any]) -> None:
        self._send(500, b"no")

    def _locked(self, _: dict[str, Any]) -> None:
        self._send(401, b'{"error": "wrong key"}')

    def _redirect(self, _: dict[str, Any]) -> None:
        self._send(307, b"", Location=f"{self.model.url}/elsewhere")

    def _prose(self, _: dict[str, Any]) -> None:
        self._send(200, completion("Sure! It is an offer."))

    def _shapeless(self, _: dict[str, Any]) -> None:
        self._send(200, b'{"choices": []}')

    def _list(self, _: dict[str, Any]) -> None:
        self._send(200, completion("[1, 2]"))

    def _huge(self, _: dict[str, Any]) -> None:
        self._send(200, b" " * 3_000_000)

    def _silent(self, _: dict[str, Any]) -> None:
        self.model.ended.wait(30)

    def _trickle(self, _: dict[str, Any]) -> None:
        """A byte now and then: no read ever times out."""
        self.send_response(200)
        self.send_header("Content-Length", "100000")
        self.end_headers()
        end = time.monotonic() + 30
        while time.monotonic() < end and not self.model.ended.wait(0.1):
            try:
                self.wfile.write(b" ")
            except OSError:
                return


@contextmanager
def fake_model() -> Iterator[FakeModel]:
    """A running server; its URL ends in /v1, as such servers' do."""
    model = FakeModel()
    handler = type("Handler", (_Handler,), {"model": model})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    model.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield model
    finally:
        model.ended.set()
        server.shutdown()
        thread.join()
        server.server_close()
