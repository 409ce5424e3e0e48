"""A user's documents: the files as they came, their versions, and what was read in them."""

import datetime as dt
import hashlib
from enum import StrEnum

from peewee import BlobField, BooleanField, CharField, ForeignKeyField, IntegerField, JSONField, fn

from hearback.models.base import Row, UtcField, database, now
from hearback.models.user import User

# What one upload and all files of one user may hold.
LARGEST_FILE = 10 * 1024 * 1024
LARGEST_SHELF = 200 * 1024 * 1024


class DocumentKind(StrEnum):
    """What a document is; only a CV is read."""

    CV = "cv"
    LETTER = "letter"
    OTHER = "other"


class Origin(StrEnum):
    """Where a version came from."""

    UPLOADED = "uploaded"
    EDITED = "edited"


class Reading(StrEnum):
    """WAITING for a worker; READING by one, which may have died; READ and FAILED are ends."""

    WAITING = "waiting"
    READING = "reading"
    READ = "read"
    FAILED = "failed"


class DocumentFile(Row):
    """The bytes of a file, apart from the rows that lists are made of; the same bytes are kept once."""

    user = ForeignKeyField(User, on_delete="CASCADE", index=False)
    digest = CharField(max_length=64)
    size = IntegerField()
    content = BlobField()

    class Meta:
        table_name = "document_files"
        indexes = ((("user", "digest"), True),)

    @classmethod
    def keep(cls, user_id: int, content: bytes) -> int:
        """Keep these bytes; return the id of the row that holds them."""
        digest = hashlib.sha256(content).hexdigest()
        cls.insert(
            user=user_id, digest=digest, size=len(content), content=content
        ).on_conflict_ignore().execute()
        return int(cls.select(cls.id).where((cls.user == user_id) & (cls.digest == digest)).scalar())

    @classmethod
    def of(cls, user_id: int, content: bytes) -> int | None:
        """The id of the row that holds these bytes, if one does."""
        digest = hashlib.sha256(content).hexdigest()
        found: int | None = cls.select(cls.id).where((cls.user == user_id) & (cls.digest == digest)).scalar()
        return found

    @classmethod
    def held(cls, user_id: int) -> int:
        """How many bytes all files of the user have."""
        return int(cls.select(fn.COALESCE(fn.SUM(cls.size), 0)).where(cls.user == user_id).scalar())


class DocumentPage(Row):
    """A page of a file as a PNG picture, made once; `number` counts from 0."""

    file = ForeignKeyField(DocumentFile, on_delete="CASCADE", index=False)
    number = IntegerField()
    picture = BlobField()

    class Meta:
        table_name = "document_pages"
        indexes = ((("file", "number"), True),)


class Document(Row):
    """One document under one name, whatever its versions; at most one CV of a user is the main one."""

    user = ForeignKeyField(User, on_delete="CASCADE", index=False)
    kind = CharField(max_length=8)
    name = CharField(max_length=200)
    main = BooleanField(default=False)
    created_at = UtcField(default=now)
    # Deleted by a click, gone for good after the time in which that can be undone.
    deleted_at = UtcField(null=True, index=True)

    user_id: int

    class Meta:
        table_name = "documents"
        indexes = ((("user", "deleted_at"), False),)


class DocumentVersion(Row):
    """One version, numbered from 1. `file` is None for one that was edited here, which is its `cv` alone.

    `cv` is JSON Resume; `marks` say for each value where it was read and how sure. `words` is what the
    user is told of a fault, `warnings` what is told beside a success.
    """

    document = ForeignKeyField(Document, on_delete="CASCADE", index=False)
    number = IntegerField()
    origin = CharField(max_length=8)
    file = ForeignKeyField(DocumentFile, null=True, on_delete="SET NULL")
    filename = CharField(max_length=255)
    media_type = CharField(max_length=127)
    state = CharField(max_length=8, default=Reading.WAITING)
    claimed_at = UtcField(null=True)
    tries = IntegerField(default=0)
    fault = CharField(max_length=16, null=True)
    words = CharField(max_length=500, null=True)
    cv = JSONField(null=True)
    marks = JSONField(default=list)
    warnings = JSONField(default=list)
    pages = IntegerField(default=0)
    created_at = UtcField(default=now)

    document_id: int
    file_id: int | None

    class Meta:
        table_name = "document_versions"
        indexes = ((("document", "number"), True), (("state", "claimed_at"), False))

    @classmethod
    def claim(cls, version_id: int, at: dt.datetime, stale: dt.timedelta, tries: int) -> bool:
        """Take a version to read it; False where it is read, in hand just now, or was tried enough."""
        free = (cls.state == Reading.WAITING) | (
            (cls.state == Reading.READING) & (cls.claimed_at < at - stale)
        )
        taken = (
            cls.update(state=Reading.READING, claimed_at=at, tries=cls.tries + 1)
            .where((cls.id == version_id) & free & (cls.tries < tries))
            .execute()
        )
        return bool(taken)

    @classmethod
    def append(cls, document_id: int, **values: object) -> "DocumentVersion":
        """Add the next version of a document. Call it where nobody else adds one: the user is locked."""
        with database.atomic():
            last = cls.select(fn.MAX(cls.number)).where(cls.document == document_id).scalar() or 0
            made: DocumentVersion = cls.create(document=document_id, number=last + 1, **values)
            return made
