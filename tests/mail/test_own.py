"""Mail that Hearback sent is told from mail that only says so."""

from hearback.mail.own import sign, signed_by_us
from hearback.mail.parse import OWN_HEADER, parse

KEY = b"a key of this test"


def message(signature: str, subject: str = "Fernhill: rejected") -> dict[str, str]:
    """The headers of a mail as they are after a relay replaced Message-ID and Date."""
    raw = f'From: "Hearback" <noreply@hearback.example>\nTo: Robin <Robin@mail.example>\nSubject: {subject}\n'
    return parse(f"{raw}{OWN_HEADER}: {signature}\nMessage-ID: <relay@x>\n\nHi\n".encode()).headers


def test_own_mail_is_known() -> None:
    signature = sign("noreply@hearback.example", "robin@mail.example", "Fernhill: rejected", KEY)
    assert signed_by_us(message(signature), KEY)


def test_other_subjects_keys_and_missing_signatures_are_not() -> None:
    signature = sign("noreply@hearback.example", "robin@mail.example", "Fernhill: rejected", KEY)
    assert not signed_by_us(message(signature, "Fernhill: offer"), KEY)
    assert not signed_by_us(message(signature), b"another key")
    assert not signed_by_us(message("v1=00"), KEY)
    assert not signed_by_us({}, KEY)
