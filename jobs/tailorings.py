"""What a user does with a tailored CV and letter: see, correct, approve. Only what was approved may leave."""

from collections.abc import Collection, Sequence

from hearback.documents.tailor.checked import Refused
from hearback.documents.tailor.posting import Posting
from hearback.documents.tailor.tailor import claims_of
from hearback.models import DocumentVersion, Job, Making, Tailoring, User, database, now
from jobs.refusals import BadAct, NotFound

LONGEST = 10_000


def own(user_id: int, tailoring_id: int) -> Tailoring:
    """The user's tailoring of that id; raises NotFound."""
    found: Tailoring | None = Tailoring.get_or_none(
        (Tailoring.id == tailoring_id) & (Tailoring.user == user_id)
    )
    if found is None:
        raise NotFound("This is not here any more.")
    return found


def seen(row: Tailoring) -> None:
    """Note that its user had it before their eyes."""
    fresh = (Tailoring.id == row.id) & (Tailoring.state == Making.MADE) & Tailoring.seen_at.is_null()
    Tailoring.update(seen_at=now()).where(fresh).execute()


def correct(
    user_id: int, tailoring_id: int, subject: str, letter: str, vouched: Collection[str] = ()
) -> list[Refused]:
    """Keep the letter as its user changed it; return what the CV does not prove, and keep nothing then.

    What is in `vouched` the user stands for on their own word; it is kept with it. Raises BadAct, NotFound.
    """
    row = _made(user_id, tailoring_id)
    subject, letter = " ".join(subject.split()), letter.replace("\r\n", "\n").strip()
    for name, text, most in (("subject", subject, 255), ("letter", letter, LONGEST)):
        if not text or len(text) > most:
            raise BadAct(f"{name} has {len(text)} characters; it must have 1 to {most}.")
    refused = _refused(row, letter)
    open_ones = [one for one in refused if one.what not in vouched]
    if open_ones:
        return open_ones
    own_words = [one.what for one in refused]
    with database.atomic():
        Tailoring.update(
            subject=subject, letter=letter, vouched=own_words, seen_at=now(), approved_at=None
        ).where(Tailoring.id == row.id).execute()
        User.touch(user_id)
    return []


def approve(user_id: int, tailoring_id: int) -> None:
    """Say that this CV and letter may leave. Raises BadAct where they were not seen, NotFound."""
    row = _made(user_id, tailoring_id)
    if row.seen_at is None:
        raise BadAct("Look at the letter and the CV first; then approve them.")
    with database.atomic():
        Tailoring.update(approved_at=now()).where(Tailoring.id == row.id).execute()
        User.touch(user_id)


def approved(user_id: int, tailoring_id: int) -> Tailoring:
    """One that may leave. Raises BadAct where its user has not approved it as it stands, NotFound."""
    row = _made(user_id, tailoring_id)
    if row.approved_at is None:
        raise BadAct("You have not approved this CV and letter yet.")
    return row


def drop(user_id: int, tailoring_id: int) -> None:
    """Throw one away. Raises NotFound."""
    row = own(user_id, tailoring_id)
    with database.atomic():
        Tailoring.delete().where(Tailoring.id == row.id).execute()
        User.touch(user_id)


def parts_of(letter: str, name: str) -> tuple[str, Sequence[str], str]:
    """A letter's greeting, paragraphs and closing line, without the name at its end."""
    parts = [part.strip() for part in letter.split("\n\n") if part.strip()]
    if parts and parts[-1] == name:
        parts.pop()
    greeting = parts.pop(0) if parts and _is_line(parts[0]) else ""
    closing = parts.pop() if parts and _is_line(parts[-1]) else ""
    return greeting, parts, closing


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
    greeting, paragraphs, _ = parts_of(letter, str((cv.get("basics") or {}).get("name") or ""))
    checked = claims_of(cv, posting).check("\n\n".join([greeting, *paragraphs]))
    return list({one.what: one for one in checked.refused}.values())
