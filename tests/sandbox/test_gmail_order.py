"""Lists, threads and labels: how mails are ordered, grouped and moved about."""

from sandbox.client import SandboxControl
from tests.sandbox.conftest import ROBIN, Api

BASE = "gmail.users."


def test_list_is_newest_first_and_pages_do_not_shift(sandbox: SandboxControl, api: Api) -> None:
    days = range(1, 8)
    mails = [
        sandbox.deliver(
            ROBIN, from_="a@acme.example", text=str(day), internal_date=f"2026-01-0{day}T12:00:00Z"
        ).id
        for day in reversed(days)
    ]
    listed = api.get(f"{BASE}messages.list", "messages", maxResults=3)
    newcomer = sandbox.deliver(ROBIN, from_="a@acme.example", text="new").id
    found = [m["id"] for m in listed["messages"]]
    while token := listed.get("nextPageToken"):
        listed = api.get(f"{BASE}messages.list", "messages", maxResults=3, pageToken=token)
        found += [m["id"] for m in listed["messages"]]
    assert found == mails
    assert api.search()[0] == newcomer


def test_threads_join_by_reference_and_subject(sandbox: SandboxControl, api: Api) -> None:
    def deliver(subject: str, reference: str = "") -> tuple[str, str, str]:
        mail = sandbox.deliver(
            ROBIN, from_="a@acme.example", subject=subject, text="x", in_reply_to=reference
        )
        return mail.id, mail.thread_id, mail.rfc822_message_id

    first, thread, reference = deliver("Interview at Acme")
    reply, reply_thread, _ = deliver("RE: Re: Interview  at acme", reference)
    _, other_subject, _ = deliver("Offer", reference)
    _, no_reference, _ = deliver("Interview at Acme")
    assert reply_thread == thread
    assert len({thread, other_subject, no_reference}) == 3
    found = api.get(f"{BASE}threads.get", f"threads/{thread}")
    assert [m["id"] for m in found["messages"]] == [first, reply]
    listed = api.get(f"{BASE}threads.list", "threads", maxResults=2)
    more = api.get(f"{BASE}threads.list", "threads", pageToken=listed["nextPageToken"])
    ids = [t["id"] for t in listed["threads"] + more["threads"]]
    assert ids == [no_reference, other_subject, thread]


def test_labels_are_listed_counted_and_made(sandbox: SandboxControl, api: Api) -> None:
    sandbox.deliver(ROBIN, from_="a@acme.example", labels=["INBOX", "UNREAD", "Job hunt"])
    labels = {x["name"]: x for x in api.get(f"{BASE}labels.list", "labels")["labels"]}
    assert labels["INBOX"]["type"] == "system"
    own = api.get(f"{BASE}labels.get", f"labels/{labels['Job hunt']['id']}")
    assert (own["type"], own["messagesTotal"], own["messagesUnread"]) == ("user", 1, 1)
    made = api.post(f"{BASE}labels.create", "labels", {"name": "Later"})
    assert api.get(f"{BASE}labels.get", f"labels/{made['id']}")["threadsTotal"] == 0
    assert api.raw("POST", "labels", json={"name": "later"}).status_code == 409


def test_modify_trash_and_delete(sandbox: SandboxControl, api: Api) -> None:
    mail = sandbox.deliver(ROBIN, from_="a@acme.example", text="x").id
    change = {"addLabelIds": ["STARRED"], "removeLabelIds": ["UNREAD"]}
    changed = api.post(f"{BASE}messages.modify", f"messages/{mail}/modify", change)
    assert changed["labelIds"] == ["INBOX", "STARRED"]
    api.post(f"{BASE}messages.trash", f"messages/{mail}/trash")
    assert api.search() == []
    assert api.search(includeSpamTrash="true") == [mail]
    api.post(f"{BASE}messages.untrash", f"messages/{mail}/untrash")
    assert api.search() == [mail]
    assert api.raw("DELETE", f"messages/{mail}").status_code == 204
    assert api.raw("GET", f"messages/{mail}").status_code == 404
    assert api.search() == []
    answer = api.raw("POST", f"messages/{mail}/modify", json=change)
    assert answer.json()["error"]["errors"][0]["reason"] == "notFound"
