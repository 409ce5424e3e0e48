"""What the demo runs: the commands of the Procfile, Redis and the sandbox, for supervisord."""

import shlex
from dataclasses import dataclass, field
from pathlib import Path

# `release` ends, and `pull` is for machines that Google cannot reach; the sandbox can.
FROM_PROCFILE = ("web", "worker", "scheduler")
# With a file to fill it from, or else with the sample mailbox; both only fill an empty store.
SANDBOX = 'python -m sandbox ${DEMO_MBOX:+--mbox "$DEMO_MBOX"} ${DEMO_SAMPLE:+--sample}'

# What every program shares. Only its first process is asked to stop: web and worker pass that on,
# and to their children a second signal would mean to drop the job in hand.
COMMON = {
    "autorestart": "true",
    "startretries": "50",
    "killasgroup": "true",
    "stopwaitsecs": "10",
    "redirect_stderr": "true",
    "stdout_logfile": "NONE",
    "stdout_events_enabled": "true",
}
# What the product stands on starts before it and stops after it; each group stops at one time.
GROUPS = {"ground": 10, "product": 20}
# A program that ends when it has done its work.
ONCE = {"autorestart": "false", "startsecs": "0", "exitcodes": "0"}


@dataclass(frozen=True)
class Program:
    """One supervised command, for a shell."""

    name: str
    command: str
    group: str
    options: dict[str, str] = field(default_factory=dict)


def procfile(path: Path) -> dict[str, str]:
    """Return the Procfile's commands by the name of their process."""
    lines = (line.partition(":") for line in path.read_text(encoding="utf-8").splitlines())
    return {name.strip(): command.strip() for name, colon, command in lines if colon}


def programs(commands: dict[str, str]) -> list[Program]:
    """Return everything that a demo runs. `commands` are the Procfile's.

    Paths come from the environment, never from the command: supervisord's file has no way to
    quote a folder's name that holds `#`, `;` or `%`.
    """
    # Gunicorn would wait half a minute at SIGTERM for pages that stay connected; SIGINT is quick.
    stop_web = {"stopsignal": "INT"}
    return [
        Program("redis", 'cd "$DEMO_FOLDER" && exec "$DEMO_REDIS_SERVER" redis.conf', "ground"),
        Program("sandbox", f"exec {SANDBOX}", "ground"),
        *(
            Program(name, f"exec {commands[name]}", "product", stop_web if name == "web" else {})
            for name in FROM_PROCFILE
        ),
        Program("ready", "exec python -m tools.demo.ready", "product", ONCE),
    ]


def supervisord_conf(listed: list[Program]) -> str:
    """Return supervisord's configuration for these programs."""
    sections = {
        "supervisord": {
            "nodaemon": "true",
            # tools/demo/supervise.py prints what happens; supervisord itself keeps to errors.
            "loglevel": "error",
            "logfile": "/dev/null",
            "logfile_maxbytes": "0",
            "pidfile": "%(here)s/supervisord.pid",
            # Said aloud, or supervisord warns everybody who is root in a container.
            "user": "%(ENV_DEMO_UID)s",
        }
    }
    for group, priority in GROUPS.items():
        names = ",".join(program.name for program in listed if program.group == group)
        sections[f"group:{group}"] = {"programs": names, "priority": str(priority)}
    for program in listed:
        command = f"sh -c {shlex.quote(program.command)}"
        sections[f"program:{program.name}"] = {
            "command": command.replace("%", "%%"),
            **COMMON,
            **program.options,
        }
    return "\n".join(
        f"[{name}]\n" + "".join(f"{key}={value}\n" for key, value in options.items())
        for name, options in sections.items()
    )


def redis_conf(port: int, password: str) -> str:
    """Return Redis's configuration; its folder is the one that it is started in."""
    return "\n".join(
        [
            "bind 127.0.0.1",
            f"port {port}",
            f"requirepass {password}",
            "dbfilename redis.rdb",
            "save 60 1",
            # Its advice about the kernel's settings is for servers, not for who tries a demo.
            "logfile redis.log",
            "",
        ]
    )
