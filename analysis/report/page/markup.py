"""HTML made of values: any text that is not already markup is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape


class Html(str):
    """Text that is markup already."""

    __slots__ = ()


def tag(name: str, *children: str | Iterable[str], **attributes: str | int | None) -> Html:
    """Return an element; `class_` and `data_x` give `class` and `data-x`, None leaves an attribute out."""
    return Html(f"<{name}{_attributes(attributes)}>{join(*children)}</{name}>")


def join(*children: str | Iterable[str]) -> Html:
    """Return children one after the other, texts escaped."""
    flat = (piece for child in children for piece in ((child,) if isinstance(child, str) else child))
    return Html("".join(piece if isinstance(piece, Html) else escape(_plain(piece)) for piece in flat))


def _attributes(attributes: dict[str, str | int | None]) -> str:
    return "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(_plain(str(value)), quote=True)}"'
        for name, value in attributes.items()
        if value is not None
    )


def _plain(text: str) -> str:
    """Return the text without the characters a page may not hold: controls, halves of characters."""
    return "".join(ch for ch in text if ch in "\t\n" or _allowed(ch))


def _allowed(character: str) -> bool:
    if character < " " or "\x7f" <= character <= "\x9f" or character in "\ufffe\uffff":
        return False
    return not "\ud800" <= character <= "\udfff"
