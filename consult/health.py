"""``/healthz``: whether the installation can keep what it is given, for whoever watches over it."""

from __future__ import annotations

import shutil
from pathlib import Path

from flask import Blueprint, current_app
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import OperationalError

from consult import database
from consult.extensions import db
from consult.security import public
from consult.settings import Settings, SettingsError
from surveys import migrations

FREE_BYTES = 100 * 1024 * 1024

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@public
def healthz() -> ResponseReturnValue:
    """200 while every check holds, 503 otherwise; the body says which one does not."""
    found = checks()
    return {"checks": found}, 200 if all(found.values()) else 503


def checks() -> dict[str, bool]:
    """Each thing that must hold for answers to be kept."""
    settings: Settings = current_app.extensions["consult.settings"]
    return {"database": _database(), "schema": _schema(), "disk": _disk(settings.instance)}


def _database() -> bool:
    try:
        database.check(db.session.connection())
    except (OperationalError, SettingsError):
        return False
    return True


def _schema() -> bool:
    try:
        return migrations.is_current(db.session.connection())
    except OperationalError:
        return False


def _disk(folder: Path) -> bool:
    return shutil.disk_usage(folder).free > FREE_BYTES
