"""Who may open which address, and the headers that every answer carries."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, g, request
from flask.typing import ResponseReturnValue

from consult import converters

# Plotly inserts one empty style element and fills it through the CSSOM: this is the hash of the empty text.
EMPTY_STYLE = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
YEAR = 365 * 24 * 3600
#: The only other choice a view may make: the browser's Back button shows the page again without sending it anew.
KEPT_FOR_BACK = "private, no-cache"
#: What holds nothing of anybody and whose address changes with its content.
KEPT_LONG = "public, max-age=31536000, immutable"
#: The same under an address that does not change: asked again each time.
ASKED_AGAIN = "no-cache"

#: Values of one form: a questionnaire of 300 questions, every option ticked, sends half as many.
MOST_VALUES = 5_000

Kind = Literal["public", "staff", "role"]
View = TypeVar("View", bound=Callable[..., Any])
Guard = Callable[["Access"], ResponseReturnValue | None]


@dataclass(frozen=True)
class Access:
    """Who an address is for: anyone, any signed-in member of staff, or those with one of ``roles``."""

    kind: Kind
    roles: frozenset[str] = frozenset()


PUBLIC = Access("public")
STAFF = Access("staff")


def public(view: View) -> View:
    """The view is for anyone, without a session."""
    return _grant(view, PUBLIC)


def staff_only(view: View) -> View:
    """The view is for any signed-in member of staff."""
    return _grant(view, STAFF)


def roles(*names: str) -> Callable[[View], View]:
    """The view is for staff holding one of these roles on the consultation of the address (``<slug>``)."""
    return lambda view: _grant(view, Access("role", frozenset(names)))


def access_of(app: Flask, endpoint: str) -> Access | None:
    """The class of an address, None where nobody gave it one (it is then refused to all)."""
    declared: Access | None = app.extensions["consult.access"].get(endpoint)
    return declared or getattr(app.view_functions.get(endpoint), "access", None)


def set_guard(app: Flask, guard: Guard) -> None:
    """Give the function that checks the reader of a non-public address; it aborts, redirects or returns None."""
    app.extensions["consult.guard"] = guard


def nonce() -> str:
    """The word of this response that allows an inline script, drawn anew each time."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    word: str = g.nonce
    return word


def init_app(app: Flask) -> None:
    """Check every request before its view, and dress every response after it."""
    converters.init_app(app)
    app.extensions["consult.access"] = {"static": PUBLIC}
    app.before_request(_refuse_other_sites)
    app.before_request(_check_access)
    app.before_request(_refuse_crowded_forms)
    app.after_request(_dress)
    app.jinja_env.globals["csp_nonce"] = nonce


def _grant(view: View, access: Access) -> View:
    view.access = access  # type: ignore[attr-defined]  # a function may carry attributes
    return view


def _check_access() -> ResponseReturnValue | None:
    if request.endpoint is None:
        return None
    access = access_of(current_app, request.endpoint)
    if access == PUBLIC:
        return None
    guard: Guard | None = current_app.extensions.get("consult.guard")
    if access is None or guard is None:
        abort(403)
    return guard(access)


def _refuse_other_sites() -> None:
    """Refuse a form sent from another site; browsers say where a form comes from, other clients say nothing."""
    if request.method in {"GET", "HEAD", "OPTIONS"}:
        return
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        abort(403)
    origin = request.headers.get("Origin")
    if origin and _host_of(origin) != request.host:
        abort(403)


def _host_of(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc
    except ValueError:  # « http://[ » has a bracket that nothing closes.
        return None


def _refuse_crowded_forms() -> None:
    """Refuse what no page of ours sends: each value is read several times, and written back."""
    is_typed = request.mimetype == "application/x-www-form-urlencoded"
    if is_typed and sum(map(len, request.form.listvalues())) > MOST_VALUES:
        abort(413)


def _dress(response: Response) -> Response:
    headers = response.headers
    headers["Content-Security-Policy"] = _policy()
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["X-Frame-Options"] = "DENY"
    if request.is_secure:
        headers["Strict-Transport-Security"] = f"max-age={2 * YEAR}; includeSubDomains"
    if request.endpoint != "static" and headers.get("Cache-Control") not in (KEPT_FOR_BACK, KEPT_LONG, ASKED_AGAIN):
        headers["Cache-Control"] = "no-store"
    return response


def _policy() -> str:
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'nonce-{nonce()}'",
            f"style-src 'self' {EMPTY_STYLE}",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "worker-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )
