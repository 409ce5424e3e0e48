"""A load generator that leaves the processor to the server: raw keep-alive sockets, one process."""

import selectors
import socket
import time
from collections.abc import Iterator, Sequence

CONNECTIONS = 16
TIMEOUT_SECONDS = 30
_ANSWERED = b"HTTP/1.1 204 "
_END = b"\r\n\r\n"


class LoadError(RuntimeError):
    """The server answered something else than 204, or nothing at all."""


def post(path: str, body: bytes, token: str = "") -> bytes:
    """The bytes of a POST as Pub/Sub sends it, `token` as its bearer."""
    bearer = f"Authorization: Bearer {token}\r\n" if token else ""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"{bearer}Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def drive(port: int, requests: Sequence[bytes]) -> float:
    """Send all `requests`, each connection its next one on the answer to its last; return seconds.

    Every answer must be 204, so that speed is only ever that of work done.
    """
    left = iter(requests)
    with selectors.DefaultSelector() as ready:
        started = time.perf_counter()
        for _, first in zip(range(CONNECTIONS), left, strict=False):
            _Connection(port, ready).send(first)
        while ready.get_map():
            answered = ready.select(TIMEOUT_SECONDS)
            if not answered:
                raise LoadError("no answer came in time")
            for key, _ in answered:
                connection: _Connection = key.data
                connection.receive(left)
        return time.perf_counter() - started


class _Connection:
    """One connection with one request under way."""

    def __init__(self, port: int, ready: selectors.BaseSelector) -> None:
        self._port = port
        self._ready = ready
        self._request = b""
        self._answer = b""
        self._open()

    def _open(self) -> None:
        self._socket = socket.create_connection(("127.0.0.1", self._port), TIMEOUT_SECONDS)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._ready.register(self._socket, selectors.EVENT_READ, self)

    def _close(self) -> None:
        self._ready.unregister(self._socket)
        self._socket.close()

    def send(self, request: bytes) -> None:
        self._request, self._answer = request, b""
        self._socket.sendall(request)

    def receive(self, left: Iterator[bytes]) -> None:
        """Take what came; after a whole answer send the next request, or close when none is left."""
        try:
            received = self._socket.recv(4096)
        except ConnectionResetError:
            received = b""
        if not received:
            # The server replaced a worker after its number of requests. A push may come twice.
            self._close()
            self._open()
            self.send(self._request)
            return
        self._answer += received
        if not self._answer.endswith(_END):
            return
        if not self._answer.startswith(_ANSWERED):
            raise LoadError(self._answer.split(b"\r\n")[0].decode(errors="replace"))
        following = next(left, None)
        if following is None:
            self._close()
        else:
            self.send(following)
