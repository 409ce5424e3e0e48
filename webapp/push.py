"""Gmail's pushes come in here: verified, decoded, rung for, answered within milliseconds.

https://developers.google.com/workspace/gmail/api/guides/push
https://cloud.google.com/pubsub/docs/authenticate-push-subscriptions
"""

import logging

from flask import Flask, Response, request
from peewee import PeeweeException
from redis.exceptions import RedisError

from hearback.config import settings
from hearback.gmail.envelope import UndecodablePush, decode
from hearback.gmail.push_token import BadToken, CertificatesUnavailable, Verifier
from hearback.logs import event
from hearback.models import now, release
from jobs import metrics
from jobs.ring import Rung, announce

log = logging.getLogger(__name__)

# Pub/Sub's envelope of an address and a number is far below; whoever sends more is not Pub/Sub.
MAX_PUSH_BYTES = 1024 * 1024

_verifiers: dict[str, Verifier] = {}


def verifier() -> Verifier:
    """This process's verifier; it keeps Google's certificates for as long as Google says."""
    known = settings()
    return _verifiers.setdefault(
        known.push_certs_url,
        Verifier(known.push_certs_url, known.push_audiences, known.push_service_account),
    )


def create_app() -> Flask:
    """The webhook as an application of its own: Pub/Sub has no session, no cookie and no form.

    It stands under `/push`; see `webapp.create_app`.
    """
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MAX_PUSH_BYTES
    app.add_url_rule("/gmail", view_func=gmail, methods=["POST"])
    return app


def gmail() -> Response:
    """Take in one push. 2xx means "never again", so it is only said once the ring is durable."""
    outcome, status = _take_in()
    metrics.count("pushes_total", outcome=outcome)
    return Response(status=status)


def _take_in() -> tuple[str, int]:
    """What became of a push, in a word for /metrics, and the HTTP status to answer with."""
    try:
        verifier().verify(request.headers.get("Authorization", ""))
    except BadToken as fault:
        log.warning(event("push.forged", reason=fault.reason))
        return "forged", fault.status
    except CertificatesUnavailable:
        log.warning(event("push.no_certificates"))
        return "no_certificates", 503
    try:
        announcement = decode(request.get_data())
    except UndecodablePush as fault:
        # Sending it again would not mend it.
        log.warning(event("push.undecodable", reason=fault))
        return "undecodable", 204
    at = now()
    try:
        rung = announce(announcement.address, announcement.history_id, at)
    except (RedisError, PeeweeException) as fault:
        # A push leaves its thread the connection for the next one; this one may be broken.
        release()
        log.error(event("push.deferred", fault=type(fault).__name__))
        return "deferred", 503
    if announcement.published is not None:
        metrics.observe("lag_publish_accept_seconds", (at - announcement.published).total_seconds())
    if rung is Rung.UNKNOWN:
        log.info(event("push.unknown_address", history=announcement.history_id))
    # What is as it should be is told to nobody by default: a line cost a twelfth of the push.
    log.debug("push.taken outcome=%s history=%s", rung, announcement.history_id)
    return rung.value, 204
