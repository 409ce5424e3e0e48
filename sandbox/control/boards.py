"""Jobs that are opened and closed on the local boards."""

from typing import Any

from flask import Response, jsonify

from sandbox.context import world
from sandbox.control.base import blueprint, failed, read_body
from sandbox.openings.opening import Opening
from sandbox.openings.standing import OpeningError


@blueprint.errorhandler(OpeningError)
def bad_opening(error: OpeningError) -> Response:
    """400 with the field and what is wanted."""
    return failed(400, str(error))


@blueprint.get("/jobs")
def list_jobs() -> Response:
    """Everything that is open."""
    return jsonify({"jobs": [_shown(one) for one in world().openings.all()]})


@blueprint.post("/jobs")
def open_job() -> Response:
    """`{company, title, trade, place, own, away, kind, also, pay, days, until}`: opens a job."""
    return jsonify(_shown(world().openings.add(read_body())))


@blueprint.delete("/jobs/<int:number>")
def close_job(number: int) -> Response:
    """Take a job off every board."""
    world().openings.close(number)
    return jsonify({})


def _shown(one: Opening) -> dict[str, Any]:
    return {
        "id": one.id,
        "company": one.company.key,
        "title": one.title,
        "place": one.place,
        "boards": sorted(one.boards()),
        "posted": one.posted.isoformat(),
        "until": one.until and one.until.isoformat(),
    }
