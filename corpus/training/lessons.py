"""How a network learns: from the corpus itself, or from a larger network that has."""

import logging
import math
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from corpus.training.examples import Example, mixed, varied
from corpus.training.network import Network
from hearback.mail import encoder
from hearback.mail.verdict import Category

log = logging.getLogger(__name__)

BATCH = 32
_SMOOTHING = 0.05
_SOFTNESS = 2.0
_UNLABELLED = -100
# Of these, no words decide: they are what is left.
_UNDECIDED = frozenset({Category.outreach, Category.job_alert, Category.other})


@dataclass(frozen=True)
class Row:
    """One mail in tokens. `tags` say which tokens stand in a deciding sentence."""

    ids: list[int]
    tags: list[float]
    label: int
    marked: bool


@dataclass(frozen=True)
class Batch:
    """Rows of about one length. `rows` are their places among all."""

    rows: list[int]
    ids: Tensor
    mask: Tensor
    tags: Tensor
    labels: Tensor
    marked: Tensor


def row(one: Example, most: int, labelled: bool = True) -> Row:
    """A mail as the network reads it, at most `most` tokens of it."""
    tokens = encoder.tokenized(one.sentences, one.telling, most)
    tags = [float(place in one.decisive) for place in tokens.places]
    marked = bool(one.decisive) or Category(one.template.category) in _UNDECIDED
    return Row(tokens.ids, tags, one.category if labelled else _UNLABELLED, marked)


def batches(rows: Sequence[Row], size: int, draw: random.Random | None = None) -> Iterator[Batch]:
    """All rows, in batches of mails of about one length; shuffled if `draw` is given."""
    spread = draw.random if draw else lambda: 0.0
    order = sorted(range(len(rows)), key=lambda place: len(rows[place].ids) + 16 * spread())
    cut = [order[start : start + size] for start in range(0, len(order), size)]
    if draw:
        draw.shuffle(cut)
    for places in cut:
        chosen = [rows[place] for place in places]
        # Few different lengths: each is a program of its own to the library below.
        longest = -(-max(len(one.ids) for one in chosen) // 8) * 8
        filled = [longest - len(one.ids) for one in chosen]
        yield Batch(
            places,
            torch.tensor([one.ids + [0] * gap for one, gap in zip(chosen, filled, strict=True)]),
            torch.tensor(
                [[1.0] * len(one.ids) + [0.0] * gap for one, gap in zip(chosen, filled, strict=True)]
            ),
            torch.tensor([one.tags + [0.0] * gap for one, gap in zip(chosen, filled, strict=True)]),
            torch.tensor([one.label for one in chosen]),
            torch.tensor([float(one.marked) for one in chosen]),
        )


def logits(network: Network, rows: Sequence[Row]) -> Tensor:
    """What the network thinks of each row, (rows, 12)."""
    network.eval()
    found = torch.zeros(len(rows), len(encoder.CATEGORIES))
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        for batch in batches(rows, 64):
            found[batch.rows] = network(batch.ids, batch.mask)[0].float()
    return found


def learn(network: Network, mails: Sequence[Sequence[Example]], epochs: int, rate: float, most: int) -> None:
    """Teach a network the corpus, one form of each mail in each epoch."""
    draw = random.Random(0)  # noqa: S311

    def lesson() -> tuple[list[Row], None]:
        return [row(varied(draw.choice(forms), draw), most) for forms in mails], None

    _train(network, lesson, epochs, rate, draw)


def follow(
    student: Network,
    teacher: Network,
    mails: Sequence[Sequence[Example]],
    epochs: int,
    rate: float,
    most: tuple[int, int],
) -> None:
    """Teach a smaller network what a larger one thinks, of the mails and of mixtures of them.

    `most` are the tokens that student and teacher read. Source: https://arxiv.org/abs/1503.02531
    """
    draw = random.Random(0)  # noqa: S311

    def lesson() -> tuple[list[Row], Tensor]:
        real = [varied(draw.choice(forms), draw) for forms in mails]
        made = [mixed(one, draw.choice(draw.choice(mails)), draw) for one in real]
        read = [row(one, most[1]) for one in (*real, *made)]
        rows = [row(one, most[0], labelled=place < len(real)) for place, one in enumerate((*real, *made))]
        return rows, logits(teacher, read)

    _train(student, lesson, epochs, rate, draw)


def _train(
    network: Network,
    lesson: Callable[[], tuple[list[Row], Tensor | None]],
    epochs: int,
    rate: float,
    draw: random.Random,
) -> None:
    learning = [weight for weight in network.parameters() if weight.requires_grad]
    optimizer = torch.optim.AdamW(learning, lr=rate, weight_decay=0.01)
    schedule = None
    for epoch in range(epochs):
        rows, wanted = lesson()
        if schedule is None:
            steps = epochs * math.ceil(len(rows) / BATCH)
            schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=steps, pct_start=0.1)
        network.train()
        losses = []
        for batch in batches(rows, BATCH, draw):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                categories, decides = network(batch.ids, batch.mask)
            loss = _loss(
                categories.float(), decides.float(), batch, None if wanted is None else wanted[batch.rows]
            )
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(learning, 1.0)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        log.info("epoch %d of %d: loss %.3f", epoch + 1, epochs, sum(losses) / len(losses))


def _loss(categories: Tensor, decides: Tensor, batch: Batch, wanted: Tensor | None) -> Tensor:
    known = batch.labels != _UNLABELLED
    loss = torch.zeros(())
    if known.any():
        loss = nn.functional.cross_entropy(categories[known], batch.labels[known], label_smoothing=_SMOOTHING)
    if wanted is not None:
        own = nn.functional.log_softmax(categories / _SOFTNESS, 1)
        theirs = nn.functional.softmax(wanted / _SOFTNESS, 1)
        told = nn.functional.kl_div(own, theirs, reduction="batchmean") * _SOFTNESS**2
        loss = 0.5 * loss + 0.7 * told
    counted = batch.mask * batch.marked[:, None]
    each = nn.functional.binary_cross_entropy_with_logits(
        decides, batch.tags, reduction="none", pos_weight=torch.tensor(2.0)
    )
    return loss + 0.5 * (each * counted).sum() / counted.sum().clamp(min=1)
