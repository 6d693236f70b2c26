"""One sample of every kind of question: what it takes, what it refuses, what it exports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

LONG = "é😀 ‎مرحبا\n" * 500
OPTIONS = ["Sécurité", "Propreté", {"code": "autre", "label": "Autre", "other": True}]


@dataclass(frozen=True)
class Sample:
    """`good` pairs a raw value with what is stored; `exported` are the cells of each good value, in order."""

    question: dict[str, Any]
    good: tuple[tuple[Any, Any], ...]
    bad: tuple[Any, ...]
    exported: tuple[dict[str, Any], ...]


SAMPLES = (
    Sample(
        {"kind": "short_text", "name": "rue", "label": "Quelle rue ?"},
        ((" rue des Lices ", "rue des Lices"), ("=1+1", "=1+1")),
        ("a" * 201,),
        ({"rue": "rue des Lices"}, {"rue": "=1+1"}),
    ),
    Sample(
        {"kind": "long_text", "name": "besoins", "label": "Quels besoins ?"},
        (("plus de\r\nbus", "plus de\nbus"), (LONG[:5000], LONG[:5000].strip())),
        ("a" * 5001,),
        ({"besoins": "plus de\nbus"}, {"besoins": LONG[:5000].strip()}),
    ),
    Sample(
        {"kind": "one_choice", "name": "sujet", "label": "Quel sujet ?", "options": OPTIONS},
        (("securite", "securite"), ({"choice": "autre", "other": "chats"}, {"choice": "autre", "other": "chats"})),
        ("chats", {"choice": "inconnu"}, {"choice": "autre", "other": "a" * 201}),
        ({"sujet": "securite"}, {"sujet": "autre", "sujet.autre": "chats"}),
    ),
    Sample(
        {"kind": "several_choices", "name": "priorites", "label": "Priorités ?", "options": OPTIONS, "maximum": 2},
        (
            (["proprete", "securite"], ["securite", "proprete"]),
            ({"choices": ["autre"], "other": "chats"}, {"choices": ["autre"], "other": "chats"}),
        ),
        (["securite", "proprete", "autre"], ["inconnu"], {"choices": ["autre"], "other": "a" * 201}),
        ({"priorites": "securite|proprete"}, {"priorites": "autre", "priorites.autre": "chats"}),
    ),
    Sample(
        {"kind": "scale", "name": "ressenti", "label": "Comment ?", "options": ["Très mal", "Mal", "Bien"]},
        (("bien", "bien"), ("tres-mal", "tres-mal")),
        ("moyen",),
        ({"ressenti": "bien"}, {"ressenti": "tres-mal"}),
    ),
    Sample(
        {"kind": "grid", "name": "g", "label": "Jugez", "rows": ["Bus", "Parcs"], "options": ["Mal", "Bien"]},
        (({"bus": "mal", "parcs": "bien"}, {"bus": "mal", "parcs": "bien"}), ({"parcs": "mal"}, {"parcs": "mal"})),
        ({"bus": "moyen"},),
        ({"g.bus": "mal", "g.parcs": "bien"}, {"g.parcs": "mal"}),
    ),
    Sample(
        {"kind": "ranking", "name": "ordre", "label": "Classez", "options": ["Bus", "Parcs", "Écoles"], "maximum": 2},
        ((["parcs", "bus", ""], ["parcs", "bus"]), (["ecoles"], ["ecoles"])),
        (["bus", "bus"], ["inconnu"], ["", "bus"], ["bus", "", "parcs"], ["bus", "parcs", "ecoles"]),
        ({"ordre": "parcs|bus"}, {"ordre": "ecoles"}),
    ),
    Sample(
        {"kind": "number", "name": "annees", "label": "Combien ?", "minimum": 0, "maximum": 2000},
        (("12", 12), ("1 240,5", 1240.5)),
        ("douze", "-1", "2001", "1e9", "nan", "9" * 400),
        ({"annees": 12}, {"annees": 1240.5}),
    ),
    Sample(
        {"kind": "date", "name": "jour", "label": "Quand ?"},
        (
            ("13/06/2023", "2023-06-13"),
            ("2023-05-02", "2023-05-02"),
            ("12/6/23", "2023-06-12"),
            ("1er août 2023", "2023-08-01"),
        ),
        ("31/02/2023", "hier", "0000-00-00", "12 brumaire 2023", "1/2/3"),
        ({"jour": "2023-06-13"}, {"jour": "2023-05-02"}, {"jour": "2023-06-12"}, {"jour": "2023-08-01"}),
    ),
    Sample(
        {"kind": "yes_no", "name": "deja", "label": "Déjà ?"},
        (("oui", "oui"), ("non", "non")),
        ("peut-être",),
        ({"deja": "oui"}, {"deja": "non"}),
    ),
    Sample(
        {"kind": "quartier", "name": "quartier", "label": "Où ?", "options": ["Grazailles", "La Reille"]},
        (("grazailles", "grazailles"), ("la-reille", "la-reille")),
        ("ailleurs",),
        ({"quartier": "grazailles"}, {"quartier": "la-reille"}),
    ),
    Sample(
        {"kind": "age_band", "name": "age", "label": "Votre âge ?"},
        (("18-24", "18-24"), ("75-plus", "75-plus")),
        ("vieux",),
        ({"age": "18-24"}, {"age": "75-plus"}),
    ),
    Sample({"kind": "note", "name": "merci", "label": "Merci."}, (), (), ()),
)
