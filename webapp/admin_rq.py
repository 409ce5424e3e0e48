"""The RQ dashboard at /admin/rq: for admins alone (see `access`), on our Redis, closed to other sites.

https://github.com/Parallels/rq-dashboard; two of its templates are replaced in templates/rq_dashboard.
"""

import secrets
from typing import Any

from flask import Flask, Response, abort, g, request
from flask_wtf.csrf import generate_csrf
from redis.exceptions import RedisError
from rq.exceptions import NoSuchJobError
from rq.job import Job
from rq.serializers import JSONSerializer
from rq.worker import Worker
from rq_dashboard import web as dashboard  # type: ignore[import-untyped]

from hearback.config import settings
from jobs.queues import JsonJob, redis
from webapp import errors

PATH = "/admin/rq"
# The dashboard's script sends this cookie back as X-CSRFToken, which Flask-WTF looks at in every POST.
TOKEN_COOKIE = "_csrf_token"  # noqa: S105 - the cookie's name, not a secret


class JsonWorker(Worker):
    """As `JsonJob`, for the job that a worker has in hand."""

    @classmethod
    def all(cls, *args: Any, **kwargs: Any) -> Any:
        """All workers, who read jobs as they wrote them."""
        return super().all(*args, **{**kwargs, "serializer": JSONSerializer})


def requeue(job_id: str, connection: Any) -> Job:
    """Queue a failed job again."""
    return JsonJob.fetch(job_id, connection=connection).requeue()


def init_app(app: Flask) -> None:
    """Put the dashboard into the application. Nothing connects to Redis yet."""
    dashboard.config.serializer = JSONSerializer
    dashboard.Job, dashboard.Worker, dashboard.requeue_job = JsonJob, JsonWorker, requeue
    app.config["RQ_DASHBOARD_REDIS_URL"] = (settings().redis_url,)
    app.redis_conn = redis()  # type: ignore[attr-defined]
    app.register_blueprint(dashboard.blueprint, url_prefix=PATH)
    app.before_request(_prepare)
    app.after_request(_protect)
    app.register_error_handler(NoSuchJobError, _job_is_gone)


def _is_dashboard() -> bool:
    return request.blueprint == dashboard.blueprint.name


def _prepare() -> None:
    if not _is_dashboard():
        return
    if (request.view_args or {}).get("instance_number"):
        # It could show several Redis servers; we have one.
        abort(404)
    if request.endpoint == "rq_dashboard.requeue_all" and request.method != "POST":
        # It would act upon a link, which any site can make a browser follow.
        abort(405)
    if request.endpoint != "rq_dashboard.static":
        try:
            redis().ping()
        except RedisError:
            abort(503)
    g.nonce = secrets.token_urlsafe(16)


def _protect(response: Response) -> Response:
    """Let the dashboard's pages run what they bring: one script inline, and templates made of text."""
    if _is_dashboard() and response.mimetype == "text/html" and "nonce" in g:
        response.headers["Content-Security-Policy"] = (
            f"default-src 'none'; script-src 'self' 'nonce-{g.nonce}' 'unsafe-eval'; "
            "style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; "
            "base-uri 'none'; frame-ancestors 'none'; form-action 'none'"
        )
        response.set_cookie(
            TOKEN_COOKIE, generate_csrf(), path=PATH, samesite="Strict", secure=settings().secure
        )
    return response


def _job_is_gone(_: NoSuchJobError) -> tuple[str, int]:
    return errors.page(404, "This job is gone", "It was done or deleted meanwhile. Go back to the list.")
