"""``consult report``: what the steering committee takes away, from the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

import click
from flask import g
from flask_babel import gettext as _

from analysis.briefing import Briefing, brief
from analysis.material import Filter
from analysis.report.template import TemplateError
from consult import create_app
from consult.cli import Refused
from consult.commands._consultations import consultation
from consult.commands.serve import open_database, settings_for
from consult.copil import beyond
from consult.copil.material import load
from consult.database import reading
from consult.extensions import db
from consult.takeaways import REPORTS, Source
from surveys import read
from surveys.models import Consultation


@click.command()
@click.option("--consultation", "slug", required=True, help="Identifiant de la consultation.")
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="Fichier à écrire : .pptx, .docx, .pdf, .xlsx…"
)
@click.option("--db", "url", default="", help="Adresse de la base (celle de l’installation par défaut).")
@click.option(
    "--template",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Modèle .pptx de la collectivité : masque, polices, couleurs et logo du diaporama.",
)
@click.option("--live", is_flag=True, help="Lit l’état du jour, même si une version figée est en vigueur.")
def command(*, slug: str, out: Path, url: str, template: Path | None, live: bool) -> None:
    """Écrit ce que le COPIL emporte : diaporama (.pptx), rapport (.docx, .pdf), classeur (.xlsx), page ou table."""
    make = maker(out, REPORTS)
    if template and out.suffix.lower() != ".pptx":
        raise Refused(_("Un modèle ne sert qu’à un diaporama\u00a0: donnez à --out un nom en .pptx."))
    app = create_app(settings_for(url))
    open_database(app)
    with app.app_context(), reading():
        source = source_of(consultation(db.session, slug), live=live)
        try:
            content = make(replace(source, template=template.read_bytes() if template else None))
        except TemplateError as error:
            raise Refused(str(error)) from error
    write(content, out)


def maker(out: Path, known: Mapping[str, Callable[[Source], bytes]], *more: str) -> Callable[[Source], bytes]:
    """Return what writes a file of that name; refuse with the endings there are, `more` being written otherwise."""
    try:
        return known[out.suffix.lower()]
    except KeyError:
        *first, last = (*more, *known)
        raise Refused(
            _(
                "« %(suffix)s » n’est pas un format connu\u00a0: choisissez %(known)s ou %(last)s.",
                suffix=out.suffix or out.name,
                known=", ".join(first),
                last=last,
            )
        ) from None


def write(content: bytes, out: Path) -> None:
    """Write a file whole or not at all, and say where."""
    partial = out.with_name(f".part-{out.name}")
    try:
        partial.write_bytes(content)
        partial.replace(out)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise Refused(_("« %(path)s » ne peut pas être écrit\u00a0: choisissez un autre endroit.", path=out)) from error
    click.echo(_("Écrit\u00a0: %(path)s", path=out))


def source_of(found: Consultation, *, live: bool = False) -> Source:
    """Return what the files of a consultation are made of, as the committee may see it.

    It is that of the frozen version in force, unless it is to be `live`.
    """
    loaded = load(db.session, found, frozen=None if live else read.frozen_in_force(db.session, found.id))
    briefing = brief(loaded.material, k=found.k_copil, extracts=loaded.quotes(Filter()))
    # What the team wrote of needs and actions is read as a page reads it: of the consultation at hand.
    g.consultation = found
    gather = partial(beyond.gathered, loaded.material, briefing)
    today = dt.datetime.now(tz=dt.UTC).date()
    return Source(briefing, loaded.material, today, found.k_public, gather)


def briefing_of(found: Consultation, *, live: bool = False) -> Briefing:
    """Return what the committee may see of a consultation, with extracts chosen among what was said."""
    return source_of(found, live=live).briefing
