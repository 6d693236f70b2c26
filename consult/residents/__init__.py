"""What a resident meets: notice, questions, review, receipt. No session, no cookie, no script needed."""

from __future__ import annotations

from importlib import import_module

from flask import Blueprint

from consult.extensions import csrf

blueprint = Blueprint("residents", __name__)

# A public form holds no authority to borrow, and a cookie to protect it would be the only one residents get.
# Forms of other sites are refused by their origin (consult.security).
csrf.exempt(blueprint)

_VIEWS = ("bundles", "posters", "notice", "steps", "whole", "sending", "waiting", "receipt", "results")
for _module in ("typography", "languages", *_VIEWS):
    import_module(f"{__name__}.{_module}")
