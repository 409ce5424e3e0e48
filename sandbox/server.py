"""Runs the application under gunicorn: one process, because the state lives in it, and many threads."""

import sys
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

from sandbox.app import create_app
from sandbox.seed import seed
from sandbox.settings import Settings
from sandbox.world import World


class Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn, set up from our settings alone: its own files and variables are not read."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Fill in gunicorn's settings."""
        options: dict[str, Any] = {
            "bind": f"127.0.0.1:{self._settings.port}",
            "workers": 1,
            "worker_class": "gthread",
            "threads": self._settings.threads,
            "keepalive": 75,
            # Loading a large mailbox file may take longer than any watchdog would wait.
            "timeout": 0,
            "graceful_timeout": 1,
            "limit_request_line": 8190,
            "loglevel": "warning",
            # Its default is a file in the home folder, which two sandboxes would share.
            "control_socket_disable": True,
            "post_worker_init": announce,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Build the state in the worker, after the fork, so that its threads live there."""
        world = World(self._settings)
        seed(world)
        world.pusher.start()
        return create_app(world)


def announce(worker: Any) -> None:
    """Say where the server listens, once it can answer; for a person and for whoever started it."""
    host, port = worker.sockets[0].getsockname()[:2]
    sys.stdout.write(f"sandbox.listening url=http://{host}:{port}\n")
    sys.stdout.flush()
