"""Who stands behind a mail: the vendor by its address, its marks or its servers, and whose desk it names."""

import pytest

from hearback.mail.parse import from_fields, parse
from hearback.mail.senders import display_organisation, sender_kind


@pytest.mark.parametrize(
    ("address", "vendor", "kind"),
    [
        ("no-reply@us.greenhouse-mail.io", "greenhouse", "ats"),
        ("no-reply@hire.lever.co", "lever", "ats"),
        ("no-reply@ashbyhq.com", "ashby", "ats"),
        ("fernhill@myworkday.com", "workday", "ats"),
        ("fernhill+autoreply@talent.icims.com", "icims", "ats"),
        ("notification@smartrecruiters.com", "smartrecruiters", "ats"),
        ("noreply@candidates.workablemail.com", "workable", "ats"),
        ("fernhill@fernhill.taleo.net", "taleo", "ats"),
        ("system@successfactors.eu", "successfactors", "ats"),
        ("notifications@app.bamboohr.com", "bamboohr", "ats"),
        ("noreply@fernhill.recruitee.com", "recruitee", "ats"),
        ("jobs@m.personio.de", "personio", "ats"),
        ("kim@fernhill.teamtailor-mail.com", "teamtailor", "ats"),
        ("notification@jobvite.com", "jobvite", "ats"),
        ("jobs-noreply@linkedin.com", "linkedin", "board"),
        ("indeedapply@indeed.com", "indeed", "board"),
        ("noreply@glassdoor.com", "glassdoor", "board"),
        ("phil@ziprecruiter.com", "ziprecruiter", "board"),
        ("jobs@mail.xing.com", "xing", "board"),
        ("info@mail.stepstone.de", "stepstone", "board"),
        ("support@hackerrankforwork.com", "hackerrank", "test"),
        ("invites@codility.com", "codility", "test"),
        ("no-reply@codesignal.com", "codesignal", "test"),
        ("no-reply@hirevue.com", "hirevue", "test"),
        ("no-reply@testgorilla.com", "testgorilla", "test"),
        ("notifications@calendly.com", "calendly", "calendar"),
        ("noreply@goodtime.io", "calendly", "calendar"),
        ("no-reply@modernloop.io", "calendly", "calendar"),
        ("kim@notlever.co", None, None),
        ("kim@lever.co.example", None, None),
    ],
)
def test_vendors_are_known_by_their_domains(address: str, vendor: str | None, kind: str | None) -> None:
    sender = sender_kind(from_fields(f"Kim <{address}>", "Hi", None, "Hi"))
    assert (sender.vendor, sender.kind) == (vendor, kind)


@pytest.mark.parametrize(
    ("headers", "vendor"),
    [
        ("X-LinkedIn-Template: email_job_alert_digest_01", "linkedin"),
        ("Return-Path: <bounces+12-ab@us.greenhouse-mail.io>", "greenhouse"),
        ("Sender: notifications@hire.lever.co", "lever"),
        ("Message-ID: <5f@mail.ashbyhq.com>", "ashby"),
        ("Message-ID: <5f@mail.gmail.com>\nReturn-Path: <kim@fernhill.example>", None),
        ("Return-Path: <bounce@mail.calendly.com>", None),
    ],
)
def test_vendors_are_known_behind_an_employers_own_address(headers: str, vendor: str | None) -> None:
    raw = f"From: Kim Lee <kim@fernhill.example>\nSubject: Hi\n{headers}\n\nHi\n"
    assert sender_kind(parse(raw.encode())).vendor == vendor


def test_what_linkedin_sent_stays_known_when_it_is_passed_on() -> None:
    link = '<a href="https://www.linkedin.com/jobs/view/1?lipi=urn%3Ali%3Apage%3Aemail_x&trk=eml-x">Data Analyst</a>'
    above = "<p>---------- Forwarded message ---------<br>From: LinkedIn<br>Subject: x<br>To: Robin<br></p>"
    passed_on = from_fields("Robin <robin@x.example>", "Fwd: x", None, f"<div>{above}<p>{link}</p></div>")
    assert sender_kind(passed_on).vendor == "linkedin"
    # A recruiter may send such a link as well.
    assert sender_kind(from_fields("Kim <kim@x.example>", "x", None, f"<div>{link}</div>")).vendor is None


@pytest.mark.parametrize(
    ("sender", "name"),
    [
        ("Workable <noreply@candidates.workablemail.com>", None),
        ("Acme via Greenhouse <no-reply@us.greenhouse-mail.io>", "Acme"),
        ("Acme Recruiting Team <x@hire.lever.co>", "Acme"),
        ("Acme @ icims <noreply@talent.icims.com>", "Acme"),
        ("Recruitment at Acme <noreply@candidates.workablemail.com>", "Acme"),
        ("Internship Desk, Acme Foods <notifications@app.bamboohr.com>", "Acme Foods"),
        ("HackerRank for Acme <support@hackerrankforwork.com>", "Acme"),
        ("DocuSign on behalf of Acme <dse@docusign.net>", "Acme"),
        ("no-reply@acme.example on behalf of Acme Careers <no-reply@acme.example>", "Acme"),
        ("Talent Acquisition <no-reply@hire.lever.co>", None),
        ("Candidate Experience <fernhill@invalidemail.com>", None),
        ("Personalbüro <no-reply@recruitee.com>", None),
        ("Robin Tester via Workable <noreply@candidates.workablemail.com>", None),
    ],
)
def test_display_names_tell_the_employer_and_never_the_vendor(sender: str, name: str | None) -> None:
    assert display_organisation(from_fields(sender, "Hi", None, "Hi")) == name
