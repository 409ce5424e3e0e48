"""The form of a CV gives back what it was given, whatever buttons are pressed."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from webapp import document_form
from webapp.document_form import Field

WORD = st.text(st.characters(categories=("L", "N", "P")), min_size=1, max_size=12).filter(str.strip)
LINE = st.lists(WORD, min_size=1, max_size=4).map(" ".join)


def value(field: Field) -> st.SearchStrategy[Any]:
    if field.kind == "lines":
        return st.lists(LINE, min_size=1, max_size=3)
    if field.kind == "words":
        return st.lists(LINE.map(lambda text: text.replace(",", ";")), min_size=1, max_size=3)
    return st.lists(LINE, min_size=1, max_size=3).map("\n".join) if field.kind == "text" else LINE


def entry(fields: tuple[Field, ...]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional={field.key: value(field) for field in fields}).filter(bool)


@st.composite
def cvs(draw: st.DrawFn) -> dict[str, Any]:
    cv: dict[str, Any] = {}
    for part in document_form.PARTS:
        if part.key != "profiles" and (drawn := draw(st.lists(entry(part.fields), max_size=3))):
            cv[part.key] = drawn
    basics = draw(st.one_of(st.just({}), entry(document_form.BASICS)))
    if profiles := draw(st.lists(entry(document_form.KNOWN["profiles"].fields), max_size=2)):
        basics["profiles"] = profiles
    if place := draw(st.one_of(st.just({}), entry(document_form.PLACE))):
        basics["location"] = place
    # What the form has no field for.
    if draw(st.booleans()):
        cv["meta"] = {"version": "v1.0.0"}
        for work in cv.get("work", []):
            work["description"] = "kept"
    return cv | ({"basics": basics} if basics else {})


@settings(max_examples=50, deadline=None)
@given(cvs())
def test_what_is_not_touched_stays_as_it_was(cv: dict[str, Any]) -> None:
    assert document_form.cv_of(document_form.values_of(cv), cv) == cv


CV = {
    "basics": {"name": "Ada Example", "location": {"city": "Graz", "countryCode": "AT"}},
    "work": [
        {"name": "Northwind Mills", "position": "Engineer", "description": "Flour"},
        {"name": "Blue Heron Press", "position": "Setter"},
    ],
}


def test_entries_are_added_moved_and_removed_with_all_that_they_have() -> None:
    values = document_form.values_of(CV)
    moved = document_form.cv_of(document_form.changed(values, "up work 1"), CV)
    assert [work["name"] for work in moved["work"]] == ["Blue Heron Press", "Northwind Mills"]
    assert moved["work"][1]["description"] == "Flour"
    left = document_form.cv_of(document_form.changed(values, "drop work 1"), CV)
    assert left["work"] == CV["work"][:1]
    more = document_form.changed(values, "add work")
    assert document_form.count(more, "work") == 3
    assert document_form.cv_of(more, CV) == CV, "an entry in which nothing was written is none"
    more["work.2.name"] = "Third Place"
    assert document_form.cv_of(more, CV)["work"][2] == {"name": "Third Place"}


def test_an_emptied_field_is_gone_and_lists_are_taken_line_by_line() -> None:
    values = document_form.values_of(CV)
    values |= {"work.0.position": "  ", "work.0.highlights": "One\r\n\r\n two  words \r\n", "place.city": ""}
    cv = document_form.cv_of(values, CV)
    assert cv["work"][0] == {
        "name": "Northwind Mills",
        "description": "Flour",
        "highlights": ["One", "two words"],
    }
    assert cv["basics"]["location"] == {"countryCode": "AT"}


def test_forged_names_do_nothing() -> None:
    values = document_form.values_of(CV)
    for act in ("up work 0", "drop work 9", "drop work -1", "drop work x", "add secrets", "nonsense", ""):
        assert document_form.cv_of(document_form.changed(values, act), CV) == CV
    values |= {"work.0.was": "99999999999999999999", "work.1.was": "-1", "__class__.0.was": "0"}
    assert [work["name"] for work in document_form.cv_of(values, CV)["work"]] == [
        "Northwind Mills",
        "Blue Heron Press",
    ]
