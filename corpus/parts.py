"""Which mails of the corpus the model learns from and which only measure it: split by sender and template."""

import re
from enum import StrEnum
from zlib import crc32

from corpus.mails import Template


class Part(StrEnum):
    """TRAIN: the network learns from it. TUNE: how rules and network are weighed. HELD: seen by neither."""

    TRAIN = "train"
    TUNE = "tune"
    HELD = "held"


_TUNE, _HELD = 10, 12
_PLAIN_WORDS = re.compile(r"[^\W\d_]{4,}")


def part(template: Template) -> Part:
    """The part of a mail. Mails under one sender and subject stay together: none is known by its twin."""
    named = f"{template.sender}|{template.subject}".lower()
    own_words = _PLAIN_WORDS.search(re.sub(r"\{\w+\}", "", template.subject))
    place = crc32((named if own_words else template.id).encode()) % 100
    if place < _HELD:
        return Part.HELD
    return Part.TUNE if place < _HELD + _TUNE else Part.TRAIN
