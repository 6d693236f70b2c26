"""What the committee reads besides what was done and said, as parts of the report, in the sentences of its pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from analysis import followups as promises
from analysis import needs_words, palette, priority_words
from analysis.disclosure import PublishedCell, Shown
from analysis.followups import FollowUp
from analysis.french import NBSP, capital, listed
from analysis.material import Filter
from analysis.needs import NEEDS, Crossing
from analysis.priority import Placed
from analysis.report.beyond import Action, Choice, FollowUps, Goal, Place, Project, Ranked
from analysis.report.outline.values import Block, Box, Heading, Listing, Matrix, Points, Text
from analysis.tables import Axis
from surveys.words import _

#: Families beside the needs in one table: their names are long.
FAMILIES = 4


def couleurs(told: Sequence[Place], k: int) -> Iterator[Block]:
    """What distinguishes each quartier."""
    if not told:
        return
    rows = tuple(
        (one.label, palette.below(k) if one.base is None else palette.number(one.base), one.said) for one in told
    )
    yield Heading(2, _("La couleur de chaque quartier"))
    yield Listing(
        _("Ce qui, dans les retours de chaque quartier, dépasse le hasard"),
        (_("Quartier"), _("Personnes"), _("Ce qui le distingue des autres")),
        rows,
        (1,),
    )
    yield Text(
        _(
            "Chaque quartier est comparé à tous les autres, à canal, public et âge égaux. Ne pas se distinguer ne veut"
            " pas dire aller bien."
        ),
        "note",
    )


def needs(crossed: Crossing | None, choice: Filter) -> Iterator[Block]:
    """Needs and the families of actions that answer them; nothing where nobody said a need."""
    rows = [row for row, cell in crossed.table.column(NEEDS) if _said(cell)] if crossed else []
    if crossed is None or not rows:
        return
    yield Heading(1, _("Besoins et pistes d’action"))
    yield Heading(2, needs_words.title(crossed, chosen=choice != Filter(copies=choice.copies)))
    yield Text(needs_words.lede(crossed), "lede")
    first, *families = crossed.table.columns
    for start in range(0, len(families), FAMILIES):
        columns = [first, *families[start : start + FAMILIES]]
        yield _crossed(crossed, rows, columns)
    yield Text(
        _(
            "Nombre de personnes\u202f; «\u00a0+3 renc.\u00a0»\u00a0: contributions notées en rencontre, comptées à"
            " part. Un point\u00a0: aucune piste."
        ),
        "note",
    )
    yield from _unanswered(crossed)


def _crossed(crossed: Crossing, rows: Iterable[Axis], columns: Sequence[Axis]) -> Matrix:
    lines = tuple(
        (row.label, tuple(_counted(crossed.table.cell(row.code, column.code)) for column in columns)) for row in rows
    )
    return Matrix(
        _("Personnes qui parlent de chaque besoin, et qui proposent une piste pour lui"),
        _("Besoin"),
        tuple((column.label, _base(column, crossed.table.k) if column.code == NEEDS else "") for column in columns),
        lines,
    )


def _base(column: Axis, k: int) -> str:
    base = palette.below(k) if column.base is None else palette.number(column.base)
    return f"n{NBSP}={NBSP}{base}"


def _said(cell: PublishedCell) -> bool:
    return cell.lines > 0 or cell.shown in (Shown.COUNT, Shown.MASKED)


def _counted(cell: PublishedCell) -> Box:
    lines = _("+%(n)s renc.", n=palette.number(cell.lines)) if cell.lines else ""
    if cell.shown is Shown.MASKED:
        return Box(palette.MASKED, lines)
    if cell.shown is Shown.COUNT:
        return Box(palette.number(cell.count), lines, 1)
    return Box(lines or "·", "", 1 if lines else None)


def _unanswered(crossed: Crossing) -> Iterator[Block]:
    told = (
        (_("Besoins sans piste"), needs_words.without_action(crossed)),
        (_("Besoins dont trop peu de personnes ont écrit une piste"), needs_words.only_written(crossed)),
        (_("Pistes sans besoin"), needs_words.without_need(crossed)),
    )
    found = [f"{what}\u00a0: {listed([row.label for row in rows])}." for what, rows in told if rows]
    found += [needs_words.leaning_words(one) for one in needs_words.leaning_to_actions(crossed)]
    if lost := needs_words.lost(crossed):
        found.append(lost)
    if found:
        yield Points(tuple(found))


def priorities(ranked: Ranked | None) -> Iterator[Block]:
    """Themes by score, how firm their places are, and what the committee chose."""
    if ranked is None or not ranked.found.placed:
        return
    found = ranked.found
    yield Heading(1, _("Priorités"))
    yield Heading(2, priority_words.title(found))
    if said := " ".join(filter(None, (priority_words.lede(found), priority_words.firmness(found)))):
        yield Text(said, "lede")
    yield Listing(
        _(
            "Score de 0 à 100, critères à poids égal\u202f; entre parenthèses, les places qu’aurait le thème si un"
            " critère ne comptait plus, ou comptait double"
        ),
        (_("Thème"), _("Place"), _("Score"), _("Ce qui compte")),
        tuple(_placed(one) for one in found.placed),
        (1, 2),
    )
    yield Points(
        tuple(f"{priority_words.name(one)}\u00a0: {_lower(priority_words.meaning(one))}" for one in found.measured)
    )
    note = (
        priority_words.masked(found),
        priority_words.unmeasured(found),
        _("Le volume n’est pas la priorité\u00a0: ce classement ordonne ce qui a été recueilli, le comité décide."),
    )
    yield Text(" ".join(filter(None, note)), "note")
    yield from _chosen(ranked.choice)


def _placed(one: Placed) -> tuple[str, ...]:
    measures = (
        f"{priority_words.name(criterion).lower()} {priority_words.measured(criterion, measure)}"
        for criterion, measure in one.measures.items()
    )
    place, places = priority_words.ordinal(one.place), priority_words.places(one)
    place = place if place == places else f"{place} ({places})"
    return one.theme.label, place, palette.number(round(100 * one.score)), capital(", ".join(measures))


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _chosen(choice: Choice | None) -> Iterator[Block]:
    if choice is None:
        return
    yield Heading(2, _("Le choix du comité, le %(day)s", day=palette.day(choice.on)))
    yield Points(tuple(f"{rank}. {label}" for rank, label in enumerate(choice.themes, start=1)))
    if choice.note:
        yield Text(choice.note)


def project(told: Project | None) -> Iterator[Block]:
    """The tree of objectives: what is said of each, and its actions."""
    if told is None or not (told.blocs or told.crossing):
        return
    yield Heading(1, _("Vers un pré-projet"))
    yield Text(f"{told.title}. {told.lede}".strip(), "lede")
    for bloc in told.blocs:
        yield Heading(2, bloc.label)
        if bloc.detail:
            yield Text(bloc.detail)
        yield from _goals(bloc.goals)
    if told.crossing:
        yield Heading(2, _("Préoccupations transverses"))
        yield from _goals(told.crossing)


def _goals(goals: Iterable[Goal]) -> Iterator[Block]:
    for goal in goals:
        yield Heading(3, f"{goal.number}. {goal.label}" if goal.number else goal.label)
        if goal.detail:
            yield Text(goal.detail)
        yield Text(_("Ce qui en est dit\u00a0: %(said)s.", said=goal.said) if goal.said else _NOTHING_SAID)
        if goal.actions:
            yield Points(tuple(f"{action.label} ({covered(action)})" for action in goal.actions))


_NOTHING_SAID = _("Aucune contribution ne porte encore dessus.")


def covered(action: Action) -> str:
    """Whether a programme covers an action, in words."""
    match action.covered:
        case True if action.programme:
            return _("couverte par %(programme)s", programme=action.programme)
        case True:
            return _("couverte")
        case False:
            return _("non couverte")
        case None:
            return _("à qualifier")


def follow_ups(given: FollowUps | None) -> Iterator[Block]:
    """How far the promises are kept, each follow-up, and the first themes that none answers."""
    if given is None or not given.every:
        return
    made = promises.progress(given.every, given.today)
    yield Heading(1, _("Suites données"))
    yield Heading(2, promises.title(made))
    if lede := promises.lede(made):
        yield Text(lede, "lede")
    if missing := promises.unanswered_words(given.unanswered):
        yield Text(missing)
    order = [stage for stage, _count, _name in made.parts()]
    ordered = sorted(given.every, key=lambda one: (not one.label, one.label, order.index(one.stage)))
    yield Listing(
        _("Chaque suite, au %(day)s", day=palette.day(given.today)),
        (_("Thème"), _("Suite"), _("Où elle en est"), _("Qui, quand")),
        tuple(_followed(one, given) for one in ordered),
    )


def _followed(one: FollowUp, given: FollowUps) -> tuple[str, ...]:
    where = f"{one.proposal} ({listed(list(one.quartiers))})" if one.quartiers else one.proposal
    state = capital(promises.WORDS[one.stage]) + (_(", en retard") if one.is_late(given.today) else "")
    due = _("pour le %(day)s", day=palette.day(one.due_on)) if one.due_on else ""
    return one.label or palette.DASH, where, state, ", ".join(filter(None, (one.owner, due))) or palette.DASH
