"""What all parts of the control API share: its blueprint, its errors, and how bodies are read."""

from typing import Any

from flask import Blueprint, Response, jsonify, request
from werkzeug.exceptions import HTTPException

from sandbox.account import Account
from sandbox.compose import ComposeError
from sandbox.errors import GoogleError
from sandbox.faults import FaultError
from sandbox.model import Message
from sandbox.settings import SettingsError
from sandbox.world import UnknownAccountError

blueprint = Blueprint("control", __name__, url_prefix="/control")


@blueprint.errorhandler(ComposeError)
@blueprint.errorhandler(FaultError)
@blueprint.errorhandler(SettingsError)
def bad_field(error: ValueError) -> Response:
    """400 with the field and what is wanted."""
    return failed(400, str(error))


@blueprint.errorhandler(UnknownAccountError)
def unknown_account(error: UnknownAccountError) -> Response:
    """404 for an address without a mailbox."""
    return failed(404, str(error.args[0]))


@blueprint.errorhandler(GoogleError)
def google_error(error: GoogleError) -> Response:
    """The same status that the Gmail API would give."""
    return failed(error.code, str(error))


@blueprint.app_errorhandler(HTTPException)
def http_error(error: HTTPException) -> Response | HTTPException:
    """Wrong path, method or JSON: in JSON here, as werkzeug's own page elsewhere."""
    if not request.path.startswith("/control/"):
        return error
    return failed(error.code or 500, error.description or "")


def failed(status: int, text: str) -> Response:
    """An error that says what to do about it."""
    answer = jsonify({"error": text})
    answer.status_code = status
    return answer


def read_body() -> dict[str, Any]:
    """The JSON object of the request; empty when there is none."""
    body = request.get_json() if request.data else {}
    if not isinstance(body, dict):
        raise ComposeError("body: wanted a JSON object")
    return body


def number_in(body: dict[str, Any], name: str, lowest: float, highest: float) -> float:
    """A number within bounds, or ComposeError naming the field."""
    value = body.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ComposeError(f"{name}: wanted a number, got {value!r}")
    if not lowest <= value <= highest:
        raise ComposeError(f"{name}: wanted {lowest} to {highest}, got {value!r}")
    return float(value)


def strings_in(body: dict[str, Any], name: str) -> list[str]:
    """A list of strings, or ComposeError naming the field."""
    value = body.get(name, [])
    if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
        raise ComposeError(f"{name}: wanted a list of strings, got {value!r:.80}")
    return value


def summary(account: Account) -> dict[str, Any]:
    """A mailbox in short."""
    return {
        "address": account.address,
        "name": account.name,
        "sub": account.sub,
        "historyId": str(account.history_id),
        "historyFloor": str(account.history_floor),
        "messages": len(account.messages),
        "threads": len(account.threads),
    }


def located(account: Account, message: Message) -> dict[str, Any]:
    """Where a mail is and what it is called there."""
    return {
        "address": account.address,
        "id": message.id,
        "threadId": message.thread_id,
        "historyId": str(message.history_id),
        "internalDate": str(message.internal_date),
        "labelIds": list(message.labels),
        "subject": message.facts.subject,
        "rfc822MessageId": message.facts.rfc822_id,
    }
