"""Days, kinds of work and places come out right from all the ways in which boards write them."""

import datetime as dt
from dataclasses import replace

import pytest

from hearback.boards.normal.build import Raw, posting
from hearback.boards.normal.kinds import employment, remote
from hearback.boards.normal.moments import moment, posted
from hearback.boards.normal.rows import Unreadable, read_rows, united
from hearback.boards.normal.where import place_of, places, remote_from
from hearback.boards.posting import Employment, Place, Posting, Remote

NOW = dt.datetime(2026, 11, 10, 12, 0, tzinfo=dt.UTC)
DAY = dt.datetime(2026, 11, 2, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("value", "when"),
    [
        ("2026-11-02", DAY),
        ("20261102", DAY),
        ("11/02/2026", DAY),
        ("02.11.2026", DAY),
        ("25/10/2026", DAY - dt.timedelta(days=8)),
        ("Nov 2, 2026", DAY),
        ("November 2nd, 2026", DAY),
        ("2 November 2026", DAY),
        ("2026-11-02T00:00:00Z", DAY),
        ("2026-11-01T19:00:00-05:00", DAY),
        ("2026-11-02T01:00:00+0100", DAY),
        ("2026-11-02 00:00:00 UTC", DAY),
        ("2026-11-02T00:00:00.000+00:00", DAY),
        ("2026-11-02T00:00:00.0000000", DAY),
        ("2026-11-02T00:00", DAY),
        ("Mon, 02 Nov 2026 00:00:00 GMT", DAY),
        ("Mon, 02 Nov 2026 01:00:00 +0100", DAY),
        (int(DAY.timestamp()), DAY),
        (int(DAY.timestamp()) * 1000, DAY),
        (str(int(DAY.timestamp())), DAY),
        (DAY, DAY),
    ],
)
def test_moments(value: object, when: dt.datetime) -> None:
    assert moment(value) == when


@pytest.mark.parametrize(
    "value", ["", "soon", None, 0, -1, True, 5, "0001-01-01", "2026-13-45", "9999-12-31", [], {}]
)
def test_what_is_no_date_is_none(value: object) -> None:
    assert moment(value) is None


def test_a_posting_day_counts_back_and_is_never_to_come() -> None:
    assert posted("Posted 8 Days Ago", NOW) == DAY
    assert posted("Posted Today", NOW) == NOW.replace(hour=0)
    assert posted("Posted Yesterday", NOW) == NOW.replace(hour=0, day=9)
    assert posted("Posted 30+ Days Ago", NOW) is None
    assert posted("2026-11-11", NOW) == NOW
    assert posted("2027-01-01", NOW) is None
    assert posted("2026-11-02", NOW) == DAY


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("FULL_TIME", Employment.FULL_TIME),
        ("FullTime", Employment.FULL_TIME),
        ("fulltime_permanent", Employment.FULL_TIME),
        ("Regular Full Time (Salary)", Employment.FULL_TIME),
        ("Vollzeit", Employment.FULL_TIME),
        ("Full-time or part-time", Employment.FULL_TIME),
        ("parttime", Employment.PART_TIME),
        ("Teilzeit", Employment.PART_TIME),
        (["FULL_TIME", "CONTRACTOR"], Employment.FULL_TIME),
        (["OTHER", "PART_TIME"], Employment.PART_TIME),
        ("CONTRACTOR", Employment.CONTRACT),
        ("Freelance", Employment.CONTRACT),
        ("Permanent contract", None),
        ("Permanent", None),
        ("fulltime_fixed_term", Employment.TEMPORARY),
        ("Befristet", Employment.TEMPORARY),
        ("INTERN", Employment.INTERNSHIP),
        ("Werkstudent", Employment.INTERNSHIP),
        ("Volunteer", Employment.VOLUNTEER),
        ("Prácticas", Employment.INTERNSHIP),
        ("OTHER", None),
        (None, None),
        (3, None),
    ],
)
def test_employment(value: object, kind: Employment | None) -> None:
    assert employment(value) is kind


@pytest.mark.parametrize(
    ("values", "where"),
    [
        (("Remote",), Remote.REMOTE),
        (("TELECOMMUTE",), Remote.REMOTE),
        ((True,), Remote.REMOTE),
        ((False,), None),
        (("Hybrid", True), Remote.HYBRID),
        ((True, "Hybrid - Berlin"), Remote.HYBRID),
        (("OnSite", False), Remote.ON_SITE),
        (("on_site",), Remote.ON_SITE),
        (("Fully Remote",), Remote.REMOTE),
        (("Hybrid Remote",), Remote.HYBRID),
        (("No remote work",), Remote.ON_SITE),
        (("Remote Sensing Lab",), None),
        (("Home-Office",), Remote.REMOTE),
        (("Télétravail",), Remote.REMOTE),
        (("Presencial",), Remote.ON_SITE),
        ((None, "Remote, US"), Remote.REMOTE),
        ((), None),
        (("yes", 1), None),
    ],
)
def test_remote(values: tuple[object, ...], where: Remote | None) -> None:
    assert remote(*values) is where


