"""The layouts: where the title, the base, the charts and the words go, on one grid."""

from __future__ import annotations

from analysis.report.geometry import (
    BOTTOM,
    CAPTION,
    FOOT,
    GAP,
    INNER,
    LEFT,
    STRIP,
    SUBTITLE,
    THIRD,
    TITLE,
    TOP,
    UNDER_CAPTION,
    UNDER_CARDS,
    UNDER_PAIR,
    UNDER_STRIP,
    Box,
    Slot,
)
from analysis.report.layout_xml import (
    CAPTION_STYLE,
    ZERO,
    bullets,
    level,
    rule,
    shape,
    slide_number,
    text_style,
    two_levels,
)


def layouts() -> list[tuple[str, list[str]]]:
    """Return the name and the shapes of each layout, in the order of `Layout`."""
    return [
        ("Couverture", _cover()),
        ("Partie", _section()),
        ("Constat et paroles", _finding()),
        ("Chiffres", _figures()),
        ("Trois graphiques", _side_by_side(3)),
        ("Tableau", [*_head(), shape(4, "Tableau", _BODY, "tbl", Slot.TABLE), *_tail()]),
        ("Constat pleine largeur", [*_head(), shape(4, "Graphique", _BODY, "chart", Slot.CHART), *_tail()]),
        ("Texte", _columns(bullets(16))),
        ("Paroles", _strip()),
        ("Deux graphiques", _side_by_side(2)),
        ("Deux thèmes", _pair()),
        ("L’essentiel", _essentials()),
    ]


_BODY = Box(LEFT, TOP, INNER, BOTTOM - TOP)


def _head() -> list[str]:
    anchored = f'<a:bodyPr {ZERO} anchor="b"><a:normAutofit/></a:bodyPr><a:lstStyle/>'
    return [
        shape(2, "Titre", TITLE, "title", None, style=anchored, text="Le titre dit le constat"),
        shape(3, "Base", SUBTITLE, "body", Slot.SUBTITLE, style=text_style(16, colour="tx2"), text="Base et unité"),
    ]


def _tail() -> list[str]:
    return [
        rule(90, LEFT, FOOT.y - 0.09, INNER, 0),
        shape(91, "Pied", FOOT, "body", Slot.FOOT, style=text_style(14, colour="tx2"), text="Source, base, version"),
        slide_number(92),
    ]


def _cover() -> list[str]:
    title = Box(LEFT, 1.5, 11.6, 2.1)
    return [
        shape(3, "Titre", title, "ctrTitle", None, style=text_style(44, bold=True, anchor="b")),
        rule(2, LEFT, 3.85, 1.4, 0, "0B5D66", 57150),
        shape(4, "Sous-titre", Box(LEFT, 4.15, 11.2, 1.5), "body", Slot.SUBTITLE, style=text_style(22, colour="tx2")),
        shape(5, "Date", Box(LEFT, 6.4, 11.2, 0.5), "body", Slot.FOOT, style=text_style(16, colour="tx2")),
    ]


def _section() -> list[str]:
    return [
        shape(3, "Titre", Box(LEFT, 2.3, 11.2, 1.1), "title", None, style=text_style(40, bold=True, anchor="b")),
        rule(2, LEFT, 3.65, 1.4, 0, "0B5D66", 57150),
        shape(4, "Annonce", Box(LEFT, 3.95, 10.6, 1.9), "body", Slot.SUBTITLE, style=text_style(20, colour="tx2")),
        slide_number(5),
    ]


def _finding() -> list[str]:
    side = Box(LEFT + THIRD + GAP, TOP, INNER - THIRD - GAP, BOTTOM - TOP)
    return [
        *_head(),
        shape(4, "Graphique", Box(LEFT, TOP, THIRD, BOTTOM - TOP), "chart", Slot.CHART),
        rule(5, side.x - 0.2, TOP + 0.05, 0, BOTTOM - TOP - 0.1),
        shape(6, "Paroles", side, "body", Slot.SIDE, style=two_levels()),
        *_tail(),
    ]


def _figures() -> list[str]:
    wide = (INNER - 3 * GAP) / 4
    slots = (Slot.FIGURE_1, Slot.FIGURE_2, Slot.FIGURE_3, Slot.FIGURE_4)
    figures = [
        shape(10 + n, f"Chiffre {n + 1}", Box(LEFT + n * (wide + GAP), TOP, wide, 1.35), "body", slot, style=_FIGURE)
        for n, slot in enumerate(slots)
    ]
    low = Box(LEFT, 3.65, THIRD, BOTTOM - 3.65)
    side = Box(LEFT + THIRD + GAP, 3.65, INNER - THIRD - GAP, BOTTOM - 3.65)
    return [
        *_head(),
        *figures,
        shape(20, "Graphique", low, "chart", Slot.CHART),
        shape(22, "Rencontres", side, "body", Slot.SIDE, style=two_levels()),
        *_tail(),
    ]


