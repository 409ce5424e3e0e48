"""Which job an address leads to: the id that an applicant tracking system gave it, and the bare address."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit

_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_CODE = r"[0-9a-f]{10}"
_NAME = r"(?P<company>[\w-]+)"
_COMPANY = r"/(?P<company>[^/]+)"
_ID = rf"(?:/(?P<id>{_UUID}))?"
_JOBS = r"(?:/jobs/(?P<id>\d+))?"
_POSTINGS = r"(?:/postings/(?P<id>\d+))?"
_LOCALE = r"(?:/[a-z]{2}(?:-[a-z]{2})?(?=/|$))?"
# Board, host, path. A group `company` is the company's name there, `id` the job's. The ids of boards in
# _WORLDWIDE are unique by themselves, those of others within a company. Hosts are matched in small letters.
_FORMS = tuple(
    (board, re.compile(host), re.compile(path, re.IGNORECASE))
    for board, host, path in (
        ("greenhouse", r"(?:job-)?boards(?:\.eu)?\.greenhouse\.io", rf"(?!/embed){_COMPANY}{_JOBS}"),
        ("greenhouse", r"(?:boards-)?api(?:\.eu)?\.greenhouse\.io", rf"/v1/boards{_COMPANY}{_JOBS}"),
        ("lever", r"jobs(?:\.eu)?\.lever\.co", _COMPANY + _ID),
        ("lever", r"api(?:\.eu)?\.lever\.co", rf"/v0/postings{_COMPANY}{_ID}"),
        ("ashby", r"jobs\.ashbyhq\.com", _COMPANY + _ID),
        ("ashby", r"api\.ashbyhq\.com", rf"/posting-api/job-board{_COMPANY}"),
        ("workable", r"apply\.workable\.com", rf"/j/(?P<id>{_CODE})"),
        ("workable", r"apply\.workable\.com", rf"(?!/j/|/api/){_COMPANY}(?:/j/(?P<id>{_CODE}))?"),
        ("workable", rf"{_NAME}\.workable\.com", rf"(?:/j(?:obs)?/(?P<id>{_CODE}))?"),
        ("smartrecruiters", r"(?:jobs|careers)\.smartrecruiters\.com", rf"{_COMPANY}(?:/(?P<id>\d{{9,}}))?"),
        ("smartrecruiters", r"api\.smartrecruiters\.com", rf"/v1/companies{_COMPANY}{_POSTINGS}"),
        ("recruitee", rf"{_NAME}\.recruitee\.com", rf"{_LOCALE}(?:/o/(?P<id>[^/]+))?"),
        ("personio", rf"{_NAME}\.jobs\.personio\.(?:de|com)", r"(?:/job/(?P<id>\d+))?"),
        ("workday", rf"{_NAME}\.wd\d+\.myworkday(?:jobs|site)\.com", r"/.*_(?P<id>[a-z]{0,6}-?\d[\w-]*)"),
        ("bamboohr", rf"{_NAME}\.bamboohr\.com", r"(?:/careers(?:/(?P<id>\d+))?)?"),
        ("teamtailor", rf"{_NAME}(?:\.na)?\.teamtailor\.com", rf"{_LOCALE}{_JOBS}"),
        ("breezy", rf"{_NAME}\.breezy\.hr", r"(?:/p/(?P<id>[0-9a-f]{10,}))?"),
        ("pinpoint", rf"{_NAME}\.pinpointhq\.com", rf"{_LOCALE}(?:/postings/(?P<id>[\w-]+))?"),
        ("rippling", r"ats\.rippling\.com", rf"{_LOCALE}{_COMPANY}(?:/jobs{_ID})?"),
        ("icims", rf"(?:[a-z]+-)?{_NAME}\.icims\.com", r"/jobs/(?P<id>\d+)"),
        ("jobvite", r"jobs\.jobvite\.com", rf"(?:/careers)?{_COMPANY}/job/(?P<id>\w+)"),
        ("oracle", rf"{_NAME}\.fa\.[\w.]*oraclecloud\.com", r"/.*/job/(?P<id>\d+)"),
        ("successfactors", r"career\d*\.(?:successfactors|sapsf)\.\w+", rf"{_COMPANY}/.*/(?P<id>\d{{4,}})"),
        ("jazzhr", rf"{_NAME}\.applytojob\.com", r"/apply/(?P<id>\w{8,})"),
    )
)
_WORLDWIDE = frozenset({"greenhouse", "lever", "ashby", "workable", "smartrecruiters", "rippling", "breezy"})
# What is asked for in the address' question: on the company's own site, or in a frame of the board.
_ASKED = {"gh_jid": "greenhouse", "ashby_jid": "ashby"}
# First labels of hosts that are the board's own, not a company's name.
_OWN_HOSTS = frozenset({"www", "apply", "jobs", "api", "app", "careers", "help", "support", "blog", "about"})
# What only tells where the reader came from.
_TRACKING = re.compile(
    r"utm_\w+|gh_src|gclid|gbraid|wbraid|fbclid|msclkid|mc_[ce]id|_ga|_gl|_hs\w+|hsa_\w+|igshid|li_fat_id"
    r"|ref|refid|refer|referrer|referer|source|src|sourceid|origin|from|via|trk|trkinfo|trackingid|urlhash"
    r"|lever-(?:source|origin)\S*|__jv\w+|jobboard|job_?board_?source|recruiter(?:_?id)?|click_?id|channel"
    r"|medium|campaign|campaignid|iisn?|mode|in_iframe|needsredirect|mobile|width|height|apply_?source|feedid"
    r"|tm_\w+|se|v|rx_\w+"
)
_ENDS = re.compile(r"(?:/(?:apply|application|apply-now|bewerben|index\.(?:html?|php|aspx?)))+$")
# Pages that list jobs, or none: the address alone does not name a job.
_GENERAL = re.compile(
    r"[a-z]{2}(?:-[a-z]{2})?|careers?|jobs?|karriere|carrieres?|join(?:-us)?|work-with-us|vacancies|openings?"
    r"|open-(?:positions|roles)|positions|current-openings|opportunities|stellenangebote|offres|emplois?|company"
    r"|about(?:-us)?|team|home|contact|hiring|search|recruiting|employment|apply|candidates?|list|all"
)
_LONGEST = 500


@dataclass(frozen=True)
class OnBoard:
    """What an address names on a board that we know by its form: a company's jobs, or one job of it.

    `company` may be unknown, where the job's id is enough.
    """

    board: str
    company: str | None
    job: str | None = None

    @property
    def key(self) -> str | None:
        """The job's id in that system, the same whoever links to it; None where a company is all."""
        if self.job is None:
            return None
        within = "" if self.board in _WORLDWIDE else f"{self.company}:"
        return f"{self.board}:{within}{self.job}".lower()[:255]


