"""Hacker News: the newest monthly thread "Who is hiring?", each comment on top of it one company.

https://hn.algolia.com/api
"""

import html
import re

from hearback.boards.faults import BoardFault, Fault
from hearback.boards.hackernews_head import Head, read_head
from hearback.boards.normal.build import Raw, posting
from hearback.boards.normal.markup import safe_html, text_of
from hearback.boards.normal.pay import of_field
from hearback.boards.normal.rows import Unreadable, read_rows
from hearback.boards.normal.text import clean
from hearback.boards.normal.where import places
from hearback.boards.paging import rows_in
from hearback.boards.posting import Batch, Posting, Skipped
from hearback.boards.source import Ask, Scope, Source
from hearback.boards.web import Web

ITEM = "https://news.ycombinator.com/item?id="
_HREF = re.compile(r'href="([^"]+)"')
_NUMBER = re.compile(r"[0-9]{1,12}")
_THREAD = "who is hiring?"


def fetch(web: Web, ask: Ask) -> Batch:
    """The newest thread: one call finds it, one brings it with all its comments."""
    found = web.get_json(
        f"{ask.url}/api/v1/search_by_date",
        {"tags": "story,author_whoishiring", "query": "who is hiring", "hitsPerPage": 20},
    )
    # Whoever serves the comments at once needs no second call.
    if any(map(_is_comment, _rows(found))) or (isinstance(found, dict) and "children" in found):
        return read(found)
    return read(web.get_json(f"{ask.url}/api/v1/items/{newest(found)}"))


def newest(answer: object) -> int:
    """The id of the newest hiring thread; freelancers and those who want to be hired have threads too."""
    # Threads are numbered as they are made.
    threads = [
        int(number)
        for hit in rows_in(answer, "hits")
        if isinstance(hit, dict)
        and _THREAD in str(hit.get("title")).lower()
        and _NUMBER.fullmatch(number := str(hit.get("objectID")))
    ]
    if not threads:
        raise BoardFault(Fault.SHAPE, "The board has no thread of who is hiring.")
    return max(threads)


def read(answer: object) -> Batch:
    """The jobs of a thread. A comment with several roles gives one job for each."""
    rows = [row for row in _rows(answer) if not _left_out(row)]
    jobs: list[object] = []
    unread: list[Skipped] = []
    for row in rows:
        try:
            jobs += _jobs(row)
        except Unreadable as fault:
            named = clean(row.get("id") or row.get("objectID")) if isinstance(row, dict) else None
            unread.append(Skipped(named or "?", str(fault)))
    postings, skipped = read_rows(jobs, _posting)
    # A thread goes on for a month and the next one takes its place; what it lacks has not gone.
    return Batch(postings, (*unread, *skipped), rows=len(rows))


def _rows(answer: object) -> list[object]:
    """The comments of a thread or of a search, else the threads of a search."""
    # Each comment of a list has a list of answers, which are none of ours.
    if isinstance(answer, list) and any(map(_is_comment, answer)):
        return answer
    return rows_in(answer, "children", "hits")


def _is_comment(row: object) -> bool:
    said = row.get("text") or row.get("comment_text") if isinstance(row, dict) else None
    return isinstance(row, dict) and isinstance(said, str) and not row.get("title")


def _left_out(row: object) -> bool:
    """Whether it is no comment any more, or one that answers another."""
    if not isinstance(row, dict):
        return False
    gone = row.get("deleted") is True or row.get("dead") is True or ("text" in row and row["text"] is None)
    parent, story = row.get("parent_id"), row.get("story_id")
    return gone or (parent is not None and story is not None and str(parent) != str(story))


def _jobs(row: object) -> list[dict[str, object]]:
    """One row for each role that a comment names."""
    if not isinstance(row, dict):
        raise Unreadable("is no comment")
    # The board's search and the site's own interface have other names for the parts.
    text, number = row.get("text") or row.get("comment_text"), str(row.get("id") or row.get("objectID"))
    if not isinstance(text, str) or not _NUMBER.fullmatch(number):
        raise Unreadable("is no comment")
    shown = safe_html(text)
    head = read_head(text_of(shown), [html.unescape(url) for url in _HREF.findall(shown)])
    return [
        {
            "id": number if at == 0 else f"{number}-{at + 1}",
            "comment": number,
            "head": head,
            "title": title,
            "text": text,
            "at": row.get("created_at_i") or row.get("time") or row.get("created_at"),
        }
        for at, title in enumerate(head.titles)
    ]


def _posting(row: dict[str, object]) -> Posting:
    head = row["head"]
    if not isinstance(head, Head):
        raise Unreadable("has no head")
    return posting(
        SOURCE.name,
        "",
        Raw(
            external_id=row["id"],
            title=row["title"],
            company=head.company,
            url=f"{ITEM}{row['comment']}",
            description=row["text"],
            places=places(list(head.places)),
            remote=tuple(head.remote),
            remote_from=tuple(head.remote),
            salary=of_field(head.salary),
            employment=list(head.employment),
            posted_at=row["at"],
            apply_url=head.link,
            apply_email=head.mail,
        ),
    )


SOURCE = Source(
    name="hackernews",
    title="Hacker News",
    url="https://hn.algolia.com",
    docs="https://hn.algolia.com/api",
    terms="10,000 calls an hour. Link to the comment.",
    attribution='From the thread "Who is hiring?" on Hacker News',
    scope=Scope.FEED,
    rank=1,
    fetch=fetch,
)
