"""The address of a company's jobs page says which board to ask, and by which key."""

import pytest

from hearback.boards.following import feed_of
from hearback.boards.registry import SOURCES

PAGES = [
    ("https://boards.greenhouse.io/roofwell", ("greenhouse", "roofwell")),
    ("https://job-boards.greenhouse.io/RoofWell/jobs/4410001?gh_src=x", ("greenhouse", "RoofWell")),
    ("https://boards.greenhouse.io/embed/job_board?for=roofwell", ("greenhouse", "roofwell")),
    ("https://jobs.lever.co/roofwell?team=Crew", ("lever", "roofwell")),
    ("https://jobs.eu.lever.co/roofwell", ("lever", "roofwell")),
    ("https://jobs.ashbyhq.com/RoofWell", ("ashby", "RoofWell")),
    ("https://apply.workable.com/roofwell/", ("workable", "roofwell")),
    ("https://careers.smartrecruiters.com/RoofWell1", ("smartrecruiters", "RoofWell1")),
    ("https://roofwell.recruitee.com/", ("recruitee", "roofwell")),
    ("https://roofwell.jobs.personio.de/?language=en", ("personio", "roofwell")),
    ("https://roofwell.bamboohr.com/careers", ("bamboohr", "roofwell")),
    ("https://roofwell.breezy.hr", ("breezy", "roofwell")),
    ("https://roofwell.teamtailor.com/jobs", ("teamtailor", "roofwell")),
    ("https://roofwell.pinpointhq.com", ("pinpoint", "roofwell")),
    ("https://ats.rippling.com/roofwell/jobs", ("rippling", "roofwell")),
    ("https://jobs.jobvite.com/roofwell/job/oAbC1", ("jobvite", "roofwell")),
    ("https://roofwell.wd5.myworkdayjobs.com/External", ("workday", "roofwell.wd5/External")),
    (
        "https://roofwell.wd5.myworkdayjobs.com/en-US/External/job/Ohio/X_R1",
        ("workday", "roofwell.wd5/External"),
    ),
    ("https://roofwell.wd5.myworkdayjobs.com/", None),
    ("https://roofwell.eightfold.ai/careers?domain=roofwell.com", ("eightfold", "roofwell/roofwell.com")),
    (
        "https://roof.fa.us2.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_1001/jobs",
        ("oracle", "roof.fa.us2/CX_1001"),
    ),
    ("https://careers-roofwell.icims.com/jobs/search", ("icims", "careers-roofwell")),
    ("https://roofwell.hrmdirect.com/employment/job-openings.php", ("hrmdirect", "roofwell")),
    ("https://www.governmentjobs.com/careers/lindale", ("neogov", "lindale")),
    ("https://www.roofwell.test/careers", None),
    ("https://", None),
    ("http://[", None),
]


@pytest.mark.parametrize(("address", "feed"), PAGES)
def test_an_address_names_a_board_and_a_key(address: str, feed: tuple[str, str] | None) -> None:
    assert feed_of(address) == feed
    assert feed is None or feed[0] in SOURCES
