"""Fills the slots of a mail: the same mail and number always give the same names and dates."""

import random
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from corpus.mails import Template, unmarked

_SLOT = re.compile(r"\{(\w+)\}")
# An employer's mail may leave out what kind of firm it is.
_LINKS = (
    "https://careers.{domain}/apply/{number}",
    "https://{domain}/c/{number}",
    "https://cal.{domain}/{number}",
)


@dataclass(frozen=True)
class Filled:
    """A mail as a person would see it, and what it says of employer and role (None where it does not)."""

    template: Template
    number: int
    values: Mapping[str, str]
    sender: str
    subject: str
    body: str

    @property
    def company(self) -> str | None:
        """The employer, where the mail names it."""
        return self.values["company"] if "company" in self.template.slots else None

    @property
    def role(self) -> str | None:
        """The role, where the mail names it."""
        return self.values["role"] if "role" in self.template.slots else None


@cache
def names() -> dict[str, Any]:
    """The lists of corpus/names.toml."""
    return tomllib.loads(Path(__file__).with_name("names.toml").read_text(encoding="utf-8"))


def chance(template: Template, number: int, purpose: str = "") -> random.Random:
    """A source of chance of its own for one filling of one mail."""
    return random.Random(f"{template.id}/{number}/{purpose}")  # noqa: S311


def fill(template: Template, number: int) -> Filled:
    """The mail with slots filled and marks taken away."""
    values = _values(chance(template, number))

    def filled(text: str) -> str:
        return _SLOT.sub(lambda slot: values[slot[1]], unmarked(text))

    return Filled(
        template=template,
        number=number,
        values=values,
        sender=filled(template.sender),
        subject=filled(template.subject),
        body=filled(template.body),
    )


def domain_of(company: str) -> str:
    """An address that such an employer could have; the names are reserved, so nobody has them."""
    return re.sub(r"[^a-z0-9]", "", company.lower().split(" ")[0]) + ".example"


def _values(draw: random.Random) -> dict[str, str]:
    known = names()
    trade = draw.choice(known["company_trades"])
    company = f"{draw.choice(known['company_starts'])}{draw.choice(known['company_ends'])} {trade}".strip()
    recruiter_first = draw.choice(known["firsts"])
    day, month = draw.randint(1, 28), draw.choice(known["months"])
    time = draw.choice(known["times"]) + draw.choice(known["zones"])
    link = draw.choice(_LINKS).format(domain=domain_of(company), number=draw.randint(10**4, 10**7))
    return {
        "company": company,
        "agency": draw.choice(known["agencies"]),
        "role": draw.choice(known["roles"]),
        "req": draw.choice(("R-{0}", "JR{0}", "{0}", "REQ{0}", "#{0}")).format(draw.randint(1000, 99_999)),
        "first": draw.choice(known["firsts"]),
        "last": draw.choice(known["lasts"]),
        "recruiter": f"{recruiter_first} {draw.choice(known['lasts'])}",
        "recruiter_first": recruiter_first,
        "city": draw.choice(known["cities"]),
        "date": draw.choice((f"{day} {month}", f"{month} {day}", f"{day}/{draw.randint(1, 12)}")),
        "weekday": draw.choice(known["weekdays"]),
        "time": time,
        "deadline": draw.choice((f"{month} {day}", f"{day} {month}", draw.choice(known["weekdays"]))),
        "link": link,
        "phone": f"+44 20 7946 {draw.randint(0, 999):04d}",
        "product": draw.choice(known["products"]),
        "school": draw.choice(known["schools"]),
        "amount": draw.choice(("{0},000 a year", "£{0},000", "${0},000", "€{0}.000")).format(
            draw.randint(18, 180)
        ),
    }
