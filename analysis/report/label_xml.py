"""Labels of bars that say the share and, from a column of the workbook, the count: python-pptx knows no such field."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from pptx.oxml import parse_xml

_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_NS = (
    f'xmlns:c="{_C}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:c15="http://schemas.microsoft.com/office/drawing/2012/chart"'
)
_RANGE_URI = "{02D57815-91ED-43cb-92C2-25804820EDAC}"
_LABEL_URI = "{CE6537A1-D6FC-4f65-9D91-7224C49458BB}"
_HIDDEN = "".join(f'<c:{name} val="0"/>' for name in ("showCatName", "showSerName", "showPercent", "showBubbleSize"))


def add(series: Any, labels: Sequence[tuple[str, str]], *, column: str) -> None:
    """Label each bar of a series (its XML element) with a share in bold, then the cell of `column` on its row."""
    points = "".join(_point(rank, share, count) for rank, (share, count) in enumerate(labels))
    labelled = parse_xml(
        f'<c:dLbls {_NS}>{points}<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr><c:dLblPos val="outEnd"/>'
        f'<c:showLegendKey val="0"/><c:showVal val="1"/>{_HIDDEN}</c:dLbls>'
    )
    series.find(f"{{{_C}}}cat").addprevious(labelled)
    series.append(parse_xml(_range(column, [count for _share, count in labels])))


def _point(rank: int, share: str, count: str) -> str:
    value = _field("VALUE", rank, share, "tx1", bold=True)
    from_cell = _field("CELLRANGE", rank, count, "tx2", bold=False)
    apart = '<a:r><a:rPr lang="fr-FR" sz="1400"/><a:t> </a:t></a:r>'
    gap = '<a:r><a:rPr lang="fr-FR" sz="1400"/><a:t>  </a:t></a:r>'
    return (
        f'<c:dLbl><c:idx val="{rank}"/><c:tx><c:rich><a:bodyPr wrap="none"/>'
        f"<a:p>{apart}{value}{gap}{from_cell}</a:p></c:rich></c:tx>"
        f'<c:dLblPos val="outEnd"/><c:showLegendKey val="0"/><c:showVal val="1"/>{_HIDDEN}'
        f'<c:extLst><c:ext uri="{_LABEL_URI}"><c15:dlblFieldTable/><c15:showDataLabelsRange val="1"/></c:ext>'
        "</c:extLst></c:dLbl>"
    )


def _field(kind: str, rank: int, text: str, colour: str, *, bold: bool) -> str:
    identifier = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{kind}{rank}")).upper()
    return (
        f'<a:fld id="{{{identifier}}}" type="{kind}"><a:rPr lang="fr-FR" sz="1400" b="{int(bold)}"><a:solidFill>'
        f'<a:schemeClr val="{colour}"/></a:solidFill></a:rPr><a:pPr/><a:t>{escape(text)}</a:t></a:fld>'
    )


def _range(column: str, counts: Sequence[str]) -> str:
    points = "".join(f'<c:pt idx="{rank}"><c:v>{escape(count)}</c:v></c:pt>' for rank, count in enumerate(counts))
    return (
        f'<c:extLst {_NS}><c:ext uri="{_RANGE_URI}"><c15:datalabelsRange>'
        f"<c15:f>Sheet1!${column}$2:${column}${len(counts) + 1}</c15:f>"
        f'<c15:dlblRangeCache><c:ptCount val="{len(counts)}"/>{points}</c15:dlblRangeCache>'
        "</c15:datalabelsRange></c:ext></c:extLst>"
    )


def layout(*, x: float, y: float, w: float, h: float) -> str:
    """Where the bars of a chart lie, as parts of its frame."""
    parts = "".join(f'<c:{name} val="{value:.3f}"/>' for name, value in (("x", x), ("y", y), ("w", w), ("h", h)))
    return (
        f'<c:layout {_NS}><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
        f"{parts}</c:manualLayout></c:layout>"
    )
