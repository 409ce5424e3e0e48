"""Who the person is and how to reach them, from the head, the contact block and the foot of the document."""

from typing import Any

from hearback import places
from hearback.documents.lines import Line, Text
from hearback.documents.parse.contact import email_in, links_in, phone_in
from hearback.documents.parse.found import Found
from hearback.documents.parse.headings import Section
from hearback.documents.parse.person import in_address, label_in, name_in
from hearback.documents.parse.sections import Part
from hearback.documents.parse.texts import joined, texts_in
from hearback.documents.parse.where import location_in

_MOST_HEAD = 14


def basics_of(parts: list[Part], lines: list[Line], text: Text) -> dict[str, Any]:
    """JSON Resume's `basics`, with `Found` at the leaves."""
    heads = [part.lines for part in parts if part.section is Section.HEAD]
    # Where a sidebar is read first, what stands under the name is the head.
    head = [line for lines in reversed(heads) for line in lines]
    contact = [line for part in parts if part.section is Section.CONTACT for line in part.lines]
    near = [*head[:_MOST_HEAD], *contact]
    email = email_in([*near, *lines], text.links)
    location = location_in(near)
    country = location.get("countryCode")
    region = country.value if isinstance(country, Found) else _country_of(location)
    phone = phone_in(near, _short(lines), region)
    address = email.value if email else ""
    site, profiles = links_in(near, _short(lines), text.links)
    named = _name(head, contact, lines, text, address)
    name, name_line = named if named else (None, None)
    label = label_in(head[:_MOST_HEAD], name_line, name.value if name else "")
    return {
        "name": name,
        "label": label,
        "email": email,
        "phone": phone,
        "url": site,
        "summary": _summary(parts, head, label),
        "location": location,
        "profiles": profiles,
    }


def _name(
    head: list[Line], contact: list[Line], lines: list[Line], text: Text, email: str
) -> tuple[Found, Line] | None:
    largest = max((line.size for line in lines), default=0.0)
    big = [line for line in lines[:80] if line.size >= largest - 0.5] if largest else []
    top = [*head[:_MOST_HEAD], *[line for line in big if line not in head]]
    elsewhere = [line for line in [*contact, *lines[:8]] if in_address(line.text, email) >= 0.5]
    return name_in(top, email, largest, text.title) or name_in(elsewhere, email, largest, text.title)


def _country_of(location: dict[str, Found | None]) -> str | None:
    words = ", ".join(value.value for key in ("city", "region") if (value := location.get(key)))
    known = places.find(words) if words else None
    return known.country if known else None


def _short(lines: list[Line]) -> list[Line]:
    """Lines that are no running text, where contacts may stand anywhere on a page."""
    return [line for line in lines if len(line.text) < 160]


def _summary(parts: list[Part], head: list[Line], label: Found | None) -> Found | None:
    """What stands under the heading of a summary, else the running text under the name."""
    told = [line for part in parts if part.section is Section.SUMMARY for line in part.lines]
    if told:
        texts = joined(told)
        return Found(
            " ".join(" ".join(text.split()) for _, text in texts), texts[0][0].text, texts[0][0].page, 0.9
        )
    running = [line for line in head if len(line.text.split()) > 9 and "@" not in line.text]
    if not running or (label and running[0].text == label.quote):
        return None
    start, end = head.index(running[0]), head.index(running[-1]) + 1
    summary, highlights = texts_in(head[start:end], 0.75)
    whole = [value.value for value in (summary, *highlights) if value]
    return Found(" ".join(whole), running[0].text, running[0].page, 0.7) if whole else None
