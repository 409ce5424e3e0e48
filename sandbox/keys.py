"""The keys that sign the sandbox's tokens, and the two forms in which Google shows their public half."""

import json
import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import NameOID

from sandbox import mime
from sandbox.store import Store

META = "signing_keys"


def _b64(data: bytes) -> str:
    return mime.encode(data).rstrip("=")


def _integer(value: int) -> str:
    return _b64(value.to_bytes((value.bit_length() + 7) // 8, "big"))


class Key:
    """One RSA key with its certificate; `kid` is the certificate's fingerprint, as at Google."""

    def __init__(self, private_pem: str, certificate_pem: str) -> None:
        private = serialization.load_pem_private_key(private_pem.encode(), None)
        if not isinstance(private, rsa.RSAPrivateKey):
            raise TypeError("the stored signing key is not an RSA key")
        self.private = private
        self.private_pem = private_pem
        self.certificate_pem = certificate_pem
        certificate = x509.load_pem_x509_certificate(certificate_pem.encode())
        self.kid = certificate.fingerprint(hashes.SHA1()).hex()  # noqa: S303 - a name, not a proof.

    @classmethod
    def make(cls) -> "Key":
        """A new key, valid for ten years."""
        private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "sandbox.signer.invalid")])
        start = datetime.now(UTC) - timedelta(days=1)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(private.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(start)
            .not_valid_after(start + timedelta(days=3650))
            .sign(private, hashes.SHA256())
        )
        pem = private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        return cls(pem.decode(), certificate.public_bytes(serialization.Encoding.PEM).decode())

    def jwk(self) -> dict[str, str]:
        """The public half as a JSON Web Key."""
        numbers = self.private.public_key().public_numbers()
        found = {"kty": "RSA", "use": "sig", "alg": "RS256", "kid": self.kid}
        return found | {"n": _integer(numbers.n), "e": _integer(numbers.e)}


class Keys:
    """Two keys, as Google publishes: the first signs, the second is the one before it or the next."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        stored = store.meta(META)
        if stored is None:
            self._keys = [Key.make(), Key.make()]
            self._save()
        else:
            self._keys = [Key(*pems) for pems in json.loads(stored)]

    def _save(self) -> None:
        pems = [[key.private_pem, key.certificate_pem] for key in self._keys]
        self._store.save_meta(META, json.dumps(pems))
        self._store.flush()

    def rotate(self, retire: bool = False) -> str:
        """Sign with a new key from now on; `retire` stops publishing all older ones. Returns its kid."""
        with self._lock:
            self._keys = [Key.make(), *([] if retire else self._keys[:1])]
            self._save()
            return self._keys[0].kid

    def jwks(self) -> dict[str, list[dict[str, str]]]:
        """The public keys as a JSON Web Key Set."""
        return {"keys": [key.jwk() for key in self._keys]}

    def certificates(self) -> dict[str, str]:
        """The public keys as a map of kid to PEM certificate."""
        return {key.kid: key.certificate_pem for key in self._keys}

    def sign(self, claims: dict[str, Any], lifetime: int = 3600) -> str:
        """A JWT (RS256) of `claims` with iat and exp by a real clock; `lifetime` in seconds."""
        key = self._keys[0]
        now = int(time.time())
        header = {"alg": "RS256", "kid": key.kid, "typ": "JWT"}
        body = {**claims, "iat": now, "exp": now + lifetime}
        signed = ".".join(_b64(json.dumps(part).encode()) for part in (header, body))
        signature = key.private.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256())
        return f"{signed}.{_b64(signature)}"
