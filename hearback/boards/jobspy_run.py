"""The process that python-jobspy runs in: a question as JSON comes in, a table as JSON goes out."""

import json
import sys
from importlib import import_module


def main() -> None:
    """Ask, and write the rows with dates as ISO 8601 and nothing for what is not known."""
    question = json.load(sys.stdin)
    table = import_module("jobspy").scrape_jobs(**question)
    sys.stdout.write(table.to_json(orient="records", date_format="iso"))


if __name__ == "__main__":
    main()
