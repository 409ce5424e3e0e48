"""Which documents are a user's own, and which version of one counts: for acts, pages and other jobs."""

import datetime as dt
from typing import Any

from peewee import fn

from hearback.models import Document, DocumentKind, DocumentVersion, Reading
from jobs.refusals import NotFound


def own_document(user_id: int, document_id: int | None) -> Document:
    """The user's document of that id, not deleted; raises NotFound."""
    own = (Document.id == document_id) & (Document.user == user_id) & Document.deleted_at.is_null()
    found: Document | None = Document.get_or_none(own)
    if found is None:
        raise NotFound("This document is not here any more.")
    return found


def own_version(user_id: int, version_id: int) -> DocumentVersion:
    """A version of one of the user's documents; raises NotFound."""
    version = DocumentVersion.get_or_none(DocumentVersion.id == version_id)
    if version is None:
        raise NotFound("This version is not here any more.")
    own_document(user_id, version.document_id)
    found: DocumentVersion = version
    return found


def newest(document_id: int, read: bool = False) -> DocumentVersion:
    """The newest version of a document; with `read` the newest one that was read. Raises NotFound."""
    rows = DocumentVersion.select().where(DocumentVersion.document == document_id)
    if read:
        rows = rows.where((DocumentVersion.state == Reading.READ) & DocumentVersion.cv.is_null(False))
    found: DocumentVersion | None = rows.order_by(DocumentVersion.number.desc()).first()
    if found is None:
        raise NotFound("There is no version of this document that could be read.")
    return found


def main_cv(user_id: int) -> DocumentVersion | None:
    """The newest read version of the user's main CV; None while there is none."""
    main = _read_versions(user_id, DocumentVersion).where(Document.main)
    found: DocumentVersion | None = main.order_by(DocumentVersion.number.desc()).first()
    return found


def main_cv_key(user_id: int) -> tuple[int, dt.datetime] | None:
    """What names the version that main_cv gives, also after its id was given to another: id and time."""
    main = _read_versions(user_id, DocumentVersion.id, DocumentVersion.created_at).where(Document.main)
    found: tuple[int, dt.datetime] | None = main.order_by(DocumentVersion.number.desc()).tuples().first()
    return found


def read_cvs(user_id: int) -> list[tuple[int, str]]:
    """The newest read version of each CV of the user, as id and name; the main one first."""
    fields = (fn.MAX(DocumentVersion.id), Document.name)
    rows = _read_versions(user_id, *fields).group_by(Document.id, Document.name, Document.main)
    return list(rows.order_by(Document.main.desc(), Document.id.desc()).tuples())


def settle_main(user_id: int) -> None:
    """Where the main CV could not be read and another one was, let the newest of these be the main one."""
    if main_cv_key(user_id) is not None:
        return
    own = (Document.user == user_id) & Document.main & Document.deleted_at.is_null()
    busy = DocumentVersion.state.in_([Reading.WAITING, Reading.READING])
    if DocumentVersion.select().join(Document).where(own & busy).exists():
        return
    other = _read_versions(user_id, Document.id).order_by(Document.id.desc()).limit(1).scalar()
    if other is not None:
        Document.update(main=Document.id == other).where(Document.user == user_id).execute()


def _read_versions(user_id: int, *fields: Any) -> Any:
    own = (Document.user == user_id) & (Document.kind == DocumentKind.CV) & Document.deleted_at.is_null()
    read = (DocumentVersion.state == Reading.READ) & DocumentVersion.cv.is_null(False)
    return DocumentVersion.select(*fields).join(Document).where(own & read)
