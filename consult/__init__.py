"""The web and the command line: who sees what, in which words."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from consult import compression, database, errors, extensions, filters, jobs, logs, remembering, security, staff
from consult.settings import Settings, from_environment

ROOMS = (
    "health",
    "welcome",
    "residents",
    "field",
    "calls",
    "entry",
    "kiosk",
    "imports",
    "study",
    "copil",
    "editor",
    "manage",
    "accounts",
)


def create_app(settings: Settings | None = None) -> Flask:
    """The application of one installation, ready to serve; settings come from the environment unless given."""
    settings = settings or from_environment()
    app = Flask(
        __name__,
        instance_path=str(settings.instance),
        static_folder=str(Path(__file__).parent.parent / "static"),
    )
    app.config.from_mapping(settings.flask())
    app.extensions["consult.settings"] = settings
    if count := settings.proxies:
        # Without it, every resident behind the relay is one sender to the limits, and https is not seen.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    for part in (compression, logs, extensions, database, jobs, remembering, security, staff, errors, filters):
        part.init_app(app)
    for room in ROOMS:  # Imported here, so that a command that serves no page loads none.
        app.register_blueprint(import_module(f"consult.{room}").blueprint)
    return app
