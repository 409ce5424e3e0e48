"""What a user does with a tailored CV and letter: see, correct, approve. Only what was approved may leave."""

import hashlib
import json
from collections.abc import Collection, Sequence

from hearback.documents.tailor.checked import Refused
from hearback.documents.tailor.posting import Posting
from hearback.documents.tailor.tailor import claims_of
from hearback.models import DocumentVersion, Job, Making, Tailoring, User, database, now
from jobs.refusals import BadAct, NotFound

LONGEST = 10_000
# So many are listed.
MOST = 50
CHANGED = (
    "It was changed in another window meanwhile. What you typed here is kept below; press again to put it in "
    "the place of the other one."
)


def own(user_id: int, tailoring_id: int) -> Tailoring:
    """The user's tailoring of that id; raises NotFound."""
    found: Tailoring | None = Tailoring.get_or_none(
        (Tailoring.id == tailoring_id) & (Tailoring.user == user_id) & Tailoring.deleted_at.is_null()
    )
    if found is None:
        raise NotFound("This is not here any more.")
    return found


def seen(row: Tailoring) -> None:
    """Note that its user had it before their eyes."""
    fresh = (Tailoring.id == row.id) & (Tailoring.state == Making.MADE) & Tailoring.seen_at.is_null()
    Tailoring.update(seen_at=now()).where(fresh).execute()


def words_of(row: Tailoring) -> str:
    """A short name of all that it says: another one once a word of CV or letter is another."""
    told = json.dumps([row.subject, row.letter, row.cv], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def correct(
    user_id: int,
    tailoring_id: int,
    subject: str,
    letter: str,
    vouched: Collection[str] = (),
    *,
    base: str,
    approve: bool = False,
) -> list[Refused]:
    """Keep the letter as its user changed it, and with `approve` say that it and the CV may leave.

    Where it says what the CV does not prove, all of that is returned and nothing is kept, until the user
    stands for each of it on their own word, in `vouched`. `base` names what the user had before their eyes,
    by words_of. Raises BadAct, NotFound.
    """
    subject, letter = _plain(" ".join(subject.split())), _plain(letter.replace("\r\n", "\n")).strip()
    for name, text, most in (("subject", subject, 255), ("letter", letter, LONGEST)):
        if not text or len(text) > most:
            raise BadAct(f"{name} has {len(text)} characters; it must have 1 to {most}.")
    refused = _refused(_made(user_id, tailoring_id), letter)
    if any(one.what not in vouched for one in refused):
        return refused
    with database.atomic():
        User.lock(user_id)
        row = _made(user_id, tailoring_id)
        if words_of(row) != base:
            raise BadAct(CHANGED)
        same = (subject, letter) == (row.subject, row.letter)
        Tailoring.update(
            subject=subject,
            letter=letter,
            vouched=[one.what for one in refused],
            seen_at=now(),
            approved_at=now() if approve else row.approved_at if same else None,
        ).where(Tailoring.id == row.id).execute()
        User.touch(user_id)
    return []


def approved(user_id: int, tailoring_id: int) -> Tailoring:
    """One that may leave. Raises BadAct where its user has not approved it as it stands, NotFound."""
    row = _made(user_id, tailoring_id)
    if row.approved_at is None:
        raise BadAct("You have not approved this CV and letter yet.")
    return row


def drop(user_id: int, tailoring_id: int) -> None:
    """Throw one away; for a day it can be brought back. Raises NotFound."""
    row = own(user_id, tailoring_id)
    with database.atomic():
        Tailoring.update(deleted_at=now()).where(Tailoring.id == row.id).execute()
        User.touch(user_id)


def restore(user_id: int, tailoring_id: int) -> None:
    """Bring one back that was thrown away. Raises NotFound where it has gone for good."""
    mine = (Tailoring.id == tailoring_id) & (Tailoring.user == user_id)
    with database.atomic():
        if not Tailoring.update(deleted_at=None).where(mine).execute():
            raise NotFound("This is not here any more.")
        User.touch(user_id)


def listed(user_id: int, *which: object) -> list[Tailoring]:
    """The user's tailorings that fit conditions, the newest first, without what they say."""
    shown = (Tailoring.id, Tailoring.title, Tailoring.company, Tailoring.state, Tailoring.tone)
    times = (Tailoring.created_at, Tailoring.approved_at)
    own = (Tailoring.user == user_id) & Tailoring.deleted_at.is_null()
    return list(Tailoring.select(*shown, *times).where(own, *which).order_by(Tailoring.id.desc()).limit(MOST))


def parts_of(letter: str, name: str) -> tuple[str, Sequence[str], str]:
    """A letter's greeting, paragraphs and closing line, without the name at its end."""
    parts = [part.strip() for part in letter.split("\n\n") if part.strip()]
    if parts and parts[-1] == name:
        parts.pop()
    greeting = parts.pop(0) if parts and _is_line(parts[0]) else ""
    closing = parts.pop() if parts and _is_line(parts[-1]) else ""
    return greeting, parts, closing


def _plain(text: str) -> str:
    # No database takes a text with a zero byte.
    return text.replace("\0", "")


def _is_line(part: str) -> bool:
    """Whether this is a greeting or a closing line: short, and ending with a comma."""
    return "\n" not in part and len(part) <= 80 and part.endswith((",", "،", "，"))


def _made(user_id: int, tailoring_id: int) -> Tailoring:
    row = own(user_id, tailoring_id)
    if row.state != Making.MADE:
        raise BadAct("It is not made yet.")
    return row


def _refused(row: Tailoring, letter: str) -> list[Refused]:
    """What of a letter neither the CV proves nor the posting's names explain."""
    cv = DocumentVersion.get_by_id(row.version_id).cv
    job = Job.get_or_none(Job.id == row.job_id)
    posting = Posting(row.title, row.company, job.description_text if job else "")
    name = str((cv.get("basics") or {}).get("name") or "")
    greeting, paragraphs, _ = parts_of(letter, name)
    # A name may stand before a postscript, too.
    told = [part for part in (greeting, *paragraphs) if part != name]
    checked = claims_of(cv, posting).check("\n\n".join(told))
    return list({one.what: one for one in checked.refused}.values())
