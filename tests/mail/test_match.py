"""Mails find their application by what ties them to it; where nothing tells, the user is asked."""

import datetime as dt
import itertools
from typing import Any

import pytest

from hearback.mail import match
from hearback.models.event import Fact, Kind, Standing

START = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
ACME = {"company": "Acme", "organisation": "Acme"}


def mail(day: float, category: str = "acknowledgment", **more: Any) -> dict[str, Any]:
    return {"kind": Kind.MAIL, "at": START + dt.timedelta(days=day), "category": category, **more}


def sent(day: float, **more: Any) -> dict[str, Any]:
    return mail(day, "", **more) | {"kind": Kind.SENT}


def placed(*steps: dict[str, Any]) -> list[str]:
    """The applications as the numbers of their mails, "?" behind one that may belong to another."""
    facts = [
        Fact(**{"id": n, "tiebreak": f"{n}", "standing": Standing.COUNTS, **s}) for n, s in enumerate(steps)
    ]
    return sorted(
        " ".join(f"{i}{'?' * (i in cluster.doubtful)}" for i in sorted(cluster.members))
        for cluster in match.place(facts)
    )


def test_two_roles_at_one_company_are_told_apart_by_the_role() -> None:
    assert placed(
        mail(0, role="Data Engineer", **ACME),
        mail(1, role="Designer", **ACME),
        mail(2, "rejection", role="Senior Data Engineer", **ACME),
        mail(3, "interview_invitation", role="Designer (m/f/d)", **ACME),
    ) == ["0 2", "1 3"]


def test_two_levels_of_one_title_are_two_roles() -> None:
    two = (mail(0, role="Junior Analyst", **ACME), mail(1, role="Senior Analyst", **ACME))
    assert placed(*two, mail(2, "rejection", role="Senior Analyst", **ACME)) == ["0", "1 2"]


def test_a_mail_that_fits_two_roles_asks_and_is_not_guessed() -> None:
    two = (mail(0, role="Data Engineer", **ACME), mail(1, role="Designer", **ACME))
    assert placed(*two, mail(2, "rejection", **ACME)) == ["0", "1 2?"]


def test_an_unclear_mail_does_not_decide_for_the_next_one() -> None:
    two = (mail(0, role="Data Engineer", thread="a", **ACME), mail(1, role="Designer", **ACME))
    unclear = mail(2, "under_review", thread="x", **ACME)
    assert placed(*two, unclear, mail(3, "rejection", thread="x", **ACME)) == ["0", "1 2? 3?"]


@pytest.mark.parametrize(("days", "expected"), [(29, ["0 1 2"]), (31, ["0", "1 2"])])
def test_a_role_that_is_posted_again_after_a_month_is_a_new_application(
    days: int, expected: list[str]
) -> None:
    role = {"role": "Data Engineer", **ACME}
    assert placed(mail(0, **role), mail(days, **role), mail(days + 1, "rejection", **role)) == expected


def test_an_answer_in_the_old_thread_stays_with_the_old_application() -> None:
    role = {"role": "Data Engineer", **ACME}
    first, again = mail(0, thread="a", reference="r0", **role), mail(40, thread="b", reference="r1", **role)
    by_reply = mail(41, "rejection", references=("r0",), **ACME)
    by_thread = mail(42, "rejection", thread="a", **ACME)
    assert placed(first, again, by_reply, by_thread) == ["0 2 3", "1"]


def test_requisitions_tell_two_openings_of_one_title_apart() -> None:
    role = {"role": "Data Engineer", **ACME}
    assert placed(
        mail(0, requisition="REQ-17", **role),
        mail(1, requisition="REQ-18", **role),
        mail(2, "rejection", requisition="req-17", **ACME),
    ) == ["0 2", "1"]


def test_a_requisition_of_another_company_means_nothing() -> None:
    other = mail(1, requisition="1001", company="Birch", role="Designer")
    assert placed(mail(0, requisition="1001", role="Designer", **ACME), other) == ["0", "1"]


def test_a_reply_needs_no_name_at_all() -> None:
    first = mail(0, role="Data Engineer", thread="a", reference="r0", **ACME)
    assert placed(first, mail(1, role="Designer", **ACME), mail(2, "offer", references=("r0",))) == [
        "0 2",
        "1",
    ]


def test_mails_of_strangers_in_one_thread_are_not_tied() -> None:
    # Gmail puts mails of one subject into one thread, and "Thank you for applying" is a usual one.
    other = mail(1, thread="a", company="Birch", organisation="Birch")
    assert placed(mail(0, thread="a", **ACME), other) == ["0", "1"]


AGENCY = {"organisation": "Hartmann Search", "role": "Data Engineer"}


