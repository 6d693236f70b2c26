"""The queue of contributions worded alike: campaigns, duplicates, or several people who say the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from analysis.differences import Piece, differences
from analysis.likeness import Likeness, likeness
from analysis.text.normalise import key
from consult.converters import LARGEST_KEY
from consult.extensions import db
from consult.security import roles
from consult.study import blueprint
from consult.study.auditing import audit
from consult.study.runs import ROLES
from surveys import runs as history
from surveys import staff, twins, twins_listing
from surveys.labels import CHANNELS
from surveys.models import Channel, TwinGroup, Verdict
from surveys.twins_listing import GroupRow, WordingRow

PER_PAGE = 20
#: Wordings read in the queue, and on the page of a group; the queue shows only a few of them.
READ, ALL = 24, 200
FEW = 3
SHOWN = {
    "a-decider": Verdict.WAITING,
    "campagnes": Verdict.CAMPAIGN,
    "doublons": Verdict.DUPLICATE,
    "distinctes": Verdict.DISTINCT,
}


@dataclass(frozen=True)
class Shown:
    """A group as a page draws it: its counts, its main wording, and how the others part from it."""

    row: GroupRow
    main: WordingRow
    others: tuple[tuple[list[Piece], int], ...]
    channels: tuple[tuple[str, int], ...]


@blueprint.get("/doublons")
@roles(*ROLES)
def twin_groups(slug: str) -> ResponseReturnValue:
    """The groups that wait for a decision, or those of one verdict, the largest first."""
    name = request.args.get("etat", "")
    counts = twins_listing.by_verdict(db.session, g.consultation.id)
    asked = SHOWN.get(name, Verdict.WAITING if counts.get(Verdict.WAITING) else None)
    total = counts.get(asked, 0) if asked else sum(counts.values())
    pages = -(-total // PER_PAGE)
    page = min(max(request.args.get("page", 1, type=int), 1), max(pages, 1))
    rows = twins_listing.page(
        db.session, g.consultation.id, verdict=asked, offset=(page - 1) * PER_PAGE, limit=PER_PAGE
    )
    return render_template(
        "study/twins.html",
        slug=slug,
        groups=_shown(rows),
        counts=counts,
        asked=asked,
        states={verdict: name for name, verdict in SHOWN.items()},
        page=page,
        pages=pages,
        per_page=PER_PAGE,
        done=_done(),
        last=history.latest_done(db.session, g.consultation.id),
        **_words(),
    )


@blueprint.get("/doublons/<int:twin_id>")
@roles(*ROLES)
def twin_group(slug: str, twin_id: int) -> ResponseReturnValue:
    """One group: every wording, where it came from, and what was decided of it."""
    row = twins_listing.one(db.session, g.consultation.id, twin_id)
    if row is None:
        abort(404)
    (shown,) = _shown([row], most=ALL, few=ALL)
    return render_template(
        "study/twin.html",
        slug=slug,
        group=shown,
        quartiers=twins_listing.quartiers(db.session, twin_id),
        decided=twins.history(db.session, twin_id),
        **_words(),
    )


@blueprint.post("/doublons/<int:twin_id>")
@roles(*ROLES)
def decide_twins(slug: str, twin_id: int) -> ResponseReturnValue:
    """Say what a group is; the figures follow at once."""
    found = _group_or_404(twin_id)
    try:
        verdict = Verdict(request.form.get("verdict", ""))
    except ValueError:
        abort(400)
    if twins.decide(db.session, found, verdict, staff_id=g.staff.id, at=staff.utc_now()):
        audit("doublons.choix", group_id=found.id, verdict=found.verdict.value)
        db.session.commit()
        if "etat" not in request.form:  # the list says it beside the group
            flash(_said(found.verdict), "success")
    return redirect(_back(twin_id))


@blueprint.post("/doublons/<int:twin_id>/annuler")
@roles(*ROLES)
def undo_twins(slug: str, twin_id: int) -> ResponseReturnValue:
    """Give a group back what it was before the last decision."""
    found = _group_or_404(twin_id)
    if twins.undo(db.session, found, staff_id=g.staff.id, at=staff.utc_now()):
        audit("doublons.annulation", group_id=found.id, verdict=found.verdict.value)
        db.session.commit()
        if "etat" not in request.form:  # the list says it beside the group
            flash(_said(found.verdict), "success")
    return redirect(_back(twin_id))


def _group_or_404(group_id: int) -> TwinGroup:
    found = twins.group(db.session, g.consultation.id, group_id)
    if found is None:
        abort(404)
    return found


def _back(group_id: int) -> str:
    """The list the decision was taken in, at its next group, or the page of the group."""
    state, slug = request.form.get("etat"), g.consultation.slug
    if state is None:
        return url_for("study.twin_group", slug=slug, twin_id=group_id)
    page = request.form.get("page", 1, type=int)
    chosen: dict[str, Any] = {"etat": state or None, "page": page if page > 1 else None, "fait": group_id}
    return url_for("study.twin_groups", slug=slug, _anchor="fait", **chosen)


def _done() -> Shown | None:
    """The group of the decision just taken, which may be taken back."""
    asked = min(max(request.args.get("fait", 0, type=int), 0), LARGEST_KEY)
    row = twins_listing.one(db.session, g.consultation.id, asked) if asked else None
    return _shown([row])[0] if row else None


def _shown(rows: Collection[GroupRow], *, most: int = READ, few: int = FEW) -> list[Shown]:
    ids = [row.id for row in rows]
    wordings = twins_listing.wordings(db.session, ids, most=most)
    channels = twins_listing.channels(db.session, ids)
    return [_one(row, _told_apart(wordings[row.id]), channels[row.id], few) for row in rows]


def _told_apart(wordings: list[WordingRow]) -> list[WordingRow]:
    """The wordings that differ by more than case, accents and punctuation, the most frequent first."""
    same: dict[str, list[WordingRow]] = defaultdict(list)
    for wording in wordings:
        same[key(wording.masked)].append(wording)
    found = [WordingRow(rows[0].masked, sum(row.contributions for row in rows)) for rows in same.values()]
    return sorted(found, key=lambda row: -row.contributions)


def _one(row: GroupRow, wordings: list[WordingRow], channels: dict[Channel, int], few: int) -> Shown:
    main, *others = wordings
    parted = tuple((differences(main.masked, other.masked), other.contributions) for other in others[:few])
    ordered = sorted(channels.items(), key=lambda one: (-one[1], CHANNELS[one[0]]))
    return Shown(row, main, parted, tuple((CHANNELS[channel], count) for channel, count in ordered))


def _words() -> dict[str, object]:
    """The words of each verdict, and the kind of tag that carries them."""
    return {
        "verdicts": {
            Verdict.WAITING: (_("à décider"), "now"),
            Verdict.CAMPAIGN: (_("campagne"), "done"),
            Verdict.DUPLICATE: (_("doublon"), "done"),
            Verdict.DISTINCT: (_("contributions distinctes"), "done"),
        },
        "verdicts_plural": {
            Verdict.WAITING: _("À décider"),
            Verdict.CAMPAIGN: _("Campagnes"),
            Verdict.DUPLICATE: _("Doublons"),
            Verdict.DISTINCT: _("Distinctes"),
        },
        "Verdict": Verdict,
        "seems": _seems,
        "said": _said,
    }


def _seems(row: GroupRow) -> str:
    """What the counts suggest, as a sentence; the analyst decides."""
    said: dict[Likeness, str] = {
        Likeness.SAME_SENDER: _(
            "Tout vient d’une seule personne ou d’une seule rencontre : c’est sans doute un doublon."
        ),
        Likeness.FEW_SENDERS: _("Deux sources seulement : peut-être un envoi fait deux fois."),
        Likeness.CAMPAIGN: _("Le même texte, long, par plusieurs personnes : il a sans doute circulé."),
    }
    return said[likeness(row.senders)]


def _said(verdict: Verdict) -> str:
    said: dict[Verdict, str] = {
        Verdict.CAMPAIGN: _("C’est une campagne : les graphiques se lisent avec ou sans elle."),
        Verdict.DUPLICATE: _("C’est un doublon : sans les doublons, une seule de ces contributions compte."),
        Verdict.DISTINCT: _("Ce sont des contributions distinctes : elles comptent toutes."),
        Verdict.WAITING: _("Ce groupe est de nouveau à décider : toutes ses contributions comptent."),
    }
    return said[verdict]
