"""``consult purge``: erase what the notices promised to erase, as the worker does each day."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict

import click
from flask_babel import gettext as _

from consult import create_app
from consult.commands.serve import open_database, settings_for
from consult.database import writing
from consult.extensions import db
from consult.purging import purge_due
from consult.residents.opening import now
from surveys.keeping import purging


@click.command()
@click.option("--now", "day", type=click.DateTime(["%Y-%m-%d"]), help="Jour à considérer (aujourd’hui par défaut).")
@click.option("--dry-run", is_flag=True, help="Dire ce qui serait effacé, sans rien effacer.")
@click.option("--json", "as_json", is_flag=True, help="Écrire pour une machine.")
@click.option("--db", "url", default="", help="Adresse de la base (celle de l’installation par défaut).")
def command(*, day: dt.datetime | None, dry_run: bool, as_json: bool, url: str) -> None:
    """Efface les réponses et les personnes des consultations dont la durée de conservation est passée."""
    app = create_app(settings_for(url))
    open_database(app)
    today = day.date() if day else now().date()
    with app.app_context(), writing():
        try:
            if dry_run:
                found = [(one.slug, purging.held(db.session, one.id)) for one in purging.due(db.session, today)]
            else:
                found = purge_due(db.session, today)
        finally:
            db.session.close()
            db.engine.dispose()
    if as_json:
        click.echo(json.dumps({slug: asdict(held) for slug, held in found}, indent=2))
        return
    for slug, held in found:
        click.echo(
            _(
                "%(slug)s : %(responses)d réponses, %(lines)d notes de rencontre, %(contacts)d personnes à appeler, "
                "%(imports)d imports.",
                slug=slug,
                **asdict(held),
            )
        )
    if not found:
        click.echo(_("Aucune consultation n’a passé sa durée de conservation."))
