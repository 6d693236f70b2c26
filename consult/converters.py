"""Numbers in addresses: only those a row may have."""

from __future__ import annotations

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

#: The largest key of a row; beyond it there is nothing to look for, and a database refuses to.
LARGEST_KEY = 2**31 - 1


class RowKey(IntegerConverter):
    """A number that may be the key of a row; any other is no address at all."""

    def __init__(self, map: Map) -> None:
        super().__init__(map, min=1, max=LARGEST_KEY)


def init_app(app: Flask) -> None:
    """Let every `<int:…>` of an address be the key of a row."""
    app.url_map.converters["int"] = RowKey
