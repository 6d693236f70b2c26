"""``consult analyse``: any file of answers, to themes, slides and a page; no database."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from flask_babel import gettext as _

from consult.cli import Refused
from surveys.importing.tables import Table, TableError, read_table
from surveys.words import ngettext

if TYPE_CHECKING:
    from analysis.codebook import Codebook
    from analysis.types import Document, Synthesis

SHIPPED = "politique-de-la-ville"


@click.command()
@click.argument("file", metavar="FICHIER", type=click.Path(path_type=Path))
@click.option("--text", "text_column", required=True, metavar="COL", help="Colonne qui contient les réponses.")
@click.option("--id", "id_column", metavar="COL", help="Colonne qui identifie la personne (le rang sinon).")
@click.option("--quartier", "quartier_column", metavar="COL", help="Colonne du quartier.")
@click.option("--canal", "canal_column", metavar="COL", help="Colonne du canal.")
@click.option("--codebook", "codebook_file", type=click.Path(path_type=Path), help="Plan de classement, en YAML.")
@click.option("--discover", is_flag=True, help="Chercher les thèmes au lieu de suivre un plan de classement.")
@click.option("--language", default="fr", show_default=True, help="Langue attendue des réponses.")
@click.option("--sheet", metavar="NOM", help="Feuille du classeur (la première qui contient quelque chose sinon).")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Dossier où écrire les résultats.")
def command(
    *,
    file: Path,
    text_column: str,
    id_column: str | None,
    quartier_column: str | None,
    canal_column: str | None,
    codebook_file: Path | None,
    discover: bool,
    language: str,
    sheet: str | None,
    out: Path,
) -> None:
    """Classe les réponses de FICHIER (CSV, XLSX, ODS) par thème et écrit la synthèse dans un dossier.

    Sans --codebook ni --discover, le plan de classement est celui de la politique de la ville.
    """
    if discover and codebook_file is not None:
        raise Refused(_("Choisissez entre --codebook et --discover : l’un suit un plan, l’autre en cherche un."))
    codebook = None if discover else _codebook(codebook_file)
    documents = _documents(
        _table(file, sheet), text=text_column, id=id_column, quartier=quartier_column, canal=canal_column
    )
    from consult.outputs import OutputError, into

    try:
        with into(out) as folder:
            synthesis = _analyse(documents, codebook, language)
            _write(folder, documents, synthesis, title=file.stem)
    except OutputError as error:
        raise Refused(str(error)) from error
    click.echo(_summary(synthesis, out))


def _table(file: Path, sheet: str | None) -> Table:
    try:
        return read_table(file, sheet=sheet)
    except TableError as error:
        raise Refused(str(error)) from error


def _codebook(file: Path | None) -> Codebook:
    from analysis import codebook

    try:
        return codebook.shipped(SHIPPED) if file is None else codebook.load(file)
    except codebook.CodebookError as error:
        raise Refused(str(error)) from error


def _documents(
    table: Table, *, text: str, id: str | None, quartier: str | None, canal: str | None
) -> tuple[Document, ...]:
    """One document a row that is not wholly blank; rows that share an id are one person's."""
    from analysis.types import Document

    try:
        texts = table.column(text)
        ids, quartiers, canals = (table.column(name) if name else [] for name in (id, quartier, canal))
    except TableError as error:
        raise Refused(str(error)) from error
    documents: list[Document] = []
    for rank, row in enumerate(table.rows):
        if any(cell.strip() for cell in row):
            person = ids[rank].strip() or f"ligne {table.first_row + rank}" if ids else str(table.first_row + rank)
            place, channel = (column[rank].strip() if column else "" for column in (quartiers, canals))
            documents.append(Document(str(rank), texts[rank], person, place, channel))
    if not documents:
        raise Refused(_("Le fichier n’a que des en-têtes : aucune réponse à analyser."))
    if not any(document.text.strip() for document in documents):
        raise Refused(_("La colonne « %(name)s » est vide à chaque ligne : choisissez celle des réponses.", name=text))
    return tuple(documents)


def _analyse(documents: tuple[Document, ...], codebook: Codebook | None, language: str) -> Synthesis:
    from analysis import pipeline
    from analysis.ideas import Manner

    settings = pipeline.Settings(manner=Manner(language))
    return pipeline.analyse(documents, codebook=codebook, settings=settings, progress=_bar())


def _write(folder: Path, documents: tuple[Document, ...], synthesis: Synthesis, *, title: str) -> None:
    from analysis import briefing, record
    from analysis.report import deck, page, themes_csv

    (folder / "codings.csv").write_bytes(record.codings(documents, synthesis))
    briefed = briefing.from_file(documents, synthesis, title=title)
    themes_csv.write(briefed, folder / "themes.csv")
    deck.write(briefed, folder / "copil.pptx", today=dt.datetime.now(tz=dt.UTC).date())
    page.write(briefed, folder / "index.html")
    # Last, so that the peak of memory is that of all the rest.
    (folder / "synthesis.json").write_bytes(record.synthesis(documents, synthesis))


def _bar() -> Callable[[str, int, int], None]:
    """A bar on the terminal; elsewhere, one line a step."""
    state: dict[str, Any] = {"name": "", "percent": -1}

    def show(name: str, done: int, total: int) -> None:
        percent = 100 if total == 0 else 100 * done // total
        if sys.stderr.isatty():
            if (name, percent) != (state["name"], state["percent"]):
                filled = "█" * (percent // 5)
                click.echo(f"\r{name:<28} {filled:<20} {percent:>3} %", err=True, nl=percent == 100)
        elif name != state["name"]:
            click.echo(f"{name}…", err=True)
        state.update(name=name, percent=percent)

    return show


def _summary(synthesis: Synthesis, out: Path) -> str:
    from analysis.types import Status

    ideas = {(coding.document, coding.idea): coding.status for coding in synthesis.codings}
    coded = sum(status is Status.CODED for status in ideas.values())
    unclassified = sum(status is Status.UNCLASSIFIED for status in ideas.values())
    themes = len({coding.theme_id for coding in synthesis.codings if coding.theme_id})
    parts = (
        ngettext("%(num)d réponse", "%(num)d réponses", len(synthesis.masked), num=len(synthesis.masked)),
        ngettext("%(num)d idée classée", "%(num)d idées classées", coded, num=coded)
        + ngettext(" dans %(num)d thème", " dans %(num)d thèmes", themes, num=themes),
        _("%(left)s à classer", left=unclassified),
    )
    return f"{', '.join(parts)} : {out}"
