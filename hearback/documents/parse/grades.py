"""How well somebody did at a school, in the forms of several countries."""

from hearback.documents.parse.tables import pattern


def score_in(text: str) -> str:
    """A grade in a text, with its scale where it has one; "" where there is none."""
    match = pattern("degrees", "score").search(text) or pattern("degrees", "percent", "%s").search(text)
    if match:
        return match["value"].strip()
    honours = pattern("degrees", "honours").search(text)
    return honours[0] if honours else ""


def grade_in(text: str) -> str:
    """What follows a word for a grade and a colon: "Grade: First class"."""
    match = pattern("degrees", "grade", r"^(?:%s)\s*[:–-]\s*(?P<rest>.{1,120})$").match(text)
    return match["rest"].strip(" .") if match else ""
