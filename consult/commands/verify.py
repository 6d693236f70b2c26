"""``consult verify``: whether everything stored is whole, in the installation or in one of its backups."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import click
from flask_babel import gettext as _

from consult import create_app
from consult.cli import Refused
from consult.commands.serve import open_database, settings_for
from consult.database import reading
from consult.extensions import db
from consult.settings import Settings
from surveys.keeping import archive, proving
from surveys.keeping.archive import ArchiveError


@click.command()
@click.argument("file", metavar="[FICHIER]", required=False, type=click.Path(path_type=Path))
@click.option("--db", "url", default="", help="Adresse de la base (celle de l’installation par défaut).")
def command(*, file: Path | None, url: str) -> None:
    """Vérifie que rien ne manque et que rien n’est abîmé, dans la base ou dans une sauvegarde."""
    settings = settings_for(url)
    with tempfile.TemporaryDirectory() as folder:
        if file is not None:
            try:
                manifest, copy = archive.opened(file, Path(folder))
            except ArchiveError as error:
                raise Refused(str(error)) from error
            if manifest.engine != "sqlite":
                click.echo(_("Le fichier est celui qui a été écrit ; son contenu se vérifie une fois restauré."))
                return
            settings = replace(settings, database_url=f"sqlite:///{copy}")
        wrong = _faults(settings)
    for sentence in wrong:
        click.echo(sentence, err=True)
    if wrong:
        sys.exit(2)
    click.echo(_("Tout est là, rien n’est abîmé."))


def _faults(settings: Settings) -> list[str]:
    app = create_app(settings)
    open_database(app)
    with app.app_context(), reading():
        try:
            return proving.faults(db.session)
        finally:
            db.session.close()
            db.engine.dispose()
