"""What tells who somebody is goes; what tells which place is spoken of stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text import masking
from analysis.text.forms import Kind
from analysis.text.masking import find, mask
from analysis.text.normalise import key

DIGITS = st.text("0123456789", min_size=2, max_size=2)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mon tel 06 12 34 56 78", "mon tel [téléphone]"),
        ("appelez le 0612345678 ou +33 6 12 34 56 78", "appelez le [téléphone] ou [téléphone]"),
        ("écrire à jean.dupont@free.fr merci", "écrire à [courriel] merci"),
        ("la voiture AB-123-CD garée là", "la voiture [plaque] garée là"),
        ("FR76 3000 6000 0112 3456 7890 189", "[compte bancaire]"),
        ("1 85 05 78 006 084 36", "[numéro de sécurité sociale]"),
        ("j’habite 12 bis rue des Lilas", "j’habite [adresse]"),
        ("Mon voisin Karim Benali crie", "Mon voisin [nom] crie"),
        ("Mme Dupont du 3e", "Mme [nom] du 3e"),
        ("madame dupont fait du bruit", "madame [nom] fait du bruit"),
        ("M. El Amrani et le Docteur Lefèvre", "M. [nom] et le Docteur [nom]"),
        ("Fatoumata et Mohamed crient", "[nom] et [nom] crient"),
        ("kevin du batiment C", "[nom] du batiment C"),
        ("je m’appelle Sofia", "je m’appelle [nom]"),
        ("la famille Traoré", "la famille [nom]"),
        ("MADAME MARTIN DU 5EME", "MADAME [nom] DU 5EME"),
        ("mme benali du 3", "mme [nom] du 3"),
        ("mon voisin kevin dupont crie", "mon voisin [nom] crie"),
        ("la gardienne Mme Le Bihan", "la gardienne Mme [nom]"),
        ("karim le gardien est super", "[nom] le gardien est super"),
        ("famille ould-ali au 2e", "famille [nom] au 2e"),
        ("K. Benmoussa du 4e", "[nom] du 4e"),
        ("FATIMA HADDAD ET MAMADOU", "[nom] ET [nom]"),
        ("ma fille ysaline a peur", "ma fille [nom] a peur"),
        ("voiture BF - 116 - NR", "voiture [plaque]"),
        ("au 7 ter rue victor hugo bât C apt 14 il y a des rats", "[adresse] il y a des rats"),
        ("jean.dupont [at] orange [point] fr", "[courriel]"),
        ("05 . 90 . 24 . 49 . 40", "[téléphone]"),
        ("0262 12 34 56", "[téléphone]"),
        ("mon insta : enzo_11", "mon [compte en ligne]"),
    ],
)
def test_persons_are_masked(text: str, expected: str) -> None:
    assert mask(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "l’école Jean Jaurès",
        "la place Jean Moulin",
        "la rue Victor Hugo est sale",
        "le centre social Simone Veil",
        "le collège Thomas Pesquet",
        "l’association Les Amis de Paul",
        "Le Viguier Saint Jacques",
        "La Conte Ozanam",
        "monsieur le maire et Monsieur le Préfet",
        "on est en France, à Paris, depuis mai 2020",
        "La rose du jardin, des pierres, la marine",
        "bus 12 place du marché",
        "il faut 30 000 000 euros pour 1500 personnes",
        "appeler le 15 ou le 17",
        "Macron, M. Sarkozy et Jacques Chirac",
        "je vais à Jean Moulin puis à Jules Ferry",
        "la rue du docteur Lefèvre",
        "une famille modeste, un fils aîné, une voisine bruyante",
        "je me demande, on me répond, ça me gêne",
        "Plus de travail en France. Il faut des usines",
        "moins de 100 km, à plus de 200 km d’ici",
        "l’installation des bancs, les instances locales",
        "3 rue piétonnes et 12 places de parking",
        "chez Lidl ou chez Action",
        "attendre qu’un voisin descende",
        "aujourd’hui quelqu’un chez lui-même",
    ],
)
def test_places_and_plain_words_are_kept(text: str) -> None:
    assert mask(text) == text


@given(st.text("abcdefghij é,.'", max_size=40), DIGITS, DIGITS, DIGITS, DIGITS, st.sampled_from(["", " ", ".", "-"]))
def test_any_french_phone_number_is_masked(before: str, a: str, b: str, c: str, d: str, gap: str) -> None:
    number = gap.join(("06", a, b, c, d))
    assert number not in mask(f"{before} {number} merci")


@given(st.text(max_size=120))
def test_what_is_found_lies_in_order_without_overlap(text: str) -> None:
    position = 0
    for item in find(text):
        assert position <= item.start < item.end <= len(text)
        position = item.end


@given(st.text("abc 06@.é", max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_a_slice_is_masked_as_in_the_whole(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    found = find(text)
    if not any(item.start < start < item.end or item.start < end < item.end for item in found):
        assert mask(text, found, start=start, end=end) in mask(text, found)


def test_a_mask_says_nothing_of_the_theme() -> None:
    for kind in Kind:
        assert key(f"du bruit chez [{kind.value}]") == "du bruit chez"


def test_a_first_name_that_is_also_a_word_is_left_for_a_person_to_decide() -> None:
    assert [item.doubtful for item in find("demandez à Claire")] == [True]
    assert [item.doubtful for item in find("demandez à Fatoumata")] == [False]
    assert masking.find("une eau claire") == ()


@pytest.mark.parametrize("text", ["c'est Cazals le gardien", "on a vu Benali et Traoré hier"])
def test_a_surname_that_nothing_announces_is_masked_and_doubtful(text: str) -> None:
    assert "[nom]" in mask(text)
    assert any(item.doubtful for item in find(text))


@pytest.mark.parametrize(
    "text", ["aller à Grazailles", "sur Facebook ou Insta", "Aller à Castres ou Albi", "Halls sales"]
)
def test_towns_shops_and_first_words_are_no_surname(text: str) -> None:
    assert mask(text) == text
