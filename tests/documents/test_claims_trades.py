"""The check of claims holds for nurses and welders too, against lies that lean on the CV's own words."""

import datetime as dt
import tomllib
from pathlib import Path

import pytest

from hearback.documents.tailor.claims import Claims
from hearback.documents.tailor.evidence import evidence_of
from hearback.documents.tailor.posting import Posting
from tests.documents.trades import CVS

TODAY = dt.date(2026, 3, 15)
CASES = tomllib.loads(Path(__file__).with_name("claims_trades.toml").read_text("utf-8"))
LIES = [(who, lie) for who, told in CASES.items() for lie in told["lies"]]
TRUTHS = [(who, truth) for who, told in CASES.items() for truth in told["true"]]
# So many honest sentences in a hundred may be refused, where in doubt.
MOST_REFUSED = 0.15


def _claims(who: str) -> Claims:
    told = CASES[who]
    return Claims(evidence_of(CVS[who], TODAY), Posting(told["title"], told["company"], told["text"]))


@pytest.mark.parametrize(("who", "lie"), LIES)
def test_a_lie_in_the_cvs_own_words_is_refused(who: str, lie: str) -> None:
    checked = _claims(who).check(lie)
    assert checked.text == ""
    assert all(refused.why for refused in checked.refused)


def test_honest_sentences_of_all_trades_are_seldom_refused() -> None:
    refused = [
        f"{who}: {truth} ({checked.refused[0].why})"
        for who, truth in TRUTHS
        if (checked := _claims(who).check(truth)).refused
    ]
    assert len(refused) < MOST_REFUSED * len(TRUTHS), "\n".join(refused)
