"""The mapping file: which column of a file answers which question, written in YAML by the person who imports.

    id: N°                      # the column that tells rows apart, or "*" for the whole row
    columns:
      Votre quartier: quartier  # column: name of the question
      Vos priorités: {question: priorites, separator: ";"}
      "Aspects [La sécurité]": {question: aspects, row: securite}
      "Priorité [Emploi]": {question: priorites, option: emploi}
      "Rang 1": {question: ordre, rank: 1}
      "Autre, précisez": {question: priorites, other: true}
    channel: telephone          # or {column: Canal, values: {Tél.: telephone}}
    day: 2023-06-13             # or {column: Horodatage}
    language: fr                # or {column: startlanguage}
    complete: submitdate        # rows where this column is empty are not finished: left aside
    constants: {sexe: femme}    # the same answer on every row
    dont_know: [NSP]
    refused: [NRP]
    notations: {besoins.notation: Besoins}   # a column that says how the answers of another were noted

docs/import.md says the rest.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from surveys.importing.folding import fold
from surveys.labels import CHANNELS
from surveys.models import Channel
from surveys.words import _

#: Instead of a column: a row is told apart by all its cells. For files whose tool gives answers no number.
WHOLE_ROW = "*"


class MappingError(ValueError):
    """A mapping that cannot be used; its message is one French sentence saying what to mend."""


@dataclass(frozen=True, slots=True)
class Column:
    """What one column of the file is to one question.

    `values` recodes cells before they are matched. `unknown` is the answer given to a quartier nobody knows.
    """

    header: str
    question: str
    separator: str = ""
    option: str = ""
    row: str = ""
    rank: int = 0
    other: bool = False
    unknown: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """A mapping once read; "" or None where nothing was said. Words of non-answers and of channels are folded."""

    identifier: str
    columns: tuple[Column, ...]
    channel: Channel | None = None
    channel_column: str = ""
    channels: Mapping[str, Channel] = field(default_factory=dict)
    day: dt.date | None = None
    day_column: str = ""
    language: str = "fr"
    language_column: str = ""
    #: A column that is empty where the person did not finish: such rows are left aside, and counted.
    complete: str = ""
    constants: Mapping[str, str] = field(default_factory=dict)
    dont_know: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()
    #: Words that say nothing was answered, such as « N/A ».
    empty: frozenset[str] = frozenset()
    #: Columns that say whether an answer was noted word for word, with the column of that answer.
    notations: Mapping[str, str] = field(default_factory=dict)

    @property
    def headers(self) -> tuple[str, ...]:
        """Every column of the file that the mapping names."""
        identifier = "" if self.identifier == WHOLE_ROW else self.identifier
        named = (identifier, self.channel_column, self.day_column, self.language_column, self.complete)
        return (*(name for name in named if name), *(column.header for column in self.columns), *self.notations)


_KEYS = frozenset(
    {
        "id",
        "columns",
        "channel",
        "day",
        "language",
        "complete",
        "constants",
        "dont_know",
        "refused",
        "empty",
        "notations",
    }
)
_TRUE = frozenset({"true", "yes", "oui", "vrai", "1"})
_DETAILS = frozenset({"question", "separator", "option", "row", "rank", "other", "unknown", "values"})


class _Words(yaml.SafeLoader):
    """Reads every word as text: a column named « No » is not the value false, nor « 08 » a number."""


_Words.yaml_implicit_resolvers = {}


def read(path: Path | str) -> Plan:
    """Read a mapping file; raise `MappingError`."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise MappingError(_("La correspondance « %(path)s » est introuvable.", path=path)) from None
    except (OSError, UnicodeDecodeError):
        raise MappingError(
            _("La correspondance « %(path)s » ne peut pas être lue\u00a0: enregistrez-la en UTF-8.", path=path)
        ) from None
    return parse(text)


def parse(text: str) -> Plan:
    """Check the YAML of a mapping; raise `MappingError`."""
    try:
        content = yaml.load(text, Loader=_Words)  # noqa: S506  a safe loader that guesses nothing
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise MappingError(
            _(
                "La correspondance n’est pas du YAML valable, ligne %(line)s\u00a0: mettez les noms de colonnes entre"
                " guillemets droits.",
                line=line,
            )
        ) from None
    return of(content)


