"""The control API: deliveries in bulk and by file, refusals that name the field, and who may call it."""

import sys
from pathlib import Path

import pytest
import requests

from sandbox.client import ControlError, Mail, SandboxControl
from tests.sandbox.conftest import ROBIN, Api
from tests.support import servers


def test_many_mails_and_many_mailboxes(sandbox: SandboxControl) -> None:
    addresses = [f"user{number}@example.com" for number in range(300)]
    sandbox.create_accounts(addresses)
    mail: Mail = {"from_": "a@acme.example", "subject": "Hello", "text": "x"}
    delivered = sandbox.deliver_many((address, mail) for address in addresses)
    assert [entry.address for entry in delivered] == addresses
    assert sandbox.account(addresses[-1])["messages"] == 1


def test_broken_mails_among_many_are_named_and_the_rest_arrives(sandbox: SandboxControl) -> None:
    good = {"address": ROBIN, "from": "a@acme.example", "subject": "Hi"}
    mails = [good, good | {"from": "nobody"}, {"address": ROBIN, "raw": "%%%"}, 7, good]
    url = f"{sandbox.url}/control/deliver-many"
    answer = requests.post(url, json={"mails": mails}, timeout=10).json()
    assert len(answer["delivered"]) == 2
    assert [(e["index"], e["error"].split(":")[0]) for e in answer["failed"]] == [
        (1, "from"),
        (2, "raw"),
        (3, "mail"),
    ]


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("address", {"address": "nobody"}),
        ("from", {"from": ""}),
        ("from", {"from": "a@b@c"}),
        ("date", {"date": "tomorrow"}),
        ("internal_date", {"internal_date": "tomorrow"}),
        ("labels", {"labels": "INBOX"}),
        ("header", {"subject": "x\r\nBcc: y@example.com"}),
        ("attachments", {"attachments": [{"filename": "x", "data": "%%%"}]}),
        ("raw", {"raw": "bm8gaGVhZGVy"}),
    ],
)
def test_refusals_name_the_field(sandbox: SandboxControl, field: str, change: dict[str, object]) -> None:
    good = {"address": ROBIN, "from": "a@acme.example", "subject": "Hi"}
    answer = requests.post(f"{sandbox.url}/control/deliver", json=good | change, timeout=10)
    assert answer.status_code == 400
    assert answer.json()["error"].startswith(field)


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("delete", {"address": "nobody@example.com", "id": "1"}, 404),
        ("delete", {"address": ROBIN, "id": "1"}, 404),
        ("labels", {"address": ROBIN, "id": "1", "add": "x"}, 400),
        ("settings", {"speed": 1}, 400),
        ("settings", {"search_lag": "slow"}, 400),
        ("settings", {"push_url": "gopher://x"}, 400),
        ("settings", {"push_url": "http://[x"}, 400),
        ("settings", {"push_coalesce": 1}, 400),
        ("clock", {}, 400),
        ("clock", {"seconds": -1}, 400),
        ("wait-idle", {"timeout": 10**6}, 400),
        ("accounts", {"accounts": [1]}, 400),
        ("nothing", {}, 404),
    ],
)
def test_wrong_calls_are_client_errors(
    sandbox: SandboxControl, api: Api, path: str, body: dict[str, object], status: int
) -> None:
    answer = requests.post(f"{sandbox.url}/control/{path}", json=body, timeout=10)
    assert (answer.status_code, list(answer.json())) == (status, ["error"])


def test_own_dates_and_mailbox_files(sandbox: SandboxControl, api: Api, tmp_path: Path) -> None:
    raw = b"From: a@x.example\r\nDate: Sun, 01 Mar 2026 10:00:00 +0100\r\n\r\nx"
    mail = sandbox.deliver(ROBIN, raw=raw, internal_date="header")
    assert api.message(mail.id)["internalDate"] == "1772355600000"
    box = tmp_path / "box.mbox"
    box.write_bytes(b"From x Sun Mar  1 10:00:00 2026\n" + raw.replace(b"\r\n", b"\n") + b"\n")
    assert sandbox.deliver_mbox(ROBIN, box) == {"delivered": 1, "failed": []}
    box.write_bytes(b"\x00\x01 no mailbox")
    answer = sandbox.deliver_mbox(ROBIN, box)
    assert answer["delivered"] == 0
    assert "no mbox" in answer["failed"][0]["error"]


def test_reset_forgets_all_but_the_keys(sandbox: SandboxControl, api: Api) -> None:
    keys = requests.get(f"{sandbox.url}/oauth2/v1/certs", timeout=10).json()
    sandbox.settings(search_lag=5, token_lifetime=5)
    sandbox.fault("*", "500", count=5)
    sandbox.reset()
    assert api.raw("GET", "profile").status_code == 401
    assert sandbox.settings()["search_lag"] == 0
    assert sandbox.faults() == []
    with pytest.raises(ControlError):
        sandbox.account(ROBIN)
    assert requests.get(f"{sandbox.url}/oauth2/v1/certs", timeout=10).json() == keys
    token = sandbox.grant(ROBIN).access_token
    assert Api(sandbox.url, token).search() == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "sandbox.evil.example"},
        {"Host": "127.0.0.1.evil.example"},
        {"Origin": "http://evil.example"},
        {"Origin": "http://localhost:8000"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_other_sites_in_the_browser_are_refused(sandbox: SandboxControl, headers: dict[str, str]) -> None:
    for path in ("/control/accounts", "/employer/trouble"):
        answer = requests.post(f"{sandbox.url}{path}", json={"address": ROBIN}, headers=headers, timeout=10)
        assert answer.status_code == 403
    with pytest.raises(ControlError):
        sandbox.account(ROBIN)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("SANDBOX_PORT", "http"),
        ("SANDBOX_PORT", "70000"),
        ("SANDBOX_TOPIC", "gmail"),
        ("SANDBOX_PUSH_URL", "localhost"),
        ("SANDBOX_THREADS", "0"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_its_name(tmp_path: Path, variable: str, value: str) -> None:
    arguments = () if variable == "SANDBOX_PORT" else ("--port", "0")
    command = [sys.executable, "-m", "sandbox", *arguments]
    log = tmp_path / "log"
    with servers.process(command, log, env={variable: value}) as started:
        assert started.wait(20) == 2
    assert variable.removeprefix("SANDBOX_").lower() in log.read_text().lower()
