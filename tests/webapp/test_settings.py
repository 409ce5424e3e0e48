"""The settings page says what leaves the service, and a user's word decides about their own mail."""

import pytest
from flask import Flask

from hearback.models import AskedDay, ModelAnswer, User, now
from jobs.second_look import Unhurried, looker
from tests.support import product
from tests.webapp import story
from tests.webapp.reader import Reader


@pytest.fixture
def model(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """An operator who has set up a language model."""
    monkeypatch.setenv("LLM_BASE_URL", "https://models.example:8443/v1")
    monkeypatch.setenv("LLM_API_KEY", "sk-secret")
    monkeypatch.setenv("LLM_MODEL", "small-7b")
    monkeypatch.setenv("LLM_DAILY_BUDGET", "50")
    product.forget()


def test_every_page_leads_there(robin: Reader) -> None:
    links = [a.attributes["href"] for a in robin.see("/").css(".account a")]
    assert "/settings" in links
    assert robin.app.test_client().get("/settings").status_code in {302, 401}


def test_without_a_model_nothing_leaves_and_there_is_nothing_to_choose(robin: Reader) -> None:
    text = robin.read("/settings")
    assert "Nothing of your mail is sent to a language model." in text
    assert "No language model is set up." in text
    assert not robin.page.css("form[action='/settings/second-look']")
    answer = robin.post("/settings/second-look", allow="yes")
    assert answer.status_code == 400 and "There is no language model here" in answer.text
    assert not User.get_by_id(robin.user.id).second_look


def test_it_is_off_until_the_user_allows_it(model: None, robin: Reader) -> None:
    text = robin.read("/settings")
    assert "Nothing of your mail is sent to a language model." in text
    for words_ in ("models.example:8443", "small-7b", "first 4,000 characters", "0 of 50 questions asked"):
        assert words_ in text
    assert "sk-secret" not in robin.client.get("/settings").text
    assert looker(story.mailbox(robin.user), Unhurried()) is None


def test_allowing_and_stopping_is_one_button_each(model: None, robin: Reader, mallory: Reader) -> None:
    box = story.mailbox(robin.user)
    assert "may be asked about your mail" in robin.press("/settings", "Allow it")
    assert looker(box, Unhurried()) is not None
    assert looker(story.mailbox(mallory.user), Unhurried()) is None
    AskedDay.take(now(), 50)
    AskedDay.take(now(), 50)
    ModelAnswer.create(user=robin.user, mailbox=box, key="k", outcome="taken", asked_at=now())
    text = robin.read("/settings")
    assert "Some of your mail may be sent to a language model." in text
    assert "2 of 50 questions asked, all users together; 1 about your mail." in text
    assert "nothing of your mail is sent" in robin.press("/settings", "Stop asking")
    assert looker(box, Unhurried()) is None


def test_a_way_that_others_can_read_along_is_called_so(
    model: None, robin: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "The way there is not encrypted"
    assert said not in robin.read("/settings")
    monkeypatch.setenv("LLM_BASE_URL", "http://127.0.0.1:11434/v1")
    product.forget()
    assert said not in robin.read("/settings")
    monkeypatch.setenv("LLM_BASE_URL", "http://models.example/v1")
    product.forget()
    assert said in robin.read("/settings")


def test_a_foreign_form_changes_nothing(model: None, robin: Reader) -> None:
    assert robin.client.post("/settings/second-look", data={"allow": "yes"}).status_code == 400
    assert robin.post("/settings/second-look", allow="perhaps").status_code == 400
    assert not User.get_by_id(robin.user.id).second_look


def test_letters_by_the_model_are_a_choice_of_their_own(model: None, robin: Reader, mallory: Reader) -> None:
    text = robin.read("/settings")
    assert "Letters are written here" in text and "What not Your name, address, mail" in text
    assert "may be asked for your letters" in robin.press("/settings", "Allow it for my letters")
    row = User.get_by_id(robin.user.id)
    assert row.model_letters and not row.second_look
    assert not User.get_by_id(mallory.user.id).model_letters
    assert "letters are written here" in robin.press("/settings", "Write my letters here again")
    assert not User.get_by_id(robin.user.id).model_letters
    assert robin.post("/settings/letters", allow="perhaps").status_code == 400


def test_without_a_model_there_are_no_letters_to_allow(robin: Reader) -> None:
    assert "Letters by a language model" not in robin.read("/settings")
    assert robin.post("/settings/letters", allow="yes").status_code == 400
