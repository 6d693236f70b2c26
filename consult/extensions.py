"""The instances that the rest of the web imports; they are bound to an application by ``init_app``."""

from __future__ import annotations

from inspect import iscoroutinefunction

from flask import Flask, g, has_request_context
from flask_babel import Babel, get_translations
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_sqlalchemy_lite import SQLAlchemy
from flask_wtf import CSRFProtect

from surveys import words

# Objects are read again after a commit only when asked for: a view redirects right after it.
db = SQLAlchemy(session_options={"expire_on_commit": False})
csrf = CSRFProtect()
babel = Babel()
limiter = Limiter(key_func=get_remote_address)


def init_app(app: Flask) -> None:
    """Bind every instance above to the application."""
    db.init_app(app)
    # We open no asynchronous session, and an event loop at the end of each request would only cost time.
    app.teardown_appcontext_funcs[:] = [each for each in app.teardown_appcontext_funcs if not iscoroutinefunction(each)]
    csrf.init_app(app)
    babel.init_app(app, locale_selector=_locale)
    limiter.init_app(app)
    words.speak_with(get_translations)
    # Babel's own plural would write « 0 réponses ».
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # added by the i18n extension
        words.gettext, words.ngettext, newstyle=True
    )


def _locale() -> str | None:
    return g.get("locale") if has_request_context() else None
