"""The queue of doubtful maskings and sensitive subjects, one at a time, and what was decided of them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from analysis.text.rulings import word_key
from consult import database, masked
from consult.converters import LARGEST_KEY
from consult.extensions import db
from consult.security import roles
from consult.study import blueprint
from consult.study.auditing import audit
from surveys import masking, masking_listing, staff
from surveys.masking_listing import PassageRow
from surveys.models import PassageOrigin, PassageVerdict

#: Those who may read what was written: the analyst, and the agent who keyed it in.
READERS = ("charge-etude", "enqueteur")
PER_PAGE = 30
LISTS = {"doutes": PassageOrigin.DOUBT, "sensibles": PassageOrigin.SENSITIVE}


@dataclass(frozen=True)
class Card:
    """A passage as it is read: the row, and its sentence in three parts; no part when its text changed since."""

    row: PassageRow
    before: str
    words: str
    after: str


@blueprint.get("/masquage")
@roles(*READERS)
def masking_queue(slug: str) -> ResponseReturnValue:
    """The next passage to decide, in its sentence."""
    name = request.args.get("liste", "doutes")
    if name not in LISTS:
        abort(404)
    after = min(max(request.args.get("apres", 0, type=int), 0), LARGEST_KEY)
    row = masking_listing.waiting(db.session, g.consultation.id, LISTS[name], after=after)
    if row is None and after:
        row = masking_listing.waiting(db.session, g.consultation.id, LISTS[name])
    return render_template(
        "study/masking.html", slug=slug, name=name, card=_cards([row])[0] if row else None, done=_done(), **about()
    )


@blueprint.get("/masquage/decides")
@roles(*READERS)
def masking_decided(slug: str) -> ResponseReturnValue:
    """What was decided, the latest first; each decision is taken back from here."""
    counts = masking_listing.counts(db.session, g.consultation.id)
    pages = -(-sum(count for (_origin, decided), count in counts.items() if decided) // PER_PAGE)
    page = min(max(request.args.get("page", 1, type=int), 1), max(pages, 1))
    rows = masking_listing.decided(db.session, g.consultation.id, offset=(page - 1) * PER_PAGE, limit=PER_PAGE)
    return render_template(
        "study/masking_decided.html", slug=slug, cards=_cards(rows), page=page, pages=pages, done=_done(), **about()
    )


@blueprint.post("/masquage/<int:passage_id>")
@roles(*READERS)
def decide_passage(slug: str, passage_id: int) -> ResponseReturnValue:
    """Mask or keep a passage, there or everywhere; what is read elsewhere follows at once."""
    row = _passage_or_404(passage_id)
    try:
        verdict = PassageVerdict(request.form.get("verdict", ""))
    except ValueError:
        abort(400)
    if "toujours" in request.form and (card := _cards([row])[0]).words:
        apply_everywhere(word_key(card.words), masked_there=verdict is PassageVerdict.MASKED, deciding=row.id)
    masking.decide(db.session, row.id, verdict, staff_id=g.staff.id, at=staff.utc_now())
    _rewrite([row.contribution_id])
    audit("masquage.choix", passage_id=row.id, verdict=verdict.value)
    db.session.commit()
    return redirect(_next(row, after=row.id, done=row.id))


@blueprint.post("/masquage/<int:passage_id>/annuler")
@roles(*READERS)
def undo_passage(slug: str, passage_id: int) -> ResponseReturnValue:
    """Take a decision back: the passage waits again, and reads as the machine masks it."""
    row = _passage_or_404(passage_id)
    masking.take_back(db.session, row.id, row.origin)
    _rewrite([row.contribution_id])
    audit("masquage.annulation", passage_id=row.id)
    db.session.commit()
    if "decides" in request.form:
        flash(_("La décision est annulée."), "success")
        return redirect(url_for("study.masking_decided", slug=slug))
    return redirect(_next(row, after=row.id - 1))


def apply_everywhere(word: str, *, masked_there: bool | None, deciding: int = 0) -> int:
    """Mask or keep a word in the whole consultation, or forget it with None; returns how many contributions changed.

    What it changes is worked out before anything is written: it may take a while. The doubts it settles go, but the
    one that is being decided. The caller commits.
    """
    consultation_id, staff_id = g.consultation.id, g.staff.id
    db.session.rollback()
    with database.reading():
        keys = masked.holding(db.session, consultation_id, word)
        changed = masked.again(db.session, consultation_id, keys, {word: masked_there})
        doubts = masked.doubts(db.session, consultation_id, word) if masked_there is not None else []
        db.session.rollback()
    if masked_there is None:
        masking.drop_word(db.session, consultation_id, word)
    else:
        now = staff.utc_now()
        masking.set_word(db.session, consultation_id, word, masked=masked_there, staff_id=staff_id, at=now)
        masking.settle(db.session, set(doubts) - {deciding})
    masking.rewrite(db.session, consultation_id, changed)
    return len(changed)


def _rewrite(contribution_ids: list[int]) -> None:
    changed = masked.again(db.session, g.consultation.id, contribution_ids)
    masking.rewrite(db.session, g.consultation.id, changed)


def _passage_or_404(passage_id: int) -> PassageRow:
    row = masking_listing.one(db.session, g.consultation.id, passage_id)
    if row is None:
        abort(404)
    return row


def _next(row: PassageRow, *, after: int, done: int | None = None) -> str:
    name = next((name for name, origin in LISTS.items() if origin is row.origin), "doutes")
    return url_for("study.masking_queue", slug=g.consultation.slug, liste=name, apres=after, fait=done)


def _done() -> Card | None:
    """The passage just decided, which may be taken back."""
    asked = min(max(request.args.get("fait", 0, type=int), 0), LARGEST_KEY)
    row = masking_listing.one(db.session, g.consultation.id, asked) if asked else None
    return _cards([row])[0] if row and row.verdict else None


def _cards(rows: list[PassageRow]) -> list[Card]:
    sentences = masked.sentences(db.session, g.consultation.id, rows)
    return [Card(row, *sentences[row.id]) for row in rows]


def about() -> dict[str, object]:
    """What every page of the masking shows beside its own."""
    counts = masking_listing.counts(db.session, g.consultation.id)
    return {
        "waiting": {name: counts[origin, False] for name, origin in LISTS.items()},
        "decided": sum(count for (_origin, decided), count in counts.items() if decided),
        "words": masking.words(db.session, g.consultation.id),
        "Verdict": PassageVerdict,
        "Origin": PassageOrigin,
        "subjects": _subjects(),
    }


def _subjects() -> dict[str, str]:
    """What each sensitive subject asks of the reader."""
    return {
        "santé": _("La santé d’une personne que l’on peut reconnaître."),
        "religion": _("La religion d’une personne que l’on peut reconnaître."),
        "infraction": _("Un délit prêté à une personne que l’on peut reconnaître."),
    }
