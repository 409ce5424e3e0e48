"""One school out of one entry: which of its pieces is the institution, the degree, the field, the grade."""

import re
from dataclasses import dataclass, field, replace

from hearback.documents.parse.entry import Entry
from hearback.documents.parse.evidence import degrees, school_score, title_score
from hearback.documents.parse.found import Found, found
from hearback.documents.parse.grades import could_be_school, grade_in, is_no_name, name_alone, score_in
from hearback.documents.parse.pieces import Piece, pieces_of
from hearback.documents.parse.placed import place_like
from hearback.documents.parse.rows import Role, Row
from hearback.documents.parse.tables import pattern
from hearback.documents.parse.texts import joined

_IN = re.compile(
    r"^\s*(?:degree\b\s*)?(?:\(?hons?\b\.?\)?\s*)?"
    r"(?:(?:in|of|en|für|fur|im|der|di|em|de|da|do)\b|[,:–—(-])?\s*(?:the )?",
    re.IGNORECASE,
)
_FROM = re.compile(r"\s(?:from|at|an der|am|bei|à l['’]|à|en la|presso|na|aan de)\s(?:the\s)?(?=[A-ZÀ-Þ\d])")
_COURSES = pattern("degrees", "courses", r"^(?:%s)\b")
_LABELLED = re.compile(r"^(?P<label>[^:]{3,40}?)\s*:\s*(?P<rest>.+)$")
# A degree's short form in brackets after its name.
_SHORT = re.compile(r"^\s*\([A-Za-z.\s]{1,10}\)")
_TAIL = re.compile(r"\s*\(\s*\)|[\s,;:|–—(-]+$")
_SCORE_ONLY = re.compile(r"(?i)\b(?:c?gpa|grade|percentage|aggregate|note|score)\b.*")


@dataclass
class School:
    """One entry of `education` on its way into the CV."""

    entry: Entry
    institution: Found | None = None
    study: Found | None = None
    area: Found | None = None
    score: Found | None = None
    place: Found | None = None
    courses: list[Found] = field(default_factory=list)
    own: bool = True


def school_of(entry: Entry) -> School | None:
    """The school, degree, field and grade of an entry; None where it names neither school nor degree."""
    school = School(entry)
    left: list[Piece] = []
    for piece in (part for whole in pieces_of(entry) for part in _unpacked(whole)):
        if grade_in(piece.text):
            school.score = school.score or found(grade_in(piece.text), piece.row.line)
        elif score_in(piece.text) and not degrees(_SCORE_ONLY.sub("", piece.text)):
            school.score = school.score or found(score_in(piece.text), piece.row.line)
            bare = name_alone(_SCORE_ONLY.sub("", piece.text))
            if school_score(bare) >= 0.9:
                left.append(replace(piece, text=bare))
        elif piece.place and left and _is_named_so(left[-1], piece):
            # "University of California, Berkeley" is one name, and a town alone may stay with its school.
            left[-1] = replace(left[-1], text=f"{left[-1].text}, {piece.text}")
        elif piece.place or (place_like(piece.text) and school_score(piece.text) < 0.9):
            school.place = school.place or found(piece.text, piece.row.line, 0.85)
        else:
            left.append(piece)
    for piece in left:
        _take(school, piece)
    _take_rest(school, [piece for piece in left if could_be_school(piece.text)])
    if school.institution and not could_be_school(school.institution.value):
        school.institution = None
    _take_body(school, entry.body)
    if school.institution:
        school.institution = replace(school.institution, value=name_alone(school.institution.value))
    return school if school.institution or school.study else None


def _is_named_so(school: Piece, place: Piece) -> bool:
    """Whether the town is part of how the school is written, with no state or country after it."""
    together = f"{school.text}, {place.text}" in school.row.text
    return together and "," not in place.text and school_score(school.text) >= 0.9


def _unpacked(piece: Piece) -> list[Piece]:
    """A piece taken apart at the commas where degree, field and school meet."""
    degree = degrees(piece.text)
    apart = _FROM.search(piece.text, degree.end()) if degree else None
    # "University of Texas at Arlington" is one name.
    apart = apart if apart and school_score(piece.text[: apart.start()]) < 0.9 else None
    if apart:
        sides = [piece.text[: apart.start()], piece.text[apart.end() :]]
        return [part for side in sides for part in _unpacked(replace(piece, text=side.strip(" ,")))]
    texts: list[str] = []
    kinds: list[str] = []
    for text in re.split(r",\s*(?![^()]*\))", piece.text):
        kind = _kind(text)
        before = kinds[-1] if kinds else ""
        if before and _belongs(before, kind, text, "degree" in kinds):
            texts[-1] += f", {text}"
        else:
            texts.append(text)
            kinds.append(kind)
    return [replace(piece, text=text) for text in texts if text.strip()]


