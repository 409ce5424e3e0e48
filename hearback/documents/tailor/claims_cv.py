"""Holds a tailored CV against the one it was made from: entries may be left out or moved, never changed."""

from collections.abc import Mapping
from typing import Any

from hearback.documents.facts_statements import SECTIONS, part
from hearback.documents.tailor.checked import Refused
from hearback.documents.tailor.claims import Claims

# So many parts of an entry show which of the original it is, whatever was changed in the others.
_ALIKE = 2
_MOST_SHOWN = 200
# Lists within an entry that may be shortened and put in another order.
_LISTS = ("highlights", "keywords", "courses", "roles")


def checked_cv(
    tailored: Mapping[str, Any], original: Mapping[str, Any], claims: Claims
) -> tuple[dict[str, Any], tuple[Refused, ...]]:
    """The tailored CV without what the original does not have, and what was refused.

    The summary may be new, as far as `claims` bear it out; else the original's is kept.
    """
    refused: list[Refused] = []
    kept: dict[str, Any] = {"basics": _basics(tailored, original, claims, refused)}
    for section in SECTIONS:
        entries = [
            entry
            for one in _list(tailored.get(section))
            if (entry := _entry(one, _list(original.get(section)), refused))
        ]
        if entries:
            kept[section] = _once(entries)
    for key in ("$schema", "meta"):
        if key in original:
            kept[key] = original[key]
    refused += [
        Refused(str(key)[:80], "Your CV has no such part.")
        for key in tailored
        if key not in SECTIONS and key not in ("basics", "$schema", "meta")
    ]
    return {key: value for key, value in kept.items() if value}, tuple(refused)


def _basics(
    tailored: Mapping[str, Any], original: Mapping[str, Any], claims: Claims, refused: list[Refused]
) -> dict[str, Any]:
    own, new = dict(part(original, "basics")), part(tailored, "basics")
    for key, value in new.items():
        if key != "summary" and value != own.get(key):
            refused.append(
                Refused(f"basics.{key}: {value}"[:_MOST_SHOWN], "Your CV says something else there.")
            )
    summary = new.get("summary")
    if isinstance(summary, str) and summary != own.get("summary"):
        checked = claims.check(summary)
        refused += checked.refused
        if checked.text:
            own["summary"] = checked.text
    return own


def _entry(new: Any, originals: list[Any], refused: list[Refused]) -> dict[str, Any] | None:
    """The entry as far as one of the original's has it; None where none is like it."""
    if not isinstance(new, Mapping):
        return None
    own = max(
        (one for one in originals if isinstance(one, Mapping)), key=lambda one: _alike(new, one), default={}
    )
    if _alike(new, own) < min(_ALIKE, len(new)):
        shown = " – ".join(value for value in new.values() if isinstance(value, str))
        refused.append(Refused(shown[:_MOST_SHOWN], "Your CV has no such entry."))
        return None
    kept: dict[str, Any] = {}
    for key, value in new.items():
        if _is_of(key, value, own):
            kept[key] = value
            continue
        refused.append(Refused(f"{key}: {value}"[:_MOST_SHOWN], "Your CV says something else there."))
        if key in _LISTS and isinstance(own.get(key), list):
            kept[key] = [one for one in _list(value) if one in own[key]]
        elif key in own:
            kept[key] = own[key]
    return kept


def _is_of(key: str, value: Any, own: Mapping[str, Any]) -> bool:
    has = own.get(key)
    if key in _LISTS and isinstance(value, list) and isinstance(has, list):
        return all(one in has for one in value)
    return key in own and value == has


def _alike(new: Mapping[str, Any], own: Mapping[str, Any]) -> int:
    """How many parts of an entry another one has too."""
    return sum(_is_of(key, value, own) for key, value in new.items() if value)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _once(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [entry for place, entry in enumerate(entries) if entry not in entries[:place]]
