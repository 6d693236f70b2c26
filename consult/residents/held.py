"""When nothing answers, not even the questions can be read: the page still holds every value, and sends it again."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from consult import logs
from consult.database import DatabaseBusyError
from consult.errors import RETRY_SECONDS
from consult.extensions import db

View = Callable[..., ResponseReturnValue]


def holding(view: View) -> View:
    """The view, which never answers a sent page with an error that forgets what was on it."""

    @wraps(view)
    def held(*arguments: Any, **named: Any) -> ResponseReturnValue:
        try:
            return view(*arguments, **named)
        except HTTPException:
            raise
        except Exception as error:  # Whatever it is, what the person wrote comes first.
            if current_app.debug:
                raise
            logs.failure(error)
            db.session.rollback()
            return _again(503 if isinstance(error, OperationalError | DatabaseBusyError) else 500)

    return held


def _again(status: int) -> ResponseReturnValue:
    given = list(request.form.items(multi=True))
    written = [value for name, value in given if name.startswith("q-") and value.strip()]
    response = make_response(render_template("residents/held.html", given=given, written=written), status)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response
