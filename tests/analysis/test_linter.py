"""Every sentence the product writes is read again: each rule catches what it is for, and thousands break none."""

from __future__ import annotations

import pytest

from tests.analysis.drawn import cases
from tests.analysis.linter import QUANTIFIERS, RULES, Kind, Sentence, faults, lede, title
from tests.analysis.written import written

#: Rule to sentences that break it; each breaks it for a reason of its own.
BROKEN: dict[str, tuple[Sentence, ...]] = {
    "a breaking space, or none, before a sign": (
        Sentence("Réponses : 20 en ligne"),
        Sentence("Réponses: 20 en ligne"),
        Sentence("Aucun critère ; donnez du poids"),
        Sentence("Des idées ?"),
        Sentence("Des idées?"),
    ),
    "a guillemet without its pair, its space, or inside others": (
        Sentence("« Ensemble » revient"),
        Sentence("«\u00a0Ensemble revient"),
        Sentence("«\u00a0«\u00a0Ensemble\u00a0» dit\u00a0» revient"),
    ),
    "a space twice": (Sentence("La sécurité  revient"), Sentence("La sécurité \u00a0revient")),
    "a space before a comma or a stop": (Sentence("La sécurité , la santé"), Sentence("La sécurité revient .")),
    "a space at an end": (Sentence("La sécurité revient "), Sentence(" La sécurité")),
    "a typewriter apostrophe": (Sentence("plus d'un tiers des retours"),),
    "a small letter first": (
        title("la sécurité revient"),
        lede("effectif masqué."),
        title("«\u00a0zones\u00a0» revient"),
    ),
    "a stop missing, or one too many": (
        title("La sécurité revient."),
        lede("12 personnes"),
        lede("12 personnes.."),
        lede("12 personnes ."),
    ),
    "two signs in a row": (Sentence("12 personnes,, 3 textes"), Sentence("12 personnes ( en ligne)"), Sentence("()")),
    "a value left as the program has it": (
        Sentence("%(n)s personnes ont répondu"),
        Sentence("None personnes ont répondu"),
        Sentence("nan des retours"),
        Sentence("{n} personnes"),
    ),
    "an English word": (Sentence("5 themes"), Sentence("La sécurité and la santé"), Sentence("unknown")),
    "a number without its narrow spaces": (Sentence("1240 personnes ont répondu"), Sentence("12400 présences")),
    "a number cut by a breaking space": (Sentence("1 240 personnes ont répondu"),),
    "a percent sign without its fixed space": (
        Sentence("56 % des retours"),
        Sentence("56% des retours"),
        Sentence("beaucoup\u00a0% des retours"),
    ),
    "a decimal point": (Sentence("une concordance de 0.52"),),
    "a quantifier that is not the share": (
        title("La sécurité revient dans plus de la moitié des retours", share=0.504),
        title("La sécurité revient dans la moitié des retours", share=0.46),
        title("La sécurité revient dans près d’un tiers des retours", share=0.36),
        title("La sécurité revient dans presque tous les retours", share=0.8),
    ),
    "the inhabitants as a subject": (
        Sentence("Les habitants veulent des bancs"),
        Sentence("Les habitantes ne veulent plus attendre"),
        Sentence("la population demande un bus"),
        Sentence("On veut des bancs"),
    ),
    "nobody told as a number": (Sentence("0 personne a répondu"), Sentence("12 ont répondu, 0 a exprimé un avis")),
    "one told as several": (Sentence("Les un premiers thèmes"), Sentence("chacun de ces 1 âges")),
    "a cause": (
        Sentence("La sécurité revient car le quartier est seul"),
        Sentence("ce qui s’explique par l’âge"),
        Sentence("L’écart est dû à l’âge"),
        Sentence("L’écart est significatif"),
    ),
    "a plural after one or none": (
        Sentence("1 personnes a répondu"),
        Sentence("0 contributions"),
        Sentence("1 personne ont répondu"),
        Sentence("1 personne du quartier se sont exprimées"),
        Sentence("dans un quartiers"),
    ),
    "a singular after several": (
        Sentence("2 personne"),
        Sentence("12 personnes a répondu"),
        Sentence("1\u202f240 contribution"),
        Sentence("deux thème"),
    ),
    "a vowel that wants an elision": (
        Sentence("ce que on en dit"),
        Sentence("si il revient"),
        Sentence("le espace public"),
        Sentence("la école"),
        Sentence("de Empalot"),
    ),
    "an article left beside its preposition": (
        Sentence("À le Viguier"),
        Sentence("surtout à les Serres"),
        Sentence("de le quartier"),
    ),
    "an article twice": (Sentence("les la sécurité"), Sentence("du le Viguier")),
    "a word twice": (Sentence("dans dans les quartiers"),),
    "a figure of what is masked": (lede("3 personnes.", masked=True), lede("4\u202f% des retours.", masked=True)),
    "none said of what is masked": (Sentence("Effectif masqué, 0\u202f% des retours"),),
}

RIGHT = (
    title("La sécurité revient dans plus de la moitié des retours, loin devant la propreté", share=0.56),
    title("«\u00a0Où est le bus ?\u00a0» revient dans 42\u202f% des retours", share=0.42),
    lede("1 personne a répondu, 1 a exprimé au moins un avis avec ses mots. S’y ajoutent 2 contributions notées."),
    lede("1\u202f240 personnes ont répondu le 12 juin 2023\u00a0: 1 sur 2, sans risquer de les reconnaître."),
    lede("Effectif masqué.", masked=True),
    Sentence("entre 0,37 et 0,95"),
    Sentence("<\u202f1\u202f% des retours, de 31\u202f% (Empalot) à 62\u202f% (Le Viguier)"),
    Sentence("", Kind.LEDE),
)
#: How many readings are written, and how many sentences must come of them at least: none may fall silent unseen.
READINGS, LEAST, LEAST_DISTINCT = 14, 5000, 1000


def test_every_rule_is_proved_by_what_it_catches() -> None:
    assert BROKEN.keys() == RULES.keys()


@pytest.mark.parametrize(("rule", "bad"), [(rule, bad) for rule, all_bad in BROKEN.items() for bad in all_bad])
def test_a_rule_catches_what_it_is_for(rule: str, bad: Sentence) -> None:
    assert rule in set(faults(bad))


@pytest.mark.parametrize("good", RIGHT)
def test_a_right_sentence_breaks_no_rule(good: Sentence) -> None:
    assert list(faults(good)) == []


@pytest.mark.parametrize(("words", "low", "high"), QUANTIFIERS)
def test_a_quantifier_is_wrong_on_both_sides_of_its_shares(words: str, low: float, high: float) -> None:
    said = {share: title(f"La sécurité\u00a0: {words}", share=share) for share in (low - 0.01, low, high, high + 0.01)}
    assert [share for share, one in said.items() if list(faults(one))] == [low - 0.01, high + 0.01]


def test_thousands_of_sentences_break_no_rule() -> None:
    read, broken = 0, {}
    distinct = set()
    for case in cases(READINGS):
        for one in written(case):
            read += bool(one.text)
            if one not in distinct and (found := list(faults(one))):
                broken[one.text] = found
            distinct.add(one)
    assert broken == {}
    assert read >= LEAST
    assert len(distinct) >= LEAST_DISTINCT
