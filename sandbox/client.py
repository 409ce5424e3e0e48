"""A typed client of the control API, for the demo, the tests and the benchmarks."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Unpack

from sandbox.client_boards import BoardControl
from sandbox.client_call import ControlError
from sandbox.client_values import Delivered, Mail, Tokens, mail_fields, read_delivered

__all__ = ["ControlError", "Delivered", "Mail", "SandboxControl", "Tokens"]


class SandboxControl(BoardControl):
    """The sandbox at `url`. Methods raise ControlError on refusal, requests' errors when it is away."""

    # Accounts and tokens.

    def create_account(self, address: str, name: str = "") -> dict[str, Any]:
        """Make a mailbox; one that exists stays as it is."""
        found: dict[str, Any] = self._post("accounts", address=address, name=name)["accounts"][0]
        return found

    def create_accounts(self, addresses: Iterable[str]) -> list[dict[str, Any]]:
        """Make many mailboxes in one call."""
        accounts = [{"address": address} for address in addresses]
        found: list[dict[str, Any]] = self._post("accounts", accounts=accounts)["accounts"]
        return found

    def account(self, address: str) -> dict[str, Any]:
        """A mailbox's history ids, counts, watch, grants and calls."""
        return self._call("GET", f"accounts/{address}")

    def messages(
        self, address: str, label: str = "", limit: int = 50, raw: bool = False
    ) -> list[dict[str, Any]]:
        """A mailbox's mails, newest first; `raw` adds the base64url bytes."""
        query = {"label": label, "limit": limit, "raw": "1" if raw else ""}
        found: list[dict[str, Any]] = self._call("GET", f"accounts/{address}/messages", params=query)[
            "messages"
        ]
        return found

    def grant(self, address: str, scopes: str | Sequence[str] | None = None) -> Tokens:
        """Tokens as after a consent; without `scopes`, those for signing in, reading and sending."""
        wanted = scopes if scopes is None or isinstance(scopes, str) else list(scopes)
        found = self._post("grants", address=address, scopes=wanted)
        return Tokens(**{name: found[name] for name in Tokens.__dataclass_fields__})

    def revoke(self, address: str) -> int:
        """The person removes the client from their account; returns how many grants ended."""
        return int(self._post("revoke", address=address)["revoked"])

    def expire_tokens(self, address: str | None = None) -> int:
        """Access tokens run out now, of one account or all; returns how many."""
        return int(self._post("expire-tokens", address=address)["expired"])

    # Mail.

    def deliver(self, address: str, **mail: Unpack[Mail]) -> Delivered:
        """Deliver one mail."""
        return read_delivered(self._post("deliver", **mail_fields(address, mail)))

    def deliver_many(self, mails: Iterable[tuple[str, Mail]]) -> list[Delivered]:
        """Deliver many mails, as (address, mail); ControlError if any is refused.

        `raw` is about three times as fast as fields.
        """
        answer = self._post("deliver-many", mails=[mail_fields(a, mail) for a, mail in mails])
        if answer["failed"]:
            raise ControlError(str(answer["failed"]))
        return [read_delivered(entry) for entry in answer["delivered"]]

    def deliver_mbox(self, address: str, path: Path, own_dates: bool = True) -> dict[str, Any]:
        """Deliver an mbox file, oldest first; returns `delivered` and the named failures."""
        query = {"address": address, "dates": "header" if own_dates else "now"}
        with path.open("rb") as file:
            return self._call("POST", "mbox", params=query, data=file)

    def delete(self, address: str, message_id: str) -> None:
        """The person deletes a mail for good."""
        self._post("delete", address=address, id=message_id)

    def change_labels(
        self, address: str, message_id: str, add: Sequence[str] = (), remove: Sequence[str] = ()
    ) -> None:
        """The person changes a mail's labels."""
        change = {"add": list(add), "remove": list(remove)}
        self._post("labels", address=address, id=message_id, **change)

    def expire_history(self, address: str) -> int:
        """Make all history ids handed out so far too old; returns the oldest that works now."""
        return int(self._post("expire-history", address=address)["historyFloor"])

    # Faults and settings.

    def fault(
        self,
        endpoint: str,
        kind: str,
        *,
        count: int | None = None,
        probability: float = 1.0,
        seed: int | None = None,
        seconds: float = 0.0,
        address: str = "",
        message: str = "",
        after: bool = False,
    ) -> int:
        """Order a fault; returns its number.

        `endpoint`: `history.list`, `messages.*`, `oauth.token`, `batch`, `gmail`, `*` or `push`.
        `kind`: 401, 403, 429, 500, 503, reset, hang, latency, cut (half an answer); for pushes drop,
        double, delay, reorder. Google's words by name: userRateLimit, dailyLimit, perUserQuota, 429-until
        and 403-until (the text says how long to wait), domainPolicy, insufficientPermissions,
        failedPrecondition, badRequest, watchTaken, badPageToken (hits only calls that bring a token).
        `message`: only calls for this message's id. `after`: the call does its work first, and only then
        its answer fails.
        """
        order = {"endpoint": endpoint, "kind": kind, "count": count, "probability": probability}
        order |= {"seed": seed, "seconds": seconds, "address": address, "message": message, "after": after}
        return int(self._post("faults", **order)["id"])

    def faults(self) -> list[dict[str, Any]]:
        """All ordered faults with their hits."""
        found: list[dict[str, Any]] = self._call("GET", "faults")["faults"]
        return found

    def clear_faults(self) -> None:
        """Take all faults back and let go what hangs."""
        self._call("DELETE", "faults")

    def settings(self, **changes: str | float | bool) -> dict[str, Any]:
        """Change settings (push_url, topic, search_lag, history_lag, push_coalesce ...); returns all."""
        return self._post("settings", **changes)

    def advance_clock(self, seconds: float) -> None:
        """Let time pass for mail dates, searches, tokens and watches."""
        self._post("clock", seconds=seconds)

    def rotate_keys(self, retire: bool = False) -> str:
        """Sign with a new key; `retire` stops publishing the old ones. Returns the new kid."""
        return str(self._post("keys/rotate", retire=retire)["kid"])

    # What happened.

    def pushes(self, address: str = "") -> list[dict[str, Any]]:
        """The last push attempts with their answers, oldest first."""
        found: list[dict[str, Any]] = self._call("GET", "pushes", params={"address": address})["pushes"]
        return found

    def clear_pushes(self) -> None:
        """Forget the log of pushes."""
        self._call("DELETE", "pushes")

    def calls(self, address: str | None = None) -> dict[str, Any]:
        """Quota units, calls by endpoint, answers by status, and the last calls; of all or one account."""
        return self._call("GET", "calls", params={"address": address})

    def clear_calls(self) -> None:
        """Start counting calls anew."""
        self._call("DELETE", "calls")

    def wait_idle(self, timeout: float = 10.0) -> bool:
        """Wait until no push is waiting, under way or to be retried; False if `timeout` seconds pass."""
        return bool(self._post("wait-idle", timeout=timeout)["idle"])

    def reset(self) -> None:
        """Back to an empty sandbox with the settings of its start."""
        self._post("reset")
