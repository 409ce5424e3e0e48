"""What happened: pushes with their answers, calls with their prices; and the way back to the start."""

from flask import Response, jsonify, request

from sandbox.context import world
from sandbox.control.base import blueprint, number_in, read_body

IDLE_LIMIT = 120.0


@blueprint.get("/pushes")
def list_pushes() -> Response:
    """The last push attempts with their answers, oldest first; `address` narrows it."""
    address = request.args.get("address", "").lower()
    found = [p for p in world().pusher.log.shown() if not address or p["address"] == address]
    return jsonify({"pushes": found, "pending": world().pusher.pending()})


@blueprint.delete("/pushes")
def clear_pushes() -> Response:
    """Forget the log; what is pending stays."""
    world().pusher.log.clear()
    return jsonify({})


@blueprint.get("/calls")
def show_calls() -> Response:
    """Calls and quota units of all accounts, or of `address`."""
    return jsonify(world().calls.shown(request.args.get("address", None)))


@blueprint.delete("/calls")
def clear_calls() -> Response:
    """Start counting anew."""
    world().calls.clear()
    return jsonify({})


@blueprint.post("/wait-idle")
def wait_idle() -> Response:
    """`{timeout}` seconds (10): waits until no push is pending; `idle` says whether that came."""
    body = {"timeout": 10} | read_body()
    idle = world().pusher.wait_idle(number_in(body, "timeout", 0, IDLE_LIMIT))
    return jsonify({"idle": idle, "pending": world().pusher.pending()})


@blueprint.post("/reset")
def reset() -> Response:
    """Back to an empty sandbox: no accounts, tokens, faults, logs; settings as at the start."""
    world().reset()
    return jsonify({})
