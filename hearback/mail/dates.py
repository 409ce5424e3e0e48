"""Dates and times in a mail's words, against the moment at which it was received."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from hearback.mail.sentences import Sentence
from hearback.mail.verdict import When

MOST_DATES = 8

_MONTH_NAMES = (
    "january jan januar janvier enero gennaio janeiro januari",
    "february feb februar février fevrier febrero febbraio fevereiro februari",
    "march mar märz maerz mars marzo março maart",
    "april apr avril abril aprile",
    "may mai mayo maggio maio mei",
    "june jun juni juin junio giugno junho",
    "july jul juli juillet julio luglio julho",
    "august aug août aout agosto augustus",
    "september sep sept septembre septiembre settembre setembro",
    "october oct oktober okt octobre octubre ottobre outubro",
    "november nov novembre noviembre novembro",
    "december dec dezember dez décembre decembre diciembre dicembre dezembro",
)
_DAY_NAMES = (
    "monday mon montag lundi lunes lunedì lunedi segunda-feira segunda maandag",
    "tuesday tues tue dienstag mardi martes martedì martedi terça-feira terça dinsdag",
    "wednesday wed mittwoch mercredi miércoles miercoles mercoledì mercoledi quarta-feira quarta woensdag",
    "thursday thurs thur thu donnerstag jeudi jueves giovedì giovedi quinta-feira quinta donderdag",
    "friday fri freitag vendredi viernes venerdì venerdi sexta-feira sexta vrijdag",
    "saturday sat samstag sonnabend samedi sábado sabado sabato zaterdag",
    "sunday sun sonntag dimanche domingo domenica zondag",
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
_DAYS = {name: number for number, names in enumerate(_DAY_NAMES) for name in names.split()}
_TODAY = {"today": 0, "heute": 0, "aujourd'hui": 0, "hoy": 0, "oggi": 0, "hoje": 0, "vandaag": 0,
          "tomorrow": 1, "morgen": 1, "demain": 1, "mañana": 1, "domani": 1, "amanhã": 1}  # fmt: skip

# Abbreviations that mail uses, with the zone that people there mean by them.
_ZONES = {
    "pt": "America/Los_Angeles", "pst": "America/Los_Angeles", "pdt": "America/Los_Angeles", "pacific": "America/Los_Angeles",
    "mt": "America/Denver", "mst": "America/Denver", "mdt": "America/Denver", "mountain": "America/Denver",
    "ct": "America/Chicago", "cst": "America/Chicago", "cdt": "America/Chicago", "central": "America/Chicago",
    "et": "America/New_York", "est": "America/New_York", "edt": "America/New_York", "eastern": "America/New_York",
    "gmt": "UTC", "utc": "UTC", "bst": "Europe/London", "uk": "Europe/London", "london": "Europe/London",
    "cet": "Europe/Berlin", "cest": "Europe/Berlin", "mez": "Europe/Berlin", "mesz": "Europe/Berlin",
    "eet": "Europe/Helsinki", "eest": "Europe/Helsinki", "wet": "Europe/Lisbon", "ist": "Asia/Kolkata",
    "jst": "Asia/Tokyo", "sgt": "Asia/Singapore", "hkt": "Asia/Hong_Kong", "aest": "Australia/Sydney", "aedt": "Australia/Sydney",
}  # fmt: skip


def _either(names: dict[str, int]) -> str:
    return "|".join(sorted((re.escape(name) for name in names), key=len, reverse=True))


_MONTH = rf"(?:{_either(_MONTHS)})\b\.?"
_CLOCK = (
    r"\d{1,2}(?:(?::|\.|h|\s?uhr\s?)[0-5]\d)?\s?(?:a\.?m\.?|p\.?m\.?|uhr|h)?(?!\w|[:/]\d|\.\d\d|-\d{3}|%)"
)
_DATE = re.compile(
    rf"(?P<iso>\b20\d\d-[01]?\d-[0-3]?\d)(?!\d)"
    rf"|(?P<dmonth>\b[0-3]?\d)(?:st|nd|rd|th|er|º|ª|\.)?(?: of| de| di)? ?(?P<month>{_MONTH})(?:,? (?:de |del )?(?P<myear>20\d\d))?"
    rf"|\b(?P<amonth>{_MONTH}) ?(?P<aday>[0-3]?\d)(?:st|nd|rd|th)?(?![\d:]|\.\d)(?:,? ?(?P<ayear>20\d\d))?"
    rf"|\b(?P<n1>[0-3]?\d)(?P<sep>[./])(?P<n2>[0-3]?\d)(?:(?P=sep)(?P<nyear>(?:20)?\d\d)?)?(?![\d/]|[.,]\d|%)"
    rf"|\b(?P<next>next |this |coming |nächsten |kommenden |am |le |el |on )?(?P<weekday>{_either(_DAYS)})\b(?P<after> next| prochain| próximo)?"
    rf"|\b(?P<relative>{_either(_TODAY)})\b"
)
_TIME = re.compile(
    rf"(?P<from>(?<![\d.:/$€£#-])\b{_CLOCK})(?:\s?(?:-|to|until|till|bis|à|and|a|tot)\s?(?P<to>{_CLOCK}))?"
    r"|\b(?P<word>noon|midday|midnight|mittags)\b"
)
_ZONE = re.compile(
    r"^[\s,(]{0,3}(?P<name>"
    + "|".join(sorted(_ZONES, key=len, reverse=True))
    + r")\b(?P<shift>\s?[+-]\d{1,2}(?::?\d\d)?)?(?: (?:standard |daylight )?time)?"
    r"|^[\s,(]{0,3}(?P<iana>(?:europe|america|asia|australia|africa|pacific)/[a-z_]{3,30})|^ ?(?P<offset>[+-]\d\d:?\d\d)\b"
)
_DEADLINE = re.compile(
    r"\b(?:by|before|until|till|no later than|not later than|due(?: on| by| date)?:?|deadline(?: is| of| for \w+)?:?|expires?(?: on| at| in)?:?|within|latest|bis(?: zum| spätestens)?|avant(?: le)?|antes (?:del?|do)|entro(?: il)?|até|vóór|voor|respond in)\b"
)
_WITHIN = re.compile(
    r"\b(?:within|in|next|expires? in|have) (?:the next )?(?P<count>\d{1,3}|one|two|three|four|five|six|seven|ten|fourteen) ?(?:\(\d+\) ?)?(?P<business>business |working |calendar )?(?P<unit>hours?|days?|weeks?)\b"
)
_COUNTS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "ten": 10,
    "fourteen": 14,
}


@dataclass(frozen=True, slots=True)
class _Day:
    day: date
    start: int
    end: int


def read(
    sentences: list[Sentence], received: datetime | None, sent: datetime | None
) -> tuple[tuple[When, ...], date | datetime | None]:
    """The times that sentences name, in order, and the deadline they set.

    `received` (aware) is what "tomorrow" is counted from; without it only full dates are read.
    `sent` gives the writer's own offset, for times without a zone.
    """
    local: tzinfo = (sent.tzinfo if sent and sent.tzinfo else None) or UTC
    today = (received or sent).astimezone(local).date() if received or sent else None
    found: dict[tuple[datetime, datetime | None], When] = {}
    deadline: date | datetime | None = None
    for sentence in sentences[:80]:
        days = _days(sentence.norm, today)
        limit = _DEADLINE.search(sentence.norm)
        if limit:
            deadline = deadline or _deadline(sentence.norm, limit.start(), days, today)
        for index, day in enumerate(days):
            if limit and limit.start() < day.start <= limit.end() + 25:
                continue
            until = days[index + 1].start if index + 1 < len(days) else len(sentence.norm)
            for when in _spans(sentence, day, days[index - 1].end if index else 0, until, local):
                found.setdefault((when.start, when.end), when)
    return tuple(found.values())[:MOST_DATES], deadline


def _days(norm: str, today: date | None) -> list[_Day]:
    """The days that a sentence names; a weekday and the date behind it are one."""
    days: list[_Day] = []
    for match in _DATE.finditer(norm):
        day = _day(match, today)
        if day is None:
            continue
        near = (
            days
            and match.start() - days[-1].end <= 8
            and not re.search(r"\bor\b|\band\b|&|/|\d", norm[days[-1].end : match.start()])
        )
        if near and match["weekday"] is None and _was_weekday(norm, days[-1]):
            days[-1] = _Day(day, days[-1].start, match.end())
        elif near and match["weekday"] is not None and days[-1].day.weekday() == _DAYS[match["weekday"]]:
            days[-1] = _Day(days[-1].day, days[-1].start, match.end())
        else:
            days.append(_Day(day, match.start(), match.end()))
    return days


def _was_weekday(norm: str, day: _Day) -> bool:
    return any(word in _DAYS for word in re.findall(r"[^\W\d_]+(?:-feira)?", norm[day.start : day.end]))


def _day(match: re.Match[str], today: date | None) -> date | None:
    try:
        if match["iso"]:
            return datetime.strptime(match["iso"], "%Y-%m-%d").replace(tzinfo=UTC).date()
        if match["month"]:
            return _dated(match["myear"], _MONTHS[match["month"].rstrip(".")], int(match["dmonth"]), today)
        if match["amonth"]:
            return _dated(match["ayear"], _MONTHS[match["amonth"].rstrip(".")], int(match["aday"]), today)
        if match["n1"]:
            return _numeric(match, today)
    except ValueError:
        return None
    if today is None:
        return None
    if match["relative"]:
        return today + timedelta(days=_TODAY[match["relative"]])
    return _weekday(match, today)


def _weekday(match: re.Match[str], today: date) -> date:
    """The next such day; with "next" the one in the week after, as most people mean it."""
    ahead = (_DAYS[match["weekday"]] - today.weekday()) % 7
    following = (match["next"] or "").strip() in {"next", "nächsten"} or match["after"]
    if following and ahead and today.weekday() + ahead < 7:
        ahead += 7
    return today + timedelta(days=ahead or 7)


def _numeric(match: re.Match[str], today: date | None) -> date | None:
    """12.3.2026 is day first; 3/12/2026 is month first unless that is no month."""
    if match["sep"] == "." and not match["nyear"] and not match[0].endswith("."):
        return None
    first, second = int(match["n1"]), int(match["n2"])
    year = match["nyear"]
    year = f"20{year}" if year and len(year) == 2 else year
    day_first = match["sep"] == "." or first > 12
    day, month = (first, second) if day_first else (second, first)
    return _dated(year, month, day, today)


def _dated(year: str | None, month: int, day: int, today: date | None) -> date | None:
    """A date whose year, where it is not said, is the one that puts it nearest after the mail."""
    if year:
        return date(int(year), month, day)
    if today is None:
        return None
    guess = date(today.year, month, day)
    return date(today.year + 1, month, day) if guess < today - timedelta(days=60) else guess


def _spans(sentence: Sentence, day: _Day, after: int, until: int, local: tzinfo) -> list[When]:
    """The times of day that belong to `day`: behind it up to the next day, else before it."""
    norm = sentence.norm
    times = _times(norm, day.end, min(until, day.end + 160)) or _times(
        norm, max(after, day.start - 40), day.start
    )
    if not times:
        start = datetime.combine(day.day, time.min, tzinfo=local)
        text = sentence.text[day.start : day.end].strip()
        return [When(start, start + timedelta(days=1), None, text)]
    spans: list[When] = []
    zone_name, zone = next(((name, zone) for *_, name, zone in times if zone), (None, None))
    for begin, finish, first, last, name, own in times:
        used = own or zone or local
        try:
            start = datetime.combine(day.day, begin, tzinfo=used)
            end = datetime.combine(day.day, finish, tzinfo=used) if finish else None
            if end and end < start:
                end += timedelta(days=1)
        except OverflowError:
            continue
        words = sentence.text[min(day.start, first) : max(day.end, last)].strip()
        spans.append(When(start, end, name or zone_name, words))
    return spans


_Time = tuple[time, time | None, int, int, str | None, tzinfo | None]


def _times(norm: str, start: int, end: int) -> list[_Time]:
    found: list[_Time] = []
    for match in _TIME.finditer(norm, start, end):
        if match["word"]:
            moment = time(0) if match["word"] == "midnight" else time(12)
            found.append((moment, None, match.start(), match.end(), None, None))
            continue
        finish = _clock(match["to"], None) if match["to"] else None
        begin = _clock(match["from"], match["to"])
        if begin is None or (match["to"] and finish is None):
            continue
        last = match.end()
        name, zone, length = _zone(norm[last : last + 45])
        found.append((begin, finish, match.start(), last + length, name, zone))
    return found


def _clock(words: str, other: str | None) -> time | None:
    """A time of day; a bare number counts only beside one that says am, pm, h or minutes."""
    match = re.match(r"(\d{1,2})(?:(?::|\.|h|\s?uhr\s?)(\d\d))?\s?(a\.?m|p\.?m|uhr|h)?", words)
    if not match:
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").replace(".", "")
    if not match[2] and not half:
        if other is None or not re.search(r"[ap]\.?m|uhr|\dh|:\d\d", other):
            return None
    if not half and other and (inherited := re.search(r"([ap])\.?m", other)):
        half = inherited[1] + "m"
        later = re.match(r"(\d{1,2})", other)
        # "11-1pm" starts in the morning.
        if half == "pm" and later and int(later[1]) % 12 < hour % 12:
            half = "am"
    if half in {"am", "pm"}:
        if not 1 <= hour <= 12:
            return None if hour > 23 else time(hour, minute)
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _zone(rest: str) -> tuple[str | None, tzinfo | None, int]:
    """The time zone right behind a time: its name, itself and how many characters it takes."""
    match = _ZONE.match(rest)
    if not match:
        return None, None, 0
    if match["iana"]:
        name = "/".join(part.title() for part in match["iana"].split("/"))
        name = "_".join(part[:1].upper() + part[1:] for part in name.split("_"))
        try:
            return name, ZoneInfo(name), match.end()
        except (KeyError, ValueError, OSError):
            return None, None, 0
    shift = match["offset"] or (match["shift"] if _ZONES.get(match["name"] or "") == "UTC" else None)
    if shift:
        digits = re.sub(r"[^\d]", "", shift)
        hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
        if hours > 14 or minutes > 59:
            return None, None, 0
        sign = "-" if "-" in shift else "+"
        span = timedelta(hours=hours, minutes=minutes)
        return f"{sign}{hours:02d}:{minutes:02d}", timezone(-span if sign == "-" else span), match.end()
    name = _ZONES[match["name"]]
    return name, ZoneInfo(name), match.end()


def _deadline(norm: str, start: int, days: list[_Day], today: date | None) -> date | datetime | None:
    """The last day: "by Friday", "within 5 days"."""
    for day in days:
        if start < day.start <= start + 45:
            return day.day
    span = _WITHIN.search(norm, max(0, start - 5))
    if span is None or today is None:
        return None
    count = _COUNTS.get(span["count"]) or int(span["count"] if span["count"].isdigit() else 0)
    if span["unit"].startswith("hour"):
        return today + timedelta(days=-(-count // 24))
    if span["unit"].startswith("week"):
        return today + timedelta(weeks=count)
    return (
        _business(today, count)
        if (span["business"] or "").strip() in {"business", "working"}
        else today + timedelta(days=count)
    )


def _business(today: date, count: int) -> date:
    """`count` working days on, weekends left out."""
    while count > 0:
        today += timedelta(days=1)
        count -= today.weekday() < 5
    return today
