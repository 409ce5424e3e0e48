"""Mails of one kind are known again whatever names and numbers stand in them; others are not."""

from hearback.mail.likeness import likeness
from hearback.mail.parse import ParsedMail, parse
from hearback.mail.verdict import Category, Verdict

KEY = b"key"


def mail(subject: str, sender: str = "jobs@acme.example", more: str = "") -> ParsedMail:
    head = f"From: Acme Careers <{sender}>\nTo: robin.sample@example.com\nSubject: {subject}\n{more}"
    return parse(f"{head}\n\nHello".encode())


def like(
    subject: str,
    sender: str = "jobs@acme.example",
    role: str | None = None,
    category: str = "acknowledgment",
    more: str = "",
) -> str | None:
    verdict = Verdict(Category(category), 0.9, company="Acme", role=role)
    return likeness(mail(subject, sender, more), verdict, [], KEY)


FIRST = like("Your application for Data Engineer (R-1234) at Acme, 3 May", role="Data Engineer")


def test_names_and_numbers_make_no_difference() -> None:
    assert FIRST
    assert like("Your application for Designer (R-99) at Acme, 12 June", role="Designer") == FIRST
    assert like("Robin Sample, your application") == like("Your application")
    first, second = "reply-8f3a9c2e@mail.acme.example", "reply-77ab01cd@mail.acme.example"
    assert like("News", first) == like("News", second)
    assert like("News", "jobs+8f3a@acme.example") == like("News")


def test_another_sender_list_wording_or_reading_is_another_kind() -> None:
    subject, role = "Your application for Designer at Acme", "Designer"
    kinds = [
        FIRST,
        like(subject, "jobs@birch.example", role),
        like(subject, "news@acme.example", role),
        like(f"Reminder: {subject}", role=role),
        like(subject, role=role, category="rejection"),
        like(subject, role=role, more="List-Id: <talent.acme.example>\n"),
    ]
    assert len(set(kinds)) == len(kinds)
    lists = [like("News", more=f"List-Id: <{n}.news.acme.example>\n") for n in (123456, 654321)]
    assert lists[0] == lists[1]


def test_a_conversation_teaches_nothing() -> None:
    assert like("Re: Your application") is None
    assert like("Your application", more="In-Reply-To: <1@x>\n") is None
    assert like("Your application", sender="nobody") is None


def test_nothing_of_it_can_be_read_or_compared_without_the_key() -> None:
    verdict = Verdict(Category.offer, 0.9)
    one, other = (likeness(mail("An offer"), verdict, [], key) for key in (b"one", b"other"))
    assert one and other and one != other
    assert len(one) == 32 and "offer" not in one
