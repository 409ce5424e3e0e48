"""Finding what is due by its stored moment: a tick reads these rows from an index, and no others."""

import datetime as dt
from collections.abc import Callable, Iterator

from peewee import Tuple

from hearback.chunks import chunks
from hearback.models import now
from hearback.models.base import UtcField
from jobs.fan_out import fan_out
from jobs.queues import queues

# So many ids are read at a time, and so many make one job.
PAGE = 2_000
CHUNK = 100
# All of it is due now, and the workers take it as it comes.
AT_ONCE = 1e9


def due(moment: UtcField, at: dt.datetime) -> Iterator[int]:
    """Ids of the rows whose `moment` has come by `at`, oldest first, in pages of an index on (moment, id)."""
    table = moment.model
    which = moment <= at
    while True:
        found = table.select(table.id, moment).where(which).order_by(moment, table.id).limit(PAGE)
        rows = list(found.tuples())
        yield from (row[0] for row in rows)
        if len(rows) < PAGE:
            return
        last, seen = rows[-1]
        which = (moment <= at) & (Tuple(moment, table.id) > Tuple(moment.db_value(seen), last))


def queue_due(moment: UtcField, function: Callable[..., None], *arguments: str) -> int:
    """Queue `function` for all that is due now, in chunks of ids behind `arguments`; return how many jobs."""
    cut = ((*arguments, chunk) for chunk in chunks(due(moment, now()), CHUNK))
    return fan_out(queues.default, function, cut, AT_ONCE)
