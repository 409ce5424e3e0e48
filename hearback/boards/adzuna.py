"""Adzuna: an aggregator of many countries, asked for each search; needs a key.

https://developer.adzuna.com/docs/search
"""

from dataclasses import replace

from hearback.boards.faults import BoardFault, Fault
from hearback.boards.normal.build import Raw, posting
from hearback.boards.normal.parts import part
from hearback.boards.normal.pay import salary
from hearback.boards.normal.rows import read_rows
from hearback.boards.normal.text import clean, named
from hearback.boards.normal.where import place_of, places
from hearback.boards.paging import Page, Walked, rows_in, walk
from hearback.boards.posting import UNDISCLOSED, Batch, Period, Place, Posting, Salary
from hearback.boards.search import Search
from hearback.boards.source import Ask, Scope, Source
from hearback.boards.web import Web
from hearback.boards.web_adapter import Secret
from hearback.places import country_code, find

# The most that the board gives at once.
PAGE = 50
MOST_PAGES = 2
# The countries that it has, each with what pay is given in.
CURRENCIES = {
    **{"gb": "GBP", "us": "USD", "at": "EUR", "au": "AUD", "be": "EUR", "br": "BRL", "ca": "CAD"},
    **{"ch": "CHF", "de": "EUR", "es": "EUR", "fr": "EUR", "in": "INR", "it": "EUR", "mx": "MXN"},
    **{"nl": "EUR", "nz": "NZD", "pl": "PLN", "sg": "SGD", "za": "ZAR"},
}


def fetch(web: Web, ask: Ask) -> Batch:
    """The newest pages of a search, in the country of its place or in those that the operator named."""
    search = ask.search or Search()
    secret = Secret(params={name: ask.keys[f"ADZUNA_{name.upper()}"] for name in ("app_id", "app_key")})
    batch = Batch()
    for country in _countries(search, ask.keys.get("ADZUNA_COUNTRIES") or "us"):

        def page(number: int, country: str = country) -> Page:
            path = f"{ask.url}/v1/api/jobs/{country}/search/{number + 1}"
            found = rows_in(
                web.get_json(path, _question(search), secret), "results", like=("title", "redirect_url")
            )
            return Page(found, last=len(found) < PAGE)

        try:
            batch = _both(batch, read(walk(page, MOST_PAGES, "id"), country))
        except BoardFault as fault:
            # One country that fails never loses the others.
            if not batch.rows:
                raise
            batch = replace(batch, warnings=(*batch.warnings, f"Country {country} failed: {fault.words}"))
    return batch


def _both(one: Batch, other: Batch) -> Batch:
    return Batch(
        one.postings + other.postings,
        one.skipped + other.skipped,
        rows=one.rows + other.rows,
        warnings=one.warnings + other.warnings,
    )


def read(walked: Walked, country: str) -> Batch:
    """The jobs of all pages of one country."""
    postings, skipped = read_rows(walked.rows, lambda row: _posting(row, country))
    return Batch(postings, skipped, rows=len(walked.rows), warnings=walked.warnings)


def _countries(search: Search, setting: str) -> list[str]:
    known = find(search.place) if search.place else None
    if known and known.country:
        wanted = [known.country.lower()]
    else:
        wanted = [part.strip().lower() for part in setting.split(",") if part.strip()]
    served = [country for country in wanted if country in CURRENCIES]
    if not served:
        raise BoardFault(Fault.GONE, "Adzuna does not serve the country of this search.")
    return served


def _question(search: Search) -> dict[str, str | int]:
    asked: dict[str, str | int] = {"results_per_page": PAGE, "sort_by": "date"}
    words = f"{search.words} remote" if search.remote else search.words
    if words.strip():
        asked["what"] = words.strip()
    # A country alone is said by the address.
    known = find(search.place) if search.place else None
    if search.place and not (known and known.country and not known.city and not known.region):
        asked["where"] = search.place
    if search.days:
        asked["max_days_old"] = search.days
    return asked


def _posting(row: dict[str, object], country: str) -> Posting:
    location = row.get("location")
    return posting(
        SOURCE.name,
        "",
        Raw(
            external_id=row.get("id"),
            title=row.get("title"),
            company=named(row.get("company"), "display_name") or UNDISCLOSED,
            url=row.get("redirect_url"),
            # The board gives the beginning of a description alone.
            description=row.get("description"),
            places=_places(location) if isinstance(location, dict) else places(location),
            salary=_salary(row, _land(row, country)),
            employment=[row.get("contract_time"), row.get("contract_type")],
            posted_at=row.get("created"),
        ),
    )


def _places(location: dict[str, object]) -> tuple[Place, ...]:
    """The place of an area such as ["US", "Virginia", "Arlington County", "Arlington"]."""
    area = location.get("area")
    parts = [name for one in area if (name := clean(one))] if isinstance(area, list) else []
    shown = clean(location.get("display_name"))
    if not parts:
        return places(shown)
    town = parts[-1] if len(parts) > 2 and not parts[-1].endswith(" County") else None
    # In most countries the second part is a region; where it is a city too ("London"), `find` knows it.
    found = place_of(town, parts[1] if len(parts) > 1 else None, parts[0], shown)
    return (found,) if found else ()


def _land(row: dict[str, object], asked: str) -> str:
    """The country whose money a job is paid in: that of its place, where the board has it."""
    area = part(row, "location", "area")
    named = clean(area[0]) if isinstance(area, list) and area else None
    code = (country_code(named) if named else None) or asked
    return code.lower() if code.lower() in CURRENCIES else asked


def _salary(row: dict[str, object], country: str) -> Salary | None:
    """Pay is given for a year, in the country's money; the board marks what it estimated itself."""
    found = salary(row.get("salary_min"), row.get("salary_max"), CURRENCIES[country], Period.YEAR)
    if found is None or str(row.get("salary_is_predicted")) not in {"1", "True", "true"}:
        return found
    return replace(found, guessed=True)


SOURCE = Source(
    name="adzuna",
    title="Adzuna",
    url="https://api.adzuna.com",
    docs="https://developer.adzuna.com/docs/search",
    terms='25 calls a minute, 250 a day. Show "Jobs by Adzuna" with a link to https://www.adzuna.com beside '
    "its jobs, and link to the job by the address that it gives.",
    attribution="Jobs by Adzuna",
    scope=Scope.QUERY,
    rank=2,
    a_day=250,
    keys=("ADZUNA_APP_ID", "ADZUNA_APP_KEY"),
    # Its robots.txt is for crawlers; who was given a key is none.
    granted=True,
    fetch=fetch,
)
