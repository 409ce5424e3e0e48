"""`GET /metrics`: all that can be watched, for Prometheus; as much of it as can be had just now."""

import hmac
from ipaddress import IPv4Address, IPv6Address, ip_address

from flask import Blueprint, Response, request
from peewee import PeeweeException
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import choose_encoder

from hearback.config import settings
from hearback.models import database
from webapp.access import is_admin
from webapp.measures import Everything

pages = Blueprint("metrics", __name__)

# A proxy on this machine calls from loopback too; these headers tell that it speaks for another.
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via")
REFUSED = (
    "These figures are not open to you. "
    "Send METRICS_TOKEN as a bearer token, or sign in as one of ADMIN_EMAILS.\n"
)


@pages.get("/metrics")
def show() -> Response:
    """Everything in the text form that the scraper asks for."""
    if not (_has_token() or _is_near() or _is_admin()):
        return Response(REFUSED, status=403, content_type="text/plain; charset=utf-8")
    registry = CollectorRegistry()
    registry.register(Everything())
    encode, content_type = choose_encoder(request.headers.get("Accept", ""))
    return Response(encode(registry), content_type=content_type)


def _has_token() -> bool:
    wanted = settings().metrics_token
    given = request.headers.get("Authorization", "")
    return bool(wanted) and hmac.compare_digest(given.encode(), f"Bearer {wanted}".encode())


def _is_near() -> bool:
    """Whether the caller is on this machine and speaks for itself; never where there is a token."""
    if settings().metrics_token or any(name in request.headers for name in FORWARDED):
        return False
    try:
        caller = ip_address(request.remote_addr or "")
    except ValueError:
        # A Unix socket has no address, and belongs to a proxy.
        return False
    return _plain(caller).is_loopback


def _plain(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    return getattr(address, "ipv4_mapped", None) or address


def _is_admin() -> bool:
    try:
        with database.connection_context():
            return is_admin()
    except PeeweeException:
        return False
