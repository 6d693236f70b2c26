"""Shapes, styles and the slide master, written in the language of the format."""

from __future__ import annotations

from analysis.report.geometry import BOTTOM, INNER, LEFT, NUMBER, TITLE, TOP, Box, Slot

NS = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)


def shape(number: int, name: str, box: Box, kind: str, slot: int | None, *, style: str = "", text: str = "") -> str:
    index = "" if slot is None or slot == Slot.TITLE else f' idx="{slot}"'
    prompt = text or name
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="{kind}"{index}/></p:nvPr></p:nvSpPr>'
        f"<p:spPr>{box.xml()}</p:spPr>"
        f'<p:txBody>{style or _STYLE}<a:p><a:r><a:rPr lang="fr-FR"/><a:t>{prompt}</a:t></a:r></a:p></p:txBody></p:sp>'
    )


_STYLE = "<a:bodyPr/><a:lstStyle/>"
ZERO = 'lIns="0" tIns="0" rIns="0" bIns="0"'


def text_style(size: int, *, colour: str = "tx1", bold: bool = False, anchor: str = "t", align: str = "l") -> str:
    weight = ' b="1"' if bold else ' b="0"'
    return (
        f'<a:bodyPr {ZERO} anchor="{anchor}"><a:normAutofit/></a:bodyPr><a:lstStyle><a:lvl1pPr marL="0" indent="0" '
        f'algn="{align}"><a:buNone/><a:defRPr sz="{size * 100}"{weight}><a:solidFill><a:schemeClr val="{colour}"/>'
        "</a:solidFill></a:defRPr></a:lvl1pPr></a:lstStyle>"
    )


def level(number: int, size: int, before: int, *, bold: bool = False) -> str:
    """One level of text on any master: no bullet, no indent, what is said darker than what is said of it."""
    colour = "tx1" if number == 1 else "tx2"
    return (
        f'<a:lvl{number}pPr marL="0" indent="0" algn="l"><a:spcBef><a:spcPts val="{before}"/></a:spcBef><a:buNone/>'
        f'<a:defRPr sz="{size * 100}" b="{int(bold)}"><a:solidFill><a:schemeClr val="{colour}"/></a:solidFill>'
        f"</a:defRPr></a:lvl{number}pPr>"
    )


CAPTION_STYLE = (
    f'<a:bodyPr {ZERO} anchor="t"><a:normAutofit/></a:bodyPr><a:lstStyle>'
    f"{level(1, 14, 0, bold=True)}{level(2, 14, 0)}</a:lstStyle>"
)


def bullets(size: int) -> str:
    return (
        f'<a:bodyPr {ZERO}><a:normAutofit/></a:bodyPr><a:lstStyle><a:lvl1pPr marL="228600" indent="-228600">'
        '<a:spcBef><a:spcPts val="700"/></a:spcBef><a:buFont typeface="Arial"/><a:buChar char="•"/>'
        f'<a:defRPr sz="{size * 100}"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill></a:defRPr></a:lvl1pPr>'
        "</a:lstStyle>"
    )


def two_levels(size: int = 16, under: int = 14) -> str:
    return (
        f"<a:bodyPr {ZERO}><a:normAutofit/></a:bodyPr><a:lstStyle>"
        f"{level(1, size, 1100)}{level(2, under, 200)}</a:lstStyle>"
    )


def rule(number: int, x: float, y: float, w: float, h: float, colour: str = "D9DBD6", weight: int = 12700) -> str:
    return (
        f'<p:cxnSp><p:nvCxnSpPr><p:cNvPr id="{number}" name="Filet {number}" descr=""/><p:cNvCxnSpPr/><p:nvPr '
        f'userDrawn="1"/></p:nvCxnSpPr><p:spPr>{Box(x, y, w, h).xml()}<a:prstGeom prst="line"><a:avLst/></a:prstGeom>'
        f'<a:ln w="{weight}"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></a:ln></p:spPr></p:cxnSp>'
    )


def slide_number(identifier: int) -> str:
    look = text_style(14, colour="tx2", align="r")
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{identifier}" name="Numéro"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="sldNum" sz="quarter" idx="4"/></p:nvPr></p:nvSpPr><p:spPr>{NUMBER.xml()}</p:spPr>'
        f'<p:txBody>{look}<a:p><a:fld id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum">'
        '<a:rPr lang="fr-FR"/><a:t>‹N°›</a:t></a:fld></a:p></p:txBody></p:sp>'
    )


def master_shapes() -> list[str]:
    body = Box(LEFT, TOP, INNER, BOTTOM - TOP)
    title = f'<a:bodyPr {ZERO} anchor="t"><a:normAutofit/></a:bodyPr><a:lstStyle/>'
    return [
        shape(2, "Titre", TITLE, "title", None, style=title, text="Le titre dit le constat"),
        shape(3, "Texte", body, "body", 1, style=f"<a:bodyPr {ZERO}><a:normAutofit/></a:bodyPr><a:lstStyle/>"),
        slide_number(4),
    ]


def text_styles() -> str:
    def styled(number: int, size: int, colour: str, before: int, *, bold: bool = False, face: str = "mn") -> str:
        return (
            f'<a:lvl{number}pPr marL="0" indent="0" algn="l" rtl="0"><a:spcBef><a:spcPts val="{before}"/></a:spcBef>'
            f'<a:buNone/><a:defRPr sz="{size * 100}" b="{int(bold)}" kern="1200"><a:solidFill><a:schemeClr '
            f'val="{colour}"/></a:solidFill><a:latin typeface="+{face}-lt"/><a:ea typeface="+{face}-ea"/>'
            f'<a:cs typeface="+{face}-cs"/></a:defRPr></a:lvl{number}pPr>'
        )

    title = styled(1, 26, "tx1", 0, bold=True, face="mj")
    body = "".join(
        styled(n, 16 if n == 1 else 14, "tx1" if n == 1 else "tx2", 1000 if n == 1 else 100) for n in range(1, 10)
    )
    other = "".join(styled(n, 14, "tx1", 0) for n in range(1, 10))
    return (
        f"<p:txStyles {NS}><p:titleStyle>{title}</p:titleStyle><p:bodyStyle>{body}</p:bodyStyle>"
        f"<p:otherStyle>{other}</p:otherStyle></p:txStyles>"
    )
