"""A CV and a letter for a job: made once, true to the CV, and approved by the user before they leave."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from rq.registry import FailedJobRegistry

from hearback.models import DocumentVersion, Job, Making, Reading, Tailoring, User, database, now
from jobs import documents, retention, tailor, tailorings
from jobs.queues import queues, redis
from jobs.refusals import BadAct, NotFound
from jobs.sweep import sweep
from tests.support import openings, product
from tests.support.fake_model import FakeModel, fake_model
from tests.support.forked import Point, run_worker, was_killed

CV = {
    "basics": {"name": "Ada Example", "email": "ada@example.com", "phone": "+43 316 123456"},
    "work": [
        {
            "name": "Northwind Hospital",
            "position": "Charge Nurse",
            "startDate": "2019-03",
            "highlights": ["Led a ward of 24 beds", "Trained 6 new nurses in wound care"],
        }
    ],
    "education": [{"institution": "University of Graz", "studyType": "BSc", "area": "Nursing"}],
    "skills": [{"name": "Nursing", "keywords": ["Triage", "Wound care"]}],
}
LIE = "I hold a PhD in Medicine from Harvard."
TRUE = "At Northwind Hospital I led a ward of 24 beds."


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeModel]:
    """A server that the operator has set up."""
    with fake_model() as running:
        monkeypatch.setenv("LLM_BASE_URL", running.url)
        monkeypatch.setenv("LLM_MODEL", "small")
        running.answer = {"paragraphs": [TRUE, LIE, "I would be glad to talk."], "summary": TRUE}
        yield running


@pytest.fixture
def ada(model: FakeModel, database_url: str, redis_url: str) -> Iterator[User]:
    """Somebody whose CV was read, on each database."""
    with product.running(product.environment(database_url, redis_url)):
        database.connect(reuse_if_open=True)
        user = User.create(email="ada@example.com", name="Ada", google_sub="1")
        version = documents.upload(user.id, "cv.txt", b"Ada Example, Charge Nurse")
        DocumentVersion.update(state=Reading.READ, cv=CV).where(DocumentVersion.id == version.id).execute()
        redis().flushall()
        yield user


def posting() -> Job:
    return openings.job(
        title="Ward Nurse",
        company="Blue Heron Clinic",
        description_text="You lead a ward.\n\nRequirements\n- Wound care\n- Triage\n- A PhD in Medicine",
    )


def made(user: User) -> Tailoring:
    begun = tailor.begin(user.id, posting().id, "plain")
    run_worker()
    return Tailoring.get_by_id(begun.id)


def test_a_letter_says_what_the_cv_says_and_names_the_job(ada: User, model: FakeModel) -> None:
    row = made(ada)
    assert row.state == Making.MADE and row.made_by == "templates"
    assert "Blue Heron Clinic" in row.letter and row.letter.rstrip().endswith("Ada Example")
    assert "PhD" not in row.letter and "24 beds" in row.letter
    assert not model.asked, "nobody allowed that a model is asked"


def test_a_model_writes_where_its_user_allows_it_and_lies_are_kept_out(ada: User, model: FakeModel) -> None:
    User.update(model_letters=True).execute()
    row = made(ada)
    assert row.made_by == "model"
    assert TRUE in row.letter and "PhD" not in row.letter
    assert [one["what"] for one in row.refused] == [LIE]
    sent = str(model.asked)
    assert "24 beds" in sent and "Blue Heron" in sent
    for private in ("Ada Example", "ada@example.com", "316 123456"):
        assert private not in sent


@pytest.mark.parametrize("manner", ["failing", "prose", "shapeless", "redirect"])
def test_without_an_answer_the_templates_write(ada: User, model: FakeModel, manner: str) -> None:
    User.update(model_letters=True).execute()
    model.manner = manner
    row = made(ada)
    assert row.state == Making.MADE and "24 beds" in row.letter


def test_killed_workers_and_a_flushed_redis_lose_nothing(ada: User) -> None:
    begun = tailor.begin(ada.id, posting().id, "warm")
    assert was_killed(run_worker(Point(tailor, "_end")))
    redis().flushall()
    Tailoring.update(claimed_at=now() - tailor.STALE * 2).execute()
    sweep()
    sweep()
    assert len(queues.default) == 1
    run_worker()
    assert Tailoring.get_by_id(begun.id).state == Making.MADE


def test_what_was_tried_too_often_ends_in_words(ada: User) -> None:
    begun = tailor.begin(ada.id, posting().id, "warm")
    ended = {"state": Making.MAKING, "tries": tailor.TRIES, "claimed_at": now() - tailor.STALE * 2}
    Tailoring.update(**ended).execute()
    assert tailor.unmade(now()) == []
    assert Tailoring.get_by_id(begun.id).state == Making.FAILED


def correct(row: Tailoring, letter: str, vouched: Sequence[str] = (), **how: Any) -> list[str]:
    """Save a letter from a page that shows the newest of it; return what is asked about."""
    base = how.pop("base", None) or tailorings.words_of(Tailoring.get_by_id(row.id))
    asked = tailorings.correct(row.user_id, row.id, row.subject, letter, vouched, base=base, **how)
    return [one.what for one in asked]


def test_only_what_was_seen_and_approved_may_leave(ada: User) -> None:
    row = made(ada)
    with pytest.raises(BadAct, match="not approved"):
        tailorings.approved(ada.id, row.id)
    assert correct(row, row.letter, approve=True) == []
    assert tailorings.approved(ada.id, row.id).seen_at is not None
    assert correct(row, row.letter) == []
    assert tailorings.approved(ada.id, row.id), "what was saved as it was is approved still"
    assert correct(row, row.letter.replace("24 beds", "a ward")) == []
    with pytest.raises(BadAct, match="not approved"):
        tailorings.approved(ada.id, row.id)


def test_what_another_window_saved_is_not_approved_unseen(ada: User) -> None:
    row = made(ada)
    seen = tailorings.words_of(row)
    assert correct(row, f"{row.letter}\n\nI would be glad to talk.") == []
    with pytest.raises(BadAct, match="changed in another window"):
        correct(row, row.letter, base=seen, approve=True)
    assert Tailoring.get_by_id(row.id).approved_at is None


def test_own_words_that_the_cv_does_not_prove_are_asked_about(ada: User) -> None:
    row = made(ada)
    more = "I speak fluent Mandarin."
    changed = row.letter.replace("Ada Example", f"{LIE} {more}\n\nKind regards,\n\nAda Example")
    assert correct(row, changed, approve=True) == [LIE, more]
    assert correct(row, changed, [LIE], approve=True) == [LIE, more], (
        "what is ticked is shown beside the rest"
    )
    kept = Tailoring.get_by_id(row.id)
    assert kept.letter == row.letter and not kept.approved_at, "nothing is saved yet"
    assert correct(row, changed, [LIE, more]) == []
    kept = Tailoring.get_by_id(row.id)
    assert LIE in kept.letter and kept.vouched == [LIE, more]
    assert correct(row, changed, [more]) == [LIE, more], "a tick that was taken off is one"
    assert correct(row, row.letter, [LIE, more]) == []
    assert Tailoring.get_by_id(row.id).vouched == [], "what is not in the letter needs no tick"


def test_two_clicks_make_one_letter_and_there_is_an_end_to_them(
    ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = posting()
    first = tailor.begin(ada.id, job.id, "plain")
    assert tailor.begin(ada.id, job.id, "plain").id == first.id
    assert tailor.begin(ada.id, job.id, "warm").id != first.id
    monkeypatch.setattr(tailor, "MOST", 2)
    with pytest.raises(BadAct, match="all there is room for"):
        tailor.begin(ada.id, job.id, "formal")


def test_what_is_thrown_away_can_be_brought_back_for_a_day(ada: User) -> None:
    row = made(ada)
    tailorings.drop(ada.id, row.id)
    with pytest.raises(NotFound):
        tailorings.own(ada.id, row.id)
    retention.drop_deleted(now() + dt.timedelta(hours=23))
    tailorings.restore(ada.id, row.id)
    assert tailorings.own(ada.id, row.id).letter == row.letter
    tailorings.drop(ada.id, row.id)
    retention.drop_deleted(now() + dt.timedelta(hours=25))
    with pytest.raises(NotFound):
        tailorings.restore(ada.id, row.id)


def test_who_forbids_it_meanwhile_or_leaves_is_heeded(ada: User, model: FakeModel) -> None:
    User.update(model_letters=True).execute()
    begun = tailor.begin(ada.id, posting().id, "plain")
    User.update(model_letters=False).execute()
    run_worker()
    assert Tailoring.get_by_id(begun.id).made_by == "templates" and not model.asked
    tailor.begin(ada.id, posting().id, "warm")
    User.delete().execute()
    assert run_worker() == 0
    assert not Tailoring.select().exists() and not FailedJobRegistry(queue=queues.default).count


def test_what_is_asked_for_must_be_there(ada: User) -> None:
    other = User.create(email="eve@example.com", name="Eve", google_sub="2")
    with pytest.raises(BadAct, match="no CV of yours"):
        tailor.begin(other.id, posting().id, "plain")
    with pytest.raises(BadAct, match="tone is 'rude'"):
        tailor.begin(ada.id, posting().id, "rude")
    with pytest.raises(NotFound):
        tailor.begin(ada.id, 999, "plain")
    with pytest.raises(NotFound):
        tailor.begin(other.id, posting().id, "plain", DocumentVersion.get().id)
    row = made(ada)
    for act in (tailorings.own, tailorings.approved, tailorings.drop, tailorings.restore):
        with pytest.raises(NotFound):
            act(other.id, row.id)


def test_a_letter_is_cut_as_it_was_put_together() -> None:
    text = "Dear you,\n\nOne.\n\nTwo.\n\nKind regards,\n\nAda"
    assert tailorings.parts_of(text, "Ada") == ("Dear you,", ["One.", "Two."], "Kind regards,")
    assert tailorings.parts_of("Only this.", "Ada") == ("", ["Only this."], "")
