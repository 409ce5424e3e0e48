"""Runs the benchmarks: `python -m benchmarks [name ...]`; the page is written when all ran."""

import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import psycopg
from redis import Redis

from benchmarks import (
    backfill,
    documents,
    import_file,
    jobs,
    latency,
    memory,
    pushes,
    reading,
    reminders,
    report,
    scan,
)
from benchmarks.report import Section
from benchmarks.webs import Databases
from tests.support import servers

ALL: dict[str, Callable[[Databases, str], Section]] = {
    "pushes": pushes.measure,
    "latency": latency.measure,
    "import": import_file.measure,
    "scan": scan.measure,
    "backfill": backfill.measure,
    "memory": memory.measure,
    "reminders": reminders.measure,
    "reading": reading.measure,
    "documents": documents.measure,
    "jobs": jobs.measure,
}


def main(names: Sequence[str]) -> int:
    """Run what is named, by default everything; return 1 if a limit was not kept."""
    unknown = [name for name in names if name not in ALL]
    if unknown:
        print(f"There is no benchmark {', '.join(unknown)}; there are {', '.join(ALL)}.", file=sys.stderr)
        return 2
    sections = []
    busy = os.getloadavg()[0]
    print(f"Load average before the run: {busy:.1f}", flush=True)
    with (
        tempfile.TemporaryDirectory(prefix="hearback-benchmarks-") as folder,
        servers.redis_server() as redis_server,
        servers.postgres_server(durable=True) as postgres,
    ):
        databases = Databases(Path(folder), postgres)
        for name in names or ALL:
            print(f"{name}:", flush=True)
            sections.append(ALL[name](databases, redis_server))
        if not names:
            report.write(sections, *_versions(postgres.admin_url, redis_server), busy)
    missed = [row for section in sections for row in section.rows if not row.holds]
    for row in missed:
        print(
            f"{row.name}: {report.shown(row.median)}{row.unit}, limit {row.limit}: {row.verdict.strip('*')}"
        )
    return 1 if missed else 0


def _versions(postgres_url: str, redis_url: str) -> tuple[str, str]:
    with psycopg.connect(postgres_url) as connection:
        postgres = str(connection.info.server_version // 10_000)
    with Redis.from_url(redis_url) as client:
        return postgres, str(client.info("server")["redis_version"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
