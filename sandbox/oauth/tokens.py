"""The token, revocation and userinfo endpoints."""

import base64
import hashlib
import hmac
from typing import Any

from flask import Blueprint, Response, jsonify, request

from sandbox.account import Account
from sandbox.context import world
from sandbox.model import AccessToken, Grant
from sandbox.oauth.scopes import EMAIL, OPENID, PROFILE, normalized

blueprint = Blueprint("tokens", __name__)


class TokenError(Exception):
    """An error of the token endpoint, with Google's code and description."""

    def __init__(self, status: int, error: str, description: str) -> None:
        super().__init__(description)
        self.status = status
        self.body = {"error": error, "error_description": description}


@blueprint.errorhandler(TokenError)
def show_error(error: TokenError) -> Response:
    """The JSON of RFC 6749."""
    answer = jsonify(error.body)
    answer.status_code = error.status
    return answer


@blueprint.post("/token")
@blueprint.post("/oauth2/v4/token")
def token() -> Response:
    """Trade a code or a refresh token for an access token."""
    client_id = _client()
    kind = request.form.get("grant_type", "")
    if kind == "authorization_code":
        answer = _from_code(client_id)
    elif kind == "refresh_token":
        answer = _from_refresh(client_id)
    elif not kind:
        raise TokenError(400, "invalid_request", "Missing required parameter: grant_type")
    else:
        raise TokenError(400, "unsupported_grant_type", f"Invalid grant_type: {kind}")
    world().store.flush()
    response = jsonify(answer)
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.route("/revoke", methods=["POST"])
def revoke() -> Response:
    """End the grant that a token belongs to, with all its tokens."""
    wanted = request.values.get("token", "")
    if not world().grants.revoke(wanted):
        raise TokenError(400, "invalid_token", "Token expired or revoked")
    world().store.flush()
    return jsonify({})


@blueprint.route("/userinfo", methods=["GET", "POST"])
def userinfo() -> Response:
    """Claims about the person, as far as the token's scopes go."""
    kind, _, value = request.headers.get("Authorization", "").partition(" ")
    access = world().grants.by_access(value.strip()) if kind.lower() == "bearer" else None
    account = world().by_id(access.account_id) if access else None
    if access is None or account is None or not access.scopes & {OPENID, EMAIL, PROFILE}:
        answer = jsonify({"error": "invalid_request", "error_description": "Invalid Credentials"})
        answer.status_code = 401
        answer.headers["WWW-Authenticate"] = 'Bearer realm="https://accounts.google.com/"'
        return answer
    return jsonify({"sub": account.sub} | _claims(account, access.scopes))


def _client() -> str:
    """The client that asks, from the body or from Basic, with its secret checked."""
    settings = world().settings
    client_id = request.form.get("client_id", "")
    secret = request.form.get("client_secret", "")
    if request.authorization and request.authorization.type == "basic":
        client_id = request.authorization.username or ""
        secret = request.authorization.password or ""
    if client_id != settings.client_id:
        raise TokenError(401, "invalid_client", "The OAuth client was not found.")
    if not secret:
        raise TokenError(400, "invalid_request", "client_secret is missing.")
    if not hmac.compare_digest(secret.encode(), settings.client_secret.encode()):
        raise TokenError(401, "invalid_client", "Unauthorized")
    return client_id


def _from_code(client_id: str) -> dict[str, Any]:
    text = request.form.get("code", "")
    if not text:
        raise TokenError(400, "invalid_request", "Missing required parameter: code")
    code = world().codes.redeem(text)
    if code is None or code.client_id != client_id:
        raise TokenError(400, "invalid_grant", "Malformed auth code.")
    if code.redirect_uri != request.form.get("redirect_uri", ""):
        raise TokenError(400, "redirect_uri_mismatch", "Bad Request")
    verifier = request.form.get("code_verifier", "")
    if code.challenge and not verifier:
        raise TokenError(400, "invalid_grant", "Missing code verifier.")
    if not code.verified(verifier):
        raise TokenError(400, "invalid_grant", "Invalid code verifier.")
    grant = world().grants.find(code.account_id, client_id)
    if grant is None:
        # Revoked between the consent and this call.
        raise TokenError(400, "invalid_grant", "Bad Request")
    answer = _tokens(grant, code.scopes, code.nonce)
    if code.offline:
        answer["refresh_token"] = world().grants.refresh_token(grant)
    return answer


def _from_refresh(client_id: str) -> dict[str, Any]:
    grant = world().grants.by_refresh(request.form.get("refresh_token", ""))
    if grant is None or grant.client_id != client_id:
        raise TokenError(400, "invalid_grant", "Token has been expired or revoked.")
    asked = normalized(request.form.get("scope", ""))
    if set(asked) - grant.scopes:
        raise TokenError(400, "invalid_scope", "Some requested scopes were invalid.")
    return _tokens(grant, frozenset(asked or grant.scopes), "")


def _tokens(grant: Grant, scopes: frozenset[str], nonce: str) -> dict[str, Any]:
    access = world().grants.access_token(grant, scopes)
    answer: dict[str, Any] = {
        "access_token": access.token,
        # Google says one second less than it grants.
        "expires_in": max(0, int(world().grants.token_lifetime) - 1),
        "scope": " ".join(sorted(scopes)),
        "token_type": "Bearer",
    }
    account = world().by_id(grant.account_id)
    if OPENID in scopes and account is not None:
        answer["id_token"] = id_token(account, access, nonce)
    return answer


def id_token(account: Account, access: AccessToken, nonce: str) -> str:
    """An OpenID Connect id_token about the person, bound to the access token."""
    digest = hashlib.sha256(access.token.encode()).digest()[:16]
    claims: dict[str, Any] = {
        "iss": request.host_url.rstrip("/"),
        "azp": access.client_id,
        "aud": access.client_id,
        "sub": account.sub,
        "at_hash": base64.urlsafe_b64encode(digest).decode().rstrip("="),
    }
    if nonce:
        claims["nonce"] = nonce
    return world().keys.sign(claims | _claims(account, access.scopes))


def _claims(account: Account, scopes: frozenset[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if EMAIL in scopes:
        found |= {"email": account.address, "email_verified": True}
    if PROFILE in scopes:
        given, _, family = account.name.partition(" ")
        found |= {"name": account.name, "given_name": given, "family_name": family}
    return found