def _kind(text: str) -> str:
    degree = degrees(text)
    if degree and degree.start() < 4 and school_score(text[degree.end() :]) < 0.9:
        return "degree"
    return "school" if school_score(text) >= 0.9 else "other"


def _belongs(before: str, kind: str, text: str, degreed: bool) -> bool:
    """Whether a part goes on with what stands before its comma: a school's own place, a field's next word."""
    if before == "school":
        own = place_like(text) or len(text.split()) == 1 or not degreed
        return kind == "school" or (kind == "other" and own and not score_in(text))
    return kind == "other" and not score_in(text) and not place_like(text)


def _take(school: School, piece: Piece) -> None:
    """Put one piece where it belongs."""
    text, line = piece.text, piece.row.line
    degree = degrees(text)
    if degree and school.study is None and degree.start() < 40:
        _take_degree(school, piece, degree)
    elif school_score(text) >= 0.5 and school.institution is None:
        school.institution = found(text, line, 0.5 + school_score(text) / 2.2)
    elif degree and degree.start() < 4 and school.area is None:
        school.area = found(_area(text[degree.end() :]), line, 0.8)


def _take_degree(school: School, piece: Piece, degree: re.Match[str]) -> None:
    """The degree, with the field after it, and a school that stands right beside it."""
    text, line = piece.text, piece.row.line
    before, after = text[: degree.start()].strip(" ,(-–—"), text[degree.end() :]
    if school_score(before) >= 0.9 and school.institution is None:
        school.institution = found(before, line, 0.85)
    elif (
        school_score(after) >= 0.9
        and school.institution is None
        and not re.match(r"\s*(?:in|of|en|für|di|em)\b|\s*[,:–—(-]", after)
    ):
        school.institution, after = found(after.strip(" ,–—()-"), line, 0.8), ""
    school.study = found(degree[0].strip(" ,"), line, 0.92)
    score = score_in(after)
    if score and school.score is None:
        school.score = found(score, line)
        after = _SCORE_ONLY.sub("", after).replace(score, "")
    area = _area(after)
    if not area and before and school_score(before) < 0.5:
        # "Access to Higher Education Diploma" is one degree; "Physics, MSc" is a field and a degree.
        if text[: degree.start()].rstrip().endswith((",", "(", "-", "–", ":")):
            area = before
        else:
            school.study = found(text[: degree.end()].strip(" ,"), line, 0.8)
    if re.search(r"\w{2}", area) and len(area) < 90:
        school.area = found(area, line, 0.85)


def _area(text: str) -> str:
    return _TAIL.sub("", _IN.sub("", _SHORT.sub("", text))).strip(" ,.)–—-")


def _take_rest(school: School, pieces: list[Piece]) -> None:
    """What no word tells: beside a degree it is the school, beside a school the degree or its field."""
    said = {value.value for value in (school.institution, school.study, school.area) if value}
    for piece in pieces:
        if any(value in piece.text or piece.text in value for value in said):
            continue
        if school.institution is None and school.study is not None and not is_no_name(piece.text):
            school.institution = found(piece.text, piece.row.line, 0.5)
        elif school.study is not None and school.area is None and title_score(piece.text) < 0.9:
            school.area = found(piece.text, piece.row.line, 0.65)
        elif school.study is None and school.institution is not None:
            school.study = found(piece.text, piece.row.line, 0.55)
        else:
            continue
        said.add(piece.text)


def _take_body(school: School, rows: list[Row]) -> None:
    """Grade, courses, and where the head lacks them the degree and the school."""
    for line, text in joined([row.line for row in rows]):
        match = _LABELLED.match(text)
        if match and _COURSES.match(match["label"]):
            signs = "[;•|]" if ";" in match["rest"] else "[,•|]"
            listed = re.split(rf"{signs}\s*(?![^()]*\))", match["rest"])
            school.courses += [value for one in listed if (value := found(one.strip(" ."), line, 0.85))]
            continue
        grade = grade_in(text)
        if grade and school.score is None:
            school.score = found(grade, line, 0.9)
            continue
        if school.score is None and (score := score_in(text)) and len(text) < 120:
            school.score = found(score, line, 0.85)
        degree = degrees(text)
        if school.study is None and degree and degree.start() < 12 and len(text) < 110 and not match:
            _take_degree(school, Piece(text, Row(line, Role.HEAD, (), text), (9, 0), False), degree)
        elif school.institution is None and school_score(text) >= 0.9 and len(text) < 90 and not match:
            school.institution = found(text, line, 0.7)
