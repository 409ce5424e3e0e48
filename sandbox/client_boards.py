"""The part of the typed client that opens and closes jobs on the local boards."""

from typing import Any

from sandbox.client_call import Caller


class BoardControl(Caller):
    """What can be done to the local job boards."""

    def jobs(self) -> list[dict[str, Any]]:
        """Everything that is open: id, company, title, place, boards, posted, until."""
        found: list[dict[str, Any]] = self._call("GET", "jobs")["jobs"]
        return found

    def open_job(self, company: str, title: str, **more: Any) -> int:
        """Open a job; `more` are trade, place, own, away, kind, also, pay, days and until. Returns its id."""
        return int(self._post("jobs", company=company, title=title, **more)["id"])

    def close_job(self, number: int) -> None:
        """Take a job off every board."""
        self._call("DELETE", f"jobs/{number}")
