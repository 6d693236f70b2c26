"""Hide what could tell who wrote or who is spoken of; keep squares, schools, streets and associations.

Numbers and addresses follow their form. Names follow a title, a relationship ("mon voisin") or begin with
a first name; a first name after a kind of place ("école Jean Jaurès") is a place. What only looks like a
name is reported as doubtful, for a person to decide, and masked meanwhile.
"""

import re

from analysis.text import people
from analysis.text.forms import FORMAL, FORMS, Found, Kind
from analysis.text.names import AMBIGUOUS, FIRST_NAMES, LANDS
from analysis.text.normalise import common_words, fold, listed

_WORD = re.compile(
    r"(?:(?<=\b[cdjlmnstCDJLMNST]['’])|(?<!['’]))(?!\b[cdjlmnstCDJLMNST]['’])[^\W\d_]+(?:[-'’][^\W\d_]+)*"
)
_TITLES = listed(
    """
    m mr mrs monsieur mme mde madame mlle mademoiselle dr docteur docteure me maitre professeur pr sieur
    """
)
_RELATIONS = listed(
    """
    voisin voisine voisins gardien gardienne concierge medecin copain copine ami amie cousin cousine frere soeur
    fils fille mari femme instit institutrice directeur directrice eduquateur educateur educatrice proprietaire
    proprio maire maitresse coach entraineur imam famille nomme nommee appelle appelles prenomme prenommee surnomme
    signe signee conjoint compagnon compagne dealer adjoint adjointe conseiller conseillere animateur animatrice
    """
)
#: A first name or surname after one of these is the name of a place or of a body.
_PLACES = listed(
    """
    rue avenue av boulevard bd place square allee allees chemin impasse cours route quai pont passage villa parc
    jardin ecole ecoles college lycee creche maternelle primaire groupe universite campus faculte institut gymnase
    stade piscine salle espace centre maison mjc mediathecque mediatheque bibliotheque theatre cinema musee
    conservatoire hopital clinique ehpad residence foyer cite citee tour tours batiment bat immeuble quartier zac
    zup zone hameau lotissement secteur eglise mosquee temple synagogue chapelle cathedrale association asso club
    fondation metro station gare arret tram tramway ligne rer aeroport saint sainte st ste mont fort porte plaine
    hotel mairie marche galerie auditorium resto restaurant cafe bar magasin boulangerie pharmacie ephad loi prix
    plan rocade esplanade promenade monument statue halle lac etang bois plage port complexe terrain pole ilot barre
    ville commune
    """
)
_QUALIFIERS = listed(
    """
    social sociale sociaux culturel culturelle municipal municipale public publique primaire sportif amis parents
    enfants copains
    """
)
_LINKS = listed("de du des la le les d l sur sous en et y")
_PARTICLES = listed("de du d la le ben el al van von da dos bel ait")


#: Words without which no name is looked for.
_ANNOUNCING = FIRST_NAMES | _TITLES | _RELATIONS | {"nom", "prenom", "chez"}


def find(text: str) -> tuple[Found, ...]:
    """Everything personal in a text, in order, without overlap."""
    found: list[Found] = []
    if FORMAL.search(text):
        for kind, pattern in FORMS:
            for match in pattern.finditer(text):
                _keep(found, Found(match.start(), match.end(), kind))
    for name in _names(text):
        _keep(found, name)
    for start, end in people.surnames(text, after=_PLACES | _QUALIFIERS):
        _keep(found, Found(start, end, Kind.NAME, doubtful=True))
    return tuple(sorted(found))


def mask(text: str, found: tuple[Found, ...] | None = None, *, start: int = 0, end: int | None = None) -> str:
    """The text between `start` and `end` with each thing found replaced by its kind: "[téléphone]"."""
    stop = len(text) if end is None else end
    pieces, position = [], start
    for item in find(text) if found is None else found:
        if item.end <= start or item.start >= stop:
            continue
        pieces += [text[position : max(item.start, position)], f"[{item.kind.value}]"]
        position = min(item.end, stop)
    return "".join([*pieces, text[position:stop]])


def _keep(found: list[Found], new: Found) -> None:
    """The first form to claim a stretch of text keeps it."""
    if all(new.end <= old.start or new.start >= old.end for old in found):
        found.append(new)


