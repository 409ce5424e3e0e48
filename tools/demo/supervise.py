"""Runs the demo's programs under supervisord and prints what they say, each line with its name."""

import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

from supervisor import events
from supervisor.medusa.asyncore_25 import ExitNow
from supervisor.options import ServerOptions
from supervisor.states import ProcessStates, SupervisorStates
from supervisor.supervisord import Supervisor

from tools.guard import Guard, end_group

NAME_WIDTH = 9


class Terminal:
    """Lines of several programs on one stream, never mixed, each behind its program's name."""

    def __init__(self, stream: TextIO, on_broken: Callable[[], None]) -> None:
        """`on_broken` is called once, when nobody reads the stream any more."""
        self._stream = stream
        self._on_broken = on_broken
        self._broken = False
        # Programs write in pieces that end anywhere; the rest of a line waits here.
        self._rest: dict[str, bytes] = {}

    def write(self, name: str, data: bytes) -> None:
        """Print the lines that are complete with `data`, and keep the rest."""
        *lines, rest = (self._rest.pop(name, b"") + data).split(b"\n")
        self._rest[name] = rest
        for line in lines:
            self._print(name, line.decode(errors="replace"))

    def say(self, name: str, text: str) -> None:
        """Print one line about a program, after what it said itself."""
        if self._rest.get(name):
            self.write(name, b"\n")
        self._print(name, text)

    def _print(self, name: str, line: str) -> None:
        if self._broken:
            return
        try:
            print(f"{name:<{NAME_WIDTH}} | {line}", file=self._stream, flush=True)
        except OSError:
            self._broken = True
            self._on_broken()


class DemoSupervisor(Supervisor):  # type: ignore[misc] # The library has no types.
    """Supervisord that prints to the terminal and leaves nothing behind."""

    def runforever(self) -> None:
        """Supervise until a signal says stop."""
        # Supervisord starts everything anew on SIGHUP; to a closed terminal the answer is to stop.
        signal.signal(signal.SIGHUP, lambda *_: self._stop())
        self._terminal = Terminal(sys.stdout, self._stop)
        self._guard = Guard()
        # Not earlier: supervisord forgets all subscribers when it starts to run.
        events.subscribe(events.ProcessLogEvent, self._on_output)
        events.subscribe(events.ProcessStateEvent, self._on_state)
        events.subscribe(events.SupervisorStoppingEvent, self._on_stopping)
        try:
            super().runforever()
        finally:
            self._guard.dismiss()

    def _stop(self) -> None:
        self.options.mood = SupervisorStates.SHUTDOWN

    def _on_output(self, event: Any) -> None:
        self._terminal.write(event.process.config.name, event.data)

    def _on_stopping(self, event: Any) -> None:
        self._terminal.say("demo", "stopping ...")

    def _on_state(self, event: Any) -> None:
        process = event.process
        name, pid = process.config.name, process.pid
        once = process.config.startsecs == 0
        if process.state == ProcessStates.RUNNING:
            self._guard.watch(pid)
            if not once:
                self._terminal.say("demo", f"{name} runs")
        elif process.state in (ProcessStates.EXITED, ProcessStates.STOPPED, ProcessStates.BACKOFF):
            if pid:
                end_group(pid)
                self._guard.forget(pid)
            if process.state != ProcessStates.STOPPED and not once:
                self._terminal.say("demo", f"{name} ended by itself, starts again")
        elif process.state == ProcessStates.FATAL:
            self._terminal.say("demo", f"{name} does not start; its lines above say why")


def supervise(configuration: Path) -> None:
    """Run the programs of this supervisord file until SIGINT, SIGTERM or SIGHUP."""
    options = ServerOptions()
    options.realize(["-n", "-c", str(configuration)])
    options.first = True
    options.test = False
    try:
        DemoSupervisor(options).main()
    except ExitNow:
        # How supervisord leaves its loop when everything has stopped.
        options.close_logger()
