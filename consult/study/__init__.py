"""The study desk: launching analyses, reading the themes again, correcting them."""

from __future__ import annotations

import datetime as dt

from flask import Blueprint
from flask_babel import format_datetime

blueprint = Blueprint("study", __name__, url_prefix="/equipe/<slug>")


@blueprint.app_template_filter()
def hour(moment: dt.datetime) -> str:
    """« 14 h 05 », in the time of the reader, from the UTC that is stored."""
    return str(format_datetime(moment, "H' h 'mm"))


# The views attach themselves to the blueprint.
from consult.study import (  # noqa: E402,F401
    coding,
    disagreements,
    followup,
    followup_sources,
    frozen,
    ideas,
    masking,
    masking_words,
    objectives,
    objectives_action,
    objectives_families,
    objectives_sheet,
    plan_file,
    plan_history,
    plan_joining,
    plan_order,
    plan_sheet,
    plan_split,
    priority_links,
    quality,
    readings,
    restitution,
    runs,
    themes,
    twins,
)
