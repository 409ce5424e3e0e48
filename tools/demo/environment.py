"""Every setting that the demo fixes for the product and its sandbox, in one place."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from tools.demo.folder import DemoFolder

# Only the sandbox knows this client, and only this machine can reach the sandbox.
CLIENT_ID = "sandbox-client"
CLIENT_SECRET = "sandbox-secret"
TOPIC = "projects/sandbox/topics/gmail"
PUSH_SERVICE_ACCOUNT = "push@sandbox.iam.gserviceaccount.com"
PERSON = "robin@example.com"
# Employers whose jobs stand on the sandbox's boards. The address of a career page is looked up there, too.
COMPANIES = (
    *("greenhouse:brightwell-health", "greenhouse:halden-freight", "greenhouse:kestrel-pay"),
    *("greenhouse:dunmore-learning", "greenhouse:aldergate-media"),
    *("jsonld:https://greywater.example/careers/greywater-utilities",),
    *("jsonld:https://foxglove.example/careers/foxglove-instruments",),
)


@dataclass(frozen=True)
class Ports:
    """Where the demo listens, on the loopback address alone."""

    web: int
    sandbox: int
    redis: int

    @property
    def web_url(self) -> str:
        """The address that the user opens."""
        return f"http://localhost:{self.web}"

    @property
    def sandbox_url(self) -> str:
        """The address of the sandbox Google, for the product."""
        return f"http://127.0.0.1:{self.sandbox}"


def product_settings(folder: DemoFolder, ports: Ports) -> dict[str, str]:
    """The product's settings, as `.env.example` names them."""
    secrets = folder.secrets()
    return {
        "DATABASE_URL": f"sqlite:///{quote(str(folder.path / 'hearback.db'))}",
        "REDIS_URL": f"redis://:{secrets['REDIS_PASSWORD']}@127.0.0.1:{ports.redis}/0",
        "SECRET_KEY": secrets["SECRET_KEY"],
        "TOKEN_KEYS": secrets["TOKEN_KEYS"],
        "BASE_URL": ports.web_url,
        "PORT": str(ports.web),
        # A server on a platform listens to the world; a demo where all may sign in must not.
        "BIND": "127.0.0.1",
        "PROCESSES": "2",
        "GOOGLE_CLIENT_ID": CLIENT_ID,
        "GOOGLE_CLIENT_SECRET": CLIENT_SECRET,
        "GOOGLE_DISCOVERY_URL": f"{ports.sandbox_url}/.well-known/openid-configuration",
        "GMAIL_API_URL": ports.sandbox_url,
        "CALENDAR_API_URL": ports.sandbox_url,
        "PUBSUB_TOPIC": TOPIC,
        "PUSH_AUDIENCE": f"{ports.web_url}/push/gmail",
        "PUSH_SERVICE_ACCOUNT": PUSH_SERVICE_ACCOUNT,
        "PUSH_CERTS_URL": f"{ports.sandbox_url}/oauth2/v1/certs",
        "MAIL_FROM": "Hearback <hearback@example.com>",
        "ADMIN_EMAILS": PERSON,
        # The sandbox has no quota. By Google's, the first 240 mails of a file are read at once and the
        # rest a minute later, for which nobody who tries this wants to wait.
        "QUOTA_USER_MINUTE": "600000",
        **board_settings(folder, ports),
    }


def board_settings(folder: DemoFolder, ports: Ports) -> dict[str, str]:
    """The job boards of the sandbox, and no others: a demo asks nobody outside."""
    return {
        "BOARDS": "greenhouse,remotive,jsonld",
        "BOARD_COMPANIES": ", ".join(COMPANIES),
        "BOARD_CACHE": str(folder.path / "boards"),
        "GREENHOUSE_URL": f"{ports.sandbox_url}/boards/greenhouse",
        "REMOTIVE_URL": f"{ports.sandbox_url}/boards/remotive",
        "JSONLD_URL": ports.sandbox_url,
    }


def sandbox_settings(folder: DemoFolder, ports: Ports) -> dict[str, str]:
    """The sandbox's settings, as `python -m sandbox --help` names them."""
    return {
        "SANDBOX_PORT": str(ports.sandbox),
        "SANDBOX_DATA": str(folder.path / "sandbox"),
        "SANDBOX_CLIENT_ID": CLIENT_ID,
        "SANDBOX_CLIENT_SECRET": CLIENT_SECRET,
        "SANDBOX_PUSH_URL": f"http://127.0.0.1:{ports.web}/push/gmail",
        "SANDBOX_PUSH_AUDIENCE": f"{ports.web_url}/push/gmail",
        "SANDBOX_PUSH_SERVICE_ACCOUNT": PUSH_SERVICE_ACCOUNT,
        "SANDBOX_TOPIC": TOPIC,
    }


def process_settings(environ: Mapping[str, str], ports: Ports) -> dict[str, str]:
    """What every process of the demo needs from its surroundings."""
    no_proxy = [*filter(None, [environ.get("NO_PROXY") or environ.get("no_proxy")])]
    loopback = ",".join([*no_proxy, "localhost", "127.0.0.1"])
    settings = {
        # The commands of the Procfile are those of this virtual environment.
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), environ.get("PATH", "")]),
        # A proxy of the user's must not stand between two processes of one machine.
        "NO_PROXY": loopback,
        "no_proxy": loopback,
        "PYTHONUNBUFFERED": "1",
    }
    if sys.platform == "darwin":
        # Workers fork, and macOS ends a forked process that looks up system proxies otherwise.
        settings["OBJC_DISABLE_INITIALIZE_FORK_SAFETY"] = "YES"
    return settings
