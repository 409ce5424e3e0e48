"""Reads a CV in a process of its own, so that no file harms the worker, and keeps what was read."""

import datetime as dt
import logging
from contextlib import suppress
from dataclasses import asdict

from peewee import IntegrityError
from redis.exceptions import RedisError

from hearback.documents import bounded
from hearback.documents.faults import OURS_STILL, WORDS, DocumentFault, Fault
from hearback.logs import event
from hearback.models import (
    Document,
    DocumentFile,
    DocumentPage,
    DocumentVersion,
    Reading,
    User,
    database,
    now,
)
from jobs.cv_faults import TOO_LARGE, storable, too_large
from jobs.own_documents import settle_main
from jobs.queues import queues, tried_again

log = logging.getLogger(__name__)

# Whoever claimed one so long ago was killed: reading and picturing end well before.
STALE = dt.timedelta(minutes=2)
# A file that kills its reader so often is given up.
TRIES = 3


def ring(version_id: int) -> None:
    """Have a version read at once: to be called after the commit that made it wait."""
    try:
        queues.default.enqueue(read_document, version_id, **tried_again())
    except RedisError as fault:
        # The sweep finds it in the database within a minute of Redis coming back.
        log.warning(event("document.not_rung", version=version_id, fault=type(fault).__name__))


def read_document(version_id: int) -> None:
    """Read one version, unless it was read or is in hand. Every end stands in its row, in words."""
    if not DocumentVersion.claim(version_id, now(), STALE, TRIES):
        return
    version = DocumentVersion.get_or_none(DocumentVersion.id == version_id)
    file = DocumentFile.get_or_none(DocumentFile.id == version.file_id) if version else None
    if version is None or file is None:
        return  # It was deleted meanwhile, or its owner has left.
    content = bytes(file.content)
    try:
        read, pages = bounded.read_bounded(content, version.filename)
    except DocumentFault as fault:
        if fault.kind is Fault.OURS and version.tries < TRIES:
            # The sweep rings again within a minute.
            _end(version, state=Reading.WAITING)
            return
        words = OURS_STILL if fault.kind is Fault.OURS else fault.words
        _end(version, state=Reading.FAILED, fault=fault.kind, words=words[:500])
        return
    if too_large(read.cv):
        _end(version, state=Reading.FAILED, fault=Fault.TOO_LONG, words=TOO_LARGE)
        return
    _end(
        version,
        state=Reading.READ,
        cv=storable(read.cv),
        marks=storable([asdict(mark) for mark in read.marks]),
        warnings=list(read.warnings),
        pages=pages,
    )
    if pages:
        _picture(version, content)


def _picture(version: DocumentVersion, content: bytes) -> None:
    """Make pictures of the pages, which the editor shows beside the form; without them it is of use too."""
    try:
        made = bounded.pictures(content)
    except DocumentFault as fault:
        log.info(event("document.not_pictured", version=version.id, fault=fault.kind))
        return
    rows = [{"file": version.file_id, "number": n, "picture": picture} for n, picture in enumerate(made)]
    if not rows:
        return
    # Its file may be deleted by now; then there is nothing to show them beside.
    with suppress(IntegrityError), database.atomic():
        DocumentPage.insert_many(rows).on_conflict_ignore().execute()


def unread(at: dt.datetime) -> list[int]:
    """Versions that wait for a worker, or whose worker died; those that were tried too often are ended."""
    waits = (DocumentVersion.state == Reading.WAITING) | (
        (DocumentVersion.state == Reading.READING) & (DocumentVersion.claimed_at < at - STALE)
    )
    ends = {"state": Reading.FAILED, "fault": Fault.TOO_HEAVY, "words": WORDS[Fault.TOO_HEAVY]}
    DocumentVersion.update(**ends).where(waits & (DocumentVersion.tries >= TRIES)).execute()
    rows = DocumentVersion.select(DocumentVersion.id).where(waits)
    return [row[0] for row in rows.tuples()]


def _end(version: DocumentVersion, **values: object) -> None:
    """Note how reading ended, unless somebody else has claimed the version since."""
    mine = (DocumentVersion.id == version.id) & (DocumentVersion.claimed_at == version.claimed_at)
    with database.atomic():
        DocumentVersion.update(**values).where(mine & (DocumentVersion.state == Reading.READING)).execute()
        owner = Document.select(Document.user).where(Document.id == version.document_id).scalar()
        if owner is not None:
            User.lock(owner)
            settle_main(owner)
            User.touch(owner)
    log.info(event("document.read", version=version.id, state=values["state"]))