def _names(text: str) -> list[Found]:
    tokens = [(match.start(), match.end(), match.group()) for match in _WORD.finditer(text)]
    folded = [fold(word).replace("'", "-") for _, _, word in tokens]
    if _ANNOUNCING.isdisjoint(folded) and not any("-" in word for word in folded):
        return []
    shouted = sum(word.isupper() for _, _, word in tokens) > len(tokens) / 2
    names: list[Found] = []
    index = 0
    while index < len(tokens):
        length = _name_length(tokens, folded, index, shouted=shouted, text=text)
        if length:
            doubtful = folded[index] in AMBIGUOUS and length == 1
            names.append(Found(tokens[index][0], tokens[index + length - 1][1], Kind.NAME, doubtful))
        index += max(length, 1)
    return names


def _name_length(tokens: list[tuple[int, int, str]], folded: list[str], index: int, *, shouted: bool, text: str) -> int:
    """How many words from `index` on are the name of a person: 0 when it is not one."""
    word = tokens[index][2]
    introduced = _introduced(folded, index)
    first = folded[index].split("-")[0] in FIRST_NAMES
    if _after_place(folded, index) and not introduced:
        return 0
    if introduced and _may_be_surname(word, folded[index], shouted=shouted, title=introduced == "title"):
        return 1 + _surname(tokens, folded, index + 1, shouted=shouted, text=text)
    if not first:
        return 0
    following = _surname(tokens, folded, index + 1, shouted=shouted, text=text)
    if folded[index] in AMBIGUOUS:
        alone = index > 0 and folded[index] not in LANDS and text[tokens[index - 1][1] : tokens[index][0]].isspace()
        return 1 + following if (following or alone) and word[0].isupper() and not shouted else 0
    return 1 + following if word[0].isupper() or folded[index] not in common_words() else 0


def _introduced(folded: list[str], index: int) -> str:
    """Whether the words before announce a person: "title", "relation" or ""."""
    before = folded[max(0, index - 3) : index]
    if before and before[-1] in _TITLES:
        return "title"
    if before and before[-1] in _RELATIONS:
        return "relation"
    if len(before) >= 2 and before[-1] in {"est", "les"} and before[-2] in {"nom", "prenom", "chez"}:
        return "relation"
    return ""


def _may_be_surname(word: str, folded: str, *, shouted: bool, title: bool) -> bool:
    known = folded in common_words() and folded not in FIRST_NAMES
    if len(folded) < 2 or folded in _LINKS | _PLACES | _TITLES:
        return False
    if title:
        return not known or (word[0].isupper() and not shouted and folded not in _OFFICES)
    return folded in FIRST_NAMES or (word[0].isupper() and not shouted and not known)


_OFFICES = listed(
    """
    maire prefet president presidente ministre depute deputee senateur adjoint directeur directrice le la
    """
)


def _surname(tokens: list[tuple[int, int, str]], folded: list[str], index: int, *, shouted: bool, text: str) -> int:
    """How many words from `index` on continue a name: at most a particle and two words."""
    length = 0
    while index + length < len(tokens) and length < 3:
        between = text[tokens[index + length - 1][1] : tokens[index + length][0]]
        if between.strip(" ’'.") or "\n" in between:
            break
        if folded[index + length] in _PARTICLES and _continues(tokens, folded, index + length + 1, shouted=shouted):
            length += 1
            continue
        if not _continues(tokens, folded, index + length, shouted=shouted):
            break
        length += 1
    return length


def _continues(tokens: list[tuple[int, int, str]], folded: list[str], index: int, *, shouted: bool) -> bool:
    if index >= len(tokens):
        return False
    word = tokens[index][2]
    unknown = folded[index] not in common_words() and folded[index] not in _PLACES and len(word) > 2
    if shouted or not word[0].isupper():
        return unknown and folded[index] in FIRST_NAMES
    return folded[index] not in _LINKS | _PLACES | _TITLES and len(word) > 1


def _after_place(folded: list[str], index: int) -> bool:
    """Whether a kind of place comes just before, but for articles and a first name or two."""
    position = index - 1
    passed = _LINKS | _QUALIFIERS | FIRST_NAMES
    while position >= 0 and folded[position] in passed - _PLACES and index - position < 4:
        position -= 1
    return position >= 0 and (folded[position] in _PLACES or folded[position].split("-")[0] in {"saint", "sainte"})
