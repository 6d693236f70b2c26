"""``index.html``: the synthesis as one page that needs no network and no script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from analysis import palette
from analysis.briefing import Briefing, Closed
from analysis.choice_words import choice_words
from analysis.disclosure import PublishedCell
from analysis.findings import closed_title, done_lede, done_title
from analysis.french import NBSP, counted, listed, persons
from analysis.report.page.figures import bars, crossed, matrix
from analysis.report.page.markup import Html, join, tag
from analysis.report.page.style import css
from analysis.report.slides.closed import PROFILE
from analysis.report.slides.method import cautions, counts
from analysis.report.slides.places import raised
from analysis.report.slides.words import signature
from analysis.sentences import foot, quartier_lede, quartier_title, ranking, said_lede, said_title, themes_title
from analysis.tables import Axis
from surveys.questions import Scale
from surveys.words import _

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; base-uri 'none'; form-action 'none'"


def write(briefing: Briefing, path: Path) -> None:
    """Write the page of a briefing."""
    path.write_text(content(briefing), encoding="utf-8", newline="\n")


def content(briefing: Briefing) -> str:
    """Return the page; the same briefing always gives the same text."""
    parts = [(key, name, body) for key, name, body in _parts(briefing) if body]
    head = join(
        Html('<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'),
        Html(f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'),
        tag("title", f"{said_title(briefing)} – {briefing.title}"),
        Html(f"<style>{css()}</style>"),
    )
    links = tag("nav", tag("ul", [tag("li", tag("a", n, href=f"#{k}")) for k, n, _b in parts]), aria_label=_("Parties"))
    sections = [tag("section", tag("h2", name, id=key), body) for key, name, body in parts]
    body = join(
        tag("a", _("Aller au contenu"), class_="skip", href="#contenu"),
        tag("header", briefing.title, class_="top"),
        tag("main", _opening(briefing), links, sections, id="contenu", tabindex=-1),
        tag("footer", foot(briefing), class_="foot"),
    )
    return f"<!doctype html>\n{tag('html', tag('head', head), tag('body', body), lang='fr')}\n"


def _opening(briefing: Briefing) -> Html:
    kept = choice_words(briefing.choice)
    chosen = tag("p", _("Réponses retenues\u00a0: %(words)s.", words=listed(kept))) if kept else Html("")
    return join(tag("h1", said_title(briefing)), tag("p", said_lede(briefing), class_="lede"), chosen)


def _parts(briefing: Briefing) -> Iterator[tuple[str, str, Html]]:
    yield "dit", _("Ce qui a été dit"), _said(briefing)
    yield "themes", _("Thème par thème"), join(_details(briefing))
    yield "questions", _("Questions fermées"), join(_closed(briefing))
    yield "quartiers", _("Attribution aux quartiers"), _places(briefing)
    yield "fait", _("Ce qui a été fait"), _done(briefing)
    yield "methode", _("Méthode"), _method(briefing)


def _said(briefing: Briefing) -> Html:
    table = briefing.said.themes
    if not table.rows or not briefing.said.speakers:
        return tag("p", _("Les thèmes se lisent ici une fois l’analyse des réponses faite."))
    caption = _(
        "Part des personnes qui évoquent chaque thème (une personne peut en évoquer plusieurs),"
        " base\u00a0: %(n)s personnes",
        n=palette.number(table.base),
    )
    figure = bars(table, caption=caption, rows=[row for row, cell in table.column() if _heard(cell)])
    unit = _("«\u00a0l.\u00a0»\u00a0: lignes de rencontre, comptées à part des personnes.")
    note = tag("p", unit, class_="unit") if briefing.done.lines else Html("")
    title = tag("h3", _("Question par question")) if briefing.said.opened else Html("")
    return join(figure, note, title, _opened(briefing))


def _opened(briefing: Briefing) -> Iterator[Html]:
    """Yield each open question by itself, closed until asked, when several were put."""
    for opened in briefing.said.opened:
        base = _("%(n)s personnes", n=palette.number(opened.speakers))
        summary = tag("summary", tag("b", opened.label), f"{opened.questionnaire}, {base}")
        caption = themes_title(opened.themes, opened.speakers)
        heard = [row for row, cell in opened.themes.column() if _heard(cell)]
        yield tag("details", summary, bars(opened.themes, caption=caption, rows=heard) if heard else "")


def _heard(cell: PublishedCell) -> bool:
    return cell.count != 0 or cell.lines > 0


def _details(briefing: Briefing) -> Iterator[Html]:
    """Yield each theme that may be shown, closed until asked: its sub-themes, its extracts."""
    for row, cell in ranking(briefing.said.themes):
        summary = tag("summary", tag("b", row.label), persons(cell.count))
        below = briefing.said.subthemes.get(row.code)
        figure = Html("")
        if below is not None and ranking(below):
            caption = _(
                "Sous-thèmes, part des personnes qui se sont exprimées, base\u00a0: %(n)s personnes",
                n=palette.number(below.base),
            )
            figure = bars(below, caption=caption, rows=[sub for sub, found in below.column() if _heard(found)])
        yield tag("details", summary, figure, _extracts(briefing, row))


def _extracts(briefing: Briefing, row: Axis) -> Html:
    return join(
        tag(
            "blockquote",
            tag("p", f"«{NBSP}{extract.text}{NBSP}»"),
            tag("p", signature(briefing, extract), class_="who"),
            style=f"--c:{palette.theme(row.colour)}",
        )
        for extract in briefing.said.extracts.get(row.code, ())
    )


def _closed(briefing: Briefing) -> Iterator[Html]:
    for closed in briefing.said.closed:
        if closed.table.rows and closed.table.name.rsplit(".", 1)[-1] not in PROFILE:
            yield tag("h3", closed_title(closed) or closed.label)
            caption = _(
                "%(label)s Base\u00a0: %(n)s personnes", label=closed.label, n=palette.number(closed.table.base)
            )
            yield _question(closed, caption)


def _question(closed: Closed, caption: str) -> Html:
    if closed.scale is Scale.GRID:
        return crossed(closed.table, caption=caption)
    return bars(closed.table, caption=caption)


def _places(briefing: Briefing) -> Html:
    rows = raised(briefing.by_quartier)
    if not briefing.quartiers or not rows:
        return Html("")
    return join(
        tag("h3", quartier_title(briefing)),
        matrix(briefing.by_quartier, rows, caption=quartier_lede(briefing)),
        tag(
            "p",
            _(
                "* et hachures\u00a0: à lire avec prudence (moins de 10 personnes, un seul canal, une seule rencontre"
                " ou un quartier déduit). « l. »\u00a0: lignes de rencontre. « masqué »\u00a0: moins de %(k)d"
                " personnes, ou un effectif qui en trahirait un autre.",
                k=briefing.k,
            ),
            class_="unit",
        ),
    )


def _done(briefing: Briefing) -> Html:
    done, said = briefing.done, briefing.said
    figures = [(done.persons, _("répondant"), _("répondants"))]
    if done.meetings:
        figures.append((len(done.meetings), _("rencontre"), _("rencontres")))
        figures.append((done.attendance, _("présence en rencontre"), _("présences en rencontre")))
    figures.append((said.ideas, _("idée exprimée"), _("idées exprimées")))
    numbers = [tag("div", tag("dt", one if n < 2 else many), tag("dd", palette.number(n))) for n, one, many in figures]
    profiles = [
        bars(profile, caption=f"{profile.title}, {counted(profile.base or 0, _('connu'), _('connus'))}")
        for profile in (done.by_channel, done.by_age, done.by_sex, done.by_quartier)
        if ranking(profile)
    ]
    return join(
        tag("p", done_title(briefing), "."),
        tag("dl", numbers, class_="figures"),
        _paragraph(done_lede(briefing)),
        profiles,
    )


def _paragraph(text: str) -> Html:
    return tag("p", text) if text else Html("")


def _method(briefing: Briefing) -> Html:
    return tag("ul", [tag("li", sentence) for sentence in (*counts(briefing), *cautions(briefing))])
