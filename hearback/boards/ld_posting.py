"""The normal form of a JobPosting of schema.org, in the many shapes that sites give its parts.

https://schema.org/JobPosting
https://developers.google.com/search/docs/appearance/structured-data/job-posting
"""

import re
from dataclasses import replace

from hearback.boards.ld_places import from_where, places_of
from hearback.boards.ld_tidy import Node
from hearback.boards.normal.addresses import mail, web
from hearback.boards.normal.build import Raw, posting
from hearback.boards.normal.markup import joined, plain
from hearback.boards.normal.parts import listed, part
from hearback.boards.normal.pay import of_field, period, salary
from hearback.boards.normal.text import first_name
from hearback.boards.posting import Posting, Salary

_SOCIAL = re.compile(
    r"//(?:[\w-]+\.)*(?:facebook|instagram|linkedin|twitter|x|youtube|tiktok|xing|kununu|glassdoor|wikipedia)\.\w+/",
    re.I,
)
_TITLES = ("title", "name", "jobTitle", "headline")
# Parts that many sites keep apart from the description.
_MORE = (
    ("responsibilities", "Responsibilities"),
    ("qualifications", "Qualifications"),
    ("educationRequirements", "Education"),
    ("experienceRequirements", "Experience"),
    ("skills", "Skills"),
    ("jobBenefits", "Benefits"),
    ("benefits", "Benefits"),
    ("incentiveCompensation", "Incentives"),
)

_CURRENCIES = ("currency", "currencyCode", "priceCurrency")
_UNITS = ("unitText", "unitCode", "duration")
_LOWS, _HIGHS = ("minValue", "minPrice", "percentile10"), ("maxValue", "maxPrice", "percentile90")
_ALONE = ("value", "price", "median")


def read(node: Node, board: str, feed: str, page: str, company: str | None = None) -> Posting:
    """The posting of an object; `page` is the address of the page that holds it.

    `company` is what stands in for the employer where the object names none. Raises Unreadable where it is
    no whole job.
    """
    url = _address(node, page)
    contact = node.get("applicationContact")
    employer = _first(node.get("hiringOrganization"))
    said = _employer(employer)
    return posting(
        board,
        feed,
        Raw(
            external_id=_identifier(node.get("identifier"), said),
            title=next((word for key in _TITLES if (word := first_name(node.get(key)))), None),
            company=said or company,
            url=url,
            description=_description(node),
            places=places_of(node.get("jobLocation")),
            remote=(node.get("jobLocationType"), "remote" if _says_remote(node) else None),
            remote_from=from_where(node.get("applicantLocationRequirements")),
            salary=_salary(node),
            employment=listed(node.get("employmentType")),
            posted_at=_first(node.get("datePosted")) or _first(node.get("datePublished")),
            valid_through=_first(node.get("validThrough")),
            apply_url=part(contact, "url")
            or node.get("applyUrl")
            or (url if node.get("directApply") is True else None),
            apply_email=mail(part(contact, "email")),
            company_url=_site(employer),
        ),
    )


def _address(node: Node, page: str) -> str:
    """The posting's own page where it has one, else the page that it stands on."""
    main, own = node.get("mainEntityOfPage"), _first(node.get("url"))
    for one in (own, part(own, "@id"), part(main, "@id"), part(main, "url"), main, node.get("@id")):
        address = web(one, page) if isinstance(one, str) and not one.startswith(("#", "_:")) else None
        if address:
            return address
    return page


def _identifier(value: object, company: str | None) -> str | None:
    """What the employer calls the job; some sites write their own name there, which names no job."""
    for one in listed(value):
        ids = (part(one, "value"), part(one, "propertyID")) if isinstance(one, dict) else (one,)
        for said in ids:
            found = first_name(said)
            if found and found.lower() != (company or "").lower():
                return found
    return None


def _employer(value: object) -> str | None:
    """The employer's name; an address or a number is none."""
    keys = ("name", "legalName", "alternateName")
    said = (first_name(part(value, key)) for key in keys) if isinstance(value, dict) else [first_name(value)]
    name = next((one for one in said if one), None)
    return None if name is None or web(name) or name.isdigit() else name


def _site(value: object) -> object:
    """The employer's own site; where several are named, pages on social networks are not it."""
    named = [*listed(part(value, "sameAs")), *listed(part(value, "url")), value]
    return next((one for one in named if isinstance(one, str) and web(one) and not _SOCIAL.search(one)), None)


def _first(value: object) -> object:
    return next(iter(listed(value)), None)


def _says_remote(node: Node) -> bool:
    kinds = " ".join(str(one) for one in listed(node.get("jobLocationType")))
    return "telecommute" in kinds.lower() or node.get("isRemote") is True


def _description(node: Node) -> str:
    """The description, and those other parts that it does not hold already."""
    whole = node.get("description")
    sections: list[tuple[str | None, object]] = [(None, _text(whole))]
    known = plain(_text(whole))
    for key, heading in _MORE:
        text = _text(node.get(key))
        if text and plain(text)[:200] not in known:
            sections.append((heading, text))
    return joined(*sections)


def _text(value: object) -> str:
    """Text as it is; a list as items; of an object its description or name."""
    if isinstance(value, list):
        items = [item for one in value if (item := _text(one))]
        return (
            items[0]
            if len(items) == 1
            else f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>" * bool(items)
        )
    if isinstance(value, dict):
        return _text(value.get("description") or value.get("name") or value.get("credentialCategory"))
    return value if isinstance(value, str) else ""


def _salary(node: Node) -> Salary | None:
    """What the employer states, else what the site estimates, which is a guess."""
    money = node.get("salaryCurrency")
    for one in listed(node.get("baseSalary")):
        if found := _amount(one, money):
            return found
    for one in listed(node.get("estimatedSalary")):
        if found := _amount(one, money):
            return replace(found, guessed=True)
    return None


def _amount(value: object, money: object) -> Salary | None:
    """The salary of a MonetaryAmount, a range, a number or words."""
    if not isinstance(value, dict):
        words = of_field(value)
        return salary(value, None, money) if words is None or not isinstance(value, str) else words
    inner = _first(value.get("value"))
    at = inner if isinstance(inner, dict) else value
    currency = next(
        (word for key in _CURRENCIES for one in (value, at) if (word := first_name(part(one, key)))), money
    )
    unit = next((word for key in _UNITS for one in (at, value) if (word := first_name(part(one, key)))), None)
    low, high = _end(at, _LOWS), _end(at, _HIGHS)
    if low is None and high is None:
        low = _end(at, _ALONE)
    if (
        isinstance(low, str)
        and high is None
        and not low.replace(".", "").isdigit()
        and (found := of_field(low))
    ):
        return salary(found.minimum, found.maximum, currency or found.currency, _unit(unit) or found.period)
    return salary(low, high, currency, _unit(unit))


def _end(at: object, names: tuple[str, ...]) -> object:
    """One end of a range: the first that says something, where sites write 0 for nothing."""
    stated = (_first(part(at, name)) for name in names)
    return next((one for one in stated if one not in (None, "", 0, "0") and not isinstance(one, dict)), None)


def _unit(value: object) -> object:
    """A period as words: sites also write the codes of UN/CEFACT and ISO 8601 durations."""
    codes = {"HUR": "hour", "DAY": "day", "WEE": "week", "MON": "month", "ANN": "year"}
    codes |= {"P1Y": "year", "P1M": "month", "P1W": "week", "P1D": "day", "PT1H": "hour"}
    return period(codes.get(value.strip().upper(), value)) if isinstance(value, str) else None
