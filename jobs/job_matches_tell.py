"""The letters about new matches: one for each round of a search, or one a day for all of a user's."""

import datetime as dt
from collections.abc import Iterator, Sequence

from hearback.models import JobMark, JobMatch, News, Notification, SavedSearch, Tell, User, database, now
from hearback.notify.letter import Letter, Link, Section
from hearback.words import plural
from jobs.deliver import ring_for
from jobs.job_words_pay import pay

# So many of one search stand in a letter; its page has them all.
LISTED = 10
HEADS = ("Job", "Company", "Where", "Pays")


def tell(search_ids: Sequence[int]) -> None:
    """Tell the users of these searches what is new, if their moment has come."""
    which = SavedSearch.id.in_(list(search_ids))
    users = [row[0] for row in SavedSearch.select(SavedSearch.user).where(which).distinct().tuples()]
    for user_id in users:
        if _tell(user_id, now()):
            ring_for(user_id)


def _tell(user_id: int, at: dt.datetime) -> bool:
    """Make the letters that are due for a user, once; return whether there were any."""
    told = False
    with database.atomic():
        # Who comes second waits here, and finds that nothing is due any more.
        User.lock(user_id)
        due = SavedSearch.due_of(user_id, at)
        found = [(search, matches) for search in due if (matches := _new(search))]
        daily = [one for one in found if one[0].tell == Tell.DAILY]
        each = [[one] for one in found if one[0].tell == Tell.EACH]
        for together in [*each, *([daily] if daily else [])]:
            newest = max(match.id for _, matches in together for match in matches)
            key = f"{together[0][0].id}:{newest}"
            told |= Notification.tell(user_id, News.JOB_MATCHES, key, data=_letter(together).to_json())
        _settle([search.id for search in due], at)
    return told


def _new(search: SavedSearch) -> list[JobMatch]:
    """What is to be told of a search, best first; what the user hid or applied to is no news."""
    if search.paused or search.removed_at is not None:
        return []
    done = JobMark.select(JobMark.job).where(
        (JobMark.user == search.user_id)
        & (JobMark.hidden_at.is_null(False) | JobMark.applied_at.is_null(False))
    )
    return list(JobMatch.untold([search.id]).where(JobMatch.job.not_in(done)))


def _settle(search_ids: list[int], at: dt.datetime) -> None:
    untold = JobMatch.search.in_(search_ids or [0]) & JobMatch.told_at.is_null()
    JobMatch.update(told_at=at).where(untold).execute()
    SavedSearch.update(tell_at=None, told_at=at).where(SavedSearch.id.in_(search_ids or [0])).execute()


def _letter(found: Sequence[tuple[SavedSearch, list[JobMatch]]]) -> Letter:
    first, matches = found[0]
    count = sum(len(some) for _, some in found)
    best = matches[0].job
    rest = f", and {count - 1} more" if count > 1 else ""
    of = f"“{first.name}”" if len(found) == 1 else "your searches"
    return Letter(
        subject=f"{plural(count, 'new job')} for {of}: {best.title} at {best.company}{rest}",
        intro="It fits what you look for." if count == 1 else "They fit what you look for, the best first.",
        sections=tuple(_section(*one, titled=len(found) > 1) for one in found),
        link=Link("See them all", f"/jobs/searches/{first.id}" if len(found) == 1 else "/jobs/searches"),
    )


def _section(search: SavedSearch, matches: list[JobMatch], titled: bool) -> Section:
    left = len(matches) - LISTED
    more = (f"{left} more {'is' if left == 1 else 'are'} on the page.",) if left > 0 else ()
    return Section(search.name if titled else "", more, (HEADS, *_rows(matches[:LISTED])))


def _rows(matches: Sequence[JobMatch]) -> Iterator[tuple[str, ...]]:
    for match in matches:
        job = match.job
        pays = pay(job.salary_min, job.salary_max, job.salary_currency, job.salary_period)
        place = job.place_text or ("Remote" if job.remote == "remote" else "")
        yield job.title, job.company, place, pays + (" (read from the text)" if job.salary_guessed else "")
