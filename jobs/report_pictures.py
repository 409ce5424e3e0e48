"""The pictures of a report: mail programs fetch them without signing in, by an address nobody can guess."""

from itsdangerous import BadSignature, URLSafeSerializer

from hearback.charts import png
from hearback.config import settings
from hearback.models import Report
from jobs.report_words import from_json


def path(report_id: int, name: str) -> str:
    """Where the picture of a part is on our site."""
    return f"/pictures/{_signer().dumps([report_id, name])}.png"


def picture(token: str) -> bytes | None:
    """The PNG of such an address; None where it is not ours, or what it shows is not there any more."""
    try:
        report_id, name = _signer().loads(token)
    except BadSignature:
        return None
    row = Report.get_or_none(Report.id == report_id)
    parts = from_json(row.content).parts if row else ()
    return next((png(part.chart) for part in parts if part.chart and part.name == name), None)


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(settings().secret_key, salt="picture of a report")
