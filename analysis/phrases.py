"""What may name a theme: French noun phrases, and what the forms of a word share.

Which words are nouns is learnt from what comes before them in the corpus ("la", "des", "plus de"…), for a
tagger errs on fragments in lower case; names of people were masked before.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from analysis.text.normalise import STOP_WORDS, listed

_LONGEST = 5
_DETERMINERS = listed(
    "en le la les l un une des du d de au aux ce cet cette ces mon ma mes notre nos leur leurs votre vos"
)
_SUBJECTS = listed("je j tu il elle on nous vous ils elles qui ne n se s pour a faut peut doit doivent faudrait y")
#: Adjectives that follow "en": "transports en commun".
_NOT_OPENING = listed("commun communs general public prive")
#: What stands between a verb and what it bears on: « appliquer la loi ».
_BEARS_ON = listed("la le les l")
#: What a noun phrase may hold between its words.
_INNER = listed("de du des d la l le les en a au aux")
_VERB_ENDINGS = ("er", "ir", "oir", "aient", "ent", "ez", "ons", "ait", "ais", "era", "iser", "ifier", "ant")
#: Endings of verbs and of their participles, longest first; what is left of the word must be long enough.
_ENDINGS = ("aient", "ees", "ant", "ent", "ait", "ons", "er", "ez", "ee", "es", "e")
ROOT = 4
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


class Nouns:
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


def phrases(words: Sequence[str], nouns: Nouns) -> Iterator[tuple[str, ...]]:
    """Stretches of words that may name a theme: they open with a noun, or a verb and what it bears on."""
    for start, opening in enumerate(words):
        if opening in _NOT_OPENING:
            continue
        if nouns.is_noun(opening):
            yield (opening,)
        elif not (is_infinitive((opening,)) and words[start + 1 : start + 2] and words[start + 1] in _BEARS_ON):
            continue
        for end in range(start + 1, min(start + _LONGEST, len(words))):
            word = words[end]
            if word in _INNER:
                continue
            if not nouns.may_follow(word):
                break
            yield tuple(words[start : end + 1])


def content(phrase: Sequence[str]) -> Iterator[str]:
    """The words of a phrase, without what holds them together."""
    return (word for word in phrase if word not in _INNER)


def is_infinitive(form: tuple[str, ...]) -> bool:
    """True for one word that looks like a verb and may name what is asked for: « sanctionner »."""
    (word, *others) = form
    return not others and word.endswith(("er", "ir")) and word not in _NOUNS_IN_ER and word not in _NEVER


@cache
def bare(word: str) -> str:
    """What the forms of a word share: neither plural nor ending of a verb."""
    root = word[:-1] if len(word) > 3 and word[-1] in "sx" else word
    root = f"{root[:-1]}l" if root.endswith("au") and len(root) > ROOT else root
    ending = next((end for end in _ENDINGS if root.endswith(end) and len(root) - len(end) >= ROOT), "")
    root = root.removesuffix(ending)
    return root[:-1] if len(root) > ROOT and root[-1] == root[-2] else root
