"""What people do to a plan: identities stay, no coding is rewritten, and what cannot be is said in a sentence."""

from __future__ import annotations

import dataclasses

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.palette import THEMES as COLOUR_VALUES
from surveys import codebooks, coding, read, review, staff, teaching, waves
from surveys.models import Coding, Consultation, Idea, Outcome, Staff, Theme
from surveys.planning import history, joining, ordering, parting, replacing, sheets
from surveys.planning.board import PlanError
from surveys.planning.joining import Carried
from surveys.planning.parting import Part
from surveys.planning.replacing import Incoming
from surveys.planning.sheets import COLOURS, LONGEST_LABEL, Sheet
from tests.surveys.planning.laid import AT, BY, THEMES, Laid, lay, rows, told

PARENTS = {theme.stable_id: theme.parent for theme in THEMES}
NOTHING = Carried(name=False, examples=False, keywords=False)


@pytest.fixture
def laid(session: Session) -> Laid:
    return lay(session)


def _theme(session: Session, laid: Laid, stable_id: str) -> Theme:
    found = codebooks.theme(session, laid.version, stable_id)
    assert found
    return found


def _said(session: Session, laid: Laid) -> dict[str, set[str | None]]:
    found: dict[str, set[str | None]] = {}
    for masked, theme in told(session, laid.consultation_id):
        found.setdefault(masked, set()).add(theme)
    return found


def test_a_renamed_theme_keeps_its_identity_and_the_name_it_was_born_with(session: Session, laid: Laid) -> None:
    sheets.rename(session, laid.version, "proprete", " Rues  propres ", BY)
    sheets.rename(session, laid.version, "proprete", "Propreté des rues", BY)
    session.expire_all()
    theme = _theme(session, laid, "proprete")
    assert (theme.stable_id, theme.label) == ("proprete", "Propreté des rues")
    assert theme.lineage == {"was": "Propreté", "names": ["Propreté", "Rues propres"]}


@pytest.mark.parametrize(
    ("label", "reason"), [("  ", "Donnez un nom"), ("x" * 121, "120 signes"), ("ÉCLAIRAGE", "déjà")]
)
def test_a_name_that_cannot_be_is_refused_in_a_sentence(session: Session, laid: Laid, label: str, reason: str) -> None:
    with pytest.raises(PlanError, match=reason) as refusal:
        sheets.rename(session, laid.version, "proprete", label, BY)
    assert refusal.value.field == "label"


def test_the_same_sheet_again_changes_nothing(session: Session, laid: Laid) -> None:
    for facts in THEMES:
        assert sheets.rename(session, laid.version, facts.stable_id, facts.label, BY) is None
    assert history.changes(session, laid.consultation_id) == []


def test_a_sheet_keeps_each_line_once_and_tidied(session: Session, laid: Laid) -> None:
    sheet = Sheet(label="Propreté", examples=(" un  rat", "un rat", ""), definition=" Tout ce  qui est sale. ")
    sheets.describe(session, laid.version, "proprete", sheet, BY)
    theme = _theme(session, laid, "proprete")
    assert (theme.examples, theme.definition, theme.colour) == (["un rat"], "Tout ce qui est sale.", "autre")


def test_an_example_copied_from_what_was_said_is_known_to_be(session: Session, laid: Laid) -> None:
    sheet = Sheet(label="Santé", examples=("un médecin", "un dentiste"))
    sheets.describe(session, laid.version, "sante", sheet, BY)
    assert _theme(session, laid, "sante").lineage == {"quoted": ["un médecin"]}


@pytest.mark.parametrize(
    ("sheet", "field"),
    [
        (Sheet(label="A", definition="x" * 1001), "definition"),
        (Sheet(label="A", examples=("x" * 301,)), "examples"),
        (Sheet(label="A", keywords=tuple(f"mot {number}" for number in range(101))), "keywords"),
        (Sheet(label="A", parent="ailleurs"), "parent"),
        (Sheet(label="A", parent="securite"), "parent"),  # it has sub-themes of its own
        (Sheet(label="A", parent="securite/lumiere"), "parent"),
    ],
)
def test_what_a_sheet_cannot_say_is_told_at_its_field(session: Session, laid: Laid, sheet: Sheet, field: str) -> None:
    with pytest.raises(PlanError) as refusal:
        sheets.describe(session, laid.version, "proprete", sheet, BY)
    assert refusal.value.field == field


def test_a_theme_goes_under_another_and_keeps_its_identity(session: Session, laid: Laid) -> None:
    sheets.describe(session, laid.version, "sante", Sheet(label="Santé", parent="proprete"), BY)
    assert _theme(session, laid, "sante").parent == "proprete"
    assert _theme(session, laid, "sante").colour == ""
    assert review.counts(session, laid.consultation_id, PARENTS | {"sante": "proprete"}).of("proprete") == 4


def test_a_new_sub_theme_takes_an_identifier_never_used(session: Session, laid: Laid) -> None:
    joining.retire(session, laid.version, "proprete/rats", BY)
    added = sheets.add(session, laid.version, Sheet(label="Rats", parent="proprete"), BY)
    assert added.stable_id == "proprete/rats-2"
    assert [row.stable_id for row in codebooks.themes_of(session, laid.version)][-1] == "proprete/rats-2"


def test_a_merged_theme_keeps_its_ideas(session: Session, laid: Laid) -> None:
    before = session.execute(select(Coding.decision_id, Coding.theme_id)).all()
    joining.merge(session, laid.version, "proprete/rats", "proprete/bacs", Carried(), BY)
    assert _said(session, laid)["des rats partout"] == {"proprete/bacs"}
    assert _said(session, laid)["rats et bacs"] == {"proprete/bacs"}
    counts = review.counts(session, laid.consultation_id, PARENTS)
    assert (counts.of("proprete/bacs"), counts.of("proprete/rats"), counts.of("proprete")) == (2, 0, 3)
    listed, total = review.ideas(session, laid.consultation_id, themes=["proprete/bacs"])
    assert {row.text for row in listed} == {"des rats partout", "rats et bacs"}
    assert total == 2
    assert session.execute(select(Coding.decision_id, Coding.theme_id)).all() == before


def test_what_a_merged_theme_knew_is_carried_over_as_chosen(session: Session, laid: Laid) -> None:
    joining.merge(session, laid.version, "proprete/rats", "proprete/bacs", Carried(keywords=False), BY)
    target = _theme(session, laid, "proprete/bacs")
    assert target.examples == ["les bacs débordent", "Rats", "des rats"]
    assert target.lineage == {"from": ["proprete/rats"]}
    assert _theme(session, laid, "proprete/rats").lineage == {"into": "proprete/bacs"}


def test_a_theme_merged_twice_counts_where_it_ended(session: Session, laid: Laid) -> None:
    joining.merge(session, laid.version, "proprete/rats", "proprete/bacs", NOTHING, BY)
    joining.merge(session, laid.version, "proprete/bacs", "sante", NOTHING, BY)
    assert _theme(session, laid, "proprete/rats").merged_into == "sante"
    assert _said(session, laid)["rats et bacs"] == {"sante"}
    ids = laid.ideas["rats et bacs"]
    assert review.themes_of_ideas(session, [ids]) == {ids: ["sante"]}


def test_the_sub_themes_of_a_merged_theme_follow_it(session: Session, laid: Laid) -> None:
    joining.merge(session, laid.version, "proprete", "securite", NOTHING, BY)
    assert _theme(session, laid, "proprete/rats").parent == "securite"
    joining.merge(session, laid.version, "securite", "sante", NOTHING, BY)
    assert {row.parent for row in codebooks.themes_of(session, laid.version)} == {None, "sante"}


def test_the_sub_themes_of_a_theme_merged_into_a_sub_theme_come_beside_it(session: Session, laid: Laid) -> None:
    joining.merge(session, laid.version, "proprete", "securite/lumiere", NOTHING, BY)
    assert _theme(session, laid, "proprete/rats").parent == "securite"


@pytest.mark.parametrize("into", ["proprete", "proprete/rats", "ailleurs", ""])
def test_a_theme_is_not_merged_into_itself_nor_below(session: Session, laid: Laid, into: str) -> None:
    with pytest.raises(PlanError) as refusal:
        joining.merge(session, laid.version, "proprete", into, Carried(), BY)
    assert refusal.value.field == "into"


def test_a_retired_sub_theme_gives_its_ideas_to_the_theme_above(session: Session, laid: Laid) -> None:
    joining.retire(session, laid.version, "proprete/rats", BY)
    assert _said(session, laid)["des rats partout"] == {"proprete"}
    assert _said(session, laid)["rats et bacs"] == {"proprete", "proprete/bacs"}


