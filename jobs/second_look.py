"""Asks a language model about mails whose reading is uncertain, where operator and user both want that.

It stands between reading and storing, so no transaction is open while the model thinks. Whatever goes
wrong, our own verdict stays. What is asked and what is believed: docs/decisions/0010-second-look.md.
"""

import logging
import math
import time
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from redis.exceptions import RedisError

from hearback.config import settings
from hearback.language_model import client
from hearback.language_model.answer import Answer, believed
from hearback.language_model.question import Question, question
from hearback.logs import event
from hearback.mail import context
from hearback.mail.parse import ParsedMail
from hearback.mail.restate import restated
from hearback.mail.senders import sender_kind
from hearback.mail.sentences import normalised
from hearback.mail.verdict import INTERVIEWING, KEEPS_CONTENT, STATUS_CHANGING, Category, Verdict
from hearback.models import AskedDay, Mailbox, ModelAnswer, Outcome, User, now
from jobs import metrics
from jobs.breaker import Breaker

log = logging.getLogger(__name__)

# Below this a verdict is no candidate for anything; above the settings' threshold nobody needs help.
LEAST = 0.3
# How much a mail must be about jobs before anybody is asked: where it looks like one of ours, or not.
SOME_JOB, ABOUT_JOBS = 0.7, 0.9
# Two readers who agree are sure; where the model alone says so it is believed in what can be mended.
AGREED, BELIEVED, DISPUTED = 0.9, 0.85, 0.7
# With less time left than this, no answer is to be expected.
LEAST_SECONDS = 0.2
BREAKER = Breaker("language-model")

MEANINGS: dict[str, str] = {
    Category.acknowledgment: "the employer has received the application",
    Category.under_review: "the application is being looked at; no decision and no request yet",
    Category.assessment: "the reader is to do a test, a task or a recorded interview",
    Category.interview_invitation: "the reader is invited to a talk with people, or it is confirmed",
    Category.scheduling_request: "the reader is to choose or name a time for a talk",
    Category.interview_change: "an agreed talk is moved or cancelled",
    Category.information_request: "the reader is to send or answer something",
    Category.offer: "the job is offered to the reader",
    Category.rejection: "the application goes no further",
    Category.outreach: "a recruiter or employer writes first, about a job not applied for",
    Category.job_alert: "a list of openings, or an advert for jobs",
    Category.other: "anything else, also mail about work that is about no application of the reader's",
}


class Waiting(Protocol):
    """Whatever may wait for answers, and has waited so many seconds: a look at a mailbox, a file."""

    waited: float


@dataclass
class Unhurried:
    """A piece of work that nobody else counts for."""

    waited: float = 0.0


def looker(mailbox: Mailbox, work: Waiting) -> "Looker | None":
    """Who looks a second time at this mailbox's mail; None where nobody may."""
    if not settings().llm_base_url:
        return None
    allowed = User.select().where((User.id == mailbox.user_id) & User.second_look)
    return Looker(mailbox, work) if allowed.exists() else None


