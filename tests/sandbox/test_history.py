"""History: what a client with a cursor sees, page by page, late, or too late."""

from typing import Any

from sandbox.client import SandboxControl
from tests.sandbox.conftest import ROBIN, Api

KINDS = ("messagesAdded", "messagesDeleted", "labelsAdded", "labelsRemoved")


def changes(answer: dict[str, Any]) -> list[tuple[str, str]]:
    """The changes of an answer as (kind, message id)."""
    return [
        (kind, entry["message"]["id"])
        for record in answer.get("history", [])
        for kind in KINDS
        for entry in record.get(kind, [])
    ]


def test_each_change_appears_once_after_the_cursor(sandbox: SandboxControl, api: Api) -> None:
    start = sandbox.account(ROBIN)["historyId"]
    mail = sandbox.deliver(ROBIN, from_="a@acme.example", text="x")
    sandbox.change_labels(ROBIN, mail.id, add=["STARRED"], remove=["UNREAD"])
    sandbox.delete(ROBIN, mail.id)
    answer = api.history(start)
    assert changes(answer) == [
        ("messagesAdded", mail.id),
        ("labelsAdded", mail.id),
        ("labelsRemoved", mail.id),
        ("messagesDeleted", mail.id),
    ]
    assert answer["historyId"] == answer["history"][-1]["id"] == sandbox.account(ROBIN)["historyId"]
    # The id given is exclusive, so a cursor on a change does not show that change again.
    assert changes(api.history(mail.history_id))[0] == ("labelsAdded", mail.id)
    assert changes(api.history(answer["historyId"])) == []


def test_ids_grow_with_gaps(sandbox: SandboxControl, api: Api) -> None:
    start = int(sandbox.account(ROBIN)["historyId"])
    for number in range(30):
        sandbox.deliver(ROBIN, from_="a@acme.example", text=str(number))
    ids = [int(record["id"]) for record in api.history(start)["history"]]
    assert ids == sorted(set(ids))
    assert ids[-1] - start > 30


def test_pages_tell_the_newest_id_from_the_first_one_on(sandbox: SandboxControl, api: Api) -> None:
    start = sandbox.account(ROBIN)["historyId"]
    mails = [sandbox.deliver(ROBIN, from_="a@acme.example", text=str(n)).id for n in range(7)]
    newest = sandbox.account(ROBIN)["historyId"]
    found: list[str] = []
    token = ""
    while True:
        page = api.history(start, maxResults=3, **({"pageToken": token} if token else {}))
        assert page["historyId"] == newest
        found += [message for _, message in changes(page)]
        token = page.get("nextPageToken", "")
        if not token:
            break
    assert found == mails


def test_kinds_and_labels_narrow(sandbox: SandboxControl, api: Api) -> None:
    start = sandbox.account(ROBIN)["historyId"]
    inbox = sandbox.deliver(ROBIN, from_="a@acme.example", text="x").id
    spam = sandbox.deliver(ROBIN, from_="a@acme.example", text="y", labels=["SPAM"]).id
    sandbox.change_labels(ROBIN, inbox, add=["STARRED"])
    sandbox.delete(ROBIN, spam)
    wanted = ["messageAdded", "messageDeleted"]
    assert changes(api.history(start, historyTypes=wanted)) == [
        ("messagesAdded", inbox),
        ("messagesAdded", spam),
        ("messagesDeleted", spam),
    ]
    found = changes(api.history(start, historyTypes="messageAdded", labelId="INBOX"))
    assert found == [("messagesAdded", inbox)]


def test_too_old_is_not_found(sandbox: SandboxControl, api: Api) -> None:
    start = sandbox.account(ROBIN)["historyId"]
    works = sandbox.expire_history(ROBIN)
    answer = api.raw("GET", "history", params={"startHistoryId": start})
    assert answer.status_code == 404
    assert answer.json()["error"]["errors"][0]["reason"] == "notFound"
    mail = sandbox.deliver(ROBIN, from_="a@acme.example", text="x").id
    assert changes(api.history(works)) == [("messagesAdded", mail)]


def test_lagging_history_keeps_an_older_newest_id(sandbox: SandboxControl, api: Api) -> None:
    start = sandbox.account(ROBIN)["historyId"]
    sandbox.settings(history_lag=600)
    mail = sandbox.deliver(ROBIN, from_="a@acme.example", text="x")
    answer = api.history(start)
    assert changes(answer) == []
    assert int(answer["historyId"]) < mail.history_id
    assert int(api.get("gmail.users.getProfile", "profile")["historyId"]) == mail.history_id
    sandbox.advance_clock(601)
    assert changes(api.history(start)) == [("messagesAdded", mail.id)]
