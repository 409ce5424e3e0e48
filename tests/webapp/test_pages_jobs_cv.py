"""How well jobs suit the reader's CV: on the list, as an order, as a filter, and with reasons on the job."""

import pytest

from hearback.documents.asks import asked
from hearback.models import Document, DocumentVersion, Job, JobMark, Reading, Tailoring, User, database
from hearback.models.document import DocumentKind, Origin
from jobs import job_fit
from tests.support import openings
from tests.webapp.reader import Reader, words

NURSE = {
    "basics": {"name": "Ada Example", "location": {"city": "Graz", "countryCode": "AT"}},
    "work": [
        {
            "name": "Northwind Hospital",
            "position": "Ward Nurse",
            "startDate": "2015-03",
            "highlights": ["Led a ward of 24 beds", "Trained new nurses in wound care and triage"],
        }
    ],
    "skills": [{"name": "Nursing", "keywords": ["Triage", "Wound care"]}],
}
WARD = "Requirements\n- Triage\n- Wound care\n- 3 years of experience"
CODE = "Requirements\n- Kubernetes\n- Terraform\n- 8 years of experience"


def give(
    user: User, cv: dict[str, object] = NURSE, name: str = "My CV", main: bool = True
) -> DocumentVersion:
    """A CV that was read."""
    document = Document.create(user=user, kind=DocumentKind.CV, name=name, main=main)
    return DocumentVersion.append(
        document.id,
        origin=Origin.UPLOADED,
        filename="cv.pdf",
        media_type="application/pdf",
        state=Reading.READ,
        cv=cv,
    )


def job(title: str, text: str, **values: object) -> Job:
    """A job whose posting was read."""
    return openings.job(title, text=text, asks=asked(title, text).to_json(), **values)


def listed(reader: Reader, path: str) -> list[str]:
    return [words(node) for node in reader.see(path).css(".job h3 a")]


def queries(reader: Reader, path: str) -> int:
    """How often a page asks the database."""
    asked_for: list[str] = []
    original = database.obj.execute_sql

    def counting(sql: str, *args: object, **kwargs: object) -> object:
        asked_for.append(sql)
        return original(sql, *args, **kwargs)

    database.obj.execute_sql = counting
    try:
        reader.see(path)
    finally:
        del database.obj.execute_sql
    return len(asked_for)


def test_each_job_says_how_well_the_cv_answers_it(robin_everywhere: Reader) -> None:
    robin = robin_everywhere
    job("Platform Engineer", CODE, place="Graz, Austria")
    job("Ward Nurse", WARD, place="Graz, Austria")
    assert not robin.see("/jobs").css(".fit.is-cv"), "without a CV nothing is said of it"
    assert "Suits your CV" not in robin.read("/jobs")
    give(robin.user)
    assert listed(robin, "/jobs?order=fit") == ["Ward Nurse", "Platform Engineer"]
    good, bad = (int(words(node).split()[1]) for node in robin.page.css(".fit.is-cv"))
    assert good > 80 > 40 > bad
    assert listed(robin, "/jobs?fit=80") == ["Ward Nurse"]
    assert "1 job fits." in words(robin.page.css_first("h1"))
    chosen = robin.page.css_first("select[name=fit] option[selected]")
    assert words(chosen) == "At least 80 of 100"
    assert listed(robin, "/jobs?fit=80&words=engineer") == []


def test_of_very_many_the_page_says_how_many_were_looked_at(
    robin: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(robin.user)
    for _ in range(4):
        job("Ward Nurse", WARD)
    monkeypatch.setattr("jobs.find_jobs.MOST", 3)
    assert "3 jobs suit your CV." in robin.read("/jobs?fit=50")
    monkeypatch.setattr("jobs.find_jobs.MOST", 500)


def test_a_job_says_why(robin: Reader, mallory: Reader) -> None:
    one = job("Ward Nurse", WARD)
    give(robin.user)
    page = robin.read(f"/jobs/{one.id}")
    assert "How your CV answers it" in page
    assert "Your CV shows" in page and "Wound care" in page and "which the posting asks for." in page
    theirs = mallory.read(f"/jobs/{one.id}")
    assert "How your CV answers it" not in theirs
    assert "Add your CV" in theirs and "each job says how well it fits you." in theirs


def test_a_posting_that_was_not_read_yet_has_no_number_on_the_list_and_one_on_its_page(robin: Reader) -> None:
    give(robin.user)
    one = openings.job("Ward Nurse", text=WARD)
    assert not robin.see("/jobs").css(".fit.is-cv")
    assert listed(robin, "/jobs?order=fit") == ["Ward Nurse"]
    assert listed(robin, "/jobs?fit=40") == [], "nobody knows yet"
    assert robin.see(f"/jobs/{one.id}").css(".job-why .fit.is-cv")


@pytest.mark.parametrize(
    "query", ["fit=x", "fit=-1", "fit=101", "fit=%C2%B2", "fit=99999", "order=fit&fit=0"]
)
def test_no_address_is_an_error(robin: Reader, query: str) -> None:
    job("Ward Nurse", WARD)
    assert listed(robin, f"/jobs?{query}") == ["Ward Nurse"]
    give(robin.user)
    assert listed(robin, f"/jobs?{query}") == ["Ward Nurse"]


def test_a_cv_whose_number_was_given_again_is_another_one(robin: Reader, mallory: Reader) -> None:
    one = job("Ward Nurse", WARD)
    first = give(robin.user)
    facts = job_fit.own_facts(robin.user.id)
    assert facts is not None and job_fit.score(facts, one)
    Document.delete().execute()
    second = give(mallory.user, {"basics": {"name": "Mallory"}, "skills": [{"name": "Kubernetes"}]})
    assert second.id == first.id, "SQLite gives the number of a deleted row again"
    assert job_fit.own_facts(mallory.user.id) != facts
    assert job_fit.own_facts(robin.user.id) is None


def test_a_full_list_asks_little(robin: Reader) -> None:
    give(robin.user)
    for number in range(120):
        job(f"Ward Nurse {number}", WARD)
    JobMark.create(user=robin.user, job=Job.get().id)
    for path in ("/jobs?words=nurse", "/jobs?words=nurse&order=fit&fit=40"):
        robin.see(path)
        assert queries(robin, path) <= 13, path
    assert queries(robin, f"/jobs/{Job.get().id}") <= 16


def test_a_cv_is_tailored_from_the_jobs_page(robin: Reader, mallory: Reader) -> None:
    one = job("Ward Nurse", WARD, company="Blue Heron Clinic")
    assert "Tailor your CV to it" not in robin.read(f"/jobs/{one.id}")
    give(robin.user)
    page = robin.press(f"/jobs/{one.id}", "Tailor your CV to it")
    assert "For Ward Nurse at Blue Heron Clinic" in page
    assert Tailoring.get().tone == "plain"
    page = robin.read(f"/jobs/{one.id}")
    assert "Plain, just now" in page and "Waits to be made." in page
    assert "Waits to be made." not in mallory.read(f"/jobs/{one.id}")
    second = give(robin.user, name="Second CV", main=False)
    names = [words(node) for node in robin.see(f"/jobs/{one.id}").css("select[name=version_id] option")]
    assert names == ["My CV", "Second CV"]
    robin.post(f"/jobs/{one.id}/tailor", tone="warm", version_id=second.id)
    assert Tailoring.get(Tailoring.tone == "warm").version_id == second.id
