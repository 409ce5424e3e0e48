"""USAJOBS: the jobs of the government of the United States, asked for each search; needs a key.

https://developer.usajobs.gov/api-reference/get-api-search
"""

from dataclasses import replace

from hearback.boards.normal.build import Raw, posting
from hearback.boards.normal.markup import joined
from hearback.boards.normal.parts import part
from hearback.boards.normal.pay import period, salary
from hearback.boards.normal.rows import Unreadable, read_rows
from hearback.boards.normal.text import clean
from hearback.boards.normal.where import place_of, places, unique
from hearback.boards.paging import Page, Walked, rows_in, walk
from hearback.boards.posting import Batch, Period, Place, Posting, Salary
from hearback.boards.search import Search
from hearback.boards.source import Ask, Scope, Source
from hearback.boards.web import Web
from hearback.boards.web_adapter import Secret

PAGE = 250
MOST_PAGES = 2
# Codes of what a sum is paid for: https://developer.usajobs.gov/codelist/remunerationrateintervalcodes
_PERIODS = {"PA": Period.YEAR, "PH": Period.HOUR, "PD": Period.DAY, "PW": Period.WEEK, "PM": Period.MONTH}

_FORTNIGHT = frozenset({"bw", "bi-weekly", "biweekly"})


def fetch(web: Web, ask: Ask) -> Batch:
    """The newest pages of a search."""
    search = ask.search or Search()
    # Its terms want the address that the key was given to as the User-Agent.
    email, key = ask.keys["USAJOBS_EMAIL"], ask.keys["USAJOBS_KEY"]
    secret = Secret(headers={"User-Agent": email, "Authorization-Key": key})

    def page(number: int) -> Page:
        answer = web.get_json(f"{ask.url}/api/search", {**_question(search), "Page": number + 1}, secret)
        found = [_result(one) for one in answer] if isinstance(answer, list) else answer
        rows = rows_in(found, "SearchResultItems", like=("PositionTitle", "PositionURI"))
        return Page(rows, last=len(rows) < PAGE)

    return read(walk(page, MOST_PAGES, "MatchedObjectId"))


def read(walked: Walked) -> Batch:
    """The jobs of all pages."""
    postings, skipped = read_rows(walked.rows, _posting)
    return Batch(postings, skipped, rows=len(walked.rows), warnings=walked.warnings)


def _question(search: Search) -> dict[str, str | int]:
    asked: dict[str, str | int] = {"ResultsPerPage": PAGE, "SortField": "opendate", "SortDirection": "desc"}
    if search.words:
        asked["Keyword"] = search.words
    if search.place:
        asked["LocationName"] = search.place
    if search.remote:
        asked["RemoteIndicator"] = "True"
    if search.days:
        # The greatest number of days that the board takes.
        asked["DatePosted"] = min(search.days, 60)
    return asked


def _posting(row: dict[str, object]) -> Posting:
    job = row if "PositionTitle" in row else row.get("MatchedObjectDescriptor")
    if not isinstance(job, dict):
        raise Unreadable("has no MatchedObjectDescriptor")
    details = _details(job)
    schedule = _first(job.get("PositionSchedule"))
    return posting(
        SOURCE.name,
        "",
        Raw(
            external_id=row.get("MatchedObjectId") or job.get("PositionID"),
            title=job.get("PositionTitle"),
            company=job.get("OrganizationName") or job.get("DepartmentName"),
            url=job.get("PositionURI"),
            description=_description(job, details),
            places=_places(job),
            remote=(
                details.get("RemoteIndicator") in (True, "True", "true"),
                job.get("PositionLocationDisplay"),
            ),
            remote_from=("United States",),
            salary=_salary(_first(job.get("PositionRemuneration"))),
            employment=[schedule.get("Name"), *_names(job.get("PositionOfferingType"))],
            posted_at=job.get("PublicationStartDate"),
            valid_through=job.get("ApplicationCloseDate") or job.get("PositionEndDate"),
            apply_url=next(iter(_list(job.get("ApplyURI"))), None),
            requisition=job.get("PositionID"),
        ),
    )


def _description(job: dict[str, object], details: dict[str, object]) -> str:
    duties = details.get("MajorDuties")
    listed = "\n\n".join(str(one) for one in duties) if isinstance(duties, list) else duties
    return joined(
        ("Summary", details.get("JobSummary")),
        ("Duties", listed),
        ("Qualifications", job.get("QualificationSummary")),
        ("Requirements", details.get("Requirements")),
        ("Education", details.get("Education")),
    )


def _places(job: dict[str, object]) -> tuple[Place, ...]:
    """Each place of the list; where there is none, the words that stand for all."""
    found: list[Place] = []
    for one in _list(job.get("PositionLocation")):
        if isinstance(one, dict):
            # The city comes with its state: "Denver, Colorado".
            found += places(one.get("LocationName")) or _of_codes(one)
    shown = job.get("PositionLocationDisplay")
    if not found and (text := clean(shown)) and "anywhere in the u" in text.lower():
        return (Place(text, country="US"),)
    return unique(found) or places(shown)


def _of_codes(one: dict[str, object]) -> tuple[Place, ...]:
    place = place_of(one.get("CityName"), one.get("CountrySubDivisionCode"), one.get("CountryCode"))
    return (place,) if place else ()


def _salary(pay: dict[str, object]) -> Salary | None:
    """One range with a code for its period; a fortnight's pay is two weeks'."""
    low, high, code = pay.get("MinimumRange"), pay.get("MaximumRange"), clean(pay.get("RateIntervalCode"))
    said = code or clean(pay.get("Description")) or ""
    # Older answers have "Per Year" where newer ones have a code.
    per = _PERIODS.get(said) or (period(said) if said.lower().startswith("per ") else None)
    found = salary(low, high, "USD", per or Period.YEAR)
    if found is None or per:
        return found
    if said.lower() in _FORTNIGHT:
        halves = [amount / 2 if amount else None for amount in (found.minimum, found.maximum)]
        return Salary(halves[0], halves[1], "USD", Period.WEEK)
    # A school year, piece work, a fee: what the sum is paid for is none of our periods.
    return replace(found, period=None)


def _result(answer: object) -> object:
    return answer.get("SearchResult", answer) if isinstance(answer, dict) else answer


def _details(job: dict[str, object]) -> dict[str, object]:
    details = part(job, "UserArea", "Details")
    return details if isinstance(details, dict) else {}


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _first(value: object) -> dict[str, object]:
    return next((one for one in _list(value) if isinstance(one, dict)), {})


def _names(value: object) -> list[object]:
    return [one.get("Name") for one in _list(value) if isinstance(one, dict)]


SOURCE = Source(
    name="usajobs",
    title="USAJOBS",
    url="https://data.usajobs.gov",
    docs="https://developer.usajobs.gov/api-reference/get-api-search",
    terms="Free with a key; the User-Agent is the address that the key was given to.",
    attribution="Found on USAJOBS",
    scope=Scope.QUERY,
    # The government's own board: nobody knows its jobs better.
    rank=0,
    keys=("USAJOBS_EMAIL", "USAJOBS_KEY"),
    # Its robots.txt is for crawlers; who was given a key is none.
    granted=True,
    fetch=fetch,
)
