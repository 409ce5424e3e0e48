"""What the rules say of a whole mail: a score for each category, kinds of sentences weighed against each other.

The numbers are judged by hand on the wording of such mail. Weights of sentences are in
`rules.py`; a factor below 1 says how much a kind of sentence still counts beside another.
"""

from collections import defaultdict
from collections.abc import Iterable

from hearback.mail.context import Context
from hearback.mail.evidence import Finding
from hearback.mail.rules import DECISIVE, FAIR, STRONG
from hearback.mail.sentences import Sentence
from hearback.mail.verdict import ABOUT_MINE, INTERVIEWING, STATUS_CHANGING, Category

# What nothing but a polite word or two reaches; below it a mail is about something else.
NOTHING = 1.7
# As much polite regret as only a refusal has.
_REFUSAL = 2.7
_CLEAR = STRONG + 0.4  # between a strong and a decisive sentence
# Further sentences of a category count less and less.
_REPEATED = (1.0, 0.45, 0.3, 0.15)
_ANSWERS = (Category.acknowledgment, Category.under_review, Category.information_request)
_FORWARD = STATUS_CHANGING - {Category.rejection}


class Balance:
    """What speaks for each category, while one kind of sentence takes from another."""

    def __init__(self, findings: list[Finding], where: Context) -> None:
        self.where = where
        self.best = _best(findings)
        self.scores = _scores(findings)
        # What was said, before it is known how much the mail is about jobs.
        self.stated_rejection = self.scores.get(Category.rejection, 0.0)

    def settle(self, forwarded: bool, private: bool, invited: bool, from_test_vendor: bool) -> None:
        """Weigh every kind of sentence against the others; once."""
        self._apply_context(forwarded)
        self._settle_rejection()
        self._settle_progress()
        self._settle_outreach(private, invited)
        self._settle_others(from_test_vendor)

    def weight(self, category: Category) -> float:
        """That of the category's heaviest sentence."""
        finding = self.best.get(category)
        return finding.weight if finding else 0.0

    def scale(self, categories: Iterable[Category], factor: float) -> None:
        for category in categories:
            if category in self.scores:
                self.scores[category] *= factor

    def _apply_context(self, forwarded: bool) -> None:
        """Words about jobs weigh less in a mail that is about something else."""
        factor = self.where.factor
        # Times for a call are asked for in few words; a refusal or a receipt says of what.
        brief = INTERVIEWING | {Category.assessment}
        rest = (ABOUT_MINE | {Category.outreach}) - brief
        self.scale(brief, factor)
        self.scale(rest, factor if factor > 0.5 else factor * 0.9)
        if forwarded:
            named = {c for c in STATUS_CHANGING & self.best.keys() if self.best[c].sentence.subject}
            self.scale(named, 0.4)

    def _settle_rejection(self) -> None:
        """Thanks and praise yield to a refusal; regret alone is as usual in receipts."""
        weight = self.weight(Category.rejection)
        refused = self.stated_rejection if weight >= FAIR else 0.0
        if weight < STRONG and self.weight(Category.acknowledgment) >= _CLEAR:
            # A plain receipt may regret many things; it refuses in plain words only.
            self.scale([Category.rejection], 0.6)
            refused *= 0.6
        if refused < _REFUSAL:
            self.scale([Category.rejection], 0.5)
            return
        self.scale([c for c in _FORWARD if self.weight(c) < DECISIVE + 0.3], 0.4)
        self.scale([*_ANSWERS, Category.outreach], 0.35)
        if self.weight(Category.other) < DECISIVE:
            self.scale([Category.other], 0.35)

    def _settle_progress(self) -> None:
        """A step forward outweighs the receipt around it, an offer the talk about a call."""
        moving = max(self.weight(category) for category in _FORWARD)
        received = self.weight(Category.acknowledgment)
        if moving >= _CLEAR and max(self.scores.get(c, 0.0) for c in STATUS_CHANGING) >= 2.5:
            if moving >= DECISIVE - 0.3:
                self.scale([Category.acknowledgment], 0.4)
                self.scale([Category.under_review], 0.6)
            else:
                self.scale([Category.acknowledgment], 0.9 if received >= _CLEAR else 0.8)
                self.scale([Category.under_review], 0.8)
                self.scale(_FORWARD, 0.8 if received >= _CLEAR else 1.0)
            self.scale([Category.information_request], 0.6)
        if self.scores.get(Category.offer, 0.0) >= DECISIVE * 0.8:
            self.scale([*INTERVIEWING, Category.information_request], 0.6)
        if self.weight(Category.interview_change) >= DECISIVE:
            self.scale([*(INTERVIEWING - {Category.interview_change}), Category.rejection], 0.6)
        if received >= STRONG and self.weight(Category.under_review) < STRONG + 0.5:
            self.scale([Category.under_review], 0.75)

    def _settle_outreach(self, private: bool, invited: bool) -> None:
        """A recruiter's first mail also asks for a call; it is no answer to an application."""
        finding = self.best.get(Category.outreach)
        if finding is None:
            return
        if self.where.ongoing or self.where.reply or invited:
            self.scale([Category.outreach], 0.35)
            return
        if finding.sentence.subject:
            # "position" in a subject alone tells little, but much beside a private address.
            self.scale([Category.outreach], 1.6 if private else 0.8)
        if finding.weight >= FAIR:
            self.scale([*INTERVIEWING, *_ANSWERS], 0.5 if finding.weight >= STRONG else 0.7)

    def _settle_others(self, from_test_vendor: bool) -> None:
        """Adverts below an answer do not hide it; words of other trades weaken what is unclear."""
        mine = max(self.weight(category) for category in ABOUT_MINE)
        other = self.weight(Category.other)
        if self.where.applied and mine >= STRONG:
            self.scale([Category.job_alert], 0.45)
            self.scale([Category.other], 0.5 if other < DECISIVE + 1 else 1.0)
        elif other >= STRONG or Category.job_alert in self.scores:
            self.scale(ABOUT_MINE, 0.75)
        if from_test_vendor:
            self.scale([Category.assessment], 1.15)
            self.scale([Category.interview_invitation], 0.9)
        self.scores[Category.other] = max(self.scores.get(Category.other, 0.0), NOTHING)


def _best(findings: list[Finding]) -> dict[Category, Finding]:
    """The heaviest finding of each category; of equals the body's, and there the first."""
    best: dict[Category, Finding] = {}
    for finding in findings:
        held = best.get(finding.category)
        if held is None or (finding.weight, held.sentence.subject) > (held.weight, False):
            best[finding.category] = finding
    return best


def _scores(findings: list[Finding]) -> dict[Category, float]:
    """The heaviest sentence counts whole, further ones less and less."""
    weights: dict[Category, dict[Sentence, float]] = defaultdict(dict)
    for finding in findings:
        held = weights[finding.category]
        known = held.get(finding.sentence, 0.0)
        held[finding.sentence] = max(known, finding.weight) + 0.3 * min(known, finding.weight, FAIR)
    return {category: _faded(held.values()) for category, held in weights.items()}


def _faded(weights: Iterable[float]) -> float:
    return sum(w * f for w, f in zip(sorted(weights, reverse=True), _REPEATED, strict=False))
