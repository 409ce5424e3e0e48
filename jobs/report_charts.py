"""The charts of a monthly report, and the tables that say the same."""

from collections.abc import Sequence

from hearback.charts import Bar, Bars, Flow, Node, Sankey
from hearback.models import Stage, Status
from hearback.words import plural
from jobs.figures_month import APPLIED_ONLY, Month, Tally
from jobs.periods import Period
from jobs.report_words import TONES, Cell, cells, month_name, status_word

# From the top of the picture down, so that the way from interview to offer crosses little.
REACHED = {
    APPLIED_ONLY: ("Applied", "sent"),
    Stage.IN_REVIEW.value: ("In review", "review"),
    Stage.INTERVIEW.value: ("Interview", "talk"),
    Stage.OFFER.value: ("Offer", "offer"),
}
ENDS = {
    "open": ("Still open", "sent"),
    **{
        status.value: (status_word(status), TONES[status])
        for status in (
            Status.REJECTED,
            Status.ARCHIVED,
            Status.WITHDRAWN,
            Status.OFFER_DECLINED,
            Status.OFFER_ACCEPTED,
        )
    },
}


def funnel(month: Month, period: Period) -> Sankey:
    """From sending over the furthest stage to where they stand at the month's end."""
    name = month_name(period)
    nodes = [
        Node("new", f"Sent in {name[:3]}", 0, "sent"),
        Node("old", "From before", 0, "quiet"),
        *(Node(f"got {key}", word, 1, tone) for key, (word, tone) in REACHED.items()),
        *(Node(f"end {key}", word, 2, tone) for key, (word, tone) in ENDS.items()),
    ]
    flows: dict[tuple[str, str], int] = {}
    for (origin, reached, end), count in month.flows.items():
        for pair in ((origin, f"got {reached}"), (f"got {reached}", f"end {end}")):
            flows[pair] = flows.get(pair, 0) + count
    return Sankey(
        f"Where applications went in {name}",
        _in_words(month),
        ("In play", "Got as far as", f"End of {name[:3]}"),
        nodes,
        [Flow(source, target, count) for (source, target), count in flows.items()],
    )


def _in_words(month: Month) -> str:
    total = sum(month.flows.values())
    got = {key: sum(n for (_, r, _), n in month.flows.items() if r == key) for key in REACHED}
    said = [f"{got[key]} got as far as {word.lower()}" for key, (word, _) in REACHED.items() if got[key]]
    return f"Of {plural(total, 'application')}, {', '.join(said)}."


def funnel_table(month: Month) -> tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]]:
    """Heads and rows: the furthest stage against where they stand."""
    ends = [end for end in ENDS if any(end == one for _, _, one in month.flows)]
    rows = []
    for reached, (word, _) in REACHED.items():
        counts = [sum(n for (_, r, e), n in month.flows.items() if (r, e) == (reached, end)) for end in ends]
        if any(counts):
            rows.append(cells(word, *counts, sum(counts)))
    return ("Got as far as", *(ENDS[end][0] for end in ends), "All"), tuple(rows)


def compared(month: Month, before: Month, name_before: str) -> Bars:
    """The month's counts, with those of the month before behind them."""
    counts = (
        ("Sent", "sent", month.sent, before.sent),
        ("Answers", "review", month.answers, before.answers),
        ("Interviews", "talk", month.interviews, before.interviews),
        ("Offers", "offer", month.offers, before.offers),
        ("Rejections", "no", month.rejections, before.rejections),
    )
    bars = [Bar(word, tone, now, f"{now}, before {was}", was) for word, tone, now, was in counts]
    said = ", ".join(f"{word.lower()} {now} after {was}" for word, _, now, was in counts)
    return Bars(f"Against {name_before}", f"{said.capitalize()}. The pale bars are {name_before}.", bars)


def by_source(ranked: Sequence[tuple[str, Tally]]) -> Bars:
    """How many were answered of what was in play, for each way that an application went out."""
    bars = [
        Bar(name, "review", one.answered, f"{one.answered} of {one.in_play} answered", one.in_play)
        for name, one in ranked
    ]
    said = ", ".join(f"{name} {one.answered} of {one.in_play}" for name, one in ranked)
    return Bars("Answered, by source", f"{said}.", bars)