def test_the_ideas_of_a_retired_theme_are_to_be_classed_unless_another_theme_holds_them(
    session: Session, laid: Laid
) -> None:
    joining.retire(session, laid.version, "proprete", BY)
    said = _said(session, laid)
    assert (said["des rats partout"], said["rats et bacs"], said["sale et dangereux"]) == ({None}, {None}, {"securite"})
    parents = {row.stable_id: row.parent for row in codebooks.themes_of(session, laid.version)}
    counts = review.counts(session, laid.consultation_id, parents)
    assert (counts.total, counts.without[Outcome.UNCLASSIFIED]) == (5, 3)
    listed, total = review.ideas(session, laid.consultation_id, outcome=Outcome.UNCLASSIFIED)
    assert {row.text for row in listed} == {"des rats partout", "rats et bacs", "autre chose"}
    assert total == 3
    assert {row.outcome for row in read.ideas(session, laid.consultation_id) if not row.themes} == {
        Outcome.UNCLASSIFIED
    }


def test_a_retired_theme_put_back_holds_its_ideas_again(session: Session, laid: Laid) -> None:
    before = _said(session, laid)
    joining.retire(session, laid.version, "proprete", BY)
    with pytest.raises(PlanError, match="Remettez d’abord dans le plan"):
        joining.restore(session, laid.version, "proprete/rats", BY)
    for stable_id in ("proprete", "proprete/rats", "proprete/bacs"):
        joining.restore(session, laid.version, stable_id, BY)
    assert _said(session, laid) == before


def test_a_merged_theme_put_back_takes_with_it_what_had_been_merged_into_it(session: Session, laid: Laid) -> None:
    joining.merge(session, laid.version, "proprete/rats", "proprete/bacs", NOTHING, BY)
    joining.merge(session, laid.version, "proprete/bacs", "sante", NOTHING, BY)
    joining.restore(session, laid.version, "proprete/bacs", BY)
    assert _theme(session, laid, "proprete/rats").merged_into == "proprete/bacs"
    assert _theme(session, laid, "sante").lineage == {"from": []}


def test_what_a_person_decided_follows_a_merge_and_a_retired_theme_teaches_nothing(
    session: Session, laid: Laid
) -> None:
    account = _account(session)
    for text, stable_id in (("des rats partout", "proprete/rats"), ("un médecin", "sante")):
        idea = session.get_one(Idea, laid.ideas[text])
        ids = [_theme(session, laid, stable_id).id]
        coding.decide(session, idea, outcome=Outcome.CODED, theme_ids=ids, staff_id=account, at=AT)
    joining.merge(session, laid.version, "proprete/rats", "proprete/bacs", NOTHING, BY)
    joining.retire(session, laid.version, "sante", BY)
    decided = {row.text: (row.outcome, row.themes) for row in coding.decided(session, laid.consultation_id)}
    assert decided == {
        "des rats partout": (Outcome.CODED, ("proprete/bacs",)),
        "un médecin": (Outcome.UNCLASSIFIED, ()),
    }


def _account(session: Session) -> int:
    return staff.create(session, email="agent@ville.example", name="Agent", password="douze-signes-au-moins").id


def test_a_theme_shared_out_has_its_parts_under_it_with_what_people_said(session: Session, laid: Laid) -> None:
    parts = [Part("Médecins", ("un médecin",)), Part("Urgences", (), ("urgence",))]
    parting.split(session, laid.version, "sante", parts, BY)
    made = [row for row in codebooks.themes_of(session, laid.version) if row.parent == "sante"]
    assert [row.stable_id for row in made] == ["sante/medecins", "sante/urgences"]
    assert made[0].lineage == {"split_from": "sante", "quoted": ["un médecin"]}
    assert _theme(session, laid, "sante").lineage == {"split_into": ["sante/medecins", "sante/urgences"]}


def test_a_sub_theme_shared_out_has_its_parts_beside_it_and_may_leave_the_plan(session: Session, laid: Laid) -> None:
    parts = [Part("Souris"), Part("Cafards")]
    parting.split(session, laid.version, "proprete/rats", parts, BY, retired=True)
    beside = [row.label for row in codebooks.themes_of(session, laid.version) if row.parent == "proprete"]
    assert beside == ["Bacs", "Souris", "Cafards"]
    assert _said(session, laid)["des rats partout"] == {"proprete"}


def test_a_part_whose_name_cannot_be_is_told_at_its_field(session: Session, laid: Laid) -> None:
    with pytest.raises(PlanError) as refusal:
        parting.split(session, laid.version, "sante", [Part("Médecins"), Part("médecins")], BY)
    assert refusal.value.field == "label-1"
    with pytest.raises(PlanError, match="Gardez au moins une partie"):
        parting.split(session, laid.version, "sante", [], BY)