def on_board(address: str | None) -> OnBoard | None:
    """What an address names on a known board; also where that stands in a parameter of another address."""
    parts = _split(address)
    if parts is None:
        return None
    found: OnBoard | None = None
    for named in _readings(parts):
        if named.job is not None:
            return named
        found = found or named
    return found


def ats_key(*addresses: str | None) -> str | None:
    """The first id that any of these addresses holds, such as "greenhouse:4412345"."""
    return next((named.key for a in addresses if (named := on_board(a)) and named.key), None)


def address_key(address: str | None) -> str | None:
    """The address without what changes with the reader; None where it does not name one job alone."""
    parts = _split(address)
    if parts is None:
        return None
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    port = f":{parts.port}" if parts.port not in {None, 80, 443} else ""
    path = _ENDS.sub("", unquote(parts.path).rstrip("/"))
    kept = sorted((k, v) for k, v in parse_qsl(parts.query) if not _TRACKING.fullmatch(k.lower()))
    # Some sites keep all their pages behind the sign.
    route = parts.fragment if parts.fragment.startswith(("/", "!")) and len(parts.fragment) > 2 else ""
    if not kept and not route and all(_GENERAL.fullmatch(word) for word in path.lower().split("/") if word):
        return None
    key = f"{host}{port}{path}" + (f"?{urlencode(kept)}" if kept else "") + (f"#{route}" if route else "")
    return key if len(key) <= _LONGEST else f"{host}:{hashlib.sha256(key.encode()).hexdigest()}"


def _split(address: str | None) -> SplitResult | None:
    if not address:
        return None
    try:
        parts = urlsplit(address.strip())
        # Asking for the port is what checks it.
        _ = parts.port
    except ValueError:
        return None
    return parts if parts.scheme.lower() in {"http", "https"} and parts.hostname else None


def _readings(parts: SplitResult) -> Iterator[OnBoard]:
    host, path = (parts.hostname or "").lower(), unquote(parts.path).rstrip("/")
    asked = {name.lower(): value for name, value in parse_qsl(parts.query)}
    for name, board in _ASKED.items():
        if asked.get(name):
            yield OnBoard(board, None, asked[name])
    if host.endswith("greenhouse.io") and path.startswith("/embed/"):
        # https://boards.greenhouse.io/embed/job_app?for=company&token=id
        yield OnBoard("greenhouse", asked.get("for") or None, asked.get("token") or None)
    if host.endswith(".bamboohr.com") and asked.get("id", "").isdecimal():
        yield OnBoard("bamboohr", host.split(".")[0], asked["id"])
    for board, host_form, path_form in _FORMS:
        at, there = host_form.fullmatch(host), path_form.match(path)
        if at and there:
            found = at.groupdict() | {k: v for k, v in there.groupdict().items() if v}
            company = found.get("company")
            if company in _OWN_HOSTS and "company" in at.groupdict():
                continue
            if company or found.get("id"):
                yield OnBoard(board, company, found.get("id"))
    for value in asked.values():
        inner = _split(value)
        # One address within another, not a chain of them.
        if inner is not None and "http" not in inner.query:
            yield from _readings(inner)
