"""The page on which a person plays the employer."""

from flask import Blueprint, render_template

from sandbox.context import world

blueprint = Blueprint("pages", __name__)


@blueprint.get("/")
def home() -> str:
    """Be the employer."""
    return render_template("employer.html", accounts=world().accounts()[:20])
