"""The batch endpoint: up to a hundred calls in one multipart body, each with its own answer, in any order."""

import json
import random
import secrets
from email.message import Message as Mime
from email.parser import BytesParser
from email.policy import compat32
from http import HTTPStatus
from urllib.parse import parse_qsl, unquote, urlsplit

from werkzeug.datastructures import MultiDict

from sandbox.errors import bad_request
from sandbox.gmail.call import Request
from sandbox.gmail.dispatch import dispatch
from sandbox.world import World

LIMIT = 100


def batch(world: World, content_type: str, body: bytes, authorization: str) -> tuple[str, bytes]:
    """Run all parts; returns content type and body of the answer. GoogleError for a body that is no batch.

    A part without its own Authorization header takes that of the whole.
    """
    head = f"Content-Type: {content_type}\r\n\r\n".encode("ascii", "replace")
    parts = BytesParser(policy=compat32).parsebytes(head + body).get_payload()
    if not content_type.lower().startswith("multipart/mixed") or not isinstance(parts, list):
        raise bad_request("Failed to parse batch request, error: expected multipart/mixed")
    if not 1 <= len(parts) <= LIMIT:
        raise bad_request(f"The batch request has {len(parts)} calls; 1 to {LIMIT} are allowed.")
    answers = [_part(world, part, authorization) for part in parts if isinstance(part, Mime)]
    # Google runs the parts side by side, and answers in the order in which they ended.
    random.shuffle(answers)
    boundary = f"batch_{secrets.token_urlsafe(24)}"
    lines = [b"--" + boundary.encode() + b"\r\n" + answer for answer in answers]
    return (
        f"multipart/mixed; boundary={boundary}",
        b"".join(lines) + b"--" + boundary.encode() + b"--\r\n",
    )


def _part(world: World, part: Mime, authorization: str) -> bytes:
    answer = dispatch(world, _request(part, authorization))
    content_id = str(part.get("Content-ID", "")).strip().removeprefix("<").removesuffix(">")
    body = b"" if answer.body is None else json.dumps(answer.body).encode()
    status = f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}"
    headers = {"Content-Type": "application/json; charset=UTF-8"} | answer.headers
    headers["Content-Length"] = str(len(body))
    outer = "Content-Type: application/http\r\n"
    if content_id:
        outer += f"Content-ID: <response-{content_id}>\r\n"
    inner = "\r\n".join([status, *(f"{name}: {value}" for name, value in headers.items())])
    return f"{outer}\r\n{inner}\r\n\r\n".encode() + body + b"\r\n"


def _request(part: Mime, authorization: str) -> Request:
    payload = part.get_payload(decode=True)
    text = payload if isinstance(payload, bytes) else b""
    line, _, rest = text.lstrip().partition(b"\n")
    inner = BytesParser(policy=compat32).parsebytes(rest)
    words = line.decode("ascii", "replace").split()
    method, target = (words[0].upper(), words[1]) if len(words) >= 2 else ("", "/")
    url = urlsplit(target)
    content = inner.get_payload(decode=True)
    return Request(
        method=method,
        path=unquote(url.path),
        query=MultiDict(parse_qsl(url.query, keep_blank_values=True)),
        authorization=str(inner.get("Authorization") or authorization),
        content_type=str(inner.get("Content-Type", "")),
        body=content if isinstance(content, bytes) else b"",
    )
