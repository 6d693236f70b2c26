"""Open data: aggregated tables that anyone may have, with what each column holds, as one archive of plain text."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import zipfile
from collections.abc import Iterable, Sequence

from analysis import palette
from analysis.briefing import Briefing
from analysis.codebook import Codebook
from analysis.french import counted
from analysis.report.archives import EPOCH
from analysis.report.cells import safe
from analysis.report.open_data.tables import Field, Table, tables
from analysis.stamp import made_words
from surveys.words import _

#: The licence most French authorities publish under; who publishes may choose another.
LICENCE = ("etalab-2.0", "Licence Ouverte 2.0 (Etalab)")


def content(briefing: Briefing, plan: Codebook, *, today: dt.date) -> bytes:
    """Return the archive of what may be told to anyone: the briefing must be one for the public."""
    found = tables(briefing, plan)
    files = {f"{table.name}.csv": _csv(table) for table in found}
    files["dictionnaire.csv"] = _csv(_dictionary(found))
    files["datapackage.json"] = _package(briefing, found, today)
    files["LISEZMOI.txt"] = _readme(briefing, found, today)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in sorted(files.items()):
            entry = zipfile.ZipInfo(name, date_time=EPOCH)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, body)
    return out.getvalue()


def _csv(table: Table) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([field.name for field in table.fields])
    writer.writerows([safe(" ".join(cell.split())) for cell in row] for row in table.rows)
    return out.getvalue()


def _dictionary(found: Sequence[Table]) -> Table:
    kinds = {"string": _("texte"), "integer": _("nombre entier"), "number": _("nombre décimal")}
    rows = tuple((f"{table.name}.csv", f.name, kinds[f.kind], f.holds) for table in found for f in table.fields)
    fields = (
        Field("fichier", _("nom du fichier")),
        Field("colonne", _("nom de la colonne")),
        Field("type", _("nature de ce qu’elle contient")),
        Field("contenu", _("ce qu’elle contient")),
    )
    return Table("dictionnaire", _("une colonne d’un fichier"), fields, rows)


def _package(briefing: Briefing, found: Sequence[Table], today: dt.date) -> str:
    """The same, for programs: a Frictionless data package."""
    resources = [
        {
            "name": table.name,
            "path": f"{table.name}.csv",
            "description": table.line,
            "encoding": "utf-8",
            "schema": {"fields": [{"name": f.name, "type": f.kind, "description": f.holds} for f in table.fields]},
        }
        for table in found
    ]
    package = {
        "name": "consultation",
        "title": briefing.title,
        "created": today.isoformat(),
        "licenses": [{"name": LICENCE[0], "title": LICENCE[1]}],
        "resources": resources,
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _readme(briefing: Briefing, found: Sequence[Table], today: dt.date) -> str:
    return "\n".join(_said(briefing, found, today)) + "\n"


def _said(briefing: Briefing, found: Sequence[Table], today: dt.date) -> Iterable[str]:
    made = briefing.provenance
    yield from (briefing.title, "=" * len(briefing.title), "")
    yield _("Ce que disent les réponses à une consultation, en tableaux que tout le monde peut reprendre.")
    yield ""
    if briefing.territory:
        yield _("Territoire\u00a0: %(name)s", name=briefing.territory)
    yield _("État au\u00a0: %(day)s", day=palette.day(made.frozen_on or today))
    yield _("Personnes qui ont répondu\u00a0: %(n)s", n=_few(briefing.done.persons, briefing.k))
    yield _("Personnes qui se sont exprimées avec leurs mots\u00a0: %(n)s", n=_few(briefing.said.speakers, briefing.k))
    yield _("Réponses retenues\u00a0: toutes")
    yield _("Thèmes\u00a0: %(made)s", made=" · ".join(made_words(made)) or _("aucune analyse n’est encore faite"))
    yield _("Licence proposée\u00a0: %(name)s", name=LICENCE[1])
    yield _(
        "  Qui publie peut en choisir une autre\u00a0: il suffit de changer cette ligne et celle de datapackage.json."
    )
    yield from ("", _("Fichiers"), "--------")
    yield from (
        f"{table.name}.csv\u00a0: {table.line}, {counted(len(table.rows), _('ligne'), _('lignes'))}" for table in found
    )
    yield _("dictionnaire.csv\u00a0: ce que contient chaque colonne")
    yield _("datapackage.json\u00a0: la même chose, pour les programmes (Frictionless Data Package)")
    yield from ("", _("Lire les chiffres"), "-----------------")
    yield from _care(briefing)
    yield from ("", _("Format"), "------")
    yield _("UTF-8 sans marque, virgules, parts de 0 à 1 avec un point, une ligne d’en-tête (RFC 4180).")
    yield _("Un texte qu’un tableur prendrait pour une formule commence par une apostrophe.")


def _few(count: int, k: int) -> str:
    """A count of persons, hidden when it is too small to be said."""
    return palette.below(k) if 0 < count < k else palette.number(count)


def _care(briefing: Briefing) -> Iterable[str]:
    k = briefing.k
    yield _("- Une personne compte une fois par thème et peut en évoquer plusieurs\u00a0: les parts ne s’ajoutent pas.")
    yield _("- Les rencontres ne sont pas comptées ici\u00a0: leurs contributions ne sont pas des personnes.")
    yield _("- etat = masque\u00a0: moins de %(k)d personnes, ou un effectif qui en trahirait un autre.", k=k)
    yield _("  Les effectifs masqués ne se retrouvent pas par soustraction.")
    yield _("- etat = zero\u00a0: personne n’en a parlé, ce qui ne dit pas que tout va bien.")
    yield _(
        "- La consultation est volontaire\u00a0: ces parts décrivent les personnes qui ont répondu, non la population."
    )
