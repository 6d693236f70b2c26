"""The exports of the tools met in town halls, each recognised by what only it writes."""

from __future__ import annotations

import re
from collections.abc import Callable

from surveys.exporting.answers import FIRST_COLUMNS, NOT_SAID, NOTED, SEPARATOR
from surveys.exporting.guarding import unguarded
from surveys.importing.folding import fold
from surveys.importing.layouts.model import OTHER, Recognised, find, gathered, is_ticks
from surveys.importing.sources import CSV
from surveys.importing.tables import Table
from surveys.questions import Status

Recogniser = Callable[[Table], Recognised | None]
_BRACKETS = re.compile(r"^(?P<before>.*?)\s*\[(?P<name>[^\[\]]*)\]\.?\s*(?P<after>.*)$", re.DOTALL)
_LIME_OWN = (
    "seed", "startdate", "datestamp", "ipaddr", "refurl", "token", "Tête de série", "Seed", "Date de lancement",
    "Date de la dernière action", "Adresse IP", "URL de provenance", "Date started", "Date last action", "IP address",
    "Referrer URL", "Code d’invitation", "Access code", "Temps total", "Total time",
)  # fmt: skip
_CODE = re.compile(r"^(?P<key>[A-Za-z][A-Za-z0-9_]*)(?:\[(?P<name>[^\]]*)\])?\. (?P<label>.+)$", re.DOTALL)


def consult(table: Table) -> Recognised | None:
    """Our own export: what it wrote comes back as it was."""
    if table.columns[: len(FIRST_COLUMNS)] != FIRST_COLUMNS:
        return None
    if table.format == CSV:
        rows = [tuple(unguarded(cell) for cell in row) for row in table.rows]
        columns = tuple(unguarded(name) for name in table.columns)
        table = Table(columns, rows, table.sheet, table.first_row, table.format, table.delimiter)
    pairs, noted = [], {}
    # After the known columns comes the quartier as it is called today, for people: its code is in its question.
    for header in table.columns[len(FIRST_COLUMNS) + 1 :]:
        name, _dot, part = header.partition(".")
        if part == NOTED and name in table.columns:  # no words of the answer; a row of a grid may be called so
            noted[header] = name
            continue
        pairs.append((name, name, "other" if part == "autre" else part, header))
    return Recognised(
        "consult",
        table,
        gathered(pairs, separator=SEPARATOR),
        identifier="reponse",
        day="jour",
        language="langue",
        channel="canal",
        dont_know=(NOT_SAID[Status.DONT_KNOW],),
        refused=(NOT_SAID[Status.REFUSED],),
        left=(*FIRST_COLUMNS, table.columns[len(FIRST_COLUMNS)], *noted),
        notations=noted,
    )


def limesurvey(table: Table) -> Recognised | None:
    """LimeSurvey, whatever its headings: codes, texts, or both; answers by code or in full."""
    identifier = find(table, "id", "ID de la réponse", "Response ID", "id. ID de la réponse", "id. Response ID")
    submitted = find(
        table, "submitdate", "Date de soumission", "Date submitted", "submitdate. Date de soumission",
        "submitdate. Date submitted",
    )  # fmt: skip
    page = find(table, "lastpage", "Dernière page", "Last page", "lastpage. Dernière page", "lastpage. Last page")
    if not identifier or not submitted or not page:
        return None
    language = find(table, "startlanguage", "Langue de départ", "Start language", "startlanguage. Langue de départ")
    left = {identifier, submitted, page, language, *(find(table, name) for name in _LIME_OWN)} - {""}
    left |= {
        header for header in table.columns if fold(header).startswith(("temps pour", "group time", "question time"))
    }
    pairs = [_lime(header) for header in table.columns if header not in left]
    return Recognised(
        "limesurvey",
        table,
        gathered(pairs),
        identifier=identifier,
        day=submitted,
        language=language,
        complete=submitted,
        empty=("N/A",),
        left=tuple(header for header in table.columns if header in left),
    )


def _lime(header: str) -> tuple[str, str, str, str]:
    if coded := _CODE.match(header):
        # « Q2[SQ001]. La question [La réponse] »
        label, name = coded["label"], coded["name"] or ""
        inner = _BRACKETS.match(label)
        if name and inner:
            label, name = inner["before"], inner["name"]
        return coded["key"], label, name, header
    if bracket := _BRACKETS.match(header):
        return bracket["before"], bracket["before"], bracket["name"], header
    return header, header, "", header


