"""What the steering committee reads: what was done, what was said, where, and the texts behind each figure."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("copil", __name__, url_prefix="/copil/<slug>")

# The views attach themselves to the blueprint.
from consult.copil import (  # noqa: E402,F401
    channels,
    done,
    downloads,
    embargo,
    files,
    followup,
    needs,
    objectives,
    priorities,
    quartier,
    sheets,
    views,
    waves,
)
