"""``consult export``: the answers to one questionnaire, as they were given."""

from __future__ import annotations

from pathlib import Path

import click
from flask_babel import gettext as _

from consult import create_app
from consult.cli import Refused
from consult.commands._consultations import questionnaire
from consult.commands.serve import open_database, settings_for
from consult.database import reading
from consult.extensions import db
from surveys.exporting import answers
from surveys.words import ngettext


@click.command()
@click.option("--consultation", "slug", required=True, help="Identifiant de la consultation.")
@click.option("--questionnaire", "name", required=True, help="Nom du questionnaire.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Fichier .csv ou .xlsx à écrire.")
@click.option("--db", "url", default="", help="Adresse de la base (celle de l’installation par défaut).")
def command(*, slug: str, name: str, out: Path, url: str) -> None:
    """Écrit les réponses à un questionnaire (.csv ou .xlsx), textes compris : un fichier à ne pas diffuser."""
    app = create_app(settings_for(url))
    open_database(app)
    partial = out.with_name(f".part-{out.name}")
    with app.app_context(), reading():
        header, rows = answers.table(db.session, questionnaire(db.session, slug, name))
        try:
            count = answers.write(partial, header, rows)
            partial.replace(out)
        except OSError as error:
            partial.unlink(missing_ok=True)
            raise Refused(
                _("« %(path)s » ne peut pas être écrit\u00a0: choisissez un autre endroit.", path=out)
            ) from error
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
