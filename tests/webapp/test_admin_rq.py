"""The job dashboard shows our queues and jobs, acts by its own buttons, and is closed to everybody else."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import expect
from redis import Redis
from rq.job import Job
from rq.serializers import JSONSerializer
from rq.worker import SimpleWorker

from hearback.models import User
from jobs.queues import queues, redis
from jobs.replay import replay
from tests.support import product
from tests.webapp import operating
from tests.webapp.browsing import Opened, Site
from tests.webapp.reader import Reader
from webapp import create_app

PATH = "/admin/rq"


@pytest.fixture
def app(sqlite_url: str, redis_url: str) -> Iterator[Flask]:
    """The application with a Redis, of which the queues are empty."""
    with product.running(product.environment(sqlite_url, redis_url)):
        yield create_app()


def failed_job() -> Job:
    """A job that failed for good, whose fault quotes what somebody sent."""
    job = queues.default.enqueue(operating.fails, "<img src=x onerror=alert(1)>")
    worker = SimpleWorker([queues.default], connection=redis(), serializer=JSONSerializer)
    worker.work(burst=True, logging_level="CRITICAL")
    assert job.is_failed
    return job


def at_work(job: Job) -> SimpleWorker:
    """A worker that has the job in hand."""
    worker = SimpleWorker([queues.mail], connection=redis(), serializer=JSONSerializer, name="w-1")
    worker.register_birth()
    queues.mail.remove(job)
    worker.prepare_execution(job)
    worker.prepare_job_execution(job)
    return worker


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_is_no_admin_finds_nothing(mallory: Reader, method: str) -> None:
    token = mallory.token()
    for path in ("", "/", "/0/view/jobs", "/0/data/queues.json", "/static/css/main.css", "/requeue/default"):
        answer = getattr(mallory.client, method)(PATH + path, headers={"X-CSRFToken": token})
        assert answer.status_code == 404, path


def test_data_tells_of_jobs_as_workers_wrote_them(robin: Reader) -> None:
    waiting = queues.mail.enqueue(replay, 7)
    running = queues.mail.enqueue(replay, 8)
    at_work(running)
    shown = robin.client.get(f"{PATH}/0/data/workers.json").json
    assert [w["current_job"]["job_id"] for w in shown["workers"]] == [running.id]
    assert shown["workers"][0]["current_job"]["call_string"] == "jobs.replay.replay(8)"
    listed = robin.client.get(f"{PATH}/0/data/jobs/mail/queued/8/asc/1.json").json
    assert [(job["id"], job["description"]) for job in listed["jobs"]] == [
        (waiting.id, "jobs.replay.replay(7)")
    ]
    assert robin.client.get(f"{PATH}/0/data/job/{waiting.id}.json").json["status"] == "queued"


def test_a_job_that_is_gone_and_another_redis_are_not_there(robin: Reader) -> None:
    gone = robin.client.get(f"{PATH}/0/view/job/no-such-job")
    assert gone.status_code == 404
    assert "This job is gone" in gone.text
    assert robin.client.get(f"{PATH}/1/view/queues").status_code == 404


ACTS = ["/job/{job}/delete", "/job/{job}/requeue", "/requeue/default", "/queue/default/failed/empty"]


@pytest.mark.parametrize("path", [*ACTS, "/queue/default/compact"])
def test_another_site_cannot_press_its_buttons(robin: Reader, path: str) -> None:
    """A form of another site comes with our cookies at best, and never with the token."""
    job = failed_job()
    robin.client.get(f"{PATH}/0/view/jobs")
    address = PATH + path.format(job=job.id)
    foreign = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    assert robin.client.post(address, headers=foreign).status_code == 400
    assert robin.client.post(address, headers={**foreign, "X-CSRFToken": "guessed"}).status_code == 400
    assert robin.client.get(address).status_code == 405
    assert queues.default.failed_job_registry.get_job_ids() == [job.id]


def test_its_buttons_act_with_the_token_that_its_pages_carry(robin: Reader) -> None:
    job = failed_job()
    robin.client.get(f"{PATH}/0/view/jobs")
    cookie = robin.client.get_cookie("_csrf_token", path=PATH)
    assert cookie is not None
    assert (cookie.same_site, cookie.http_only) == ("Strict", False)
    headers = {"X-CSRFToken": cookie.value}
    assert robin.client.post(f"{PATH}/job/{job.id}/requeue", headers=headers).json == {"status": "OK"}
    assert queues.default.get_job_ids() == [job.id]
    assert queues.default.fetch_job(job.id).args == ["<img src=x onerror=alert(1)>"]
    assert robin.client.post(f"{PATH}/job/{job.id}/delete", headers=headers).json == {"status": "OK"}
    assert queues.default.get_job_ids() == []


def test_only_its_pages_may_run_what_they_bring(robin: Reader) -> None:
    policy = robin.client.get(f"{PATH}/").headers["Content-Security-Policy"]
    assert "'unsafe-eval'" in policy
    assert "script-src 'self' 'nonce-" in policy
    assert policy != robin.client.get(f"{PATH}/").headers["Content-Security-Policy"]
    for path in ("/", "/admin", "/mailboxes"):
        assert "unsafe" not in robin.client.get(path).headers["Content-Security-Policy"], path


def test_without_redis_it_says_so(sqlite_url: str) -> None:
    with product.running(product.environment(sqlite_url, "redis://127.0.0.1:1/0")):
        user = User.create(email="robin@example.com", google_sub="1")
        answer = Reader(create_app(), user).client.get(f"{PATH}/")
    assert answer.status_code == 503
    assert "We are not ready" in answer.text


def test_in_a_browser_it_shows_queues_workers_and_jobs(site: Site, opened: Opened) -> None:
    """`opened` fails on any console error and on any request to another server."""
    job = failed_job()
    at_work(queues.mail.enqueue(replay, 8))
    queues.mail.enqueue(replay, 7)
    page = opened(f"{PATH}/")
    expect(page.locator("#queues tbody")).to_contain_text("mail")
    page.get_by_role("link", name="Workers").click()
    expect(page.locator("#workers tbody")).to_contain_text("jobs.replay.replay(8)")
    page.goto(f"{site.url}{PATH}/0/view/jobs/default/failed/8/asc/1")
    expect(page.locator("#jobs tbody")).to_contain_text("cannot read <img")
    page.get_by_role("link", name=job.id).click()
    expect(page.locator("#job-data")).to_contain_text("onerror=alert(1)")
    expect(page.locator("#job-data img")).to_have_count(0)
    page.get_by_role("link", name="Back to the service").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("need")


def test_in_a_browser_its_buttons_work(site: Site, opened: Opened, redis_url: str) -> None:
    job = failed_job()
    page = opened(f"{PATH}/0/view/jobs/default/failed/8/asc/1")
    row = page.locator(f"[data-job-id='{job.id}']")
    row.get_by_text("Requeue", exact=True).click()
    expect(row).to_have_count(0)
    with Redis.from_url(redis_url) as client:
        assert client.llen("rq:queue:default") == 1
    page.goto(f"{site.url}{PATH}/0/view/jobs/default/queued/8/asc/1")
    page.locator(f"[data-job-id='{job.id}']").get_by_text("Delete").click()
    page.get_by_role("button", name="Yes").click()
    expect(page.locator("#jobs tbody")).to_contain_text("No jobs.")
    with Redis.from_url(redis_url) as client:
        assert client.llen("rq:queue:default") == 0
