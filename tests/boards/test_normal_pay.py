"""Pay is what the board states; what is read out of prose carries its mark."""

import pytest

from hearback.boards.normal.amounts import number
from hearback.boards.normal.pay import in_words, of_field, period, salary
from hearback.boards.posting import Period, Salary

HOUR, MONTH, YEAR = Period.HOUR, Period.MONTH, Period.YEAR


@pytest.mark.parametrize(
    ("value", "amount"),
    [
        (60000, 60000), ("60000", 60000), ("75,000", 75000), ("75.000", 75000), ("75 000 €", 75000),
        ("$120,500.50", 120500.5), ("22.75", 22.75), ("22,75", 22.75), ("60k", 60000),
        ("1.250.000", 1250000),
        (0, None), ("0", None), (-5, None), ("-5", None), (None, None), ("", None), ("DOE", None),
        (True, None),
        (float("nan"), None), (float("inf"), None), (1e12, None), ([], None),
    ],
)  # fmt: skip
def test_amounts(value: object, amount: float | None) -> None:
    assert number(value) == amount


@pytest.mark.parametrize(
    ("word", "paid_for"),
    [
        ("YEAR", YEAR), ("1 YEAR", YEAR), ("per-year-salary", YEAR), ("p.a.", YEAR), ("annual", YEAR),
        ("/ year", YEAR), ("HOUR", HOUR), ("per-hour-wage", HOUR), ("/hr", HOUR), ("monthly", MONTH),
        ("monatlich", MONTH),
        ("WEEK", Period.WEEK), ("DAY", Period.DAY), ("NONE", None), (None, None), (7, None),
    ],
)  # fmt: skip
def test_periods(word: object, paid_for: Period | None) -> None:
    assert period(word) is paid_for


def test_stated_pay_carries_no_mark() -> None:
    assert salary("60000", 75000, "eur", "year") == Salary(60000, 75000, "EUR", YEAR)
    assert salary(90000, None, "USD", "YEAR") == Salary(90000, None, "USD", YEAR)
    assert salary(80, 60, "USD", "hour") == Salary(60, 80, "USD", HOUR)


def test_no_amount_is_no_pay() -> None:
    assert salary(0, 0, "USD", "year") is None
    assert salary(None, None, "USD", "year") is None
    assert salary(0, 50000, "USD", "year") == Salary(None, 50000, "USD", YEAR)


def test_a_period_that_is_not_stated_is_a_guess_or_unknown() -> None:
    assert salary(90000, 120000, "USD") == Salary(90000, 120000, "USD", YEAR, guessed=True)
    assert salary(25, 30, "GBP") == Salary(25, 30, "GBP", HOUR, guessed=True)
    assert salary(4000, 5000, "EUR") == Salary(4000, 5000, "EUR", None)
    assert salary(400000, 500000, "JPY") == Salary(400000, 500000, "JPY", None)


@pytest.mark.parametrize(
    ("text", "country", "paid"),
    [
        ("$140,000 – $170,000 / year", "US", Salary(140000, 170000, "USD", YEAR)),
        ("$140,000 – $170,000 / year", "CA", Salary(140000, 170000, "CAD", YEAR)),
        ("$140,000 – $170,000 / year", None, Salary(140000, 170000, "USD", YEAR, guessed=True)),
        ("€60.000 - €75.000 per year", None, Salary(60000, 75000, "EUR", YEAR)),
        ("£45k - 55k", None, Salary(45000, 55000, "GBP", YEAR, guessed=True)),
        ("CA$102.8K – CA$137K", None, Salary(102800, 137000, "CAD", YEAR, guessed=True)),
        ("$70 - $90 / hour", "US", Salary(70, 90, "USD", HOUR)),
        ("USD 100,000 to 120,000 annually", None, Salary(100000, 120000, "USD", YEAR)),
        ("up to 4 500 EUR monthly", None, Salary(None, 4500, "EUR", MONTH)),
        ("12 - 18 LPA", None, Salary(1200000, 1800000, None, YEAR, guessed=True)),
        ("$70,000 - $90,000 CAD a year", None, Salary(70000, 90000, "CAD", YEAR)),
        ("Competitive", None, None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_pay_in_a_field_of_words(text: object, country: str | None, paid: Salary | None) -> None:
    assert of_field(text, country) == paid


@pytest.mark.parametrize(
    ("text", "low", "high", "currency", "paid_for"),
    [
        (
            "The base salary range for this role is $150,000 - $190,000 plus equity.",
            150000,
            190000,
            "USD",
            YEAR,
        ),
        ("Pay: $32.50 per hour", 32.5, None, "USD", HOUR),
        ("Gehalt: 55.000 € bis 65.000 € brutto im Jahr", 55000, 65000, "EUR", YEAR),
        ("We pay between £60,000 and £70,000.", 60000, 70000, "GBP", YEAR),
        ("Annual Salary:\n$320,000—$405,000 USD", 320000, 405000, "USD", YEAR),
        ("Salaire : 45k€ - 55k€ par an", 45000, 55000, "EUR", YEAR),
        ("OTE $168K – $231K", 168000, 231000, "USD", YEAR),
    ],
)
def test_pay_in_prose_is_a_guess(
    text: str, low: float, high: float | None, currency: str, paid_for: Period
) -> None:
    assert in_words(text) == Salary(low, high, currency, paid_for, guessed=True)


@pytest.mark.parametrize(
    "text",
    [
        "We raised $50M - $60M from investors and pay attention to detail.",
        "You manage a budget of $200,000.",
        "401(k) match and a $5,000 signing bonus",
        "A learning stipend of $1,500 per year",
        "We move $10 billion in volume annually",
        "Team of 120 - 150 people",
        "Since 2019 - 2024 we doubled",
        "Referral bonus: $2,000",
        "",
    ],
)
def test_other_money_is_no_pay(text: str) -> None:
    assert in_words(text) is None
