"""The demo starts, mends what dies and leaves nothing behind, tried with real processes."""

import os
import signal
import socket
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from redis import Redis
from redis.exceptions import AuthenticationError

from sandbox.client import SandboxControl
from tests.support.demo import Demo, run_demo, running_demo, small_product
from tools.ports import free_pair

PERSON = "robin@example.com"
READY = "Be the employer"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    # Folders are called such things, and each of these characters means something to some part.
    return small_product(tmp_path / "a folder; 100% #1 'of' \"mine\"")


@pytest.fixture
def port() -> int:
    return free_pair(18000)


@contextmanager
def ready_demo(place: Path, port: int) -> Iterator[Demo]:
    with running_demo(place, PORT=str(port)) as demo:
        demo.wait_for(READY)
        demo.wait_for("worker at work")
        demo.wait_for("worker runs")
        yield demo


@pytest.fixture
def demo(place: Path, port: int) -> Iterator[Demo]:
    """A demo that a test may end."""
    with ready_demo(place, port) as demo:
        yield demo


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Demo, int]]:
    """A demo that outlasts a test, and its port: starting one takes some seconds."""
    port = free_pair(18000)
    with ready_demo(small_product(tmp_path_factory.mktemp("lasting")), port) as demo:
        yield demo, port


def family(demo: Demo) -> list[psutil.Process]:
    """Every process of the demo."""
    return psutil.Process(demo.process.pid).children(recursive=True)


def assert_all_gone(processes: list[psutil.Process]) -> None:
    gone, alive = psutil.wait_procs(processes, timeout=15)
    assert not [p for p in alive if p.status() != psutil.STATUS_ZOMBIE]
    assert len(gone) + len(alive) == len(processes)


def test_it_says_where_to_look_and_who_to_be(lasting: tuple[Demo, int]) -> None:
    demo, port = lasting
    assert f"http://localhost:{port} " in demo.output
    assert f"http://localhost:{port + 1} " in demo.output
    assert PERSON in demo.output
    assert "schema is up to date" in demo.output


def test_lines_carry_the_name_of_their_process(lasting: tuple[Demo, int]) -> None:
    assert "worker    | worker at work\n" in lasting[0].output


def test_the_sandbox_holds_the_sample_mailbox(lasting: tuple[Demo, int]) -> None:
    _, port = lasting
    sandbox = SandboxControl(f"http://127.0.0.1:{port + 1}")
    assert len(sandbox.messages(PERSON, limit=60)) == 60


def test_a_killed_worker_starts_again_and_its_old_children_are_gone(
    lasting: tuple[Demo, int],
) -> None:
    demo, _ = lasting
    before = [psutil.Process(pid) for pid in demo.worker_pids()]
    before[0].kill()
    demo.wait_for("worker at work", times=2)
    after = demo.worker_pids()
    assert_all_gone(before)
    assert not {p.pid for p in before} & set(after)
    assert all(psutil.pid_exists(pid) for pid in after)


def test_a_killed_redis_starts_again_with_its_address_and_password(
    lasting: tuple[Demo, int],
) -> None:
    demo, _ = lasting
    words = dict(
        line.split(maxsplit=1) for line in (demo.folder / ".demo" / "redis.conf").read_text().splitlines()
    )
    client = Redis(port=int(words["port"]), password=words["requirepass"])
    old = client.info("server")["process_id"]
    os.kill(old, signal.SIGKILL)
    demo.wait_for("redis runs", times=2)
    assert client.info("server")["process_id"] != old
    with pytest.raises(AuthenticationError):
        Redis(port=int(words["port"])).ping()


@pytest.mark.parametrize(
    "number",
    [signal.SIGINT, signal.SIGTERM, pytest.param(signal.SIGHUP, marks=pytest.mark.long)],
    ids=["ctrl-c", "terminate", "closed terminal"],
)
def test_a_signal_stops_every_process(demo: Demo, number: signal.Signals) -> None:
    processes = family(demo)
    assert len(processes) >= 8
    demo.process.send_signal(number)
    assert demo.wait_for_end() == 0
    assert_all_gone(processes)


