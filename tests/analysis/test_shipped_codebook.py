"""The plan de classement delivered with the product holds everything the reference consultation said."""

import re
import unicodedata
from collections import Counter

import pytest

from analysis import codebook
from analysis.codebook import Codebook

ROOTS = {
    "securite": "Sécurité et tranquillité publique",
    "proprete": "Propreté et gestion des déchets",
    "stationnement": "Stationnement",
    "deplacements": "Mobilités et déplacements",
    "espaces-verts": "Parcs, espaces verts et aires de jeux",
    "commerces": "Commerces et vie économique du quartier",
    "logement": "Logement et parties communes",
    "espace-public": "Aménagement et entretien de l’espace public",
    "sante": "Santé et accès aux soins",
    "lien-social": "Lien social et convivialité",
    "jeunesse-education": "Enfance, jeunesse et éducation",
    "sport-culture": "Sport, culture et loisirs",
    "emploi": "Emploi, formation et insertion",
    "services-droits": "Services publics et accès aux droits",
    "langue-numerique": "Maîtrise du français et illectronisme",
    "transition-ecologique": "Transition écologique et cadre climatique",
    "egalite": "Égalité et lutte contre les discriminations",
    "participation": "Participation, information et fonctionnement du contrat de ville",
}

SUBJECTS = {
    "Des lieux de vie dépréciés": ("logement", "espace-public", "proprete"),
    "Des infrastructures de proximité manquantes ou qui posent problème": (
        "espaces-verts",
        "sport-culture/equipements",
        "lien-social/lieux",
    ),
    "Des phénomènes de délinquance et d’insécurité": ("securite",),
    "Des contraintes à la mobilité": ("deplacements",),
    "La question de la langue et de l’illectronisme": ("langue-numerique",),
    "L’accessibilité à la santé": ("sante",),
    "La dynamique commerçante": ("commerces",),
}

MATRIX_ITEMS = {
    "Le mauvais état des logements, humidité...": ("logement/degrade",),
    "Des désagréments dans l’espace public et la propreté des espaces communs": (
        "proprete/espaces-communs",
        "proprete/encombrants",
        "proprete/rues",
        "securite/bruit-voisinage",
    ),
    "Fermeture des caves": ("logement/caves",),
    "Présence de rats et pigeon": ("proprete/nuisibles",),
    "Vétusté des installations sportives de proximité": ("sport-culture/equipements",),
    "Un manque d’espaces publics de proximité (espaces verts, jeux d’enfants...)": (
        "espaces-verts/creation",
        "espaces-verts/aires-jeux",
    ),
    "Des espaces dont l’usage est contraint par des phénomènes d’insécurité": ("securite/lieux-evites",),
    "Des phénomènes d’incivilités (poubelles brûlées, jet de poubelle, mauvais stationnement...)": (
        "securite/incivilites",
        "stationnement/genant",
    ),
    "Présence insécurisante de populations SDF": ("securite/sans-abri",),
    "Peur des représailles par les habitants": ("securite/peur-represailles",),
    "Peu ou pas de présence des forces de l’ordre": ("securite/presence-policiere",),
    "Des phénomènes de délinquance (trafic...)": ("securite/trafics",),
    "Dimension insécurisante de l’espace public (éclairage...) et des sorties d’école": (
        "securite/eclairage",
        "securite/abords-ecoles",
    ),
    "Voitures brûlées": ("securite/incendies",),
    "Cambriolage dans les villas et immeubles": ("securite/cambriolages",),
    "Problématiques de voisinage": ("securite/bruit-voisinage",),
    "Des enfants qui jouent seuls dans le quartier le soir": ("jeunesse-education/enfants-seuls",),
    "Un manque d’offre commerciale": ("commerces/offre",),
    "Taxe foncière et impôt trop élevé pour l’installation de commerçant": ("commerces/installation",),
    "Un manque de solutions de stationnement": ("stationnement/manque-places",),
    "Une mobilité contrainte sur certains horaires": ("deplacements/horaires",),
    "Une mobilité physique contrainte par les coûts": ("deplacements/cout",),
    "Un manque d’accessibilité à l’offre de santé": ("sante/medecins", "sante/specialistes"),
    "Travail sur la maîtrise de la langue": ("langue-numerique/francais",),
    "Illectronisme": ("langue-numerique/illectronisme",),
    "Les suites du double meurtre (traumatisme)": ("securite/violences",),
}

ACTION_FAMILIES = {
    "Renforcement de l’offre de services aux publics": (
        "services-droits/permanences",
        "jeunesse-education/activites-jeunes",
        "sport-culture/pratique-sportive",
        "langue-numerique/francais",
        "jeunesse-education/reussite-scolaire",
    ),
    "Cadre de vie, tranquillité publique et vie dans son logement": (
        "logement/rehabilitation",
        "proprete/dejections",
        "espace-public/mobilier",
        "securite/mediation-nocturne",
        "egalite/femmes-espace-public",
    ),
    "Sécurité et lutte contre la délinquance": ("securite/trafics", "securite/presence-policiere"),
    "Mobilités": (
        "deplacements/transports-commun",
        "deplacements/velo-marche",
        "deplacements/cout",
    ),
    "Emploi": ("emploi/formation-metiers", "emploi/accompagnement", "services-droits/exiles"),
    "Dynamisation de la vie économique": ("commerces/offre", "commerces/activite-economique"),
    "Lien social et convivialités": ("lien-social/lieux", "lien-social/fetes"),
}

