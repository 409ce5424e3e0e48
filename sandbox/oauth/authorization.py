"""An authorization request: read and checked once, then carried through the sign-in pages in signed form."""

import ipaddress
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from sandbox.oauth import scopes
from sandbox.settings import Settings

PROMPTS = {"none", "consent", "select_account"}


class PageError(Exception):
    """A fault that must not be told to the redirect address: shown to the person, as Google does."""

    def __init__(self, code: int, error: str, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.error = error
        self.text = text


@dataclass(frozen=True)
class Authorization:
    """What a client asks a person for."""

    client_id: str
    redirect_uri: str
    scopes: list[str]
    state: str | None = None
    nonce: str = ""
    offline: bool = False
    prompt: list[str] = field(default_factory=list)
    login_hint: str = ""
    include_granted: bool = False
    challenge: str = ""
    challenge_method: str = ""

    def plain(self) -> dict[str, object]:
        """As JSON-ready values, for signing."""
        return asdict(self)

    def redirect(self, **parameters: str) -> str:
        """The redirect address with an answer and the state."""
        parts = urlsplit(self.redirect_uri)
        query = parse_qsl(parts.query, keep_blank_values=True)
        if self.state is not None:
            query.append(("state", self.state))
        return urlunsplit(parts._replace(query=urlencode([*query, *parameters.items()])))

    def origin(self) -> str:
        """Scheme and host of the redirect address."""
        parts = urlsplit(self.redirect_uri)
        return f"{parts.scheme}://{parts.netloc}"


def read(query: Mapping[str, str], settings: Settings) -> Authorization:
    """Check a request's parameters; PageError for what Google refuses on a page of its own."""
    if query.get("client_id") != settings.client_id:
        raise PageError(401, "invalid_client", "The OAuth client was not found.")
    redirect_uri = query.get("redirect_uri", "")
    if not allowed_redirect(redirect_uri, settings.redirect_uris):
        text = "The redirect URI in the request does not match the ones authorized for the client."
        raise PageError(400, "redirect_uri_mismatch", f"{text} Given: {redirect_uri!r}")
    if query.get("response_type") != "code":
        raise PageError(400, "invalid_request", "Wanted response_type=code.")
    asked = scopes.normalized(query.get("scope", ""))
    if not asked:
        raise PageError(400, "invalid_request", "Missing required parameter: scope")
    if wrong := scopes.unknown(asked):
        raise PageError(400, "invalid_scope", f"Some requested scopes were invalid: {wrong[0]!r}")
    prompt = query.get("prompt", "").split()
    if set(prompt) - PROMPTS or ("none" in prompt and len(prompt) > 1):
        raise PageError(400, "invalid_request", f"Invalid prompt: {query.get('prompt')!r}")
    challenge, method = query.get("code_challenge", ""), query.get("code_challenge_method", "plain")
    if challenge and (method not in {"S256", "plain"} or not 43 <= len(challenge) <= 128):
        raise PageError(400, "invalid_request", "Wanted code_challenge_method=S256 and 43 to 128 characters.")
    return Authorization(
        client_id=settings.client_id,
        redirect_uri=redirect_uri,
        scopes=asked,
        state=query.get("state"),
        nonce=query.get("nonce", ""),
        offline=query.get("access_type") == "offline",
        prompt=prompt,
        login_hint=query.get("login_hint", "").strip().lower(),
        include_granted=query.get("include_granted_scopes", "").lower() == "true",
        challenge=challenge,
        challenge_method=method,
    )


def allowed_redirect(uri: str, listed: frozenset[str]) -> bool:
    """Whether an answer may go there: listed exactly, or plain http to this machine."""
    parts = urlsplit(uri)
    if uri in listed:
        return True
    if parts.scheme != "http" or parts.fragment or parts.username:
        return False
    return loopback(parts.hostname or "")


def loopback(host: str) -> bool:
    """Whether a host name or address means this machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
