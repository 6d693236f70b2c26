"""A questionnaire put in another language: the French text and its translation side by side, never the codes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.editor import blueprint, pages
from consult.editor.access import ROLES, held, keep, name_of_other, shown, wants_data
from consult.extensions import db
from consult.security import roles
from surveys import drafts, editing, translating
from surveys.definition import Questionnaire
from surveys.labels import LANGUAGES
from surveys.models import QuestionnaireDraft
from surveys.words import ngettext

LONGEST = 4000


@dataclass(frozen=True)
class Text:
    """One text to translate; `theirs` is what somebody else wrote meanwhile."""

    key: str
    part: str
    source: str
    written: str
    was: str
    theirs: str = ""
    error: str = ""


@blueprint.get("/<name>/traduire/<language>")
@roles(*ROLES)
def translate(slug: str, name: str, language: str) -> ResponseReturnValue:
    """Every text of the questionnaire, with its translation to write."""
    draft = shown(name)
    book = drafts.read(draft)
    known = book.translations.get(_language(language), {})
    rows = {key: Text(key, part, source, known.get(key, ""), known.get(key, "")) for key, part, source in _texts(book)}
    return _page(draft, book, language, rows)


@blueprint.post("/<name>/traduire/<language>")
@roles(*ROLES)
def save_translation(slug: str, name: str, language: str) -> ResponseReturnValue:
    """Keep what was written; a text that somebody else wrote meanwhile is shown beside it and left as it is."""
    draft = held(name)
    book = drafts.read(draft)
    rows = _posted(book, _language(language), name_of_other(draft.edited_by))
    sound = {row.key: row.written for row in rows.values() if not row.error and row.written != row.was}
    changed = editing.translated(book, language, sound)
    said = _("traduction en %(language)s", language=LANGUAGES[language])
    keep(draft, changed, said=said, part=f"language {language}")
    db.session.commit()
    stuck = {row.key: row.error for row in rows.values() if row.error}
    if wants_data():
        missing, count = editing.count_missing(changed, language)
        left = _("Tout est traduit\u00a0: %(count)s textes.", count=count)
        if missing:
            forms = ("%(num)d texte à traduire sur %(count)s.", "%(num)d textes à traduire sur %(count)s.")
            left = ngettext(*forms, missing, num=missing, count=count)
        return jsonify(said=_("Enregistré"), left=left, errors=stuck), 409 if stuck else 200
    if stuck:
        return _page(draft, changed, language, rows), 409
    flash(_("La traduction est enregistrée."), "success")
    return redirect(url_for("editor.translate", slug=slug, name=name, language=language))


def _language(code: str) -> str:
    return code if code in pages.translated_languages() else abort(404)


def _posted(book: Questionnaire, language: str, other: str) -> dict[str, Text]:
    """The rows as posted; a row the page did not send is left as it is stored."""
    known = book.translations.get(language, {})
    rows: dict[str, Text] = {}
    for key, part, source in _texts(book):
        stored = known.get(key, "")
        written = request.form.get(f"t-{key}", stored).strip().replace("\r\n", "\n")
        was = request.form.get(f"was-{key}", stored).replace("\r\n", "\n")
        rows[key] = _judged(Text(key, part, source, written, was), stored, other)
    return rows


def _judged(row: Text, stored: str, other: str) -> Text:
    if len(row.written) > LONGEST:
        message = _("Raccourcissez ce texte : %(most)s signes au plus.", most=LONGEST)
        return Text(row.key, row.part, row.source, row.written, row.was, error=message)
    if stored in (row.was, row.written) or row.written == row.was:
        return row
    message = _("%(who)s a traduit ce texte entre-temps : gardez l’un des deux, puis enregistrez.", who=other)
    # Sent once more, the text written here replaces the other, which has now been read.
    return Text(row.key, row.part, row.source, row.written, stored, theirs=stored, error=message)


def _texts(book: Questionnaire) -> Iterator[tuple[str, str, str]]:
    """(key, what it is, French text) in the order of the questionnaire."""
    words = {
        "title": _("Titre"),
        "help": _("Aide"),
        "label": _("Question"),
        "interviewer": _("Pour l’enquêteur"),
        "constraint_message": _("Message d’erreur"),
        "unit": _("Unité"),
        "option": _("Réponse"),
        "row": _("Ligne"),
    }
    for key, text in translating.texts(book).items():
        parts = key.split(".")
        yield key, words.get(parts[1] if len(parts) == 3 and parts[0] != "section" else parts[-1], ""), text


def _page(draft: QuestionnaireDraft, book: Questionnaire, language: str, rows: dict[str, Text]) -> str:
    return render_template(
        "editor/translate.html",
        language=language,
        direction=translating.direction(language),
        rows=rows,
        groups=list(_groups(book)),
        stuck=[row for row in rows.values() if row.error],
        **pages.frame(draft, book),
    )


def _groups(book: Questionnaire) -> Iterator[tuple[str, list[str]]]:
    """The texts page by page, under the title of each."""
    keys = list(translating.texts(book))
    yield _("Le questionnaire"), [key for key in keys if key == "title"]
    for number, section in enumerate(book.sections, 1):
        mine = {f"{translating.section_key(section, number)}.", *(f"{one.name}." for one in section.questions)}
        found = [key for key in keys if any(key.startswith(start) for start in mine)]
        if found:
            yield section.title or _("Page %(number)s", number=number), found
