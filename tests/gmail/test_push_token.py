"""Only our own subscription gets in: every way in which a push token can be wrong."""

import time
from collections.abc import Iterator
from typing import Any

import pytest

from hearback.gmail.push_token import BadToken, CertificatesUnavailable, Verifier
from tests.support import push_keys
from tests.support.push_keys import Certificates

KEY = push_keys.new_key()
OTHER_KEY = push_keys.new_key()
CERTIFICATE = push_keys.certificate(KEY)
AUDIENCES = ("https://hearback.example/push/gmail", "https://old.example/push/gmail")
ACCOUNT = "push@project.iam.gserviceaccount.com"


@pytest.fixture
def certs() -> Iterator[Certificates]:
    with push_keys.published({"k1": CERTIFICATE}) as published:
        yield published


def claims(**changed: Any) -> dict[str, Any]:
    at = int(time.time())
    good = {
        "iss": "https://accounts.google.com",
        "aud": AUDIENCES[0],
        "email": ACCOUNT,
        "email_verified": True,
        "iat": at,
        "exp": at + 3600,
        "sub": "1",
    }
    return {name: value for name, value in {**good, **changed}.items() if value is not None}


def verifier(certs: Certificates, **options: Any) -> Verifier:
    return Verifier(certs.url, AUDIENCES, ACCOUNT, **options)


def signed(**changed: Any) -> str:
    return "Bearer " + push_keys.token(KEY, claims(**changed))


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_good_token_is_taken_for_each_audience_that_is_valid(certs: Certificates, audience: str) -> None:
    verifier(certs).verify(signed(aud=audience))


def test_one_token_for_many_pushes_asks_for_certificates_once(certs: Certificates) -> None:
    check = verifier(certs)
    for _ in range(5):
        check.verify(signed())
    assert certs.asked == 1


FORGED = {
    "no token": (401, ""),
    "no scheme": (401, push_keys.token(KEY, claims())),
    "not a token": (401, "Bearer abc"),
    "three empty parts": (401, "Bearer .."),
    "alg none": (401, "Bearer " + push_keys.unsigned_token(claims())),
    "HS256 with the certificate": (401, "Bearer " + push_keys.hs256_token(CERTIFICATE.encode(), claims())),
    "another key": (401, "Bearer " + push_keys.token(OTHER_KEY, claims())),
    "unknown key id": (401, "Bearer " + push_keys.token(KEY, claims(), kid="k9")),
    "no key id": (401, "Bearer " + push_keys.token(KEY, claims(), kid=None)),
    "wrong issuer": (401, signed(iss="https://evil.example")),
    "issuer within another": (401, signed(iss="https://accounts.google.com.evil.example")),
    "expired": (401, signed(iat=int(time.time()) - 7200, exp=int(time.time()) - 3600)),
    "no expiry": (401, signed(exp=None)),
    "issued in the future": (401, signed(iat=int(time.time()) + 3000, exp=int(time.time()) + 6000)),
    "wrong audience": (403, signed(aud="https://other.example")),
    "audience with a slash more": (403, signed(aud=AUDIENCES[0] + "/")),
    "audience in a list": (403, signed(aud=[AUDIENCES[0]])),
    "no audience": (403, signed(aud=None)),
    "wrong account": (403, signed(email="other@project.iam.gserviceaccount.com")),
    "no account": (403, signed(email=None)),
    "unverified account": (403, signed(email_verified=False)),
    "verified by a word": (403, signed(email_verified="true")),
    "too long": (401, signed(filler="x" * 10_000)),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_token_is_refused(certs: Certificates, name: str) -> None:
    status, header = FORGED[name]
    with pytest.raises(BadToken) as refused:
        verifier(certs).verify(header)
    assert refused.value.status == status


def test_a_token_that_was_good_ends_with_its_hour(certs: Certificates) -> None:
    at = [time.time()]
    check = verifier(certs, clock=lambda: at[0])
    check.verify(signed(exp=int(at[0]) + 60))
    at[0] += 300
    with pytest.raises(BadToken):
        check.verify(signed(exp=int(at[0]) - 240))


def test_a_new_key_of_google_is_fetched(certs: Certificates) -> None:
    at = [time.time()]
    check = verifier(certs, clock=lambda: at[0])
    check.verify(signed())
    certs.certs = {"k2": push_keys.certificate(OTHER_KEY)}
    at[0] += 60
    check.verify("Bearer " + push_keys.token(OTHER_KEY, claims(), kid="k2"))


def test_a_forger_cannot_make_us_fetch_at_will(certs: Certificates) -> None:
    check = verifier(certs)
    for number in range(20):
        with pytest.raises(BadToken):
            check.verify("Bearer " + push_keys.token(OTHER_KEY, claims(), kid=f"made-up-{number}"))
    assert certs.asked == 1


def test_without_certificates_the_push_shall_come_again(certs: Certificates) -> None:
    certs.status = 500
    with pytest.raises(CertificatesUnavailable):
        verifier(certs).verify(signed())


def test_known_certificates_outlive_an_outage(certs: Certificates) -> None:
    at = [time.time()]
    check = verifier(certs, clock=lambda: at[0])
    check.verify(signed())
    certs.status = 500
    at[0] += 2 * certs.max_age - 4000
    check.verify(signed(jti="another token"))
