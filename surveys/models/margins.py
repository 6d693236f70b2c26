"""What the population is known to be, to which respondents may be weighted."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from surveys.models.base import Base


class Margin(Base):
    """How many people there are of one value of one facet, as a source says for a year."""

    __tablename__ = "margin"

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"), primary_key=True)
    #: « quartier », « age » or « sexe ».
    facet: Mapped[str] = mapped_column(String(20), primary_key=True)
    value: Mapped[str] = mapped_column(String(200), primary_key=True)
    people: Mapped[int]
    source: Mapped[str] = mapped_column(String(200))
    year: Mapped[int]
    #: Where it stands in its file.
    position: Mapped[int]
