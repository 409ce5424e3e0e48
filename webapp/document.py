"""One document: how it was read, its versions and files, and the same facts set anew for download."""

import io
import re
from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template, request, send_file, url_for
from flask_login import current_user, login_required
from werkzeug.wrappers import Response as AnyResponse

from hearback.documents.render import DESIGNS, Format, Look, Paper, render
from hearback.models import (
    Document,
    DocumentFile,
    DocumentKind,
    DocumentPage,
    DocumentVersion,
    Reading,
    Tailoring,
)
from jobs import document_previews, documents, tailorings
from jobs.own_documents import newest, own_document, own_version
from jobs.refusals import BadAct
from webapp import document_words, layout

pages = Blueprint("document", __name__, url_prefix="/documents")

# What a list of versions shows; what they say is large.
LISTED = (
    *(DocumentVersion.id, DocumentVersion.number, DocumentVersion.origin, DocumentVersion.file),
    *(DocumentVersion.filename, DocumentVersion.state, DocumentVersion.words, DocumentVersion.created_at),
)

# What no system takes in a file's name, or what hides how it ends.
_NO_FILE_NAME = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\u200e\u200f\u202a-\u202e\u2066-\u2069]')
FORMATS = {
    Format.PDF: "PDF",
    Format.DOCX: "Word (.docx)",
    Format.HTML: "Web page (.html)",
    Format.MARKDOWN: "Markdown (.md)",
    Format.TEXT: "Plain text (.txt)",
    Format.JSON: "JSON Resume (.json)",
}


@pages.get("/<int:document_id>")
@login_required  # type: ignore[untyped-decorator]
def show(document_id: int) -> str:
    """One document with its versions."""
    return render_template("document.html", **_page(own_document(current_user.id, document_id)))


@pages.get("/<int:document_id>/changes")
def changes(document_id: int) -> AnyResponse | str:
    """204 while the open page shows all there is, otherwise its parts anew."""
    return layout.changes("document_parts.html", lambda: _page(own_document(current_user.id, document_id)))


@pages.get("/<int:document_id>/set")
@login_required  # type: ignore[untyped-decorator]
def set_anew(document_id: int) -> AnyResponse:
    """The newest read version in a design and format, as a download."""
    document = own_document(current_user.id, document_id)
    look = asked_look()
    cv = newest(document.id, read=True).cv
    return download(render(cv, look), f"{document.name}.{look.format.extension}", look.format.media_type)


@pages.get("/<int:document_id>/preview/<design>.png")
@login_required  # type: ignore[untyped-decorator]
def preview(document_id: int, design: str) -> AnyResponse:
    """The first page of the newest read version in a design, small."""
    document = own_document(current_user.id, document_id)
    if design not in DESIGNS:
        abort(404)
    return kept_picture(document_previews.first_page(newest(document.id, read=True).cv, design))


@pages.get("/versions/<int:version_id>/file")
@login_required  # type: ignore[untyped-decorator]
def original(version_id: int) -> AnyResponse:
    """A file as it came, always as a download: it may hold anything."""
    version = own_version(current_user.id, version_id)
    if version.file_id is None:
        abort(404)
    content = bytes(DocumentFile.get_by_id(version.file_id).content)
    return download(content, version.filename, version.media_type)


@pages.get("/versions/<int:version_id>/pages/<int:number>.png")
@login_required  # type: ignore[untyped-decorator]
def page_picture(version_id: int, number: int) -> AnyResponse:
    """A page of a file as a picture."""
    version = own_version(current_user.id, version_id)
    page = (DocumentPage.file == version.file_id) & (DocumentPage.number == number)
    found = DocumentPage.get_or_none(page) if version.file_id else None
    if found is None:
        abort(404)
    return kept_picture(bytes(found.picture))


@pages.post("/versions/<int:version_id>/again")
@login_required  # type: ignore[untyped-decorator]
def again(version_id: int) -> AnyResponse:
    """Have a version read anew."""
    documents.read_again(current_user.id, version_id)
    layout.said("It is read again.")
    return _to(own_version(current_user.id, version_id))


@pages.post("/versions/<int:version_id>/back")
@login_required  # type: ignore[untyped-decorator]
def back_to(version_id: int) -> AnyResponse:
    """Make what an older version says the newest again; none is lost."""
    version = own_version(current_user.id, version_id)
    if not version.cv:
        raise BadAct("This version was not read, so there is nothing to go back to.")
    made = documents.correct(current_user.id, version.document_id, version.cv)
    layout.said(f"Version {made.number} says what version {version.number} said.")
    return _to(version)


def asked_look() -> Look:
    """The look that a form asks for. Raises BadAct with the field and what it may be."""
    given = {name: request.args.get(name, "") for name in ("format", "design", "paper")}
    known: dict[str, list[str]] = {"format": list(FORMATS), "design": list(DESIGNS), "paper": list(Paper)}
    for name, value in given.items():
        if value not in known[name]:
            raise BadAct(f"{name} is {value!r}; it must be one of {', '.join(known[name])}.")
    return Look(Format(given["format"]), given["design"], Paper(given["paper"]))


def kept_picture(content: bytes) -> Response:
    """A picture that a browser need not ask for again for some minutes: making it takes long."""
    answer = Response(content, mimetype="image/png")
    answer.headers["Cache-Control"] = "private, max-age=600"
    return answer


def download(content: bytes, name: str, media_type: str) -> Response:
    """A file that a browser saves and never shows: whatever it holds does not run here."""
    name = _NO_FILE_NAME.sub("_", name)
    answer = send_file(io.BytesIO(content), media_type, as_attachment=True, download_name=name)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def _to(version: DocumentVersion) -> AnyResponse:
    return redirect(url_for("document.show", document_id=version.document_id), 303)


def _page(document: Document) -> dict[str, Any]:
    read = DocumentVersion.cv.is_null(False).alias("has_cv")
    rows = DocumentVersion.select(*LISTED, read).where(DocumentVersion.document == document.id)
    versions = list(rows.order_by(DocumentVersion.number.desc()))
    last = DocumentVersion.get_by_id(versions[0].id)
    return {
        "version": current_user.version,
        "document": document,
        "versions": versions,
        "last": last,
        "words": document_words.words(document, last),
        "tone": document_words.tone(document, last),
        "busy": document.kind == DocumentKind.CV and last.state in {Reading.WAITING, Reading.READING},
        "checks": document_words.unsure(last),
        "look": any(version.has_cv for version in versions),
        "shown": next((version.id for version in versions if version.has_cv), 0),
        "designs": DESIGNS,
        "formats": FORMATS,
        "tailorings": tailorings.listed(
            current_user.id, Tailoring.version.in_([version.id for version in versions])
        ),
        "making_words": document_words.MAKING,
    }
