"""One spelling per wording: what people type in haste and what an encoder reads best.

Texts that differ by case, accents, punctuation or spacing share one `key`, and it is the key that
is restored and encoded: whatever the accents typed, the encoder reads the same words.
"""

import re
import unicodedata
from functools import cache
from importlib import resources

_WORD = re.compile(r"[^\W_]+(?:['][^\W_]+)*|[%€]")
_ELIDED = re.compile(r"\b([cdjlmnst]|qu|jusqu|lorsqu|puisqu|quelqu)'(?=\w)")
_APART = re.compile(r"\b([cdjlmnst]|qu|jusqu|lorsqu|puisqu|quelqu) (?=[aeiouyhàâéèêîô])")
_REPEATED = re.compile(r"([^\W\d_])\1{2,}")
#: What masking leaves in place of a name or a number: it says nothing of the theme.
_MASKS = re.compile(
    r"\[(?:nom|adresse|téléphone|courriel|plaque|numéro de sécurité sociale|compte bancaire|compte en ligne|masqué)\]"
)
#: "c sale et c pas sur", as one writes on a telephone.
_SPOKEN = re.compile(r"\bc (?!est\b|etait\b|etaient\b|e)")
_SURE = re.compile(r"(?<=pas )sur$|(?<=plus )sur$|(?<=trop )sur$|(?<=bien )sur$")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "’": "'", "ʼ": "'", "`": "'", "´": "'"})

#: Short forms of text messages, by their key.
_SHORT = {
    "pk": "pourquoi", "pq": "pourquoi", "pcq": "parce que", "psk": "parce que", "bcp": "beaucoup",
    "bq": "beaucoup", "tt": "tout", "tts": "toutes", "tjs": "toujours", "tjr": "toujours",
    "ds": "dans", "pr": "pour", "ss": "sans", "ac": "avec", "avc": "avec", "jms": "jamais",
    "qd": "quand", "qq": "quelque", "qqn": "quelqu'un", "qqs": "quelques", "kelk": "quelque",
    "ki": "qui", "ke": "que", "koi": "quoi", "kan": "quand", "msk": "parce que", "svp": "s'il vous plaît",
    "stp": "s'il te plaît", "slt": "salut", "bjr": "bonjour", "mm": "même", "meme": "même",
    "ya": "il y a", "yaka": "il y a qu'à", "yapa": "il n'y a pas", "yen": "il y en", "jai": "j'ai",
    "cest": "c'est", "jsuis": "je suis", "chui": "je suis", "jpp": "je n'en peux plus", "dla": "de la",
    "pa": "pas", "g": "j'ai", "lé": "les", "dé": "des", "kom": "comme", "com": "comme", "sa": "ça", "ca": "ça",
    "rdv": "rendez-vous", "vs": "vous", "ns": "nous", "tps": "temps", "lgt": "logement",
    "appart": "appartement", "apparts": "appartements", "asso": "association", "assos": "associations",
    "dr": "docteur", "gvt": "gouvernement", "qtier": "quartier", "kartier": "quartier", "quart": "quartier",
    "secu": "sécurité", "securit": "sécurité", "trqfic": "trafic", "svt": "souvent", "auj": "aujourd'hui",
    "biblio": "bibliothèque", "pb": "problème", "pbs": "problèmes", "pbl": "problème", "nb": "nombre",
    "tranqil": "tranquille", "tranquil": "tranquille", "moin": "moins", "plu": "plus", "tro": "trop",
    "vla": "voilà", "wesh": "", "mdr": "", "lol": "", "ptdr": "",
    "keuf": "policier", "keufs": "policiers", "flic": "policier", "flics": "policiers",
    "bakchich": "pot-de-vin", "taf": "travail", "boulot": "travail", "caisse": "voiture",
    "caisses": "voitures", "bagnole": "voiture", "bagnoles": "voitures", "zone": "zone",
    "stup": "drogue", "stups": "drogue", "shit": "drogue", "beuh": "drogue", "chouf": "guetteur",
    "choufs": "guetteurs", "teci": "cité", "tess": "cité", "daron": "père", "darons": "parents",
    "daronne": "mère", "gosses": "enfants", "gosse": "enfant", "mioches": "enfants", "minots": "enfants",
}  # fmt: skip


def listed(vocabulary: str) -> frozenset[str]:
    """The words of a vocabulary written as a paragraph, which reads better than a column of quotes."""
    return frozenset(vocabulary.split())


def fold(text: str) -> str:
    """Lower case without accents nor ligatures, apostrophes straight; letters only, so length may change."""
    if text.isascii():
        return text.lower().replace("`", "'")
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def words(text: str) -> list[str]:
    """The folded words of a text, elided articles apart ("l'école" gives "l'", "ecole")."""
    folded = _REPEATED.sub(r"\1", fold(_MASKS.sub(" ", text) if "[" in text else text))
    return _WORD.findall(_ELIDED.sub(r"\1 ", folded.replace("' ", "'")))


def key(text: str) -> str:
    """What two texts share when they differ by case, accents, punctuation or spacing alone."""
    return " ".join(words(text))


def restore(key: str) -> str:
    """The wording an encoder reads: accents put back, short forms spelt out; a function of the key alone."""
    spelt = (_spelling(word) for word in _SPOKEN.sub("c'est ", _SURE.sub("sûr", key)).split())
    return _APART.sub(r"\1'", " ".join(word for word in spelt if word))


def content_words(text: str) -> list[str]:
    """The folded words that carry meaning, in order."""
    return [word for word in words(text) if word not in STOP_WORDS and (len(word) > 2 or word.isdigit())]


@cache
def common_words() -> frozenset[str]:
    """The folded forms of some 17,000 words French people use when they answer open questions."""
    return frozenset(_accented())


@cache
def _spelling(word: str) -> str:
    if word in _SHORT:
        return _SHORT[word]
    return _accented().get(word, word)


@cache
def _accented() -> dict[str, str]:
    text = resources.files("analysis.text").joinpath("words.txt").read_text(encoding="utf-8")
    forms: dict[str, str] = {}
    for form in text.split():
        forms.setdefault(fold(form), form)
    return forms


STOP_WORDS = listed("""
    a ai aie aient ait alors apres as assez au aucun aucune aujourd aussi autant autre autres aux avaient avais
    avait avant avec avez avoir avons ayant beaucoup bien bon c ca car ce ceci cela celle celles celui cent
    certain certaine certaines certains ces cet cette ceux chaque chez ci comme comment d dans de debout dedans
    dehors deja depuis des desormais deux devant devrait devraient dire dit dois doit doivent donc dont du durant
    elle elles en encore enfin ensuite entre es est et etaient etait etant ete etes etre eu eux evidemment
    faire fais fait faites fasse faudra faudrait faut font fois grand grande hors hui ici il ils j jamais je jusqu
    jusque l la le les leur leurs lors lorsqu lorsque lui m ma mais mal malgre me meme memes mes met mets mettre mieux
    mis moi moins mon n ne ni non nos notamment notre nous nouveau nouvelle o on ont or ou oui par parce parfois
    parmi pas pendant peu peut peuvent peux plus plusieurs plutot pour pourquoi pourrait pouvoir pres puis
    puisque qu quand que quel quelle quelles quelqu quelque quelques quels qui quoi rien s sa sais sans se sera
    serait seraient ses seul si sinon soi soient soit sommes son sont souhaite souhaiterais soyez suis sur surtout
    t ta tant te tel telle tellement tels tes toi ton toujours tous tout toute toutes tres trois trop tu un une va
    vais vers via voici voila voir vont vos votre vous vraiment vraie vrai vs y
    """)
