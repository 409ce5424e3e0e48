"""One logging set-up: an event's static name, then its fields, with the job it happened in."""

import logging
import sys
from typing import Any

from rq.job import get_current_job


class JobFilter(logging.Filter):
    """Put the id of the running RQ job on every line, so that one job's story can be searched for."""

    def filter(self, record: logging.LogRecord) -> bool:
        job = get_current_job()
        record.job = f" job={job.id}" if job is not None else ""
        return True


def set_up(level: str = "INFO") -> None:
    """Send all logs to standard error in one form; call once at the start of a process."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        logging.Formatter("%(asctime)s %(levelname)s %(name)s%(job)s %(message)s", "%H:%M:%S")
    )
    handler.addFilter(JobFilter())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # These say in many lines what our own events say in one; their warnings still come through.
    for noisy in ("googleapiclient", "google_auth_httplib2", "rq.worker", "rq.scheduler", "httpx"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def event(name: str, **fields: Any) -> str:
    """Return `name key=value ...`; fields are ids, counts and times, never what a mail says."""
    return " ".join([name, *(f"{key}={value}" for key, value in fields.items())])