@pytest.mark.parametrize("first", [None, "Hartmann Search"])
def test_an_agency_that_names_its_client_later_goes_on_with_one_application(first: str | None) -> None:
    begun = mail(0, "under_review", company=first, thread="a", reference="r0", **AGENCY)
    named = mail(3, "interview_invitation", company="Siemens", thread="a", references=("r0",), **AGENCY)
    direct = mail(9, "offer", company="Siemens AG", organisation="Siemens", role="Data Engineer")
    facts = placed(begun, named, direct)
    assert facts == ["0 1 2"]


def test_an_agency_stands_for_its_client_once_it_has_named_it() -> None:
    begun = mail(0, "under_review", company="Hartmann Search", thread="a", **AGENCY)
    named = mail(3, "interview_invitation", company="Siemens", thread="a", **AGENCY)
    facts = [
        Fact(**{"id": n, "tiebreak": f"{n}", "standing": Standing.COUNTS, **s})
        for n, s in enumerate([begun, named])
    ]
    assert [cluster.company for cluster in match.place(facts)] == ["Siemens"]


def test_another_client_of_the_same_agency_is_another_application() -> None:
    one = mail(0, "under_review", company="Siemens", thread="a", **AGENCY)
    other = mail(3, "under_review", company="Bosch", thread="b", **AGENCY)
    same_thread = mail(
        4, "under_review", company="Bosch", thread="a", organisation="Hartmann Search", role="Cook"
    )
    assert placed(one, other, same_thread) == ["0", "1", "2"]


def test_a_recruiters_first_mail_stands_in_what_comes_of_it() -> None:
    outreach = mail(0, "outreach", reference="r0", company="Acme", role="Data Engineer")
    assert placed(outreach, mail(2, "scheduling_request", references=("r0",))) == ["0 1"]
    assert placed(outreach) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acme Robotics GmbH", "Acme Robotics"),
        ("Acme Robotics", "ACME ROBOTICS INC."),
        ("Müller & Söhne KG", "Muller und Sohne"),
        ("Northwind Group", "Northwind"),
        ("Brightwell Health", "brightwellhealth"),
        ("International Business Machines", "IBM"),
        ("Bayerische Motoren Werke AG", "BMW Group"),
    ],
)
def test_one_company_however_it_is_written(one: str, other: str) -> None:
    for names in ((one, other), (other, one)):
        steps = [mail(n, role="Data Engineer", company=name) for n, name in enumerate(names)]
        assert placed(*steps) == ["0 1"]
        assert match.keys({"company": one}) & match.keys({"company": other})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Avail", "Avra"),
        ("TeamViewer", "TeamEx"),
        ("Bank of America", "Bank of Ireland"),
        ("General Electric", "General Motors"),
        ("IBM", "IBT"),
        ("SAP", "Sapient"),
    ],
)
def test_two_companies_that_look_alike_are_two(one: str, other: str) -> None:
    role = {"role": "Data Engineer"}
    assert placed(mail(0, company=one, **role), mail(1, "rejection", company=other, **role)) == ["0", "1"]


def test_what_the_user_wrote_says_what_the_answer_is_about() -> None:
    letter = sent(0, company="Acme", role="Data Engineer", reference="r0", thread="a")
    answer = mail(2, "interview_invitation", references=("r0",), thread="a")
    later = mail(3, "rejection", role="Data Engineer", **ACME)
    assert placed(letter, answer, later) == ["0 1 2"]
    assert placed(letter) == []


def test_the_users_answer_stands_in_the_application_and_ties_what_follows() -> None:
    first = mail(0, "scheduling_request", reference="r0", thread="a", role="Data Engineer", **ACME)
    reply = sent(1, reference="r1", references=("r0",), thread="a")
    assert placed(first, reply, mail(2, "interview_invitation", references=("r1",))) == ["0 1 2"]


def test_the_users_thanks_to_another_thread_do_not_found_anything() -> None:
    assert placed(sent(0, thread="a", reference="r0"), sent(1, thread="a", references=("r0",))) == []


def test_mail_that_is_older_than_what_it_is_pinned_to_goes_there_too() -> None:
    # A backfill reads from newest to oldest, so an application may have begun with its newest mail.
    older = mail(0, "under_review", targets=(2,), **ACME)
    two = (mail(1, role="Designer", **ACME), mail(2, role="Data Engineer", **ACME))
    assert placed(older, *two) == ["0 2", "1"]


def test_no_order_of_the_same_moment_changes_where_mails_stand() -> None:
    steps = [
        mail(0, role="Data Engineer", thread="a", **ACME),
        mail(0, role="Designer", thread="b", **ACME),
        mail(0, "rejection", thread="b", **ACME),
    ]
    named = [s | {"id": n, "tiebreak": f"{n}", "standing": Standing.COUNTS} for n, s in enumerate(steps)]
    ends = {
        tuple(sorted(tuple(sorted(c.members)) for c in match.place([Fact(**s) for s in order])))
        for order in itertools.permutations(named)
        if order[2]["id"] == 2
    }
    assert ends == {((0,), (1, 2))}
