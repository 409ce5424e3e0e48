"""The pages of jobs: what is found, kept, hidden and applied to, each user's own."""

import pytest

from hearback.models import (
    Application,
    Event,
    Follow,
    Job,
    JobMark,
    JobMatch,
    PastedPosting,
    PasteState,
    SavedSearch,
    User,
    now,
)  # fmt: skip
from jobs.job_matches import match_new
from tests.support.openings import DAY, job, stands
from tests.webapp import story
from tests.webapp.reader import Reader, words

SEARCH = {"words": "cook", "place": "San Francisco", "remote": "too", "pay": "60k", "level": "senior"}


def listed(robin: Reader, path: str) -> list[str]:
    """The titles on a page, in order."""
    return [words(node) for node in robin.see(path).css(".job h3 a")]


def test_a_search_finds_says_why_and_can_be_sent(robin: Reader) -> None:
    job("Pastry Cook", pays=70_000)
    job("Waiter")
    page = robin.read("/jobs?words=cook&place=San+Francisco&pay=60k")
    assert "1 job fits." in page
    assert "“cook” in the title" in page and "In San Francisco, CA" in page
    assert "Pays up to $70,000 a year" in page
    assert listed(robin, "/jobs?words=cook") == ["Pastry Cook"]


def test_without_a_question_all_open_jobs_are_there_and_without_jobs_it_says_what_comes(
    robin: Reader,
) -> None:
    assert "No jobs yet." in robin.read("/jobs")
    job("Cook")
    job("Old Cook", closed_at=now())
    assert "1 open job." in robin.read("/jobs")


def test_where_nothing_fits_the_page_says_how_to_find_more(robin: Reader) -> None:
    job("Cook", place="", remote="remote")
    page = robin.see("/jobs?words=cook&place=Oslo")
    assert "No job fits all of this." in words(page.css_first("h1"))
    wider = next(node for node in page.css(".way a") if "remote jobs that are open to Oslo" in words(node))
    assert "1 job fits." in robin.read(wider.attributes["href"] or "")


def test_what_cannot_be_read_is_said_beside_its_field_and_the_rest_is_kept(robin: Reader) -> None:
    job("Cook")
    page = robin.see("/jobs?words=cook&pay=plenty")
    assert "The salary is 'plenty'; write a year's amount" in words(page.css_first("#pay-error"))
    assert page.css_first("input[name=pay]").attributes["value"] == "plenty"
    assert page.css_first("input[name=words]").attributes["value"] == "cook"


@pytest.mark.parametrize(
    ("typed", "found"),
    [("Remote", {"World", "Germany"}), ("remote, Germany", {"World", "Germany"}), ("Remote - US", {"World"})],
)
def test_remote_is_no_place(robin: Reader, typed: str, found: set[str]) -> None:
    job("World", place="Remote", remote="remote")
    job("Germany", place="Remote", remote="remote", remote_from=["DE"])
    job("Office", place="Berlin, Germany", remote="on_site")
    assert set(listed(robin, f"/jobs?place={typed}")) == found


ODD = [
    *("page=-1", "page=99999999999999999999", "page=x", "upto=99999999999999999999", "days=x", "days=5"),
    *("remote=x", "order=x", "level=x&level=senior", "board=x", "currency=x", "pay=-1", "pay=1e400"),
    *("pay=nan", "words=%00", "place=%F0%9F%98%80", "company=,,,", "near=2", "words=" + "a" * 3000),
]


@pytest.mark.parametrize("query", ODD)
def test_no_address_is_an_error(robin: Reader, query: str) -> None:
    job("Cook")
    assert robin.client.get(f"/jobs?{query}").status_code == 200


def test_pages_lead_on_and_back(robin: Reader) -> None:
    for number in range(45):
        job(f"Cook {number}", ago=DAY * (number + 1))
    first = robin.see("/jobs?words=cook&order=newest")
    following = first.css_first("a[rel=next]").attributes["href"] or ""
    job("Cook, just posted", ago=DAY * 0)
    assert listed(robin, following) == [f"Cook {number}" for number in range(20, 40)]
    assert listed(robin, robin.page.css_first("a[rel=next]").attributes["href"] or "") == [
        f"Cook {number}" for number in range(40, 45)
    ]
    assert "order=newest" in following


def test_a_hidden_job_goes_and_undo_brings_it_back(robin: Reader, mallory: Reader) -> None:
    job("Cook")
    page = robin.press("/jobs?words=cook", "Hide")
    assert "Hidden. You do not see it again." in page and "No job fits all of this." in page
    assert listed(mallory, "/jobs?words=cook") == ["Cook"]
    robin.press(None, "Undo", within=".notice")
    assert listed(robin, "/jobs?words=cook") == ["Cook"]


