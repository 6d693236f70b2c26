"""The pages of the steering committee; each loads, briefs and draws, and computes nothing."""

from __future__ import annotations

from flask import abort, g, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from analysis import sentences
from analysis import verbatims as verbatims_of
from analysis.briefing import Briefing, Opened
from analysis.disclosure import Shown
from analysis.followups import WORDS
from analysis.palette import below
from analysis.verbatims import Listing, Signatures
from consult import followups, security
from consult.copil import addresses, blueprint, choices, figures, maps, weighted
from consult.copil.choices import READERS
from consult.copil.room import Room, enter, show
from consult.extensions import db
from consult.residents.opening import now

PER_PAGE = 30
#: Sub-themes read at once beside the ranking; the others are one click away.
FIRST_SUBTHEMES = 5


@blueprint.get("/dit")
@security.roles(*READERS)
def said(slug: str) -> ResponseReturnValue:
    """Ce qui a été dit: the ranking, one theme beside, the closed questions below."""
    room = enter()
    return show("said", room, weighted=weighted.section(room), **(_said(room, room.briefing) if room.briefing else {}))


def _said(room: Room, briefing: Briefing) -> dict[str, object]:
    asked = next((one for one in briefing.said.opened if one.code == request.args.get("question")), None)
    themes, speakers = (asked.themes, asked.speakers) if asked else (briefing.said.themes, briefing.said.speakers)
    rows = figures.ranked(themes)
    return {
        "title": sentences.themes_title(themes, speakers) if asked else sentences.said_title(briefing),
        "asked": asked,
        "speakers": speakers,
        # The panel tells of everyone, whatever the question of the ranking.
        "subtheme_base": briefing.said.speakers,
        "question_group": choices.question_group(briefing, asked.code if asked else "", room.choice),
        "lede": sentences.said_lede(briefing),
        "note": sentences.channels_note(briefing),
        "rows": rows,
        "unraised": figures.unraised(themes),
        "cautions": figures.cautions_in(rows),
        "panel": _panel(room, briefing, rows, asked),
        "demographic": _demographic(room),
        "questions": figures.questions(briefing),
        "first_subthemes": FIRST_SUBTHEMES,
        "unsorted": sentences.unsorted(briefing),
        "theme_url": addresses.theme,
        "texts_url": addresses.texts,
    }


def _demographic(room: Room) -> bool:
    """True when the choice says something of the persons beside which no text may stand."""
    return bool(room.choice.age or room.choice.sexe or room.choice.public)


def _panel(room: Room, briefing: Briefing, rows: list[figures.Row], asked: Opened | None) -> dict[str, object] | None:
    """The theme beside the ranking: the one of the address, or the first."""
    wanted = request.args.get("theme", "")
    row = next((row for row in rows if row.axis.code == wanted), rows[0] if rows else None)
    if row is None:
        return None
    theme, whole = row.axis.code, briefing.said.themes.cell(row.axis.code)
    signatures = Signatures(room.material, room.whole, theme)
    extracts = briefing.said.extracts.get(theme, ()) if whole.shown is Shown.COUNT else ()
    quoted = {extract.document for extract in extracts}
    rephrased = {voice.key for voice in room.material.voices if voice.key in quoted and voice.rephrased}
    return {
        "axis": row.axis,
        "whole": figures.mark(whole),
        "lede": sentences.theme_lede(briefing, theme),
        "here": sentences.question_lede(asked.themes.cell(theme), whole) if asked else "",
        "subthemes": figures.ranked(briefing.said.subthemes[theme]) if theme in briefing.said.subthemes else [],
        "extracts": [
            (one.text, signatures.sign(one.canal, one.quartier, rephrased=one.document in rephrased))
            for one in extracts
        ],
    }


@blueprint.get("/quartiers")
@security.roles(*READERS)
def quartiers(slug: str) -> ResponseReturnValue:
    """Par quartier: themes × quartiers, sub-themes unfolded on demand."""
    room = enter()
    return show("quartiers", room, **(_quartiers(room.briefing) if room.briefing else {}))


def _quartiers(briefing: Briefing) -> dict[str, object]:
    rows, asked = figures.matrix(briefing.by_quartier), set(request.args.getlist("deplier"))
    every = addresses.ALL in asked
    details = {theme: figures.matrix(table) for theme, table in briefing.by_quartier_detail.items()}
    opened = [row.axis.code for row in rows if details.get(row.axis.code) and (every or row.axis.code in asked)]
    shown = rows + [row for theme in opened for row in details[theme]]
    return {
        "title": sentences.quartier_title(briefing),
        "lede": sentences.quartier_lede(briefing),
        "columns": briefing.by_quartier.columns[:-1],
        "rows": rows,
        "details": details,
        "opened": opened,
        "cautions": figures.cautions_in(shown),
        "scale": figures.scale(),
        "below_k": below(briefing.k),
        "map": maps.drawn(briefing, rows),
        "cell_url": addresses.texts,
        "place_url": addresses.place(briefing.quartiers),
        "fold_url": addresses.Folds(opened, [code for code, table in details.items() if table]),
    }


@blueprint.get("/verbatims")
@security.roles(*READERS)
def verbatims(slug: str) -> ResponseReturnValue:
    """The texts behind a bar or a cell, never by age, sex or public."""
    room = enter()
    codebook, theme = room.material.codebook, request.args.get("theme", "")
    if theme not in codebook or room.choice.quartier not in ("", *room.material.quartiers):
        abort(404)
    if room.briefing is None:
        return show("verbatims", room)
    quartier, canal = room.choice.quartier, room.choice.canal
    found = verbatims_of.listing(room.material, room.whole, theme=theme, quartier=quartier, canal=canal)
    page, pages = _page(found)
    return show(
        "verbatims",
        room,
        theme=codebook.get(theme),
        root=codebook.root_of(theme),
        found=found,
        texts=found.texts[(page - 1) * PER_PAGE : page * PER_PAGE],
        page=page,
        last=pages,
        lede=verbatims_of.lede(found, k=room.whole.k),
        refusal=verbatims_of.refusal(found, k=room.whole.k),
        page_url=addresses.page,
        back_url=addresses.theme(codebook.root_of(theme).id),
        all_url=addresses.everywhere(theme),
        unused=_demographic(room),
        title=_verbatims_title(codebook.get(theme).label, quartier, canal),
        followed=[
            one
            for one in followups.told(db.session, g.consultation.id)
            if one.answers({theme}) and one.concerns(quartier)
        ],
        state_words=WORDS,
        today=now().date(),
    )


def _page(found: Listing) -> tuple[int, int]:
    last = max(1, -(-len(found.texts) // PER_PAGE))
    return min(max(1, request.args.get("page", 1, type=int)), last), last


def _verbatims_title(label: str, quartier: str, canal: str) -> str:
    where = [part for part in (quartier, canal) if part]
    title: str = _("%(label)s\u00a0: ce qui a été écrit et dit", label=label)
    return f"{title} ({', '.join(where)})" if where else title
