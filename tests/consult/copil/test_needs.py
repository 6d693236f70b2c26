"""The page of needs and actions, and the pistes behind a cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from analysis.material import Material, Open
from tests.analysis import made
from tests.consult.copil.conftest import SLUG
from tests.pages import PageCheckingClient

Give = Callable[[Material], None]
MEETING = made.consultation().meetings[0]


def _shown(given: Give, *, written: int) -> None:
    """One need and one piste noted, and as many ideas written as asked."""
    persons = [made.person(f"p{rank}", canal="En ligne", sexe="Femme") for rank in range(30)]
    lines = [
        made.voice("l1", "securite", meeting=MEETING.key, kind="Besoin", canal="Rencontre", text="On a peur le soir."),
        made.voice("l2", "emploi", meeting=MEETING.key, kind="Piste d’action", canal="Rencontre", text="Un forum."),
    ]
    ideas = [
        made.voice(
            f"v{rank}", "securite", person=f"p{rank}", question="q.idees", canal="En ligne", text=f"Idée {rank}."
        )
        for rank in range(written)
    ]
    needs = [
        made.voice(f"n{rank}", "securite", person=f"p{rank}", question="q.b", canal="En ligne") for rank in range(30)
    ]
    material = made.material(persons, [*lines, *ideas, *needs], book=made.shipped(), meetings=[MEETING])
    given(replace(material, open=(Open("q.b", "q", "Vos besoins"), Open("q.idees", "q", "Une idée d’action ?"))))


def test_needs_stand_beside_the_families_that_answer_them(reader: PageCheckingClient, given: Give) -> None:
    _shown(given, written=8)
    page = reader.get(f"/copil/{SLUG}/besoins").text
    assert "Plein emploi" in page
    assert "Une idée d’action" in page
    assert "<h1>Chaque besoin trouve au moins une piste d’action" in page
    assert "Pistes sans besoin" in page


def test_a_cell_leads_to_its_pistes_and_a_masked_one_shows_no_text(reader: PageCheckingClient, given: Give) -> None:
    address = f"/copil/{SLUG}/besoins/textes?theme=securite&famille=securite"
    _shown(given, written=8)
    page = reader.get(address).text
    assert "Idée 3." in page
    assert "On a peur le soir." not in page
    _shown(given, written=3)
    page = reader.get(address).text
    assert "Idée 1." not in page
    assert "trop peu" in page


def test_texts_are_never_told_by_sex(reader: PageCheckingClient, given: Give) -> None:
    _shown(given, written=8)
    page = reader.get(f"/copil/{SLUG}/besoins/textes?theme=securite&sexe=Femme").text
    assert "jamais montrés par âge, par sexe ou par public" in page


def test_an_address_that_names_nothing_is_not_found(reader: PageCheckingClient, given: Give) -> None:
    _shown(given, written=8)
    for asked in ("theme=rien", "theme=securite&famille=rien", ""):
        assert reader.get(f"/copil/{SLUG}/besoins/textes?{asked}").status_code == 404


def test_a_consultation_with_nothing_says_what_to_do(reader: PageCheckingClient, given: Give) -> None:
    given(made.material())
    assert "Aucun besoin encore" in reader.get(f"/copil/{SLUG}/besoins").text


def test_the_committee_is_not_shown_the_way_to_the_desk(reader: PageCheckingClient, given: Give) -> None:
    _shown(given, written=8)
    assert "/familles" not in reader.get(f"/copil/{SLUG}/besoins").text


def test_what_no_cell_may_count_is_said_once_rather_than_in_each(reader: PageCheckingClient, given: Give) -> None:
    _shown(given, written=3)
    page = reader.get(f"/copil/{SLUG}/besoins").text
    table = page.partition("<tbody>")[2].partition("</tbody>")[0]
    assert "effectif masqué" not in table
    assert "moins de 5 personnes ont écrit une piste" in page
