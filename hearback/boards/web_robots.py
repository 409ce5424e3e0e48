"""What a site's robots.txt allows us, and how long it wants us to wait between two calls."""

import re
from dataclasses import dataclass

from protego import Protego

# A longer wait is a wish to be left alone: what is left for the next run then stays for it.
LONGEST_DELAY = 60.0
# RFC 9309 asks that at least so much of it is read: https://www.rfc-editor.org/rfc/rfc9309
MOST_SIGNS = 512 * 1024


@dataclass(frozen=True)
class Rules:
    """The rules of one site; without `parsed` everything is allowed. `named` says that some are for us."""

    parsed: Protego | None = None
    agent: str = ""
    named: bool = False

    def allow(self, url: str) -> bool:
        """Whether we may ask for this address."""
        return self.parsed is None or bool(self.parsed.can_fetch(url, self.agent))

    @property
    def delay(self) -> float:
        """Seconds between two calls that the site asks for, 0 where it asks for none."""
        if self.parsed is None:
            return 0.0
        rate = self.parsed.request_rate(self.agent)
        wishes = [self.parsed.crawl_delay(self.agent) or 0.0, rate.seconds / rate.requests if rate else 0.0]
        return min(max(wishes), LONGEST_DELAY)


def read_robots(text: str, agent: str) -> Rules:
    """The rules that a robots.txt has for `agent`. A web page or JSON in its place has none."""
    start = text.lstrip("\ufeff \t\r\n")[:1]
    if start in {"<", "{", "["}:
        return Rules()
    kept = text[:MOST_SIGNS]
    # Spaces within a line alone: what may run over line ends takes for ever on a page of them.
    ours = rf"^[ \t]*user-agent[ \t]*:[ \t]*{re.escape(agent)}\b"
    named = re.search(ours, kept, re.IGNORECASE | re.MULTILINE)
    return Rules(Protego.parse(kept), agent, named is not None)
