"""Local job boards that answer as the real ones do: Greenhouse, Remotive, and career pages with JSON-LD."""

from html import escape
from typing import Any

from flask import Blueprint, Response, abort, jsonify, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from sandbox.context import world
from sandbox.openings.opening import Company, Opening, companies

blueprint = Blueprint("boards", __name__)

GREENHOUSE = "/boards/greenhouse"
REMOTIVE = "/boards/remotive"
# Real ids are long; ours keep their own number at the end.
GREENHOUSE_IDS, REMOTIVE_IDS = 4_100_000, 1_900_000
LEGAL = (
    "Remote jobs of invented employers, in the form in which Remotive's public API gives its own "
    "(https://remotive.com/api/remote-jobs). Link back to the address of the job and name the source."
)
KINDS = {"Full-time": "FULL_TIME", "Part-time": "PART_TIME", "Contract": "CONTRACTOR", "Internship": "INTERN"}


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Whoever wants to may read everything."""
    return Response("User-agent: *\nAllow: /\n", mimetype="text/plain")


@blueprint.get(f"{GREENHOUSE}/v1/boards/<company>/jobs")
def greenhouse(company: str) -> AnyResponse:
    """A company's board as https://developers.greenhouse.io/job-board.html describes it."""
    if _employer(company, "greenhouse") is None:
        answer = jsonify({"status": 404, "error": "Job not found"})
        answer.status_code = 404
        return answer
    whole, pay = (request.args.get(name) == "true" for name in ("content", "pay_transparency"))
    rows = [_greenhouse_row(one, whole, pay) for one in world().openings.on("greenhouse", company)]
    return jsonify({"jobs": rows, "meta": {"total": len(rows)}})


@blueprint.get(f"{REMOTIVE}/api/remote-jobs")
def remotive() -> Response:
    """The feed as https://github.com/remotive-com/remote-jobs-api describes it, newest first."""
    found = sorted(world().openings.on("remotive"), key=lambda one: one.posted, reverse=True)
    rows = [_remotive_row(one) for one in found]
    counts = {"job-count": len(rows), "total-job-count": len(rows)}
    return jsonify({"00-warning": LEGAL, "0-legal-notice": LEGAL, **counts, "jobs": rows})


@blueprint.get("/careers/<company>")
def careers(company: str) -> str:
    """A company's career page: its jobs for people, and as schema.org/JobPosting for machines."""
    employer = _employer(company, "page") or abort(404)
    found = world().openings.on("page", company)
    blocks = [_schema(one) for one in found]
    return render_template("careers.html", company=employer, openings=found, blocks=blocks)


@blueprint.get("/careers/<company>/<int:number>")
@blueprint.get(f"{GREENHOUSE}/<company>/jobs/<int:number>")
@blueprint.get(f"{REMOTIVE}/remote-jobs/<company>-<int:number>")
def opening(company: str, number: int) -> AnyResponse:
    """The page of one job, on each board the same."""
    found = world().openings.find(number % 100_000)
    if found is None or found.company.key != company:
        return Response(render_template("opening.html", opening=None), 410)
    return Response(render_template("opening.html", opening=found, blocks=[_schema(found)]))


def _employer(key: str, board: str) -> Company | None:
    found = companies().get(key)
    return found if found is not None and found.board == board else None


def _greenhouse_row(one: Opening, whole: bool, pay: bool) -> dict[str, Any]:
    number = GREENHOUSE_IDS + one.id
    row: dict[str, Any] = {
        "id": number,
        "internal_job_id": number - 1_000_000,
        "title": one.title,
        "company_name": one.company.name,
        "absolute_url": f"{request.host_url}{GREENHOUSE[1:]}/{one.company.key}/jobs/{number}",
        "location": {"name": one.place},
        "requisition_id": None,
        "first_published": one.posted.isoformat(),
        "updated_at": one.posted.isoformat(),
        "application_deadline": one.until and one.until.isoformat(),
        "language": "en",
        "data_compliance": [],
        "metadata": [
            _own_field(1, "Employment Type", one.kind),
            _own_field(2, "Workplace Type", one.away.capitalize() or "On-site"),
        ],
    }
    if whole:
        row["content"] = escape(_html(one))
        row["departments"] = [{"id": 1, "name": one.trade.capitalize(), "child_ids": [], "parent_id": None}]
        row["offices"] = []
    if pay and one.pay:
        low, high, currency, period = one.pay
        title = {"year": "Annual salary range", "hour": "Hourly pay range"}[period]
        cents = {"min_cents": round(low * 100), "max_cents": round(high * 100)}
        row["pay_input_ranges"] = [{**cents, "currency_type": currency, "title": title, "blurb": ""}]
    return row


def _own_field(number: int, name: str, value: str) -> dict[str, Any]:
    return {"id": number, "name": name, "value": value, "value_type": "single_select"}


def _remotive_row(one: Opening) -> dict[str, Any]:
    number = REMOTIVE_IDS + one.id
    where = "USA" if "United States" in one.place or one.company.board != "remotive" else one.place
    return {
        "id": number,
        "url": f"{request.host_url}{REMOTIVE[1:]}/remote-jobs/{one.company.key}-{number}",
        "title": one.title,
        "company_name": one.company.name,
        "company_logo": "",
        "category": one.trade.capitalize(),
        "tags": [one.trade],
        "job_type": one.kind.lower().replace("-", "_"),
        "publication_date": f"{one.posted:%Y-%m-%dT%H:%M:%S}",
        "candidate_required_location": where,
        "salary": one.words(),
        "description": _html(one),
    }


def _schema(one: Opening) -> dict[str, Any]:
    """The job as https://schema.org/JobPosting."""
    city, _, region = one.place.partition(", ")
    address = {
        "@type": "PostalAddress",
        "addressLocality": city,
        "addressRegion": region,
        "addressCountry": "US",
    }
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": one.title,
        "url": f"{request.host_url}careers/{one.company.key}/{one.id}",
        "identifier": {"@type": "PropertyValue", "name": one.company.name, "value": f"HB{one.id:04}"},
        "hiringOrganization": {"@type": "Organization", "name": one.company.name},
        "datePosted": one.posted.isoformat(),
        "employmentType": KINDS[one.kind],
        "description": _html(one),
        "jobLocation": {"@type": "Place", "address": address},
    }
    if one.away == "remote":
        found |= {"jobLocationType": "TELECOMMUTE"}
    if one.until:
        found["validThrough"] = one.until.isoformat()
    if one.pay:
        low, high, currency, period = one.pay
        value = {"@type": "QuantitativeValue", "minValue": low, "maxValue": high, "unitText": period.upper()}
        found["baseSalary"] = {"@type": "MonetaryAmount", "currency": currency, "value": value}
    return found


def _html(one: Opening) -> str:
    return render_template("opening_text.html", opening=one)
