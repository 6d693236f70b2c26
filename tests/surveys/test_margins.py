"""Margins are read from a file, kept on both engines, and written again as they were."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from consult.database import writing
from surveys import margins
from surveys.importing.errors import TableError
from surveys.models import Consultation, Margin
from tests.consult import desk
from tests.postgresql import ENGINES, session_on

HEAD = "facette;valeur;effectif;source;année\n"
SEXES = "sexe;Femmes;5 200;Insee;2020\nsexe;Hommes;4800;Insee;2020\n"
GOOD = HEAD + SEXES + "âge;18 à 34 ans;30;Ville;2021\nâge;=1+1;70;Ville;2021\n"


@pytest.fixture(params=ENGINES)
def session(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Session]:
    with session_on(request.param, tmp_path, unproven="margins are NOT proven on it") as opened, writing():
        yield opened


def read(text: str) -> list[margins.MarginRow]:
    return margins.read(text.encode(), filename="marges.csv")


def test_what_is_kept_is_found_again_in_its_order_in_the_place_of_the_last(session: Session) -> None:
    town = desk.set_up(session)
    margins.keep(session, town.consultation_id, read(GOOD)[2:])
    margins.keep(session, town.consultation_id, read(GOOD))
    assert margins.of(session, town.consultation_id) == read(GOOD)
    margins.forget(session, town.consultation_id)
    assert margins.of(session, town.consultation_id) == []


def test_they_go_with_their_consultation(session: Session) -> None:
    made = Consultation(slug="essai", title="Essai", territory="Ville")
    session.add(made)
    session.flush()
    margins.keep(session, made.id, read(GOOD))
    session.execute(delete(Consultation).where(Consultation.id == made.id))
    assert session.scalar(select(func.count()).select_from(Margin)) == 0


def test_the_file_written_reads_back_and_runs_no_formula() -> None:
    written = margins.as_csv(read(GOOD))
    assert "'=1+1" in written
    assert margins.read(written.encode(), filename="marges.csv") == read(GOOD)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("facette;valeur;effectif;source\nsexe;Femmes;5;Insee\n", "Il manque une colonne « année »"),
        (
            HEAD + "sexe;Femmes;beaucoup;Insee;2020\n",
            "Ligne 2, colonne « effectif » : « beaucoup » n’est pas",
        ),
        (
            HEAD + "\nsexe;Femmes;0;Insee;2020\n",
            "Ligne 3, colonne « effectif » : « 0 » n’est pas un nombre entier",
        ),
        (HEAD + "revenu;bas;5;Insee;2020\n", "Ligne 2, colonne « facette » : « revenu » n’est pas connu"),
        (HEAD + "sexe;Femmes;5;;2020\n", "Ligne 2, colonne « source » : elle est vide."),
        (HEAD + "sexe;Femmes;5;Insee;20\n", "Ligne 2, colonne « année » : « 20 » n’est pas un nombre entier de 1900"),
        (HEAD + f"sexe;{'F' * 300};5;Insee;2020\n", "Ligne 2, colonne « valeur » : 200 caractères au plus."),
        (HEAD + "sexe;Femmes;5;Insee;2020\nsexe;femmes;6;Insee;2020\n", "« femmes » est là deux fois"),
        (HEAD + "sexe;Femmes;5;Insee;2020\nsexe;Hommes;6;Insee;2021\n", "n’a pas la source ou l’année"),
        (HEAD + "sexe;Femmes;5;Insee;2020\n", "La facette « sexe » n’a qu’une valeur"),
        (HEAD, "Le fichier ne contient aucune marge"),
        ("", "est vide"),
        (HEAD + "sexe;Femmes;5;Insee;2020\n" * 50_000, "Le fichier dépasse 1 Mo"),
    ],
)
def test_a_bad_file_is_told_line_and_column(text: str, said: str) -> None:
    with pytest.raises(TableError) as told:
        read(text)
    assert said in " ".join(str(told.value).split())
