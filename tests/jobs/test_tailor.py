"""A CV and a letter for a job: made once, true to the CV, and approved by the user before they leave."""

from collections.abc import Iterator

import pytest

from hearback.models import DocumentVersion, Job, Making, Reading, Tailoring, User, database, now
from jobs import documents, tailor, tailorings
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


def test_only_what_was_seen_and_approved_may_leave(ada: User) -> None:
    row = made(ada)
    with pytest.raises(BadAct, match="not approved"):
        tailorings.approved(ada.id, row.id)
    with pytest.raises(BadAct, match="Look at the letter"):
        tailorings.approve(ada.id, row.id)
    tailorings.seen(row)
    tailorings.approve(ada.id, row.id)
    assert tailorings.approved(ada.id, row.id).id == row.id
    assert tailorings.correct(ada.id, row.id, "Ward Nurse", row.letter) == []
    with pytest.raises(BadAct, match="not approved"):
        tailorings.approved(ada.id, row.id)


def test_own_words_that_the_cv_does_not_prove_are_asked_about(ada: User) -> None:
    row = made(ada)
    changed = row.letter.replace("Ada Example", f"{LIE}\n\nKind regards,\n\nAda Example")
    doubts = tailorings.correct(ada.id, row.id, row.subject, changed)
    assert [one.what for one in doubts] == [LIE]
    assert Tailoring.get_by_id(row.id).letter == row.letter, "nothing is saved yet"
    assert tailorings.correct(ada.id, row.id, row.subject, changed, [LIE]) == []
    kept = Tailoring.get_by_id(row.id)
    assert LIE in kept.letter and kept.vouched == [LIE]


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
    for act in (tailorings.own, tailorings.approve, tailorings.approved, tailorings.drop):
        with pytest.raises(NotFound):
            act(other.id, row.id)


def test_a_letter_is_cut_as_it_was_put_together() -> None:
    text = "Dear you,\n\nOne.\n\nTwo.\n\nKind regards,\n\nAda"
    assert tailorings.parts_of(text, "Ada") == ("Dear you,", ["One.", "Two."], "Kind regards,")
    assert tailorings.parts_of("Only this.", "Ada") == ("", ["Only this."], "")
