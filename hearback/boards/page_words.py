"""A job out of a page made for people alone: its heading, its labelled lines and its text."""

import re

import nh3
from selectolax.lexbor import LexborHTMLParser

from hearback.boards.normal.build import Raw, posting
from hearback.boards.normal.markup import plain, shallow
from hearback.boards.normal.pay import of_field
from hearback.boards.normal.text import clean
from hearback.boards.normal.where import places
from hearback.boards.posting import Place, Posting

# A page that offers no way to apply is no job's page.
_APPLY = re.compile(
    r"\b(?:apply|bewerben|postuler|candidater?|inscr[ií]bete|inscriu|solicitar|aplicar|postularme|candidatar|"
    r"candidati|sollicite(?:er|ren)|ansök|søg jobbet|aplikuj|candidatura)\b",
    re.IGNORECASE,
)
_LABELS = {
    "place": r"(?:job |work )?locations?|ubicaci[oó]n?|standort|arbeitsort|lieu(?: de travail)?|"
    r"localiza[çc][ãa]o|sede|plaats|locatie|office|place of work",
    "city": r"city|ciudad|stadt|ville|cidade|town",
    "kind": r"(?:employment|contract|job) type|type of (?:employment|contract)|tipo de contrato|schedule|"
    r"tipus de contracte|jornada(?: laboral)?|anstellungsart|vertragsart|type de contrat|contract",
    "remote": r"modalidad(?: de trabajo)?|modalitat de treball|work(?:place)? (?:type|arrangement|model)|"
    r"remote",
    "pay": r"salary(?: range)?|salari[o]?|gehalt|salaire|sal[áa]rio|compensation|pay(?: range)?",
    "posted": r"posted(?: on)?|date posted|publication date|fecha de publicaci[oó]n|veröffentlicht(?: am)?",
    "until": r"end date|closing date|apply by|application deadline|deadline|fecha l[ií]mite|"
    r"bewerbungsschluss",
}
_LABEL = {name: re.compile(rf"(?:{words})\s*:?", re.IGNORECASE) for name, words in _LABELS.items()}
_ASIDE = {"nav", "header", "footer", "script", "style", "noscript", "form", "aside", "svg", "iframe", "title"}
_LEAST, _LONGEST = 200, 400_000
_LONGEST_LABEL = 40


def read(page: LexborHTMLParser, address: str, board: str, feed: str, company: str) -> Posting | None:
    """The job that a page shows; None where it has no heading, no way to apply, or little text.

    Raises Unreadable where the heading cannot be a title.
    """
    title = _title(page)
    if title is None or not _has_apply(page):
        return None
    body = _body(page)
    lines = [line for line in plain(body).split("\n") if line]
    if len(" ".join(lines)) < _LEAST:
        return None
    said = _labelled(lines)
    return posting(
        board,
        feed,
        Raw(
            external_id=address,
            title=title,
            company=company,
            url=address,
            description=body,
            places=_places(said),
            remote=(said.get("remote"),),
            salary=of_field(said.get("pay")),
            employment=said.get("kind"),
            posted_at=said.get("posted"),
            valid_through=said.get("until"),
        ),
    )


def _places(said: dict[str, str]) -> tuple[Place, ...]:
    """What is labelled as the place, or as the city; known places before words that may be another label."""
    found = [places(said.get(name)) for name in ("place", "city")]
    return next((one for one in found if any(place.country for place in one)), found[0])


def _title(page: LexborHTMLParser) -> str | None:
    """What the page is called where it is shared, else its first heading."""
    shared = page.css_first('meta[property="og:title"]')
    headings = [clean(node.text(separator=" ")) for node in page.css("h1, h2")[:8]]
    named = clean(shared.attributes.get("content")) if shared else None
    return named if named in headings else next((one for one in headings if one), None)


def _has_apply(page: LexborHTMLParser) -> bool:
    controls = page.css("a, button, input[type=submit]")
    words = (node.attributes.get("value") or node.text(separator=" ") for node in controls)
    return any(_APPLY.search(text) for text in words if len(text.strip()) <= _LONGEST_LABEL)


def _body(page: LexborHTMLParser) -> str:
    """The part of the page that is about the job, without what stands around it on every page."""
    found = page.css_first("main, article, [role=main]") or page.body
    whole = (found.html if found else None) or ""
    return nh3.clean(shallow(whole[:_LONGEST]), tags=nh3.ALLOWED_TAGS - _ASIDE, clean_content_tags=_ASIDE)


def _labelled(lines: list[str]) -> dict[str, str]:
    """What follows the labels that are known: on their line, stuck to them, or on the next line.

    The first of each counts.
    """
    said: dict[str, str] = {}
    for at, line in enumerate(lines):
        following = lines[at + 1] if at + 1 < len(lines) else ""
        for name, pattern in _LABEL.items():
            if name not in said and (value := _value(pattern, line.lstrip("• "), following)):
                said[name] = value
    return said


def _value(pattern: re.Pattern[str], line: str, following: str) -> str | None:
    match = pattern.match(line)
    if match is None:
        return None
    rest = line[match.end() :]
    if not rest:
        short = len(following) <= 2 * _LONGEST_LABEL and not pattern.fullmatch(following)
        return following if short else None
    # Where label and value are two boxes side by side, the text has nothing between them.
    stuck = rest[0].isupper() or rest[0].isdigit()
    return rest.strip() if match[0].endswith(":") or stuck else None
