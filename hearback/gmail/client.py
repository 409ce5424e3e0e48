"""The Gmail API as the jobs need it: typed answers, typed errors, a time-out on every call.

https://developers.google.com/workspace/gmail/api/reference/rest
"""

import base64
import binascii
import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any

import google.auth.exceptions
import google_auth_httplib2
import httplib2
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import Resource, build
from googleapiclient.errors import BatchError, HttpError
from googleapiclient.http import BatchHttpRequest

from hearback.gmail.errors import GmailError, Gone, Refused, Transient, Unauthorized

TIMEOUT_SECONDS = 10
# Gmail takes 100 calls in a batch and advises fewer; so few keep a page of large mails small in memory.
BATCH = 20
PAGE = 100
# Reasons of a 403 that mean "slower", not "never":
# https://developers.google.com/workspace/gmail/api/guides/handle-errors
RATE_REASONS = frozenset(
    {"rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded", "dailyLimitExceeded"}
)


@dataclass(frozen=True, slots=True)
class Profile:
    """Whose mailbox it is, and its newest history id."""

    address: str
    history_id: int


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """A page of what came in since a history id.

    `reached` is the last history id on this page (None when it is empty), `newest` the mailbox's
    newest id, which lies beyond the pages to come.
    """

    message_ids: tuple[str, ...]
    reached: int | None
    newest: int
    next_page: str | None


@dataclass(frozen=True, slots=True)
class RawMail:
    """One message as Gmail holds it. `received_at` is internalDate: Gmail's word, not the sender's."""

    gmail_id: str
    thread_id: str
    received_at: dt.datetime
    labels: frozenset[str]
    raw: bytes


@dataclass(frozen=True, slots=True)
class Watch:
    """A watch that stands until `expires_at`."""

    history_id: int
    expires_at: dt.datetime


class Gmail:
    """One mailbox, opened with an access token. Not to be shared between threads."""

    def __init__(self, api_url: str, access_token: str) -> None:
        self._service = _service(api_url)
        self._batch_url = f"{api_url}/batch/gmail/v1"
        self._http = google_auth_httplib2.AuthorizedHttp(Credentials(token=access_token), http=_connections())

    def profile(self) -> Profile:
        """The mailbox's address and newest history id."""
        answer = self._call(self._service.users().getProfile(userId="me"))
        return Profile(answer["emailAddress"].lower(), int(answer["historyId"]))

    def watch(self, topic: str) -> Watch:
        """Ask Gmail to publish changes of this mailbox to `topic` for the next seven days."""
        answer = self._call(self._service.users().watch(userId="me", body={"topicName": topic}))
        return Watch(int(answer["historyId"]), _moment(answer["expiration"]))

    def history(self, start: int, page: str | None = None) -> HistoryPage:
        """Mail that was added after history id `start`; raise Gone when Gmail forgot that far back."""
        answer = self._call(
            self._service.users()
            .history()
            .list(
                userId="me",
                startHistoryId=str(start),
                historyTypes=["messageAdded"],
                maxResults=PAGE,
                pageToken=page,
            )
        )
        records = answer.get("history", [])
        ids = (added["message"]["id"] for record in records for added in record.get("messagesAdded", ()))
        return HistoryPage(
            message_ids=tuple(dict.fromkeys(ids)),
            reached=max((int(record["id"]) for record in records), default=None),
            newest=int(answer["historyId"]),
            next_page=answer.get("nextPageToken"),
        )

    def search(self, query: str, page: str | None = None) -> tuple[list[str], str | None]:
        """Ids of messages that match `query`, newest first, and the token of the next page."""
        answer = self._call(
            self._service.users().messages().list(userId="me", q=query, maxResults=PAGE, pageToken=page)
        )
        return [message["id"] for message in answer.get("messages", [])], answer.get("nextPageToken")

    def messages(self, gmail_ids: Sequence[str]) -> Iterator[list[RawMail]]:
        """Fetch messages batch by batch; those that were deleted meanwhile are left out.

        A batch of which some calls failed for a time gives what it has, then raises Transient.
        """
        for ids in _batches(gmail_ids, BATCH):
            mails, fault = self._fetch(ids)
            if mails:
                yield mails
            if fault is not None:
                raise fault

    def _fetch(self, ids: Sequence[str]) -> tuple[list[RawMail], GmailError | None]:
        mails: list[RawMail] = []
        faults: list[GmailError] = []

        def receive(_: str, answer: dict[str, Any] | None, fault: Exception | None) -> None:
            if fault is not None:
                faults.append(_typed(fault))
            elif answer is not None:
                mails.append(_raw_mail(answer))

        # `new_batch_http_request` would go to Google whatever the service's address is.
        batch = BatchHttpRequest(callback=receive, batch_uri=self._batch_url)
        for gmail_id in ids:
            batch.add(self._service.users().messages().get(userId="me", id=gmail_id, format="raw"))
        try:
            batch.execute(http=self._http)
        except _CALL_FAULTS as fault:
            raise _typed(fault) from fault
        # A batch may answer in any order; the order asked for is the order of the mailbox.
        place = {gmail_id: n for n, gmail_id in enumerate(ids)}
        mails.sort(key=lambda mail: place[mail.gmail_id])
        return mails, next((fault for fault in faults if not isinstance(fault, Gone)), None)

    def _call(self, request: Any) -> dict[str, Any]:
        try:
            answer: dict[str, Any] = request.execute(http=self._http)
        except _CALL_FAULTS as fault:
            raise _typed(fault) from fault
        return answer


