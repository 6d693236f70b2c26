"""The pre-project: families of actions, objectives in their blocs, the actions kept under each and their sheets."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, String, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from surveys.models.base import Base, IntKey, Label, LongString, by_value


class Aim(StrEnum):
    """What an open question asks for."""

    NEEDS = "besoins"
    ACTIONS = "pistes"
    NEITHER = "ni-l-un-ni-l-autre"


class SheetModel(StrEnum):
    """The contract whose list of fields the sheets of actions follow."""

    MONTPELLIER = "montpellier"
    MOISSAC = "moissac"
    TOULOUSE = "toulouse"


class ObjectiveKind(StrEnum):
    """What stands in the tree: a bloc, an objective of a bloc, or a concern that crosses them all."""

    BLOC = "bloc"
    OBJECTIVE = "objectif"
    CROSSING = "transversal"


class Coverage(StrEnum):
    """Whether a programme that exists covers an action already."""

    UNKNOWN = "a-qualifier"
    COVERED = "couverte"
    UNCOVERED = "non-couverte"


class Project(Base):
    """What the team settled for the pre-project of a consultation; there is no row before they settle anything."""

    __tablename__ = "project"
    __table_args__ = (CheckConstraint("revision >= 1", name="revision_from_1"),)

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"), primary_key=True)
    #: In order, `{"code": …, "label": …, "themes": [stable_id, …]}`; empty where those of the plan are proposed.
    families: Mapped[list[Any]] = mapped_column(default=list)
    #: Code of an open question (`questionnaire.question`) to a value of `Aim`, for those the team looked at.
    aims: Mapped[dict[str, Any]] = mapped_column(default=dict)
    sheet_model: Mapped[SheetModel] = mapped_column(by_value(SheetModel), default=SheetModel.MONTPELLIER)
    #: Grows with the families and the aims: who saves second is told.
    revision: Mapped[int] = mapped_column(default=1)


class Objective(Base):
    """One line of the tree, in its place among those that have the same parent."""

    __tablename__ = "objective"
    __table_args__ = (
        UniqueConstraint("consultation_id", "client_id"),
        CheckConstraint("(kind = 'objectif') = (parent_id IS NOT NULL)", name="objective_in_a_bloc"),
        CheckConstraint("revision >= 1", name="revision_from_1"),
    )

    id: Mapped[IntKey]
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"))
    #: Drawn with the form, so that sending it twice makes one line.
    client_id: Mapped[str] = mapped_column(String(64))
    kind: Mapped[ObjectiveKind] = mapped_column(by_value(ObjectiveKind))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("objective.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    label: Mapped[Label]
    detail: Mapped[LongString] = mapped_column(default="")
    #: What the contrat de ville adds to what exists already.
    added_value: Mapped[LongString] = mapped_column(default="")
    #: Codes of families and stable ids of themes whose contributions are its evidence.
    families: Mapped[list[str]] = mapped_column(default=list)
    themes: Mapped[list[str]] = mapped_column(default=list)
    revision: Mapped[int] = mapped_column(default=1)


#: The contributions chosen one by one for an objective; they leave it with their erasure.
objective_contribution = Table(
    "objective_contribution",
    Base.metadata,
    Column("objective_id", ForeignKey("objective.id", ondelete="CASCADE"), primary_key=True),
    Column("contribution_id", ForeignKey("contribution.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class PlannedAction(Base):
    """An action kept under an objective: what covers it, what it would add, and the fields of its sheet."""

    __tablename__ = "planned_action"
    __table_args__ = (
        UniqueConstraint("objective_id", "client_id"),
        CheckConstraint("coverage <> 'couverte' OR programme <> ''", name="covered_by_a_programme"),
        CheckConstraint("revision >= 1", name="revision_from_1"),
    )

    id: Mapped[IntKey]
    objective_id: Mapped[int] = mapped_column(ForeignKey("objective.id", ondelete="CASCADE"))
    client_id: Mapped[str] = mapped_column(String(64))
    position: Mapped[int] = mapped_column(default=0)
    label: Mapped[Label]
    coverage: Mapped[Coverage] = mapped_column(by_value(Coverage), default=Coverage.UNKNOWN)
    #: The programme that covers it.
    programme: Mapped[Label] = mapped_column(default="")
    #: The strategy of the territory it meets.
    strategy: Mapped[LongString] = mapped_column(default="")
    added_value: Mapped[LongString] = mapped_column(default="")
    #: Name of a field to what was written, whatever the model of the sheet: changing the model loses nothing.
    fields: Mapped[dict[str, Any]] = mapped_column(default=dict)
    revision: Mapped[int] = mapped_column(default=1)
