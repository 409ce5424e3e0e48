"""What the tests in a real browser share: the site they look at, and how it is opened."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from playwright.sync_api import Locator, Page, ViewportSize, expect

from hearback.models import Mailbox, User

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
DESK: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
# Chromium's own calls home would be somebody else's traffic.
QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]
Opened = Callable[..., Page]

# Conditions are waited for; this is only when a test gives up.
expect.set_options(timeout=20_000)


@dataclass
class Site:
    """The pages on a port of this machine, and somebody who is signed in to them."""

    app: Flask
    url: str
    user: User
    box: Mailbox

    def cookie(self) -> dict[str, str]:
        """The session cookie of the signed-in user."""
        signer = SecureCookieSessionInterface().get_signing_serializer(self.app)
        assert signer is not None
        value = signer.dumps({"_user_id": str(self.user.id), "_fresh": True})
        return {"name": self.app.config["SESSION_COOKIE_NAME"], "value": value, "url": self.url}


def card(page: Page, company: str) -> Locator:
    """The card of an application on the board."""
    return page.locator(".card", has_text=company)