def test_several_places_in_one_text() -> None:
    assert [place.city for place in places("Lyon; Porto; Munich; Paris")] == [
        "Lyon",
        "Porto",
        "Munich",
        "Paris",
    ]
    assert [place.text for place in places("Austin, TX | New York City, NY | Seattle, WA")] == [
        "Austin, TX",
        "New York City, NY",
        "Seattle, WA",
    ]
    assert [place.country for place in places("Paris / Lisbon")] == ["FR", "PT"]
    assert [place.city for place in places("Lyon, Porto, Leeds")] == ["Lyon", "Porto", "Leeds"]
    assert [place.city for place in places("Berlin, London, New York")] == [
        "Berlin",
        "London",
        "New York City",
    ]
    assert [place.text for place in places("New York, New York")] == ["New York, New York"]
    assert [place.text for place in places("Leeds, England")] == ["Leeds, England"]
    assert [place.country for place in places("Trinidad & Tobago")] == ["TT"]
    assert [place.city for place in places("Lyon, France")] == ["Lyon"]
    assert places(["Leeds, UK", "Leeds", None, 5]) == (Place("Leeds, UK", "Leeds", "England", "GB"),)
    assert places("Remote") == (Place("Remote"),)
    assert places(None) == places("") == ()


def test_places_of_parts() -> None:
    assert place_of("Springvale", "Victoria", "AU") == Place(
        "Springvale, Victoria, Australia", "Springvale", "Victoria", "AU"
    )
    assert place_of("", "", "Canada") == Place("Canada", None, None, "CA")
    assert place_of("St. Louis", "MO", "us", "St. Louis, MO, United States") == Place(
        "St. Louis, MO, United States", "St. Louis", "Missouri", "US"
    )
    assert place_of(None, None, None) is None
    assert place_of("Unterkleinhausen", None, "Deutschland") == Place(
        "Unterkleinhausen, Germany", "Unterkleinhausen", None, "DE"
    )


def test_from_where_one_may_work() -> None:
    assert remote_from("Remote - US") == ("US",)
    assert remote_from("USA, Canada") == ("US", "CA")
    assert remote_from("Anywhere in the World") == ("Worldwide",)
    assert remote_from("Europe only") == ("Europe",)
    assert remote_from(["Spain", "Portugal"]) == ("ES", "PT")
    assert remote_from("LATAM") == ("LATAM",)
    assert remote_from(None, "") == ()


def _raw(**parts: object) -> Raw:
    return replace(Raw(7, "Welder", "Ironbay", "https://ironbay.test/jobs/7"), **parts)


def test_a_posting_is_put_together() -> None:
    made = posting(
        "somewhere",
        "ironbay",
        _raw(
            title="Senior Welder (remote)",
            description="<p>Pay: $40 - $50 per hour</p>",
            places=places("Texas"),
            posted_at="2026-11-02",
            apply_email="mailto:jobs@ironbay.test",
            apply_url="/apply/7",
            base="https://ironbay.test/",
        ),
        NOW,
    )
    assert (made.external_id, made.level, made.remote, made.remote_from) == (
        "7",
        "senior",
        Remote.REMOTE,
        ("US",),
    )
    assert made.salary and made.salary.guessed and made.salary.currency == "USD"
    assert (made.apply_url, made.apply_email) == ("https://ironbay.test/apply/7", "jobs@ironbay.test")
    assert made.description_text == "Pay: $40 - $50 per hour"


@pytest.mark.parametrize("part", ["title", "company", "url"])
def test_a_row_without_what_makes_a_job_is_named(part: str) -> None:
    with pytest.raises(Unreadable, match="has no"):
        posting("somewhere", "", _raw(**{part: None}))


def test_one_bad_row_never_loses_the_others() -> None:
    def read(row: dict[str, object]) -> Posting | None:
        if row.get("draft"):
            return None
        return posting(
            "somewhere",
            "",
            _raw(external_id=row["id"], title=row.get("title", "Welder"), places=places(row.get("place"))),
        )

    rows = [
        {"id": 1, "place": "Leeds"},
        {"id": 9, "title": []},
        "nonsense",
        {},
        {"id": 2, "draft": 1},
        {"id": 1, "place": "York"},
    ]
    found, skipped = read_rows(rows, read)
    assert [one.external_id for one in found] == ["1", "1"]
    assert [[place.text for place in one.places] for one in united(found)] == [["Leeds", "York"]]
    assert [(one.row, one.reason) for one in skipped] == [
        ("9", "has no title that can be read"),
        ("3", "row 3 is not an object"),
        ("4", "lacks 'id'"),
    ]


def test_a_job_without_an_id_is_known_by_its_address_and_title() -> None:
    one, same, other = (
        posting("somewhere", "", _raw(external_id=None, title=title))
        for title in ("Welder", "Welder", "Fitter")
    )
    assert one.external_id == same.external_id != other.external_id


@pytest.mark.parametrize(
    ("title", "description", "where"),
    [
        ("Welder (Remote)", "", Remote.REMOTE),
        ("Welder - Hybrid", "", Remote.HYBRID),
        ("Remote Sensing Engineer", "", None),
        ("Welder", "<p>Weld.</p><p>#LI-Onsite #LI-AB1</p>", Remote.ON_SITE),
        ("Welder", "<p>You work with remote teams.</p>", None),
    ],
)
def test_where_the_work_is_done_stands_beside_the_title_or_in_a_tag(
    title: str, description: str, where: Remote | None
) -> None:
    assert posting("somewhere", "", _raw(title=title, description=description)).remote is where


def test_half_a_sign_does_not_lose_the_job() -> None:
    made = posting("somewhere", "", _raw(title="Welder \ud83d", description="Weld \udc00 well"))
    assert made.title.startswith("Welder")
    assert (made.title + made.description_html + made.description_text).encode("utf-8")
