"""A test client that refuses any page a careful reader would refuse: no test can forget to look."""

from __future__ import annotations

from collections import Counter
from typing import Any

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

XHTML = "{http://www.w3.org/1999/xhtml}"
LANGUAGES = frozenset({"fr", "en", "ar", "tr", "es"})
# Scripts of these kinds hold data and never run.
DATA_SCRIPTS = frozenset({"application/json", "application/ld+json"})


class PageCheckingClient(FlaskClient):
    """Every HTML answer is checked as it arrives; a fault fails the test that met it."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """The response, once its page is found sound."""
        kwargs.setdefault("buffered", True)  # A file sent is read at once, and closed.
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and response.data and not 300 <= response.status_code < 400:
            faults = faults_of(response.get_data(as_text=True))
            assert not faults, f"{response.request.path}: {'; '.join(faults)}"
        return response


def faults_of(page: str) -> list[str]:
    """What is wrong with one page, each fault in one phrase; an empty list for a sound page."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(page)
    faults = [f"HTML: {code} at {place}" for place, code, _data in parser.errors]
    return faults + _heading(tree) + _identifiers(tree) + _forms(tree) + _scripts(tree)


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _heading(tree: Any) -> list[str]:
    headings = [_text(heading) for heading in tree.iter("h1")]
    if len(headings) != 1:
        return [f"{len(headings)} h1"]
    titles = [_text(title) for title in tree.iterfind("./head/title")]
    faults = [] if titles and headings[0] in titles[0] else [f"title {titles} does not hold h1 {headings}"]
    if tree.get("lang") not in LANGUAGES:
        faults.append(f"lang is {tree.get('lang')}")
    if (tree.get("dir") == "rtl") != (tree.get("lang") == "ar"):
        faults.append(f"dir is {tree.get('dir')} in {tree.get('lang')}")
    if len(list(tree.iter("main"))) != 1:
        faults.append("not exactly one main")
    return faults


def _identifiers(tree: Any) -> list[str]:
    counted = Counter(element.get("id") for element in tree.iter() if element.get("id"))
    faults = [f"id {name} {count} times" for name, count in counted.items() if count > 1]
    for name in ("for", "aria-describedby", "aria-labelledby", "aria-controls"):
        targets = {target for element in tree.iter() for target in element.get(name, "").split()}
        faults += [f"{name} names no element: {target}" for target in sorted(targets - counted.keys())]
    return faults


def _forms(tree: Any) -> list[str]:
    forms = list(tree.iter("form"))
    faults = ["form without action" for form in forms if not form.get("action")]
    return faults + ["form without method" for form in forms if not form.get("method")]


def _scripts(tree: Any) -> list[str]:
    inline = [
        script
        for script in tree.iter("script")
        if not script.get("src") and not script.get("nonce") and script.get("type") not in DATA_SCRIPTS
    ]
    faults = ["inline script without nonce"] * len(inline)
    for element in tree.iter():
        names = [name for name in element.attrib if str(name).startswith("on")]
        faults += [f"inline handler {name}" for name in names]
        faults += ["inline style"] * ("style" in element.attrib)
    return faults
