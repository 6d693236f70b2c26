"""The page checker refuses each fault it promises to refuse."""

from __future__ import annotations

import pytest

from tests.pages import faults_of

SOUND = (
    "<!doctype html><html lang='fr'><head><title>Titre – Site</title></head>"
    "<body><main><h1>Titre</h1>{}</main></body></html>"
)


def test_a_sound_page_has_no_fault() -> None:
    assert faults_of(SOUND.format("<p id='a'>Texte</p><form action='/x' method='post'></form>")) == []


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("<h1>Deux</h1>", "2 h1"),
        ("<p id='a'></p><p id='a'></p>", "id a 2 times"),
        ("<label for='nowhere'>x</label>", "for names no element"),
        ("<form method='post'></form>", "form without action"),
        ("<form action='/x'></form>", "form without method"),
        ("<script>alert(1)</script>", "inline script"),
        ("<p onclick='x()'></p>", "inline handler"),
        ("<p style='color: red'></p>", "inline style"),
        ("<p><div></div></p>", "HTML"),
        ("<b><i></b></i>", "HTML"),
    ],
)
def test_a_fault_is_found(content: str, fault: str) -> None:
    assert any(fault in found for found in faults_of(SOUND.format(content)))


def test_a_page_must_say_its_language_and_its_title() -> None:
    page = SOUND.format("")
    assert faults_of(page.replace(" lang='fr'", ""))
    assert faults_of(page.replace("<title>Titre – Site</title>", "<title>Autre</title>"))
    assert faults_of(page.replace("<!doctype html>", ""))
