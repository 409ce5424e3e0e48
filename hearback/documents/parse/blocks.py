"""A section's rows grouped into entries, by where its dates stand and how its first entries are built."""

from collections import Counter

from hearback.documents.lines import Line
from hearback.documents.parse.entry import Entry
from hearback.documents.parse.evidence import company_score, title_score
from hearback.documents.parse.hidden import hidden, is_whole
from hearback.documents.parse.placed import place_like
from hearback.documents.parse.rows import Role, Row, rows_of
from hearback.documents.parse.stacked import dated_by, without_stacks

_MOST_HEADS = 4


def entries_of(lines: list[Line]) -> list[Entry]:
    """The entries of a section, in order."""
    rows, stacks = without_stacks(rows_of(lines))
    return dated_by(_entries(rows), rows, stacks)


def _entries(rows: list[Row]) -> list[Entry]:
    anchors = [at for at, row in enumerate(rows) if row.role is Role.DATED]
    if not anchors:
        return _undated(rows)
    if _dates_trail(rows, anchors):
        return _trailing(rows, anchors)
    return _leading(rows, anchors)


def _dates_trail(rows: list[Row], anchors: list[int]) -> bool:
    """Whether the dates stand under the text of each entry, as a column on the right read last is."""
    first = rows[: anchors[0]]
    after = rows[anchors[-1] + 1 :]
    heads = [row for row in first if row.role is Role.HEAD]
    texts = [row for row in first if row.role is Role.BODY]
    bare = sum(not rows[at].rest for at in anchors) >= len(anchors) / 2
    return (
        bool(heads and texts and bare)
        and first[0].role is Role.HEAD
        and all(row.role is Role.HEAD for row in after)
    )


def _trailing(rows: list[Row], anchors: list[int]) -> list[Entry]:
    entries = []
    start = 0
    for at in anchors:
        part = rows[start:at]
        # The rows of the head come first, and a place may stand just above the dates.
        texts = [index for index, row in enumerate(part) if row.role is Role.BODY]
        heads = part[: texts[0]] if texts else part
        places = [row for row in part[len(heads) :] if row.role is Role.HEAD and place_like(row.rest)]
        body = [row for row in part[len(heads) :] if row not in places]
        entries.append(Entry([*heads, *places], body, rows[at], len(heads)))
        start = at + 1
    return entries


def _leading(rows: list[Row], anchors: list[int]) -> list[Entry]:
    """Entries whose dates stand in their head: before, after or between its other rows."""
    runs = [
        _heads_before(rows, at, anchors[number - 1] if number else -1) for number, at in enumerate(anchors)
    ]
    usual = _usual(rows, anchors, runs)
    starts = []
    for number, at in enumerate(anchors):
        run = runs[number]
        if number and run and _no_text(rows, anchors, number):
            # No text stands between: these rows are shared out as the first entry has them.
            run = min(run, usual)
        elif number and run > usual:
            run = _strong(rows[at - run : at], usual)
        starts.append(at - run)
    entries = []
    for number, at in enumerate(anchors):
        end = starts[number + 1] if number + 1 < len(starts) else len(rows)
        entries.extend(_entry(rows, starts[number], at, end))
    intro = rows[: starts[0]]
    lead = [row for row in intro if row.role is Role.HEAD]
    return [*(_undated(intro) if lead and len(intro) > len(lead) else []), *entries]


def _heads_before(rows: list[Row], at: int, floor: int) -> int:
    """How many rows just before a dated one, and after `floor`, could be of its head."""
    count = 0
    while at - count - 1 > floor and rows[at - count - 1].role is Role.HEAD and count < _MOST_HEADS:
        count += 1
    return count


def _no_text(rows: list[Row], anchors: list[int], number: int) -> bool:
    """Whether only rows of heads stand between a dated row and the one before it."""
    return all(row.role is Role.HEAD for row in rows[anchors[number - 1] + 1 : anchors[number]])


def _usual(rows: list[Row], anchors: list[int], runs: list[int]) -> int:
    """How many rows of a head stand before its dates in this section."""
    clear = [run for number, run in enumerate(runs) if not number or not _no_text(rows, anchors, number)]
    counts = Counter(min(run, 3) for run in clear if run)
    first = min(runs[0], 3)
    if not counts:
        return 0
    common, times = counts.most_common(1)[0]
    # Where the first entry is as frequent a form as another, it has the say.
    return first if counts[first] >= times or (not first and times < 2) else common


def _strong(run: list[Row], usual: int) -> int:
    """How many of more rows than usual are of the head, from the first that is clearly none of the text."""
    for index, row in enumerate(run):
        left = len(run) - index
        if left <= usual:
            return left
        clear = row.line.bold or row.line.heading or row.line.gap >= 0.8
        if clear or title_score(row.rest) >= 0.8 or company_score(row.rest) >= 0.6:
            return left
    return usual


def _entry(rows: list[Row], start: int, at: int, end: int) -> list[Entry]:
    heads = rows[start:at]
    have = len(heads) + bool(rows[at].rest)
    titled = any(title_score(row.rest) >= 0.6 for row in (*heads, rows[at]))
    after = at + 1
    # Title, employer and place: what is still to come after the dates.
    while after < end and rows[after].role is Role.HEAD and after - at <= _MOST_HEADS - have:
        if titled and have > 1 and title_score(rows[after].rest) >= 0.8:
            # The next job begins here, though without dates.
            break
        after += 1
    entry = Entry([*heads, *rows[at + 1 : after]], rows[after:end], rows[at], len(heads))
    return [entry, *hidden(entry.body)]


def _undated(rows: list[Row]) -> list[Entry]:
    """Entries of a section without dates: each begins where rows of a head follow text, or stand out."""
    entries: list[Entry] = []
    bold = any(row.line.bold for row in rows)
    for index, row in enumerate(rows):
        before = rows[index - 1] if index else None
        new = before is None or (
            row.role is Role.HEAD
            and (
                before.role is Role.BODY
                or (is_whole(before) and is_whole(row))
                or (row.line.bold and not before.line.bold)
                or row.line.gap > max(before.line.gap, 0.7)
            )
            and (not bold or row.line.bold or row.line.gap >= 0.8)
        )
        if new:
            entries.append(Entry())
        entry = entries[-1]
        (
            entry.heads
            if row.role is Role.HEAD and not entry.body and len(entry.heads) < _MOST_HEADS
            else entry.body
        ).append(row)
    return entries
