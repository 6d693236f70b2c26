"""Writing questionnaires: versions that never change, and one draft of each that does."""

from __future__ import annotations

from importlib import import_module

from flask import Blueprint

blueprint = Blueprint("editor", __name__, url_prefix="/equipe/<slug>/questionnaires")

for _module in ("shelf", "starting", "desk", "sections", "acts", "translating", "publishing", "paper"):
    import_module(f"{__name__}.{_module}")
