"""`flask cv parse` prints JSON Resume without any setting, and says in words what it cannot read."""

import json
from pathlib import Path

from click.testing import CliRunner

from webapp.cli.cv import cv

CV = """Ines Calder
ines.calder@example.com

Experience
Gardener, Larch Hill Nursery Ltd, 2019 - present
- Looks after two hectares of young trees
"""


def test_a_cv_is_printed_as_json_resume(tmp_path: Path) -> None:
    file = tmp_path / "cv.txt"
    file.write_text(CV)
    result = CliRunner().invoke(cv, ["parse", str(file), "--json"])
    assert result.exit_code == 0
    read = json.loads(result.stdout)
    assert read["basics"]["name"] == "Ines Calder"
    assert read["work"][0]["name"] == "Larch Hill Nursery Ltd"


def test_without_json_each_value_stands_beside_its_path(tmp_path: Path) -> None:
    file = tmp_path / "cv.txt"
    file.write_text(CV)
    result = CliRunner().invoke(cv, ["parse", str(file)])
    assert "work[0].position: Gardener\n" in result.stdout


def test_what_cannot_be_read_is_told_in_words(tmp_path: Path) -> None:
    file = tmp_path / "cv.pdf"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 64)
    result = CliRunner().invoke(cv, ["parse", str(file), "--json"])
    assert result.exit_code == 1
    assert "picture" in result.stderr
