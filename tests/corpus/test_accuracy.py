"""What the corpus says of the reading of mail it has not taught: limits, and a page that tells them."""

import pytest

from corpus.accuracy import DOCS, page
from corpus.judge import Judged, bins, figures, judged
from corpus.parts import Part
from corpus.plot import reliability


@pytest.fixture(scope="module")
def held() -> list[Judged]:
    return judged(Part.HELD)


def test_unseen_mails_are_read_right(held: list[Judged]) -> None:
    found = figures(held)
    assert found["Right, of eight classes"] >= 0.76
    assert found["Status-changing verdicts at the threshold that are right"] >= 0.87
    assert found["One's own mails found"] >= 0.87
    assert found["Mails taken for one's own that are"] >= 0.86
    assert found["Right verdicts whose quote is what decides"] >= 0.85


def test_a_probability_keeps_its_word(held: list[Judged]) -> None:
    gap = sum(count * abs(sure - right) for sure, right, count in bins(held)) / len(held)
    assert gap <= 0.08


def test_the_page_tells_these_figures(held: list[Judged]) -> None:
    written = (DOCS / "accuracy.md").read_text(encoding="utf-8")
    for name, value in figures(held).items():
        line = next(line for line in written.splitlines() if line.startswith(f"| {name} |"))
        # Processors round differently in the last bit, which may turn a mail or two.
        assert float(line.split("|")[2]) == pytest.approx(value, abs=0.02), "run `make accuracy`"
    assert page(held, 1).count("\n## ") == written.count("\n## ")


def test_the_plot_shows_each_bin(held: list[Judged]) -> None:
    picture = reliability(bins(held))
    assert picture.count("<circle") == len(bins(held))
    assert "<title>" in picture and "<desc>" in picture
