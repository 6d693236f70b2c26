"""A theme that people who read again do not confirm carries its mark in the deck, in the page and in the method."""

from __future__ import annotations

import io
from dataclasses import replace

from pptx import Presentation

from analysis.briefing import brief
from analysis.report import deck, page
from analysis.sentences import ranking
from tests.analysis.made import consultation

FIRST = ranking(brief(consultation()).said.themes)[0][0]
SHOWN = brief(replace(consultation(), unsure=frozenset({FIRST.code})))
SURE = brief(consultation())
METHOD = f"thèmes que la relecture ne confirme pas assez\u00a0: «\u00a0{FIRST.label}\u00a0»"


def test_the_page_marks_the_figure_and_names_the_theme_in_its_method() -> None:
    count = SHOWN.said.themes.cell(FIRST.code).count
    written = page.content(SHOWN)
    assert f'<span class="n">{count}*</span>' in written
    assert METHOD in written
    assert METHOD not in page.content(SURE)


def test_the_deck_marks_the_figure_and_says_so_under_the_title_of_the_theme() -> None:
    texts = [
        shape.text_frame.text
        for slide in Presentation(io.BytesIO(deck.content(SHOWN))).slides
        for shape in slide.shapes
        if shape.has_text_frame and shape.text_frame.text
    ]
    assert any(METHOD in text for text in texts)
    assert any("à lire avec prudence" in text for text in texts)
