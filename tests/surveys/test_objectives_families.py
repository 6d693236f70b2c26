"""Families of actions are kept as the team writes them, refused with the family they are about, proposed otherwise."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from surveys import objectives_families as families
from surveys.models import Aim, Consultation
from surveys.objectives_families import FamiliesError, FamilyRow

KNOWN = {"proprete", "securite"}
CARE = FamilyRow("a", "Cadre de vie", ("proprete",))


@pytest.fixture
def consultation_id(session: Session) -> int:
    made = Consultation(slug="essai", title="Essai")
    session.add(made)
    session.flush()
    return made.id


def _keep(session: Session, consultation_id: int, *rows: FamilyRow, **aims: Aim) -> None:
    families.keep(session, consultation_id, rows=rows, aims=aims, known=KNOWN)


def test_what_is_kept_is_read_again_in_its_order(session: Session, consultation_id: int) -> None:
    safe = FamilyRow("b", "Sécurité", ("securite", "plus-dans-le-plan"))
    _keep(session, consultation_id, safe, CARE, idees=Aim.ACTIONS)
    session.expire_all()
    found = families.project(session, consultation_id)
    assert families.families(found, []) == [FamilyRow("b", "Sécurité", ("securite",)), CARE]
    assert families.aims(found, {"idees": Aim.NEEDS, "autre": Aim.NEEDS}) == {"idees": Aim.ACTIONS, "autre": Aim.NEEDS}


def test_each_time_it_is_kept_the_revision_grows(session: Session, consultation_id: int) -> None:
    for expected in (1, 2):
        _keep(session, consultation_id, CARE)
        found = families.project(session, consultation_id)
        assert found is not None
        assert found.revision == expected


@pytest.mark.parametrize(
    ("rows", "at", "said"),
    [
        ([], None, "Gardez au moins une famille"),
        ([CARE, FamilyRow("b", "  ", ())], 1, "Donnez un nom"),
        ([CARE, FamilyRow("b", "cadre  de VIE", ())], 1, "porte déjà ce nom"),
        ([FamilyRow("b", "x" * 301, ())], 0, "trop long"),
        ([FamilyRow(str(rank), str(rank), ()) for rank in range(13)], None, "Douze familles au plus"),
    ],
)
def test_a_list_that_cannot_be_read_is_refused(
    session: Session, consultation_id: int, rows: list[FamilyRow], at: int | None, said: str
) -> None:
    with pytest.raises(FamiliesError, match=said) as refused:
        _keep(session, consultation_id, *rows)
    assert refused.value.row == at
    assert families.project(session, consultation_id) is None


def test_the_families_proposed_hold_every_theme_of_the_plan() -> None:
    roots = [("securite", "Sécurité"), ("emploi", "Emploi"), ("numerique", "Numérique")]
    assert [(row.label, row.themes[0]) for row in families.proposed(roots)][-1] == ("Numérique", "numerique")
    assert {row.code for row in families.proposed(roots)} == {"cadre-de-vie", "securite", "emploi", "numerique"}


def test_a_consultation_that_goes_takes_its_families(session: Session, consultation_id: int) -> None:
    _keep(session, consultation_id, CARE)
    session.delete(session.get_one(Consultation, consultation_id))
    session.flush()
    session.expire_all()
    assert families.project(session, consultation_id) is None
