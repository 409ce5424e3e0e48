"""A small language model's opinion of a mail: a probability for each category, and which sentences decide.

It is a transformer of three layers, trained by `make model` on the corpus; docs/decisions/0012-reading-model.md
says why. The weights beside this file are data (ONNX), loaded at first use: web processes never carry them.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import onnxruntime

from hearback.mail import wordpiece
from hearback.mail.sentences import Sentence
from hearback.mail.verdict import Category

FOLDER = Path(__file__).with_name("model")
# In the order of the network's outputs.
CATEGORIES = tuple(Category)
# The time goes with the tokens. Most mails have fewer; of others the telling sentences are read.
MOST_TOKENS = 80
_LONGEST_SENTENCE = 80
_MOST_SENTENCES = 120
_SHORTEST = 8


@dataclass(frozen=True, slots=True)
class Opinion:
    """`logs` is the logarithm of each category's probability.

    `decisive` says for sentences, by their place in the mail, how probably their words decide.
    """

    logs: Mapping[Category, float]
    decisive: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Tokens:
    """What the network reads: token ids, and for each the place of its sentence (-1 for separators)."""

    ids: list[int]
    places: list[int]


def opinion(sentences: Sequence[Sentence], telling: Collection[int]) -> Opinion:
    """Read a mail. `telling` are places of sentences that must not be left out of a long one."""
    tokens = tokenized(sentences, telling)
    logits, tags = _session().run(None, {"ids": np.array([tokens.ids], dtype=np.int64)})
    highest = float(logits[0].max())
    total = highest + math.log(sum(math.exp(float(value) - highest) for value in logits[0]))
    logs = {category: float(value) - total for category, value in zip(CATEGORIES, logits[0], strict=True)}
    return Opinion(logs, _decisive(tokens.places, tags[0]))


def tokenized(
    sentences: Sequence[Sentence], telling: Collection[int] = (), most: int = MOST_TOKENS
) -> Tokens:
    """Subject first, then telling sentences, then the others, until there are enough; in their own order.

    What is said twice is read once, and a signature not at all.
    """
    read = {one.norm: place for place, one in reversed(list(enumerate(sentences[:_MOST_SENTENCES])))}
    letter = [place for place in read.values() if place in telling or not sentences[place].below]
    order = sorted(
        letter or read.values(), key=lambda place: (_rank(sentences[place], place in telling), place)
    )
    left = most - 1
    kept: dict[int, list[int]] = {}
    for place in order:
        if left < _SHORTEST:
            break
        kept[place] = wordpiece.tokens(sentences[place].norm, min(_LONGEST_SENTENCE, left - 1))
        left -= len(kept[place]) + 1
    known = wordpiece.vocabulary()
    ids, places = [known[wordpiece.START]], [-1]
    for place in sorted(kept):
        ids += [*kept[place], known[wordpiece.STOP]]
        places += [*[place] * len(kept[place]), -1]
    return Tokens(ids, places)


def load() -> None:
    """Load the weights now: before a fork, so that all workers share them."""
    wordpiece.vocabulary()
    _session()


def _rank(sentence: Sentence, telling: bool) -> int:
    if sentence.subject:
        return 0
    return 1 if telling else 2


def _decisive(places: list[int], logits: np.ndarray) -> dict[int, float]:
    """The mean over each sentence's tokens, as a probability."""
    found: dict[int, list[float]] = {}
    for place, logit in zip(places, logits, strict=True):
        if place >= 0:
            found.setdefault(place, []).append(float(logit))
    return {place: _sigmoid(sum(values) / len(values)) for place, values in found.items()}


def _sigmoid(value: float) -> float:
    # Past 40 the exponential is 0 for all purposes, and could overflow on the other side.
    return 1 / (1 + math.exp(-max(-40.0, min(40.0, value))))


@cache
def _session() -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    # One mail at a time on one thread: there are several workers, and threads would not survive their fork.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    return onnxruntime.InferenceSession(
        str(FOLDER / "reader.onnx"), options, providers=["CPUExecutionProvider"]
    )
