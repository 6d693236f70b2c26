"""The plan de classement of a consultation: its versions, the highest being the living one."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from surveys import codebooks
from surveys.models import CodebookVersion
from tests.consult import desk


@pytest.fixture
def version(session: Session) -> CodebookVersion:
    made = desk.set_up(session)
    desk.small_plan(session, made.consultation_id)
    found = codebooks.living(session, made.consultation_id)
    assert found
    return found


def test_the_highest_version_is_the_living_one(session: Session, version: CodebookVersion) -> None:
    later = codebooks.add_version(
        session, consultation_id=version.consultation_id, source="essai", label="Essai 2", themes=desk.THEMES[:1]
    )
    assert (version.version, later.version) == (1, 2)
    assert codebooks.living(session, version.consultation_id) is later
    assert [theme.stable_id for theme in codebooks.themes_of(session, later)] == ["proprete"]
