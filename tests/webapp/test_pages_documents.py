"""What users do with documents: give, see what was read, correct, download, delete and bring back."""

import io
import json

import pytest
from werkzeug.http import parse_options_header
from werkzeug.test import TestResponse

from hearback.models import Document, DocumentVersion, Reading, now
from jobs import retention
from jobs.read_document import read_document
from tests.webapp.reader import Reader, words

CV = """Ada Holm
Nurse
ada@example.com | +43 316 123456 | Graz, Austria

Work experience

Charge Nurse, Northwind Hospital, Graz
March 2019 - Present
- Led a ward of 24 beds

Education

BSc Nursing, University of Graz, 2012 - 2015

Skills
Triage, Wound care, German
"""


def give(
    reader: Reader, name: str = "My CV.txt", content: bytes = CV.encode(), **form: object
) -> TestResponse:
    reader.see("/documents")
    return reader.client.post(
        "/documents/upload",
        data={
            "csrf_token": reader.token(),
            "kind": "cv",
            "file": (io.BytesIO(content), name),
            **form,
        },
        content_type="multipart/form-data",
        follow_redirects=True,
    )


@pytest.fixture
def document(robin: Reader) -> Document:
    """A CV of Robin's that was read."""
    assert give(robin).status_code == 200
    read_document(DocumentVersion.get().id)
    return Document.get()


def test_a_cv_is_given_read_and_shown(robin: Reader, mallory: Reader) -> None:
    assert "No CV is here yet." in robin.read("/documents")
    answer = give(robin)
    assert "Took My CV.txt." in answer.text and "Waits to be read." in answer.text
    version = {"version": robin.user.get_by_id(robin.user.id).version}
    assert robin.client.get("/documents/changes", query_string=version).status_code == 204
    read_document(DocumentVersion.get().id)
    parts = robin.client.get("/documents/changes", query_string=version).text
    assert "Read: 1 job, 1 school, 3 skills." in parts and "Main CV" in parts
    assert "No CV is here yet." in mallory.read("/documents")


def test_the_same_file_twice_is_one_version(robin: Reader, document: Document) -> None:
    give(robin, "another name.txt")
    give(robin, document_id=document.id)
    assert DocumentVersion.select().count() == Document.select().count() == 1


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("cv.pdf", b"", "This file is empty."),
        ("photo.png", b"\x89PNG\r\n\x1a\n" + bytes(300), "This is a picture, not a document."),
        ("cv.exe", b"MZ\x90\x00\x03\x00" + bytes(300), "This is a program, not a document."),
        ("cv.txt", b"x" * (10 * 1024 * 1024 + 1), "is larger than 10 MB"),
    ],
)
def test_what_is_no_document_is_refused_in_words(robin: Reader, name: str, content: bytes, said: str) -> None:
    answer = give(robin, name, content)
    assert answer.status_code == 400
    assert said in answer.text and name in answer.text
    assert not Document.select().exists()


def test_more_than_a_file_may_have_is_refused_before_it_is_read(robin: Reader) -> None:
    answer = give(robin, content=bytes(12 * 1024 * 1024))
    assert answer.status_code == 413 and "Send less than 10 MB at once." in answer.text


def test_a_name_cannot_lead_elsewhere(robin: Reader) -> None:
    give(robin, "../../etc/C\u202efdp.V.txt")
    version = DocumentVersion.get()
    assert version.filename == "Cfdp.V.txt"
    answer = robin.client.get(f"/documents/versions/{version.id}/file")
    assert answer.data == CV.encode()
    named = parse_options_header(answer.headers["Content-Disposition"])
    assert named == ("attachment", {"filename": "Cfdp.V.txt"})
    assert answer.headers["Cache-Control"] == "no-store"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_cv_is_corrected_beside_what_was_read(robin: Reader, document: Document) -> None:
    page = robin.see(f"/documents/{document.id}/edit")
    typed = {
        field.attributes["name"]: field.attributes.get("value") or field.text()
        for field in page.css("#cv-form :is(input, textarea)")
    }
    assert typed["work.0.name"] == "Northwind Hospital" and typed["basics.name"] == "Ada Holm"
    typed |= {"work.0.name": "Southwind Hospital", "work.0.startDate": "03/2019", "do": "save"}
    answer = robin.client.post(f"/documents/{document.id}/edit", data=typed)
    assert answer.status_code == 400, "a date that cannot be kept"
    assert "03/2019" in answer.text and "write 2021-03-31, 2021-03 or 2021" in answer.text
    assert "Southwind Hospital" in answer.text, "what was typed is kept"
    answer = robin.client.post(
        f"/documents/{document.id}/edit", data=typed | {"work.0.startDate": "2019-03"}, follow_redirects=True
    )
    assert "Saved as version 2." in answer.text
    assert DocumentVersion.get(DocumentVersion.number == 2).cv["work"][0]["name"] == "Southwind Hospital"
    answer = robin.client.post(f"/documents/{document.id}/edit", data=typed | {"work.0.startDate": "2019"})
    assert answer.status_code == 400 and "saved in another window" in answer.text
    assert "Version 3 says what version 1 said." in robin.press(f"/documents/{document.id}", "Go back to it")