_FIGURE = (
    f'<a:bodyPr {ZERO} anchor="t"><a:normAutofit/></a:bodyPr><a:lstStyle>'
    f"{level(1, 44, 0, bold=True)}{level(2, 16, 0)}</a:lstStyle>"
)


def _side_by_side(number: int) -> list[str]:
    wide = (INNER - (number - 1) * GAP) / number
    slots = (
        (Slot.CAPTION_1, Slot.CHART),
        (Slot.CAPTION_2, Slot.CHART_2),
        (Slot.CAPTION_3, Slot.CHART_3),
    )
    shapes: list[str] = []
    for n, (caption, chart) in enumerate(slots[:number]):
        x = LEFT + n * (wide + GAP)
        above, below = Box(x, TOP, wide, CAPTION), Box(x, UNDER_CAPTION, wide, BOTTOM - UNDER_CAPTION)
        shapes.append(shape(10 + n, f"Légende {n + 1}", above, "body", caption, style=CAPTION_STYLE))
        shapes.append(shape(20 + n, f"Graphique {n + 1}", below, "chart", chart))
    return [*_head(), *shapes, *_tail()]


def _columns(style: str) -> list[str]:
    wide = (INNER - GAP) / 2
    return [
        *_head(),
        shape(4, "Texte", Box(LEFT, TOP, wide, BOTTOM - TOP), "body", Slot.TEXT, style=style),
        shape(5, "Suite", Box(LEFT + wide + GAP, TOP, wide, BOTTOM - TOP), "body", Slot.TEXT_2, style=style),
        *_tail(),
    ]


def _strip() -> list[str]:
    """A few bars over the whole width, and the words of people, larger, under them."""
    wide = (INNER - GAP) / 2
    under = BOTTOM - UNDER_STRIP
    return [
        *_head(),
        shape(4, "Graphique", Box(LEFT, TOP, INNER, STRIP), "chart", Slot.CHART),
        shape(5, "Paroles", Box(LEFT, UNDER_STRIP, wide, under), "body", Slot.TEXT, style=two_levels(20)),
        shape(6, "Suite", Box(LEFT + wide + GAP, UNDER_STRIP, wide, under), "body", Slot.TEXT_2, style=two_levels(20)),
        *_tail(),
    ]


def _pair() -> list[str]:
    """Two themes side by side: each its name and base, a few bars, and words of people."""
    wide = (INNER - GAP) / 2
    slots = ((Slot.CAPTION_1, Slot.CHART, Slot.TEXT), (Slot.CAPTION_2, Slot.CHART_2, Slot.TEXT_2))
    shapes = [rule(9, LEFT + wide + GAP / 2, TOP + 0.05, 0, BOTTOM - TOP - 0.1)]
    for n, (caption, chart, text) in enumerate(slots):
        x, low = LEFT + n * (wide + GAP), UNDER_PAIR + STRIP
        shapes += [
            shape(10 + n, f"Thème {n + 1}", Box(x, TOP, wide, UNDER_PAIR - TOP), "body", caption, style=CAPTION_STYLE),
            shape(20 + n, f"Graphique {n + 1}", Box(x, UNDER_PAIR, wide, STRIP), "chart", chart),
            shape(30 + n, f"Paroles {n + 1}", Box(x, low, wide, BOTTOM - low), "body", text, style=two_levels()),
        ]
    return [*_head(), *shapes, *_tail()]


def _essentials() -> list[str]:
    """Three themes side by side, and two columns of words under them."""
    third, half = (INNER - 2 * GAP) / 3, (INNER - GAP) / 2
    cards = (Slot.CAPTION_1, Slot.CAPTION_2, Slot.CAPTION_3)
    columns = ((Slot.TEXT, "Qui manque"), (Slot.TEXT_2, "Ce qui est demandé"))
    shapes = [
        shape(
            10 + n,
            f"Priorité {n + 1}",
            Box(LEFT + n * (third + GAP), TOP, third, UNDER_CARDS - TOP - 0.15),
            "body",
            slot,
            style=two_levels(20, 16),
        )
        for n, slot in enumerate(cards)
    ]
    shapes.append(rule(20, LEFT, UNDER_CARDS, INNER, 0))
    low = UNDER_CARDS + 0.12
    for n, (slot, name) in enumerate(columns):
        box = Box(LEFT + n * (half + GAP), low, half, BOTTOM - low)
        shapes.append(shape(21 + n, name, box, "body", slot, style=two_levels(16, 16)))
    return [*_head(), *shapes, *_tail()]
