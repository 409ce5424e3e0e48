"""Says who beside our own reading had a word in what a mail is taken for: its user, or a model."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hearback.models import Event, Kind, Taught
from webapp.present import looks_like


@dataclass(frozen=True)
class Note:
    """A correction of a mail by the user, or one that was taken back; `undo` turns it round."""

    text: str
    void: bool
    undo: int


def hints_of(data: Mapping[str, Any], lesson: Taught | None) -> tuple[str, ...]:
    """Sentences about one mail, of which `data` is kept and of which `lesson`, if any, speaks."""
    found = []
    if lesson is not None:
        words = f"You told us that mail like this from them is {looks_like(lesson.category)}"
        found.append(f"{words}, but this one says otherwise." if lesson.contested else f"{words}.")
    asked = data.get("second_look")
    if asked:
        own, said = asked["own"]["category"], asked["said"]
        model = f"The language model {asked['model']}"
        if said == own:
            found.append(f"We were not sure. {model} reads it as we do.")
        else:
            found.append(f"{model} takes it for {looks_like(said)}. We had taken it for {looks_like(own)}.")
    return tuple(found)


def notes_of(event: Event, events: Sequence[Event], undone: dict[int, int]) -> tuple[Note, ...]:
    """What the user said of a mail: the correction that stands, else the last that was taken back."""
    made = [e for e in events if e.kind == Kind.CORRECTION and e.data["target"] == event.id]
    standing = [e for e in made if e.id not in undone]
    shown = standing[-1:] or made[-1:]
    return tuple(
        Note(_corrected(e, event.data["category"]), e.id in undone, undone.get(e.id, e.id)) for e in shown
    )


def _corrected(correction: Event, before: str) -> str:
    category = correction.data["category"]
    if category == before:
        return "You confirmed this."
    return f"You said that this is {looks_like(category)}. We had taken it for {looks_like(before)}."
