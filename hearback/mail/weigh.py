"""How much rules and model count beside each other, and what a probability of theirs has been worth."""

import math
import tomllib
from collections.abc import Mapping
from functools import cache

from hearback.mail.encoder import FOLDER, Opinion
from hearback.mail.verdict import Category

# On the corpus the likelihood is flat from 0.5 to 1.2 for the rules; it was written to mislead them, so
# that they count for more here than it would have them (docs/decisions/0012-reading-model.md).
RULES = 1.0
MODEL = 0.9
# It was pre-trained on English and has seen little else.
MODEL_ABROAD = 0.7
# No opinion of the model shuts a category out; and where it sees nothing in a mail, a plain word that a rule
# found still counts: mail unlike all that the model has seen makes it sure that there is nothing.
_LEAST = -6.0
_LEAST_OF_NOTHING = -3.3
CALIBRATION = FOLDER / "calibration.toml"


def chances(
    scores: Mapping[Category, float], opinion: Opinion, english: bool = True
) -> dict[Category, float]:
    """A probability for each category: those of rules and model multiplied, each to the power of its weight."""
    nothing = max(opinion.logs, key=lambda category: opinion.logs[category]) is Category.other
    least = _LEAST_OF_NOTHING if nothing else _LEAST
    model = MODEL if english else MODEL_ABROAD
    heights = {
        category: RULES * scores.get(category, 0.0) + model * max(opinion.logs[category], least)
        for category in Category
    }
    highest = max(heights.values())
    shares = {category: math.exp(height - highest) for category, height in heights.items()}
    whole = sum(shares.values())
    return {category: share / whole for category, share in shares.items()}


def calibrated(chance: float) -> float:
    """The share that was right of the mails that were called this likely.

    `make model` fits it on mails that the network has not seen (Platt's scaling).
    """
    slope, offset = _calibration()
    return 1 / (1 + math.exp(-(slope * log_odds(chance) + offset)))


def log_odds(chance: float) -> float:
    """The logarithm of a probability's odds, bounded."""
    inside = min(max(chance, 1e-4), 1 - 1e-4)
    return math.log(inside / (1 - inside))


@cache
def _calibration() -> tuple[float, float]:
    known = tomllib.loads(CALIBRATION.read_text(encoding="utf-8"))
    return float(known["slope"]), float(known["offset"])


def write_calibration(slope: float, offset: float) -> None:
    """Set the calibration, for `make model`."""
    text = f"# Written by `make model`.\nslope = {slope:.4f}\noffset = {offset:.4f}\n"
    CALIBRATION.write_text(text, encoding="utf-8")
    _calibration.cache_clear()
