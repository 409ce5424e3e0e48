"""What a user does with documents: upload, correct, choose, delete and undo; reading is a job of its own."""

import logging
import re
from collections.abc import Mapping
from typing import Any

from hearback.documents.faults import DocumentFault
from hearback.documents.kinds import Kind, kind_of
from hearback.logs import event
from hearback.models import (
    Document,
    DocumentFile,
    DocumentKind,
    DocumentVersion,
    Origin,
    Reading,
    User,
    database,
    now,
)
from hearback.models.document import LARGEST_FILE, LARGEST_SHELF
from jobs.own_documents import newest, own_document, own_version
from jobs.read_document import ring
from jobs.refusals import BadAct, NotFound

log = logging.getLogger(__name__)

MEDIA_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.ODT: "application/vnd.oasis.opendocument.text",
    Kind.RTF: "application/rtf",
    Kind.TXT: "text/plain",
    Kind.MARKDOWN: "text/markdown",
    Kind.HTML: "text/html",
    Kind.JSON: "application/json",
}
# So often one document may be corrected.
MOST_VERSIONS = 300
_NO_NAME = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def upload(
    user_id: int,
    filename: str,
    content: bytes,
    kind: DocumentKind = DocumentKind.CV,
    document_id: int | None = None,
) -> DocumentVersion:
    """Keep a file as a new document, or as the next version of one, and have a CV read.

    The same bytes twice are one version: the one that is there is returned. Raises BadAct with what is
    wrong with the file, NotFound.
    """
    name = file_name(filename)
    if len(content) > LARGEST_FILE:
        raise BadAct(f"{name} is larger than 10 MB. Export it again without large pictures.")
    try:
        media_type = MEDIA_TYPES[kind_of(content, name)]
    except DocumentFault as fault:
        raise BadAct(f"{name}: {fault.words}") from fault
    with database.atomic():
        User.lock(user_id)
        document = own_document(user_id, document_id) if document_id else None
        if (before := _same(user_id, content, document, kind)) is not None:
            return before
        if DocumentFile.held(user_id) + len(content) > LARGEST_SHELF:
            raise BadAct("Your documents hold 200 MB, which is all there is room for. Delete some first.")
        version = DocumentVersion.append(
            (document or _begin(user_id, name, kind)).id,
            origin=Origin.UPLOADED,
            file=DocumentFile.keep(user_id, content),
            filename=name,
            media_type=media_type,
            state=Reading.WAITING if kind is DocumentKind.CV else Reading.READ,
        )
        User.touch(user_id)
    log.info(event("document.uploaded", version=version.id, size=len(content)))
    if kind is DocumentKind.CV:
        ring(version.id)
    return version


def correct(user_id: int, document_id: int, cv: Mapping[str, Any]) -> DocumentVersion:
    """Keep a CV as its owner corrected it, already valid, as the next version of its document.

    What the newest version says already makes no new one. Raises BadAct, NotFound.
    """
    with database.atomic():
        User.lock(user_id)
        document = own_document(user_id, document_id)
        last = newest(document.id)
        if last.cv == cv:
            return last
        if last.number >= MOST_VERSIONS:
            raise BadAct(
                f"{document.name} has {MOST_VERSIONS} versions. Download it, and add it as a new one."
            )
        version = DocumentVersion.append(
            document.id,
            origin=Origin.EDITED,
            filename=last.filename,
            media_type=last.media_type,
            state=Reading.READ,
            cv=dict(cv),
        )
        User.touch(user_id)
    return version


def read_again(user_id: int, version_id: int) -> None:
    """Have a version read anew whose reading failed, for instance once we have learnt to read such files."""
    version = own_version(user_id, version_id)
    failed = (DocumentVersion.id == version.id) & (DocumentVersion.state == Reading.FAILED)
    fresh = {"state": Reading.WAITING, "tries": 0, "fault": None, "words": None}
    if DocumentVersion.update(**fresh).where(failed).execute():
        User.touch(user_id)
        ring(version.id)


def rename(user_id: int, document_id: int, name: str) -> None:
    """Call a document by another name. Raises BadAct, NotFound."""
    document = own_document(user_id, document_id)
    wanted = " ".join(_NO_NAME.sub("", name).split())[:200]
    if not wanted:
        raise BadAct("Name is empty; write what this document shall be called.")
    Document.update(name=wanted).where(Document.id == document.id).execute()


def make_main(user_id: int, document_id: int) -> None:
    """Make a CV the one that jobs are compared with and applications go out with. Raises BadAct, NotFound."""
    with database.atomic():
        User.lock(user_id)
        document = own_document(user_id, document_id)
        if document.kind != DocumentKind.CV:
            raise BadAct("Only a CV can be the main one.")
        Document.update(main=Document.id == document.id).where(Document.user == user_id).execute()
        User.touch(user_id)


def delete(user_id: int, document_id: int) -> None:
    """Take a document off the shelf; for a day it can be brought back. Raises NotFound."""
    with database.atomic():
        User.lock(user_id)
        document = own_document(user_id, document_id)
        Document.update(deleted_at=now(), main=False).where(Document.id == document.id).execute()
        _choose_main(user_id)
        User.touch(user_id)


def restore(user_id: int, document_id: int) -> None:
    """Bring a deleted document back. Raises NotFound where it has gone for good."""
    with database.atomic():
        User.lock(user_id)
        own = (Document.id == document_id) & (Document.user == user_id)
        if not Document.update(deleted_at=None).where(own).execute():
            raise NotFound("This document is not here any more.")
        _choose_main(user_id)
        User.touch(user_id)


def file_name(given: str) -> str:
    """A file's name as it may be shown and saved under: no folder, nothing that hides its end."""
    last = _NO_NAME.sub("", given).replace("\\", "/").rsplit("/", 1)[-1].strip(" .")
    stem, dot, ending = last.rpartition(".")
    if dot and stem and len(ending) <= 8:
        return f"{stem[: 200 - len(ending)]}.{ending}"
    return last[:200] or "document"


def _same(
    user_id: int, content: bytes, document: Document | None, kind: DocumentKind
) -> DocumentVersion | None:
    """A version that has these bytes already, of this document or, for a new one, of any of its kind."""
    file = DocumentFile.of(user_id, content)
    own = (Document.user == user_id) & Document.deleted_at.is_null() & (Document.kind == kind)
    if document is not None:
        own &= Document.id == document.id
    rows = DocumentVersion.select().join(Document).where(own & (DocumentVersion.file == file))
    return rows.order_by(DocumentVersion.id.desc()).first() if file is not None else None


def _begin(user_id: int, filename: str, kind: DocumentKind) -> Document:
    """A new document, called as its file is; the first CV is the main one."""
    name = filename.rpartition(".")[0] or filename
    made: Document = Document.create(user=user_id, kind=kind, name=name[:200])
    _choose_main(user_id)
    return made


def _choose_main(user_id: int) -> None:
    """Where no CV is the main one, let the newest be it."""
    cvs = (Document.user == user_id) & (Document.kind == DocumentKind.CV) & Document.deleted_at.is_null()
    if Document.select().where(cvs & Document.main).exists():
        return
    last = Document.select(Document.id).where(cvs).order_by(Document.id.desc()).limit(1).scalar()
    Document.update(main=True).where(Document.id == last).execute()
