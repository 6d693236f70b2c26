"""``consult restore``: a backup becomes a new installation; nothing that exists is ever replaced."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click
from flask_babel import gettext as _
from sqlalchemy import create_engine, make_url
from sqlalchemy.exc import SQLAlchemyError

from consult import create_app
from consult.cli import Refused
from consult.commands.serve import open_database, settings_for
from consult.database import forget
from consult.extensions import db
from consult.settings import Settings
from surveys.keeping import archive, engines, gone, proving
from surveys.keeping.archive import ArchiveError
from surveys.keeping.engines import EngineError
from surveys.keeping.gone import Gone, TakenAway
from surveys.words import ngettext


@click.command()
@click.argument("file", metavar="FICHIER", type=click.Path(path_type=Path))
@click.option("--erasures", default="", help="Base ou fichier où lire ce qui a été effacé depuis la sauvegarde.")
@click.option("--db", "url", default="", help="Adresse de la base à remplir (celle de l’installation par défaut).")
def command(*, file: Path, erasures: str, url: str) -> None:
    """Remet une sauvegarde dans une base vide, puis y efface de nouveau ce qui avait été effacé depuis."""
    settings = settings_for(url)
    since = _gone(erasures) if erasures else Gone()
    settings.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.instance) as folder:
        try:
            manifest, copy = archive.opened(file, Path(folder))
            _same_engine(manifest.engine, settings.backend)
            engines.put_back(copy, make_url(settings.database_url))
        except (ArchiveError, EngineError) as error:
            raise Refused(str(error)) from error
    again = _bring_up(settings, since)
    click.echo(_("Sauvegarde du %(day)s remise en place.", day=manifest.made_at[:10]))
    if erasures:
        click.echo("\n".join(_sentences(again)))


def _sentences(again: TakenAway) -> list[str]:
    answers, people, files = again.responses, again.people, again.imports
    said = [
        ngettext("%(num)d réponse effacée de nouveau.", "%(num)d réponses effacées de nouveau.", answers, num=answers)
    ]
    if people:
        said.append(
            ngettext(
                "%(num)d personne retirée de nouveau de la liste d’appels.",
                "%(num)d personnes retirées de nouveau de la liste d’appels.",
                people,
                num=people,
            )
        )
    if files:
        said.append(
            ngettext("%(num)d import annulé de nouveau.", "%(num)d imports annulés de nouveau.", files, num=files)
        )
    return said


def _bring_up(settings: Settings, since: Gone) -> TakenAway:
    """Bring what was restored to this version, take away again and prove; returns how much was taken away."""
    app = create_app(settings)
    open_database(app)
    with app.app_context():
        try:
            again = gone.take_away(db.session, since)
            db.session.commit()
            forget(db.engine)
            wrong = proving.faults(db.session)
        finally:
            db.session.close()
            db.engine.dispose()
    if wrong:
        raise Refused("\n".join(wrong))
    return again


def _same_engine(made: str, wanted: str) -> None:
    if made != wanted:
        raise ArchiveError(
            _(
                "Cette sauvegarde vient de %(made)s et la base est sur %(wanted)s : restaurez sur le même moteur.",
                made=made,
                wanted=wanted,
            )
        )


def _gone(place: str) -> Gone:
    """What another database no longer has, given by its address or, for SQLite, by its file."""
    url = place if "://" in place else f"sqlite:///file:{Path(place).resolve()}?mode=ro&uri=true"
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            return gone.read(connection)
    except SQLAlchemyError as error:
        raise Refused(
            _("« %(place)s » ne peut pas être lue : donnez l’ancienne base, ou retirez --erasures.", place=place)
        ) from error
    finally:
        engine.dispose()
