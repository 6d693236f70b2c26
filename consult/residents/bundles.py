"""Residents' sheets and scripts, each sent as one file: a slow phone waits for requests more than for bytes."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from flask import Response, current_app, request, url_for

from consult.residents import blueprint
from consult.security import ASKED_AGAIN, KEPT_LONG, public

SHEETS = ("css/tokens.css", "css/base.css", "css/components.css", "css/residents.css")
_NAMES = ("choices", "relevance", "asked", "comfort", "store", "draft", "queue", "offline")
SCRIPTS = tuple(f"js/residents/{name}.js" for name in _NAMES)


class Bundle(NamedTuple):
    """Several files in one, and the digest that names this state of them."""

    text: str
    digest: str


@blueprint.get("/residents.css")
@public
def sheets() -> Response:
    """Every sheet of these pages."""
    return _sent(css(), "text/css")


@blueprint.get("/residents.js")
@public
def scripts() -> Response:
    """Every script of these pages; they share one scope and nothing outside it."""
    return _sent(script(), "text/javascript")


@blueprint.get("/c/residents-worker.js")
@public
def worker() -> Response:
    """The service worker: its own address is what limits it to the pages under ``/c/``."""
    text = _files(("js/residents-worker.js",), _stamp(("js/residents-worker.js",))).text
    response = Response(text.replace("__VERSION__", version()), mimetype="text/javascript")
    response.headers["Cache-Control"] = ASKED_AGAIN
    return response


def version() -> str:
    """What changes when a file of these pages changes."""
    return hashlib.sha256(f"{css().digest}{script().digest}".encode()).hexdigest()[:16]


def css() -> Bundle:
    """The sheets, their relative addresses made whole."""
    found = _files(SHEETS, _stamp(SHEETS))
    return Bundle(found.text.replace("../vendor/", f"{current_app.static_url_path}/vendor/"), found.digest)


def script() -> Bundle:
    """The scripts, in one scope."""
    found = _files(SCRIPTS, _stamp(SCRIPTS))
    return Bundle(f'(() => {{\n"use strict";\n{found.text}\n}})();\n', found.digest)


@blueprint.app_context_processor
def _addresses() -> dict[str, object]:
    return {"bundle_url": bundle_url}


def bundle_url(kind: str) -> str:
    """The address of the sheets (``css``) or the scripts (``js``) as they are now: it may be kept for ever."""
    bundle, view = (css(), "sheets") if kind == "css" else (script(), "scripts")
    return url_for(f"residents.{view}", v=bundle.digest[:16], langue=None)


def _sent(bundle: Bundle, mimetype: str) -> Response:
    response = Response(bundle.text, mimetype=mimetype)
    response.set_etag(bundle.digest)
    is_named = request.args.get("v") == bundle.digest[:16]
    response.headers["Cache-Control"] = KEPT_LONG if is_named else ASKED_AGAIN
    response.make_conditional(request)
    return response


def _stamp(names: tuple[str, ...]) -> tuple[int, ...]:
    return tuple(_path(name).stat().st_mtime_ns for name in names)


@lru_cache(maxsize=16)
def _files(names: tuple[str, ...], _stamps: tuple[int, ...]) -> Bundle:
    text = "\n".join(_path(name).read_text(encoding="utf-8") for name in names)
    return Bundle(text, hashlib.sha256(text.encode()).hexdigest())


def _path(name: str) -> Path:
    return Path(str(current_app.static_folder)) / name
