"""One JSON line in, one object out: classification for the command line and other programs."""

import json
from typing import Any

from hearback.mail.classify import classify
from hearback.mail.parse import ParsedMail, UnreadableMail, from_fields, parse

_FIELDS = ("from", "subject", "date", "body")


def answer(line: str) -> dict[str, Any]:
    """The verdict on one line: `{"id", "raw"}` or `{"id", "from", "subject", "date", "body"}`.

    Every key is always present; a line that cannot be read says why in `error`. Never raises.
    """
    result = _blank()
    try:
        given = json.loads(line)
    except (ValueError, RecursionError) as error:
        return result | {"error": f"not JSON: {error}"}
    if not isinstance(given, dict):
        return result | {"error": "not a JSON object"}
    result["id"] = given.get("id")
    try:
        mail = _mail(given)
    except UnreadableMail as error:
        return result | {"error": str(error)}
    verdict = classify(mail, mail.date).to_json()
    return result | {key: verdict[key] for key in result if key in verdict}


def _blank() -> dict[str, Any]:
    return {
        "id": None,
        "category": None,
        "confidence": None,
        "evidence": None,
        "company": None,
        "role": None,
        "dates": [],
        "deadline": None,
        "links": [],
        "error": None,
    }


def _mail(given: dict[str, Any]) -> ParsedMail:
    """The mail on a line; raises UnreadableMail with the field and the reason."""
    for name in ("raw", *_FIELDS):
        if given.get(name) is not None and not isinstance(given[name], str):
            raise UnreadableMail(f"{name} must be a string")
    if given.get("raw") is not None:
        return parse(_bytes(given["raw"]))
    if not any(given.get(name) for name in _FIELDS):
        raise UnreadableMail("give raw, or at least one of from, subject, date, body")
    return from_fields(*(given.get(name) for name in _FIELDS))


def _bytes(raw: str) -> bytes:
    """Bytes that were carried through JSON, as surrogates where they were no UTF-8."""
    try:
        return raw.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return raw.encode("utf-8", "replace")
