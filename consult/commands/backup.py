"""``consult backup``: the whole database in one file, while people go on answering."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import click
from flask_babel import gettext as _

from consult import create_app
from consult.cli import Refused
from consult.commands.serve import settings_for
from consult.extensions import db
from surveys.keeping import archive
from surveys.keeping.archive import ArchiveError

#: What the notice of a consultation may promise of backups; older ones must be asked for.
DAYS = 30


@click.command()
@click.option("--to", "folder", type=click.Path(path_type=Path), help="Dossier (« sauvegardes », dans l’installation).")
@click.option("--days", default=DAYS, show_default=True, type=click.IntRange(1), help="Jours pendant lesquels garder.")
@click.option("--json", "as_json", is_flag=True, help="Écrire pour une machine.")
@click.option("--db", "url", default="", help="Adresse de la base (celle de l’installation par défaut).")
def command(*, folder: Path | None, days: int, as_json: bool, url: str) -> None:
    """Sauvegarde toute la base dans un fichier, et retire les sauvegardes trop anciennes."""
    settings = settings_for(url)
    # The tables are copied as they are: a backup waits for no writer, and is taken before a new version changes them.
    app = create_app(settings)
    now, target = dt.datetime.now(dt.UTC), folder or settings.instance / "sauvegardes"
    with app.app_context():
        try:
            path = archive.make(db.engine, target, now=now)
        except ArchiveError as error:
            raise Refused(str(error)) from error
        finally:
            db.engine.dispose()
    removed = archive.rotate(target, days=days, now=now)
    if as_json:
        click.echo(json.dumps({"path": str(path), "bytes": path.stat().st_size, "removed": removed}))
        return
    click.echo(_("Sauvegarde écrite\u00a0: %(path)s", path=path))
    click.echo(_("Elle contient les réponses en clair, mais pas le secret de l’installation : gardez-les à part."))
