"""Words that pages and letters share: days, months, and counts of things."""

# Written out, because strftime would follow the locale of the server's machine.
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
          "October", "November", "December")  # fmt: skip


def plural(count: int, one: str, many: str | None = None) -> str:
    """Count in words: "1 answer", "2 answers"."""
    return f"{count} {one if count == 1 else many or one + 's'}"
