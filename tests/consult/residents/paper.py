"""A browser without a script, made of nothing but the form it was given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import html5lib
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tests.pages import PageCheckingClient

Typed = Mapping[str, str | list[str]]


def tree_of(response: TestResponse) -> Any:
    """The page as elements."""
    return html5lib.parse(response.get_data(as_text=True), namespaceHTMLElements=False)


def text_of(element: Any) -> str:
    """What is read in an element, with single spaces."""
    return " ".join("".join(element.itertext()).split())


def heading(response: TestResponse) -> str:
    """The page's title as read on it."""
    return text_of(next(iter(tree_of(response).iter("h1"))))


def filled(response: TestResponse) -> MultiDict[str, str]:
    """What the page's form would send as it stands, buttons left out."""
    given: MultiDict[str, str] = MultiDict()
    form = next(iter(tree_of(response).iter("form")))
    for element in (element for element in form.iter() if element.tag in {"input", "textarea", "select"}):
        for value in _values(element):
            given.add(element.get("name"), value)
    return given


def _values(element: Any) -> list[str]:
    if element.tag == "textarea":
        # As a browser reads it: the first line end after the tag is not part of the text.
        return [(element.text or "")]
    if element.tag == "select":
        return [option.get("value") for option in element.iter("option") if "selected" in option.attrib] or [""]
    if element.get("type") in {"radio", "checkbox"} and "checked" not in element.attrib:
        return []
    return [element.get("value", "on")]


def press(client: PageCheckingClient, response: TestResponse, button: str, typed: Typed | None = None) -> TestResponse:
    """Type in the page's form (by name, without the ``q-``), then press the button that reads so."""
    form = next(iter(tree_of(response).iter("form")))
    pressed = next(b for b in form.iter("button") if text_of(b).startswith(button))
    given = filled(response)
    for name, value in (typed or {}).items():
        given.setlist(f"q-{name}", value if isinstance(value, list) else [value])
    if pressed.get("name"):
        given.add(pressed.get("name"), pressed.get("value", ""))
    answer: TestResponse = client.post(pressed.get("formaction") or form.get("action"), data=given)
    return answer
