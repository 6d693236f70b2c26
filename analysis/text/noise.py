"""Answers that hold no opinion: "RAS", "je ne sais pas", "idem", a question mark.

A non-answer is recognised when it is made of empty words alone, one of which says so; a single
word about something ("rien n'est fait pour les jeunes") keeps the answer.
"""

import re

from analysis.text.normalise import listed, words

_MAX_WORDS = 14
_MAX_LETTERS = 200

_WHOLE = frozenset(
    re.split(
        r"\s*\|\s*",
        """
    ras|r a s|rase|rien|neant|nc|n c|na|n a|nsp|ne se prononce pas|nspp|nr|n r|non reponse|jsp|jspa|jcp|sp|so|
    s o|sans objet|non|oui|no|yes|nn|nan|nop|nope|ok|d accord|non merci|merci|merci beaucoup|bonjour|bonsoir|
    salut|merci d avance|cordialement|voila|voila merci|idem|ditto|id|pareil|meme reponse|comme dit|deja dit|
    deja repondu|voir plus haut|voir ci dessus|voir au dessus|cf plus haut|cf ci dessus|cf supra|cf|voir|aucun|
    aucune|aucuns|aucunes|x|xx|xxx|sans|zero|vide|test|essai|peut etre|bof|euh|hein|quoi|comment|joker|
    non concerne|non concernee|pas concerne|pas concernee|i don't know|i do not know|don't know|dont know|
    dunno|idk|no idea|nothing|none|n/a|not sure|no opinion|no comment|no se|no lo se|nada|ninguno|ninguna|
    sin opinion|nao sei|nenhum|nenhuma|non so|non lo so|niente|nessuno|nessuna|weiss nicht|ich weiss nicht|
    nichts|keine|keine ahnung|keine meinung|bilmiyorum|hicbir sey|fikrim yok|yok|nu stiu|nimic|nie wiem|nic|
    لا اعرف|لا ادري|لا شيء|لا شي|لا|ما نعرف|ما عندي راي|не знаю|нет|ничего|不知道|没有|无|je ne vois pas|je vois pas|
    vois pas|ne vois pas|je ne vois rien|chais pas|ché pas|che pas|sais po|jsais pas|pas grand chose|
    pas grand chose a dire|je ne suis pas assez informe|je ne suis pas assez informee|je ne suis pas informe|
    je suis pas concerne|pas d'infos|a voir|je cherche|j'y reflechis|je reflechis|je ne connais pas|
    connais pas|je connais pas|pas le temps|ne souhaite pas s exprimer|ne souhaite pas repondre|
    ne veut pas repondre|je ne souhaite pas repondre|no comment|no coment|etc|
    """.strip(" |\n"),
    )
)

#: Words that say there is nothing to say.
_NOTHING = listed(
    """
    ras neant nsp jsp jcp jspa sais sait saurais sait savoir avis opinion opinions idee idees idem aucun aucune
    commentaire commentaires remarque remarques reponse reponses suggestion suggestions proposition propositions
    prononce prononcer repondre concerne concernee concernes rien pareil non inspiration
    """
)
#: Words that may come with them without giving the answer a subject.
_FILLERS = listed(
    """
    a ai ait ajouter alors apres au autre autres aux avoir as bah beh ben bien c ca ce cela cette ci comme d dans de
    deja dessus des desole desolee dire donner du durant elle en est et etre evoquer formuler franchement hormis il
    ici instant j je jamais l la le les lui ma me meme moi moment mon n ne ni non nous objet oui on ou par
    particulier particuliere particuliers particulieres particulierement pas personnellement peu plus pour
    precedemment precedente premiere proposer preciser puis qu quant que quelconque question questions quoi redire s
    sans se si signaler special speciale specialement suis sur sujet tete tout tellement trop un une vais veux venir
    vient voir vois vraiment voila vu vue y esprit rapporter communiquer declarer exprimer haut aucunement assez
    informee informe merci souhaite absolument honnetement actuellement presentement reellement evidemment encore
    toujours aujourd hui soir mentionner noter pense reflechi reflechir reponds repond precis precise precises
    connais viennent viens cf supra grand chose moindre tranche tranchee information informations definitif
    definitive euh hum hmm heu mes ses ai eu aurais aurai pourrais peux puisse peut dites dis crois vous mdr lol
    ptdr
    """
)
#: With "il n'y a rien", only these verbs make it a non-answer: the rest speaks of the place.
_SAYING = listed("dire signaler ajouter redire rapporter proposer preciser repondre declarer")
#: Negations without which "avis", "idée" or "commentaire" announce something.
_DENIAL = listed("pas aucun aucune sans rien ras non neant plus ne n sais jsp jcp jspa nsp idem ni pareil")

_LETTER = re.compile(r"[^\W\d_]")
_KEYBOARD = ("azertyuiop", "qsdfghjklm", "wxcvbn", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_VOWEL = re.compile(r"[aeiouy]")


def is_non_answer(text: str) -> bool:
    """Whether a text, or one idea of it, says nothing: blank, a refusal, a filler, keys struck at random."""
    if not _LETTER.search(text):
        return True
    if len(text) > _MAX_LETTERS:
        return False
    found = words(text)
    if " ".join(found) in _WHOLE:
        return True
    return _says_nothing(found) or _is_gibberish(found)


def _says_nothing(found: list[str]) -> bool:
    present = set(found)
    if len(found) > _MAX_WORDS or not present & _NOTHING or not present & _DENIAL:
        return False
    if not present <= _NOTHING | _FILLERS:
        return False
    speaks_of_place = {"il", "y", "a"} <= present or {"y", "a"} <= present
    return not speaks_of_place or bool(present & (_SAYING | _NOTHING - {"rien", "aucun", "aucune", "non"}))


def _is_gibberish(found: list[str]) -> bool:
    """One "word" without a vowel, or one letter struck again and again; acronyms are short and kept."""
    if len(found) != 1:
        return False
    word = found[0]
    if not word.isascii():
        return False
    if len(set(word)) == 1 or (len(word) > 3 and any(word in row for row in _KEYBOARD)):
        return True
    return len(word) > 5 and not _VOWEL.search(word)
