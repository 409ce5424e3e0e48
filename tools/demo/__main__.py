"""Starts the demo, or empties its folder: what `make demo` and `make demo-reset` call."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from tools.demo.environment import Ports, process_settings, product_settings, sandbox_settings
from tools.demo.errors import DemoError
from tools.demo.folder import DemoFolder
from tools.demo.programs import procfile, programs, redis_conf, supervisord_conf
from tools.demo.supervise import supervise
from tools.ports import PortError, any_free, free_pair
from tools.redis_binary import RedisMissingError, find_redis_server

DEFAULT_PORT = 8000
RELEASE_TIMEOUT_SECONDS = 300


def main(arguments: list[str]) -> int:
    """Run one of the two commands; return the exit code of the process."""
    parser = argparse.ArgumentParser(prog="python -m tools.demo", description=__doc__)
    parser.add_argument("command", choices=["run", "reset"], nargs="?", default="run")
    parser.add_argument("--folder", type=Path, default=Path(".demo"), help="where its data lies")
    options = parser.parse_args(arguments)
    try:
        folder = DemoFolder(options.folder.absolute())
        if options.command == "reset":
            folder.empty()
            print(f"{options.folder}/ is empty.")
            return 0
        run(folder)
    except (DemoError, PortError, RedisMissingError) as error:
        print(f"make demo: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def run(folder: DemoFolder) -> None:
    """Prepare everything, then supervise until the user stops it."""
    wanted = wanted_port(os.environ.get("PORT", ""))
    asked_mbox = wanted_mbox(os.environ.get("MBOX", ""))
    server = find_redis_server()
    ports = choose_ports(wanted)
    # Last, because a demo that could not start has taken no mail from anywhere.
    mbox = folder.remember_mail(asked_mbox)
    folder.announce(f"{ports.web_url}, process {os.getpid()}")

    commands = procfile(Path("Procfile"))
    settings = product_settings(folder, ports)
    os.environ.update(settings | sandbox_settings(folder, ports) | process_settings(os.environ, ports))
    os.environ.update(
        DEMO_FOLDER=str(folder.path),
        DEMO_REDIS_SERVER=str(server),
        DEMO_MBOX=str(mbox or ""),
        DEMO_SAMPLE="" if mbox else "yes",
        DEMO_SANDBOX_PAGE=f"http://localhost:{ports.sandbox}",
        DEMO_UID=str(os.getuid()),
    )
    folder.write_private("redis.conf", redis_conf(ports.redis, folder.secrets()["REDIS_PASSWORD"]))
    configuration = folder.write_private("supervisord.conf", supervisord_conf(programs(commands)))
    release(commands["release"])
    supervise(configuration)


def wanted_port(text: str) -> int:
    """Read PORT; raise DemoError for what is no port of an ordinary user."""
    if not text.strip():
        return DEFAULT_PORT
    if not text.strip().isdecimal() or not 1024 <= int(text) <= 65534:
        raise DemoError(f"PORT is {text!r}; it must be a number from 1024 to 65534.")
    return int(text)


def wanted_mbox(text: str) -> Path | None:
    """Read MBOX; raise DemoError if it names no readable file."""
    if not text.strip():
        return None
    file = Path(text).expanduser().absolute()
    if not file.is_file():
        raise DemoError(f"MBOX names {file}, and there is no such file.")
    if not os.access(file, os.R_OK):
        raise DemoError(f"MBOX names {file}, and you may not read it.")
    return file


def choose_ports(wanted: int) -> Ports:
    """Return free ports, `wanted` and the next one if possible, and say so if not."""
    web = free_pair(wanted)
    if web != wanted:
        print(
            f"Another program uses port {wanted} or {wanted + 1}, so this demo takes {web} and {web + 1}.",
            flush=True,
        )
    return Ports(web=web, sandbox=web + 1, redis=any_free())


def release(command: str) -> None:
    """Bring the database up to date, as a platform does before it starts the processes."""
    try:
        ended = subprocess.run(["sh", "-c", f"exec {command}"], timeout=RELEASE_TIMEOUT_SECONDS)
    except subprocess.TimeoutExpired:
        raise DemoError(f"`{command}` did not end within {RELEASE_TIMEOUT_SECONDS} seconds.") from None
    if ended.returncode != 0:
        raise DemoError(f"`{command}` failed; its message is above.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
