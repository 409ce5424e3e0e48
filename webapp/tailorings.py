"""A CV and letter for one job: made with progress, shown with what was changed and refused, approved."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_login import current_user, login_required
from werkzeug.wrappers import Response as AnyResponse

from hearback.documents.render import DESIGNS, Format, Letter, Look, Paper, letter, render
from hearback.documents.tailor.posting import Tone
from hearback.models import DocumentVersion, Making, Tailoring
from jobs import document_previews, tailor, tailorings
from jobs.refusals import BadAct
from webapp import document_words, layout
from webapp.document import FORMATS, asked_look, download, kept_picture

pages = Blueprint("tailorings", __name__)

SAVED = "Saved. Approve it when it is as you want it."
APPROVED = "Approved. It goes out only when you send it."
# How the page itself shows the CV's words.
PLAIN = Look(Format.TEXT, "plain", Paper.A4)


@pages.post("/jobs/<int:job_id>/tailor")
@login_required  # type: ignore[untyped-decorator]
def begin(job_id: int) -> AnyResponse:
    """Have the main CV, or a chosen one, tailored to a job."""
    version_id = request.form.get("version_id", type=int)
    made = tailor.begin(current_user.id, job_id, request.form.get("tone", Tone.PLAIN), version_id)
    return redirect(url_for(".show", tailoring_id=made.id), 303)


@pages.get("/tailored/<int:tailoring_id>")
@login_required  # type: ignore[untyped-decorator]
def show(tailoring_id: int) -> str:
    """What was made; from now on it counts as seen."""
    return render_template("tailored.html", **_seen(tailoring_id))


@pages.get("/tailored/<int:tailoring_id>/changes")
def changes(tailoring_id: int) -> AnyResponse | str:
    """204 while the open page shows all there is, otherwise its parts anew."""
    return layout.changes("tailored_parts.html", lambda: _seen(tailoring_id))


@pages.post("/tailored/<int:tailoring_id>")
@login_required  # type: ignore[untyped-decorator]
def correct(tailoring_id: int) -> AnyResponse | tuple[str, int]:
    """Keep the letter as it was changed, or approve it so; asks about what the CV does not prove."""
    row, form = tailorings.own(current_user.id, tailoring_id), request.form
    typed = _typed(form.get("subject", ""), form.get("letter", ""), form.getlist("vouched"))
    approve, base = form.get("do") == "approve", form.get("base", "")
    try:
        typed["doubts"] = tailorings.correct(
            *(current_user.id, row.id, typed["subject"], typed["letter"], typed["vouched"]),
            base=base,
            approve=approve,
        )
    except BadAct as fault:
        typed["error"] = str(fault)
    if typed["error"]:
        return render_template("tailored.html", **_page(row.id) | {"typed": typed}), 400
    if typed["doubts"]:
        # What was changed in another window meanwhile is still to be told of.
        return render_template("tailored.html", **_page(row.id) | {"typed": typed, "base": base}), 400
    layout.said(APPROVED if approve else SAVED)
    return redirect(url_for(".show", tailoring_id=row.id), 303)


@pages.post("/tailored/<int:tailoring_id>/drop")
@login_required  # type: ignore[untyped-decorator]
def drop(tailoring_id: int) -> AnyResponse:
    """Throw it away; for a day it can be brought back."""
    row = tailorings.own(current_user.id, tailoring_id)
    tailorings.drop(current_user.id, row.id)
    layout.said_with_undo("Thrown away.", url_for(".restore", tailoring_id=row.id))
    if row.job_id is None:
        return redirect(url_for("documents.show"), 303)
    return redirect(url_for("job.show", job_id=row.job_id), 303)


@pages.post("/tailored/<int:tailoring_id>/restore")
@login_required  # type: ignore[untyped-decorator]
def restore(tailoring_id: int) -> AnyResponse:
    """Bring it back."""
    tailorings.restore(current_user.id, tailoring_id)
    layout.said("It is back.")
    return redirect(url_for(".show", tailoring_id=tailoring_id), 303)


@pages.get("/tailored/<int:tailoring_id>/page.png")
@login_required  # type: ignore[untyped-decorator]
def picture(tailoring_id: int) -> AnyResponse:
    """The first page of the CV, small."""
    row = tailorings.own(current_user.id, tailoring_id)
    if row.state != Making.MADE:
        abort(404)
    return kept_picture(document_previews.first_page(row.cv, next(iter(DESIGNS))))


@pages.get("/tailored/<int:tailoring_id>/<any(cv, letter):which>")
@login_required  # type: ignore[untyped-decorator]
def get(tailoring_id: int, which: str) -> AnyResponse:
    """The CV or the letter in a design and format, as a download."""
    row, look = tailorings.own(current_user.id, tailoring_id), asked_look()
    if row.state != Making.MADE:
        raise BadAct("It is not made yet.")
    if which == "letter" and look.format is Format.JSON:
        raise BadAct("format is 'json'; a letter can be had in every other one.")
    content = render(row.cv, look) if which == "cv" else letter(letter_of(row), look)
    named = f"{'CV' if which == 'cv' else 'Letter'} {row.company}.{look.format.extension}"
    return download(content, named, look.format.media_type)


def letter_of(row: Tailoring) -> Letter:
    """The letter as it is set."""
    basics = row.cv.get("basics") or {}
    greeting, paragraphs, closing = tailorings.parts_of(row.letter, str(basics.get("name") or ""))
    return Letter(
        basics=basics,
        day=layout.clock().local(layout.clock().now).date(),
        subject=row.subject,
        paragraphs=tuple(paragraphs),
        greeting=greeting,
        closing=closing,
        company=row.company,
    )


def _seen(tailoring_id: int) -> dict[str, Any]:
    """The page, which is before its user's eyes then."""
    tailorings.seen(tailorings.own(current_user.id, tailoring_id))
    return _page(tailoring_id)


def _page(tailoring_id: int) -> dict[str, Any]:
    row = tailorings.own(current_user.id, tailoring_id)
    version = DocumentVersion.get_by_id(row.version_id)
    return {
        "version": current_user.version,
        "made": row,
        "source": version,
        "busy": row.state in {Making.WAITING, Making.MAKING},
        "words": document_words.MAKING[Making(row.state)],
        "designs": DESIGNS,
        "formats": FORMATS,
        "typed": _typed(row.subject or "", row.letter or "", row.vouched),
        "base": tailorings.words_of(row),
        "cv_text": render(row.cv, PLAIN).decode() if row.state == Making.MADE else "",
    }


def _typed(subject: str, letter: str, vouched: Sequence[str]) -> dict[str, Any]:
    """What stands in the form: what was saved, or what was sent and could not be saved."""
    return {"subject": subject, "letter": letter, "vouched": vouched, "error": "", "doubts": []}
