"""What is paid: amounts, currency and period as boards state them, or as their words let one read them."""

import re
from dataclasses import replace

from hearback.boards.normal.amounts import Range, number, ranges
from hearback.boards.normal.currencies import currency_code, dollars_of
from hearback.boards.posting import Period, Salary

_PERIODS = (
    (Period.HOUR, r"hours?|hourly|hr|hrs|/ ?h|stunde|stündlich|stundenlohn|heure|hora|uur"),
    (Period.DAY, r"days?|daily|diem|tag|tagessatz|jour|dia|día"),
    (Period.WEEK, r"weeks?|weekly|wk|woche|semaine|semana"),
    (Period.MONTH, r"months?|monthly|mo|mth|monat|monatlich|mois|mes|mensual|mensuel|maand|pcm|p\.?m\.?"),
    (
        Period.YEAR,
        r"years?|yearly|yr|annum|annual|annually|annuel|jahr|jährlich|jaehrlich|jahresgehalt|"
        r"an|ans|año|anual|jaar|(?<=/)any|p\.?a\.?",
    ),
)
# Every two weeks and twice a month are none of our periods, and half of one is a wrong salary.
_HALVES = re.compile(r"\b(?:bi ?week|bi ?month|semi ?month|fortnight|every two weeks|twice a month)")
_PERIOD = tuple(
    (period, re.compile(rf"(?<![a-zäöüñ])(?:{words})(?![a-zäöüñ])")) for period, words in _PERIODS
)
# Yearly pay and pay by the hour in these currencies cannot be taken for each other.
_OF_COMMON_SIZE = frozenset({"USD", "EUR", "GBP", "CAD", "AUD", "NZD", "CHF", "SGD"})
_HOUR_BELOW, _YEAR_FROM = 250.0, 15_000.0
_LEAST = {Period.YEAR: 5_000, Period.MONTH: 300, Period.WEEK: 50, Period.DAY: 20, Period.HOUR: 2}
_LEAST_A_YEAR, _MOST_A_YEAR = 12_000, 3e6

_OF_PAY = re.compile(
    r"\b(?:salary|salaries|compensation|pay|paid|wages?|remuneration|base|ote|on[- ]target|"
    r"earnings?|earn|rate|gehalt\w*|vergütung|verdienst|salaire|rémunération|salario|sueldo|retribución|salarial|"
    r"stipendio|ral|salaris|lön|compensação|salário|package)\b",
    re.IGNORECASE,
)
_OTHER = (
    r"(?:bonus|stipend|allowance|reimburse\w*|budget|equity|funding|raised|revenue|arr|valuation|referral|"
    r"sign[- ]on|401|match|benefit|insurance|credits?|vouchers?)\b"
)
_NOT_PAY = re.compile(rf"\b{_OTHER}", re.IGNORECASE)
_THEN_NOT_PAY = re.compile(
    rf"[\s-]*(?:(?:in|of|annual|yearly|a|per|year|learning|signing|hiring|welcome)\s+)*{_OTHER}",
    re.IGNORECASE,
)
# How far before an amount the word that says what it is may stand, in characters.
_NEAR = 90


def period(value: object) -> Period | None:
    """What an amount is paid for: "YEAR", "per-year-salary", "/hr", "p.a.", "monatlich"."""
    if isinstance(value, Period):
        return value
    if not isinstance(value, str):
        return None
    words = re.sub(r"[_-]", " ", value[:100].lower())
    if _HALVES.search(words):
        return None
    return next((one for one, pattern in _PERIOD if pattern.search(words)), None)


def salary(minimum: object, maximum: object, currency: object = None, per: object = None) -> Salary | None:
    """What a board states in fields of its own; None where no amount is one.

    A period that the board does not state is read from the size of the amount where that leaves no doubt,
    and the salary is then marked as guessed.
    """
    low, high = number(minimum), number(maximum)
    if low is None and high is None:
        return None
    if low is not None and high is not None and low > high:
        low, high = high, low
    money = currency_code(currency)
    stated = period(per)
    size = stated or _by_size(low or high or 0, money)
    return Salary(low, high, money, size, guessed=size is not stated)


