"""The first slide: whose consultation, for whom, when."""

from __future__ import annotations

from analysis.choice_words import choice_words
from analysis.french import capital, listed
from analysis.palette import day
from analysis.report.geometry import Layout, Slot
from analysis.report.slides.frame import Deck, clean_lines, close
from analysis.report.text import shorten, write
from surveys.words import _


def add(deck: Deck) -> None:
    """Add the cover."""
    briefing = deck.briefing
    deck.part(_("Ouverture"), slide=False)
    slide = deck._slide(Layout.COVER)
    write(slide.placeholders[Slot.TITLE], [shorten(briefing.title, 70)])
    kept = choice_words(briefing.choice)
    lines = [_("Retour sur la concertation · comité de pilotage"), briefing.territory]
    if kept:
        lines.append(capital(_("réponses retenues\u00a0: %(words)s", words=listed(kept))))
    write(slide.placeholders[Slot.SUBTITLE], [line for line in lines if line])
    write(slide.placeholders[Slot.FOOT], [day(deck.today) if deck.today else ""])
    slide.notes_slide.notes_text_frame.text = clean_lines(
        [briefing.title, _("Chaque graphique s’ouvre et se modifie\u00a0: ses chiffres sont dans le classeur joint.")]
    )
    close(slide, numbered=False)
