"""A mail that is of another category than we thought gives what a mail of that category gives."""

import datetime as dt

from hearback.mail.parse import from_fields
from hearback.mail.restate import restated
from hearback.mail.verdict import Category

TEXT = """Hi Robin,

about the Backend Engineer position at Acme Robotics: see you on 12 November 2026 at 14:00 CET.
Join here: https://zoom.us/j/123456789

Best regards,
The Acme Robotics Recruiting Team"""
MAIL = from_fields("Acme Robotics <jobs@acmerobotics.com>", "Your application", None, TEXT)
RECEIVED = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
QUOTE = "see you on 12 November 2026 at 14:00 CET."


def test_a_talk_has_its_time_its_link_and_the_names() -> None:
    found = restated(MAIL, Category.interview_invitation, 0.7, QUOTE, RECEIVED)
    assert (found.category, found.confidence, found.evidence) == ("interview_invitation", 0.7, QUOTE)
    assert (found.company, found.role) == ("Acme Robotics", "Backend Engineer")
    assert [when.start.isoformat() for when in found.dates] == ["2026-11-12T14:00:00+01:00"]
    assert found.links == ("https://zoom.us/j/123456789",)
    # What it does to an interview nobody has read.
    assert found.interview is None


def test_a_refusal_has_no_time_and_what_is_not_about_a_job_has_nothing() -> None:
    assert restated(MAIL, Category.rejection, 0.7, QUOTE, RECEIVED).dates == ()
    nothing = restated(MAIL, Category.other, 0.8, QUOTE, RECEIVED)
    assert (nothing.company, nothing.role, nothing.dates) == (None, None, ())
