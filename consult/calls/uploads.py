"""A spreadsheet sent by a page, read as a table and forgotten."""

from __future__ import annotations

from flask import request
from flask_babel import gettext as _

from surveys.importing import sources
from surveys.importing.errors import TableError
from surveys.importing.tables import Table, table_of


def table_sent(name: str) -> Table:
    """The table in a file of the form; raise `TableError` with one French sentence."""
    sent = request.files.get(name)
    if sent is None or not sent.filename:
        raise TableError(_("Choisissez un fichier CSV, XLSX ou ODS."))
    return table_of(sources.read(sent.read(), name=sent.filename))
