"""Name a group of texts as a policy officer would: a French noun phrase its texts use more than others.

Which words are nouns is learnt from what comes before them in the corpus ("la", "des", "plus de"…), for a
tagger errs on fragments in lower case; names of people were masked before.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from analysis.text.normalise import STOP_WORDS, fold, listed, restore

_LONGEST = 5
_KEYWORDS = 8
_USUALLY = 0.45
#: Share of a group that must say a phrase for it to name the group.
_FEWEST = 0.02
_DETERMINERS = listed(
    "en le la les l un une des du d de au aux ce cet cette ces mon ma mes notre nos leur leurs votre vos"
)
_SUBJECTS = listed("je j tu il elle on nous vous ils elles qui ne n se s pour a faut peut doit doivent faudrait y")
#: Adjectives that follow "en": "transports en commun".
_NOT_OPENING = listed("commun communs general public prive")
#: What a noun phrase may hold between its words.
_INNER = listed("de du des d la l le les en a au aux")
_VERB_ENDINGS = ("er", "ir", "oir", "aient", "ent", "ez", "ons", "ait", "ais", "era", "iser", "ifier", "ant")
_NEVER = listed(
    """faire avoir etre mettre plus moins tres trop tout tous toute toutes chose choses fois gens cas fait faut exemple
    niveau part cadre mise place nombre maniere facon point besoin manque sujet type vrai bonne bon meilleur meilleure
    meilleurs meilleures mieux premier premiere dernier derniere etc lieu suite partie ans an annee annees jour jours
    aujourd personne autres certains chaque donner permettre pouvoir rendre vouloir savoir arreter continuer utiliser
    nombreux nombreuses divers diverses
    oui non merci systematiquement vraiment toujours seulement notamment simplement beaucoup avant apres depuis
    autour contre entre vers bien mal bas cours fin debut moment temps idee question question reponse mesure mesures"""
)
_NOUNS_IN_ER = listed(
    """quartier metier chantier courrier loyer foyer papier hiver escalier premier dernier danger logement atelier
    dossier panier palier plaisir loisir avenir soir trottoir pouvoir couloir desir miroir devoir espoir cancer mer
    policier hotelier banquier cahier clavier gibier sentier terrier verger berger boucher boulanger etranger passager
    environnement gouvernement reglement stationnement equipement changement developpement amenagement argent agent
    parent client patient president accident moment batiment vetement medicament etablissement enseignement traitement
    rechauffement financement remboursement ramassage covoiturage ascenseur gens cent vent talent content investissement
    engagement accompagnement emprisonnement deplacement abonnement dechargement paiement licenciement comportement
    mouvement evenement departement parlement element document argument instrument monument aliment piment ciment
    saisons maisons prisons raisons poissons boissons moyens liaisons fonds relations actions stations solutions"""
)


def name(
    texts: Sequence[str], weights: npt.NDArray[np.float64], groups: npt.NDArray[np.intp]
) -> list[tuple[str, tuple[str, ...]]]:
    """A label and a few keywords for each group, in order; labels differ. `texts` are normalised, distinct."""
    nouns = _Nouns(texts, weights)
    counts = [Counter[tuple[str, ...]]() for _ in range(int(groups.max()) + 1)]
    for text, weight, group in zip(texts, weights, groups, strict=True):
        for phrase in set(_phrases(text.split(), nouns)):
            counts[group][phrase] += int(weight)
    totals = Counter[tuple[str, ...]]()
    for count in counts:
        totals.update(count)
    taken: set[str] = set()
    return [_named(count, totals, float(weights[groups == group].sum()), float(weights.sum()), taken)
            for group, count in enumerate(counts)]  # fmt: skip


class _Nouns:
    """How often each word of the corpus comes after a determiner rather than after a subject."""

    def __init__(self, texts: Sequence[str], weights: npt.NDArray[np.float64]) -> None:
        self._after_determiner = Counter[str]()
        self._after_subject = Counter[str]()
        self._seen = Counter[str]()
        for text, weight in zip(texts, weights, strict=True):
            previous = ""
            for word in text.split():
                self._seen[word] += int(weight)
                if previous in _DETERMINERS:
                    self._after_determiner[word] += int(weight)
                elif previous in _SUBJECTS:
                    self._after_subject[word] += int(weight)
                previous = word

    def is_noun(self, word: str) -> bool:
        if word in STOP_WORDS or word in _NEVER or len(word) < 3 or word.isdigit():
            return False
        if self._is_verb(word):
            return False
        share = (self._after_determiner[word] + 0.5) / (self._seen[word] + 1.5)
        if word.endswith(_VERB_ENDINGS) and word not in _NOUNS_IN_ER and not word.endswith("ment"):
            return share > 0.6
        return share > 0.15

    def _is_verb(self, word: str) -> bool:
        return self._after_subject[word] > 0.25 * self._seen[word]

    def may_follow(self, word: str) -> bool:
        """Whether a word may end a noun phrase: a noun, or what looks like its adjective."""
        if word in STOP_WORDS or word in _NEVER or len(word) < 3:
            return False
        return self.is_noun(word) or not (word.endswith(_VERB_ENDINGS) or self._is_verb(word))


def _phrases(words: Sequence[str], nouns: _Nouns) -> Iterator[tuple[str, ...]]:
    """Stretches of words that may be noun phrases: they open with a noun and end with a noun or adjective."""
    for start, opening in enumerate(words):
        if opening in _NOT_OPENING or not nouns.is_noun(opening):
            continue
        yield (opening,)
        for end in range(start + 1, min(start + _LONGEST, len(words))):
            word = words[end]
            if word in _INNER:
                continue
            if not nouns.may_follow(word):
                break
            yield tuple(words[start : end + 1])


def _named(
    count: Counter[tuple[str, ...]],
    totals: Counter[tuple[str, ...]],
    group_size: float,
    corpus_size: float,
    taken: set[str],
) -> tuple[str, tuple[str, ...]]:
    scored = sorted(
        ((_score(phrase, count, totals, group_size, corpus_size), phrase) for phrase in count),
        key=lambda pair: (-pair[0], -count[pair[1]], pair[1]),
    )
    phrases = (_completed(phrase, count) for _, phrase in scored)
    label = next((text for phrase in phrases if alike(text := _written(phrase)) not in taken), "")
    label = label or f"Thème {len(taken) + 1}"
    taken.add(alike(label))
    words = [restore(phrase[0]) for _, phrase in scored if len(phrase) == 1]
    return label, tuple(words[:_KEYWORDS])


def _completed(phrase: tuple[str, ...], count: Counter[tuple[str, ...]]) -> tuple[str, ...]:
    """The longest phrase that most of those who say this one say: "travaux d'intérêt général", not "travaux"."""
    longer = [other for other in count if len(other) > len(phrase) and other[: len(phrase)] == phrase]
    usual = [other for other in longer if count[other] >= max(2, _USUALLY * count[phrase])]
    return max(usual, key=lambda other: (len(other), count[other], other), default=phrase)


def _score(
    phrase: tuple[str, ...],
    count: Counter[tuple[str, ...]],
    totals: Counter[tuple[str, ...]],
    group_size: float,
    corpus_size: float,
) -> float:
    """How much of the group says it, times how much more than elsewhere; a full phrase says more than a word."""
    said = count[phrase]
    share = said / group_size
    if group_size > 6 and (said < 2 or share < _FEWEST):
        return 0.0
    elsewhere = (totals[phrase] - said + 0.5) / (corpus_size - group_size + 1)
    content = sum(word not in _INNER for word in phrase)
    fullness = {1: 1.0, 2: 1.9, 3: 2.1}.get(content, 1.8)
    return float(np.sqrt(share) * np.log1p(share / elsewhere) * fullness)


def alike(label: str) -> str:
    """What two labels share when they differ by number or accents alone."""
    return " ".join(word.rstrip("sx") for word in fold(label).split())


def _written(phrase: tuple[str, ...]) -> str:
    text = restore(" ".join(phrase))
    return text[:1].upper() + text[1:]
