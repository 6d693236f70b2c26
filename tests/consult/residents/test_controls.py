"""Every way to ask has its drawing, and interface words are French to the spaces."""

from __future__ import annotations

import pytest
from flask import Flask

from consult.residents.typography import french
from surveys.questions import Widget


def test_every_widget_has_a_macro_of_its_name(app: Flask) -> None:
    controls = app.jinja_env.get_template("residents/controls.html")
    with app.test_request_context():
        assert {widget.value for widget in Widget} <= set(vars(controls.module))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Où ?", "Où\u202f?"),
        ("Vous : oui ; non !", "Vous\u00a0: oui\u202f; non\u202f!"),
        ("« Oui »", "«\u00a0Oui\u00a0»"),
        ("50 % des gens", "50\u202f% des gens"),
        ("à 12:30 http://exemple.fr ?x", "à 12:30 http://exemple.fr ?x"),
        (":) et ;-)", ":) et ;-)"),
    ],
)
def test_french_spaces_are_put_where_a_keyboard_has_none(typed: str, shown: str) -> None:
    assert french(typed) == shown
