"""What the reading model is given of a mail, and that its opinion is a probability."""

import math

import pytest

from hearback.mail import encoder, wordpiece
from hearback.mail.sentences import Sentence, sentence, split
from hearback.mail.verdict import Category

REFUSAL = "We have decided to continue with other candidates for this role."
NEWS = [
    f"In part {number} of this letter we tell you at length about our garden and its bees."
    for number in range(60)
]


def words(sentences: list[Sentence], telling: set[int] = frozenset()) -> str:
    """The text that the model reads."""
    by_id = {number: token for token, number in wordpiece.vocabulary().items()}
    return " ".join(by_id[number] for number in encoder.tokenized(sentences, telling).ids)


def test_each_category_gets_a_probability_and_each_sentence_too() -> None:
    opinion = encoder.opinion([sentence("Your application", subject=True), sentence(REFUSAL)], set())
    assert set(opinion.logs) == set(Category)
    assert sum(math.exp(log) for log in opinion.logs.values()) == pytest.approx(1, abs=1e-5)
    assert max(opinion.logs, key=lambda category: opinion.logs[category]) is Category.rejection
    assert set(opinion.decisive) == {0, 1}
    assert opinion.decisive[1] > opinion.decisive[0]


def test_a_telling_sentence_is_read_wherever_it_stands_in_a_long_mail() -> None:
    long = [sentence("News", subject=True), *map(sentence, NEWS), sentence(REFUSAL)]
    assert "candidates" not in words(long)
    assert "candidates" in words(long, {len(long) - 1})
    assert words(long, {len(long) - 1}).index("garden") < words(long, {len(long) - 1}).index("candidates")


def test_no_mail_is_read_for_longer_than_its_share() -> None:
    endless = split("word " * 100_000)
    assert len(encoder.tokenized(endless, set(range(len(endless)))).ids) <= encoder.MOST_TOKENS


def test_what_is_said_twice_is_read_once() -> None:
    assert words([sentence(REFUSAL)] * 30) == words([sentence(REFUSAL)])


def test_an_empty_mail_is_nothing_to_be_sure_of() -> None:
    assert encoder.opinion([], set()).decisive == {}


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("unbelievably good", ["un", "##bel", "##ie", "##va", "##bly", "good"]),
        ("résumé", ["resume"]),
        ("it's 9:30", ["it", "'", "s", "9", ":", "30"]),
        ("snake_case", ["snake", "_", "case"]),
        ("\U0001f389", ["[UNK]"]),
        ("", []),
    ],
)
def test_words_are_cut_into_the_longest_known_pieces(text: str, pieces: list[str]) -> None:
    by_id = {number: token for token, number in wordpiece.vocabulary().items()}
    assert [by_id[number] for number in wordpiece.tokens(text, 50)] == pieces


def test_a_word_without_end_costs_no_more_than_its_length() -> None:
    assert len(wordpiece.tokens("x" * 100_000, 80)) <= 80
