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
