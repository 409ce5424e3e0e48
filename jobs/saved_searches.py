"""What a user does with saved searches: keep one, change it, pause it, take it away and put it back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from hearback.chunks import chunks
from hearback.models import Job, JobMatch, SavedSearch, Tell, User, database, now
from jobs.find_jobs import search as search_jobs
from jobs.find_jobs_wanted import Wanted, of_search
from jobs.job_matches import fill
from jobs.refusals import BadAct, NotFound

# More than anybody looks for; each costs a little with every new job.
MOST = 50
# So many of what is there already are listed with a new search.
FIRST_FILL = 200
HOURS = (1, 3, 6, 12, 24)
KEPT = ("words", "without", "place", "near", "remote", "salary_min", "salary_currency", "salary_unnamed",
        "levels", "employments", "companies")  # fmt: skip


@dataclass(frozen=True)
class Manners:
    """What a search has beside what it looks for: its name, how often it runs, and how it tells."""

    name: str = ""
    every_hours: int = 6
    tell: str = Tell.EACH


def add(user_id: int, wanted: Wanted, manners: Manners) -> int:
    """Keep a search and note what fits it already; the same one twice is one. Raises BadAct."""
    values = _values(wanted, manners)
    with database.atomic():
        User.lock(user_id)
        known = own(user_id)
        same = next((one for one in known if _looks_for(one) == _looks_for_values(values)), None)
        if same is not None:
            return int(same.id)
        if len(known) >= MOST:
            raise BadAct(f"There are {MOST} saved searches already. Delete one first.")
        made = SavedSearch.create(user=user_id, **values)
        _fill(made)
        User.touch(user_id)
    return int(made.id)


def change(user_id: int, search_id: int, wanted: Wanted, manners: Manners) -> None:
    """Look for something else from now on; what fits is noted anew. Raises BadAct and NotFound."""
    values = _values(wanted, manners)
    with database.atomic():
        User.lock(user_id)
        search = own_search(user_id, search_id)
        other = _looks_for(search) != _looks_for_values(values)
        SavedSearch.update(**values).where(SavedSearch.id == search_id).execute()
        if other:
            JobMatch.delete().where(JobMatch.search == search_id).execute()
            _fill(SavedSearch.get_by_id(search_id))
        User.touch(user_id)


def pause(user_id: int, search_id: int, paused: bool) -> None:
    """Look for nothing, or again. Raises NotFound."""
    _set(user_id, search_id, paused=paused)


def remove(user_id: int, search_id: int) -> None:
    """Take a search away; `restore` brings it back as it was. Raises NotFound."""
    _set(user_id, search_id, removed_at=now())


def restore(user_id: int, search_id: int) -> None:
    """Bring a search back that was taken away. Raises NotFound."""
    gone = (SavedSearch.id == search_id) & (SavedSearch.user == user_id)
    if not SavedSearch.update(removed_at=None).where(gone).execute():
        raise NotFound("This search is not here any more.")
    User.touch(user_id)


def seen(search: SavedSearch) -> None:
    """Note that the user looked at the matches: what is there now is not new any more."""
    SavedSearch.update(seen_at=now()).where(SavedSearch.id == search.id).execute()


def own(user_id: int) -> list[SavedSearch]:
    """The user's searches, by name."""
    mine = (SavedSearch.user == user_id) & SavedSearch.removed_at.is_null()
    return sorted(SavedSearch.select().where(mine), key=lambda one: (one.name.lower(), one.id))


def own_search(user_id: int, search_id: int) -> SavedSearch:
    """The user's search of that id; raises NotFound."""
    mine = (SavedSearch.user == user_id) & SavedSearch.removed_at.is_null()
    found: SavedSearch | None = SavedSearch.get_or_none((SavedSearch.id == search_id) & mine)
    if found is None:
        raise NotFound("This search is not here any more.")
    return found


def name_of(wanted: Wanted) -> str:
    """A name for a search that has none: what it looks for, and where."""
    what = wanted.words or (wanted.companies[0] if wanted.companies else "") or "Jobs"
    where = f" in {wanted.place}" if wanted.place and wanted.remote != "only" else ""
    return f"{what}{where}{', remote' if wanted.remote == 'only' else ''}"[:120]


def _set(user_id: int, search_id: int, **values: object) -> None:
    own_search(user_id, search_id)
    SavedSearch.update(**values).where(SavedSearch.id == search_id).execute()
    User.touch(user_id)


def _fill(search: SavedSearch) -> None:
    """Note the best of what fits a search already; its user sees it now, so that none of it is new."""
    at = now()
    newest = Job.select(Job.id).order_by(Job.id.desc()).limit(1).scalar() or 0
    hits, _ = search_jobs(search.user_id, of_search(search), newest)
    for some in chunks((hit.id for hit in hits[:FIRST_FILL]), 100):
        fill(search, Job.select().where(Job.id.in_(some)), at)
    SavedSearch.update(seen_at=at).where(SavedSearch.id == search.id).execute()


def _values(wanted: Wanted, manners: Manners) -> dict[str, object]:
    """The columns of a search. Raises BadAct for what nobody can look for."""
    if replace(wanted, days=None, board="").empty:
        raise BadAct("The search is empty. Write what you look for: words, a place, a company, a salary.")
    if manners.every_hours not in HOURS:
        raise BadAct(f"every_hours is {manners.every_hours}; it must be one of {', '.join(map(str, HOURS))}.")
    if manners.tell not in set(Tell):
        raise BadAct(f"tell is {manners.tell!r}; it must be one of {', '.join(Tell)}.")
    kept = {name: _plain(getattr(wanted, name)) for name in KEPT}
    own_name = " ".join(manners.name.split())[:120] or name_of(wanted)
    return {**kept, "name": own_name, "every_hours": manners.every_hours, "tell": manners.tell}


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _looks_for(search: SavedSearch) -> tuple[object, ...]:
    return tuple(getattr(search, name) for name in KEPT)


def _looks_for_values(values: Mapping[str, object]) -> Sequence[object]:
    return tuple(values[name] for name in KEPT)
