"""What residents meet on a device left for them: questions that clear themselves between two people."""

from __future__ import annotations

from flask import Blueprint

from consult.extensions import csrf

blueprint = Blueprint("kiosk", __name__, url_prefix="/borne")

# As for residents' pages: nobody is signed in on the device, so there is no authority to borrow.
csrf.exempt(blueprint)

from consult.kiosk import views  # noqa: E402,F401 - the views attach themselves to the blueprint
