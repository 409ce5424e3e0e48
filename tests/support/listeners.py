"""A mail server and a web server on this machine that take what is sent, refuse it, or are slow."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tools.ports import any_free

# Longer than any test lasts: whoever waits for this server gives up by itself.
FOR_EVER = 3600


@dataclass
class Post:
    """An SMTP server. `answers` are given to the next mails, which are not taken; `taken` is called before
    a mail is acknowledged."""

    url: str
    mails: list[bytes] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    rcpt_answers: list[str] = field(default_factory=list)
    taken: Callable[[], None] = lambda: None

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a recipient, or say what the test wants."""
        if self.rcpt_answers:
            return self.rcpt_answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Take a mail, or say what the test wants."""
        if self.answers:
            return self.answers.pop(0)
        assert isinstance(envelope.content, bytes)
        self.mails.append(envelope.content)
        self.recipients += envelope.rcpt_tos
        self.taken()
        return "250 OK"


@contextmanager
def post() -> Iterator[Post]:
    """A mail server."""
    port = any_free()
    made = Post(f"smtp://127.0.0.1:{port}")
    controller = Controller(made, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield made
    finally:
        controller.stop()


@dataclass
class Web:
    """An HTTP server. It answers with `status`, to "/elsewhere" with a redirect to `leads_to`."""

    url: str
    status: int = 200
    leads_to: str = ""
    size: int = 0
    # Cleared: it answers no more until it is set.
    awake: threading.Event = field(default_factory=threading.Event)
    bodies: list[bytes] = field(default_factory=list)

    @property
    def hook(self) -> str:
        """Its address as a webhook of apprise."""
        return self.url.replace("http://", "json://") + "/hook"


@contextmanager
def web() -> Iterator[Web]:
    """A web server."""
    made = Web("")
    made.awake.set()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            made.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            made.awake.wait(FOR_EVER)
            redirected = self.path.startswith("/elsewhere")
            self.send_response(307 if redirected else made.status)
            if redirected:
                self.send_header("Location", made.leads_to)
            self.send_header("Content-Length", str(made.size))
            self.end_headers()
            for _ in range(made.size // 2**20):
                self.wfile.write(b"x" * 2**20)

        def log_message(self, *arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        server.block_on_close = False
        made.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield made
        finally:
            made.awake.set()
            server.shutdown()
