"""``consult export``: the data themselves, answers as they were given or what anyone may have."""

from __future__ import annotations

from pathlib import Path

import click
from flask_babel import gettext as _

from consult import create_app
from consult.cli import Refused
from consult.commands._consultations import consultation, questionnaire
from consult.commands.report import maker, source_of, write
from consult.commands.serve import open_database, settings_for
from consult.database import reading
from consult.extensions import db
from consult.takeaways import DATA, NothingToTakeError
from surveys.exporting import answers
from surveys.models import QuestionnaireVersion
from surveys.words import ngettext

#: What holds answers as they were given, one questionnaire at a time.
ANSWERS = (".csv", ".xlsx")
#: What else holds a line for each person.
PERSONS = (".sav", ".xlsx")


@click.command()
@click.option("--consultation", "slug", required=True, help="Identifiant de la consultation.")
@click.option("--questionnaire", "name", default="", help="Questionnaire dont écrire les réponses (.csv, .xlsx).")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Fichier à écrire : .csv, .xlsx, .zip…")
@click.option("--db", "url", default="", help="Adresse de la base (celle de l’installation par défaut).")
@click.option("--live", is_flag=True, help="Lit l’état du jour, même si une version figée est en vigueur.")
def command(*, slug: str, name: str, out: Path, url: str, live: bool) -> None:
    """Écrit les données : réponses, données ouvertes (.zip) ou plan de classement (.qdc).

    Avec --questionnaire, ses réponses telles quelles (.csv, .xlsx) ; sans lui, le classeur de l’équipe (.xlsx) ou les
    réponses codées (.sav). Ces fichiers ne se diffusent pas.
    """
    suffix = out.suffix.lower()
    answered = suffix == ".csv" or (bool(name) and suffix in ANSWERS)
    make = None if answered else maker(out, DATA, ".csv")
    if answered and not name:
        raise Refused(_("Dites de quel questionnaire écrire les réponses\u00a0: ajoutez « --questionnaire NOM »."))
    app = create_app(settings_for(url))
    open_database(app)
    with app.app_context(), reading():
        if make is None:
            _answers(questionnaire(db.session, slug, name), out)
            return
        try:
            content = make(source_of(consultation(db.session, slug), live=live))
        except NothingToTakeError as nothing:
            raise Refused(str(nothing)) from nothing
    write(content, out)
    if suffix in PERSONS:
        click.echo(_("Une ligne y décrit une personne\u00a0: ce fichier reste dans l’équipe."), err=True)


def _answers(version: QuestionnaireVersion, out: Path) -> None:
    partial = out.with_name(f".part-{out.name}")
    header, rows = answers.table(db.session, version)
    try:
        count = answers.write(partial, header, rows)
        partial.replace(out)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise Refused(_("« %(path)s » ne peut pas être écrit\u00a0: choisissez un autre endroit.", path=out)) from error
    click.echo(
        ngettext(
            "%(num)d réponse écrite\u00a0: %(path)s",
            "%(num)d réponses écrites\u00a0: %(path)s",
            count,
            num=count,
            path=out,
        )
    )
    click.echo(
        _("Les textes n’y sont pas masqués\u00a0: ce fichier reste entre les mains du chargé d’étude."), err=True
    )
