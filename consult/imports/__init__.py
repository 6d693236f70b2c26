"""Bringing in answers collected elsewhere: a file, what its columns are, what would happen, then what happened."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("imports", __name__, url_prefix="/equipe/<slug>/imports")

from consult.imports import checking, choosing, columns, following, places, replies  # noqa: E402,F401 - the views attach themselves
