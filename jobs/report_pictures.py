"""The charts of a kept report as pictures: a mail carries them, and the page has an address for each."""

from hearback.charts import png
from hearback.models import Report
from hearback.notify.letter import Letter
from jobs.report_words import from_json

# Kinds of reports by the first word of their pages' addresses.
KINDS = {"summaries": "weekly", "reports": "monthly"}


def of_letter(user_id: int, letter: Letter) -> dict[str, bytes]:
    """The PNGs of a letter's pictures by their paths; what is not there any more is left out."""
    found = {}
    for picture in letter.pictures:
        place, _, name = picture.path.strip("/").rpartition("/")
        kind, _, key = place.partition("/")
        drawn = of_report(user_id, KINDS.get(kind, ""), key, name.removesuffix(".png"))
        if drawn is not None:
            found[picture.path] = drawn
    return found


def of_report(user_id: int, kind: str, key: str, name: str) -> bytes | None:
    """The PNG of one part of a report that was told to this user; None where there is none."""
    row = Report.of(user_id, kind, key)
    parts = from_json(row.content).parts if row else ()
    return next((png(part.chart) for part in parts if part.chart and part.name == name), None)
