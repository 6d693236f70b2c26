"""The file, how it is read, which questionnaire it answers, and what each column is."""

from __future__ import annotations

import datetime as dt

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult import database, uploads
from consult.extensions import db
from consult.imports import blueprint, desk
from consult.imports.desk import NEW, ROLES
from consult.security import roles
from consult.staff import now
from surveys import imports, staff, versions
from surveys.importing import layouts, profiling
from surveys.importing.errors import TableError
from surveys.importing.mapping import WHOLE_ROW, MappingError
from surveys.importing.sources import ENCODINGS
from surveys.models import Channel, FileImport

MOST_MEGABYTES = 30
DELIMITERS = {";": ";", ",": ",", "\t": "→", "|": "|"}


@blueprint.get("/")
@roles(*ROLES)
def home(slug: str) -> ResponseReturnValue:
    """The imports so far, and the choice of a file."""
    return _home(slug)


def _home(slug: str, *, trouble: str = "") -> str:
    return render_template(
        "imports/home.html",
        slug=slug,
        imports=imports.history(db.session, g.consultation.id),
        trouble=trouble,
        most=MOST_MEGABYTES,
        kept_days=imports.KEPT_DAYS,
    )


@blueprint.post("/")
@roles(*ROLES)
def bring(slug: str) -> ResponseReturnValue:
    """Keep a file while its import is prepared; nothing of it is recorded yet."""
    most = MOST_MEGABYTES * 1024 * 1024
    try:
        name, content = uploads.sent(most)
    except TableError as error:
        return _home(slug, trouble=str(error)), 422
    if len(content) > most:
        words = _("Le fichier dépasse %(most)s Mo\u00a0: enregistrez la feuille seule en CSV.", most=MOST_MEGABYTES)
        return _home(slug, trouble=words), 422
    one = imports.begin(
        db.session,
        consultation_id=g.consultation.id,
        file_name=name,
        content=content,
        staff_id=g.staff.id,
        today=now().date(),
    )
    imports.keep(db.session, one, imports.SOURCE, name=name, content=content)
    try:
        desk.profile(db.session, one, {})
        _as_before(one, request.form.get("comme", ""))
    except (TableError, MappingError) as error:
        db.session.rollback()
        return _home(slug, trouble=str(error)), 422
    staff.audit(db.session, "import.fichier", staff_id=g.staff.id, consultation_id=g.consultation.id, rows=one.total)
    db.session.commit()
    next_page = "imports.check" if one.choices.get("wanted") else "imports.file"
    return redirect(url_for(next_page, slug=slug, import_key=one.key))


def _as_before(one: FileImport, key: str) -> None:
    """Take the choices of the import whose refused rows these are, once mended."""
    before = imports.find(db.session, g.consultation.id, key) if key else None
    if before is None or not before.choices:
        return
    had = [header for header in before.choices["columns"] if header not in {"motif"}]
    if [header for header in one.choices["columns"] if header not in {"motif"}] != had:
        raise TableError(_("Les colonnes ne sont plus celles du fichier d’origine\u00a0: gardez-les toutes."))
    kept = ("groups", "head", "target", "title", "identifier", "channel", "day", "wanted", "places", "places_asked")
    read = one.choices
    one.choices = {**read, **{name: before.choices[name] for name in kept if name in before.choices}}
    one.choices["groups"] = profiling.with_answers_of(one.choices["groups"], read)
    one.choices.setdefault("wanted", {"": {}})


@blueprint.get("/<import_key>/fichier")
@roles(*ROLES)
def file(slug: str, import_key: str) -> ResponseReturnValue:
    """The first rows as they are read, and what can be read otherwise."""
    return _file(slug, desk.in_preparation(import_key))


def _file(slug: str, one: FileImport, *, trouble: str = "") -> str:
    return render_template(
        "imports/file.html",
        slug=slug,
        one=one,
        said=one.choices,
        source=one.source,
        encodings=ENCODINGS,
        delimiters=DELIMITERS,
        layouts={name: layouts.label(name) for name in layouts.NAMES},
        layout=layouts.label(one.choices["layout"]),
        twin=imports.twin(db.session, one),
        trouble=trouble,
    )