def kobo(table: Table) -> Recognised | None:
    """KoboToolbox and ODK: groups and choices after slashes, what the tool notes after an underscore."""
    identifier = find(table, "_uuid", "meta/instanceID", "KEY", "_id")
    day = find(table, "_submission_time", "SubmissionDate", "today", "end")
    if not identifier or not day or not (set(table.columns) & {"_uuid", "_id", "__version__", "KEY"}):
        return None
    own = {"start", "end", "today", "deviceid", "username", "phonenumber", "simserial", "subscriberid", "formhub/uuid"}
    left = {
        header
        for header in table.columns
        if header.startswith(("_", "meta/", "formhub/")) or header in own | {identifier, day, "KEY", "SubmissionDate"}
    }
    headers = [header for header in table.columns if header not in left]
    ticks = _kobo_ticks(table, headers)
    # The choices come twice, together and one by one: one by one nothing is ambiguous.
    together = {parent for parent in ticks.values() if parent in headers}
    pairs = []
    for header in (header for header in headers if header not in together):
        parent = ticks.get(header, "")
        name = header.removeprefix(f"{parent}/") if parent else ""
        path = parent or header
        pairs.append((path.rpartition("/")[2], path.rpartition("/")[2], name, header))
    return Recognised(
        "kobo",
        table,
        gathered(pairs, separator=" "),
        identifier=identifier,
        day=day,
        left=tuple(header for header in table.columns if header in left | together),
    )


def _kobo_ticks(table: Table, headers: list[str]) -> dict[str, str]:
    """The columns that each hold one choice of a question, with the path of that question."""
    under: dict[str, list[str]] = {}
    for header in headers:
        if "/" in header:
            under.setdefault(header.rpartition("/")[0], []).append(header)
    return {
        header: parent
        for parent, some in under.items()
        if (parent in headers or len(some) > 1) and is_ticks(table, some) and any(any(table.column(h)) for h in some)
        for header in some
    }


def decidim(table: Table) -> Recognised | None:
    """Decidim: proposals, comments, or the answers to a survey."""
    columns = set(table.columns)
    ours = {"author/id", "commentable_id", "debate_id", "depth", "alignment", "votes", "endorsements/total_count"}
    proposals = {"id", "body"} <= columns or any(name.startswith("body/") for name in columns)
    if "id" in columns and (proposals or "debate_id" in columns) and (ours & columns or "title/fr" in columns):
        return _decidim_texts(table)
    numbered = [header for header in table.columns if re.match(r"\d+\. ", header)]
    identifier = find(table, "id", "ID", "Identifiant", "Session")
    created = find(table, "created_at", "Créé le", "Répondu le", "Answered on", "Date de réponse")
    if not numbered or not identifier or not created:
        return None
    pairs = []
    for header in numbered:
        whole, _slash, part = header.partition("/")
        part = "" if part.isdecimal() else part.partition("/")[0]
        label = re.sub(r"^\d+\. ", "", whole)
        pairs.append((label, label, part, header))
    left = tuple(header for header in table.columns if header not in numbered)
    return Recognised("decidim", table, gathered(pairs), identifier=identifier, day=created, left=left)


def _decidim_texts(table: Table) -> Recognised:
    texts = [name for name in table.columns if name.partition("/")[0] in {"title", "body", "text"}]
    themes = [name for name in table.columns if name in {"theme", "category/name/fr", "scope/name/fr"}]
    pairs = [("contribution", "contribution", "", header) for header in texts]
    pairs += [(header.partition("/")[0], header.partition("/")[0], "", header) for header in themes]
    used = {"id", *texts, *themes}
    return Recognised(
        "decidim",
        table,
        gathered(pairs),
        identifier="id",
        day=find(table, "published_at", "created_at"),
        language=find(table, "locale"),
        left=("id", *(header for header in table.columns if header not in used)),
    )


def google(table: Table) -> Recognised | None:
    """Google Forms: a moment first, grids as « Question [Ligne] », choices parted by commas."""
    first = table.columns[0] if table.columns else ""
    if fold(first) not in {"horodateur", "timestamp"}:
        return None
    personal = {"adresse e mail", "adresse email", "email address", "nom d utilisateur", "username", "score"}
    left = [first, *(header for header in table.columns[1:] if fold(header) in personal)]
    pairs = []
    for header in (header for header in table.columns if header not in left):
        bracket = _BRACKETS.match(header)
        label = bracket["before"] if bracket and bracket["before"] else header
        pairs.append((label, label, bracket["name"] if bracket and bracket["before"] else "", header))
    return Recognised("google", table, gathered(pairs, separator=","), day=first, left=tuple(left))


def is_other(name: str) -> bool:
    """Whether a part of a question is what people wrote for « autre »."""
    return fold(name) in OTHER


#: In the order they are tried.
RECOGNISERS: dict[str, Recogniser] = {
    "consult": consult,
    "limesurvey": limesurvey,
    "kobo": kobo,
    "decidim": decidim,
    "google": google,
}
