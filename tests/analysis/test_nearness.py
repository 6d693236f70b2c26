"""The themes put under the keys of a page: the nearest by meaning and by words, never one already given."""

from analysis.nearness import Described, nearest

PLAN = (
    Described("proprete", None, ("Propreté", "poubelles", "déchets", "rats")),
    Described("securite", None, ("Sécurité", "police", "trafics")),
    Described("securite/eclairage", "securite", ("Éclairage public", "lampadaires", "lumière")),
    Described("commerces", None, ("Commerces", "boulangerie", "vitrines vides")),
)


def test_the_nearest_theme_comes_first_even_when_no_word_is_shared() -> None:
    found = nearest(["Les ordures s’entassent", "Un boulanger manque"], PLAN, given=[(), ()])
    assert [one[0] for one in found] == ["proprete", "commerces"]


def test_a_shared_word_counts_beside_the_meaning() -> None:
    assert nearest(["une vitrine"], PLAN, given=[()])[0][0] == "commerces"


def test_themes_already_given_are_left_out_and_every_other_is_there_once() -> None:
    found = nearest(["les rats"], PLAN, given=[("proprete",)])[0]
    assert sorted(found) == ["commerces", "securite", "securite/eclairage"]


def test_asking_together_or_apart_gives_the_same_order() -> None:
    texts = ["la police ne passe jamais", "tout est sombre le soir"]
    assert nearest(texts, PLAN, given=[(), ()]) == [nearest([one], PLAN, given=[()])[0] for one in texts]


def test_an_empty_plan_has_nothing_near() -> None:
    assert nearest(["les rats"], (), given=[()]) == [[]]
