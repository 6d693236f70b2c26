"""What can be asked: kinds are open, ways to ask (`Widget`) and ways to count (`Scale`) are closed.

A kind is one class that names its words, its rule (`clean`), its widget and its scale. The web knows
widgets, the analysis knows scales, neither knows kinds. To add one, write a class and list it in `KINDS`.
"""

from surveys.questions.base import (
    Invalid,
    Json,
    Option,
    Question,
    Reply,
    Scale,
    Status,
    Widget,
)
from surveys.questions.choices import (
    AgeBand,
    Grid,
    OneChoice,
    Quartier,
    Ranking,
    Rating,
    SeveralChoices,
    YesNo,
)
from surveys.questions.fields import Date, LongText, Note, Number, ShortText

KINDS: dict[str, type[Question]] = {
    kind.kind: kind
    for kind in (
        ShortText,
        LongText,
        OneChoice,
        SeveralChoices,
        Rating,
        Grid,
        Ranking,
        Number,
        Date,
        YesNo,
        Quartier,
        AgeBand,
        Note,
    )
}

__all__ = [
    "KINDS",
    "AgeBand",
    "Date",
    "Grid",
    "Invalid",
    "Json",
    "LongText",
    "Note",
    "Number",
    "OneChoice",
    "Option",
    "Quartier",
    "Question",
    "Ranking",
    "Rating",
    "Reply",
    "Scale",
    "SeveralChoices",
    "ShortText",
    "Status",
    "Widget",
    "YesNo",
]
