"""What many short mails name: the hiring company, the role and its number, and nothing that they do not."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from hearback.mail import extract
from hearback.mail.extract import Names
from hearback.mail.parse import from_fields
from hearback.mail.senders import sender_kind
from hearback.mail.sentences import split

MAILS = tomllib.loads(Path(__file__).with_name("extracted.toml").read_text(encoding="utf-8"))["mail"]
# Of the mails that name one.
LEAST_COMPANIES, LEAST_ROLES, LEAST_REQUISITIONS = 0.95, 0.92, 0.95


def read(mail: Mapping[str, str]) -> Names:
    parsed = from_fields(mail.get("from"), mail["subject"], None, mail["body"])
    return extract.read(parsed, split(parsed.fresh), sender_kind(parsed))


def misread(key: str) -> list[tuple[str, str | None, str | None]]:
    """(subject, what the mail names, what was read) where these differ."""
    read_names = [(mail["subject"], mail.get(key), getattr(read(mail), key)) for mail in MAILS]
    return [row for row in read_names if row[1] != row[2]]


def share_read(key: str) -> float:
    naming = sum(key in mail for mail in MAILS)
    return 1 - sum(named is not None for _, named, _ in misread(key)) / naming


def test_the_table_is_large_and_a_third_of_it_names_no_company_or_role() -> None:
    assert len(MAILS) >= 120
    assert sum("company" not in mail or "role" not in mail for mail in MAILS) >= len(MAILS) / 3


def test_companies_are_read() -> None:
    assert share_read("company") >= LEAST_COMPANIES, misread("company")


def test_roles_are_read() -> None:
    assert share_read("role") >= LEAST_ROLES, misread("role")


def test_requisitions_are_read() -> None:
    assert share_read("requisition") >= LEAST_REQUISITIONS, misread("requisition")


def test_nothing_is_invented() -> None:
    for key in ("company", "role", "requisition"):
        assert [row for row in misread(key) if row[1] is None] == []
