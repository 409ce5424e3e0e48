"""What a run found: figures with their limits, printed as they come and written to docs/benchmarks.md."""

import os
import platform
import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
PACKAGES = ("gunicorn", "flask", "rq", "redis", "peewee", "psycopg")


@dataclass(frozen=True)
class Row:
    """One figure. `measured` holds every round; `limit` is what its median is held against."""

    name: str
    measured: Sequence[float]
    unit: str = ""
    at_least: float | None = None
    at_most: float | None = None

    @property
    def median(self) -> float:
        return statistics.median(self.measured)

    @property
    def holds(self) -> bool:
        """Whether the median keeps the limit; true where there is none."""
        low = self.at_least is not None and self.median < self.at_least
        high = self.at_most is not None and self.median > self.at_most
        return not low and not high

    @property
    def verdict(self) -> str:
        """One word or two on the limit."""
        if self.at_least is None and self.at_most is None:
            return ""
        if self.holds:
            return "kept"
        return "**below the limit**" if self.at_least is not None else "**above the limit**"

    @property
    def limit(self) -> str:
        if self.at_least is not None:
            return f"≥ {shown(self.at_least)}{self.unit}"
        return f"≤ {shown(self.at_most)}{self.unit}" if self.at_most is not None else ""

    @property
    def cells(self) -> list[str]:
        """Name, median, span, limit and verdict as text."""
        low, high = min(self.measured), max(self.measured)
        span = f"{shown(low)} – {shown(high)}" if len(self.measured) > 1 else ""
        return [self.name, f"{shown(self.median)}{self.unit}", span, self.limit, self.verdict]


@dataclass
class Section:
    """One benchmark's table and what its figures mean."""

    title: str
    text: str
    rows: list[Row] = field(default_factory=list)

    def add(self, row: Row) -> None:
        """Add a figure, and say it at once: a run takes minutes."""
        self.rows.append(row)
        print("  " + "  ".join(cell.replace("*", "") for cell in row.cells if cell), flush=True)

    def markdown(self) -> str:
        """The section as the page shows it."""
        head = "| | Median | Min – max | Limit | |\n|---|---:|---:|---:|---|"
        lines = [f"| {' | '.join(row.cells)} |" for row in self.rows]
        return "\n".join([f"## {self.title}", "", self.text, "", head, *lines, ""])


def shown(number: float) -> str:
    """A figure with as many digits as mean something."""
    return (
        f"{number:,.0f}" if abs(number) >= 100 else f"{number:.2f}" if abs(number) < 10 else f"{number:.1f}"
    )


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> list[float]:
    """Round by round, so that a slow moment of the machine strikes both sides of a ratio."""
    return [a / b for a, b in zip(ours, theirs, strict=True)]


def quantile(values: Sequence[float], share: float) -> float:
    """The value that `share` of all values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def write(sections: Sequence[Section], postgres: str, redis: str, busy: float) -> None:
    """Write the page. `busy` is the load average when the run began: what others did beside it."""
    head = [
        "# Benchmarks",
        "",
        "Written by `make bench`, which measures all of this again and fails if a limit is not kept.",
        "Limits are held against medians. Where two things are compared, rounds alternate (A B A B ...)",
        "and each ratio is that of two neighbouring rounds, because a machine's speed changes by the minute.",
        "",
        f"Machine: {_processor()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}. "
        f"Python {platform.python_version()}, {', '.join(f'{name} {version(name)}' for name in PACKAGES)}; "
        f"Redis {redis}, Postgres {postgres}. The load comes from the same machine and takes its share. "
        f"Before the run began its load average was {busy:.1f}.",
        "",
    ]
    PAGE.write_text("\n".join([*head, *(section.markdown() for section in sections)]), encoding="utf-8")


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    if sys.platform == "linux" and information.exists():
        for line in information.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