def test_nothing_is_left_when_the_supervisor_itself_is_killed(demo: Demo) -> None:
    processes = family(demo)
    demo.process.kill()
    assert_all_gone(processes)


def test_a_second_demo_is_refused_while_one_runs_and_so_is_a_reset(
    lasting: tuple[Demo, int],
) -> None:
    demo, port = lasting
    for arguments in ([], ["reset"]):
        second = run_demo(demo.folder, *arguments)
        assert second.returncode == 1
        assert f"already runs here: http://localhost:{port}" in second.stderr
        assert "Ctrl-C" in second.stderr


def test_data_and_secrets_stay_until_a_reset(place: Path, port: int) -> None:
    folder = place / ".demo"
    kept: list[tuple[str, int]] = []
    for _ in range(2):
        with running_demo(place, PORT=str(port)) as demo:
            demo.wait_for(READY)
            sandbox = SandboxControl(f"http://127.0.0.1:{port + 1}")
            if not kept:
                sandbox.deliver(PERSON, from_="hr@example.org", subject="Hello", text="Hello")
            newest = sandbox.messages(PERSON, limit=1)[0]["id"]
            count = len(sandbox.messages(PERSON, limit=500))
            kept.append((f"{newest} {(folder / 'secrets.json').read_text()}", count))
            demo.process.send_signal(signal.SIGINT)
            demo.wait_for_end()
            demo.log.unlink()
    assert kept[0] == kept[1]
    assert stat.S_IMODE((folder / "secrets.json").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700

    assert run_demo(place, "reset").returncode == 0
    assert [entry.name for entry in folder.iterdir()] == ["lock"]


def test_a_port_in_use_is_named_and_the_next_pair_taken(place: Path, port: int) -> None:
    with socket.create_server(("127.0.0.1", port + 1)), running_demo(place, PORT=str(port)) as demo:
        demo.wait_for(READY)
        assert f"Another program uses port {port} or {port + 1}" in demo.output
        assert f"http://localhost:{port} " not in demo.output


def test_a_mailbox_file_fills_the_sandbox(place: Path, port: int) -> None:
    mbox = place / "my mail.mbox"
    mbox.write_text(
        "".join(
            f"From a@example.org Mon Jan  5 09:0{i}:00 2026\n"
            f"From: a@example.org\nTo: {PERSON}\nSubject: Mail {i}\n"
            f"Date: Mon, 05 Jan 2026 09:0{i}:00 +0000\nMessage-ID: <{i}@example.org>\n\nText\n\n"
            for i in (2, 0, 1)
        )
    )
    with running_demo(place, PORT=str(port), MBOX="my mail.mbox") as demo:
        demo.wait_for(READY)
        sandbox = SandboxControl(f"http://127.0.0.1:{port + 1}")
        mails = sandbox.messages(PERSON, limit=10)
        assert [mail["subject"] for mail in mails] == ["Mail 2", "Mail 1", "Mail 0"]
        demo.process.send_signal(signal.SIGINT)
        demo.wait_for_end()

    other = place / "other.mbox"
    other.write_text("From b@example.org Mon Jan  5 09:00:00 2026\nSubject: Other\n\nText\n")
    refused = run_demo(place, PORT=str(port), MBOX=str(other))
    assert refused.returncode == 1
    assert "make demo-reset" in refused.stderr


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        ({"MBOX": "nowhere.mbox"}, "there is no such file"),
        ({"MBOX": "."}, "there is no such file"),
        ({"PORT": "http"}, "PORT is 'http'"),
        ({"PORT": "80"}, "PORT is '80'"),
        ({"PORT": "65535"}, "PORT is '65535'"),
    ],
)
def test_bad_wishes_are_refused_in_a_sentence(place: Path, settings: dict[str, str], complaint: str) -> None:
    refused = run_demo(place, **settings)
    assert refused.returncode == 1
    assert complaint in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_release_that_fails_stops_the_start(place: Path, port: int) -> None:
    (place / "release.py").write_text("raise SystemExit('the disk is full')")
    refused = run_demo(place, PORT=str(port))
    assert refused.returncode == 1
    assert "the disk is full" in refused.stderr
    assert "`python release.py` failed" in refused.stderr