_CALL_FAULTS = (
    HttpError,
    BatchError,
    httplib2.HttpLib2Error,
    google.auth.exceptions.GoogleAuthError,
    OSError,
)


@cache
def _service(api_url: str) -> Resource:
    # Built from the discovery document that the library ships, once a process: it takes 20 ms.
    return build(
        "gmail",
        "v1",
        http=httplib2.Http(timeout=TIMEOUT_SECONDS),
        client_options={"api_endpoint": api_url},
        static_discovery=True,
    )


@cache
def _connections() -> httplib2.Http:
    # Kept open across jobs; the token travels with each call and not with the connection.
    return httplib2.Http(timeout=TIMEOUT_SECONDS)


def _typed(fault: Exception) -> GmailError:
    """Sort a fault by what there is to do about it."""
    if isinstance(fault, HttpError):
        return _typed_answer(fault)
    if isinstance(fault, google.auth.exceptions.RefreshError):
        # google-auth met a 401 and had no refresh token: renewing is the caller's, who keeps tokens.
        return Unauthorized("access token refused")
    return Transient(type(fault).__name__)


def _typed_answer(fault: HttpError) -> GmailError:
    status = int(fault.resp.status)
    reason = _reason(fault)
    if status == 404:
        return Gone(reason)
    if status == 401:
        return Unauthorized(reason)
    if status == 429 or status >= 500 or (status == 403 and reason in RATE_REASONS):
        after = fault.resp.get("retry-after", "")
        return Transient(f"HTTP {status} {reason}", float(after) if after.isdecimal() else None)
    return Refused(f"HTTP {status} {reason}")


def _reason(fault: HttpError) -> str:
    """Google's own word for the error, without the parts of its message that name the user."""
    try:
        errors = json.loads(fault.content)["error"]["errors"]
        return str(errors[0]["reason"])[:80]
    except (ValueError, KeyError, IndexError, TypeError):
        return "unknown"


def _raw_mail(answer: dict[str, Any]) -> RawMail:
    text = str(answer.get("raw", ""))
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        raw = b""
    return RawMail(
        gmail_id=answer["id"],
        thread_id=answer["threadId"],
        received_at=_moment(answer["internalDate"]),
        labels=frozenset(answer.get("labelIds", ())),
        raw=raw,
    )


def _moment(milliseconds: str) -> dt.datetime:
    return dt.datetime.fromtimestamp(int(milliseconds) / 1000, dt.UTC)


def _batches(items: Iterable[str], size: int) -> Iterator[list[str]]:
    source = iter(items)
    while batch := list(islice(source, size)):
        yield batch
