"""Finds ports that no other program uses, on every address that `localhost` may mean."""

import socket

LAST_PORT = 65535


class PortError(RuntimeError):
    """No usable port; the text says which were tried."""


def is_free(port: int) -> bool:
    """Whether a server may listen on `port` of localhost without taking another one's visitors.

    Raises PermissionError for a port that this user may not use at all.
    """
    # A browser tries ::1 first, and a program on 0.0.0.0 does not stop macOS from binding
    # 127.0.0.1 beside it, so that binding alone would not tell.
    if _answers(socket.AF_INET, "127.0.0.1", port) or _answers(socket.AF_INET6, "::1", port):
        return False
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        # Without this, connections of the last run that have not faded yet would count.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except PermissionError:
            raise
        except OSError:
            return False
    return True


def free_pair(wanted: int, tries: int = 50) -> int:
    """Return the first port, from `wanted` on in steps of two, that is free like the next one."""
    for first in range(wanted, min(wanted + 2 * tries, LAST_PORT), 2):
        if is_free(first) and is_free(first + 1):
            return first
    raise PortError(f"No two free ports were found between {wanted} and {wanted + 2 * tries}.")


def any_free() -> int:
    """Return a port of 127.0.0.1 that was free a moment ago."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _answers(family: socket.AddressFamily, host: str, port: int) -> bool:
    try:
        with socket.socket(family, socket.SOCK_STREAM) as client:
            client.settimeout(1)
            return client.connect_ex((host, port)) == 0
    except OSError:
        # This machine has no such kind of address: nobody can listen there.
        return False
