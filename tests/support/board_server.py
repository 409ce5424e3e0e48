"""A job board on this machine, which answers as a test wants: rightly, wrongly, slowly, or not at all."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Headers = dict[str, str]


@dataclass(frozen=True)
class Reply:
    """One answer. `claimed` is a Content-Length that is not its own; `stream` writes the body by itself."""

    body: bytes = b""
    status: int = 200
    headers: Headers = field(default_factory=dict)
    claimed: int | None = None
    stream: Callable[[BaseHTTPRequestHandler], None] | None = None


@dataclass(frozen=True)
class Asked:
    """One question, as it came."""

    method: str
    path: str
    headers: Headers
    body: bytes

    @property
    def json(self) -> object:
        """The body of a JSON question."""
        return json.loads(self.body)


@dataclass
class BoardServer:
    """`replies` are given by path without the question, else `reply`; robots.txt is missing unless set."""

    url: str = ""
    reply: Reply | Callable[[Asked], Reply] = field(default_factory=Reply)
    replies: dict[str, Reply | Callable[[Asked], Reply]] = field(
        default_factory=lambda: {"/robots.txt": Reply(status=404)}
    )
    asked: list[Asked] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)

    @property
    def paths(self) -> list[str]:
        """What was asked for, robots.txt aside."""
        return [one.path for one in self.asked if one.path != "/robots.txt"]

    def answer(self, asked: Asked) -> Reply:
        """The answer to one question."""
        self.asked.append(asked)
        found = self.replies.get(asked.path.partition("?")[0], self.reply)
        return found(asked) if callable(found) else found


def of_json(value: object) -> Reply:
    """An answer of JSON."""
    return Reply(json.dumps(value).encode(), headers={"Content-Type": "application/json"})


def web_page(
    text: str = "<!doctype html><html><body>We are moving.</body></html>", status: int = 200
) -> Reply:
    """An answer for people."""
    return Reply(text.encode(), status, {"Content-Type": "text/html; charset=utf-8"})


@contextmanager
def board_server() -> Iterator[BoardServer]:
    """A board that is reached at `url`."""
    board = BoardServer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            asked = Asked(self.command, self.path, dict(self.headers.items()), self.rfile.read(length))
            reply = board.answer(asked)
            try:
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                if reply.stream is None:
                    said = len(reply.body) if reply.claimed is None else reply.claimed
                    self.send_header("Content-Length", str(said))
                self.end_headers()
                if reply.stream is None:
                    self.wfile.write(reply.body)
                else:
                    reply.stream(self)
            except OSError:
                # Who asked has left.
                pass

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    board.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield board
    finally:
        board.ended.set()
        server.shutdown()
        server.server_close()
