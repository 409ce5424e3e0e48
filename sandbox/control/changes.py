"""What can be made to go wrong, and what can be set, while the sandbox runs."""

from typing import Any

from flask import Response, jsonify

from sandbox.compose import ComposeError
from sandbox.context import world
from sandbox.control.base import blueprint, failed, number_in, read_body
from sandbox.settings import checked_push_url, checked_topic
from sandbox.world import World

HIGHEST = 10**9


@blueprint.get("/faults")
def list_faults() -> Response:
    """All ordered faults with their hits."""
    return jsonify({"faults": world().faults.shown()})


@blueprint.post("/faults")
def add_fault() -> Response:
    """Order a fault: `{endpoint, kind, probability, count, seed, seconds, address, after}`."""
    return jsonify(world().faults.add(read_body()).shown())


@blueprint.delete("/faults")
def clear_faults() -> Response:
    """Take all faults back; calls that hang are let go."""
    world().faults.clear()
    return jsonify({})


@blueprint.delete("/faults/<int:fault_id>")
def remove_fault(fault_id: int) -> Response:
    """Take one fault back."""
    if not world().faults.remove(fault_id):
        return failed(404, f"There is no fault {fault_id}.")
    return jsonify({})


@blueprint.get("/settings")
def show_settings() -> Response:
    """All that can be changed while running."""
    return jsonify(_settings())


@blueprint.post("/settings")
def change_settings() -> Response:
    """Change some: any of the names that GET shows but `time`. Times are seconds."""
    targets = _targets(world())
    checked = {}
    for name, value in read_body().items():
        if name not in targets:
            raise ComposeError(f"{name}: unknown; known: {', '.join(sorted(targets))}")
        owner, attribute = targets[name]
        checked[name] = _checked(name, value, getattr(owner, attribute))
    for name, value in checked.items():
        owner, attribute = targets[name]
        setattr(owner, attribute, value)
    world().pusher.forget_token()
    return jsonify(_settings())


def _settings() -> dict[str, Any]:
    values = {name: getattr(*target) for name, target in _targets(world()).items()}
    return values | {"time": world().clock.now().isoformat()}


def _targets(world: World) -> dict[str, tuple[object, str]]:
    """Where each setting lives: the object and its attribute."""
    push = {f"push_{name}": (world.push_options, name) for name in vars(world.push_options)}
    return push | {
        "search_lag": (world.lags, "search"),
        "history_lag": (world.lags, "history"),
        "token_lifetime": (world.grants, "token_lifetime"),
        "certs_max_age": (world, "certs_max_age"),
        "topic": (world, "topic"),
    }


def _checked(name: str, value: object, present: object) -> object:
    """The value, if it is of the kind that the setting has now."""
    if isinstance(present, bool):
        if not isinstance(value, bool):
            raise ComposeError(f"{name}: wanted true or false, got {value!r}")
        return value
    if isinstance(present, str):
        if not isinstance(value, str):
            raise ComposeError(f"{name}: wanted a text, got {value!r}")
        if name == "topic":
            return checked_topic(value)
        return checked_push_url(value) if name == "push_url" else value
    number = number_in({name: value}, name, 0, HIGHEST)
    return int(number) if isinstance(present, int) else number


@blueprint.post("/clock")
def advance_clock() -> Response:
    """`{seconds}`: time passes for mail dates, searches, tokens and watches, not for signatures."""
    world().clock.advance(number_in(read_body(), "seconds", 0, HIGHEST))
    return jsonify({"time": world().clock.now().isoformat()})


@blueprint.post("/keys/rotate")
def rotate_keys() -> Response:
    """Sign with a new key; `{retire: true}` stops publishing the old ones."""
    kid = world().keys.rotate(bool(read_body().get("retire")))
    world().pusher.forget_token()
    return jsonify({"kid": kid})
