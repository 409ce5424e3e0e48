"""Hands HTTP requests to the Gmail API to dispatch, and its answers back."""

import json

from flask import Blueprint, Response, request

from sandbox.context import world
from sandbox.errors import GoogleError
from sandbox.gmail.batch import batch
from sandbox.gmail.call import Request
from sandbox.gmail.dispatch import dispatch, suffer

blueprint = Blueprint("gmail", __name__)
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]


@blueprint.route("/gmail/v1/<path:rest>", methods=METHODS)
@blueprint.route("/calendar/v3/<path:rest>", methods=METHODS)
@blueprint.route("/upload/gmail/v1/<path:rest>", methods=METHODS)
def gmail(rest: str) -> Response:
    """Any call of the API."""
    answer = dispatch(
        world(),
        Request(
            method=request.method,
            path=request.path,
            query=request.args,
            authorization=request.headers.get("Authorization", ""),
            content_type=request.content_type or "",
            body=request.get_data(),
        ),
    )
    return _response(answer.status, answer.body, answer.headers)


@blueprint.post("/batch")
@blueprint.post("/batch/gmail/v1")
def batched() -> Response:
    """Many calls at once."""
    try:
        faults = world().faults.take("batch")
        suffer(world(), [fault for fault in faults if not fault.after])
        content_type, body = batch(
            world(),
            request.content_type or "",
            request.get_data(),
            request.headers.get("Authorization", ""),
        )
        suffer(world(), [fault for fault in faults if fault.after])
    except GoogleError as error:
        world().calls.count("", "batch", 0, error.code)
        return _response(error.code, error.body, error.headers)
    world().calls.count("", "batch", 0, 200)
    return Response(body, content_type=content_type)


def _response(status: int, body: object, headers: dict[str, str]) -> Response:
    if body is None:
        return Response(status=status, headers=headers)
    answer = Response(json.dumps(body), status, headers, content_type="application/json; charset=UTF-8")
    answer.headers["Vary"] = "Origin, X-Origin, Referer"
    return answer
