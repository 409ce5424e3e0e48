"""Any career page that describes its jobs for machines, as search engines ask sites to.

https://schema.org/JobPosting
"""

import re
from dataclasses import replace
from urllib.parse import urldefrag, urlsplit

from selectolax.lexbor import LexborHTMLParser

from hearback.boards import ld_json, ld_micro, ld_posting, page_words
from hearback.boards.faults import BoardFault, Fault
from hearback.boards.ld_page import Apart, described
from hearback.boards.ld_tidy import Node
from hearback.boards.normal.addresses import web as web_address
from hearback.boards.normal.rows import Unreadable, read_rows
from hearback.boards.normal.text import clean, readable
from hearback.boards.posting import Batch, Posting, Skipped
from hearback.boards.source import Ask, Scope, Source
from hearback.boards.web import Web
from hearback.boards.web_page import parsed
from hearback.boards.web_request import no_address

NAME = "jsonld"
# Pages of single jobs that one visit to a list opens.
MOST_PAGES = 40
_JOB_PATH = re.compile(
    r"/(?:jobs?|careers?|vacanc(?:y|ies)|positions?|openings?|roles?|stellen\w*|"
    r"karriere|offres?|emplois?|ofertas?|empleos?|vagas?|lavora|werken-bij|job-?detail|"
    r"opportunit(?:y|ies))/[^?#]*[\w-]{3,}",
    re.IGNORECASE,
)
_PORTALS = re.compile(
    r"^(?:www|jobs?|careers?|karriere|apply|work|join|hiring|empleo|talent|en|de|es|fr)\.", re.I
)


def posting_of_page(web: Web, address: str, company: str | None = None) -> Batch:
    """The jobs that one page describes, for machines or for people; raise BoardFault where there is none.

    `company` is the employer's name where the page names none.
    """
    page = _page(web, address)
    batch = read(page, address, _host(address), company)
    return batch if batch.postings else _seen(page, address, batch, company)


def fetch(web: Web, ask: Ask) -> Batch:
    """The jobs of a page that lists them, and of the pages that it leads to.

    The key of a feed is the address of that page. Nothing says that a page lists all jobs, so that no batch
    is full.
    """
    address = _address(ask)
    page = _page(web, address)
    batch = read(page, address, ask.key, ask.company)
    links = _links(page, address, bool(batch.postings))
    return _with_pages(web, ask, batch, links[:MOST_PAGES], len(links))


def read(page: LexborHTMLParser, address: str, feed: str, company: str | None) -> Batch:
    """The jobs that a page describes in JSON-LD, else in microdata; a block that is broken is named."""
    nodes, broken, notes = described(page)
    employer = _employer(page, address, company)
    apart = Apart()

    def reader(node: Node) -> Posting:
        return apart(ld_posting.read(node, NAME, feed, address, employer))

    postings, skipped = read_rows(nodes, reader)
    if not postings and (others := ld_micro.postings(page)):
        nodes, broken = others, [*broken, *skipped]
        postings, skipped = read_rows(nodes, reader)
    return Batch(postings, (*broken, *skipped), len(nodes) + len(broken), warnings=notes)


def _seen(page: LexborHTMLParser, address: str, batch: Batch, company: str | None) -> Batch:
    """The job of a page that describes it for people alone."""
    try:
        found = page_words.read(page, address, NAME, _host(address), _employer(page, address, company))
    except Unreadable:
        found = None
    if found is None:
        raise BoardFault(Fault.SHAPE, _nothing(batch))
    note = (
        "The page does not describe its job for machines. It was read as people see it; parts may be missing."
    )
    return replace(batch, postings=(found,), rows=batch.rows + 1, warnings=(note,))


def _page(web: Web, address: str) -> LexborHTMLParser:
    return parsed(web.get_text(address))


def _with_pages(web: Web, ask: Ask, first: Batch, links: list[str], of: int) -> Batch:
    """The batch with what the linked pages hold; a page that fails is a row that could not be read."""
    apart = Apart()
    postings = {one.external_id: one for one in map(apart, first.postings)}
    skipped, notes, rows = list(first.skipped), list(first.warnings), first.rows
    for link in links:
        try:
            batch = read(_page(web, link), link, ask.key, ask.company)
        except BoardFault as fault:
            skipped.append(Skipped(urlsplit(link).path[:80], fault.words))
            rows += 1
            if fault.kind in {Fault.LIMITED, Fault.BLOCKED}:
                break
            continue
        for one in map(apart, batch.postings):
            postings.setdefault(one.external_id, one)
        skipped += batch.skipped
        rows += batch.rows
    notes += [f"The page leads to {of} others, of which {len(links)} were opened."] if of > len(links) else []
    if not postings and not skipped:
        raise BoardFault(Fault.SHAPE, _nothing(first))
    return Batch(tuple(postings.values()), tuple(skipped), rows, warnings=tuple(notes))


def _links(page: LexborHTMLParser, address: str, described: bool) -> list[str]:
    """Pages of single jobs: those that a list for machines names, else links that look like one.

    Only on the page's own host: a career page does not speak for others.
    """
    named = [link for value in ld_json.held(page) for link in ld_json.linked(value)]
    if not named and not described:
        hrefs = [node.attributes.get("href") for node in page.css("a[href]")]
        named = [href for href in hrefs if href and _JOB_PATH.search(urlsplit(href).path)]
    whole = [urldefrag(link)[0] for one in named if (link := web_address(one, address))]
    return [link for link in dict.fromkeys(whole) if _host(link) == _host(address) and link != address]


def _address(ask: Ask) -> str:
    """The page; below the configured address, where there is one."""
    whole = web_address(ask.key)
    if ask.url:
        parts = urlsplit(whole or "")
        return f"{ask.url}{parts.path}" + (f"?{parts.query}" if parts.query else "")
    if whole is None:
        raise no_address()
    return whole


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")


def _employer(page: LexborHTMLParser, address: str, company: str | None) -> str:
    """Who is meant where no job names its employer: as we know it, as the site calls itself, or its host."""
    site = _meta(page, "og:site_name")
    host = _host(_meta(page, "og:url") or "") or _host(address)
    words = readable(_PORTALS.sub("", host).partition(".")[0])
    return company or site or (host if words.isdigit() or not words else words)


def _meta(page: LexborHTMLParser, name: str) -> str | None:
    found = page.css_first(f'meta[property="{name}"]')
    return clean(found.attributes.get("content")) if found else None


def _nothing(batch: Batch) -> str:
    if batch.skipped:
        return f"The page describes a job, but it cannot be read: {batch.skipped[0].reason}."
    return "The page does not describe a job in a way that machines can read."


SOURCE = Source(
    name=NAME,
    title="Career page",
    url="",
    docs="https://schema.org/JobPosting",
    terms="Each site has its own; its robots.txt is obeyed, and each job links back to it.",
    scope=Scope.COMPANY,
    rank=0,
    fetch=fetch,
)
