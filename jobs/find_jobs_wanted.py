"""What is looked for among the jobs: the fields of a search, and the area that its place means."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from hearback.models import SavedSearch
from hearback.places import Known, find
from hearback.places.areas import areas_of
from hearback.places.near import near
from hearback.places.within import countries_in
from jobs.job_words import Term, tokens

# Who types it for a place means the way of working.
REMOTE = re.compile(r"\b(?:remote(?:ly)?|anywhere|home ?office)\b", re.IGNORECASE)


class Order(StrEnum):
    """In which order what was found is shown."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    SALARY = "salary"
    FIT = "fit"


@dataclass(frozen=True)
class Wanted:
    """A search. What is empty asks for nothing; SavedSearch says what the fields mean.

    `days` is the greatest age of a posting, `board` the name of a source, `fit_min` how well the user's main
    CV must answer it, of 100.
    """

    words: str = ""
    without: str = ""
    place: str = ""
    near: bool = False
    remote: str = ""
    salary_min: float | None = None
    salary_currency: str = "USD"
    salary_unnamed: bool = True
    levels: tuple[str, ...] = ()
    employments: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    days: int | None = None
    board: str = ""
    fit_min: int = 0
    order: Order = Order.RELEVANCE

    @property
    def empty(self) -> bool:
        """Whether it asks for nothing at all."""
        lists = self.levels or self.employments or self.companies
        fields = self.words or self.without or self.place or self.remote or self.salary_min or self.board
        return not (fields or lists or self.days or self.fit_min)

    @property
    def by_cv(self) -> bool:
        """Whether it takes the user's CV to answer it."""
        return bool(self.fit_min) or self.order is Order.FIT


def of_search(search: SavedSearch) -> Wanted:
    """What a saved search looks for."""
    return Wanted(
        words=search.words,
        without=search.without,
        place=search.place,
        near=search.near,
        remote=search.remote,
        salary_min=search.salary_min,
        salary_currency=search.salary_currency,
        salary_unnamed=search.salary_unnamed,
        levels=tuple(search.levels),
        employments=tuple(search.employments),
        companies=tuple(search.companies),
    )


@dataclass(frozen=True)
class Area:
    """A place as it is looked for: where it is, as far as that is known, and the cities around it.

    `text` is what was typed, and `words` its words, by which a place is found that is not known. Of an area
    such as Europe `around` are its countries.
    """

    text: str
    words: tuple[str, ...]
    known: Known | None
    around: tuple[Known, ...] = ()

    @property
    def open_to(self) -> tuple[str, ...]:
        """What `remote_from` of a job says if one may work for it from here; () where nobody can tell."""
        places = (self.known,) if self.known else self.around
        countries = [place.country for place in places if place.country]
        return tuple(dict.fromkeys(name for one in countries for name in (one, *areas_of(one))))


@dataclass(frozen=True)
class Question:
    """A search as the database is asked for it.

    The words of `asked` must all be found and none of `never`, the job must be at `where`, and `rest` is a
    condition on its columns. `narrow` says that `rest` leaves out many jobs that are open.
    """

    asked: tuple[Term, ...]
    never: tuple[Term, ...]
    where: Area | None
    rest: Any
    narrow: bool


def without_remote(place: str) -> tuple[str, bool]:
    """A place as it is typed without the word "remote", and whether it had it: "Remote, Germany"."""
    bare = REMOTE.sub(" ", place)
    return (" ".join(bare.split()).strip(" ,;-()"), True) if bare != place else (place, False)


@lru_cache(maxsize=2_000)
def area(text: str, around: bool = False) -> Area | None:
    """The area of a place as it is typed; None where nothing was typed that names one."""
    words = tokens(text)
    if not words:
        return None
    if countries := countries_in(text):
        return Area(text.strip(), words, None, tuple(Known(country=one) for one in countries))
    known = find(text)
    return Area(text.strip(), words, known, near(known) if known and around else ())


def lies_in(place: Mapping[str, Any], wanted: Known) -> bool:
    """Whether a job's place is known to lie in a known one."""
    return all(
        of_wanted is None or place.get(name) == of_wanted
        for name, of_wanted in (
            ("country", wanted.country),
            ("region", wanted.region),
            ("city", wanted.city),
        )
    )


def open_from(remote_from: list[str], wanted: Area) -> bool | None:
    """Whether remote work may be done from there; None where the posting, or the area, does not say."""
    if not remote_from or not wanted.open_to:
        return None
    return any(name in wanted.open_to for name in remote_from)
