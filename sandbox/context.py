"""How a request finds the state it works on."""

from typing import cast

from flask import current_app

from sandbox.world import World


def world() -> World:
    """The world of the running application."""
    return cast(World, current_app.extensions["sandbox"])
