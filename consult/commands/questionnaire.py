"""``consult questionnaire``: forms checked, brought in, taken out, printed; templates to start from."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from consult import create_app
from consult.cli import Refused
from consult.commands import _consultations
from consult.commands.serve import open_database, settings_for
from consult.database import reading, writing
from consult.extensions import db
from consult.residents.notice import notice_in
from consult.residents.opening import with_places
from surveys import definition, questionnaire_templates, staff, xlsform
from surveys.models import Channel, Consultation
from surveys.printing import PaperForm, paper_pdf
from surveys.translating import languages
from surveys.words import ngettext
from surveys.xlsform.storing import store

CHANNELS = click.Choice([channel.value for channel in Channel])
FILE = click.Path(path_type=Path)


@click.group()
@click.option("--db", "url", default="", help="Adresse de la base (celle de l’installation par défaut).")
@click.pass_context
def command(context: click.Context, *, url: str) -> None:
    """Vérifie, importe, exporte et imprime les questionnaires (XLSForm)."""
    context.obj = url


@command.command()
@click.argument("file", metavar="FICHIER", type=FILE)
def check(*, file: Path) -> None:
    """Dit si un formulaire XLSForm peut être importé, et tout ce qui l’empêche."""
    read = _read(file)
    count = sum(1 for _question in read.questions)
    click.echo(
        ngettext(
            "« %(title)s » peut être importé : %(num)d question.",
            "« %(title)s » peut être importé : %(num)d questions.",
            count,
            num=count,
            title=read.title,
        )
    )


@command.command("import")
@click.argument("file", metavar="FICHIER", type=FILE)
@click.option("--consultation", "slug", required=True, help="Identifiant de la consultation.")
@click.option("--name", required=True, help="Nom du questionnaire : nouveau, ou celui dont faire une version.")
@click.option("--channel", type=CHANNELS, default=None, help="Canal (celui de la version précédente par défaut).")
@click.option("--public", default="", help="À qui il s’adresse : habitants, jeunes, acteurs…")
@click.pass_obj
def import_(url: str, *, file: Path, slug: str, name: str, channel: str | None, public: str) -> None:
    """Fait d’un formulaire XLSForm la version suivante d’un questionnaire."""
    read = _read(file)
    name = definition.slug(name)
    with _opened(url, writes=True) as session:
        consultation = _consultations.consultation(session, slug)
        kept = Channel(channel) if channel else None
        try:
            version, added = store(
                session, read, consultation_id=consultation.id, name=name, channel=kept, public=public
            )
        except xlsform.XlsFormError as error:
            raise Refused(str(error)) from error
        if added:
            staff.audit(session, "questionnaire.import", consultation_id=consultation.id, name=name)
            session.commit()
        said = (
            _("Version %(number)d de « %(name)s » ajoutée.")
            if added
            else _("« %(name)s » dit déjà cela : rien à faire.")
        )
        click.echo(said % {"number": version.version, "name": name})


@command.command()
@click.option("--consultation", "slug", required=True, help="Identifiant de la consultation.")
@click.option("--questionnaire", "name", required=True, help="Nom du questionnaire ; sa dernière version est prise.")
@click.option("--out", required=True, type=FILE, help="Fichier .xlsx à écrire.")
@click.pass_obj
def export(url: str, *, slug: str, name: str, out: Path) -> None:
    """Écrit un questionnaire en XLSForm (.xlsx), lisible par Kobo et ODK."""
    with _opened(url) as session:
        version = _consultations.questionnaire(session, slug, name)
        read = definition.load(version.definition)
        number = str(version.version)
    try:
        _write(out, xlsform.write(read, name=name, version=number))
    except xlsform.XlsFormError as error:
        raise Refused(str(error)) from error


@command.command()
@click.option("--consultation", "slug", required=True, help="Identifiant de la consultation.")
@click.option("--questionnaire", "name", required=True, help="Nom du questionnaire ; sa dernière version est prise.")
@click.option("--language", default="fr", help="Langue, parmi celles du questionnaire.")
@click.option("--return-to", default="", help="Où rendre le formulaire, par exemple « à l’accueil du centre social ».")
@click.option("--out", required=True, type=FILE, help="Fichier .pdf à écrire.")
@click.pass_obj
def paper(url: str, *, slug: str, name: str, language: str, return_to: str, out: Path) -> None:
    """Imprime un questionnaire à remplir au stylo (.pdf)."""
    with _opened(url) as session:
        version = _consultations.questionnaire(session, slug, name)
        consultation = session.get_one(Consultation, version.consultation_id)
        read = with_places(definition.load(version.definition), consultation)
        if language not in languages(read):
            known = ", ".join(languages(read))
            raise Refused(_("Ce questionnaire n’est pas traduit dans cette langue ; langues : %(known)s.", known=known))
        form = PaperForm(
            consultation=consultation.title,
            questionnaire=read,
            name=version.name,
            version=version.version,
            digest=version.digest,
            notice=notice_in(consultation, language),
            return_to=return_to,
            closes_on=consultation.closes_on,
            language=language,
        )
    _write(out, paper_pdf(form))


@command.command()
@click.argument("name", default="")
@click.option("--out", type=FILE, help="Fichier .xlsx où écrire le modèle choisi.")
def templates(*, name: str, out: Path | None) -> None:
    """Liste les modèles de questionnaires, ou en écrit un en XLSForm."""
    known = {template.slug: template for template in questionnaire_templates.all()}
    if not name:
        click.echo("\n".join(f"{template.slug} : {template.title}. {template.purpose}" for template in known.values()))
        return
    if name not in known:
        raise Refused(
            _("Le modèle « %(name)s » n’existe pas ; modèles : %(known)s.", name=name, known=", ".join(known))
        )
    _write(out or Path(f"{name}.xlsx"), xlsform.write(known[name].questionnaire, name=name))


def _read(file: Path) -> definition.Questionnaire:
    try:
        read = xlsform.reading(file)
    except xlsform.XlsFormError as error:
        raise Refused(str(error)) from error
    for remark in read.remarks:
        click.echo(remark.sentence, err=True)
    return read.questionnaire


def _write(path: Path, data: bytes) -> None:
    partial = path.with_name(f".{path.name}.part")
    try:
        partial.write_bytes(data)
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise Refused(_("« %(path)s » ne peut pas être écrit : choisissez un autre endroit.", path=path)) from error
    click.echo(_("Écrit : %(path)s", path=path))


@contextmanager
def _opened(url: str, *, writes: bool = False) -> Iterator[Session]:
    app = create_app(settings_for(url))
    open_database(app)
    with app.app_context(), writing() if writes else reading():
        yield db.session
