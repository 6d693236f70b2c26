"""Signing in and out, for staff only: residents never have an account."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("accounts", __name__)

from consult.accounts import views  # noqa: E402,F401 - the views attach themselves to the blueprint