def test_a_theme_moves_among_those_of_its_level(session: Session, laid: Laid) -> None:
    ordering.move(session, laid.version, "sante", -1, BY)
    ordering.move(session, laid.version, "proprete/bacs", -1, BY)
    order = [row.stable_id for row in codebooks.themes_of(session, laid.version)]
    assert [one for one in order if "/" not in one] == ["proprete", "sante", "securite"]
    assert order.index("proprete/bacs") < order.index("proprete/rats")
    assert ordering.move(session, laid.version, "proprete", -1, BY) is None


def test_a_plan_brought_as_a_file_keeps_what_bears_the_same_identifier(session: Session, laid: Laid) -> None:
    themes = (
        dataclasses.replace(THEMES[3], label="Tranquillité"),
        *THEMES[:2],
        codebooks.ThemeFacts(stable_id="ecoles", label="Écoles", examples=("un médecin", "une école")),
    )
    incoming = Incoming("Notre plan", "notre-plan", themes)
    found = replacing.compare(session, laid.version, incoming)
    assert (found.added, found.changed, found.same, found.moved) == (("Écoles",), ("Tranquillité",), 2, True)
    assert found.retired == ("Bacs", "Éclairage", "Santé")
    replacing.replace(session, laid.version, incoming, BY, file_name="plan.yaml")
    assert _theme(session, laid, "ecoles").lineage == {"quoted": ["un médecin"]}
    assert [row.stable_id for row in codebooks.themes_of(session, laid.version)] == [one.stable_id for one in themes]
    assert _said(session, laid)["rats et bacs"] == {"proprete/rats", "proprete"}
    assert replacing.compare(session, laid.version, incoming).is_empty
    assert laid.version.label == "Notre plan"


@pytest.mark.parametrize(
    ("themes", "reason"),
    [
        ((("a", "A"), ("b", "a")), "Deux thèmes du fichier"),
        ((("a" * 161, "A"),), "Raccourcissez l’identifiant"),
        ((("a", "A" * (LONGEST_LABEL + 1)),), "Raccourcissez le nom"),
    ],
)
def test_a_file_that_cannot_serve_is_refused_in_a_sentence(
    session: Session, laid: Laid, themes: tuple[tuple[str, str], ...], reason: str
) -> None:
    facts = tuple(codebooks.ThemeFacts(stable_id=one, label=label) for one, label in themes)
    with pytest.raises(PlanError, match=reason):
        replacing.compare(session, laid.version, Incoming("", "", facts))


def test_a_wave_begins_with_the_plan_of_the_one_before_and_the_same_identifiers(session: Session, laid: Laid) -> None:
    joining.merge(session, laid.version, "proprete/rats", "proprete/bacs", Carried(), BY)
    who = staff.create(session, email="cheffe@ville.example", name="", password="douze-signes-au-moins")
    first = session.get_one(Consultation, laid.consultation_id)
    wave = waves.duplicate(session, first, title="Deuxième vague", wave="2027", by=who)
    ours = {stable_id: row for (number, stable_id), row in rows(session, first.id).items() if number == 2}
    assert {stable_id: row for (_number, stable_id), row in rows(session, wave.id).items()} == ours
    version = codebooks.living(session, wave.id)
    assert version
    sheets.rename(session, version, "sante", "Soins", BY)
    assert _theme(session, laid, "sante").label == "Santé"


def test_what_people_decided_in_a_wave_teaches_the_next_as_its_plan_is(session: Session, laid: Laid) -> None:
    account = _account(session)
    first = session.get_one(Consultation, laid.consultation_id)
    wave = waves.duplicate(session, first, title="Deuxième vague", wave="2027", by=session.get_one(Staff, account))
    for text, stable_id in (("des rats partout", "proprete/rats"), ("un médecin", "sante")):
        ids = [_theme(session, laid, stable_id).id]
        idea = session.get_one(Idea, laid.ideas[text])
        coding.decide(session, idea, outcome=Outcome.CODED, theme_ids=ids, staff_id=account, at=AT)
    version = codebooks.living(session, wave.id)
    assert version
    joining.merge(session, version, "proprete/rats", "proprete/bacs", NOTHING, BY)
    joining.retire(session, version, "sante", BY)
    taught = {row.text: row.themes for row in teaching.taught(session, wave.id)}
    assert taught == {"des rats partout": ("proprete/bacs",)}
    assert {row.text for row in teaching.taught(session, first.id)} == {"des rats partout", "un médecin"}


def test_the_colours_a_theme_may_bear_are_those_of_the_figures() -> None:
    assert tuple(COLOUR_VALUES) == COLOURS