def of(content: object) -> Plan:
    """Check a mapping already read, such as one kept in a database; raise `MappingError`."""
    if not isinstance(content, Mapping):
        raise MappingError(_("La correspondance est vide\u00a0: elle donne au moins « id » et « columns »."))
    _only(content, _KEYS, _("la correspondance"))
    if not content.get("id"):
        raise MappingError(_("La correspondance ne dit pas, avec « id », quelle colonne distingue les lignes."))
    return _plan(content)


def _plan(content: Mapping[str, Any]) -> Plan:
    channel, day, language = content.get("channel"), content.get("day"), content.get("language")
    by_column = channel if isinstance(channel, Mapping) else {}
    return Plan(
        identifier=str(content["id"]),
        columns=_columns(content.get("columns")),
        channel=None if by_column or channel is None else _channel(channel),
        channel_column=str(by_column.get("column", "")),
        channels={fold(label): kind for kind, label in CHANNELS.items()}
        | {fold(kind.value): kind for kind in Channel}
        | {fold(str(text)): _channel(kind) for text, kind in _pairs(by_column.get("values"), "values").items()},
        day=None if isinstance(day, Mapping) or day is None else _day(day),
        day_column=str(day.get("column", "")) if isinstance(day, Mapping) else "",
        language=_language(language) if not isinstance(language, Mapping) else "fr",
        language_column=str(language.get("column", "")) if isinstance(language, Mapping) else "",
        complete=str(content.get("complete") or ""),
        constants={str(name): str(value) for name, value in _pairs(content.get("constants"), "constants").items()},
        dont_know=_words(content.get("dont_know")),
        refused=_words(content.get("refused")),
        empty=_words(content.get("empty")),
        notations={str(name): str(of) for name, of in _pairs(content.get("notations"), "notations").items()},
    )


def _columns(given: object) -> tuple[Column, ...]:
    if not isinstance(given, Mapping) or not given:
        raise MappingError(_("La correspondance ne dit pas, avec « columns », quelles colonnes lire."))
    return tuple(_column(str(header), detail) for header, detail in given.items())


def _column(header: str, detail: object) -> Column:
    if not isinstance(detail, Mapping):
        return Column(header, str(detail))
    _only(detail, _DETAILS, _("la colonne « %(header)s »", header=header))
    if not detail.get("question"):
        raise MappingError(_("La colonne « %(header)s » ne dit pas à quelle question elle répond.", header=header))
    rank = str(detail.get("rank") or "0")
    if not rank.isdecimal():
        raise MappingError(_("Le rang de la colonne « %(header)s » est un nombre, à partir de 1.", header=header))
    texts = {key: str(detail.get(key) or "") for key in ("question", "separator", "option", "row", "unknown")}
    values = {fold(str(text)): str(value) for text, value in _pairs(detail.get("values"), "values").items()}
    return Column(header, **texts, rank=int(rank), other=fold(str(detail.get("other", ""))) in _TRUE, values=values)


def _pairs(given: object, key: str) -> Mapping[Any, Any]:
    if given and not isinstance(given, Mapping):
        raise MappingError(_("« %(key)s » s’écrit ainsi\u00a0: {texte: valeur}.", key=key))
    return given if isinstance(given, Mapping) else {}


def _only(content: Mapping[Any, Any], known: frozenset[str], where: str) -> None:
    if unknown := sorted(str(key) for key in content if key not in known):
        raise MappingError(
            _(
                "Dans %(where)s, « %(key)s » n’est pas connu\u202f; mots connus\u00a0: %(known)s.",
                where=where,
                key=unknown[0],
                known=", ".join(sorted(known)),
            )
        )


def _channel(given: object) -> Channel:
    try:
        return Channel(str(given))
    except ValueError:
        known = ", ".join(kind.value for kind in Channel)
        raise MappingError(
            _("Le canal « %(given)s » n’existe pas\u202f; canaux\u00a0: %(known)s.", given=given, known=known)
        ) from None


def _day(given: object) -> dt.date:
    try:
        return dt.date.fromisoformat(str(given))
    except ValueError:
        raise MappingError(_("Le jour « %(given)s » s’écrit ainsi\u00a0: 2023-06-13.", given=given)) from None


def _language(given: object) -> str:
    code = str(given or "fr")
    if not re.fullmatch(r"[a-z]{2,3}", code):
        raise MappingError(_("La langue « %(given)s » s’écrit en deux ou trois lettres\u00a0: fr.", given=code[:40]))
    return code


def _words(given: object) -> frozenset[str]:
    words = [given] if isinstance(given, str) else given or ()
    return frozenset(fold(str(word)) for word in words) if isinstance(words, Sequence) else frozenset()
