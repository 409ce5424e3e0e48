"""Tokens as Google's Pub/Sub makes them, and as a forger would."""

import base64
import datetime as dt
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import NameOID


def new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def certificate(key: rsa.RSAPrivateKey) -> str:
    """A self-signed certificate, PEM, as Google publishes its own."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "push.test")])
    at = dt.datetime.now(dt.UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(at - dt.timedelta(days=1))
        .not_valid_after(at + dt.timedelta(days=30))
        .sign(key, hashes.SHA256())
    )
    return built.public_bytes(serialization.Encoding.PEM).decode()


def part(value: dict[str, Any]) -> bytes:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=")


def token(key: rsa.RSAPrivateKey, claims: dict[str, Any], **header: Any) -> str:
    """An RS256 token."""
    signed = part({"alg": "RS256", "typ": "JWT", "kid": "k1", **header}) + b"." + part(claims)
    signature = key.sign(signed, padding.PKCS1v15(), hashes.SHA256())
    return (signed + b"." + base64.urlsafe_b64encode(signature).rstrip(b"=")).decode()


def hs256_token(secret: bytes, claims: dict[str, Any]) -> str:
    """A token signed with a shared secret: a forger's takes the public certificate for it."""
    signed = part({"alg": "HS256", "typ": "JWT", "kid": "k1"}) + b"." + part(claims)
    signature = hmac.new(secret, signed, hashlib.sha256).digest()
    return (signed + b"." + base64.urlsafe_b64encode(signature).rstrip(b"=")).decode()


def unsigned_token(claims: dict[str, Any]) -> str:
    return (part({"alg": "none", "typ": "JWT", "kid": "k1"}) + b"." + part(claims) + b".").decode()


class Certificates:
    """What the certificates' address answers, and how often it was asked."""

    def __init__(self, certs: dict[str, str]) -> None:
        self.certs = certs
        self.max_age = 3600
        self.status = 200
        self.asked = 0
        self.url = ""


@contextmanager
def published(certs: dict[str, str]) -> Iterator[Certificates]:
    """Serve certificates on loopback."""
    answers = Certificates(certs)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answers.asked += 1
            body = json.dumps(answers.certs).encode()
            self.send_response(answers.status)
            self.send_header("Cache-Control", f"public, max-age={answers.max_age}")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    answers.url = f"http://127.0.0.1:{server.server_port}/certs"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield answers
    finally:
        server.shutdown()
        server.server_close()
