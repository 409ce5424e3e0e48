"""A worker's part in a kill: delivers what is due at one channel, in a process of its own."""

import sys

from hearback.config import settings
from hearback.models import connect, database
from jobs.deliver import deliver


def main() -> None:
    """Deliver at the channel whose id is given."""
    connect(settings().database_url)
    with database.connection_context():
        deliver(int(sys.argv[1]))


if __name__ == "__main__":
    main()
