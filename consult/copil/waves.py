"""D’une vague à l’autre: what the last wave and this one say to the same question, where they compare."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

from flask import g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from analysis import waves as comparing
from analysis.findings import caution_words
from analysis.material import Filter, Material, Open
from analysis.palette import below, number
from analysis.report.beyond import Waves
from analysis.wave_words import apart_words, title, why_words
from analysis.waves import Comparison, Fate, Wave
from consult import security
from consult.copil import blueprint, figures
from consult.copil.choices import LONGEST_CHIP, READERS
from consult.copil.material import load
from consult.copil.room import pages
from consult.copil.standing import Standing, banner, standing
from consult.extensions import db
from surveys import read, staff
from surveys.models import Consultation


@blueprint.get("/vagues")
@security.roles(*READERS)
def waves(slug: str) -> ResponseReturnValue:
    """One question at a time: both bases, and the themes that compare."""
    previous, stood = _previous(), standing()
    values: dict[str, object] = {"previous": previous, "banner": banner(stood), "pages": pages(Filter())}
    if previous is not None and _may_read(previous):
        values |= _compared(previous, stood)
    return render_template("copil/waves.html", **values)


def _compared(previous: Consultation, stood: Standing) -> dict[str, object]:
    before = _wave(previous, read.frozen_in_force(db.session, previous.id))
    after = _wave(g.consultation, stood.version)
    questions = _same(before, after, _publics(previous.id), _publics(g.consultation.id))
    wanted = request.args.get("question", "")
    asked = next((one for one in questions if one.code == wanted), questions[0] if questions else None)
    k = max(g.consultation.k_copil, previous.k_copil)
    return {
        "readable": True,
        "names": (previous.wave or _("Vague précédente"), g.consultation.wave or _("Cette vague")),
        "asked": asked,
        "groups": [_choice(questions, asked)] if asked and len(questions) > 1 else [],
        **(_drawn(comparing.compare(before, after, asked, k=k), k) if asked else {}),
    }


def main_question(material: Material) -> Waves | None:
    """The question that most answered now, in both waves, for who may read both; the material says which version."""
    previous = _previous()
    if previous is None or (g.get("staff") is not None and not _may_read(previous)):
        return None
    frozen = read.frozen_in_force(db.session, g.consultation.id) if material.provenance.frozen else None
    before = _wave(previous, read.frozen_in_force(db.session, previous.id))
    after = _wave(g.consultation, frozen)
    questions = _same(before, after, _publics(previous.id), _publics(g.consultation.id))
    if not questions:
        return None
    names = (previous.wave or _("Vague précédente"), g.consultation.wave or _("Cette vague"))
    k = max(g.consultation.k_copil, previous.k_copil)
    return Waves(names, comparing.compare(before, after, questions[0], k=k))


def _drawn(compared: Comparison, k: int) -> dict[str, object]:
    rows = [
        (
            one,
            figures.mark(one.before),
            figures.mark(one.after),
            comparing.points(one) if compared.shares_compare else None,
        )
        for one in compared.themes
        if comparing.is_told(one)
    ]
    return {
        "compared": compared,
        "rows": rows,
        "cautions": _cautions("".join(before.marks + after.marks for _one, before, after, _points in rows)),
        "untold": len(compared.themes) - len(rows),
        "title": title(compared),
        "bases": [below(k) if base is None else number(base) for base in (compared.before, compared.after)],
        "why_words": why_words,
        "apart_words": apart_words,
    }


def _cautions(letters: str) -> list[tuple[str, str]]:
    """Each letter met beside a figure, with its meaning."""
    return [(letter, caution_words(caution)) for caution, letter in figures.MARKS.items() if letter in letters]


def _choice(questions: Sequence[Open], asked: Open) -> tuple[str, bool, list[tuple[str, str, bool]]]:
    """The questions as one group of the filter bar."""
    named = [(f"{one.label} ({one.questionnaire})", _address(one), one == asked) for one in questions]
    return textwrap.shorten(asked.label, LONGEST_CHIP, placeholder="…"), True, named


def _address(question: Open) -> str:
    return url_for("copil.waves", slug=g.consultation.slug, question=question.code)


def _wave(consultation: Consultation, version: read.FrozenRow | None) -> Wave:
    loaded = load(db.session, consultation, frozen=version)
    fates = {
        row.stable_id: Fate(row.label, row.retired, row.merged_into, row.split_from)
        for row in read.fates(db.session, consultation.id)
    }
    return Wave(loaded.material, loaded.codings, fates)


def _same(before: Wave, after: Wave, old: Mapping[str, str], new: Mapping[str, str]) -> list[Open]:
    """The open questions put in the same words to the same public, the most answered now first."""
    asked = {(one.code, one.label) for one in before.material.open}
    kept = [
        one
        for one in after.material.open
        if (one.code, one.label) in asked and old.get(_book(one)) == new.get(_book(one))
    ]
    answers = {one.code: sum(voice.question == one.code for voice in after.material.voices) for one in kept}
    return sorted(kept, key=lambda one: (-answers[one.code], one.code))


def _book(question: Open) -> str:
    return question.code.rpartition(".")[0]


def _publics(consultation_id: int) -> dict[str, str]:
    return {row.name: row.public for row in read.questionnaires(db.session, consultation_id)}


def _previous() -> Consultation | None:
    number_of = g.consultation.wave_of_id
    return db.session.get(Consultation, number_of) if number_of else None


def _may_read(previous: Consultation) -> bool:
    held = staff.roles_of(db.session, staff_id=g.staff.id, consultation_id=previous.id)
    return bool(held & set(READERS))
