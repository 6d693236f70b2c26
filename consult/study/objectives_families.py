"""The families of actions and what each open question asks for, written on one page; nothing is kept before saving."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from analysis.codebook import Codebook
from analysis.families import Family, Sides, frame
from analysis.material import Open
from consult import plans
from consult.copil import framing
from consult.copil.questionnaires import Questionnaires
from consult.extensions import db
from consult.security import roles
from consult.study import blueprint
from consult.study.auditing import audit
from consult.study.plan import Plan, plan_or_none
from consult.study.runs import ROLES
from surveys import objectives_families as kept
from surveys import read
from surveys.models import Aim
from surveys.objectives_families import FamiliesError, FamilyRow

#: More than this is no list that somebody wrote.
LONGEST_LIST = 40


@dataclass(frozen=True)
class Sheet:
    """The page as it is being written."""

    rows: tuple[FamilyRow, ...]
    aims: Mapping[str, Aim]
    revision: int
    #: The family a button was pressed for, and a refusal with its family.
    moved: str = ""
    refused: str = ""
    at: int | None = None


@blueprint.get("/familles")
@roles(*ROLES)
def families(slug: str) -> ResponseReturnValue:
    """The families in force, or those proposed from the plan."""
    plan = plan_or_none()
    if plan is None:
        return render_template("study/families.html", slug=slug, plan=None)
    return _page(slug, plan, Sheet(_shown(plan), framing.aims(_opened()), _revision()))


@blueprint.post("/familles")
@roles(*ROLES)
def write_families(slug: str) -> ResponseReturnValue:
    """Keep what was written; any other button changes the page alone."""
    plan = plan_or_none()
    if plan is None:
        abort(404)
    sheet, act = _posted(), request.form.get("faire", "enregistrer")
    if act != "enregistrer":
        return _page(slug, plan, _changed(sheet, act, plan))
    if sheet.revision != _revision():
        words = _(
            "Ces familles ont changé depuis que vous les avez ouvertes : enregistrez de nouveau pour les remplacer."
        )
        return _page(slug, plan, replace(sheet, revision=_revision(), refused=words)), 422
    try:
        rows = [row for row in sheet.rows if row.label.strip() or row.themes]
        kept.keep(db.session, g.consultation.id, rows=rows, aims=sheet.aims, known=plan.parents)
    except FamiliesError as refusal:
        db.session.rollback()
        return _page(slug, plan, replace(sheet, rows=tuple(rows), refused=str(refusal), at=refusal.row)), 422
    audit("projet.familles", families=len(rows))
    db.session.commit()
    flash(_("Les familles sont enregistrées : le tableau « Besoins et pistes » les suit."), "success")
    return redirect(url_for("study.families", slug=slug))


def _revision() -> int:
    found = kept.project(db.session, g.consultation.id)
    return found.revision if found else 0


def _opened() -> tuple[Open, ...]:
    return Questionnaires(read.questionnaires(db.session, g.consultation.id)).opened()


def _shown(plan: Plan) -> tuple[FamilyRow, ...]:
    """The families with the themes they hold in the plan of today, whatever was merged or split since."""
    roots = [(theme.stable_id, theme.label) for theme, _below in plan.tree()]
    rows = kept.families(kept.project(db.session, g.consultation.id), roots)
    book = Codebook("", "", "", plans.as_themes(plan.themes))
    named = [Family(row.code, row.label, row.themes) for row in rows]
    claims = frame(named, Sides(frozenset(), frozenset()), book, framing.fates()).claims
    return tuple(
        replace(
            row,
            themes=tuple(
                one.id
                for one in book.themes
                if row.code in claims[one.id] and (one.parent is None or claims[one.parent] != claims[one.id])
            ),
        )
        for row in rows
    )


def _posted() -> Sheet:
    """What was written, as it was written."""
    form = request.form
    count = min(form.get("combien", 0, type=int), LONGEST_LIST)
    rows = tuple(_row(rank) for rank in range(count))
    known = {aim.value for aim in Aim}
    aims = {one.code: Aim(asked) for one in _opened() if (asked := form.get(f"demande-{one.code}", "")) in known}
    return Sheet(rows, aims, form.get("vu", 0, type=int))


def _row(rank: int) -> FamilyRow:
    form = request.form
    themes = tuple(form.getlist(f"themes-{rank}"))
    return FamilyRow(
        form.get(f"code-{rank}", "").replace("\x00", "")[:40] or _code(), form.get(f"nom-{rank}", ""), themes
    )


def _code() -> str:
    return f"f-{secrets.token_hex(4)}"


def _changed(sheet: Sheet, act: str, plan: Plan) -> Sheet:
    """The page after a button that keeps nothing: add, move, take away, propose again."""
    rows, (verb, _sep, at) = list(sheet.rows), act.partition("-")
    rank = int(at) if at.isascii() and at.isdigit() and int(at) < len(rows) else None
    if verb == "ajouter" and len(rows) < LONGEST_LIST:
        rows.append(FamilyRow(_code(), "", ()))
        rank = len(rows) - 1
    elif verb == "proposer":
        rows, rank = kept.proposed([(theme.stable_id, theme.label) for theme, _below in plan.tree()]), None
    elif rank is not None and verb == "retirer":
        del rows[rank]
        rank = None
    elif rank is not None and verb in ("monter", "descendre"):
        to = min(max(rank + (-1 if verb == "monter" else 1), 0), len(rows) - 1)
        rows.insert(to, rows.pop(rank))
        rank = to
    return replace(sheet, rows=tuple(rows), moved=rows[rank].code if rank is not None else "")


def _page(slug: str, plan: Plan, sheet: Sheet) -> str:
    aims = framing.aims(_opened()) | dict(sheet.aims)
    return render_template(
        "study/families.html",
        slug=slug,
        plan=plan,
        tree=list(plan.tree()),
        sheet=sheet,
        opened=[(one, aims[one.code]) for one in _opened()],
        aims={Aim.NEEDS: _("des besoins"), Aim.ACTIONS: _("des pistes d’action"), Aim.NEITHER: _("ni l’un ni l’autre")},
        is_written=bool((found := kept.project(db.session, g.consultation.id)) and found.families),
    )
