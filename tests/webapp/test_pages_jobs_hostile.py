"""Job pages before whoever writes addresses, postings and forms of their own."""

import pytest

from hearback.models import BoardFeed, Follow, Job, User
from tests.support.openings import job, stands
from tests.webapp.reader import Reader, words

SCRIPT = "<script>alert(1)</script>"
ADDRESSES = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "https://good.example@evil.example/",
)
HUGE = 10**30


def test_nothing_of_a_posting_becomes_part_of_the_page(robin: Reader) -> None:
    for address in ADDRESSES:
        one = job(
            f'Cook {SCRIPT} " onmouseover=x',
            company=f"Birch {SCRIPT}",
            place=f"Oslo {SCRIPT}",
            url=address,
            apply_url=address,
            apply_email='a@b.example"><img src=x onerror=alert(1)>',
            skills=[SCRIPT],
            text=SCRIPT,
            description_html="",
        )
        stands(one, "lever", url=address)
        robin.post(f"/jobs/{one.id}/save")
        robin.post("/jobs/searches", words="cook", name=SCRIPT)
        for path in (f"/jobs/{one.id}", "/jobs?words=cook", "/jobs/saved", "/jobs/searches"):
            page = robin.see(path)
            assert not [node for node in page.css("main script, main img") if "alert" in (node.html or "")]
            assert not page.css("[onmouseover], [onerror]")
            for link in page.css("main a[href]"):
                href = (link.attributes["href"] or "").strip().lower()
                assert href.startswith(("/", "#", "?", "http://", "https://", "mailto:")), href
        if address.startswith("https"):
            # Who is sent there sees where: the host, and not what stands before the @.
            assert "Apply at evil.example" in words(robin.see(f"/jobs/{one.id}").css_first(".job-do"))


@pytest.mark.parametrize("number", [0, HUGE, 2**63, 2**63 - 1])
def test_a_number_of_no_row_is_not_found(robin: Reader, number: int) -> None:
    for path in (f"/jobs/{number}", f"/jobs/searches/{number}"):
        assert robin.client.get(path).status_code == 404
    posts = [f"/jobs/{number}/save", f"/jobs/{number}/applied", f"/jobs/searches/{number}/pause"]
    posts += [
        f"/jobs/searches/{number}/restore",
        f"/jobs/follow/{number}/stop",
        f"/jobs/follow/{number}/again",
    ]
    for path in posts:
        assert robin.post(path).status_code == 404, path


@pytest.mark.parametrize("page", ["0", "-1", str(HUGE), "x", "999999"])
def test_a_page_past_the_end_is_the_last_one(robin: Reader, page: str) -> None:
    job("Cook")
    robin.post("/jobs/searches", words="cook")
    for path in ("/jobs?words=cook&", "/jobs/searches/1?"):
        assert "Cook" in robin.read(f"{path}page={page}&upto={page}" if page != "0" else f"{path}page=0")


def test_the_board_that_another_follows_is_found_by_no_number(robin: Reader, mallory: Reader) -> None:
    robin.post("/jobs/follow", address="https://boards.greenhouse.io/secretcraft")
    feed = BoardFeed.get(BoardFeed.key == "secretcraft")
    assert mallory.post(f"/jobs/follow/{feed.id}/again").status_code == 404
    assert "secretcraft" not in mallory.read("/jobs/searches").lower()
    robin.post(f"/jobs/follow/{feed.id}/stop")
    robin.post(f"/jobs/follow/{feed.id}/again")
    assert [row.user_id for row in Follow.select()] == [User.get(User.email.contains("robin")).id]


def test_long_and_odd_fields_are_cut_or_refused(robin: Reader) -> None:
    job("Cook")
    long = "cook " * 20_000
    odd = {"words": long, "name": long, "without": "x" * 9_000, "place": "y" * 9_000, "company": "z," * 9_000}
    robin.post("/jobs/searches", **odd, every_hours="6", tell="each")
    robin.post("/jobs/searches", words="a\0b", name="a\0b", pay="inf", level="boss", kind="x", tell="loudly")
    assert robin.client.get("/jobs/searches").status_code == 200
    for address in ("https://\0", "http://[::1", "https://a.example/" + "a" * 9_000, "ftp://a.example"):
        assert robin.post("/jobs/posting", address=address).status_code == 400
        assert robin.post("/jobs/follow", address=address).status_code == 400
    assert Job.select().count() == 1