def test_htmx_gets_the_line_alone(robin: Reader) -> None:
    one = job("Cook")
    form = {"csrf_token": robin.token(), "back": "/jobs?words=cook"}
    answer = robin.client.post(f"/jobs/{one.id}/hide", data=form, headers={"HX-Request": "true"})
    assert answer.status_code == 200 and answer.text.lstrip().startswith("<article")
    assert "Hidden: Cook" in answer.text and "Undo" in answer.text


def test_a_saved_job_stays_on_the_list_when_it_closes(robin: Reader, mallory: Reader) -> None:
    one = job("Cook")
    assert "No saved job yet." in robin.read("/jobs/saved")
    robin.press(f"/jobs/{one.id}", "Save")
    Job.update(closed_at=now() - DAY, closed_why="gone").where(Job.id == one.id).execute()
    page = robin.read("/jobs/saved")
    assert "1 saved job." in page and "It is not on any of its boards any more." in page
    assert listed(robin, "/jobs?words=cook") == []
    assert "Closed yesterday." in robin.read(f"/jobs/{one.id}")
    assert "No saved job yet." in mallory.read("/jobs/saved")
    robin.press("/jobs/saved", "Saved")
    assert "No saved job yet." in robin.read("/jobs/saved")


def test_i_applied_puts_it_on_the_board_once_and_can_be_undone(robin: Reader) -> None:
    one = job("Cook", company="Birch Foods")
    page = robin.press(f"/jobs/{one.id}", "I applied")
    assert "On your board as applied." in page and "You applied" in page
    assert "Birch Foods" in robin.read("/")
    assert "I applied" not in robin.read(f"/jobs/{one.id}")
    robin.post(f"/jobs/{one.id}/applied", token="another")
    assert Application.select().count() == 1
    assert "Applied" in robin.read("/jobs?words=cook")
    robin.post(f"/events/{Event.get().id}/undo", token="t")
    assert Application.select().count() == 0
    assert "I applied" in robin.read(f"/jobs/{one.id}")


def test_a_job_that_mail_tells_of_is_marked_as_applied_to(robin: Reader) -> None:
    story.mail(story.mailbox(robin.user), "acknowledgment", company="Birch Foods", role="Cook")
    job("Cook", company="Birch Foods GmbH")
    assert "Applied" in robin.read("/jobs?words=cook")


def test_a_job_shows_where_it_stands_as_the_boards_ask(robin: Reader) -> None:
    one = job("Cook", skills=["Python"], apply_email="jobs@birch.example")
    stands(one, "greenhouse", rank=0)
    stands(one, "remotive", url="https://remotive.example/1")
    stands(one, "lever", url="javascript:alert(1)")
    page = robin.see(f"/jobs/{one.id}")
    links = {words(node): node for node in page.css("aside a")}
    back = links["Remotive"]
    assert back.attributes["href"] == "https://remotive.example/1"
    assert "nofollow" in (back.attributes["rel"] or "") and "noopener" in (back.attributes["rel"] or "")
    assert "Remotive" in words(page.css_first("aside"))
    assert not page.css('a[href^="javascript"]')
    assert "mailto:jobs@birch.example" in (links["jobs@birch.example"].attributes["href"] or "")


def test_a_posting_is_shown_safely(robin: Reader) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    one = job(evil, company=evil, place=evil, text=evil, description_html="", skills=[evil])
    for path in (f"/jobs/{one.id}", "/jobs", "/jobs?words=alert"):
        page = robin.see(path)
        assert evil in words(page.css_first("main"))
        assert not page.css("main script, main img")


def test_alike_jobs_are_linked(robin: Reader) -> None:
    first = job("Cook", company="Birch")
    again = job("Cook", company="Agency for Cooks", alike_id=first.id)
    assert "Agency for Cooks" in robin.read(f"/jobs/{first.id}")
    assert "Birch" in words(robin.see(f"/jobs/{again.id}").css_first("aside"))


def test_a_search_is_saved_with_one_click_and_shows_what_is_new(robin: Reader) -> None:
    job("Senior Cook", pays=70_000)
    robin.see("/jobs?" + "&".join(f"{name}={value}" for name, value in SEARCH.items()))
    page = robin.press(None, "Save this search")
    assert "We look every few hours and tell you what is new." in page
    assert "cook in San Francisco: 1 job fits." in page
    saved = SavedSearch.get()
    assert (saved.words, saved.remote, saved.salary_min, saved.levels) == (
        "cook",
        "too",
        60_000.0,
        ["senior"],
    )
    match_new([job("Senior Pastry Cook").id])
    assert "1 new job for your searches." in robin.read("/jobs/searches")
    page = robin.read(f"/jobs/searches/{saved.id}")
    assert "1 new of 2." in page and "Senior Pastry Cook New" in page
    assert "Nothing new since you looked." in robin.read("/jobs/searches")
    assert "Why it fits" in robin.read(f"/jobs/{JobMatch.get().job_id}")


