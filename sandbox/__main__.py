"""`python -m sandbox`: starts the local Google."""

import logging
import sys

from sandbox.server import Server
from sandbox.settings import SettingsError, read


def main() -> int:
    """Read the settings and serve until stopped; 2 for a setting that cannot be used."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s %(message)s")
    try:
        settings = read(sys.argv[1:])
    except SettingsError as error:
        sys.stderr.write(f"sandbox: {error}\n")
        return 2
    Server(settings).run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
