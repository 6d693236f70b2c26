"""The declarative base: constraint names, enums stored by value with a CHECK, JSON columns."""

from __future__ import annotations

import secrets
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from sqlalchemy import JSON, Enum, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import TypeEngine

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def by_value(kind: type[StrEnum], *, length: int = 20) -> TypeEngine[Any]:
    """Return a column type that stores an enum by value and lets the database refuse any other."""
    return Enum(
        kind,
        values_callable=lambda members: [member.value for member in members],
        native_enum=False,
        create_constraint=True,
        length=length,
        name=kind.__name__.lower(),
    )


def random_key() -> str:
    """Return 128 random bits in hexadecimal: a key that tells neither order nor time."""
    return secrets.token_hex(16)


IntKey = Annotated[int, mapped_column(primary_key=True)]
RandomKey = Annotated[str, mapped_column(String(32), primary_key=True, default=random_key)]
Slug = Annotated[str, mapped_column(String(80))]
Label = Annotated[str, mapped_column(String(300))]
LongString = Annotated[str, mapped_column(Text)]


class Base(DeclarativeBase):
    """Every table of the product."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {dict[str, Any]: JSON, list[str]: JSON, list[Any]: JSON}
