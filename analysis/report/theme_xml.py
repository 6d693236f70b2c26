"""The Office theme of the deck: the tokens of the product as the colours and fonts a person finds in the menus."""

from __future__ import annotations

from analysis import palette

#: Colours the Office theme can hold, so that a change of theme changes the deck: token value to its name there.
SCHEME = {
    palette.INK: "tx1",
    palette.SURFACE: "bg1",
    palette.INK_2: "tx2",
    palette.SHARES[0]: "bg2",
    palette.ACCENT: "accent1",
    palette.THEMES["securite"]: "accent2",
    palette.THEMES["proprete"]: "accent3",
    palette.THEMES["mobilite"]: "accent4",
    palette.THEMES["cadre"]: "accent5",
    palette.THEMES["sante"]: "accent6",
}


def _colour(tag: str, value: str) -> str:
    return f'<a:{tag}><a:srgbClr val="{value[1:].upper()}"/></a:{tag}>'


def theme_xml() -> str:
    """Return the theme part."""
    slots = ("dk1", "lt1", "dk2", "lt2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6")
    colours = "".join(_colour(tag, value) for tag, value in zip(slots, SCHEME, strict=True))
    colours += _colour("hlink", palette.ACCENT) + _colour("folHlink", palette.INK_2)
    # The family and its metrics tell a machine without the typeface to fall back on a plain sans serif.
    latin = f'<a:latin typeface="{palette.FONT}" panose="020B0604020202020204" pitchFamily="34" charset="0"/>'
    font = f'{latin}<a:ea typeface=""/><a:cs typeface=""/>'
    extra = "".join(
        f'<a:custClr name="{name}"><a:srgbClr val="{value[1:].upper()}"/></a:custClr>'
        for name, value in palette.THEMES.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Consult"><a:themeElements>'
        f'<a:clrScheme name="Consult">{colours}</a:clrScheme>'
        f'<a:fontScheme name="Consult"><a:majorFont>{font}</a:majorFont>'
        f"<a:minorFont>{font}</a:minorFont></a:fontScheme>"
        f"{_FORMATS}</a:themeElements><a:objectDefaults/><a:extraClrSchemeLst/>"
        f"<a:custClrLst>{extra}</a:custClrLst></a:theme>"
    )


_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_LINE = f'<a:ln w="9525">{_FILL}<a:prstDash val="solid"/></a:ln>'
_FORMATS = (
    f'<a:fmtScheme name="Consult"><a:fillStyleLst>{_FILL * 3}</a:fillStyleLst><a:lnStyleLst>{_LINE * 3}</a:lnStyleLst>'
    f"<a:effectStyleLst>{'<a:effectStyle><a:effectLst/></a:effectStyle>' * 3}</a:effectStyleLst>"
    f"<a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst></a:fmtScheme>"
)
