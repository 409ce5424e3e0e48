"""A mailbox file comes in as mail does, once, with what is broken named."""

import datetime as dt
import mailbox
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from hearback.models import Application, Event, Mailbox, Message, User, now
from jobs.import_mail import import_file
from jobs.sync_mailbox import sync_mailbox
from tests.support.service import ACKNOWLEDGED, ADDRESS, REJECTED, Service, connect


def mail(subject: str, text: str, days_ago: float, message_id: str) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "Acme Robotics <jobs@acmerobotics.com>", ADDRESS, subject
    made["Date"] = format_datetime(now() - dt.timedelta(days=days_ago))
    made["Message-ID"] = message_id
    made.set_content(text)
    return made


def mbox(path: Path, *mails: EmailMessage | bytes) -> Path:
    box = mailbox.mbox(path)
    for one in mails:
        box.add(one)
    box.close()
    return path


def test_a_file_fills_the_board(made: Service, tmp_path: Path) -> None:
    user = User.create(email=ADDRESS)
    file = mbox(
        tmp_path / "all.mbox",
        mail("Your application", REJECTED, 3, "<2@acme.example>"),
        mail("We got your application", ACKNOWLEDGED, 9, "<1@acme.example>"),
    )
    assert import_file(file, user).read == 2
    assert made.statuses() == [("Acme Robotics", "rejected")]
    import_file(file, user)
    assert len(made.counted()) == 2


def test_broken_messages_are_named_and_the_good_ones_come_in(made: Service, tmp_path: Path) -> None:
    user = User.create(email=ADDRESS)
    broken = b"Subject: no date\n\nhello\n"
    file = mbox(
        tmp_path / "all.mbox",
        b"\n\n",
        mail("We got your application", ACKNOWLEDGED, 9, "<1@acme.example>"),
        broken,
        b"Date: yesterday or so\n\n\xff\xfe\n",
        mail("Your application", REJECTED, 3, "<2@acme.example>"),
    )
    result = import_file(file, user)
    assert result.read == 2
    assert [line.partition(":")[0] for line in result.failed] == ["message 1", "message 3", "message 4"]
    assert made.statuses() == [("Acme Robotics", "rejected")]


def test_a_date_of_tomorrow_counts_as_now(made: Service, tmp_path: Path) -> None:
    user = User.create(email=ADDRESS)
    import_file(mbox(tmp_path / "a.mbox", mail("Thanks", ACKNOWLEDGED, -300, "<1@acme.example>")), user)
    assert Message.get().received_at <= now()


def test_a_mail_by_file_and_by_gmail_is_one_mail_in_either_order(made: Service, tmp_path: Path) -> None:
    received = mail("We got your application", ACKNOWLEDGED, 9, "<1@acme.example>")
    box = connect(made)
    Mailbox.update(backfilled_at=now()).execute()
    sync_mailbox(box.id)
    made.google.deliver(ADDRESS, raw=received.as_bytes())
    sync_mailbox(box.id)
    import_file(mbox(tmp_path / "a.mbox", received), User.get())
    assert made.statuses() == [("Acme Robotics", "applied")]
    assert Event.select().where(Event.application_id.is_null(False)).count() == 1
    rejected = mail("Your application", REJECTED, 3, "<2@acme.example>")
    import_file(mbox(tmp_path / "b.mbox", rejected), User.get())
    made.google.deliver(ADDRESS, raw=rejected.as_bytes())
    sync_mailbox(box.id)
    assert made.statuses() == [("Acme Robotics", "rejected")]
    assert Event.select().where(Event.application_id.is_null(False)).count() == 2


def test_an_application_stays_the_same_when_gmail_brings_the_mail_that_founded_it(
    made: Service, tmp_path: Path
) -> None:
    received = mail("We got your application", ACKNOWLEDGED, 9, "<1@acme.example>")
    box = connect(made)
    Mailbox.update(backfilled_at=now()).execute()
    sync_mailbox(box.id)
    import_file(mbox(tmp_path / "a.mbox", received), User.get())
    before = Application.get().id
    made.google.deliver(ADDRESS, raw=received.as_bytes())
    sync_mailbox(box.id)
    assert [row.id for row in Application.select()] == [before]