ACTORS_TOPICS = {
    "Coopération et animation": ("participation/cooperation",),
    "Subventions pluriannuelles, innovation et pérennisation": ("participation/subventions",),
    "Droit commun et autres politiques publiques": ("participation/droit-commun",),
    "Communication": ("participation/information",),
    "Transition écologique": (
        "transition-ecologique/vegetalisation",
        "transition-ecologique/jardins-compost",
    ),
    "Lien intergénérationnel": ("lien-social/isolement",),
    "Médiation culturelle": ("sport-culture/culture",),
    "Relation aux entreprises": ("emploi/entreprises",),
}

OBJECTIVES = {
    "Vivre en bonne santé": ("sante",),
    "Réussir l’éducation des enfants et accompagner les parcours de jeunes": ("jeunesse-education",),
    "Développer les pratiques culturelles et sportives": ("sport-culture",),
    "Favoriser les solidarités et l’accès aux droits": ("services-droits", "lien-social"),
    "Apaiser les quartiers": ("securite",),
    "Entretenir et embellir les lieux de vie": ("proprete", "espace-public/mobilier"),
    "Aménager des quartiers à vivre et accompagner les grands projets": ("espace-public/grands-projets",),
    "Rapprocher les publics des opportunités économiques": ("emploi/entreprises",),
    "Ouvrir le champ des possibles des plus jeunes": ("jeunesse-education/orientation",),
    "Valoriser l’initiative économique des habitants": ("emploi/creation-entreprise",),
    "Dynamiser l’offre commerciale de proximité": ("commerces/offre",),
    "Intégrer les quartiers dans le développement économique": ("commerces/activite-economique",),
}

COLOURS = {"securite", "proprete", "mobilite", "cadre", "sante", "commerce", "lien", "autre"}


@pytest.fixture(scope="module")
def plan() -> Codebook:
    return codebook.shipped("politique-de-la-ville")


def normalised(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"\W+", " ", plain.casefold()).strip()


def test_the_eighteen_themes_have_the_agreed_ids_and_labels(plan: Codebook) -> None:
    assert {theme.id: theme.label for theme in plan.roots()} == ROOTS


def test_there_are_sixty_to_eighty_sub_themes_one_level_deep_and_named_under_their_parent(
    plan: Codebook,
) -> None:
    children = [theme for theme in plan.themes if theme.parent]
    assert 60 <= len(children) <= 80
    for theme in children:
        assert theme.parent in ROOTS
        assert re.fullmatch(rf"{theme.parent}/[a-z]+(-[a-z]+)*", theme.id)
    assert all(len(plan.children(root)) >= 2 for root in ROOTS)


@pytest.mark.parametrize("places", [SUBJECTS, MATRIX_ITEMS, ACTION_FAMILIES, ACTORS_TOPICS, OBJECTIVES])
def test_everything_in_the_reference_deck_has_its_place(plan: Codebook, places: dict[str, tuple[str, ...]]) -> None:
    lost = {said: ids for said, ids in places.items() if not all(one in plan for one in ids)}
    assert not lost


def test_the_deck_is_covered_in_full() -> None:
    """The matrix of the deck prints 26 rows, its 25 topics and the aftermath of the murders."""
    sizes = [len(SUBJECTS), len(MATRIX_ITEMS), len(ACTION_FAMILIES), len(OBJECTIVES)]
    assert sizes == [7, 26, 7, 12]


def test_every_theme_says_what_it_holds_and_shows_it(plan: Codebook) -> None:
    for theme in plan.themes:
        assert theme.definition.endswith("."), theme.id
        assert theme.keywords, theme.id
        assert len(set(theme.keywords)) == len(theme.keywords), theme.id
        assert len(theme.examples) >= 8, theme.id


def test_labels_are_distinct_noun_phrases_without_final_punctuation(plan: Codebook) -> None:
    labels = [theme.label for theme in plan.themes]
    assert len(set(labels)) == len(labels)
    for label in labels:
        assert label[0].isupper()
        assert label[-1].isalpha()
        assert len(label) <= 70
        assert "'" not in label


def test_no_example_serves_twice(plan: Codebook) -> None:
    counts = Counter(normalised(example) for theme in plan.themes for example in theme.examples)
    assert [text for text, times in counts.items() if times > 1] == []


def test_examples_carry_no_data_that_identifies_a_person(plan: Codebook) -> None:
    personal = re.compile(r"(?:\d[ .]?){9,}|@|\b(?:M\.|Mme|Mlle|Monsieur|Madame)\s+[A-ZÉ]", re.UNICODE)
    for theme in plan.themes:
        assert not [example for example in theme.examples if personal.search(example)], theme.id


def test_examples_are_as_long_as_an_idea_and_of_many_lengths(plan: Codebook) -> None:
    lengths = [len(example.split()) for theme in plan.themes for example in theme.examples]
    assert max(lengths) <= 20
    assert sum(length <= 3 for length in lengths) >= len(lengths) // 10
    assert sum(length >= 9 for length in lengths) >= len(lengths) // 10


def test_every_exclusion_names_another_theme_of_the_plan(plan: Codebook) -> None:
    for theme in plan.themes:
        assert theme.excludes, theme.id
        others = {other.label for other in plan.themes if other.id != theme.id}
        for sentence in theme.excludes:
            target = re.sub(r"^.* relève(?:nt)? d(?:e |’)", "", sentence).removesuffix(".")
            assert target in others, (theme.id, sentence)


def test_colours_are_the_tokens_of_the_design_and_belong_to_the_themes(plan: Codebook) -> None:
    assert {theme.colour for theme in plan.roots()} <= COLOURS
    assert not [theme.id for theme in plan.themes if theme.parent and theme.colour]


def test_typography_of_what_is_shown_is_french(plan: Codebook) -> None:
    shown = [text for theme in plan.themes for text in (theme.label, theme.definition, *theme.excludes)]
    assert not [text for text in shown if re.search(r"'|\"| [:;!?%»]|« ", text)]
