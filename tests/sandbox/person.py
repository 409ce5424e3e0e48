"""A person at the sign-in pages: fills in forms as they stand, and stops where the app would take over."""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import requests
from selectolax.lexbor import LexborHTMLParser


@dataclass
class Returned:
    """Where the browser was sent at last, outside the sandbox."""

    url: str

    @property
    def answer(self) -> dict[str, str]:
        """The parameters of the address."""
        return {key: values[0] for key, values in parse_qs(urlsplit(self.url).query).items()}


class Person:
    """A browser with a cookie jar, without JavaScript."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.session = requests.Session()

    def visit(self, url: str) -> requests.Response | Returned:
        """Open a page."""
        return self._follow(self.session.get(url, allow_redirects=False, timeout=10))

    def choose(self, page: requests.Response, address: str) -> requests.Response | Returned:
        """Type an address on the page of accounts."""
        return self._submit(page, 'input[type="email"]', {"address": address})

    def decide(
        self, page: requests.Response, decision: str = "allow", untick: str = ""
    ) -> requests.Response | Returned:
        """Press a button on the consent page, after unticking the scopes that contain a word."""
        return self._submit(page, 'button[name="decision"]', {"decision": decision}, untick)

    def _submit(
        self, page: requests.Response, marker: str, values: dict[str, str], untick: str = ""
    ) -> requests.Response | Returned:
        forms = LexborHTMLParser(page.text).css("form")
        form = next(form for form in forms if form.css_first(marker))
        fields: dict[str, list[str]] = {}
        for field in form.css('input[type="hidden"], input[type="checkbox"]'):
            name, value = field.attributes["name"], field.attributes["value"]
            assert name is not None
            assert value is not None
            ticked = field.attributes["type"] == "hidden" or "checked" in field.attributes
            if ticked and not (untick and untick in value):
                fields.setdefault(name, []).append(value)
        url = f"{self.url}{form.attributes['action']}"
        headers = {"Origin": self.url}
        return self._follow(
            self.session.post(url, data=fields | values, headers=headers, allow_redirects=False, timeout=10)
        )

    def _follow(self, answer: requests.Response) -> requests.Response | Returned:
        location = answer.headers.get("Location", "")
        if not location:
            return answer
        if location.startswith("/") or location.startswith(self.url):
            return self.visit(location if "://" in location else self.url + location)
        return Returned(location)
