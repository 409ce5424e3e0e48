"""The shelf of documents: upload, what was read, which CV is the main one, delete and undo."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Flask, redirect, render_template, request, url_for
from flask_login import current_user, login_required
from peewee import fn
from werkzeug.wrappers import Response as AnyResponse

from hearback.models import Document, DocumentFile, DocumentKind, DocumentVersion, Reading
from hearback.models.document import LARGEST_FILE
from jobs import documents
from jobs.refusals import BadAct, NotFound
from webapp import document_words, layout

pages = Blueprint("documents", __name__, url_prefix="/documents")

# A file at its largest, and the form around it.
LARGEST_UPLOAD = LARGEST_FILE + 64 * 1024
# A CV at its largest as a form: each letter of it may take nine.
LARGEST_FORM = 4 * 1024 * 1024


@dataclass(frozen=True)
class Shelved:
    """One document in the list: its newest version, and what is to be said of it."""

    document: Document
    version: DocumentVersion
    versions: int
    words: str
    tone: str
    busy: bool
    checks: int


def init_app(app: Flask) -> None:
    """Let signed-in users send files that are larger than forms. It must stand before forms are read."""
    app.before_request(_make_room)


def _make_room() -> None:
    if not current_user.is_authenticated:
        return
    if request.endpoint == "documents.upload":
        request.max_content_length = LARGEST_UPLOAD
    if request.endpoint == "document_editor.save":
        request.max_content_length = request.max_form_memory_size = LARGEST_FORM


@pages.get("")
@login_required  # type: ignore[untyped-decorator]
def show() -> str:
    """All documents of the user."""
    return render_template("documents.html", form={}, **_page())


@pages.get("/changes")
def changes() -> AnyResponse | str:
    """204 while the open page shows all there is, otherwise its parts anew."""
    return layout.changes("documents_parts.html", _page)


@pages.post("/upload")
@login_required  # type: ignore[untyped-decorator]
def upload() -> AnyResponse | tuple[str, int]:
    """Keep one or several files. Those that can be kept are, whatever is wrong with the others."""
    files = [file for file in request.files.getlist("file") if file.filename]
    kind = request.form.get("kind", DocumentKind.CV)
    document_id = request.form.get("document_id", type=int)
    faults = [] if files else ["File is empty; choose the file of your CV."]
    if kind not in set(DocumentKind):
        raise BadAct(f"kind is {kind!r}; it must be one of {', '.join(DocumentKind)}.")
    kept = []
    for file in files:
        try:
            name, content = file.filename or "", file.read()
            kept.append(documents.upload(current_user.id, name, content, DocumentKind(kind), document_id))
        except BadAct as fault:
            faults.append(str(fault))
    if faults:
        return render_template("documents.html", form={"kind": kind, "errors": faults}, **_page()), 400
    layout.said(document_words.uploaded(kept))
    if document_id is not None:
        return redirect(url_for("document.show", document_id=document_id), 303)
    return redirect(url_for("documents.show"), 303)


@pages.post("/<int:document_id>/<act>")
@login_required  # type: ignore[untyped-decorator]
def act(document_id: int, act: str) -> AnyResponse:
    """Make it the main CV, delete it, bring it back, give it another name."""
    user_id = current_user.id
    if act == "main":
        documents.make_main(user_id, document_id)
        return _back("Jobs are compared with this CV from now on.")
    if act == "delete":
        documents.delete(user_id, document_id)
        layout.said_with_undo(document_words.deleted(document_id), _restore(document_id))
        return redirect(url_for("documents.show"), 303)
    if act == "restore":
        documents.restore(user_id, document_id)
        return _back("It is back.")
    if act == "rename":
        documents.rename(user_id, document_id, request.form.get("name", ""))
        layout.said("Noted its name.")
        return redirect(url_for("document.show", document_id=document_id), 303)
    raise NotFound("There is nothing of that name to do.")


def _restore(document_id: int) -> str:
    return url_for("documents.act", document_id=document_id, act="restore")


def _back(words: str) -> AnyResponse:
    layout.said(words)
    return redirect(url_for("documents.show"), 303)


def _page() -> dict[str, Any]:
    shelf = _shelf()
    return {
        "version": current_user.version,
        "shelf": shelf,
        "kinds": document_words.KINDS,
        "held": DocumentFile.held(current_user.id),
        "title": document_words.title(
            [one.version.state for one in shelf if one.document.kind == DocumentKind.CV],
            sum(one.checks for one in shelf),
        ),
    }


def _shelf() -> list[Shelved]:
    """The documents, the main CV first, then the newest; three queries whatever their number."""
    own = (Document.user == current_user.id) & Document.deleted_at.is_null()
    rows = list(Document.select().where(own).order_by(Document.main.desc(), Document.id.desc()))
    last, count = fn.MAX(DocumentVersion.id), fn.COUNT(DocumentVersion.id)
    counted = (
        DocumentVersion.select(last, count)
        .where(DocumentVersion.document.in_([row.id for row in rows] or [0]))
        .group_by(DocumentVersion.document)
    )
    counts = dict(counted.tuples())
    # What older versions say is large, and not shown here.
    found = DocumentVersion.select().where(DocumentVersion.id.in_(list(counts) or [0]))
    newest = {version.document_id: version for version in found}
    return [_shelved(row, newest[row.id], counts[newest[row.id].id]) for row in rows if row.id in newest]


def _shelved(document: Document, last: DocumentVersion, versions: int) -> Shelved:
    return Shelved(
        document=document,
        version=last,
        versions=versions,
        words=document_words.words(document, last),
        tone=document_words.tone(document, last),
        busy=last.state in {Reading.WAITING, Reading.READING},
        checks=document_words.unsure(last),
    )