def span(stated: list[Salary]) -> Salary | None:
    """One salary from the least to the most of several in the currency and period of the first."""
    if not stated:
        return None
    first = stated[0]
    alike = [one for one in stated if (one.currency, one.period) == (first.currency, first.period)]
    lows = [one.minimum for one in alike if one.minimum is not None]
    highs = [one.maximum for one in alike if one.maximum is not None]
    return Salary(
        min(lows, default=None),
        max(highs, default=None),
        first.currency,
        first.period,
        guessed=any(one.guessed for one in alike),
    )


def of_field(value: object, country: str | None = None) -> Salary | None:
    """A salary out of a field that holds one in words: "$140,000 – $170,000 / year".

    A bare dollar sign is the dollar of `country` (ISO 3166-1 alpha-2); where that is not known it is
    taken for the dollar of the United States and marked as guessed.
    """
    if not isinstance(value, str):
        return salary(value, None)
    text = value[:300]
    found = ranges(text)
    return _of_range(found[0], _without(text, found), country) if found else None


def in_words(text: str, country: str | None = None) -> Salary | None:
    """A salary out of a description, always marked as guessed: an amount that is said to be pay."""
    text = text[:60_000]
    for one in ranges(text):
        if one.sign is None or not _is_pay(text, one):
            continue
        after = re.split(r"[.;\n]\s", text[one.end : one.end + 40])[0]
        found = _of_range(one, after[:30], country)
        if found and _plausible(found):
            return replace(found, guessed=True)
    return None


def _of_range(one: Range, words: str, country: str | None) -> Salary | None:
    """The salary of a range and the words about it. Without a currency and a period it is a guess."""
    money = dollars_of(country) if one.sign == "$" else currency_code(one.sign)
    found = salary(one.low, one.high, money, period(words) or (Period.YEAR if one.by_lakh else None))
    if found is None:
        return None
    unsure = found.guessed or money is None or (one.sign == "$" and country is None)
    return replace(found, guessed=unsure)


def _is_pay(text: str, one: Range) -> bool:
    """Whether the sentence, or the words right after, say that it is pay and not a budget or a bonus.

    A range that names its period is pay; a lone amount may be anything, and must be said to be pay, or be by
    the hour.
    """
    before, after = text[max(0, one.start - _NEAR) : one.start], text[one.end : one.end + 40]
    sentence = re.split(r"[.;\n](?:\s|$)", before)[-1]
    if _NOT_PAY.search(sentence[-40:] if one.both else sentence) or _THEN_NOT_PAY.match(after):
        return False
    if _OF_PAY.search(sentence):
        return True
    paid_for = period(after[:20])
    if not one.both:
        return paid_for is Period.HOUR
    return paid_for is not None or bool(_OF_PAY.search(before) or _OF_PAY.search(after[:30]))


def _without(text: str, found: list[Range]) -> str:
    for one in reversed(found):
        text = f"{text[: one.start]} {text[one.end :]}"
    return text


def _by_size(amount: float, currency: str | None) -> Period | None:
    if currency not in _OF_COMMON_SIZE:
        return None
    return Period.HOUR if amount < _HOUR_BELOW else Period.YEAR if amount >= _YEAR_FROM else None


def _plausible(found: Salary) -> bool:
    """Whether an amount in prose can be pay: too little or too much for its period is something else."""
    amount = found.maximum or found.minimum or 0
    if found.period is None or (found.currency in _OF_COMMON_SIZE and amount > _MOST_A_YEAR):
        return False
    return amount >= (_LEAST_A_YEAR if _is_common_year(found) else _LEAST[found.period])


def _is_common_year(found: Salary) -> bool:
    return found.period is Period.YEAR and found.currency in _OF_COMMON_SIZE
