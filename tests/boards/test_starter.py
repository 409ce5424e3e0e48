"""The settings say which boards are asked, and whose companies are followed from the start."""

import pytest

from hearback.boards.company_board import key_of
from hearback.boards.faults import BoardFault
from hearback.boards.registry import SOURCES, fetch, usable
from hearback.boards.source import Ask
from hearback.boards.starter import Company, starter
from hearback.config import BOARD_NAMES, REQUIRED, SettingError, Settings, from_environ


def settings(**more: str) -> Settings:
    return from_environ(dict.fromkeys(REQUIRED, "x") | more)


def test_the_companies_followed_from_the_start_have_boards_and_keys() -> None:
    for board_name, companies in starter(settings()).items():
        assert board_name in SOURCES
        assert len({one.key for one in companies}) == len(companies)
        for one in companies:
            assert key_of(Ask("https://board.test", one.key)) == one.key


def test_an_operator_names_other_companies() -> None:
    listed = "greenhouse:acme-robotics, Lever:Birch, jsonld:https://quayside.example/careers"
    assert starter(settings(BOARD_COMPANIES=listed)) == {
        "greenhouse": (Company("acme-robotics", "Acme Robotics"),),
        "lever": (Company("Birch", "Birch"),),
        "jsonld": (Company("https://quayside.example/careers", ""),),
    }


@pytest.mark.parametrize("text", ["greenhouse", "greenhouse:", "monster:acme", "https://quayside.example"])
def test_a_company_that_cannot_be_followed_stops_the_start(text: str) -> None:
    with pytest.raises(SettingError, match="BOARD_COMPANIES"):
        settings(BOARD_COMPANIES=f"greenhouse:acme, {text}")


def test_only_the_boards_that_are_named_are_asked() -> None:
    assert set(SOURCES) == set(BOARD_NAMES)
    assert set(usable(settings(BOARDS="Greenhouse, remotive"))) == {"greenhouse", "remotive"}
    assert usable(settings(BOARDS="adzuna")) == {}
    with pytest.raises(BoardFault, match="Lever is not asked: left out by the setting BOARDS"):
        fetch("lever", settings(BOARDS="greenhouse"), key="acme")
    with pytest.raises(
        SettingError, match="BOARDS names 'monster', which is no board; there are greenhouse, "
    ):
        settings(BOARDS="greenhouse, monster")
