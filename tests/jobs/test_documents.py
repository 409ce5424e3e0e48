"""A CV that was given is read once, whatever happens to workers and Redis meanwhile."""

import datetime as dt
import json
import sys
from collections.abc import Iterator

import pytest

from hearback.documents import bounded
from hearback.models import (
    Document,
    DocumentFile,
    DocumentKind,
    DocumentPage,
    DocumentVersion,
    Reading,
    User,
    database,
    now,
)
from hearback.models import document as tables
from jobs import documents, own_documents, read_document, retention
from jobs.queues import queues, redis
from jobs.refusals import BadAct, NotFound
from jobs.sweep import sweep
from tests.support import product
from tests.support.forked import Point, run_worker, was_killed

CV = b"""Ada Holm
Nurse
ada@example.com | Graz, Austria

Work experience

Charge Nurse, Northwind Hospital, Graz
March 2019 - Present
- Led a ward of 24 beds

Skills
Triage, Wound care
"""


@pytest.fixture
def ada(database_url: str, redis_url: str) -> Iterator[User]:
    """Somebody with an account, on each database."""
    with product.running(product.environment(database_url, redis_url)):
        database.connect(reuse_if_open=True)
        yield User.create(email="ada@example.com", name="Ada", google_sub="1")


def state(version: DocumentVersion) -> str:
    return str(DocumentVersion.get_by_id(version.id).state)


@pytest.mark.parametrize(
    "point",
    [
        Point(bounded, "read_bounded"),
        Point(bounded, "read_bounded", after=True),
        Point(read_document, "_end"),
        Point(read_document, "_end", after=True),
    ],
    ids=str,
)
def test_a_worker_that_is_killed_leaves_a_cv_that_is_read_later(ada: User, point: Point) -> None:
    version = documents.upload(ada.id, "cv.txt", CV)
    assert was_killed(run_worker(point))
    # What Redis knew of it is gone too; the sweep finds it once its reader must be dead.
    redis().flushall()
    later = now() + read_document.STALE * 2
    assert read_document.unread(now()) == []
    found = read_document.unread(later)
    assert found == ([] if point.name == "_end" and point.after else [version.id])
    DocumentVersion.update(claimed_at=now() - read_document.STALE * 2).execute()
    sweep()
    run_worker()
    read = DocumentVersion.get_by_id(version.id)
    assert read.state == Reading.READ and read.cv["basics"]["email"] == "ada@example.com"


def test_a_flushed_redis_loses_no_upload(ada: User) -> None:
    version = documents.upload(ada.id, "cv.txt", CV)
    redis().flushall()
    sweep()
    sweep()
    assert len(queues.default) == 1, "one that waits is not rung for again"
    run_worker()
    assert state(version) == Reading.READ


def test_a_file_that_kills_every_reader_is_given_up_in_words(ada: User) -> None:
    version = documents.upload(ada.id, "cv.txt", CV)
    for _ in range(read_document.TRIES):
        assert was_killed(run_worker(Point(bounded, "read_bounded")))
        DocumentVersion.update(claimed_at=now() - read_document.STALE * 2).execute()
        redis().flushall()
        sweep()
    ended = DocumentVersion.get_by_id(version.id)
    assert ended.state == Reading.FAILED and "too much time or memory" in ended.words
    assert len(queues.default) == 0


