"""The legal notice in nine parts: what each must say, a model to start from, and what still stands between brackets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from surveys.models import NOTICE_PARTS, Consultation
from surveys.words import _

#: What a model leaves for the author to fill in.
BLANK = re.compile(r"\[[^\[\]\n]{2,80}\]")
LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its title, what the law wants there in one sentence, and a model text."""

    name: str
    title: str
    help: str
    model: str


def parts(consultation: Consultation) -> tuple[Part, ...]:
    """The nine parts, their models filled with what the consultation already says."""
    texts = _texts()
    known = {
        "who": consultation.territory or _("[nom de la collectivité]"),
        "title": consultation.title or _("[titre de la consultation]"),
        "until": f"{consultation.keep_until:%d/%m/%Y}" if consultation.keep_until else _("[dernier jour]"),
    }
    return tuple(Part(name, *texts[name][:2], texts[name][2] % known) for name in NOTICE_PARTS)


def title(name: str) -> str:
    """What a part is called by those who write it."""
    return _texts()[name][0]


def blanks(text: str) -> list[str]:
    """What a text still leaves to fill in, brackets included, each once."""
    return list(dict.fromkeys(BLANK.findall(text)))


def faults(notice: Mapping[str, object]) -> dict[str, str]:
    """What is wrong with the notice: the parts concerned, each with one sentence that says what to do."""
    found: dict[str, str] = {}
    for name in NOTICE_PARTS:
        text = str(notice.get(name, "")).strip()
        if not text:
            found[name] = _("Notice : la partie « %(part)s » est vide.", part=title(name))
        elif left := blanks(text):
            found[name] = _(
                "Notice : la partie « %(part)s » contient encore %(blanks)s, à remplacer.",
                part=title(name),
                blanks=", ".join(f"« {blank} »" for blank in left),
            )
    return found


def _texts() -> dict[str, tuple[str, str, str]]:
    return _who_and_why() | _what_becomes_of_it() | _what_one_may_do()


def _who_and_why() -> dict[str, tuple[str, str, str]]:
    return {
        "controller": (
            _("Responsable du traitement"),
            _("Qui interroge et répond de l’usage des réponses : nom, service, adresse postale."),
            _("%(who)s, [service], [adresse postale]."),
        ),
        "purpose": (
            _("Finalité"),
            _("À quoi servent les réponses, et rien d’autre. Une phrase que tout le monde comprend."),
            _(
                "« %(title)s » sert à connaître les besoins et les propositions des habitants pour écrire et suivre le "
                "contrat de ville. Les réponses ne servent à rien d’autre et ne sont ni vendues ni croisées avec un "
                "autre fichier."
            ),
        ),
        "legal_basis": (
            _("Base légale"),
            _("Ce qui autorise à interroger. Pour une collectivité, le plus souvent la mission d’intérêt public."),
            _(
                "Une mission d’intérêt public (article 6, paragraphe 1, point e, du règlement général sur la "
                "protection des données) : la participation des habitants au contrat de ville, prévue par la loi "
                "n° 2014-173 du 21 février 2014 de programmation pour la ville et la cohésion urbaine."
            ),
        ),
    }


def _what_becomes_of_it() -> dict[str, tuple[str, str, str]]:
    return {
        "optional": (
            _("Ce qui est facultatif"),
            _("Ce qu’on peut ne pas répondre, et ce qui arrive alors."),
            _(
                "Répondre est facultatif, et chaque question aussi : vous pouvez passer, vous arrêter et revenir. "
                "Ne pas répondre n’a aucune conséquence pour vous."
            ),
        ),
        "recipients": (
            _("Destinataires"),
            _("Qui lit les réponses une par une, et qui ne voit que des totaux."),
            _(
                "Le service [nom du service] lit les réponses, avec [bureau d’études ou aucun prestataire], qui n’en "
                "garde rien. Le comité de pilotage ne voit que des totaux et des extraits sans nom. Les réponses sont "
                "hébergées par [hébergeur, pays] et ne quittent pas l’Union européenne."
            ),
        ),
        "retention": (
            _("Durée de conservation"),
            _("Jusqu’à quand les réponses sont gardées ; ensuite seuls les totaux restent."),
            _(
                "Les réponses sont gardées jusqu’au %(until)s, le temps d’écrire et d’évaluer le contrat de ville, "
                "puis effacées. Seuls des totaux, qui ne permettent de reconnaître personne, sont conservés."
            ),
        ),
    }


def _what_one_may_do() -> dict[str, tuple[str, str, str]]:
    return {
        "rights": (
            _("Droits des personnes"),
            _("Accès, rectification, effacement, opposition, limitation, et comment les exercer sans donner son nom."),
            _(
                "Le code remis à la fin vous permet de revoir votre réponse, de la corriger ou de l’effacer vous-même. "
                "Vous pouvez aussi demander à y accéder, vous opposer à son usage ou en demander la limitation. "
                "Sans ce code, personne ne peut savoir quelle réponse est la vôtre (article 11 du règlement)."
            ),
        ),
        "dpo": (
            _("Délégué·e à la protection des données"),
            _("À qui écrire : une adresse électronique et une adresse postale."),
            _("Délégué à la protection des données de %(who)s : [adresse électronique], [adresse postale]."),
        ),
        "complaint": (
            _("Réclamation auprès de la CNIL"),
            _("Le droit de se plaindre auprès de l’autorité de contrôle, avec son adresse."),
            _(
                "Si vous estimez que vos droits ne sont pas respectés, vous pouvez adresser une réclamation à la CNIL, "
                "3 place de Fontenoy, TSA 80715, 75334 Paris Cedex 07, ou sur www.cnil.fr."
            ),
        ),
    }
