"""The plan de classement: themes with stable ids, read from a YAML file and checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from surveys.words import _

_TEXT_FIELDS = ("id", "label", "definition", "parent", "colour")
_LIST_FIELDS = ("excludes", "examples", "keywords")


class CodebookError(ValueError):
    """A codebook that cannot be used; its message is one French sentence for the reader."""


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme or sub-theme; `colour` is empty or the name of a design token."""

    id: str
    label: str
    parent: str | None = None
    definition: str = ""
    excludes: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    colour: str = ""


@dataclass(frozen=True)
class Codebook:
    """A version of a plan de classement, its themes in the order they are shown."""

    id: str
    label: str
    version: str
    themes: tuple[Theme, ...]

    @cached_property
    def _by_id(self) -> dict[str, Theme]:
        return {theme.id: theme for theme in self.themes}

    def __contains__(self, theme_id: object) -> bool:
        return theme_id in self._by_id

    def get(self, theme_id: str) -> Theme:
        """The theme of that id; KeyError when there is none."""
        return self._by_id[theme_id]

    def roots(self) -> tuple[Theme, ...]:
        """The themes that have no parent, in order."""
        return tuple(theme for theme in self.themes if theme.parent is None)

    def children(self, theme_id: str) -> tuple[Theme, ...]:
        """The sub-themes directly under that theme, in order."""
        return tuple(theme for theme in self.themes if theme.parent == theme_id)

    def root_of(self, theme_id: str) -> Theme:
        """The top-level theme that theme belongs to, itself when it is one."""
        theme = self.get(theme_id)
        while theme.parent is not None:
            theme = self.get(theme.parent)
        return theme


def shipped(name: str) -> Codebook:
    """A codebook delivered with the product, by the name of its file."""
    file = resources.files("analysis").joinpath("codebooks", f"{name}.yaml")
    return parse(file.read_text(encoding="utf-8"), source=name)


def load(path: Path | str) -> Codebook:
    """Read a codebook file; CodebookError says in French what stops it from being used."""
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise CodebookError(_("Le plan de classement « %(path)s » est introuvable.", path=path)) from None
    except OSError:
        raise CodebookError(_("Le plan de classement « %(path)s » ne peut pas être lu.", path=path)) from None
    except UnicodeDecodeError:
        raise CodebookError(
            _(
                "Le plan de classement « %(path)s » n’est pas en UTF-8 : enregistrez-le dans cet encodage.",
                path=path,
            )
        ) from None
    return parse(text, source=path.stem)


def parse(text: str, *, source: str) -> Codebook:
    """Check the YAML of a codebook; `source` gives its id and label when it states none."""
    try:
        content = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise CodebookError(_unreadable(error, source)) from None
    except (RecursionError, ValueError):  # lists in lists without end, a date that is none
        raise CodebookError(_unreadable(None, source)) from None
    if not isinstance(content, dict) or not isinstance(content.get("themes"), list):
        raise CodebookError(
            _(
                "Le plan de classement « %(source)s » doit contenir une liste « themes ».",
                source=source,
            )
        )
    themes = tuple(_theme(entry, rank) for rank, entry in enumerate(content["themes"], start=1))
    _check(themes, source)
    identifier = str(content.get("id") or source)
    return Codebook(
        identifier,
        str(content.get("label") or identifier),
        str(content.get("version") or "1"),
        themes,
    )


def write(codebook: Codebook) -> str:
    """The YAML that `parse` reads back to an equal codebook; what is empty is left out."""
    themes = [_entry(theme) for theme in codebook.themes]
    content = {"id": codebook.id, "label": codebook.label, "version": codebook.version, "themes": themes}
    return str(yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=110))


def _entry(theme: Theme) -> dict[str, Any]:
    fields = ("id", "label", "parent", "colour", "definition", "excludes", "keywords", "examples")
    values = {name: getattr(theme, name) for name in fields}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items() if value}


def _unreadable(error: yaml.YAMLError | None, source: str) -> str:
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return _("Le plan de classement « %(source)s » n’est pas un fichier YAML lisible.", source=source)
    return _(
        "Le plan de classement « %(source)s » n’est pas un fichier YAML lisible (ligne %(line)s).",
        source=source,
        line=mark.line + 1,
    )


def _theme(entry: Any, rank: int) -> Theme:
    if not isinstance(entry, Mapping):
        raise CodebookError(_("Le thème n° %(rank)s doit être une fiche avec « id » et « label ».", rank=rank))
    texts = {name: _text(entry.get(name), name, rank) for name in _TEXT_FIELDS}
    for name in ("id", "label"):
        if not texts[name]:
            raise CodebookError(_("Le thème n° %(rank)s n’a pas de « %(name)s ».", rank=rank, name=name))
    lists = {name: _texts(entry.get(name), name, rank) for name in _LIST_FIELDS}
    return Theme(
        id=texts["id"],
        label=texts["label"],
        parent=texts["parent"] or None,
        definition=texts["definition"],
        colour=texts["colour"],
        **lists,
    )


def _text(value: Any, name: str, rank: int) -> str:
    if value is None:
        return ""
    if isinstance(value, str | int | float):
        return str(value).strip()
    raise CodebookError(_("Thème n° %(rank)s : « %(name)s » doit être un texte.", rank=rank, name=name))


def _texts(value: Any, name: str, rank: int) -> tuple[str, ...]:
    if isinstance(value, str):
        value = [value]
    if value is None:
        return ()
    if not isinstance(value, list):
        raise CodebookError(
            _(
                "Thème n° %(rank)s : « %(name)s » doit être une liste de textes.",
                rank=rank,
                name=name,
            )
        )
    return tuple(text for item in value if (text := _text(item, name, rank)))


def _check(themes: tuple[Theme, ...], source: str) -> None:
    if not themes:
        raise CodebookError(_("Le plan de classement « %(source)s » ne contient aucun thème.", source=source))
    parents: dict[str, str | None] = {}
    for theme in themes:
        if theme.id in parents:
            raise CodebookError(
                _(
                    "L’identifiant « %(id)s » sert à deux thèmes : donnez-en un à chacun.",
                    id=theme.id,
                )
            )
        parents[theme.id] = theme.parent
    for theme in themes:
        _check_lineage(theme, parents)


def _check_lineage(theme: Theme, parents: Mapping[str, str | None]) -> None:
    seen = {theme.id}
    parent = theme.parent
    while parent is not None:
        if parent not in parents:
            message = _(
                "Le thème « %(id)s » a pour parent « %(parent)s », qui n’existe pas.",
                id=theme.id,
                parent=parent,
            )
            raise CodebookError(message)
        if parent in seen:
            raise CodebookError(_("Le thème « %(id)s » est son propre ancêtre.", id=theme.id))
        seen.add(parent)
        parent = parents[parent]
