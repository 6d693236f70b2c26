"""Quartiers, the ways people write their names, their overlapping groups, and the posters hung in them."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column, ForeignKey, String, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from surveys.models.base import Base, IntKey, Label, Slug, by_value


class PlaceKind(StrEnum):
    """What a place is; the last three exist in every consultation."""

    QPV = "qpv"
    LIVED = "quartier-vecu"
    OUTSIDE = "hors-qpv"
    BETWEEN = "entre-quartiers"
    UNKNOWN = "non-precise"


class Place(Base):
    """A quartier of a consultation, or one of the three answers that are not a quartier."""

    __tablename__ = "place"
    __table_args__ = (UniqueConstraint("consultation_id", "slug"),)

    id: Mapped[IntKey]
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"))
    slug: Mapped[Slug]
    name: Mapped[Label]
    kind: Mapped[PlaceKind] = mapped_column(by_value(PlaceKind))
    code: Mapped[str] = mapped_column(String(20), default="")
    population: Mapped[int | None]
    #: GeoJSON geometry (RFC 7946) or None.
    contour: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    contour_note: Mapped[Label] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)


class PlaceAlias(Base):
    """Another spelling or nickname of a place, as written by people."""

    __tablename__ = "place_alias"

    place_id: Mapped[int] = mapped_column(ForeignKey("place.id", ondelete="CASCADE"), primary_key=True)
    alias: Mapped[str] = mapped_column(String(200), primary_key=True)


class PlaceGroup(Base):
    """A territory made of places, such as the area of a conseil citoyen; groups may overlap."""

    __tablename__ = "place_group"
    __table_args__ = (UniqueConstraint("consultation_id", "name"),)

    id: Mapped[IntKey]
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"))
    name: Mapped[Label]


place_group_member = Table(
    "place_group_member",
    Base.metadata,
    Column("group_id", ForeignKey("place_group.id", ondelete="CASCADE"), primary_key=True),
    Column("place_id", ForeignKey("place.id", ondelete="CASCADE"), primary_key=True),
)


class PlaceDraft(Base):
    """Quartiers read from a file and waiting to be looked over; one file at a time."""

    __tablename__ = "place_draft"

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"), primary_key=True)
    filename: Mapped[Label]
    read_at: Mapped[dt.datetime]
    #: What the file says of each quartier, as `surveys.places_files` reads it.
    facts: Mapped[list[Any]]


class Poster(Base):
    """A poster hung somewhere: its code opens the questions and tells, in numbers only, which poster worked."""

    __tablename__ = "poster"
    __table_args__ = (UniqueConstraint("code"), UniqueConstraint("consultation_id", "label"))

    id: Mapped[IntKey]
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"))
    #: Short enough to be typed by hand, drawn at random so that none is guessed from another.
    code: Mapped[str] = mapped_column(String(12))
    #: Where it hangs, in words.
    label: Mapped[Label]
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id", ondelete="SET NULL"))
    #: The name of the questionnaire it opens; empty where the person chooses, or where there is only one.
    questionnaire: Mapped[Slug] = mapped_column(default="", server_default="")


class ResponsePoster(Base):
    """The poster a response came from."""

    __tablename__ = "response_poster"
    __table_args__ = ({"sqlite_with_rowid": False},)

    response_key: Mapped[str] = mapped_column(ForeignKey("response.key", ondelete="CASCADE"), primary_key=True)
    poster_id: Mapped[int] = mapped_column(ForeignKey("poster.id", ondelete="CASCADE"), index=True)
