"""We Work Remotely: remote jobs of all kinds as RSS, about a hundred of the newest.

https://weworkremotely.com/remote-job-rss-feed
"""

import io

import feedparser

from hearback.boards.faults import BoardFault, Fault
from hearback.boards.lands import lands
from hearback.boards.normal.build import Raw, posting
from hearback.boards.normal.rows import Unreadable, read_rows
from hearback.boards.normal.text import clean
from hearback.boards.posting import Batch, Posting
from hearback.boards.source import Ask, Scope, Source
from hearback.boards.web import Web


def fetch(web: Web, ask: Ask) -> Batch:
    """The feed in one call. It leaves older jobs out, so that it is never full."""
    return read(web.get_bytes(f"{ask.url}/remote-jobs.rss"))


def read(answer: bytes) -> Batch:
    """The jobs of an RSS feed; one that breaks off gives those that stand before the break."""
    # A stream, since what is handed over as it is may also be the name of a file of this machine.
    feed = feedparser.parse(io.BytesIO(answer), sanitize_html=False, resolve_relative_uris=False)
    # A page of the web and anything else that is no feed have no version.
    if not feed.entries and not feed.get("version"):
        raise BoardFault(Fault.SHAPE, "The board answered something else instead of RSS.")
    postings, skipped = read_rows([dict(entry) for entry in feed.entries], _posting)
    broken = ("The feed is not whole XML; jobs may be missing.",) if feed.get("bozo") else ()
    return Batch(postings, skipped, rows=len(feed.entries), warnings=broken)


def _posting(row: dict[str, object]) -> Posting:
    company, title = _parts(clean(row.get("title")) or "")
    region = row.get("region")
    home = [part for part in (row.get("state"), row.get("country")) if clean(part)]
    return posting(
        SOURCE.name,
        "",
        Raw(
            external_id=row.get("id") or row.get("link"),
            title=title,
            company=company,
            url=row.get("link"),
            description=row.get("summary"),
            places=lands(region) or lands(", ".join(str(part) for part in home)),
            remote=(True,),
            remote_from=(region, *home),
            employment=row.get("type"),
            posted_at=row.get("published"),
            valid_through=row.get("expires_at"),
        ),
    )


def _parts(title: str) -> tuple[str, str]:
    """Company and title of "Company: Title"."""
    for sign in (": ", ":"):
        company, _, rest = title.partition(sign)
        if company.strip() and rest.strip():
            return company.strip(), rest.strip()
    raise Unreadable('has a title that is not "Company: Title"')


SOURCE = Source(
    name="weworkremotely",
    title="We Work Remotely",
    url="https://weworkremotely.com",
    docs="https://weworkremotely.com/remote-job-rss-feed",
    terms="Link to the job's page on We Work Remotely and name it as the source.",
    attribution="Found on We Work Remotely",
    scope=Scope.FEED,
    rank=1,
    fetch=fetch,
)
