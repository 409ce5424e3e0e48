"""What a job pays, in words."""

SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹", "CAD": "CA$", "AUD": "A$", "BRL": "R$"}
PER = {"hour": "an hour", "day": "a day", "week": "a week", "month": "a month", "year": "a year"}


def pay(
    minimum: float | None, maximum: float | None, currency: str | None = None, period: str | None = None
) -> str:
    """A salary such as "$150,000 to $180,000 a year"; "" where none is named."""
    ends = sorted({end for end in (minimum, maximum) if end is not None})
    if not ends:
        return ""
    shown = " to ".join(money(end, currency) for end in ends)
    if len(ends) == 1 and minimum is None:
        shown = f"up to {shown}"
    elif len(ends) == 1 and maximum is None:
        shown = f"from {shown}"
    return f"{shown} {PER[period]}" if period in PER else shown


def money(amount: float, currency: str | None) -> str:
    """An amount with its currency: "$62.50", "CHF 120,000"."""
    figure = f"{amount:,.0f}" if amount == int(amount) else f"{amount:,.2f}"
    if currency in SIGNS:
        return f"{SIGNS[currency]}{figure}"
    return f"{currency} {figure}" if currency else figure
