"""The instances that the rest of the web imports; they are bound to an application by ``init_app``."""

from __future__ import annotations

from functools import cached_property, lru_cache
from inspect import iscoroutinefunction
from typing import Any

from flask import Flask, g, has_request_context
from flask_babel import Babel, Domain, get_locale, get_translations
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_sqlalchemy_lite import SQLAlchemy
from flask_wtf import CSRFProtect

from surveys import words
from surveys.translating import SOURCE
from surveys.typography import french


class OurDomain(Domain):
    """Flask-Babel's own gettext says our sentences as ``surveys.words`` does: one typography, one way to count."""

    def gettext(self, string: str, **variables: Any) -> str:
        """Return the message in the reader's language."""
        return words.gettext(string, **variables)

    def ngettext(self, singular: str, plural: str, num: int, /, **variables: Any) -> str:
        """Return the form that agrees with `num`."""
        return words.ngettext(singular, plural, num, **{"num": num} | variables)


class OurBabel(Babel):
    """Flask-Babel, whose messages come from one domain that is ours."""

    @cached_property
    def domain_instance(self) -> OurDomain:
        """The only domain of messages."""
        return OurDomain(domain=self.domain)


# Objects are read again after a commit only when asked for: a view redirects right after it.
db = SQLAlchemy(session_options={"expire_on_commit": False})
csrf = CSRFProtect()
babel = OurBabel()
limiter = Limiter(key_func=get_remote_address)


def init_app(app: Flask) -> None:
    """Bind every instance above to the application."""
    db.init_app(app)
    # We open no asynchronous session, and an event loop at the end of each request would only cost time.
    app.teardown_appcontext_funcs[:] = [each for each in app.teardown_appcontext_funcs if not iscoroutinefunction(each)]
    csrf.init_app(app)
    babel.init_app(app, locale_selector=_locale)
    limiter.init_app(app)
    words.speak_with(get_translations, _typeset)
    # Babel's own plural would write « 0 réponses ».
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # added by the i18n extension
        words.gettext, words.ngettext, newstyle=True
    )


def _locale() -> str | None:
    return g.get("locale") if has_request_context() else None


# The messages are those of the code: as many as there are, and never what somebody typed.
_french = lru_cache(maxsize=None)(french)


def _typeset(text: str) -> str:
    # A terminal keeps the spaces of a keyboard; so does any language but French.
    is_read_on_a_page = has_request_context() or (g and g.get("read_on_a_page"))
    return _french(text) if is_read_on_a_page and str(get_locale()) == SOURCE else text