def test_a_fault_of_ours_is_tried_again_and_then_said_to_be_ours(
    ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    version, other = (documents.upload(ada.id, name, CV + name.encode()) for name in ("a.txt", "b.txt"))
    with monkeypatch.context() as broken:
        broken.setattr(bounded, "COMMAND", (sys.executable, "-c", "import no_such_module_of_ours"))
        read_document.read_document(version.id)
        assert state(version) == Reading.WAITING
        for _ in range(read_document.TRIES):
            assert other.id in read_document.unread(now())
            read_document.read_document(other.id)
    assert version.id in read_document.unread(now())
    read_document.read_document(version.id)
    assert state(version) == Reading.READ
    ended = DocumentVersion.get_by_id(other.id)
    assert ended.state == Reading.FAILED and "on our side" in ended.words


def test_two_workers_read_it_once(ada: User) -> None:
    version = documents.upload(ada.id, "cv.txt", CV)
    assert DocumentVersion.claim(version.id, now(), read_document.STALE, read_document.TRIES)
    read_document.read_document(version.id)
    assert state(version) == Reading.READING, "another one has it in hand"


def test_who_was_slow_does_not_overwrite_what_came_after(ada: User) -> None:
    version = documents.upload(ada.id, "cv.txt", CV)
    DocumentVersion.claim(version.id, now() - dt.timedelta(hours=1), read_document.STALE, 3)
    slow = DocumentVersion.get_by_id(version.id)
    read_document.read_document(version.id)
    read_document._end(slow, state=Reading.FAILED, words="too late")
    assert state(version) == Reading.READ


def test_a_shelf_has_an_end(ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "LARGEST_SHELF", len(CV))
    documents.upload(ada.id, "cv.txt", CV)
    with pytest.raises(BadAct, match="all there is room for"):
        documents.upload(ada.id, "other.txt", CV + b"more words\n" * 5)
    assert documents.upload(ada.id, "again.txt", CV), "what is there takes no more room"


def test_the_first_cv_is_the_main_one_and_another_follows_it(ada: User) -> None:
    first = documents.upload(ada.id, "one.txt", CV)
    second = documents.upload(ada.id, "two.txt", CV + b"Nursing\n")
    letter = documents.upload(ada.id, "letter.txt", b"Dear you", DocumentKind.LETTER)
    run_worker()
    assert own_documents.main_cv(ada.id).id == first.id
    with pytest.raises(BadAct, match="Only a CV"):
        documents.make_main(ada.id, letter.document_id)
    documents.make_main(ada.id, second.document_id)
    assert Document.select().where(Document.main).count() == 1
    documents.delete(ada.id, second.document_id)
    assert own_documents.main_cv(ada.id).id == first.id
    documents.restore(ada.id, second.document_id)
    assert own_documents.main_cv(ada.id).id == first.id


def test_what_was_deleted_goes_with_its_bytes_and_nothing_else_does(ada: User) -> None:
    other = User.create(email="eve@example.com", name="Eve", google_sub="2")
    gone = documents.upload(ada.id, "cv.txt", CV)
    kept = documents.upload(ada.id, "letter.txt", b"Dear you", DocumentKind.LETTER)
    hers = documents.upload(other.id, "cv.txt", CV)
    run_worker()
    documents.correct(ada.id, gone.document_id, {"basics": {"name": "Ada"}})
    documents.delete(ada.id, gone.document_id)
    retention.drop_deleted(now() + dt.timedelta(hours=23))
    assert DocumentVersion.select().count() == 4
    retention.drop_deleted(now() + dt.timedelta(hours=25))
    left = {version.id for version in DocumentVersion.select()}
    assert left == {kept.id, hers.id}
    assert DocumentFile.select().count() == 2
    with pytest.raises(NotFound):
        documents.restore(ada.id, gone.document_id)


def test_erasing_a_user_takes_all_of_it(ada: User) -> None:
    documents.upload(ada.id, "cv.txt", CV)
    run_worker()
    ada.delete_instance()
    for table in (Document, DocumentVersion, DocumentFile, DocumentPage):
        assert not table.select().exists(), table


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\Users\\me\\CV.pdf", "CV.pdf"),
        ("../../../etc/passwd", "passwd"),
        ("a\x00b\n.pdf", "ab.pdf"),
        ("", "document"),
        ("...", "document"),
        ("x" * 300 + ".pdf", "x" * 197 + ".pdf"),
        ("Lebenslauf – Zoë.docx", "Lebenslauf – Zoë.docx"),
    ],
)
def test_names_are_plain(given: str, kept: str) -> None:
    assert documents.file_name(given) == kept
    assert len(kept) <= tables.DocumentVersion.filename.max_length


def test_what_no_database_takes_is_left_out_of_what_was_read(ada: User) -> None:
    cv = {"basics": {"name": "Ada \0Holm\ud800", "summary": "One\x07two"}}
    version = documents.upload(ada.id, "cv.json", json.dumps(cv).encode())
    run_worker()
    read = DocumentVersion.get_by_id(version.id)
    assert read.state == Reading.READ, read.words
    assert read.cv["basics"] == {"name": "Ada Holm", "summary": "Onetwo"}


def test_a_cv_without_end_is_refused_in_words(ada: User) -> None:
    work = [{"name": f"Acme {n}", "position": "Cook", "summary": "I cook well. " * 30} for n in range(900)]
    version = documents.upload(ada.id, "cv.json", json.dumps({"work": work}).encode())
    run_worker()
    read = DocumentVersion.get_by_id(version.id)
    assert read.state == Reading.FAILED and "longer than fifty pages" in read.words and read.cv is None


def test_who_leaves_while_it_is_read_leaves_nothing_and_breaks_nothing(
    ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents.upload(ada.id, "cv.txt", CV)
    other = documents.upload(ada.id, "two.txt", CV + b"Nursing\n")
    read_bounded = bounded.read_bounded
    DocumentVersion.update(state=Reading.READ).where(DocumentVersion.id == other.id).execute()

    def leaving(content: bytes, name: str) -> object:
        User.delete().execute()
        return read_bounded(content, name)

    monkeypatch.setattr(bounded, "read_bounded", leaving)
    read_document.read_document(DocumentVersion.select().order_by(DocumentVersion.id).get().id)
    assert not DocumentVersion.select().exists() and not DocumentPage.select().exists()
    read_document.read_document(other.id)


def test_where_the_main_cv_cannot_be_read_another_one_is_it(ada: User) -> None:
    broken = documents.upload(ada.id, "broken.pdf", b"%PDF-1.7\nnothing")
    good = documents.upload(ada.id, "cv.txt", CV)
    read_document.read_document(good.id)
    assert own_documents.main_cv(ada.id) is None, "the main one may still be read"
    read_document.read_document(broken.id)
    assert own_documents.main_cv(ada.id).id == good.id


def test_a_correction_that_changes_nothing_makes_no_version_and_there_is_an_end_to_them(
    ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = documents.upload(ada.id, "cv.txt", CV)
    run_worker()
    cv = {"basics": {"name": "Ada"}}
    assert documents.correct(ada.id, first.document_id, cv).number == 2
    assert documents.correct(ada.id, first.document_id, cv).number == 2
    monkeypatch.setattr(documents, "MOST_VERSIONS", 2)
    with pytest.raises(BadAct, match="has 2 versions"):
        documents.correct(ada.id, first.document_id, {"basics": {"name": "Eve"}})
