"""The sheets that are not of free text: who answered, the rencontres, the closed questions, the plan."""

from __future__ import annotations

from collections.abc import Iterator

from analysis import palette
from analysis.briefing import Briefing
from analysis.codebook import Codebook
from analysis.disclosure import Published
from analysis.findings import done_title, heard_title, kind_words, meetings_title
from analysis.french import capital
from analysis.report.workbook.values import Cell, Column, Look, Sheet, count, number, share, text
from surveys.questions import Scale
from surveys.words import _


def respondents(briefing: Briefing) -> Sheet:
    """Who answered, one line for each group of each profile."""
    done = briefing.done
    profiles = (
        (_("Canal"), done.by_channel),
        (_("Quartier"), done.by_quartier),
        (_("Âge"), done.by_age),
        (_("Sexe"), done.by_sex),
        (_("Public"), done.by_public),
    )
    columns = (
        Column(_("Ce qui est compté"), 20, _("canal, quartier, âge, sexe ou public des personnes qui ont répondu")),
        Column(_("Groupe"), 38, _("le groupe compté")),
        Column(_("Personnes"), 12, _("personnes de ce groupe qui ont répondu")),
        Column(_("Part"), 9, _("part de celles dont on le sait\u202f; vide pour celles dont on ne le sait pas")),
        Column(_("Base"), 9, _("personnes dont on le sait")),
    )
    rows = [row for name, profile in profiles for row in _profile(name, profile)]
    note = _("Nombre de personnes qui ont répondu\u202f; les présences aux rencontres n’y sont pas")
    return Sheet(_("Répondants"), done_title(briefing) + _point(heard_title(briefing)), note, columns, rows, held=2)


def _point(sentence: str) -> str:
    return f". {sentence}" if sentence else ""


def _profile(name: str, profile: Published) -> Iterator[list[Cell]]:
    for row, cell in profile.column():
        found = [count(cell, zero=True), share(cell, zero=True), number(profile.base, k=profile.k)]
        yield [text(name, Look.QUIET), text(row.label, Look.NAME), *found]
    for label, aside in profile.beside.items():
        yield [text(name, Look.QUIET), text(label, Look.UNDER), _aside(aside), text(""), text("")]


def meetings(briefing: Briefing) -> Iterator[Sheet]:
    """The rencontres, when some were held."""
    if not briefing.done.meetings:
        return
    columns = (
        Column(_("Jour"), 18, _("le jour de la rencontre")),
        Column(_("Rencontre"), 44, _("son nom")),
        Column(_("Nature"), 24, _("atelier, diagnostic en marchant, séminaire…")),
        Column(_("Quartiers"), 40, _("les quartiers dont on y a parlé\u202f; vide\u00a0: tous")),
        Column(_("Avec"), 30, _("les publics invités")),
        Column(_("Présences"), 12, _("présences\u202f; une personne venue deux fois compte deux fois")),
    )
    rows = [
        [
            text(palette.day(meeting.day)),
            text(meeting.title, Look.NAME),
            text(capital(kind_words(meeting.kind)[0])),
            text(", ".join(meeting.quartiers)),
            text(", ".join(meeting.publics)),
            Cell(meeting.headcount),
        ]
        for meeting in briefing.done.meetings
    ]
    note = _("Les présences ne s’ajoutent pas aux personnes qui ont répondu")
    yield Sheet(_("Rencontres"), meetings_title(briefing.done.meetings), note, columns, rows, held=2)


def closed(briefing: Briefing) -> Iterator[Sheet]:
    """Every closed question as one list: a line for each answer, or each answer to each line of a grid."""
    columns = (
        Column(_("Questionnaire"), 28, _("le questionnaire qui la pose")),
        Column(_("Question"), 44, _("la question, telle qu’elle est posée")),
        Column(_("Ligne"), 34, _("la ligne d’une grille, ou ce qui est classé\u202f; vide pour les autres questions")),
        Column(_("Réponse"), 34, _("la réponse proposée")),
        Column(_("Personnes"), 12, _("personnes qui ont fait cette réponse")),
        Column(_("Part"), 9, _("part de celles qui ont répondu (dans une grille, à cette ligne)")),
        Column(_("Base"), 9, _("personnes qui ont répondu à la question\u202f; vide pour une réponse laissée à part")),
    )
    rows = [
        [text(question.questionnaire, Look.QUIET), text(question.label, Look.QUIET), *cells]
        for question in briefing.said.closed
        for cells in _answers(question.scale, question.table)
    ]
    if rows:
        note = _("Plusieurs réponses possibles à certaines questions\u00a0: leurs parts ne s’ajoutent pas")
        yield Sheet(_("Questions fermées"), _("Ce qui a été répondu à chaque question"), note, columns, rows, held=0)


def _answers(scale: Scale, table: Published) -> Iterator[list[Cell]]:
    crossed = scale in (Scale.GRID, Scale.RANKING)
    for row in table.rows:
        for column in table.columns:
            cell = table.cell(row.code, column.code)
            names = (row.label, column.label) if crossed else ("", row.label)
            found = [count(cell, zero=True), share(cell, zero=True), number(table.base, k=table.k)]
            yield [text(names[0]), text(names[1], Look.NAME), *found]
    for label, aside in table.beside.items():
        yield [text(""), text(label, Look.UNDER), _aside(aside), text(""), text("")]


def _aside(value: int | None) -> Cell:
    """Those who stand beside a table, masked when they are few or would give others away."""
    return text(palette.MASKED, Look.STATE) if value is None else Cell(value)


def plan(book: Codebook) -> Sheet:
    """The plan de classement: what each theme holds and does not."""
    columns = (
        Column(_("Identifiant"), 34, _("nom du thème qui ne change jamais, même renommé")),
        Column(_("Thème"), 34, _("thème")),
        Column(_("Sous-thème"), 34, _("sous-thème\u202f; vide sur la ligne du thème entier")),
        Column(_("Ce qu’il contient"), 70, _("définition")),
        Column(_("Ce qui n’en est pas"), 50, _("ce qui va ailleurs")),
    )
    rows = []
    for theme in (one for root in book.roots() for one in (root, *book.children(root.id))):
        root, below = book.root_of(theme.id), theme.parent is not None
        names = [text(root.label, Look.QUIET if below else Look.NAME), text(theme.label if below else "", Look.UNDER)]
        rows.append([text(theme.id), *names, text(theme.definition), text(" ".join(theme.excludes))])
    title, note = _("Plan de classement"), _("Les thèmes dans leur ordre, avec leur définition")
    return Sheet(_("Plan de classement"), title, note, columns, rows, held=1)
