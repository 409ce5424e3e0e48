"""Mails of the corpus as the reading model meets them: rendered, parsed, cut into sentences."""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.fill import Filled, fill
from corpus.mails import Template, read, unmarked
from corpus.parts import Part, part
from corpus.render import render
from hearback.mail.evidence import gather, telling
from hearback.mail.parse import parse
from hearback.mail.sentences import Sentence, normalised, sentence, split
from hearback.mail.verdict import Category

CATEGORIES = tuple(Category)
# Each mail is set in several forms, with other names: a model that has seen one form knows the form.
FORMS = 3
_SHORTEST_PIECE = 12
_LONG_WORDS = 24


@dataclass(frozen=True)
class Example:
    """One mail. `telling` and `decisive` are places in `sentences`: by the rules, and by its writer."""

    template: Template
    category: int
    sentences: tuple[Sentence, ...]
    telling: frozenset[int]
    decisive: frozenset[int]


def examples(wanted: Part, forms: int = FORMS) -> list[list[Example]]:
    """All mails of a part, each in `forms` forms."""
    known = read()
    return [
        [example(fill(template, number), known) for number in range(forms)]
        for template in known
        if part(template) is wanted
    ]


def example(filled: Filled, others: Sequence[Template]) -> Example:
    """A filled mail, through the parser as Gmail's mail goes."""
    mail = parse(render(filled, others))
    sentences = tuple(s for s in (sentence(mail.subject, subject=True), *split(mail.fresh)) if s.text)
    found = telling(sentences, gather(list(sentences)))
    wordings = [_filled_in(unmarked(words), filled) for words in filled.template.decisive]
    category = CATEGORIES.index(Category(filled.template.category))
    decisive = frozenset(_decisive(sentences, wordings))
    return Example(filled.template, category, sentences, found, decisive)


def varied(one: Example, draw: random.Random) -> Example:
    """The mail without its subject or without its greeting now and then: neither may be leant on."""
    left_out = set()
    if draw.random() < 0.2 and len(one.sentences) > 1 and one.sentences[0].subject:
        left_out.add(0)
    if draw.random() < 0.2 and len(one.sentences) > 3:
        left_out.add(1)
    return _without(one, left_out)


def mixed(one: Example, other: Example, draw: random.Random) -> Example:
    """A mail that nobody wrote, to learn of from a larger network: a sentence more or a sentence less."""
    place = draw.randrange(len(one.sentences))
    if draw.random() < 0.5 and len(one.sentences) > 2:
        return _without(one, {place})
    guest = replace(draw.choice(other.sentences), subject=False)
    sentences = (*one.sentences[: place + 1], guest, *one.sentences[place + 1 :])
    moved = [frozenset(p + (p > place) for p in places) for places in (one.telling, one.decisive)]
    return replace(one, sentences=sentences, telling=moved[0], decisive=moved[1])


def _without(one: Example, left_out: set[int]) -> Example:
    kept = [place for place in range(len(one.sentences)) if place not in left_out]
    new = {old: place for place, old in enumerate(kept)}
    return replace(
        one,
        sentences=tuple(one.sentences[place] for place in kept),
        telling=frozenset(new[p] for p in one.telling if p in new),
        decisive=frozenset(new[p] for p in one.decisive if p in new),
    )


def _decisive(sentences: Sequence[Sentence], wordings: Sequence[str]) -> Iterator[int]:
    """Places of sentences that share their deciding words with the mail's marks."""
    marks = [" ".join(normalised(words).split()) for words in wordings]
    for place, one in enumerate(sentences):
        norm = one.norm
        if any(
            mark in norm
            or (len(norm) > _SHORTEST_PIECE and norm in mark)
            or (len(mark) > _LONG_WORDS and (mark[:20] in norm or mark[-20:] in norm))
            for mark in marks
        ):
            yield place


def _filled_in(text: str, filled: Filled) -> str:
    """`text` with the mail's own names in its slots."""
    return re.sub(r"\{(\w+)\}", lambda slot: filled.values[slot[1]], text)
