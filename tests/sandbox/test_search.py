"""Gmail's search language, as a mailbox with known mails answers it."""

from datetime import UTC, datetime, timedelta

from sandbox.client import Mail, SandboxControl
from tests.sandbox.conftest import ROBIN, Api

# By name; two of them lie around midnight in California, where Gmail's days begin.
MAILS: dict[str, Mail] = {
    "interview": {
        "from_": "dana@acme.example",
        "from_name": "Dana Whitfield",
        "subject": "Interview for Backend Engineer",
        "text": "We would like to meet you on Thursday.",
        "message_id": "<interview@acme.example>",
        "internal_date": "2026-03-10T20:00:00Z",
    },
    "rejection": {
        "from_": "jobs@brightway.example",
        "subject": "Your application",
        "text": "Unfortunately we chose others. The interviews were close.",
        "labels": ["INBOX"],
        "internal_date": "2026-03-11T06:30:00Z",
    },
    "lunch": {
        "from_": "sam@friends.example",
        "to": "robin@example.com, kim@friends.example",
        "subject": "Lunch?",
        "text": "Meet you on Friday",
        "labels": ["INBOX", "STARRED", "Job hunt/Later"],
        "internal_date": "2026-03-11T07:30:00Z",
    },
    "offer": {
        "from_": "dana@acme.example",
        "subject": "Offer",
        "text": "See the letter",
        "attachments": [{"filename": "Offer.pdf", "content_type": "application/pdf", "data": "AA=="}],
        "labels": ["UNREAD", "CATEGORY_UPDATES"],
        "internal_date": "2026-04-01T12:00:00Z",
    },
    "spam": {
        "from_": "win@prize.example",
        "subject": "Interview for a prize",
        "text": "x",
        "labels": ["SPAM"],
        "internal_date": "2026-04-02T12:00:00Z",
    },
}

QUERIES = {
    "": "offer lunch rejection interview",
    "from:dana@acme.example": "offer interview",
    "from:acme.example": "offer interview",
    "from:Dana": "offer interview",
    "from:acme": "offer interview",
    "from:acm": "",
    "to:kim@friends.example": "lunch",
    "subject:interview": "interview",
    'subject:"backend engineer"': "interview",
    'subject:"engineer backend"': "",
    "subject:(engineer backend)": "interview",
    "interview": "interview",
    "interviews": "rejection",
    '"meet you on"': "lunch interview",
    '"meet you on" -thursday': "lunch",
    "-from:acme.example": "lunch rejection",
    "-from:(acme.example OR friends.example)": "rejection",
    "lunch OR unfortunately": "lunch rejection",
    "from:dana (thursday OR letter)": "offer interview",
    "from:dana lunch OR thursday": "interview",
    "{lunch unfortunately}": "lunch rejection",
    "{from:sam from:jobs}": "lunch rejection",
    "after:2026/03/11": "offer lunch",
    "after:2026-03-11 before:2026/04/01": "lunch",
    "before:03/11/2026": "rejection interview",
    "after:1773213000": "offer lunch",
    "before:1773213000": "rejection interview",
    "after:soon": "",
    "after:" + "9" * 400: "",
    "older_than:²d": "",
    "larger:" + "9" * 400 + " lunch": "lunch",
    "rfc822msgid:interview@acme.example": "interview",
    "rfc822msgid:<interview@acme.example>": "interview",
    "rfc822msgid:other@acme.example": "",
    "in:inbox": "lunch rejection interview",
    "in:inbox is:unread": "interview",
    "is:read": "lunch rejection",
    "is:starred": "lunch",
    "label:job-hunt-later": "lunch",
    "label:nothing": "",
    "category:updates": "offer",
    "in:spam": "spam",
    "in:anywhere interview": "spam interview",
    "has:attachment": "offer",
    "filename:pdf": "offer",
    "larger:1m": "",
    "smaller:1m from:sam": "lunch",
    "nonsense:value": "",
    "(((": "offer lunch rejection interview",
    'from:dana "': "offer interview",
}


def test_operators(sandbox: SandboxControl, api: Api) -> None:
    names = {sandbox.deliver(ROBIN, **mail).id: name for name, mail in MAILS.items()}
    found = {query: " ".join(names[message_id] for message_id in api.search(query)) for query in QUERIES}
    assert found == QUERIES


def test_ages_follow_the_clock(sandbox: SandboxControl) -> None:
    now = datetime.now(UTC)
    days = {"3h": 0.125, "10d": 10, "5m": 150, "2y": 740}
    names = {}
    for name, age in days.items():
        date = (now - timedelta(days=age)).isoformat()
        mail = sandbox.deliver(ROBIN, from_="a@acme.example", text=name, internal_date=date)
        names[mail.id] = name

    def found(query: str) -> str:
        # A token of its own, since the old ones expire as the clock moves on.
        api = Api(sandbox.url, sandbox.grant(ROBIN).access_token)
        return " ".join(names[message_id] for message_id in api.search(query))

    assert found("newer_than:4h") == "3h"
    assert found("newer_than:1m") == "3h 10d"
    assert found("older_than:1m newer_than:1y") == "5m"
    assert found("older_than:1y") == "2y"
    assert found("newer_than:ages") == ""
    sandbox.advance_clock(15 * 86400)
    assert found("newer_than:20d") == "3h"


def test_search_lags_and_labels_do_not(sandbox: SandboxControl, api: Api) -> None:
    sandbox.settings(search_lag=600)
    mail = sandbox.deliver(ROBIN, from_="a@acme.example", subject="Interview", text="x").id
    assert api.search("interview") == []
    assert api.search("in:inbox") == []
    assert api.search("") == [mail]
    assert api.search("", labelIds=["INBOX", "UNREAD"]) == [mail]
    sandbox.advance_clock(601)
    assert api.search("interview") == [mail]


def test_search_pages_through_a_large_mailbox(sandbox: SandboxControl, api: Api) -> None:
    wanted: Mail = {"from_": "a@acme.example", "text": "needle"}
    other: Mail = {"from_": "b@brightway.example", "text": "hay"}
    sandbox.deliver_many([(ROBIN, wanted if number % 3 else other) for number in range(900)])
    found: list[str] = []
    token = ""
    while True:
        more = {"pageToken": token} if token else {}
        answer = api.get("gmail.users.messages.list", "messages", q="needle", maxResults=250, **more)
        found += [message["id"] for message in answer["messages"]]
        token = answer.get("nextPageToken", "")
        if not token:
            break
    assert len(found) == len(set(found)) == 600
