"""The editor of a CV: what was read as a form beside the pages that it was read from."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user, login_required
from werkzeug.wrappers import Response as AnyResponse

from hearback.documents.parse.found import SURE
from hearback.models import Document, DocumentPage, DocumentVersion
from jobs import cv_faults, documents
from jobs.own_documents import newest, own_document
from webapp import document_form, layout

pages = Blueprint("document_editor", __name__, url_prefix="/documents")

CHANGED_MEANWHILE = (
    "This CV was saved in another window meanwhile. What you typed here is kept below; saving it makes a "
    "newer version, and the other one stays among the versions."
)
# Where JSON Resume has places and profiles, and where the form has them.
HOMES = (("basics.location.", "place."), ("basics.profiles", "profiles"))
_NUMBER = re.compile(r"\[(\d+)\]")


@pages.get("/<int:document_id>/edit")
@login_required  # type: ignore[untyped-decorator]
def show(document_id: int) -> str:
    """The newest version that was read."""
    document = own_document(current_user.id, document_id)
    version = newest(document.id, read=True)
    return _page(document, version, document_form.values_of(version.cv), {})


@pages.post("/<int:document_id>/edit")
@login_required  # type: ignore[untyped-decorator]
def save(document_id: int) -> AnyResponse | str | tuple[str, int]:
    """Save what was typed, or do what another button says; what was typed is kept in any case."""
    document = own_document(current_user.id, document_id)
    version = newest(document.id, read=True)
    values = {name: value for name, value in request.form.items() if "." in name}
    act = request.form.get("do", "save")
    if act != "save":
        return _page(document, version, document_form.changed(values, act), {}, act)
    cv = document_form.cv_of(values, version.cv)
    wrong = {_name(path): words for path, words in cv_faults.faults_of(cv).items()}
    if request.form.get("base", type=int) != version.number:
        wrong[""] = CHANGED_MEANWHILE
    if wrong:
        return _page(document, version, values, wrong), 400
    made = documents.correct(current_user.id, document.id, cv)
    layout.said(f"Saved as version {made.number}. The file that you gave stays as it is.")
    return redirect(url_for("document.show", document_id=document.id), 303)


def _page(
    document: Document,
    version: DocumentVersion,
    values: Mapping[str, str],
    wrong: Mapping[str, str],
    act: str = "",
) -> str:
    counts = {part.key: document_form.count(values, part.key) for part in document_form.PARTS}
    pictured = _pictured(document.id)
    numbers = DocumentPage.select(DocumentPage.number).where(
        DocumentPage.file == (pictured.file_id if pictured else None)
    )
    return render_template(
        "document_editor.html",
        document=document,
        base=version.number,
        basics=document_form.BASICS,
        place=document_form.PLACE,
        parts=document_form.PARTS,
        values=values,
        counts=counts,
        filled=[key for key, count in counts.items() if count],
        checks=_checks(version.marks, values),
        wrong=wrong,
        act=act,
        pictured=pictured,
        numbers=[row[0] for row in numbers.order_by(DocumentPage.number).tuples()],
    )


def _pictured(document_id: int) -> DocumentVersion | None:
    """The newest version that has a file."""
    rows = DocumentVersion.select().where(DocumentVersion.document == document_id)
    found: DocumentVersion | None = (
        rows.where(DocumentVersion.file.is_null(False)).order_by(DocumentVersion.number.desc()).first()
    )
    return found


def _checks(marks: Sequence[Mapping[str, Any]], values: Mapping[str, str]) -> dict[str, str]:
    """For each field that is to be checked, the words of the file that its value was read from.

    Entries are told by where they stood when they were read, wherever they stand in the form now.
    """
    unsure = {_name(mark["path"]): mark["quote"] for mark in marks if mark["sure"] < SURE}
    out = {}
    for name in values:
        key, _, rest = name.partition(".")
        at, _, field = rest.partition(".")
        was = values.get(f"{key}.{at}.was", at)
        quote = unsure.get(f"{key}.{was}.{field}" if field else name)
        if quote is not None and values[name]:
            out[name] = quote
    return out


def _name(path: str) -> str:
    """The form's name of the field that holds a path of JSON Resume, such as "work[0].highlights[2]"."""
    for home, here in HOMES:
        if path.startswith(home):
            path = here + path[len(home) :]
    steps = _NUMBER.sub(r".\1", path).split(".")
    listed = steps[0] in document_form.KNOWN
    return ".".join(steps[: 3 if listed else 2])
