"""One job is told from two, measured on pairs as the world has them: tests/boards/pairs.toml."""

import datetime as dt
import tomllib
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from hearback.boards.normal.where import places
from hearback.boards.posting import Posting, Remote
from hearback.boards.same import Card, Same, card_of, same

FILE = Path(__file__).with_name("pairs.toml")
DATA = tomllib.loads(FILE.read_text(encoding="utf-8"))
ANSWERS = {"same": Same.YES, "link": Same.LINK, "no": Same.NO}
# Each third pair was not looked at while the rules were tuned; of what was written afterwards, none.
HELD_OUT = 3


@dataclass(frozen=True)
class Pair:
    kind: str
    text: str
    one: Card
    other: Card
    wanted: Same


def card(text: str, board: str) -> Card:
    title, company, place, *rest = (part.strip() for part in text.split("¦"))
    words = rest[0].split() if rest else []
    more = dict(word.split("=", 1) for word in words if "=" in word)
    name = more.get("board", board)
    posting = Posting(
        board=name,
        # A company's own board knows one company alone.
        feed=company.lower() if name not in {"adzuna", "jooble"} else "",
        external_id=text,
        title=title,
        company=company,
        url=more.get("url", ""),
        places=tuple(found for part in place.split(";") if part.strip() for found in places(part.strip())),
        remote=Remote.REMOTE if "remote" in words else None,
        posted_at=day(more.get("posted", "2026-10-01")),
        description_text=DATA["texts"][more["text"]] if "text" in more else "",
        requisition=more.get("req"),
    )
    return replace(card_of(posting), closed_at=day(more["closed"]) if "closed" in more else None)


def day(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def pairs() -> list[Pair]:
    return [
        Pair(group["kind"], text, card(one, "greenhouse"), card(other, "adzuna"), ANSWERS[group["is"]])
        for group in DATA["group"]
        for text in group["pairs"]
        for one, other in [text.split(" == ")]
    ]


ALL = pairs()
SEEN = [pair for number, pair in enumerate(ALL) if number % HELD_OUT]
HIDDEN = ALL[::HELD_OUT]


def figures(chosen: list[Pair], answer: Same) -> tuple[float, float]:
    """Precision and recall of one answer."""
    said = Counter((same(pair.one, pair.other) is answer, pair.wanted is answer) for pair in chosen)
    right = said[True, True]
    return right / max(1, right + said[True, False]), right / max(1, right + said[False, True])


def test_there_are_enough_pairs_of_each_answer() -> None:
    count = Counter(pair.wanted for pair in ALL)
    assert len(ALL) >= 400
    assert min(count.values()) >= 35


@pytest.mark.parametrize("chosen", [SEEN, HIDDEN, ALL], ids=["tuned on", "held out", "all"])
def test_merging_is_right_and_misses_little(chosen: list[Pair], capsys: pytest.CaptureFixture[str]) -> None:
    merging, linking = figures(chosen, Same.YES), figures(chosen, Same.LINK)
    with capsys.disabled():
        print(
            f"\n{len(chosen)} pairs: merged with precision {merging[0]:.3f}, recall {merging[1]:.3f};"
            f" linked with precision {linking[0]:.3f}, recall {linking[1]:.3f}"
        )
    assert merging[0] >= 0.98
    assert merging[1] >= 0.90
    assert linking[0] >= 0.9
    assert linking[1] >= 0.8


@pytest.mark.parametrize("pair", ALL, ids=lambda pair: pair.text[:80])
def test_it_does_not_matter_which_comes_first(pair: Pair) -> None:
    assert same(pair.one, pair.other) is same(pair.other, pair.one)


def test_no_job_is_another_than_itself() -> None:
    for pair in ALL:
        elsewhere = replace(pair.one, stands=frozenset({("other", "")}))
        if pair.one.company and not pair.one.ats:
            assert same(pair.one, elsewhere) is Same.YES
