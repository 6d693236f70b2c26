"""The plan de classement of a consultation: versions, and names that change while identities stay."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from surveys import codebooks
from surveys.models import CodebookVersion, Theme
from tests.consult import desk


@pytest.fixture
def version(session: Session) -> CodebookVersion:
    made = desk.set_up(session)
    desk.small_plan(session, made.consultation_id)
    found = codebooks.living(session, made.consultation_id)
    assert found
    return found


def _theme(session: Session, version: CodebookVersion, stable_id: str = "proprete") -> Theme:
    found = codebooks.theme(session, version, stable_id)
    assert found
    return found


def test_the_highest_version_is_the_living_one(session: Session, version: CodebookVersion) -> None:
    later = codebooks.add_version(
        session, consultation_id=version.consultation_id, source="essai", label="Essai 2", themes=desk.THEMES[:1]
    )
    assert (version.version, later.version) == (1, 2)
    assert codebooks.living(session, version.consultation_id) is later
    assert [theme.stable_id for theme in codebooks.themes_of(session, later)] == ["proprete"]


def test_a_renamed_theme_keeps_its_identity_and_the_name_it_was_born_with(
    session: Session, version: CodebookVersion
) -> None:
    theme = _theme(session, version)
    codebooks.rename(session, theme, " Rues  propres ")
    codebooks.rename(session, theme, "Propreté des rues")
    session.expire_all()
    theme = _theme(session, version)
    assert (theme.stable_id, theme.label) == ("proprete", "Propreté des rues")
    assert theme.lineage["was"] == "Propreté et gestion des déchets"
    assert theme.lineage["names"] == ["Propreté et gestion des déchets", "Rues propres"]


@pytest.mark.parametrize(
    ("label", "reason"), [("  ", "Donnez un nom"), ("x" * 121, "120 signes"), ("ÉCLAIRAGE public", "déjà")]
)
def test_a_name_that_cannot_be_is_refused_in_a_sentence(
    session: Session, version: CodebookVersion, label: str, reason: str
) -> None:
    theme = _theme(session, version)
    with pytest.raises(codebooks.CodebookError, match=reason):
        codebooks.rename(session, theme, label)
    assert theme.label == "Propreté et gestion des déchets"


def test_the_same_name_again_is_no_renaming(session: Session, version: CodebookVersion) -> None:
    theme = _theme(session, version)
    codebooks.rename(session, theme, theme.label)
    assert theme.lineage == {}
