"""How news reaches the user: the ways, a test for each, what goes by which, and when not to disturb."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user, login_required
from werkzeug.wrappers import Response as AnyResponse

from hearback.gmail.oauth import SEND
from hearback.models import (
    Channel,
    Delivery,
    Mailbox,
    MailboxState,
    Manner,
    Preference,
)
from hearback.zones import known_zones
from jobs import acts, channels
from jobs.reminders import set_clock
from webapp import layout
from webapp.channel_words import KINDS, way

pages = Blueprint("channels", __name__, url_prefix="/settings/notifications")


@pages.get("")
@login_required  # type: ignore[untyped-decorator]
def show() -> str:
    """What there is, and what could be."""
    return render_template("channels.html", form={}, **_page())


@pages.get("/changes")
def changes() -> AnyResponse | str:
    """204 while the open page shows all there is, otherwise its parts anew."""
    return layout.changes("channels_parts.html", _page)


@pages.post("/chat")
@login_required  # type: ignore[untyped-decorator]
def add_chat() -> AnyResponse | tuple[str, int]:
    """Add a chat or push service; where the address is wrong, what was typed stays."""
    form = request.form
    try:
        channel = channels.add_chat(current_user.id, form.get("address", ""), form.get("label", ""))
    except acts.BadAct as fault:
        return render_template("channels.html", form={**form, "error": str(fault)}, **_page()), 400
    return _back(f"Added {channel.name}. Send a test, to see that it arrives.")


@pages.post("/gmail")
@login_required  # type: ignore[untyped-decorator]
def add_gmail() -> AnyResponse:
    """Let a mailbox write to itself."""
    channel = channels.add_gmail(current_user.id, request.form.get("mailbox_id", 0, type=int))
    return _back(f"News comes to {channel.name} from itself now.")


@pages.post("/<int:channel_id>/<act>")
@login_required  # type: ignore[untyped-decorator]
def act(channel_id: int, act: str) -> AnyResponse:
    """Test, remove or switch on one of them."""
    if act == "test":
        name = channels.test(current_user.id, channel_id).name
        return _back(f"A test is on its way to {name}.")
    if act == "remove":
        name = channels.remove(current_user.id, channel_id).name
        return _back(f"Nothing more goes to {name}.")
    if act == "on":
        name = channels.switch_on(current_user.id, channel_id).name
        return _back(f"News goes to {name} again.")
    raise acts.NotFound("There is nothing of that name to do.")


@pages.post("/table")
@login_required  # type: ignore[untyped-decorator]
def table() -> AnyResponse:
    """Take the table of check boxes."""
    shown = set(request.form.getlist("way", type=int))
    goes = set(request.form.getlist("goes"))
    ticked = {(number, kind) for number in shown for kind in KINDS if f"{number}:{kind}" in goes}
    channels.choose(current_user.id, shown, ticked, frozenset(KINDS))
    return _back("Noted what goes where.")


@pages.post("/manner")
@login_required  # type: ignore[untyped-decorator]
def manner() -> AnyResponse:
    """Take quiet hours and digest."""
    given = [request.form.get(name, "").strip() for name in ("quiet_from", "quiet_until", "digest_at")]
    channels.set_manner(current_user.id, *given)
    return _back("Noted when not to disturb you.")


@pages.post("/timezone")
@login_required  # type: ignore[untyped-decorator]
def timezone() -> AnyResponse:
    """Take a chosen zone, or an empty one, which leaves it to the browser again."""
    name = request.form.get("timezone", "")
    if name and name not in known_zones():
        raise acts.BadAct(f"timezone is {name!r}; it must be one of the list, such as Europe/Berlin.")
    chosen: dict[str, str | bool] = {"timezone_chosen": bool(name)}
    set_clock(current_user.id, chosen | {"timezone": name} if name else chosen)
    said = f"Times are in {name.replace('_', ' ')} now." if name else "Your browser tells the zone now."
    return _back(said)


def _back(words: str) -> AnyResponse:
    layout.said(words)
    return redirect(url_for("channels.show"), 303)


def _page() -> dict[str, Any]:
    found = Channel.of(current_user.id)
    tests = Delivery.notification.is_null() & Delivery.channel.in_([channel.id for channel in found] or [0])
    trials = {one.channel_id: one for one in Delivery.select().where(tests).order_by(Delivery.id)}
    boxes = Mailbox.select().where(
        (Mailbox.user == current_user.id) & (Mailbox.state == MailboxState.CONNECTED)
    )
    taken = {channel.mailbox_id for channel in found}
    clock = layout.clock()
    return {
        "version": current_user.version,
        "ways": [way(channel, trials.get(channel.id), clock) for channel in found],
        "kinds": KINDS,
        "goes": Preference.table(found),
        "manner": Manner.of(current_user.id)[0],
        "boxes": [(box, SEND in box.scopes.split()) for box in boxes if box.id not in taken],
        "zones": sorted(known_zones()),
    }
