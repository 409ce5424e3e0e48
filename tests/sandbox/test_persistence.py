"""A killed sandbox continues where it was: same ids, same tokens, same keys, no push forgotten."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

from sandbox.client import SandboxControl
from tests.sandbox.conftest import FULL, ROBIN, TOPIC, Api, Receiver
from tests.support import servers

COMMAND = [sys.executable, "-m", "sandbox", "--port", "0"]


@contextmanager
def killed_at_the_end(folder: Path, name: str, *options: str) -> Iterator[SandboxControl]:
    """A sandbox on `folder` that gets SIGKILL, with all that it started, when the block ends."""
    log = folder / f"{name}.log"
    environment = {"SANDBOX_DATA": str(folder / "data")}
    with servers.process([*COMMAND, *options], log, env=environment) as started:
        servers.await_start(started, log, lambda: "listening" in log.read_text(), "the sandbox")
        url = log.read_text().split("url=")[1].split()[0]
        control = SandboxControl(url)
        yield control
        os.killpg(started.pid, signal.SIGKILL)
        started.wait(10)
        control.close()


def test_everything_survives_a_kill(tmp_path: Path) -> None:
    with killed_at_the_end(tmp_path, "first") as sandbox:
        tokens = sandbox.grant(ROBIN, ["openid", FULL])
        api = Api(sandbox.url, tokens.access_token)
        first = sandbox.deliver(ROBIN, from_="a@acme.example", subject="Hi", text="needle")
        gone = sandbox.deliver(ROBIN, from_="a@acme.example", subject="Gone")
        sandbox.delete(ROBIN, gone.id)
        sandbox.change_labels(ROBIN, first.id, add=["Job hunt"], remove=["UNREAD"])
        account = sandbox.account(ROBIN)
        keys = requests.get(f"{sandbox.url}/oauth2/v1/certs", timeout=10).json()
        message, history = api.message(first.id), api.history(account["historyFloor"])
        labels = api.get("gmail.users.labels.list", "labels")
    with killed_at_the_end(tmp_path, "second") as sandbox:
        api = Api(sandbox.url, tokens.access_token)
        again = sandbox.account(ROBIN)
        for name in ("historyId", "historyFloor", "messages", "threads", "sub", "grants"):
            assert again[name] == account[name]
        assert requests.get(f"{sandbox.url}/oauth2/v1/certs", timeout=10).json() == keys
        assert api.message(first.id) == message
        assert api.history(account["historyFloor"]) == history
        assert api.get("gmail.users.labels.list", "labels") == labels
        assert api.search("needle label:job-hunt") == [first.id]
        reply = sandbox.deliver(
            ROBIN,
            from_="a@acme.example",
            subject="Re: Hi",
            in_reply_to=first.rfc822_message_id,
        )
        assert reply.thread_id == first.thread_id
        assert reply.history_id > int(account["historyId"])
        form = {"grant_type": "refresh_token", "refresh_token": tokens.refresh_token}
        form |= {"client_id": "sandbox-client", "client_secret": "sandbox-secret"}
        answer = requests.post(f"{sandbox.url}/token", data=form, timeout=10)
        assert answer.status_code == 200
        sandbox.expire_history(ROBIN)
        sandbox.revoke(ROBIN)
    with killed_at_the_end(tmp_path, "third") as sandbox:
        api = Api(sandbox.url, tokens.access_token)
        assert api.raw("GET", "profile").status_code == 401
        cursor = sandbox.account(ROBIN)["historyFloor"]
        assert int(cursor) > reply.history_id


def test_watches_and_unheard_pushes_survive_a_kill(tmp_path: Path, receiver: Receiver) -> None:
    nobody = "http://127.0.0.1:9/nobody"
    with killed_at_the_end(tmp_path, "first", "--push-url", nobody) as sandbox:
        token = sandbox.grant(ROBIN).access_token
        sandbox.settings(push_on_watch=False)
        Api(sandbox.url, token).post("gmail.users.watch", "watch", {"topicName": TOPIC})
        missed = sandbox.deliver(ROBIN, from_="a@acme.example").history_id
        assert not sandbox.wait_idle(0)
    with killed_at_the_end(tmp_path, "second", "--push-url", receiver.url) as sandbox:
        receiver.wait(lambda pushes: bool(pushes))
        assert sandbox.wait_idle()
        new = sandbox.deliver(ROBIN, from_="a@acme.example").history_id
        receiver.wait(lambda pushes: len(pushes) == 2)
        assert [push.data["historyId"] for push in receiver.pushes] == [missed, new]


def test_sample_fills_an_empty_store_once(tmp_path: Path) -> None:
    counts = []
    for name in ("first", "second"):
        with killed_at_the_end(tmp_path, name, "--sample") as sandbox:
            account = sandbox.account(ROBIN)
            counts.append((account["messages"], account["historyId"]))
            assert account["name"] == "Robin Sample"
    assert counts[0] == counts[1]
    assert counts[0][0] > 0


def test_mbox_fills_the_mailbox_oldest_first_and_names_what_is_broken(tmp_path: Path) -> None:
    mails = [
        b"From x Mon Mar  2 10:00:00 2026\nFrom: b@x.example\nSubject: second\n"
        b"Date: Mon, 02 Mar 2026 10:00:00 +0000\n\n>From here on\n",
        b"From x Sun Mar  1 10:00:00 2026\nFrom: a@x.example\nSubject: first\n"
        b"X-Gmail-Labels: Sent,Opened,Job hunt\nDate: Sun, 01 Mar 2026 10:00:00 +0000\n\nx\n",
        b"From x Tue Mar  3 10:00:00 2026\nno header at all\n",
        b"From x Wed Mar  4 10:00:00 2026\nFrom: c@x.example\nSubject: undated\n\nx\n",
    ]
    path = tmp_path / "mail.mbox"
    path.write_bytes(b"\n".join(mails))
    options = ("--mbox", str(path), "--mailbox", "Kim@Example.com")
    with killed_at_the_end(tmp_path, "mbox", *options) as sandbox:
        found = sandbox.messages("kim@example.com")
        assert [mail["subject"] for mail in found] == ["undated", "second", "first"]
        assert found[0]["internalDate"] == "1772618400000"
        assert int(found[2]["historyId"]) < int(found[1]["historyId"])
        assert found[2]["labelIds"] == ["SENT", "Label_1"]
        assert found[1]["labelIds"] == ["INBOX"]
    assert "mail=2 reason=there is no From" in (tmp_path / "mbox.log").read_text()
