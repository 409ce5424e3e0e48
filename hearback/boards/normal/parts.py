"""Looks into what boards answer, whatever shape it has today."""


def part(row: object, *path: str) -> object:
    """What stands under a path of keys, or None where any step is missing or of another shape."""
    for key in path:
        row = row.get(key) if isinstance(row, dict) else None
    return row


def listed(value: object) -> list[object]:
    """A list as it is, nothing as an empty one, and anything else as the only item."""
    return value if isinstance(value, list) else [] if value is None else [value]
