"""The Gmail API as the jobs need it: typed answers, typed errors, a time-out on every call.

https://developers.google.com/workspace/gmail/api/reference/rest
"""

import base64
import datetime as dt
import random
import threading
import time
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, Protocol

import google_auth_httplib2
import httplib2
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import Resource, build
from googleapiclient.http import BatchHttpRequest

from hearback.chunks import chunks
from hearback.gmail.answers import HistoryPage, Profile, RawMail, Watch, history_page, moment, raw_mail
from hearback.gmail.errors import BadRequest, GmailError, Gone, Stuck, Transient, WatchTaken
from hearback.gmail.faults import CALL_FAULTS, typed

TIMEOUT_SECONDS = 10
# Gmail takes 100 calls in a batch and advises fewer; so few keep a page of large mails small in memory.
BATCH = 20
PAGE = 100
COUNT_PAGE = 500
# A fault that came at once is often over at once: so often the same job calls again, after about so
# many seconds, doubled each time. What lasts longer is the queue's to wait for.
QUICK_TRIES = 3
QUICK_SECONDS = 0.2


class Meter(Protocol):
    """Watches what calls cost, so that no mailbox takes more than Google allows."""

    def spend(self, method: str, calls: int = 1) -> None:
        """Take the units of so many calls, or raise Paused."""

    def most(self, method: str) -> int:
        """How many calls of this method may be asked for at once."""

    def told(self, method: str, fault: GmailError | None, calls: int = 1) -> None:
        """Note how calls ended; a Limited makes everybody pause."""


