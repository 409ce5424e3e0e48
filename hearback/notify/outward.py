"""Confines a process to the public internet, so that a user's address cannot lead into ours."""

import sys
from typing import Any

from hearback.public import is_public

# What a plugin that only talks to a web server has no need of.
FORBIDDEN = frozenset(
    {
        *("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.forkpty"),
        *("socket.bind", "socket.sendto", "socket.sendmsg", "ctypes.dlopen", "pty.spawn"),
    }
)


class PrivateAddress(OSError):
    """A connection was refused because it does not lead to the public internet."""


def confine(seen: list[str]) -> None:
    """Refuse every connection of this process, from now on, that is not to a public address.

    It looks at the address that the kernel is about to connect to: whatever a name resolved to, however a
    number was written, wherever a redirect led. It cannot be taken back, so that a process of its own is
    needed. `seen` gets one entry for each refusal.
    """

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "socket.connect":
            address = arguments[1]
            if not isinstance(address, tuple) or not is_public(str(address[0])):
                seen.append("private")
                raise PrivateAddress("not a public address")
        elif event in FORBIDDEN:
            raise PrivateAddress(f"{event} is not allowed here")

    sys.addaudithook(hook)
