"""Which language a text is in, from its letters and its commonest words."""

import re
import unicodedata

from analysis.text.normalise import fold

_SCRIPTS = (
    ("ARABIC", "ar"), ("CYRILLIC", "ru"), ("CJK", "zh"), ("HIRAGANA", "ja"), ("HANGUL", "ko"), ("GREEK", "el"),
    ("HEBREW", "he"), ("ARMENIAN", "hy"), ("GEORGIAN", "ka"), ("BENGALI", "bn"), ("TAMIL", "ta"), ("DEVANAGARI", "hi"),
)  # fmt: skip
_COMMON = {
    "fr": """le la les de des du un une et est pas plus il faut dans pour que qui sur avec je on nous ne trop
    moins sont au aux en ce cette mais ou tout tous rien aucun manque avoir etre faire beaucoup mettre
    y a l d""",
    "en": """the of and to is are in for more we i need not no it there with my on at have this be they our
    please should too much better less near street don't can't because when from people know idea""",
    "es": """el los las de y es en para mas que no un una por con hay se mi nuestro queremos falta muy pero nos
    faltan la a puedo salir noche gente mucha mucho puerta quiero tengo esta estan muchos seguridad
    barrio calle ninos hace gracias como del al nada trabajar trabajo ir tenemos tiene casa""",
    "pt": """o os as de e em para mais que nao um uma por com ha se meu nosso falta muito mas dos das bairro
    rua ao criancas precisamos seguranca nada sei a noite ir trabalhar trabalho tem temos muita muitos casa""",
    "it": """il gli le di e in per piu che non un una con ci sono nostro manca molto ma del della dei nel
    quartiere bisogna strada bambini anche niente""",
    "de": """der die das und ist nicht mehr wir ich in fur ein eine mit zu es gibt auf viel keine den dem von
    brauchen strasse kinder nichts weiss""",
    "tr": """ve bir bu icin daha cok yok var mahalle mahallede cocuklar istiyoruz guvenlik park degil ne gibi
    olsun lazim bilmiyorum temizlik hic""",
    "ro": """si nu mai este sunt in pentru cu pe o un avem copii cartier strada foarte trebuie lipsa nimic""",
    "pl": """i nie jest w na z do sie wiecej brak dla dzieci ulica za to co potrzebujemy nic wiem""",
}
_VOCABULARIES = {language: frozenset(words.split()) for language, words in _COMMON.items()}
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


def detect(text: str, *, default: str = "fr") -> str:
    """The two-letter code of the language; `default` unless another one is plain to see."""
    script = _script(text)
    if script:
        return script
    found = _WORD.findall(fold(text))
    if len(found) < 3:
        return default
    scores = {language: sum(word in known for word in found) for language, known in _VOCABULARIES.items()}
    best = max(scores, key=lambda language: (scores[language], language == default))
    # Two words more than the default: "no", "a" or "de" belong to several languages.
    return best if scores[best] >= scores.get(default, 0) + 2 else default


def _script(text: str) -> str:
    if text.isascii():
        return ""
    letters = [char for char in text if char.isalpha()]
    names = [unicodedata.name(char, "") for char in letters if ord(char) > 0x36F]
    for prefix, language in _SCRIPTS:
        if sum(name.startswith(prefix) for name in names) > len(letters) / 2:
            return language
    return ""
