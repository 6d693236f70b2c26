"""Of which theme each option of a closed question speaks: proposed from its words, settled on one page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from analysis.briefing import Closed
from analysis.codebook import Codebook
from analysis.priority import Links
from analysis.priority_links import asks, linkable, settled
from consult.copil.room import enter
from consult.extensions import db
from consult.security import roles
from consult.study import blueprint
from consult.study.auditing import audit
from consult.study.runs import ROLES
from surveys import priorities as store

#: Between the options of one field of the form: the same words asked in several questions are decided once.
BETWEEN = "|"


class Pile(StrEnum):
    """Where an option stands on the page, what must be decided first."""

    OPEN = "a-decider"
    PROPOSED = "propose"
    SETTLED = "regle"
    ASIDE = "hors-sujet"


@dataclass(frozen=True)
class Choice:
    """The same words, offered in one or several questions, and the theme they speak of; "" for none."""

    name: str
    label: str
    theme: str
    questions: tuple[str, ...]


@blueprint.get("/priorites")
@roles(*ROLES)
def priority_links(slug: str) -> ResponseReturnValue:
    """Each option that may speak of a theme, those that nothing links yet first."""
    room = enter()
    kept = store.links(db.session, g.consultation.id)
    book = room.material.codebook
    piles = _piles(linkable(room.whole.said.closed), book, kept)
    return render_template(
        "study/priority_links.html",
        slug=slug,
        piles={pile.value: piles.get(pile, []) for pile in Pile},
        roots=[(root.id, root.label) for root in book.roots()],
    )


def _piles(questions: Iterable[Closed], book: Codebook, kept: Links) -> dict[Pile, list[Choice]]:
    found: dict[Pile, list[Choice]] = {}
    for (pile, label, theme), options in _alike(list(questions), book, kept).items():
        name = BETWEEN.join(f"{question.table.name}/{code}" for question, code in options)
        asked = tuple(dict.fromkeys(question.label for question, _code in options))
        found.setdefault(pile, []).append(Choice(name, label, theme, asked))
    return found


def _alike(
    questions: list[Closed], book: Codebook, kept: Links
) -> dict[tuple[Pile, str, str], list[tuple[Closed, str]]]:
    """The options by what they say, where they stand and the theme they have."""
    theme_of = settled(questions, book, kept)
    found: dict[tuple[Pile, str, str], list[tuple[Closed, str]]] = {}
    for question in questions:
        for row in question.table.rows:
            option = question.table.name, row.code
            theme = theme_of[option]
            pile = _pile(question, theme, settled=option in kept)
            found.setdefault((pile, row.label, theme), []).append((question, row.code))
    return found


def _pile(question: Closed, theme: str, *, settled: bool) -> Pile:
    if not theme and not asks(question):
        return Pile.ASIDE
    if settled:
        return Pile.SETTLED
    return Pile.PROPOSED if theme else Pile.OPEN


@blueprint.post("/priorites")
@roles(*ROLES)
def write_priority_links(slug: str) -> ResponseReturnValue:
    """Keep the theme chosen for each option; what names no option or no theme of today is left out."""
    room = enter()
    themes = {"", *(root.id for root in room.material.codebook.roots())}
    options = {
        f"{question.table.name}/{row.code}": (question.table.name, row.code)
        for question in linkable(room.whole.said.closed)
        for row in question.table.rows
    }
    found = {options[name]: theme for name, theme in _sent() if name in options and theme in themes}
    store.keep_links(db.session, g.consultation.id, store.links(db.session, g.consultation.id) | found)
    audit("priorites.liens", options=len(found))
    db.session.commit()
    flash(_("Les liens sont enregistrés : le classement des priorités les suit."), "success")
    return redirect(url_for("copil.ranked", slug=slug))


def _sent() -> Iterator[tuple[str, str]]:
    for names, theme in request.form.items():
        yield from ((name, theme) for name in names.split(BETWEEN))