@blueprint.post("/<import_key>/fichier")
@roles(*ROLES)
def read_otherwise(slug: str, import_key: str) -> ResponseReturnValue:
    """Read the file as chosen, and go on once it is right."""
    one = desk.in_preparation(import_key)
    source = {name: request.form.get(name, "")[:80] for name in ("sheet", "encoding", "delimiter")}
    source["layout"] = request.form.get("layout", "auto")
    if source["encoding"] not in ENCODINGS:
        source["encoding"] = ""
    if source["delimiter"] not in DELIMITERS:
        source["delimiter"] = ""
    if source["layout"] not in {"auto", "", *layouts.NAMES}:
        source["layout"] = "auto"
    changed = any(source[name] != one.source.get(name, "auto" if name == "layout" else "") for name in source)
    try:
        if changed:
            desk.profile(db.session, one, source)
    except (TableError, MappingError) as error:
        db.session.rollback()
        return _file(slug, desk.in_preparation(import_key), trouble=str(error)), 422
    db.session.commit()
    here = "imports.file" if request.form.get("faire") == "relire" else "imports.target"
    return redirect(url_for(here, slug=slug, import_key=import_key))


@blueprint.get("/<import_key>/questionnaire")
@roles(*ROLES)
def target(slug: str, import_key: str) -> ResponseReturnValue:
    """Which questionnaire the file answers, by which channel, on which day."""
    return _target(slug, desk.in_preparation(import_key))


def _target(slug: str, one: FileImport, *, trouble: str = "") -> str:
    return render_template(
        "imports/target.html",
        slug=slug,
        one=one,
        said=one.choices,
        questionnaires=desk.questionnaires(),
        channels=desk.channels(),
        new=NEW,
        whole_row=WHOLE_ROW,
        typed=request.form if trouble else None,
        trouble=trouble,
    )


@blueprint.post("/<import_key>/questionnaire")
@roles(*ROLES)
def set_target(slug: str, import_key: str) -> ResponseReturnValue:
    """Keep the questionnaire, the channel, the day and what tells rows apart."""
    one = desk.in_preparation(import_key)
    form, columns = request.form, one.choices["columns"]
    chosen = form.get("questionnaire", "")
    if chosen != NEW and versions.newest(db.session, g.consultation.id, chosen) is None:
        return _target(slug, one, trouble=_("Choisissez le questionnaire auquel le fichier répond.")), 422
    if chosen == NEW and not form.get("title", "").strip():
        return _target(slug, one, trouble=_("Donnez un titre au nouveau questionnaire.")), 422
    day = form.get("day", "").strip()
    try:
        fixed = dt.date.fromisoformat(day).isoformat() if day else ""
    except ValueError:
        return _target(slug, one, trouble=_("Indiquez un jour qui existe.")), 422
    by_channel, by_day = form.get("channel_column", ""), form.get("day_column", "")
    channel = form.get("channel", "")
    known = {kind.value for kind in Channel}
    said = dict(one.choices)
    if said.get("target") != chosen:
        said.pop("wanted", None)
    said |= {
        "target": chosen,
        "title": form.get("title", "").strip()[:200],
        "identifier": form.get("identifier") if form.get("identifier") in columns else WHOLE_ROW,
        "channel": {"column": by_channel} if by_channel in columns else channel if channel in known else "",
        "day": {"column": by_day} if by_day in columns else fixed,
    }
    one.choices, one.plan = said, {}
    db.session.commit()
    return redirect(url_for("imports.columns", slug=slug, import_key=import_key))


@blueprint.post("/<import_key>/abandonner")
@roles(*ROLES)
def leave(slug: str, import_key: str) -> ResponseReturnValue:
    """Forget a file that will not be imported."""
    db.session.delete(desk.in_preparation(import_key))
    db.session.commit()
    database.forget(db.engine)
    flash(_("Le fichier est oublié\u00a0: rien n’en a été gardé."), "success")
    return redirect(url_for("imports.home", slug=slug))
