"""What a client reads to find everything else: the OpenID configuration and the public keys."""

from flask import Blueprint, Response, jsonify, request

from sandbox.context import world
from sandbox.oauth.scopes import OPENID

blueprint = Blueprint("discovery", __name__)


@blueprint.get("/.well-known/openid-configuration")
def configuration() -> Response:
    """OpenID Connect discovery, with this server as issuer."""
    base = request.host_url.rstrip("/")
    answer = jsonify(
        {
            "issuer": base,
            "authorization_endpoint": f"{base}/o/oauth2/v2/auth",
            "token_endpoint": f"{base}/token",
            "userinfo_endpoint": f"{base}/userinfo",
            "revocation_endpoint": f"{base}/revoke",
            "jwks_uri": f"{base}/oauth2/v3/certs",
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "scopes_supported": [OPENID, "email", "profile"],
            "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
            "claims_supported": (
                [
                    "aud",
                    "email",
                    "email_verified",
                    "exp",
                    "family_name",
                    "given_name",
                    "iat",
                    "iss",
                    "name",
                    "sub",
                ]
            ),
            "code_challenge_methods_supported": ["plain", "S256"],
            "grant_types_supported": ["authorization_code", "refresh_token"],
        }
    )
    answer.headers["Cache-Control"] = "public, max-age=3600"
    return answer


@blueprint.get("/oauth2/v3/certs")
def jwks() -> Response:
    """The public keys as a JSON Web Key Set."""
    return _cached(jsonify(world().keys.jwks()))


@blueprint.get("/oauth2/v1/certs")
def certificates() -> Response:
    """The public keys as X.509 certificates by kid."""
    return _cached(jsonify(world().keys.certificates()))


def _cached(answer: Response) -> Response:
    age = world().certs_max_age
    answer.headers["Cache-Control"] = f"public, max-age={age}, must-revalidate, no-transform"
    return answer
