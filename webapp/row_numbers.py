"""Numbers of rows in addresses: one that no row can have leads to no page, and to no database."""

from flask import Flask
from werkzeug.routing import IntegerConverter, ValidationError

# The largest number that either database takes.
MOST = 2**63 - 1


class RowNumber(IntegerConverter):
    """A whole number that fits a row's id; what does not is no address of ours."""

    def to_python(self, value: str) -> int:
        """The number. Raises what werkzeug takes for another address: 404."""
        if len(value) > len(str(MOST)) or int(value) > MOST:
            raise ValidationError
        return int(value)


def init_app(app: Flask) -> None:
    """Let each `<int:...>` of an address be such a number."""
    app.url_map.converters["int"] = RowNumber
