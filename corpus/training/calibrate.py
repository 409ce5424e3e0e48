"""Fits what a probability of rules and model is worth, on mails that the network has not seen."""

import math
from collections.abc import Sequence

from corpus.judge import Judged, judged
from corpus.parts import Part
from hearback.mail import weigh

_ROUNDS = 50


def calibrate() -> None:
    """Write hearback/mail/model/calibration.toml from the mails of the part TUNE."""
    weigh.write_calibration(1.0, 0.0)
    slope, offset = fitted(judged(Part.TUNE))
    weigh.write_calibration(slope, offset)


def fitted(rows: Sequence[Judged]) -> tuple[float, float]:
    """Slope and offset that make right verdicts likeliest, by Newton's method (Platt's scaling).

    `rows` must have been judged with slope 1 and offset 0.
    """
    points = [(weigh.log_odds(row.verdict.confidence), float(row.right)) for row in rows]
    slope, offset = 1.0, 0.0
    for _ in range(_ROUNDS):
        gradient, curve = [0.0, 0.0], [[1e-6, 0.0], [0.0, 1e-6]]
        for odds, right in points:
            chance = 1 / (1 + math.exp(-(slope * odds + offset)))
            steep = chance * (1 - chance)
            for i, one in enumerate((odds, 1.0)):
                gradient[i] += (right - chance) * one
                for j, other in enumerate((odds, 1.0)):
                    curve[i][j] += steep * one * other
        determinant = curve[0][0] * curve[1][1] - curve[0][1] * curve[1][0]
        slope += (gradient[0] * curve[1][1] - gradient[1] * curve[0][1]) / determinant
        offset += (gradient[1] * curve[0][0] - gradient[0] * curve[1][0]) / determinant
    return slope, offset
