"""The product's real processes on real servers: what a push meets in production."""

import base64
import json
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests

from hearback.models import Application, Event, Mailbox, User
from sandbox.client import SandboxControl
from tests.support import product, servers
from tools.ports import any_free

ADDRESS = "robin@example.com"
ACKNOWLEDGED = (
    "Hi Robin,\n\nThank you for applying for the Backend Engineer position at Acme Robotics. "
    "We have received your application and our team will review it.\n\n"
    "Best regards,\nThe Acme Robotics Recruiting Team"
)
REJECTED = (
    "Hi Robin,\n\nThank you for your interest in the Backend Engineer position at Acme Robotics. "
    "Unfortunately, we have decided not to move forward with your application.\n\n"
    "Best regards,\nThe Acme Robotics Recruiting Team"
)
INVITED = (
    "Hi Robin,\n\nGreat news! We would like to invite you to an interview for the Backend Engineer "
    "position at Acme Robotics. Please choose a time that suits you.\n\n"
    "Best regards,\nThe Acme Robotics Recruiting Team"
)


@dataclass
class Service:
    """A product under test: where it is, and the Google that stands beside it."""

    url: str
    google: SandboxControl
    env: dict[str, str]
    folder: Path

    @contextmanager
    def worker(self, *arguments: str) -> Iterator[object]:
        """The worker pool as the Procfile starts it, or another program in its place."""
        command = [sys.executable, *(arguments or ("-m", "jobs.worker"))]
        with servers.process(command, self.folder / "worker.log", env=self.env) as started:
            yield started

    def tell(self, subject: str, text: str, **more: str | int) -> str:
        """Let the employer write; return the mail's Gmail id."""
        mail = {"from_": "jobs@acmerobotics.com", "from_name": "Acme Robotics Recruiting", **more}
        return self.google.deliver(ADDRESS, subject=subject, text=text, **mail).id

    def statuses(self) -> list[tuple[str | None, str]]:
        """Company and status of each application."""
        rows = Application.select(Application.company, Application.status).order_by(Application.id)
        return list(rows.tuples())

    def counted(self) -> list[str]:
        """Gmail ids of the mails in timelines, in order; a mail counted twice would stand twice."""
        rows = Event.select(Event.tiebreak).where(Event.kind == "mail").order_by(Event.happened_at)
        return [row[0] for row in rows.tuples()]


@contextmanager
def service(
    database_url: str, redis_url: str, google_url: str, *, workers: int = 2, web: bool = True
) -> Iterator[Service]:
    """Web process and this process's own view of the database; workers are the test's to start."""
    with tempfile.TemporaryDirectory(prefix="hearback-service-") as name:
        port = any_free()
        env = product.environment(database_url, redis_url, google_url)
        url = f"http://localhost:{port}"
        env |= {"BASE_URL": url, "PORT": str(port), "BIND": "127.0.0.1", "PROCESSES": str(workers)}
        # These tests are about mail. Without its keys this board is not asked, and no other is.
        env |= {"PUSH_AUDIENCE": f"{url}/push/gmail", "BOARDS": "adzuna"}
        control = SandboxControl(google_url)
        control.settings(push_url=f"http://127.0.0.1:{port}/push/gmail", push_audience=f"{url}/push/gmail")
        made = Service(url, control, env, Path(name))
        with product.running(env):
            if not web:
                yield made
                return
            command = [
                sys.executable,
                "-m",
                "gunicorn",
                "--config",
                "webapp/gunicorn.py",
                "webapp:create_app()",
            ]
            log = Path(name) / "web.log"
            with servers.process(command, log, env=env) as started:
                servers.await_start(
                    started, log, lambda: answers(f"{url}/readyz"), "the web process is ready"
                )
                yield made
                started.send_signal(signal.SIGTERM)


def answers(url: str) -> bool:
    """Whether the address answers with 200."""
    try:
        return requests.get(url, timeout=5).status_code == 200
    except requests.ConnectionError:
        return False


def connect(made: Service, address: str = ADDRESS) -> Mailbox:
    """A user with a mailbox as after the consent: tokens, cursor and watch, no old mail to read."""
    made.google.create_account(address, "Robin Sample")
    tokens = made.google.grant(address)
    user, _ = User.get_or_create(email=address, defaults={"google_sub": tokens.sub})
    mailbox = Mailbox.create(user=user, address=address, refresh_token=tokens.refresh_token)
    return mailbox


def told(log: Path, name: str) -> list[dict[str, str]]:
    """The fields of each log event `name`."""
    lines = [line for line in log.read_text(errors="replace").splitlines() if f" {name} " in f"{line} "]
    return [dict(word.partition("=")[::2] for word in line.split() if "=" in word) for line in lines]


def body(address: str, history_id: object) -> bytes:
    """A push's body as Pub/Sub wraps it."""
    data = base64.urlsafe_b64encode(json.dumps({"emailAddress": address, "historyId": history_id}).encode())
    return json.dumps({"message": {"data": data.decode(), "messageId": "1"}, "subscription": "s"}).encode()
