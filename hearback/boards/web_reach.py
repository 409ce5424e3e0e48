"""Connects only where it may, to the very address that was checked, and for no longer than it may."""

import contextlib
import socket
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from hearback.boards.faults import BoardFault, Fault
from hearback.public import is_public

CONNECT_SECONDS = 10.0


@dataclass
class Reach:
    """Which hosts may be reached, and until when the running call may last.

    `trusted` is the (host, port) that the operator configured: it alone may lie in a private network, unless
    `private` opens those to all. What a name resolves to is looked up once and connected to as it was
    checked, so that a name cannot mean another machine a moment later.
    """

    trusted: tuple[str, int] | None = None
    private: bool = False
    end: float = 0.0
    _watched: list[tuple[threading.Timer, socket.socket]] = field(default_factory=list)

    def left(self) -> float:
        """Seconds that the running call still has."""
        return max(self.end - time.monotonic(), 0.0)

    def connect(self, host: str, port: int) -> socket.socket:
        """A socket to the host; raise BoardFault where it may not be reached, OSError where it cannot."""
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        open_to_us = [one for one in found if self._may(host, port, str(one[4][0]))]
        if not open_to_us:
            raise BoardFault(Fault.FORBIDDEN_ADDRESS, "The address does not lead to the public internet.")
        fault: OSError | None = None
        for family, kind, protocol, _, address in open_to_us:
            if self.left() <= 0:
                raise TimeoutError
            reached = socket.socket(family, kind, protocol)
            try:
                reached.settimeout(min(CONNECT_SECONDS, self.left()))
                reached.connect(address)
                self._watch(reached)
                return reached
            except OSError as error:
                reached.close()
                fault = error
        raise fault or OSError("no address")

    def _watch(self, reached: socket.socket) -> None:
        """End the connection with the call: a time-out of a socket ends a silence, never a trickle."""
        twin = reached.dup()
        timer = threading.Timer(self.left(), _shut, [twin])
        timer.daemon = True
        timer.start()
        self._watched.append((timer, twin))

    def release(self) -> None:
        """Stop watching the connections of a call that is over."""
        while self._watched:
            timer, twin = self._watched.pop()
            timer.cancel()
            twin.close()

    def _may(self, host: str, port: int, address: str) -> bool:
        return self.private or (host.rstrip("."), port) == self.trusted or is_public(address)


class _PlainConnection(HTTPConnection):
    """A connection of urllib3 that goes by a Reach."""

    def __init__(self, *args: Any, reach: Reach, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._reach = reach

    def _new_conn(self) -> socket.socket:
        reached = self._reach.connect(self._dns_host, self.port)
        reached.settimeout(self.timeout)
        return reached


class _SecureConnection(_PlainConnection, HTTPSConnection):
    pass


class PlainPool(HTTPConnectionPool):
    """Connections by http."""

    ConnectionCls = _PlainConnection


class SecurePool(HTTPSConnectionPool):
    """Connections by https, whose certificate is checked against the name, not the address."""

    ConnectionCls = _SecureConnection


def _shut(twin: socket.socket) -> None:
    """Shut the connection down: whoever reads from it sees its end at once."""
    with contextlib.suppress(OSError):
        twin.shutdown(socket.SHUT_RDWR)
