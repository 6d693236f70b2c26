"""What a member of staff may open: their consultations, the pages of each, and how one is set up."""

from __future__ import annotations

from importlib import import_module

from flask import Blueprint

blueprint = Blueprint("manage", __name__, url_prefix="/equipe")

from consult.manage.menus import room_menus  # noqa: E402

for _module in (
    "views",
    "creating",
    "overview",
    "deciding",
    "notice",
    "tongues",
    "quartiers",
    "quartier_files",
    "territories",
    "questionnaires",
    "preview",
    "publication",
    "team",
    "posters",
    "poster_files",
    "wave",
    "retention",
    "margins",
):
    import_module(f"{__name__}.{_module}")

blueprint.add_app_template_global(room_menus)