def test_a_search_is_changed_paused_deleted_and_brought_back(robin: Reader) -> None:
    job("Cook")
    robin.post("/jobs/searches", words="cook")
    path = f"/jobs/searches/{SavedSearch.get().id}"
    assert robin.post(path, words="", name="X", every_hours="6", tell="daily").status_code == 400
    assert "The search is empty" in robin.post(path, words="", name="X", every_hours="6").text
    robin.post(path, words="baker", name="Bread", every_hours="12", tell="daily")
    assert "Bread: nothing fits yet." in robin.read(path)
    assert (SavedSearch.get().every_hours, SavedSearch.get().tell) == (12, "daily")
    assert "It is paused" in robin.press(path, "Pause")
    robin.press(path, "Look again")
    assert "No saved search yet." in robin.press(path, "Delete")
    assert "It is back." in robin.press(None, "Undo", within=".notice")


def test_a_company_is_followed_by_the_address_of_its_jobs_page(robin: Reader, mallory: Reader) -> None:
    robin.post("/jobs/follow", address="https://boards.greenhouse.io/harborline/jobs/123")
    robin.post("/jobs/follow", address="careers.quayside.example/open-roles")
    feeds = {(follow.feed.board, follow.feed.key) for follow in Follow.select()}
    assert feeds == {("greenhouse", "harborline"), ("jsonld", "https://careers.quayside.example/open-roles")}
    page = robin.read("/jobs/searches")
    assert "harborline" in page and "careers.quayside.example" in page
    assert "harborline" not in mallory.read("/jobs/searches")
    number = Follow.get().feed_id
    assert mallory.post(f"/jobs/follow/{number}/stop").status_code == 404
    robin.post(f"/jobs/follow/{number}/stop")
    assert Follow.select().count() == 1
    robin.press("/jobs/searches", "Undo", within=".notice")
    assert Follow.select().count() == 2


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", "This is no web address"),
        ("javascript:alert(1)", "This is no web address"),
        ("localhost", "This is no web address"),
        ("https://www.linkedin.com/company/acme/jobs", "shows jobs of many companies"),
        ("https://acme.example/" + "a" * 300, "255 is the most"),
    ],
)
def test_an_address_that_cannot_be_followed_is_kept_and_said(robin: Reader, address: str, said: str) -> None:
    answer = robin.post("/jobs/follow", address=address)
    assert answer.status_code == 400
    assert said in answer.text
    assert Follow.select().count() == 0


def test_a_pasted_posting_shows_how_far_it_is(robin: Reader, mallory: Reader) -> None:
    robin.post("/jobs/posting", address="https://birch.example/jobs/1")
    assert "Reading the page at birch.example" in robin.read("/jobs/searches")
    version = {"version": User.current_version(robin.user.id)}
    assert robin.client.get("/jobs/searches/changes", query_string=version).status_code == 204
    PastedPosting.get().end(PasteState.FAILED, "The page describes no job in a way that we can read.")
    changed = robin.client.get("/jobs/searches/changes", query_string=version)
    assert "The page describes no job" in changed.text
    assert "birch.example" not in mallory.read("/jobs/searches")
    assert robin.post("/jobs/posting", address="no address at all").status_code == 400


def test_another_users_search_is_not_there(robin: Reader, mallory: Reader) -> None:
    robin.post("/jobs/searches", words="cook")
    path = f"/jobs/searches/{SavedSearch.get().id}"
    assert mallory.client.get(path).status_code == 404
    assert mallory.post(path, words="x", name="x", every_hours="6", tell="each").status_code == 404
    for act in ("pause", "resume", "delete", "restore"):
        assert mallory.post(f"{path}/{act}").status_code == 404
    assert "cook" not in mallory.read("/jobs/searches")
    match_new([job("Cook").id])
    assert "Why it fits" not in mallory.read(f"/jobs/{JobMatch.get().job_id}")


def test_marks_are_each_users_own_and_need_a_form_of_ours(robin: Reader, mallory: Reader) -> None:
    one = job("Cook")
    robin.post(f"/jobs/{one.id}/save")
    assert [mark.user_id for mark in JobMark.select()] == [robin.user.id]
    assert robin.client.post(f"/jobs/{one.id}/hide").status_code == 400
    assert robin.post("/jobs/999999/save").status_code == 404
    assert robin.client.get("/jobs/999999").status_code == 404


@pytest.mark.parametrize(
    "back", ["https://evil.example/jobs", "//evil.example/jobs", "/\\evil.example", "/settings"]
)
def test_a_form_leads_nowhere_else(robin: Reader, back: str) -> None:
    one = job("Cook")
    assert robin.post(f"/jobs/{one.id}/save", back=back).headers["Location"] == f"/jobs/{one.id}"


PATHS = ["/jobs", "/jobs/saved", "/jobs/searches", "/jobs/searches/1", "/jobs/1"]


@pytest.mark.parametrize("path", PATHS)
def test_who_is_not_signed_in_is_asked_to_sign_in(robin: Reader, path: str) -> None:
    job("Cook")
    answer = robin.app.test_client().get(path)
    assert answer.status_code == 302 and "/sign-in" in answer.headers["Location"]
