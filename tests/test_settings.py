"""What is wrong in a setting stops the start with its name, and never with its value."""

import pytest

from hearback import config
from tests.support import product

GOOD = {**product.environment("sqlite:///x.db", "redis://localhost/0"), "MAIL_FROM": "news@hearback.example"}


@pytest.mark.parametrize(
    "url",
    [
        "smtp://user:p#x@host:587",
        "smtp://user:p?x@host",
        "smtp://user:p[x@host",
        "smtp://host:abc",
        "smtp://host:99999",
        "smtp://user:pä@host",
        "smtp://user:p%C3%A4@host",
        "http://host",
    ],
)
def test_an_address_of_a_mail_server_that_cannot_work_stops_the_start(url: str) -> None:
    with pytest.raises(config.SettingError, match="SMTP_URL") as told:
        config.from_environ(GOOD | {"SMTP_URL": url})
    assert url not in str(told.value)


@pytest.mark.parametrize("url", ["smtp://user:p%23x@host:587", "smtps://host", "smtp://127.0.0.1:2525"])
def test_one_that_can_is_taken(url: str) -> None:
    assert config.from_environ(GOOD | {"SMTP_URL": url}).smtp_url == url


def test_an_address_of_a_language_model_that_is_none_stops_the_start() -> None:
    for url in ("http://[x", "http://host:abc", "ftp://host"):
        with pytest.raises(config.SettingError, match="LLM_BASE_URL"):
            config.from_environ(GOOD | {"LLM_BASE_URL": url, "LLM_MODEL": "small"})


@pytest.mark.parametrize(
    "url",
    [
        "remotive.com",
        "ftp://host",
        "http://",
        "http://user:p@host",
        "http://host?x=1",
        "http://host#x",
        "http://[x",
    ],
)
def test_an_address_of_a_board_that_cannot_be_asked_stops_the_start(url: str) -> None:
    with pytest.raises(config.SettingError, match="GREENHOUSE_URL"):
        config.from_environ(GOOD | {"GREENHOUSE_URL": url})


def test_an_address_of_a_board_may_have_a_port_and_a_path() -> None:
    found = config.from_environ(GOOD | {"LEVER_URL": "http://127.0.0.1:8080/v0/", "ASHBY_URL": ""})
    assert found.board_urls["lever"] == "http://127.0.0.1:8080/v0"
    assert "ashby" not in found.board_urls


def test_a_key_with_a_line_s_end_in_it_stops_the_start_without_being_told() -> None:
    with pytest.raises(config.SettingError, match="JOOBLE_KEY") as told:
        config.from_environ(GOOD | {"JOOBLE_KEY": "hush\nX-Other: 1"})
    assert "hush" not in str(told.value)


def test_default_searches_are_words_and_a_place() -> None:
    assert config.from_environ(GOOD).default_searches == (
        ("software engineer", "San Francisco, CA"),
        ("software engineer", "remote"),
    )
    assert config.from_environ(GOOD | {"DEFAULT_SEARCHES": "cook; nurse @ Lyon"}).default_searches == (
        ("cook", ""),
        ("nurse", "Lyon"),
    )
    assert config.from_environ(GOOD | {"DEFAULT_SEARCHES": "none"}).default_searches == ()
    with pytest.raises(config.SettingError, match="DEFAULT_SEARCHES"):
        config.from_environ(GOOD | {"DEFAULT_SEARCHES": "@ Lyon"})
