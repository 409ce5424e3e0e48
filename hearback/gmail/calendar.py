"""Google Calendar as the jobs need it: an entry is written or taken out, however often one says so.

https://developers.google.com/workspace/calendar/api/v3/reference/events
"""

from functools import cache
from typing import Any

import google_auth_httplib2
import httplib2
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import Resource, build
from googleapiclient.errors import HttpError

from hearback.gmail.faults import CALL_FAULTS, typed

# Enough to write into calendars that the user owns, and into no others.
EVENTS = "https://www.googleapis.com/auth/calendar.events.owned"
TIMEOUT_SECONDS = 10
_TAKEN = 409
_AWAY = frozenset({404, 410})


class GoogleCalendar:
    """The main calendar of one account, opened with an access token. Not to be shared between threads."""

    def __init__(self, api_url: str, access_token: str) -> None:
        self._events = _service(api_url).events()
        http = httplib2.Http(timeout=TIMEOUT_SECONDS)
        self._http = google_auth_httplib2.AuthorizedHttp(Credentials(token=access_token), http=http)

    def write(self, event_id: str, body: dict[str, Any]) -> None:
        """Make the entry of this id what `body` says, whether it is there, was there, or never was.

        `event_id` is ours: 5 to 1024 of the signs 0-9 and a-v. Raises GmailError.
        """
        inserted = self._status(self._events.insert(calendarId="primary", body={"id": event_id, **body}))
        if inserted == _TAKEN:
            # One that the user threw away keeps its id; an update brings it back.
            patch = {"status": "confirmed", **body}
            self._status(self._events.patch(calendarId="primary", eventId=event_id, body=patch), _AWAY)

    def remove(self, event_id: str) -> None:
        """Take the entry out; one that is not there is no error. Raises GmailError."""
        self._status(self._events.delete(calendarId="primary", eventId=event_id), _AWAY)

    def _status(self, request: Any, expected: frozenset[int] = frozenset({_TAKEN})) -> int:
        """200, or the status of an answer that is `expected`; everything else is raised."""
        try:
            request.execute(http=self._http)
        except CALL_FAULTS as fault:
            if isinstance(fault, HttpError) and int(fault.resp.status) in expected:
                return int(fault.resp.status)
            raise typed(fault) from fault
        return 200


@cache
def _service(api_url: str) -> Resource:
    # Built from the discovery document that the library ships, once a process.
    return build(
        "calendar",
        "v3",
        http=httplib2.Http(timeout=TIMEOUT_SECONDS),
        client_options={"api_endpoint": f"{api_url}/calendar/v3/"},
        static_discovery=True,
    )
