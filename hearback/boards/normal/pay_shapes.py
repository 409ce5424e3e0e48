"""What is paid, out of a field whose shape the boards and the companies that fill it in do not agree on."""

from collections.abc import Mapping

from hearback.boards.normal.amounts import number
from hearback.boards.normal.currencies import currency_code
from hearback.boards.normal.pay import of_field, period, salary
from hearback.boards.posting import Salary

_LOW = ("min", "min_value", "minValue", "salary_from", "from", "minimum", "low", "minAmount", "min_amount")
_HIGH = ("max", "max_value", "maxValue", "salary_to", "to", "maximum", "high", "maxAmount", "max_amount")
_ALONE = ("amount", "value")
_CURRENCY = ("currency", "salary_currency", "currencyCode", "currency_code", "unit")
_PERIOD = ("period", "interval", "salary_period", "frequency", "unitText", "unit")


def stated(value: object) -> Salary | None:
    """A salary out of an object with its ends, a number, or words; None where nothing is an amount."""
    if not isinstance(value, Mapping):
        return of_field(value)
    low, high = _amount(value, _LOW), _amount(value, _HIGH)
    alone = _amount(value, _ALONE) if low is None and high is None else None
    money = next((code for key in _CURRENCY if (code := currency_code(value.get(key)))), None)
    paid_for = next((one for key in _PERIOD if (one := period(value.get(key)))), None)
    return salary(alone if low is None else low, high, money, paid_for)


def _amount(value: Mapping[str, object], names: tuple[str, ...]) -> float | None:
    return next((one for name in names if (one := number(value.get(name))) is not None), None)
