"""Countries by their names, in English and as they call themselves, and by their codes."""

from dataclasses import dataclass
from functools import cache

from hearback.places.fold import fold
from hearback.places.tables import rows

# What people write and the list of names does not hold.
_ALSO = {
    "US": "usa, u s, u s a, united states of america, america, the united states, estados unidos,"
    " etats unis, "
    "vereinigte staaten",
    "GB": "uk, u k, great britain, britain, the uk, the united kingdom, vereinigtes konigreich, royaume uni, "
    "reino unido",
    "DE": "deutschland, allemagne, alemania, alemanha, duitsland, germania",
    "AT": "osterreich, oesterreich, autriche",
    "CH": "schweiz, suisse, svizzera, suiza",
    "ES": "espana, espagne, spanien, spanje, espanha",
    "FR": "frankreich, francia, frankrijk",
    "IT": "italia, italien, italie",
    "NL": "netherlands, the netherlands, nederland, holland, niederlande, pays bas, paises bajos",
    "BE": "belgie, belgique, belgien",
    "PL": "polska, polen, pologne",
    "PT": "portogallo",
    "SE": "sverige, schweden, suede, suecia",
    "NO": "norge, norwegen, norvege",
    "DK": "danmark, danemark",
    "FI": "suomi, finnland",
    "IE": "republic of ireland, eire, irland, irlande",
    "CZ": "czech republic, czechia, cesko, ceska republika, tschechien",
    "TR": "turkiye, turkey",
    "RU": "russian federation",
    "KR": "korea, republic of korea, south korea",
    "CN": "mainland china, pr china, people s republic of china",
    "TW": "taiwan roc",
    "HK": "hong kong sar",
    "VN": "viet nam",
    "AE": "uae, united arab emirates, emirates",
    "SA": "ksa, kingdom of saudi arabia",
    "BR": "brasil, bresil, brasilien",
    "MX": "mejico, mexiko",
    "CA": "kanada",
    "IN": "bharat, indien",
    "JP": "nippon",
    "RO": "rumania",
    "HU": "magyarorszag",
    "GR": "hellas",
    "HR": "hrvatska",
    "RS": "srbija",
    "MK": "north macedonia, macedonia",
    "PH": "the philippines",
    "NZ": "aotearoa",
    "ZA": "rsa",
    "CI": "cote d ivoire",
}


@dataclass(frozen=True, slots=True)
class _Country:
    iso3: str
    continent: str
    name: str


@cache
def _all() -> dict[str, _Country]:
    return {code: _Country(*row) for code, *row in rows("countries.tsv")}


@cache
def _codes() -> dict[str, str]:
    codes: dict[str, str] = {}
    for code, country in _all().items():
        codes[fold(country.name)] = code
        codes[fold(country.iso3)] = code
    for code, names in _ALSO.items():
        codes |= dict.fromkeys(names.split(", "), code)
    return codes


def country_code(text: str) -> str | None:
    """ISO 3166-1 alpha-2 of a country named in words or by its code of two or three letters."""
    if len(text.strip()) == 2 and text.strip().upper() in _all():
        return text.strip().upper()
    return _codes().get(fold(text))


def country_codes() -> tuple[str, ...]:
    """The codes of all countries, sorted."""
    return tuple(sorted(_all()))


def country_name(code: str) -> str | None:
    """The English name of the country with that code of two letters."""
    country = _all().get(code.upper())
    return country.name if country else None


def continent_of(code: str) -> str | None:
    """The continent of the country with that code, in GeoNames' two letters: AF, AN, AS, EU, NA, OC or SA."""
    country = _all().get(code)
    return country.continent if country else None