class Looker:
    """Looks at mails of one piece of work. All its waiting together lasts no longer than LLM_TIMEOUT."""

    def __init__(self, mailbox: Mailbox, work: Waiting) -> None:
        self._mailbox = mailbox
        self._work = work

    @property
    def _left(self) -> float:
        return settings().llm_timeout - self._work.waited

    def __call__(
        self, mail: ParsedMail, verdict: Verdict, received: datetime
    ) -> tuple[Verdict, dict[str, Any]]:
        """The verdict that stands, and beside a changed one what we and what the model said."""
        if not uncertain(mail, verdict):
            return verdict, {}
        answer = self._answer(question(mail.subject, mail.fresh, MEANINGS))
        if answer is None:
            return verdict, {}
        own = {"category": verdict.category, "confidence": verdict.confidence}
        beside = {"model": settings().llm_model, "said": answer.category, "own": own}
        return weighed(mail, verdict, answer, received), {"second_look": beside}

    def _answer(self, asked: Question) -> Answer | None:
        """The answer that is kept or given; None where there is none that stands up."""
        at, key = now(), asked.key(settings().llm_model)
        kept = ModelAnswer.known(self._mailbox.user_id, key, at)
        outcome = f"cached_{kept.outcome}" if kept else self._hindrance(at)
        if not outcome:
            outcome, answer = self._ask(asked)
            kept = ModelAnswer.keep(
                self._mailbox.user_id, key, mailbox=self._mailbox.id, asked_at=at, **_kept(outcome, answer)
            )
        metrics.count("second_looks_total", outcome=outcome)
        log.info(event("mail.second_look", mailbox=self._mailbox.id, outcome=str(outcome)))
        if kept is None or kept.outcome != Outcome.TAKEN:
            return None
        return Answer(kept.category, kept.quote or "", kept.company, kept.role)

    def _hindrance(self, at: datetime) -> str:
        """Why nobody is asked now; empty where one may be, which is then counted."""
        if self._left < LEAST_SECONDS:
            return "no_time"
        try:
            if BREAKER.resting():
                return "resting"
        except RedisError:
            return "no_redis"
        return "" if AskedDay.take(at, settings().llm_daily_budget) else "no_budget"

    def _ask(self, asked: Question) -> tuple[str, Answer | None]:
        known, started, fault = settings(), time.monotonic(), ""
        server = client.Server(known.llm_base_url, known.llm_api_key)
        answer = None
        try:
            body = asked.body(known.llm_model, known.secret_key.encode())
            answer = believed(asked, client.ask(server, body, self._left))
        except client.NoAnswer as none:
            fault = str(none)
        passed = time.monotonic() - started
        metrics.observe("second_look_seconds", passed)
        # A server that failed once is not waited for again by this piece of work.
        self._work.waited = math.inf if fault else self._work.waited + passed
        try:
            BREAKER.told(not fault)
        except RedisError as lost:
            log.warning(event("breaker.lost", fault=type(lost).__name__))
        return fault or (Outcome.TAKEN if answer else Outcome.REFUSED), answer


def uncertain(mail: ParsedMail, verdict: Verdict) -> bool:
    """Whether this looks like mail about an application of the reader's own, and we are not sure of it."""
    if not LEAST <= verdict.confidence < settings().confidence_threshold:
        return False
    if verdict.category not in KEEPS_CONTENT | {Category.other}:
        return False
    text = normalised(f"{mail.subject}\n{mail.fresh}")
    wanted = SOME_JOB if verdict.category in KEEPS_CONTENT else ABOUT_JOBS
    return context.read(mail, text, sender_kind(mail)).factor >= wanted


def weighed(mail: ParsedMail, verdict: Verdict, answer: Answer, received: datetime) -> Verdict:
    """Our verdict and the model's answer as one. Pure.

    Where they agree it is sure. Where they do not, the model is believed in what changes little; what moves
    an application, or would leave nothing of a mail that may have moved one, is for the user to say. So
    no mail can talk a model into more than its words had made us think of.
    """
    said = Category(answer.category)
    same = {said, verdict.category} <= INTERVIEWING if said in INTERVIEWING else said is verdict.category
    if same:
        return replace(
            verdict,
            confidence=max(verdict.confidence, AGREED),
            evidence=verdict.evidence or answer.quote,
            company=verdict.company or answer.company,
            role=verdict.role or answer.role,
        )
    moves = {said, verdict.category} & STATUS_CHANGING
    if said not in KEEPS_CONTENT and moves:
        return verdict
    unsure = min(DISPUTED, settings().confidence_threshold - 0.05)
    told = restated(mail, said, unsure if moves else BELIEVED, answer.quote, received)
    return replace(told, company=told.company or answer.company, role=told.role or answer.role)


def _kept(outcome: str, answer: Answer | None) -> dict[str, Any]:
    """What is kept of an answer. Of mail that is not about a job no word stays."""
    if answer is None:
        stays = outcome if outcome == Outcome.REFUSED else Outcome.FAILED
        return {"outcome": stays}
    words = {"quote": answer.quote, "company": answer.company, "role": answer.role}
    if answer.category not in KEEPS_CONTENT:
        words = dict.fromkeys(words)
    return {"outcome": Outcome.TAKEN, "category": answer.category, **words}
