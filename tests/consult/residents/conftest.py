"""A town that is asking its residents."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from surveys.models import Consultation
from tests.consult.residents.everything import add_everything


@pytest.fixture
def consultation(session: Session) -> Consultation:
    """An open consultation with every kind of question, at ``/c/tout/``."""
    return add_everything(session)
