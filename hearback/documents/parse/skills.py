"""Skills out of lists, groups and sentences, each with the level that is said of it."""

import re
from typing import Any

from hearback.documents.lines import Line
from hearback.documents.parse.evidence import sentence_like
from hearback.documents.parse.found import Found, found
from hearback.documents.parse.headings import named
from hearback.documents.parse.tables import pattern
from hearback.documents.parse.texts import joined

_GROUP = re.compile(r"^(?P<name>[^:,;]{2,45}?)\s*:[-–—]?\s*(?P<rest>.*)$")
_DASHED = re.compile(r"^(?P<name>[^:,;–—]{2,35}?)\s+[–—-]\s+(?P<rest>[^,]+,.+)$")
_BETWEEN = re.compile(r"\s*[;|•·●▪■◆♦✓\t]\s*|\s*,\s*|\s{3,}|\s+[–—-]\s+(?=[A-Z])")
_LEVEL = pattern("forms", "level", r"\s*[(\[](?P<level>%s)[)\]]\s*")
_STARS = re.compile(r"\s*(?:[★☆●○◉■□▰▱]{2,}|\b\d{1,3}\s*%|\b\d\s*/\s*(?:5|10)\b)\s*$")
_AND = re.compile(r"^(?:and|und|et|y|e|en|&)\s+")


def skills_in(lines: list[Line]) -> list[dict[str, Any]]:
    """The skills of a section as JSON Resume's `skills`: groups with keywords, and single ones by name."""
    skills: list[dict[str, Any]] = []
    group: dict[str, Any] | None = None
    for line, text in _whole(lines):
        match = _GROUP.match(text) or _DASHED.match(text)
        if match and _is_group(match):
            named_so = _with_level(match["name"].strip(" •-–—"), line)
            group = named_so | {"keywords": _listed(match["rest"], line)}
            skills.append(group)
            if match["rest"].strip():
                group = None
        elif _is_title(line, text, lines):
            group = {"name": found(text.strip(" :"), line, 0.8), "keywords": []}
            skills.append(group)
        elif group is not None:
            group["keywords"] += _listed(text, line)
        else:
            skills.extend(_singles(text, line))
    return [_of_group(skill) for skill in skills if skill.get("name") or skill.get("keywords")]


def _of_group(skill: dict[str, Any]) -> dict[str, Any]:
    """A group without keywords is a skill by its own name."""
    return skill if skill.get("keywords") or "level" in skill else {"name": skill["name"]}


def _whole(lines: list[Line]) -> list[tuple[Line, str]]:
    """Lines with what each goes on with: a comma at the end, an open bracket, or a list of one group."""
    whole: list[tuple[Line, str]] = []
    for line in lines:
        text = line.text
        before = whole[-1][1] if whole else ""
        open_ended = before.endswith((",", "(", " and", "&", "/")) or before.count("(") > before.count(")")
        flows = (
            "," in before
            and "," in text
            and len(before) > 55
            and not _GROUP.match(text)
            and not line.gap >= 0.8
        )
        ends = (
            before.count(",") >= 2
            and len(before) > 55
            and len(text.split()) <= 3
            and not line.bullet
            and line.block == whole[-1][0].block
        )
        if whole and not line.bullet and (open_ended or flows or ends) and not _GROUP.match(text):
            space = "" if before.endswith("(") else " "
            whole[-1] = whole[-1][0], f"{before}{space}{text}"
        else:
            whole.append((line, text))
    return whole


def _is_group(match: re.Match[str]) -> bool:
    name = match["name"]
    return len(name.split()) <= 6 and not re.search(r"https?$|\d{3}", name)


def _is_title(line: Line, text: str, lines: list[Line]) -> bool:
    """Whether a line heads the ones under it, as a bold one does among plain ones."""
    if line.bullet or "," in text or len(text.split()) > 5:
        return False
    if text.endswith(":"):
        return True
    plain = any(not other.bold for other in lines)
    return (line.bold and plain) or bool(line.heading and any(not other.heading for other in lines))


def _singles(text: str, line: Line) -> list[dict[str, Any]]:
    if sentence_like(text, line.bullet) and len(text.split()) > 7 and text.count(",") < len(text.split()) / 4:
        # A sentence about skills is kept whole: to cut it would make words of ours.
        whole = [line_text for _, line_text in joined([line])]
        return [{"name": found(whole[0] if len(whole) == 1 and text == line.text else text, line, 0.55)}]
    return [_with_level(value, line) for value in _split(text)]


def _listed(text: str, line: Line) -> list[Found]:
    listed = [_with_level(value, line)["name"] for value in _split(text)]
    return [value for value in listed if value is not None]


def _split(text: str) -> list[str]:
    """What stands between commas and signs, not within brackets."""
    protected = re.sub(
        r"\(([^()]*)\)", lambda match: match[0].replace(",", "\x00").replace(";", "\x01"), text
    )
    parts = [part.replace("\x00", ",").replace("\x01", ";") for part in _BETWEEN.split(protected)]
    bare = [_AND.sub("", part.strip()).strip(" .•-–—:*") for part in parts if part]
    kept = [_net(part, given) for part, given in zip(bare, [part for part in parts if part], strict=True)]
    return [part for part in kept if re.search(r"\w", part) and len(part) <= 120 and not named_only(part)]


def _net(part: str, given: str) -> str:
    """The dot of ".NET" stays."""
    return f".{part}" if given.strip().lower().startswith(".net") else part


def named_only(text: str) -> bool:
    """Whether the words are but a heading repeated."""
    return named(text) is not None and text.lower().endswith(("skills", "competencies"))


def _with_level(text: str, line: Line) -> dict[str, Any]:
    match = _LEVEL.search(text)
    bare = _STARS.sub("", _LEVEL.sub(" ", text)).strip(" ,.-–—")
    return {
        "name": found(bare, line, 0.85),
        "level": found(match["level"], line, 0.85) if match else None,
    }
