"""Gmail's pushes come in here: verified, decoded, rung for, answered within milliseconds.

https://developers.google.com/workspace/gmail/api/guides/push
https://cloud.google.com/pubsub/docs/authenticate-push-subscriptions
"""

import logging

from flask import Blueprint, Response, request
from peewee import PeeweeException
from redis.exceptions import RedisError

from hearback.config import settings
from hearback.gmail.envelope import UndecodablePush, decode
from hearback.gmail.push_token import BadToken, CertificatesUnavailable, Verifier
from hearback.logs import event
from hearback.models import now
from jobs.ring import announce

log = logging.getLogger(__name__)

pages = Blueprint("push", __name__)

_verifiers: dict[str, Verifier] = {}


def verifier() -> Verifier:
    """This process's verifier; it keeps Google's certificates for as long as Google says."""
    known = settings()
    return _verifiers.setdefault(
        known.push_certs_url,
        Verifier(known.push_certs_url, known.push_audiences, known.push_service_account),
    )


@pages.post("/push/gmail")
def gmail() -> Response:
    """Take in one push. 2xx means "never again", so it is only said once the ring is durable."""
    try:
        verifier().verify(request.headers.get("Authorization", ""))
    except BadToken as fault:
        log.warning(event("push.forged", reason=fault.reason))
        return Response(status=fault.status)
    except CertificatesUnavailable:
        log.warning(event("push.no_certificates"))
        return Response(status=503)
    try:
        announcement = decode(request.get_data())
    except UndecodablePush as fault:
        # Sending it again would not mend it.
        log.warning(event("push.undecodable", reason=fault))
        return Response(status=204)
    try:
        rung = announce(announcement.address, announcement.history_id, now())
    except (RedisError, PeeweeException) as fault:
        log.error(event("push.deferred", fault=type(fault).__name__))
        return Response(status=503)
    log.info(event("push.taken", outcome=rung, history=announcement.history_id))
    return Response(status=204)
