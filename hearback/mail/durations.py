"""How long a mail says that a talk takes, for times without an end."""

from datetime import timedelta

from hearback.mail.date_words import COUNTS, compiled


def durations(norm: str) -> set[timedelta]:
    """How long a sentence says that a talk takes; of "30-45 minutes" the longer."""
    found: set[timedelta] = set()
    for match in compiled("duration").finditer(norm):
        if match["minutes"]:
            minutes = int(match["minutes"])
        elif match["fixed"]:
            more = any(word in match["fixed"] for word in ("and a half", ".5", ",5", "anderthalb"))
            minutes = 90 if more else 30
        else:
            hours = match["hours"]
            minutes = 60 * (int(hours) if hours.isdigit() else COUNTS.get(hours, 1))
        if 5 <= minutes <= 480:
            found.add(timedelta(minutes=minutes))
    return found