class Gmail:
    """One mailbox, opened with an access token. Not to be shared between threads."""

    def __init__(self, api_url: str, access_token: str, meter: Meter) -> None:
        self._users = _service(api_url).users()
        self._batch_url = f"{api_url}/batch/gmail/v1"
        self._http = google_auth_httplib2.AuthorizedHttp(Credentials(token=access_token), http=_connections())
        self._meter = meter

    def profile(self) -> Profile:
        """The mailbox's address and newest history id."""
        answer = self._call("getProfile", self._users.getProfile(userId="me"))
        return Profile(answer["emailAddress"].lower(), int(answer["historyId"]))

    def watch(self, topic: str) -> Watch:
        """Ask Gmail to publish changes of this mailbox to `topic` for the next seven days.

        Gmail keeps one watch for each developer: where an older topic of ours still has it, it is
        stopped first.
        """
        request = self._users.watch(userId="me", body={"topicName": topic})
        try:
            answer = self._call("watch", request)
        except WatchTaken:
            self.stop()
            answer = self._call("watch", request)
        return Watch(int(answer["historyId"]), moment(answer["expiration"]))

    def send(self, raw: bytes) -> str:
        """Send a whole message from this mailbox; return its Gmail id.

        Tried once, whatever the fault: where Gmail took it and failed afterwards, a second try would be a
        second mail.
        """
        body = {"raw": base64.urlsafe_b64encode(raw).decode()}
        answer = self._call("messages.send", self._users.messages().send(userId="me", body=body), tries=1)
        return str(answer["id"])

    def stop(self) -> None:
        """End the watch of this mailbox, whoever asked for it; ending none is no error."""
        self._call("stop", self._users.stop(userId="me"))

    def history(self, start: int, page: str | None = None) -> HistoryPage:
        """Mail that came in after history id `start`; raise Gone when Gmail forgot that far back.

        Mail that was taken out of spam is as good as new: it was not read when it came.
        """
        request = self._users.history().list(
            userId="me",
            startHistoryId=str(start),
            historyTypes=["messageAdded", "labelRemoved"],
            maxResults=PAGE,
            pageToken=page,
        )
        return history_page(self._call("history.list", request))

    def search(self, query: str, page: str | None = None) -> tuple[list[str], str | None]:
        """Ids of messages that match `query`, newest first, and the token of the next page.

        Raises BadRequest when the token is too old.
        """
        return self._search(query, page, PAGE)

    def tally(self, query: str, page: str | None = None) -> tuple[int, str | None]:
        """How many messages of a long page match `query`, and the token of the next page.

        Gmail's own number is a guess, so they are listed. Raises BadRequest when the token is too old.
        """
        ids, following = self._search(query, page, COUNT_PAGE)
        return len(ids), following

    def _search(self, query: str, page: str | None, size: int) -> tuple[list[str], str | None]:
        request = self._users.messages().list(userId="me", q=query, maxResults=size, pageToken=page)
        answer = self._call("messages.list", request)
        return [message["id"] for message in answer.get("messages", [])], answer.get("nextPageToken")

    def messages(self, gmail_ids: Sequence[str]) -> Iterator[list[RawMail]]:
        """Fetch messages batch by batch; those that were deleted meanwhile are left out.

        A batch of which some calls failed for a time gives what it has, then raises Transient. Where it
        is single messages that fail, the other batches come first, then Stuck is raised. A message that
        Gmail says it cannot give comes without content.
        """
        stuck: list[str] = []
        for ids in chunks(gmail_ids, min(BATCH, self._meter.most("messages.get"))):
            mails, faults = self._fetch(ids)
            if mails:
                yield mails
            # The worst decides: a limit or a refusal is not to be tried again at once.
            worst = min(faults.values(), key=_quick, default=None)
            if worst is not None and not (isinstance(worst, Stuck) and (mails or len(ids) == 1)):
                raise worst
            stuck += faults
        if stuck:
            raise Stuck(f"{len(stuck)} messages", tuple(stuck))

    def _fetch(self, ids: Sequence[str]) -> tuple[list[RawMail], dict[str, GmailError]]:
        """The mails of one batch, and what failed at last; calls that failed at once are made again."""
        found: dict[str, RawMail] = {}
        left = list(ids)
        faults: dict[str, GmailError] = {}
        for attempt in range(QUICK_TRIES):
            faults = self._batch(left, found)
            left = list(faults)
            if not faults or not all(map(_quick, faults.values())) or attempt == QUICK_TRIES - 1:
                break
            _pause(attempt)
        # A batch may answer in any order; the order asked for is the order of the mailbox.
        return [found[gmail_id] for gmail_id in ids if gmail_id in found], faults

    def _batch(self, ids: Sequence[str], found: dict[str, RawMail]) -> dict[str, GmailError]:
        """Ask for each of `ids`, put what comes into `found`, and return what failed."""
        faults: dict[str, GmailError] = {}

        def receive(gmail_id: str, answer: dict[str, Any] | None, fault: Exception | None) -> None:
            if answer is not None:
                found[gmail_id] = raw_mail(answer)
                return
            sorted_fault = typed(fault) if fault is not None else Transient("no answer", quick=True)
            if isinstance(sorted_fault, BadRequest):
                found[gmail_id] = RawMail(gmail_id, "", dt.datetime.now(dt.UTC), frozenset(), b"")
            elif not isinstance(sorted_fault, Gone):
                # The batch as a whole was answered.
                stuck = _quick(sorted_fault) and fault is not None
                faults[gmail_id] = Stuck(str(sorted_fault), (gmail_id,)) if stuck else sorted_fault

        # `new_batch_http_request` would go to Google whatever the service's address is.
        batch = BatchHttpRequest(callback=receive, batch_uri=self._batch_url)
        for gmail_id in ids:
            request = self._users.messages().get(userId="me", id=gmail_id, format="raw")
            batch.add(request, request_id=gmail_id)
        self._meter.spend("messages.get", len(ids))
        try:
            batch.execute(http=self._http)
        except CALL_FAULTS as caught:
            faults = dict.fromkeys(ids, typed(caught))
        self._meter.told("messages.get", None, len(ids) - len(faults))
        for failed in faults.values():
            self._meter.told("messages.get", failed)
        return faults

    def _call(self, method: str, request: Any, tries: int = QUICK_TRIES) -> dict[str, Any]:
        for attempt in range(tries):
            self._meter.spend(method)
            try:
                answer: dict[str, Any] = request.execute(http=self._http)
            except CALL_FAULTS as caught:
                fault = typed(caught)
                self._meter.told(method, fault)
                if not _quick(fault) or attempt == tries - 1:
                    raise fault from caught
                _pause(attempt)
            else:
                self._meter.told(method, None)
                return answer
        raise AssertionError("the last attempt returns or raises")


def _quick(fault: GmailError) -> bool:
    return isinstance(fault, Transient) and fault.quick


def _pause(attempt: int) -> None:
    # Spread, so that workers that failed together do not come back together.
    time.sleep(QUICK_SECONDS * 2**attempt * random.uniform(0.5, 1.5))  # noqa: S311


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


_kept = threading.local()


def _connections() -> httplib2.Http:
    # Kept open across jobs, one for each thread; the token travels with each call, not with the connection.
    if not hasattr(_kept, "http"):
        _kept.http = httplib2.Http(timeout=TIMEOUT_SECONDS)
    http: httplib2.Http = _kept.http
    return http
