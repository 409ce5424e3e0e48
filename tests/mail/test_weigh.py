"""How rules and model count beside each other."""

import math

import pytest

from hearback.mail import weigh
from hearback.mail.encoder import Opinion
from hearback.mail.verdict import Category


def opinion(**shares: float) -> Opinion:
    """An opinion with these probabilities; the others share the rest."""
    rest = (1 - sum(shares.values())) / (len(Category) - len(shares))
    return Opinion({c: math.log(shares.get(c.value, rest)) for c in Category}, {})


def likeliest(scores: dict[Category, float], said: Opinion) -> Category:
    chances = weigh.chances(scores, said)
    assert sum(chances.values()) == pytest.approx(1)
    return max(chances, key=lambda category: chances[category])


def test_where_the_rules_find_nothing_the_model_decides() -> None:
    assert likeliest({Category.other: 1.7}, opinion(rejection=0.97)) is Category.rejection


def test_where_the_model_wavers_the_rules_decide() -> None:
    wavering = opinion(rejection=0.45, acknowledgment=0.4)
    assert likeliest({Category.acknowledgment: 4.0}, wavering) is Category.acknowledgment


def test_together_they_are_surer_than_alone() -> None:
    said = opinion(offer=0.8)
    alone = weigh.chances({}, said)[Category.offer]
    assert weigh.chances({Category.offer: 3.0}, said)[Category.offer] > alone


def test_no_opinion_shuts_a_category_out() -> None:
    never = Opinion({c: 0.0 if c is Category.other else -1e9 for c in Category}, {})
    assert weigh.chances({Category.offer: 9.0}, never)[Category.offer] > 0.5


def test_calibration_keeps_the_order_and_stays_a_probability() -> None:
    shown = [weigh.calibrated(chance / 100) for chance in range(101)]
    assert shown == sorted(shown)
    assert 0 < shown[0] < shown[-1] < 1
