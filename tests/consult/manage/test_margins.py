"""The margins as their chef de projet brings them in, takes them away and erases them."""

from __future__ import annotations

import io
from collections.abc import Callable

from tests.consult.manage.conftest import Office
from tests.surveys.test_margins import GOOD, HEAD

Make = Callable[[str], Office]


def _file(text: str) -> tuple[io.BytesIO, str]:
    return io.BytesIO(text.encode()), "marges.csv"


def test_a_file_is_shown_downloaded_again_and_erased(office: Make) -> None:
    desk = office("ready")
    assert "Aucune marge" in desk.page("marges")
    assert desk.send("marges", fichier=_file(GOOD)).status_code == 302
    page = desk.page("marges")
    assert "Source\u00a0: Insee, 2020" in page.replace("&nbsp;", "\u00a0")
    assert "18 à 34 ans" in page
    assert desk.page("marges.csv").startswith("\ufefffacette;valeur;effectif;source;année")
    assert "<form" not in page.partition('id="retirer"')[2].partition("</section>")[0], "a first touch erases nothing"
    assert "effectifs connus sont effacés" in desk.page("marges/retrait")
    assert "18 à 34 ans" in desk.page("marges"), "to ask erases nothing"
    assert desk.send("marges/retrait").status_code == 302
    assert "Aucune marge" in desk.page("marges")
    assert desk.client.get(f"/equipe/{desk.slug}/marges/retrait").status_code == 302


def test_a_bad_file_is_told_and_changes_nothing(office: Make) -> None:
    desk = office("ready")
    desk.send("marges", fichier=_file(GOOD))
    answer = desk.send("marges", fichier=_file(HEAD + "sexe;Femmes;x;Insee;2020\n"))
    assert answer.status_code == 422
    assert "Ligne 2, colonne" in answer.get_data(as_text=True)
    assert "18 à 34 ans" in desk.page("marges")


def test_no_file_is_said(office: Make) -> None:
    answer = office("ready").send("marges")
    assert answer.status_code == 422
    assert "Choisissez d’abord un fichier" in answer.get_data(as_text=True)
