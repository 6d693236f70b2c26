"""Smaller answers for slow phones: what anyone may read is sent compressed, once for all where it does not change.

Pages of staff are left alone: compressing together a secret token and words chosen by someone else lets the size
tell the token.
"""

from __future__ import annotations

import gzip
from functools import lru_cache

from flask import Flask, Response, request

SMALLEST = 500
#: Already small: pictures, fonts and archives.
KINDS = frozenset(
    {"text/html", "text/css", "text/javascript", "application/javascript", "application/json", "image/svg+xml"}
)
QUICK, BEST = 5, 9


def init_app(app: Flask) -> None:
    """Compress as the last thing done to an answer."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    if not _may(response):
        return response
    response.vary.add("Accept-Encoding")
    if request.accept_encodings["gzip"] <= 0:
        return response
    response.direct_passthrough = False
    content = response.get_data()
    if len(content) < SMALLEST:
        return response
    response.set_data(_kept(content) if _is_lasting() else gzip.compress(content, QUICK, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    etag, _is_weak = response.get_etag()
    if etag:
        response.set_etag(etag, weak=True)
    return response


def _may(response: Response) -> bool:
    is_public = (request.endpoint or "").partition(".")[0] in {"residents", "static", "welcome"}
    is_whole = response.status_code == 200 or response.status_code >= 400 or response.status_code == 201
    return is_public and is_whole and response.mimetype in KINDS and "Content-Encoding" not in response.headers


def _is_lasting() -> bool:
    return request.endpoint in {"static", "residents.sheets", "residents.scripts"}


@lru_cache(maxsize=64)
def _kept(content: bytes) -> bytes:
    return gzip.compress(content, BEST, mtime=0)
