"""The style of the page, with the values of the palette and the typeface inside: nothing is asked of a network."""

from __future__ import annotations

import base64
from pathlib import Path

from analysis import palette

_FONTS = Path(__file__).resolve().parents[3] / "static" / "vendor" / "fonts"
_WEIGHTS = (400, 700)


def css() -> str:
    """Return the whole style sheet."""
    shares = "".join(
        f".s{rank}{{background:{colour};color:{palette.ink_on(colour)}}}" for rank, colour in enumerate(palette.SHARES)
    )
    return f"{_faces()}:root{{{_tokens()}}}{shares}{_RULES}"


def _faces() -> str:
    """Return the typeface where it is at hand; without it the page reads in the sans serif of the machine."""
    faces = []
    for weight in _WEIGHTS:
        file = _FONTS / f"atkinson-hyperlegible-next-latin-{weight}-normal.woff2"
        if file.is_file():
            data = base64.b64encode(file.read_bytes()).decode()
            faces.append(
                f'@font-face{{font-family:"{palette.FONT}";font-weight:{weight};'
                f"src:url(data:font/woff2;base64,{data})}}"
            )
    return "".join(faces)


def _tokens() -> str:
    values = {
        "paper": palette.PAPER,
        "ink": palette.INK,
        "ink-2": palette.INK_2,
        "line": palette.LINE,
        "accent": palette.ACCENT,
    }
    return "".join(f"--{name}:{value};" for name, value in values.items())


_RULES = """
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);line-height:1.5;font-size:1.0625rem;
font-family:"Atkinson Hyperlegible Next","Segoe UI",Roboto,"Noto Sans",sans-serif;
font-variant-numeric:tabular-nums}
.top,main,.foot{max-width:72rem;margin:0 auto;padding:0 clamp(1rem,4vw,2.5rem)}
.top{padding-top:1.5rem;font-weight:700}
h1{font-size:clamp(1.6rem,4vw,2.125rem);line-height:1.2;margin:1.2rem 0 .4rem;max-width:34ch}
h2{font-size:1.45rem;line-height:1.2;margin:3rem 0 .3rem}
h3{font-size:1.125rem;margin:1.6rem 0 .3rem}
p{max-width:68ch;margin:.3rem 0 .8rem}
.lede{font-size:1.2rem;color:var(--ink-2)}
.unit,.who,.foot,small,nav{color:var(--ink-2);font-size:.9375rem}
nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1.4rem;padding:0;margin:1rem 0}
a{color:var(--accent);text-underline-offset:.15em}
a:focus-visible,summary:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.skip{position:absolute;left:-60rem}
.skip:focus{left:1rem;top:1rem;background:#fff;padding:.6rem 1rem;z-index:1}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;max-width:60rem}
caption{text-align:start;color:var(--ink-2);font-size:.9375rem;padding-bottom:.6rem}
th{text-align:start;font-weight:400}
thead th{color:var(--ink-2);font-size:.9375rem;vertical-align:bottom;padding:.2rem .5rem}
.bars th[scope=row]{width:19rem;text-align:end;padding:.2rem .8rem .2rem 0;line-height:1.2}
.bars td{padding:.15rem 0;white-space:nowrap}
.bar{display:inline-block;height:1.45rem;vertical-align:middle;border-radius:2px;background:var(--c,var(--accent));
margin-inline-end:.6rem;min-width:2px}
.n{color:var(--ink-2);margin-inline-start:.5rem;font-size:.9375rem}
.hidden{border:1px dashed #737b83;border-radius:3px;padding:0 .5rem;color:var(--ink-2);font-size:.9375rem}
.matrix{border-collapse:separate;border-spacing:3px;max-width:none;font-size:.9375rem}
.matrix th[scope=row]{font-weight:700;padding:.3rem .6rem .3rem 0;min-width:11rem;max-width:19rem}
.matrix thead th{text-align:center}
.matrix td{text-align:center;border-radius:3px;min-width:6rem;padding:.35rem .3rem;line-height:1.2}
.matrix td.care{background-image:repeating-linear-gradient(135deg,transparent 0 5px,rgb(27 36 48/16%) 5px 6.5px)}
.matrix td.hid{border:1px dashed #737b83;color:var(--ink-2)}
.matrix td.none{color:var(--ink-2)}
.matrix td b,.matrix td span{display:block}
.figures{display:flex;flex-wrap:wrap;gap:.5rem 3rem;margin:1rem 0;padding:0}
.figures div{display:flex;flex-direction:column-reverse}
.figures dt{color:var(--ink-2)}
.figures dd{margin:0;font-size:2.75rem;font-weight:700;line-height:1.1}
details{border-top:1px solid var(--line);padding:.5rem 0;max-width:60rem}
summary{cursor:pointer;padding:.4rem 0;min-height:2.5rem}
summary b{margin-inline-end:.6rem}
blockquote{margin:.8rem 0;padding-inline-start:1rem;max-width:64ch;
border-inline-start:3px solid var(--c,var(--accent))}
blockquote p{margin:0}
.grid td{text-align:end;padding:.25rem .5rem;border-top:1px solid var(--line)}
.grid th[scope=row]{padding:.25rem .5rem .25rem 0;border-top:1px solid var(--line)}
.foot{border-top:1px solid var(--line);margin-top:3rem;padding-top:1rem;padding-bottom:3rem}
@media (max-width:40rem){.bars th[scope=row],.bars td{display:block;width:auto;text-align:start;padding:.1rem 0}
.bars td{white-space:normal}}
@media print{details{break-inside:avoid}.skip,nav{display:none}}
"""
