"""The colours can be read in both themes, and statuses are told by word and icon as well."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from hearback.models import Status
from webapp.present import STATUSES

WEBAPP = Path(__file__).resolve().parents[2] / "webapp"
STYLES = (WEBAPP / "static" / "hearback.css").read_text()
TOKENS = {
    name: (light, dark)
    for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", STYLES)
}
TONES = ("sent", "review", "talk", "offer", "no", "quiet")
PAIRS = [
    *((text, ground) for text in ("ink", "soft", "act") for ground in ("paper", "card", "sunk")),
    *((tone, f"{tone}-ground") for tone in TONES),
    ("ink", "review-ground"),
    ("ink", "mark"),
    ("ink", "quiet-ground"),
    ("soft", "review-ground"),
    ("on-act", "act"),
    ("no", "paper"),
]


def _luminance(colour: str) -> float:
    """Relative luminance: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance"""
    parts = [int(colour[i:j], 16) / 255 for i, j in pairwise((1, 3, 5, 7))]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_can_be_read_on_its_ground(text: str, ground: str, theme: int) -> None:
    one, other = sorted(_luminance(TOKENS[name][theme]) for name in (text, ground))
    assert (other + 0.05) / (one + 0.05) >= 4.5


def test_every_status_has_a_word_of_its_own_a_known_icon_and_a_known_tone() -> None:
    sprite = (WEBAPP / "templates" / "icons.svg").read_text()
    assert set(STATUSES) == set(Status)
    assert len({look.word for look in STATUSES.values()}) == len(STATUSES)
    for look in STATUSES.values():
        assert f'id="icon-{look.icon}"' in sprite
        assert look.tone in TONES


def test_templates_use_no_icon_that_is_not_drawn() -> None:
    sprite = (WEBAPP / "templates" / "icons.svg").read_text()
    for template in (WEBAPP / "templates").glob("*.html"):
        for name in re.findall(r'icon\("([\w-]+)"\)', template.read_text()):
            assert f'id="icon-{name}"' in sprite, (template.name, name)


def test_nothing_is_inline_that_the_security_policy_forbids() -> None:
    for template in (WEBAPP / "templates").glob("*.html"):
        text = template.read_text()
        assert not re.search(r"\sstyle=|\son\w+=|<style|javascript:", text), template.name
        assert not re.search(r"<script(?! src=)", text), template.name
