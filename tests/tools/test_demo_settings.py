"""The demo sets what the product asks for, and the example of all settings is complete."""

import configparser
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from hearback.boards.registry import usable
from hearback.config import REQUIRED, from_environ
from tests.support.servers import ROOT
from tools.demo.environment import Ports, process_settings, product_settings, sandbox_settings
from tools.demo.folder import DemoFolder
from tools.demo.programs import procfile, programs, supervisord_conf

PORTS = Ports(web=8000, sandbox=8001, redis=6379)


@pytest.fixture
def folder(tmp_path: Path) -> DemoFolder:
    return DemoFolder(tmp_path / "my demo #1")


class Asked(Mapping[str, str]):
    """An environment that remembers which names were asked for."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values_ = values
        self.names: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.names.add(name)
        return self.values_[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.values_)

    def __len__(self) -> int:
        return len(self.values_)


def test_the_product_takes_the_settings_of_the_demo(folder: DemoFolder) -> None:
    settings = from_environ(product_settings(folder, PORTS))
    assert settings.base_url == "http://localhost:8000"
    assert settings.push_audiences == ("http://localhost:8000/push/gmail",)
    Fernet(settings.token_keys[0])


def test_product_and_sandbox_agree(folder: DemoFolder) -> None:
    product = product_settings(folder, PORTS)
    sandbox = sandbox_settings(folder, PORTS)
    assert product["GOOGLE_CLIENT_SECRET"] == sandbox["SANDBOX_CLIENT_SECRET"]
    assert product["PUSH_AUDIENCE"] == sandbox["SANDBOX_PUSH_AUDIENCE"]
    assert product["PUBSUB_TOPIC"] == sandbox["SANDBOX_TOPIC"]


def test_every_board_that_is_asked_stands_in_the_sandbox(folder: DemoFolder) -> None:
    """The demo promises that nothing leaves this machine."""
    settings = from_environ(product_settings(folder, PORTS))
    asked = usable(settings)
    assert asked
    for name in asked:
        assert settings.board_urls[name].startswith(PORTS.sandbox_url)
    assert {board for board, _ in settings.board_companies} <= asked.keys()
    assert Path(settings.board_cache).is_relative_to(folder.path)


def test_secrets_differ_between_demos_and_last_in_one(tmp_path: Path) -> None:
    first, second = DemoFolder(tmp_path / "1"), DemoFolder(tmp_path / "2")
    assert first.secrets() == first.secrets()
    assert not set(first.secrets().values()) & set(second.secrets().values())


def test_a_proxy_of_the_user_stays_out_of_the_loopback() -> None:
    settings = process_settings({"no_proxy": "intranet"}, PORTS)
    assert settings["NO_PROXY"] == "intranet,localhost,127.0.0.1"


def test_supervisord_runs_what_the_procfile_says() -> None:
    commands = procfile(ROOT / "Procfile")
    assert {"release", "web", "worker", "scheduler"} <= commands.keys()
    written = configparser.RawConfigParser(inline_comment_prefixes=(";", "#"))
    written.read_string(supervisord_conf(programs(commands)))
    for name in ("web", "worker", "scheduler"):
        assert commands[name] in written[f"program:{name}"]["command"]


def test_the_example_names_every_setting_that_is_read(folder: DemoFolder) -> None:
    asked = Asked(product_settings(folder, PORTS))
    from_environ(asked)
    example = (ROOT / ".env.example").read_text()
    named = set(re.findall(r"\b([A-Z][A-Z_]+)=", example))
    assert asked.names | set(REQUIRED) <= named
