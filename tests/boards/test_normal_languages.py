"""Days and kinds of contract are understood in the languages and orders that boards write them in."""

import datetime as dt

import pytest

from hearback.boards.normal.kinds import employment
from hearback.boards.normal.moments import moment
from hearback.boards.posting import Employment


@pytest.mark.parametrize(
    "text",
    [
        "2023/11/05",
        "2023.11.05",
        "2023年11月5日",
        "05-11-2023",
        "05.11.23",
        "5. November 2023",
        "5 de noviembre de 2023",
        "5 de novembro de 2023",
        "5 novembre 2023",
        "sonntag, 5. november 2023",
        "5 listopada 2023",
        "November 5th, 2023",
    ],
)
def test_days_in_many_orders_and_languages(text: str) -> None:
    assert moment(text) == dt.datetime(2023, 11, 5, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("1er janv. 2023", 1),
        ("15 März 2023", 3),
        ("2 de março de 2023", 3),
        ("12 maggio 2023", 5),
        ("3 mei 2023", 5),
        ("4 août 2023", 8),
        ("5 grudnia 2023", 12),
        ("6 ottobre 2023", 10),
    ],
)
def test_months_by_their_names(text: str, month: int) -> None:
    found = moment(text)
    assert found is not None
    assert found.month == month


@pytest.mark.parametrize("text", ["2023/13/45", "45.13.2023", "5 foobar 2023", "01-11-20234", "1.2.3"])
def test_what_only_looks_like_a_day_is_none(text: str) -> None:
    assert moment(text) is None


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("FULL_TIME, CONTRACTOR", Employment.FULL_TIME),
        ({"@id": "https://schema.org/PartTime"}, Employment.PART_TIME),
        ({"name": "INTERN"}, Employment.INTERNSHIP),
        ("正社員", Employment.FULL_TIME),
        ("Полная занятость", Employment.FULL_TIME),
        ("Pełny etat", Employment.FULL_TIME),
        ("Plný úvazek", Employment.FULL_TIME),
        ("Duales Studium", Employment.INTERNSHIP),
        ("traineeship", Employment.INTERNSHIP),
        ("Zeitarbeit", Employment.TEMPORARY),
        ("Geringfügige Beschäftigung", Employment.PART_TIME),
        ("Contrat à durée indéterminée", None),
    ],
)
def test_kinds_of_contract_in_many_languages(value: object, kind: Employment | None) -> None:
    assert employment(value) is kind
