"""The questions as a resident would meet them, drafts included; nothing that is typed there is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import abort, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult.database import reading
from consult.extensions import csrf, db
from consult.manage import blueprint
from consult.manage.steps import ANALYST, LEAD
from consult.posted import Posted
from consult.residents import languages, tickets
from consult.residents.notice import effort, notice_parts
from consult.residents.opening import Opened, with_places
from consult.residents.steps import Preview, Walk, page, turn
from consult.security import roles
from surveys import definition, publishing
from surveys.definition import DefinitionError, Questionnaire
from surveys.models import Channel, QuestionnaireVersion

#: From the id of a consultation and a key, the questionnaire to show; None where there is none.
Source = Callable[[int, int], Questionnaire | None]
_SOURCES: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """Let ``?source=<name>-<key>`` show what ``source`` finds under that key."""
    _SOURCES[name] = source


@blueprint.get("/<slug>/apercu/")
@roles(LEAD, ANALYST)
def preview(slug: str) -> ResponseReturnValue:
    """The first page of residents, with its legal notice."""
    found = _questionnaire()
    if found is None:
        return render_template("manage/preview_none.html", slug=slug, reader_leads=LEAD in g.roles)
    return render_template(
        "residents/notice.html",
        consultation=g.consultation,
        parts=notice_parts(g.consultation),
        effort=effort(found),
    )


@blueprint.get("/<slug>/apercu/questions")
@roles(LEAD, ANALYST)
def preview_questions(slug: str) -> ResponseReturnValue:
    """The first page of questions."""
    walk = _walk(Posted())
    return page(walk, 1) if walk else preview(slug)


# Residents' pages carry no token: these forms write nothing, and those of other sites are refused by their origin.
@blueprint.post("/<slug>/apercu/questions")
@roles(LEAD, ANALYST)
@csrf.exempt
def preview_step(slug: str) -> ResponseReturnValue:
    """The page asked for, as for a resident."""
    with reading():
        walk = _walk(request.form)
        return turn(walk) if walk else preview(slug)


@blueprint.post("/<slug>/apercu/envoi")
@roles(LEAD, ANALYST)
@csrf.exempt
def preview_end(slug: str) -> ResponseReturnValue:
    """What a resident would send is judged, then forgotten."""
    with reading():
        walk = _walk(request.form)
        if walk is None:
            return preview(slug)
        if (number := walk.first_invalid()) is not None:
            form = walk.form(number)
            form.validate()
            return page(walk, number, form=form, status=422)
        return render_template("manage/preview_end.html", consultation=g.consultation)


@blueprint.app_context_processor
def _looking() -> dict[str, Any]:
    """Every page of residents knows when the team only looks at it."""
    return {"preview": g.get("preview")}


def _walk(posted: Posted) -> Walk | None:
    questionnaire = _questionnaire()
    if questionnaire is None or not any(section.questions for section in questionnaire.sections):
        return None
    # No row: nothing is answered here, and a draft has none yet.
    version = QuestionnaireVersion(consultation_id=g.consultation.id, title=questionnaire.title)
    opened = Opened(g.consultation, version, questionnaire)
    back = request.form.get("relire") == "1"
    return Walk(opened, tickets.new(0), posted, back_to_review=back, preview=g.preview)


def _questionnaire() -> Questionnaire | None:
    """What the address asks to see, with the quartiers of the consultation, in the language chosen."""
    found = _asked()
    if found is None:
        return None
    languages.speak(g.consultation)
    g.preview = _addresses()
    return languages.put(with_places(found, g.consultation))


def _asked() -> Questionnaire | None:
    name, _dash, key = request.args.get("source", "").partition("-")
    if not name:
        return _newest_online()
    if name not in _SOURCES or not key.isdecimal() or len(key) > 9:
        abort(404)
    found = _SOURCES[name](g.consultation.id, int(key))
    return found if found is not None else abort(404)


def _newest_online() -> Questionnaire | None:
    versions = publishing.newest(db.session, g.consultation.id)
    online = [version for version in versions if version.channel is Channel.ONLINE]
    return _loaded((online or versions)[0]) if versions else None


def _version(consultation_id: int, key: int) -> Questionnaire | None:
    version = db.session.get(QuestionnaireVersion, key)
    return _loaded(version) if version is not None and version.consultation_id == consultation_id else None


def _loaded(version: QuestionnaireVersion) -> Questionnaire | None:
    try:
        return definition.load(version.definition)
    except DefinitionError:
        return None


def _addresses() -> Preview:
    values = {"slug": g.consultation.slug, "source": request.args.get("source") or None}
    if len(languages.offered(g.consultation)) > 1:
        values[languages.PARAMETER] = languages.current()
    home, begin, step, end = (
        url_for(f"manage.{name}", **values) for name in ("preview", "preview_questions", "preview_step", "preview_end")
    )
    leads = LEAD in g.roles
    back = url_for("manage.overview", slug=g.consultation.slug) if leads else url_for("manage.home")
    return Preview(home, begin, step, end, back)


register("version", _version)
