"""Which names mean one company and one role, and which surely do not."""

import pytest

from hearback.mail.names import block, same_company, same_role


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acme", "ACME"),
        ("Acme", "Acme Inc."),
        ("Acme GmbH & Co. KG", "acme"),
        ("Acme Labs", "Acme"),
        ("acmerobotics", "Acme Robotics"),
        ("Greywater", "Greywater Utilities"),
        ("The Harrow Group", "Harrow"),
        ("Müller AG", "Muller"),
        ("Foxglove Instruments", "Foxglove Instrument"),
    ],
)
def test_one_company_by_two_names(one: str, other: str) -> None:
    assert same_company(one, other)
    assert same_company(other, one)
    assert block(one) == block(other), "names of one company must meet in one group"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Avail", "Avra"),
        ("TeamViewer", "TeamEx"),
        ("First", "First Republic"),
        ("Bank of America", "Bank of Ireland"),
        ("American Express", "American Airlines"),
        ("Acme", "Acmeon"),
        ("Meridell", "Meridian"),
        ("", "Acme"),
    ],
)
def test_two_companies(one: str, other: str) -> None:
    assert not same_company(one, other)
    assert not same_company(other, one)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Data Engineer", "data engineer (m/f/d)", True),
        ("Senior Data Engineer", "Sr. Data Engineer", True),
        ("Backend Engineer", "Backend Engineer, Fleet", True),
        ("Software Engineer", "Senior Software Engineer", True),
        ("Senior Software Engineer", "Junior Software Engineer", False),
        ("Software Engineer II", "Software Engineer III", False),
        ("Data Engineer", "Data Scientist", False),
        ("Product Designer", "Product Manager", False),
    ],
)
def test_roles(one: str, other: str, same: bool) -> None:
    assert same_role(one, other) is same
    assert same_role(other, one) is same
