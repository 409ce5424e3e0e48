"""What people allowed the client to do: grants, the tokens made from them, and how both end."""

import secrets
import threading
from collections.abc import Iterable

from sandbox.clock import Clock
from sandbox.model import AccessToken, Grant
from sandbox.store import Store

# Google keeps this many refresh tokens per account and client; one more silently kills the oldest.
REFRESH_TOKEN_LIMIT = 100


class Grants:
    """All grants and tokens, found by token without a search."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.token_lifetime = 3600
        self._store = store
        self._clock = clock
        self._lock = threading.RLock()
        self._grants: dict[tuple[int, str], Grant] = {}
        self._refresh: dict[str, Grant] = {}
        self._access: dict[str, AccessToken] = {}
        for grant in store.grants():
            self._grants[grant.account_id, grant.client_id] = grant
            self._refresh |= dict.fromkeys(grant.refresh_tokens, grant)
        for token in store.access_tokens():
            if token.expires > clock.seconds():
                self._access[token.token] = token

    def find(self, account_id: int, client_id: str) -> Grant | None:
        """The grant of an account to a client, if there is one."""
        return self._grants.get((account_id, client_id))

    def allow(self, account_id: int, client_id: str, scopes: Iterable[str]) -> Grant:
        """Add scopes to a grant, which is made if need be."""
        with self._lock:
            key = (account_id, client_id)
            grant = self._grants.setdefault(key, Grant(account_id, client_id, set()))
            grant.scopes |= set(scopes)
            self._store.save_grant(grant)
            return grant

    def refresh_token(self, grant: Grant) -> str:
        """A new refresh token of a grant."""
        token = f"1//0{secrets.token_urlsafe(48)}"
        with self._lock:
            grant.refresh_tokens.append(token)
            self._refresh[token] = grant
            for old in grant.refresh_tokens[:-REFRESH_TOKEN_LIMIT]:
                self._refresh.pop(old, None)
            del grant.refresh_tokens[:-REFRESH_TOKEN_LIMIT]
            self._store.save_grant(grant)
        return token

    def access_token(self, grant: Grant, scopes: Iterable[str]) -> AccessToken:
        """A new access token of a grant, for some of its scopes."""
        token = AccessToken(
            f"ya29.{secrets.token_urlsafe(96)}",
            grant.account_id,
            grant.client_id,
            frozenset(scopes),
            self._clock.seconds() + self.token_lifetime,
        )
        with self._lock:
            self._access[token.token] = token
            self._store.save_access_token(token)
        return token

    def by_refresh(self, token: str) -> Grant | None:
        """The grant of a living refresh token."""
        return self._refresh.get(token)

    def by_access(self, token: str) -> AccessToken | None:
        """A living access token."""
        found = self._access.get(token)
        return found if found and found.expires > self._clock.seconds() else None

    def revoke(self, token: str) -> bool:
        """End the whole grant that a token of either kind belongs to; False if the token is unknown."""
        grant = self._refresh.get(token)
        access = self.by_access(token)
        if grant is None and access is not None:
            grant = self.find(access.account_id, access.client_id)
        if grant is None:
            return False
        self.end(grant)
        return True

    def end(self, grant: Grant) -> None:
        """End a grant with all its tokens, as when a person removes the client from their account."""
        with self._lock:
            self._grants.pop((grant.account_id, grant.client_id), None)
            for token in grant.refresh_tokens:
                self._refresh.pop(token, None)
            key = (grant.account_id, grant.client_id)
            for name, access in list(self._access.items()):
                if (access.account_id, access.client_id) == key:
                    del self._access[name]
            self._store.delete_grant(grant)

    def of_account(self, account_id: int) -> list[Grant]:
        """All grants of an account."""
        return [grant for key, grant in list(self._grants.items()) if key[0] == account_id]

    def expire_access(self, account_id: int | None) -> int:
        """Let access tokens run out now: of one account, or all. Returns how many."""
        with self._lock:
            ended = [
                token
                for token in self._access.values()
                if account_id is None or token.account_id == account_id
            ]
            for token in ended:
                token.expires = 0.0
                del self._access[token.token]
                self._store.write("DELETE FROM access_tokens WHERE token = ?", (token.token,))
        return len(ended)

    def clear(self) -> None:
        """Forget all grants."""
        with self._lock:
            self._grants.clear()
            self._refresh.clear()
            self._access.clear()
