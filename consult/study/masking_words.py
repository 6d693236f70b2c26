"""Words masked or kept wherever a consultation holds them, and words masked in one contribution."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from analysis.text.normalise import STOP_WORDS
from analysis.text.rulings import word_key
from consult import masked
from consult.extensions import db
from consult.filters import number
from consult.security import roles
from consult.staff import local_path
from consult.study import blueprint
from consult.study.auditing import audit
from consult.study.ideas import contribution_or_404
from consult.study.masking import READERS, about, apply_everywhere
from surveys import contributions, masking, staff
from surveys.models import MaskingWord


@blueprint.get("/masquage/mots")
@roles(*READERS)
def masking_words(slug: str) -> ResponseReturnValue:
    """The words masked or kept everywhere."""
    return _page(slug)


@blueprint.post("/masquage/mots")
@roles(*READERS)
def set_masking_word(slug: str) -> ResponseReturnValue:
    """Mask or keep a word everywhere from now on."""
    typed = request.form.get("word", "")
    word, everywhere = word_key(typed), request.form.get("masked") == "1"
    if refused := _refused(word):
        return _page(slug, refused=refused, typed=typed), 422
    changed = apply_everywhere(word, masked_there=everywhere)
    audit("masquage.mot", masked=everywhere, contributions=changed)
    db.session.commit()
    flash(_said(typed.strip(), changed, everywhere=everywhere), "success")
    return redirect(url_for("study.masking_words", slug=slug))


@blueprint.post("/masquage/mots/<int:word_id>/retirer")
@roles(*READERS)
def drop_masking_word(slug: str, word_id: int) -> ResponseReturnValue:
    """Leave a word to the machine again."""
    found = db.session.get(MaskingWord, word_id)
    if found is None or found.consultation_id != g.consultation.id:
        abort(404)
    word = found.word
    changed = apply_everywhere(word, masked_there=None)
    audit("masquage.mot.retrait", contributions=changed)
    db.session.commit()
    flash(_("« %(word)s » est retiré de la liste.", word=word), "success")
    return redirect(url_for("study.masking_words", slug=slug))


@blueprint.post("/contributions/<int:contribution_id>/masquer")
@roles("charge-etude")
def mask_words(slug: str, contribution_id: int) -> ResponseReturnValue:
    """Mask words a person chose in one contribution, or everywhere."""
    found = contribution_or_404(contribution_id)
    text, typed = contributions.original(db.session, found), request.form.get("words", "")
    word, back = word_key(typed), local_path(request.form.get("back") or url_for("study.themes", slug=slug))
    passages = masked.chosen(found.id, text, word) if word else []
    refused = _refused(word) or ("" if passages else _absent(typed))
    if refused:
        page = {"text": text, "back": back, "refused": refused, "typed": typed}
        return render_template("study/original.html", slug=slug, contribution=found, **page), 422
    if "toujours" in request.form:
        apply_everywhere(word, masked_there=True)
    masking.choose(db.session, passages, staff_id=g.staff.id, at=staff.utc_now())
    masking.rewrite(db.session, g.consultation.id, masked.again(db.session, g.consultation.id, [contribution_id]))
    audit("masquage.mots", contribution_id=contribution_id, passages=len(passages))
    db.session.commit()
    flash(_("Ces mots sont masqués : la page Masquage permet de revenir dessus."), "success")
    return redirect(back)


def _page(slug: str, *, refused: str = "", typed: str = "") -> str:
    return render_template("study/masking_words.html", slug=slug, refused=refused, typed=typed, **about())


def _refused(word: str) -> str:
    if len(word) < 2:
        return str(_("Écrivez le mot, ou les quelques mots, tels qu’ils sont dans les réponses."))
    if set(word.split()) <= STOP_WORDS:
        return str(_("Ce mot est dans presque toutes les réponses : écrivez le nom entier, ou quelques mots de plus."))
    if len(word) > masking.LONGEST_WORD:
        return str(_("Écrivez moins de mots : %(most)s signes au plus.", most=masking.LONGEST_WORD))
    return ""


def _absent(typed: str) -> str:
    words = typed.strip()
    return str(_("Cette contribution ne contient pas « %(words)s » : copiez les mots tels qu’ils y sont.", words=words))


def _said(word: str, changed: int, *, everywhere: bool) -> str:
    said: str = (
        ngettext(
            "« %(word)s » est masqué partout : %(count)s contribution change.",
            "« %(word)s » est masqué partout : %(count)s contributions changent.",
            changed,
            word=word,
            count=number(changed),
        )
        if everywhere
        else ngettext(
            "« %(word)s » est gardé partout : %(count)s contribution change.",
            "« %(word)s » est gardé partout : %(count)s contributions changent.",
            changed,
            word=word,
            count=number(changed),
        )
    )
    return said
