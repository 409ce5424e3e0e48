"""One time of day as it is written: "9:30 pm", "14 Uhr", "1430 hrs", "half past two", "noon"."""

from dataclasses import dataclass
from datetime import time

from hearback.mail.date_words import HOURS, SPOKEN, compiled

# "At 3" in mail about interviews is in the afternoon, "at 9" in the morning.
_FIRST_WORKING_HOUR = 8
# With minutes or "Uhr" it is rather what it says, but nobody talks at 3 in the night.
_FIRST_EARLY_HOUR = 7
_FIRST_HOUR_OF_24 = 6
_LENGTHS = frozenset({"heure", "heures", "hora", "horas", "hr", "hrs", "hour", "hours", "hs"})
_MIDNIGHTS = ("midnight", "mitternacht", "minuit", "medianoche", "mezzanotte")
# "Half two" is half past two in England, and the Dutch say it with words of their own.
_ENGLISH_HOURS = frozenset(
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
)


@dataclass(frozen=True, slots=True)
class Clock:
    """One time as written. `sure` if it can be nothing but a time; `fixed` if told by 24 hours.

    `length` if it may as well be how long something takes, `day_long` if told by 24 hours, perhaps.
    """

    hour: int
    minute: int
    half: str
    sure: bool
    fixed: bool
    shift: int = 0
    length: bool = False
    day_long: bool = False
    minutes: bool = False


def read(words: str) -> Clock | None:
    """What is written of one time; None if it cannot be one."""
    if any(char.isdigit() for char in words) and (match := compiled("parts").fullmatch(words)):
        hour, minute, word = int(match["hour"]), int(match["minute"] or 0), match["word"] or ""
        if hour > 23 or minute > 59:
            return None
        half = f"{match['half']}m" if match["half"] and hour <= 12 else ""
        plain = "." not in words.replace("a.", "").replace("p.", "")
        minutes = match["minute"] is not None
        length = word in _LENGTHS or (word == "h" and 0 < hour < _FIRST_EARLY_HOUR)
        sure = bool(half) or (minutes and (plain or bool(word))) or (bool(word) and not length)
        fixed = hour > 12 or words[0] == "0"
        return Clock(hour, minute, half, sure, fixed, 0, length and not minutes, bool(word), minutes)
    if words.endswith(_MIDNIGHTS):
        return Clock(0, 0, "", True, True)
    return _spoken(words)


def _spoken(words: str) -> Clock | None:
    before, _, name = words.removesuffix(" o'clock").rpartition(" ")
    hour = HOURS.get(name) or (int(name) if name.isdigit() else 0)
    if not hour:
        return Clock(12, 0, "pm", True, True)
    if before == "half" and name in _ENGLISH_HOURS:
        return None
    return Clock(hour, 0, "", bool(before) or words.endswith("o'clock"), False, SPOKEN.get(before, 0))


def told(clock: Clock, other: Clock | None, half: str) -> time:
    """The time of day, with the half of the day that the mail or good sense gives."""
    half = clock.half or half or (_inherited(clock, other) if other else "")
    hour = clock.hour
    if half == "am" and (clock.half or hour != 12):
        hour %= 12
    elif half == "pm":
        hour = hour % 12 + 12 if hour <= 12 else hour
    elif not clock.fixed and 0 < hour < _first_hour(clock):
        hour += 12
    minutes = (hour * 60 + clock.minute + clock.shift) % (24 * 60)
    return time(minutes // 60, minutes % 60)


def _first_hour(clock: Clock) -> int:
    if clock.day_long:
        return _FIRST_HOUR_OF_24
    return _FIRST_EARLY_HOUR if clock.minute else _FIRST_WORKING_HOUR


def _inherited(clock: Clock, other: Clock) -> str:
    """The half of the day that the end of a span gives to its beginning."""
    if not other.half or clock.fixed:
        return ""
    # "11-1 pm" starts in the morning.
    later = (other.hour % 12, other.minute) >= (clock.hour % 12, clock.minute)
    return other.half if later or other.half == "am" else "am"


def later(at: time, hours: int) -> time:
    return at.replace(hour=(at.hour + hours) % 24)
