"""Which date the words for a day mean, seen from the day on which they were written."""

from datetime import date, timedelta

from hearback.mail.date_words import compiled
from hearback.mail.days import Named

# A date without a year is the one between so long ago and a year after that.
_AGO = timedelta(days=120)
# Of two readings of figures, the one within the first where the other is past or beyond the second.
_SOON = timedelta(days=45)
_FAR = timedelta(days=120)
_DAYS_OF_A_MONTH_AHEAD = 62


def date_of(day: Named, today: date | None, day_first: bool | None) -> date | None:
    """The date; None where the words contradict each other or can mean two days.

    `day_first` tells the order of the mail's figures, None if nothing in it does. Without `today`
    only dates with a year are read.
    """
    try:
        if day.readings:
            return _dated(day, today, day_first)
        if today is None:
            return None
        if day.number is not None:
            return _numbered(day, today)
        if day.ahead is not None:
            found = today + timedelta(days=day.ahead)
            return found if day.weekday in {None, found.weekday()} else None
        return _weekday(day, today)
    except OverflowError:
        return None


def _dated(day: Named, today: date | None, day_first: bool | None) -> date | None:
    found = [date for reading in day.readings for date in _years(reading, day.year, today)]
    if day.weekday is not None:
        found = [one for one in found if one.weekday() == day.weekday]
    if day.ahead is not None and today:
        found = [one for one in found if one == today + timedelta(days=day.ahead)]
    if len(found) < 2:
        return found[0] if found else None
    if today is None:
        return None if day_first is None else found[0 if day_first else 1]
    soon = [today <= one <= today + _SOON for one in found]
    off = [one < today or one > today + _FAR for one in found]
    if day_first is not None:
        # What the order says is doubted where it leads into the past and the other soon to come.
        at = 0 if day_first else 1
        return None if found[at] < today and soon[1 - at] else found[at]
    near = [
        one for one, is_soon, other_off in zip(found, soon, off[::-1], strict=True) if is_soon and other_off
    ]
    return near[0] if near else None


def _years(reading: tuple[int, int], year: int | None, today: date | None) -> list[date]:
    """The date in its year, or in the year that puts it nearest ahead of today."""
    number, month = reading
    if year is None and today is None:
        return []
    years = [year] if year else [today.year - 1, today.year, today.year + 1] if today else []
    found: list[date] = []
    for one in years:
        try:
            found.append(date(one, month, number))
        except ValueError:
            continue
    if year or today is None:
        return found
    first = today - _AGO
    return [one for one in found if first <= one < first + timedelta(days=365)]


def _numbered(day: Named, today: date) -> date | None:
    """The next 14th, or the next Thursday that is a 14th."""
    reach = _DAYS_OF_A_MONTH_AHEAD if day.weekday is not None else 31
    for ahead in range(reach):
        found = today + timedelta(days=ahead)
        if found.day == day.number and day.weekday in {None, found.weekday()}:
            return found
    return None


def _weekday(day: Named, today: date) -> date | None:
    """The next such day, a week later where the mail says so; None where speakers differ."""
    if day.weekday is None:
        return None
    ahead = (day.weekday - today.weekday()) % 7 or 7
    this_week = today.weekday() + ahead < 7
    found = today + timedelta(days=ahead)
    lead = day.lead
    if compiled("week_after_lead").fullmatch(lead):
        return found + timedelta(days=7) if this_week else found
    if compiled("week_on_lead").fullmatch(lead):
        return found + timedelta(days=7)
    if compiled("next_lead").fullmatch(lead):
        # On a Sunday "next Tuesday" is the day after tomorrow to some and later to others.
        return found + timedelta(days=7) if this_week else None if today.weekday() == 6 else found
    if compiled("either_lead").fullmatch(lead):
        return None if this_week else found
    return found