def test_entries_are_added_without_a_script(robin: Reader, document: Document) -> None:
    robin.see(f"/documents/{document.id}/edit")
    values = {"csrf_token": robin.token(), "work.0.was": "0", "work.0.name": "Typed", "do": "add work"}
    answer = robin.client.post(f"/documents/{document.id}/edit", data=values)
    assert 'name="work.1.name"' in answer.text and 'value="Typed"' in answer.text
    assert DocumentVersion.select().count() == 1, "nothing is saved by it"


@pytest.mark.parametrize(
    ("format", "start"), [("pdf", b"%PDF-"), ("docx", b"PK"), ("html", b"<!doctype html>"), ("json", b"{")]
)
def test_a_cv_comes_out_in_each_form(robin: Reader, document: Document, format: str, start: bytes) -> None:
    query = {"format": format, "design": "plain", "paper": "a4"}
    answer = robin.client.get(f"/documents/{document.id}/set", query_string=query)
    assert answer.status_code == 200 and answer.data.lower().startswith(start.lower())
    assert f"My CV.{format}" in answer.headers["Content-Disposition"]
    if format == "json":
        assert json.loads(answer.data)["basics"]["name"] == "Ada Holm"
    answer = robin.client.get(f"/documents/{document.id}/set", query_string=query | {"paper": "a3"})
    assert answer.status_code == 400 and "it must be one of a4, letter" in answer.text


def test_deleting_can_be_undone_for_a_day(robin: Reader, document: Document) -> None:
    assert "It can be brought back for a day." in robin.press("/documents", "Delete")
    assert "No CV is here yet." in robin.read("/documents")
    assert robin.client.get(f"/documents/{document.id}").status_code == 404
    assert robin.client.post(f"/documents/{document.id}/restore", data={"csrf_token": robin.token()})
    assert "Main CV" in robin.read("/documents")
    robin.press("/documents", "Delete")
    retention.drop_deleted(now() + retention.UNDO_TIME * 2)
    assert not DocumentVersion.select().exists()
    answer = robin.client.post(f"/documents/{document.id}/restore", data={"csrf_token": robin.token()})
    assert answer.status_code == 404


def test_a_file_that_cannot_be_read_says_so_and_is_kept(robin: Reader) -> None:
    give(robin, "cv.pdf", b"%PDF-1.7\nthis is not one")
    read_document(DocumentVersion.get().id)
    version = DocumentVersion.get()
    assert version.state == Reading.FAILED and version.cv is None
    text = robin.read("/documents")
    assert "One CV could not be read." in text and "damaged" in text
    assert "It is read again." in robin.press(f"/documents/{version.document_id}", "Read it again")
    assert DocumentVersion.get().state == Reading.WAITING


def test_nobody_else_sees_or_touches_them(robin: Reader, mallory: Reader, document: Document) -> None:
    version = DocumentVersion.get()
    mallory.see("/documents")
    for path in (
        f"/documents/{document.id}",
        f"/documents/{document.id}/changes",
        f"/documents/{document.id}/edit",
        f"/documents/{document.id}/set?format=pdf&design=plain&paper=a4",
        f"/documents/{document.id}/preview/plain.png",
        f"/documents/versions/{version.id}/file",
        f"/documents/versions/{version.id}/pages/0.png",
    ):
        assert mallory.client.get(path).status_code == 404, path
    for path in (
        *(f"/documents/{document.id}/{act}" for act in ("main", "delete", "restore", "rename", "edit")),
        *(f"/documents/versions/{version.id}/{act}" for act in ("again", "back")),
    ):
        assert mallory.post(path, name="x").status_code == 404, path
    assert give(mallory, document_id=document.id).status_code == 404
    assert words(robin.see("/documents").css_first("h1")).startswith("Your CV is read")
