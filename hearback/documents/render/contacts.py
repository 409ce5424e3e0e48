"""The lines under the name: place, telephone, mail, pages."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from hearback.documents.facts_statements import part
from hearback.documents.render.clean import address, rows, shown, text
from hearback.documents.render.sheet import Contact

# Where the postal code follows the city and the region; elsewhere it stands before the city.
CODE_LAST = frozenset({"US", "CA", "GB", "AU", "NZ", "IE", "IN", "SG", "ZA"})


def contacts(basics: Mapping[str, Any]) -> tuple[Contact, ...]:
    """What `basics` says of how to reach the person, in the order in which people look for it."""
    return tuple(contact for contact in _contacts(basics) if contact.text)


def place(location: Mapping[str, Any]) -> str:
    """A location in one line, as its country writes it."""
    street, code = text(location, "address"), text(location, "postalCode")
    city, region, country = (text(location, name) for name in ("city", "region", "countryCode"))
    if country.upper() in CODE_LAST or not city:
        # Some write the state before the digits (`CA 94115`); it is not said twice in one breath.
        ends = [region, code] if code[:2].isalpha() and country == "US" else [f"{region} {code}".strip()]
        parts = [street, city, *ends, country]
    else:
        parts = [street, " ".join(word for word in (code, city) if word), region, country]
    return ", ".join(one for one in parts if one)


def _contacts(basics: Mapping[str, Any]) -> Iterator[Contact]:
    mail, phone, url = (text(basics, name) for name in ("email", "phone", "url"))
    yield Contact(place(part(basics, "location")))
    yield Contact(phone, address(f"tel:{''.join(sign for sign in phone if sign in '+0123456789')}"))
    yield Contact(mail, address(f"mailto:{mail}") if "@" in mail else "")
    yield Contact(shown(url), address(url))
    for profile in rows(basics, "profiles"):
        yield _profile(profile)


def _profile(profile: Mapping[str, Any]) -> Contact:
    network, user, url = (text(profile, name) for name in ("network", "username", "url"))
    named = shown(url) or user
    # The address of most networks says which one it is: `github.com/ola`.
    host = rf"([\w-]+\.)?{re.escape(network.lower().replace(' ', ''))}\.[a-z]{{2,6}}(/|$)"
    if network and not re.match(host, named.lower()):
        named = f"{network}: {named}" if named else network
    return Contact(named, address(url))
