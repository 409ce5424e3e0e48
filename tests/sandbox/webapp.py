"""A web app that signs people in at the sandbox, with Authlib and PKCE, as the product does."""

import secrets
from typing import Any

import requests
from authlib.integrations.requests_client import OAuth2Session

from sandbox.client import SandboxControl
from tests.sandbox.conftest import ROBIN
from tests.sandbox.person import Person, Returned

CALLBACK = "http://localhost:8000/signin/callback"
READ = "https://www.googleapis.com/auth/gmail.readonly"
SEND = "https://www.googleapis.com/auth/gmail.send"
SCOPES = f"openid email profile {READ} {SEND}"


class App:
    """An app that signs people in with Authlib."""

    def __init__(self, sandbox: SandboxControl, scope: str = SCOPES) -> None:
        self.url = sandbox.url
        self.person = Person(sandbox.url)
        configuration = f"{sandbox.url}/.well-known/openid-configuration"
        self.found: dict[str, Any] = requests.get(configuration, timeout=10).json()
        self.verifier = secrets.token_urlsafe(48)
        self.client = OAuth2Session(
            "sandbox-client",
            "sandbox-secret",
            scope=scope,
            redirect_uri=CALLBACK,
            code_challenge_method="S256",
            token_endpoint_auth_method="client_secret_post",
        )
        self.client.trust_env = False

    def ask(self, **parameters: str) -> requests.Response | Returned:
        """Send the person to the authorization endpoint."""
        wanted = {"access_type": "offline", "code_verifier": self.verifier} | parameters
        endpoint = self.found["authorization_endpoint"]
        url, self.state = self.client.create_authorization_url(endpoint, **wanted)
        return self.person.visit(url)

    def finish(self, page: requests.Response | Returned, address: str = ROBIN) -> dict[str, str]:
        """Do what the pages ask, and give what comes back to the app."""
        if isinstance(page, requests.Response) and 'type="email"' in page.text:
            page = self.person.choose(page, address)
        if isinstance(page, requests.Response):
            page = self.person.decide(page)
        assert isinstance(page, Returned)
        assert page.url.startswith(CALLBACK)
        return page.answer

    def trade(self, code: str) -> dict[str, Any]:
        """Trade a code for tokens."""
        found: dict[str, Any] = self.client.fetch_token(
            self.found["token_endpoint"], code=code, code_verifier=self.verifier
        )
        return found

    def token(self, **form: str) -> requests.Response:
        """Any call of the token endpoint with the right client."""
        client = {"client_id": "sandbox-client", "client_secret": "sandbox-secret"}
        return requests.post(self.found["token_endpoint"], data=client | form, timeout=10)
