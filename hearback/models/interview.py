"""The interviews of one application, as its mails tell of them one after the other."""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from hearback.models.event import Fact

# What an interview takes when the mail gives no end.
USUAL_LENGTH = dt.timedelta(hours=1)


class InterviewState(StrEnum):
    """PROPOSED: the employer offers times. CONFIRMED: it stands. The others are past tense."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    MOVED = "moved"
    CANCELLED = "cancelled"


LIVE = frozenset({InterviewState.PROPOSED, InterviewState.CONFIRMED})


@dataclass
class Interview:
    """One time that a mail named."""

    start: dt.datetime
    end: dt.datetime
    state: InterviewState
    event: int
    interviewer: str | None = None
    place: str | None = None


@dataclass
class Interviews:
    """All times named so far; `take` reads one more mail."""

    known: list[Interview] = field(default_factory=list)

    def take(self, fact: Fact) -> None:
        """Take in what a mail says of interviews: proposed, confirmed, moved or cancelled."""
        if fact.category == "interview_change":
            self._change(fact)
        elif fact.category in {"interview_invitation", "scheduling_request"}:
            confirmed = fact.interview == "confirmed" or (
                fact.interview is None and fact.category == "interview_invitation" and len(fact.dates) == 1
            )
            if confirmed and fact.dates:
                # A fixed time settles what was only proposed.
                self.known = [i for i in self.known if i.state is not InterviewState.PROPOSED]
            self._add(fact, InterviewState.CONFIRMED if confirmed else InterviewState.PROPOSED)

    def _change(self, fact: Fact) -> None:
        live = [i for i in self.known if i.state in LIVE]
        if fact.interview == "cancelled":
            # A cancellation that names a time means that one; else all that still stands.
            starts = {start for start, _ in fact.dates}
            named = [i for i in live if i.start in starts]
            for interview in named or live:
                interview.state = InterviewState.CANCELLED
            return
        for interview in live:
            interview.state = InterviewState.MOVED
        fixed = len(fact.dates) == 1
        self._add(fact, InterviewState.CONFIRMED if fixed else InterviewState.PROPOSED)

    def _add(self, fact: Fact, state: InterviewState) -> None:
        for start, end in fact.dates:
            # A second mail about one time need not say again who comes, and where.
            before = next((i for i in self.known if i.start == start), None)
            who = fact.interviewer or (before.interviewer if before else None)
            where = fact.place or (before.place if before else None)
            self.known = [i for i in self.known if i is not before]
            self.known.append(Interview(start, end or start + USUAL_LENGTH, state, fact.id, who, where))

    def last_end(self, since: dt.datetime) -> dt.datetime | None:
        """When the last confirmed interview that ends after `since` ends."""
        ends = [i.end for i in self.known if i.state is InterviewState.CONFIRMED and i.end > since]
        return max(ends, default=None)

    def as_json(self) -> list[dict[str, Any]]:
        """Plain values for the application's row, in order of time."""
        return [
            {
                "start": i.start.isoformat(),
                "end": i.end.isoformat(),
                "state": i.state.value,
                "event": i.event,
                "interviewer": i.interviewer,
                "place": i.place,
            }
            for i in sorted(self.known, key=lambda i: (i.start, i.event))
        ]
