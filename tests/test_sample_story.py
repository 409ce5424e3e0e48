"""The sample mailbox, read from its first mail to its last, ends in the board that its story tells."""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hearback.models import Application, Event, Kind, Mailbox, User, database
from jobs.reading import NOT_READ, Arrived, read
from jobs.take_in import store
from sandbox.sample import messages
from tests.support import product

EXPECTED = json.loads((Path(__file__).parent / "data" / "expected_sample.json").read_text())
# Reading is measured, not perfect: so many of the applications must end exactly as told.
RIGHT_AT_LEAST = 0.88


@pytest.fixture
def board(sqlite_url: str) -> Iterator[dict[str, Any]]:
    """Each application of the story with the rows that its mails ended in."""
    with product.running(product.environment(sqlite_url, "redis://127.0.0.1:9/0")):
        database.connect(reuse_if_open=True)
        at = dt.datetime.now(dt.UTC)
        user = User.create(email="robin@example.com")
        mailbox = Mailbox.create(user=user, address=user.email)
        readings = []
        for mail in reversed(messages(at)):
            if NOT_READ & set(mail.labels):
                continue
            sent = "SENT" in mail.labels
            readings.append(read(Arrived(mail.name[:80], mail.thread, mail.received, mail.raw, sent)))
        store(mailbox, readings)
        rows: dict[str, set[int | None]] = {}
        for name, told in EXPECTED["mails"].items():
            event = Event.get_or_none(Event.tiebreak == name[:80])
            # A sent mail that bounced is part of the story and tied to nothing.
            placed = event is not None and (event.kind != Kind.SENT or event.application_id)
            if told["application"] and placed:
                rows.setdefault(told["application"], set()).add(event.application_id)
        yield rows


def test_the_story_ends_as_told(board: dict[str, Any]) -> None:
    wrong = []
    for key, told in EXPECTED["applications"].items():
        homes = board.get(key, set())
        found = [Application.get_or_none(Application.id == home) for home in homes if home]
        statuses = {row.status for row in found if row}
        if len(homes) != 1 or statuses != {told["status"]}:
            wrong.append((key, told["status"], len(homes), sorted(statuses)))
    total = len(EXPECTED["applications"])
    assert len(wrong) <= total * (1 - RIGHT_AT_LEAST), "\n".join(map(str, wrong))


def test_nothing_stands_on_the_board_that_the_story_does_not_tell(board: dict[str, Any]) -> None:
    told = {home for homes in board.values() for home in homes}
    extra = [row for row in Application.select() if row.id not in told]
    assert [(row.company, row.role, row.status) for row in extra] == []
