"""A CV and letter for one job: made with progress, shown with what was changed and refused, approved."""

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_login import current_user, login_required
from werkzeug.wrappers import Response as AnyResponse

from hearback.documents.render import DESIGNS, Format, Letter, letter, render
from hearback.documents.tailor.posting import Tone
from hearback.models import DocumentVersion, Making, Tailoring
from jobs import tailor, tailorings
from jobs.refusals import BadAct
from webapp import document_words, layout
from webapp.document import FORMATS, asked_look, download

pages = Blueprint("tailorings", __name__)


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
    row = tailorings.own(current_user.id, tailoring_id)
    tailorings.seen(row)
    return render_template("tailored.html", **_page(row))


@pages.get("/tailored/<int:tailoring_id>/changes")
def changes(tailoring_id: int) -> AnyResponse | str:
    """204 while the open page shows all there is, otherwise its parts anew."""
    if not current_user.is_authenticated:
        return Response(status=401)
    if layout.unchanged():
        return Response(status=204)
    row = tailorings.own(current_user.id, tailoring_id)
    tailorings.seen(row)
    return render_template("tailored_parts.html", **_page(row))


@pages.post("/tailored/<int:tailoring_id>")
@login_required  # type: ignore[untyped-decorator]
def correct(tailoring_id: int) -> AnyResponse | tuple[str, int]:
    """Keep the letter as it was changed; what the CV does not prove is asked about first."""
    row = tailorings.own(current_user.id, tailoring_id)
    subject, words = request.form.get("subject", ""), request.form.get("letter", "")
    error, doubts = "", []
    try:
        vouched = request.form.getlist("vouched")
        doubts = tailorings.correct(current_user.id, row.id, subject, words, vouched)
    except BadAct as fault:
        error = str(fault)
    if error or doubts:
        typed = {"subject": subject, "letter": words, "error": error, "doubts": doubts}
        return render_template("tailored.html", **_page(row) | {"typed": typed}), 400
    layout.said("Saved. Approve it when it is as you want it.")
    return redirect(url_for(".show", tailoring_id=row.id), 303)


@pages.post("/tailored/<int:tailoring_id>/approve")
@login_required  # type: ignore[untyped-decorator]
def approve(tailoring_id: int) -> AnyResponse:
    """Say that it may leave."""
    tailorings.approve(current_user.id, tailoring_id)
    layout.said("Approved. It goes out only when you send it.")
    return redirect(url_for(".show", tailoring_id=tailoring_id), 303)


@pages.post("/tailored/<int:tailoring_id>/drop")
@login_required  # type: ignore[untyped-decorator]
def drop(tailoring_id: int) -> AnyResponse:
    """Throw it away; it can be made again at any time."""
    row = tailorings.own(current_user.id, tailoring_id)
    tailorings.drop(current_user.id, row.id)
    layout.said("Thrown away. It can be made again from the job's page.")
    if row.job_id is None:
        return redirect(url_for("documents.show"), 303)
    return redirect(url_for("job.show", job_id=row.job_id), 303)


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


def _page(row: Tailoring) -> dict[str, Any]:
    row = tailorings.own(current_user.id, row.id)
    version = DocumentVersion.get_by_id(row.version_id)
    return {
        "version": current_user.version,
        "made": row,
        "source": version,
        "busy": row.state in {Making.WAITING, Making.MAKING},
        "words": document_words.MAKING[Making(row.state)],
        "designs": DESIGNS,
        "formats": FORMATS,
        "typed": {"subject": row.subject, "letter": row.letter, "error": "", "doubts": []},
    }
