"""What the push webhook is measured against: the least that anyone would write, and an empty view."""

import base64
import json
import os

from flask import Flask, Response, request
from redis import Redis
from rq import Queue


def handle(address: str, history_id: int) -> None:
    """Stand for the job. It is only queued here, and no worker runs it."""


def create_app() -> Flask:
    """One job per push: decoded, not checked, not written down, not coalesced."""
    app = Flask(__name__)
    queue = Queue("mail", connection=Redis.from_url(os.environ["REDIS_URL"]))

    @app.post("/push/gmail")
    def gmail() -> Response:
        envelope = request.get_json()
        told = json.loads(base64.urlsafe_b64decode(envelope["message"]["data"]))
        queue.enqueue(handle, told["emailAddress"], told["historyId"])
        return Response(status=204)

    @app.get("/healthz")
    def alive() -> str:
        return "ok"

    @app.post("/bare")
    def bare() -> Response:
        return Response(status=204)

    return app
