"""Makes a CV and a letter for a job, in the background; by a language model where all want that."""

import datetime as dt
import logging
from dataclasses import asdict

from redis.exceptions import RedisError

from hearback.config import settings
from hearback.documents.tailor.letter import Draft
from hearback.documents.tailor.model import prompt, read_answer
from hearback.documents.tailor.posting import Posting, Tone
from hearback.documents.tailor.tailor import tailor
from hearback.language_model import client
from hearback.logs import event
from hearback.models import AskedDay, DocumentVersion, Job, Making, Tailoring, User, database, now
from jobs.own_documents import main_cv, own_version
from jobs.queues import queues, tried_again
from jobs.refusals import BadAct, NotFound
from jobs.second_look import BREAKER

log = logging.getLogger(__name__)

# Whoever claimed one so long ago was killed: a model has a minute, and the rest takes far less.
STALE = dt.timedelta(minutes=3)
TRIES = 3
# A letter takes a model longer than a verdict, and nobody's mail waits for it.
LETTER_SECONDS = 60
NO_CV = "There is no CV of yours that was read. Add one under Documents."
# So many one user may have at a time.
MOST = 300
TOO_MANY = "You have 300 tailored CVs, which is all there is room for. Throw some away first."
GONE = "The job or the CV was taken away meanwhile."
TRIED = "Making it failed several times. Try it with another CV, or tell whoever runs this service."


def begin(user_id: int, job_id: int, tone: str, version_id: int | None = None) -> Tailoring:
    """Have a CV, by default the main one, tailored to a job. Raises BadAct, NotFound."""
    if tone not in set(Tone):
        raise BadAct(f"tone is {tone!r}; it must be one of {', '.join(Tone)}.")
    version = own_version(user_id, version_id) if version_id is not None else main_cv(user_id)
    if version is None or not version.cv:
        raise BadAct(NO_CV)
    job = Job.get_or_none(Job.id == job_id)
    if job is None:
        raise NotFound("This job is not here any more.")
    fields = {"user": user_id, "version": version.id, "job": job.id, "tone": tone}
    with database.atomic():
        User.lock(user_id)
        own = (Tailoring.user == user_id) & Tailoring.deleted_at.is_null()
        busy = Tailoring.state.in_([Making.WAITING, Making.MAKING])
        same = (Tailoring.version == version.id) & (Tailoring.job == job.id) & (Tailoring.tone == tone)
        if (waits := Tailoring.get_or_none(own & busy & same)) is not None:
            # Two clicks want one letter.
            return waits  # type: ignore[no-any-return]
        if Tailoring.select().where(own).count() >= MOST:
            raise BadAct(TOO_MANY)
        made: Tailoring = Tailoring.create(title=job.title[:255], company=job.company[:255], **fields)
        User.touch(user_id)
    ring(made.id)
    return made


def ring(tailoring_id: int) -> None:
    """Have one made at once: to be called after the commit that made it wait."""
    try:
        queues.default.enqueue(make_tailoring, tailoring_id, **tried_again())
    except RedisError as fault:
        # The sweep finds it in the database within a minute of Redis coming back.
        log.warning(event("tailoring.not_rung", tailoring=tailoring_id, fault=type(fault).__name__))


def make_tailoring(tailoring_id: int) -> None:
    """Make one, unless it was made or is in hand."""
    if not Tailoring.claim(tailoring_id, now(), STALE, TRIES):
        return
    row = Tailoring.get_or_none(Tailoring.id == tailoring_id)
    if row is None:
        return
    job = Job.get_or_none(Job.id == row.job_id)
    version = DocumentVersion.get_or_none(DocumentVersion.id == row.version_id)
    if job is None or version is None or not version.cv:
        _end(row, state=Making.FAILED, words=GONE)
        return
    posting, tone = Posting(job.title, job.company, job.description_text), Tone(row.tone)
    draft = _draft(row.user_id, version, posting, tone)
    made = tailor(version.cv, posting, tone, draft)
    _end(
        row,
        state=Making.MADE,
        made_by="templates" if draft is None else "model",
        cv=made.cv,
        summary=made.summary,
        subject=made.subject[:255],
        letter=made.letter,
        changes=[asdict(change) for change in made.changes],
        refused=[asdict(refused) for refused in made.refused],
    )


def unmade(at: dt.datetime) -> list[int]:
    """Those that wait for a worker, or whose worker died; those that were tried too often are ended."""
    waits = (Tailoring.state == Making.WAITING) | (
        (Tailoring.state == Making.MAKING) & (Tailoring.claimed_at < at - STALE)
    )
    waits &= Tailoring.deleted_at.is_null()
    ends = {"state": Making.FAILED, "words": TRIED}
    Tailoring.update(**ends).where(waits & (Tailoring.tries >= TRIES)).execute()
    return [row[0] for row in Tailoring.select(Tailoring.id).where(waits).tuples()]


def _draft(user_id: int, version: DocumentVersion, posting: Posting, tone: Tone) -> Draft | None:
    """A model's letter where there is a model, its user allows it, and it answers; else None."""
    known = settings()
    # Asked just before anything leaves: who has forbidden it since it was begun, or has left, is heeded.
    allowed = User.select().where((User.id == user_id) & User.model_letters).exists()
    if not known.llm_base_url or not allowed:
        return None
    try:
        if BREAKER.resting() or not AskedDay.take(now(), known.llm_daily_budget):
            return None
        answer, fault = None, ""
        try:
            body = prompt(version.cv, posting, tone, known.secret_key.encode())
            server = client.Server(known.llm_base_url, known.llm_api_key)
            answer = client.ask(server, {**body, "model": known.llm_model}, LETTER_SECONDS)
        except client.NoAnswer as none:
            fault = str(none)
        BREAKER.told(not fault)
    except RedisError as lost:
        fault = type(lost).__name__
    log.info(event("tailoring.asked", version=version.id, outcome=fault or "answered"))
    return None if fault else read_answer(answer)


def _end(row: Tailoring, **values: object) -> None:
    """Note how making ended, unless somebody else has claimed it since."""
    mine = (Tailoring.id == row.id) & (Tailoring.claimed_at == row.claimed_at)
    with database.atomic():
        Tailoring.update(**values).where(mine & (Tailoring.state == Making.MAKING)).execute()
        User.touch(row.user_id)
    log.info(event("tailoring.ended", tailoring=row.id, state=values["state"]))
