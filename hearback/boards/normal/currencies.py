"""Currencies by their codes, signs and names."""

import re

_CODES = frozenset({
    *("USD", "EUR", "GBP", "CAD", "AUD", "NZD", "CHF", "SGD", "HKD", "INR", "JPY", "CNY", "KRW"),
    *("SEK", "NOK", "DKK", "ISK", "PLN", "CZK", "HUF", "RON", "BGN", "HRK", "RSD", "UAH", "RUB"),
    *("TRY", "ILS", "AED", "SAR", "QAR", "KWD", "BHD", "OMR", "EGP", "ZAR", "NGN", "KES", "GHS"),
    *("MAD", "TND", "BRL", "MXN", "ARS", "CLP", "COP", "PEN", "UYU", "CRC", "DOP", "GTQ", "PHP"),
    *("THB", "IDR", "MYR", "VND", "TWD", "PKR", "BDT", "LKR", "NPR", "KZT", "UZS", "GEL", "AMD"),
    *("AZN", "BYN", "JOD", "LBP", "MUR", "UGX", "TZS", "ETB", "XOF", "XAF"),
})  # fmt: skip
_SIGNS = {
    "$": "USD", "us$": "USD", "ca$": "CAD", "c$": "CAD", "cdn$": "CAD", "a$": "AUD", "au$": "AUD",
    "nz$": "NZD", "s$": "SGD", "sg$": "SGD", "hk$": "HKD", "mx$": "MXN", "nt$": "TWD", "r$": "BRL",
    "€": "EUR", "£": "GBP",
    "₹": "INR", "rs": "INR", "¥": "JPY", "₩": "KRW", "₽": "RUB", "₪": "ILS", "₺": "TRY", "zł": "PLN",
    "euro": "EUR", "euros": "EUR", "dollar": "USD", "dollars": "USD", "us dollar": "USD", "us dollars": "USD",
    "pound": "GBP", "pounds": "GBP", "pound sterling": "GBP", "rupees": "INR", "rmb": "CNY",
}  # fmt: skip
_DOLLARS = {"CA": "CAD", "AU": "AUD", "NZ": "NZD", "SG": "SGD", "HK": "HKD", "MX": "MXN"}


def currency_code(value: object) -> str | None:
    """ISO 4217 of a code, sign or name in any case; None for what is no currency known here."""
    if not isinstance(value, str):
        return None
    code = value.strip().upper()
    if code in _CODES:
        return code
    if known := _SIGNS.get(code.lower().rstrip(".")):
        return known
    # "USD ($)" and the like.
    return next((word for word in re.findall(r"\b[A-Z]{3}\b", code[:40]) if word in _CODES), None)


def dollars_of(country: str | None) -> str:
    """The currency that a bare dollar sign means in a country."""
    return _DOLLARS.get(country or "", "USD")
