"""``consult import``: a file of answers collected elsewhere, into a questionnaire of a consultation."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any

import click
from flask_babel import gettext as _

from analysis.french import counted
from consult import create_app, importing
from consult.cli import Refused
from consult.commands._consultations import questionnaire as questionnaire_version
from consult.commands.serve import open_database, settings_for
from consult.database import reading as reading_only
from consult.database import writing
from consult.extensions import db
from surveys import definition
from surveys import imports as kept
from surveys.importing import layouts, mapping, places, refusals, sources, storing
from surveys.importing.answers import Reader
from surveys.importing.reading import Refusal
from surveys.importing.sources import Choice
from surveys.importing.storing import Report
from surveys.importing.tables import Table, TableError
from surveys.models import ImportState, QuestionnaireVersion

#: Doubtful quartiers and refusals shown on the screen; the file has them all.
SHOWN = 20


@click.command()
@click.argument("file", metavar="FICHIER", type=click.Path(path_type=Path))
@click.option("--consultation", "slug", required=True, help="Identifiant de la consultation.")
@click.option("--questionnaire", "name", required=True, help="Nom du questionnaire ; sa dernière version est prise.")
@click.option("--mapping", "plan_file", type=click.Path(path_type=Path), help="Correspondance (YAML).")
@click.option(
    "--layout",
    default="auto",
    show_default=True,
    type=click.Choice(["auto", "aucune", *layouts.NAMES]),
    help="Présentation du fichier : l’outil qui l’a écrit.",
)
@click.option("--sheet", default="", help="Feuille du classeur (la première qui contient quelque chose par défaut).")
@click.option("--dry-run", is_flag=True, help="Tout vérifier sans rien écrire.")
@click.option("--json", "as_json", is_flag=True, help="Écrire pour une machine.")
@click.option("--refused", "refused_file", type=click.Path(path_type=Path), help="Où écrire les lignes refusées.")
@click.option("--db", "url", default="", help="Adresse de la base (celle de l’installation par défaut).")
def command(
    *,
    file: Path,
    slug: str,
    name: str,
    plan_file: Path | None,
    layout: str,
    sheet: str,
    dry_run: bool,
    as_json: bool,
    refused_file: Path | None,
    url: str,
) -> None:
    """Importe un fichier de réponses (CSV, XLSX, ODS, JSON) ; importer deux fois ne change rien.

    Statut 0 : tout est importé ou déjà là ; 1 : des lignes sont refusées ; 2 : rien n’a pu être lu.
    """
    try:
        plan, (data, recognised) = _plan(plan_file), _source(file, layout, sheet)
        app = create_app(settings_for(url))
        open_database(app)
        with app.app_context():
            with reading_only():
                version, reader = _ready(slug, name, plan, recognised)
            report = _try(reader, version, quiet=as_json) if dry_run else _bring(reader, version, file, data, as_json)
    except (mapping.MappingError, TableError) as error:
        raise Refused(str(error)) from error
    except kept.Interrupted as error:
        raise Refused(
            _("L’import est interrompu depuis les pages\u00a0: relancez la commande, il continue où il s’est arrêté.")
        ) from error
    if refused_file is not None and not dry_run:
        _write_refused(refused_file, reader.table, report)
    said = {"dry_run": dry_run, "layout": recognised.layout, **kept.as_json(report)}
    click.echo(json.dumps(said, ensure_ascii=False, indent=2) if as_json else _sentences(said, refused_file))
    if report.refusals:
        sys.exit(1)


def _plan(path: Path | None) -> mapping.Plan | None:
    return mapping.read(path) if path is not None else None


def _source(file: Path, layout: str, sheet: str) -> tuple[bytes, layouts.Recognised]:
    data = importing.bytes_of(file)
    grid = sources.read(data, name=file.name, choice=Choice(sheet=sheet))
    return data, layouts.read(grid, "" if layout == "aucune" else layout)


def _ready(
    slug: str, name: str, plan: mapping.Plan | None, recognised: layouts.Recognised
) -> tuple[QuestionnaireVersion, Reader]:
    """Take from the database all that reading needs and let go of it: nobody waits while a long file is read."""
    session = db.session
    version = questionnaire_version(session, slug, name)
    questionnaire = definition.load(version.definition)
    reader = Reader(
        table=recognised.table,
        plan=plan or layouts.plan_for(recognised, questionnaire),
        questionnaire=questionnaire,
        name=version.name,
        places=places.load(session, version.consultation_id),
        channel=version.channel,
        today=dt.datetime.now(tz=dt.UTC).date(),
    )
    session.expunge_all()
    session.rollback()
    _questions = reader.asked  # what does not suit the file is said before anything is written
    return version, reader


def _try(reader: Reader, version: QuestionnaireVersion, *, quiet: bool) -> Report:
    with reading_only(), _bar(reader, _("Essai"), quiet=quiet) as bar:
        report = Report()
        for report in storing.tried(db.session, reader, version.consultation_id):
            bar.update(report.rows - bar.pos)
    return report


def _bring(reader: Reader, version: QuestionnaireVersion, file: Path, data: bytes, as_json: bool) -> Report:
    """Record and commit lot after lot; interrupted, the same command goes on from there."""
    session = db.session
    with writing():
        one = kept.begin(
            session,
            consultation_id=version.consultation_id,
            file_name=file.name,
            content=data,
            staff_id=None,
            today=reader.today,
        )
        one.questionnaire_id, one.total, one.state = version.id, len(reader.table.rows), ImportState.RUNNING
        key = one.key
        session.commit()
        with _bar(reader, _("Import"), quiet=as_json) as bar:
            report = importing.carry_out(
                session, key, reader, version, advanced=lambda report: bar.update(report.rows - bar.pos)
            )
    return report


def _bar(reader: Reader, label: str, *, quiet: bool) -> Any:
    return click.progressbar(length=len(reader.table.rows), label=label, file=sys.stderr, hidden=quiet)


def _write_refused(path: Path, table: Table, report: Report) -> None:
    try:
        path.write_bytes(refusals.content(table, report.refusals))
    except OSError as error:
        raise Refused(
            _("« %(path)s » ne peut pas être écrit\u00a0: choisissez un autre endroit.", path=path)
        ) from error


def _added(report: dict[str, Any]) -> str:
    if report["dry_run"]:
        return str(_("%(n)s à importer", n=report["added"]))
    return counted(report["added"], _("importée"), _("importées"))


def _sentences(report: dict[str, Any], refused_file: Path | None) -> str:
    lines = [
        _(
            "%(rows)s\u00a0: %(added)s, %(already)s déjà là, %(refused)s.",
            rows=counted(report["rows"], _("ligne lue"), _("lignes lues")),
            added=_added(report),
            already=report["already"],
            refused=counted(report["refused"], _("refusée"), _("refusées")),
        ),
        *_worth_knowing(report),
    ]
    for refusal in report["refusals"][:SHOWN]:
        lines.append("  " + refusals.sentence(Refusal(**refusal)))
    if len(report["refusals"]) > SHOWN and refused_file is None:
        lines.append(_("  … les autres refus s’écrivent avec --refused FICHIER."))
    if report["dry_run"]:
        lines.append(_("Essai\u00a0: rien n’a été écrit."))
    return "\n".join(lines)


def _worth_knowing(report: dict[str, Any]) -> list[str]:
    lines = []
    if report["unfinished"]:
        said = counted(report["unfinished"], _("réponse inachevée"), _("réponses inachevées"))
        lines.append(_("  %(said)s, de côté.", said=said))
    for doubt in report["doubtful_places"][:SHOWN]:
        said = counted(doubt["rows"], _("ligne"), _("lignes"))
        lines.append(
            _("  Quartier à vérifier\u00a0: « %(text)s » lu comme « %(place)s » (%(said)s).", said=said, **doubt)
        )
    for warning in report["warnings"][:SHOWN]:
        said = counted(warning["rows"], _("ligne"), _("lignes"))
        lines.append(
            _(
                "  À savoir, colonne « %(column)s » (%(said)s, la première est la ligne %(first)s)\u00a0: %(sentence)s",
                said=said,
                column=warning["column"],
                first=warning["first"],
                sentence=warning["sentence"],
            )
        )
    return lines
