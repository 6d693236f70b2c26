"""French spaces in what people wrote with an ordinary keyboard, when it is shown."""

from __future__ import annotations

from consult.residents import blueprint
from surveys.typography import french

__all__ = ["french"]

blueprint.add_app_template_filter(french, "french")
