"""An address tells which job it leads to, whoever wrote it and whatever hangs on it."""

import pytest

from hearback.boards.identity import OnBoard, address_key, ats_key, on_board

UUID = "0b6d2c1e-9a77-4c0f-8f0e-2a4b1c9d3e5f"


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("https://boards.greenhouse.io/tidewater/jobs/4412345?gh_src=1", "greenhouse:4412345"),
        ("https://www.tidewater.example/jobs?gh_jid=4412345", "greenhouse:4412345"),
        ("https://boards.greenhouse.io/embed/job_app?for=tidewater&token=4412345", "greenhouse:4412345"),
        (f"https://jobs.eu.lever.co/marram/{UUID}/apply", f"lever:{UUID}"),
        (f"https://jobs.ashbyhq.com/Sedge%20Labs/{UUID}?utm_source=x", f"ashby:{UUID}"),
        ("https://apply.workable.com/cowslip/j/4F1B2C3D4E/apply/", "workable:4f1b2c3d4e"),
        ("https://jobs.smartrecruiters.com/Bracken/743999912345678-ops", "smartrecruiters:743999912345678"),
        ("https://distel.jobs.personio.com/job/123?language=en", "personio:distel:123"),
        (
            "https://yarrow.wd5.myworkdayjobs.com/en-US/Ext/job/Reno/Nurse_R-00123",
            "workday:yarrow:r-00123",
        ),
        (
            "https://board.example/out?to=https%3A%2F%2Fboards.greenhouse.io%2Ftidewater%2Fjobs%2F4412345",
            "greenhouse:4412345",
        ),
        ("https://boards.greenhouse.io/tidewater", None),
        ("https://www.workable.com/jobs", None),
        ("https://tidewater.example/jobs/4412345", None),
        ("javascript:alert(1)", None),
        ("https://[half", None),
        (None, None),
    ],
)
def test_the_id_of_a_tracking_system_is_found(address: str | None, key: str | None) -> None:
    assert ats_key(address) == key


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("https://boards.greenhouse.io/tidewater", OnBoard("greenhouse", "tidewater")),
        ("https://job-boards.greenhouse.io/tidewater/", OnBoard("greenhouse", "tidewater")),
        ("https://boards-api.greenhouse.io/v1/boards/tidewater/jobs", OnBoard("greenhouse", "tidewater")),
        ("https://jobs.lever.co/marram", OnBoard("lever", "marram")),
        ("https://jobs.ashbyhq.com/sedge", OnBoard("ashby", "sedge")),
        ("https://apply.workable.com/cowslip/", OnBoard("workable", "cowslip")),
        ("https://careers.smartrecruiters.com/Bracken", OnBoard("smartrecruiters", "Bracken")),
        ("https://teasel.recruitee.com", OnBoard("recruitee", "teasel")),
        ("https://distel.jobs.personio.de", OnBoard("personio", "distel")),
        ("https://clover.teamtailor.com/en-GB/jobs", OnBoard("teamtailor", "clover")),
    ],
)
def test_the_board_of_a_company_is_known_by_its_address(address: str, named: OnBoard) -> None:
    assert on_board(address) == named


def test_what_changes_with_the_reader_is_no_part_of_an_address() -> None:
    plain = address_key("https://umbel.example/jobs/buyer-22")
    for other in (
        "http://www.umbel.example/jobs/buyer-22/",
        "https://UMBEL.example:443/jobs/buyer-22?utm_source=a&ref=b#top",
        "https://umbel.example/jobs/buyer-22/apply?source=x",
    ):
        assert address_key(other) == plain
    assert address_key("https://umbel.example/jobs?id=2") != address_key("https://umbel.example/jobs?id=3")
    assert address_key("https://umbel.example/#/job/2") != address_key("https://umbel.example/#/job/3")


@pytest.mark.parametrize("address", ["https://umbel.example", "https://umbel.example/en/careers/?ref=a"])
def test_a_page_of_all_jobs_is_no_address_of_one(address: str) -> None:
    assert address_key(address) is None


def test_a_very_long_address_keeps_a_key_of_its_own() -> None:
    one, other = (address_key(f"https://umbel.example/jobs?id={'9' * 3000}{end}") for end in "12")
    assert one and other and one != other and len(one) < 512
