"""Shapes of a slide as XML: text boxes, boxes, lines, free forms. Lengths are points."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from crm_pilot.records import dataclass
from crm_pilot.reports.slides_style import BODY, colour, emu, leading

NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
LANGUAGES = {"fr": "fr-FR", "en": "en-GB"}
ALIGN = {"left": "l", "right": "r", "middle": "ctr"}

Spot = tuple[float, float]


@dataclass(frozen=True)
class Run:
    """A stretch of text in one weight, ink and size."""

    text: str
    bold: bool = False
    ink: str = "text"
    size: float = BODY


@dataclass(frozen=True)
class Para:
    """A paragraph; `hang`: with a dash and its lines indented by as much; `after`: space below."""

    runs: tuple[Run, ...]
    align: str = "left"
    hang: float = 0.0
    after: float = 0.0

    @property
    def line(self) -> float:
        """Height of its lines."""
        return max((leading(run.size) for run in self.runs), default=leading(BODY))


def para(
    text: str, size: float = BODY, *, bold: bool = False, ink: str = "text", align: str = "left"
) -> Para:
    """A paragraph of one run."""
    return Para((Run(text, bold, ink, size),), align)


def safe(text: str) -> str:
    """A text for XML."""
    return escape(_CONTROL.sub("", text))


def attribute(text: str) -> str:
    """A text as a quoted attribute."""
    return quoteattr(_CONTROL.sub("", text))


def run_xml(run: Run, language: str) -> str:
    """A run, in the language that spelling is checked in."""
    bold = ' b="1"' if run.bold else ' b="0"'
    return (
        f'<a:r><a:rPr lang="{LANGUAGES[language]}" sz="{round(run.size * 100)}"{bold} dirty="0">'
        f"<a:solidFill>{colour(run.ink)}</a:solidFill></a:rPr><a:t>{safe(run.text)}</a:t></a:r>"
    )


def para_xml(one: Para, language: str) -> str:
    """A paragraph with lines of fixed height."""
    indent = emu(one.hang)
    hang = f' marL="{indent}" indent="{-indent}"' if indent else ' marL="0" indent="0"'
    bullet = '<a:buFont typeface="+mj-lt"/><a:buChar char="–"/>' if indent else "<a:buNone/>"
    return (
        f'<a:p><a:pPr{hang} algn="{ALIGN[one.align]}">'
        f'<a:lnSpc><a:spcPts val="{round(one.line * 100)}"/></a:lnSpc>'
        f'<a:spcBef><a:spcPts val="0"/></a:spcBef>'
        f'<a:spcAft><a:spcPts val="{round(one.after * 100)}"/></a:spcAft>{bullet}</a:pPr>'
        + "".join(run_xml(run, language) for run in one.runs)
        + "</a:p>"
    )


def body_xml(paras: Sequence[Para], language: str, anchor: str = "t", *, tag: str = "p") -> str:
    """The text of a shape without inner margins; nothing shrinks by itself."""
    inner = "".join(para_xml(one, language) for one in paras) or "<a:p/>"
    return (
        f'<{tag}:txBody><a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" '
        f'anchor="{anchor}"><a:noAutofit/></a:bodyPr><a:lstStyle/>{inner}</{tag}:txBody>'
    )


def place_xml(x: float, y: float, wide: float, high: float, *, flip: bool = False) -> str:
    """Where a shape stands."""
    turn = ' flipV="1"' if flip else ""
    return (
        f'<a:xfrm{turn}><a:off x="{emu(x)}" y="{emu(y)}"/>'
        f'<a:ext cx="{emu(wide)}" cy="{emu(high)}"/></a:xfrm>'
    )


def names_xml(key: int, name: str, describe: str = "") -> str:
    """Number, name and description (for screen readers) of a shape."""
    told = f" descr={attribute(describe)}" if describe else ""
    return f'<p:cNvPr id="{key}" name={attribute(name)}{told}/>'


def text_box(
    key: int,
    name: str,
    x: float,
    y: float,
    wide: float,
    high: float,
    paras: Sequence[Para],
    language: str,
    anchor: str = "t",
) -> str:
    """A box of text."""
    return (
        f"<p:sp {NAMESPACES}><p:nvSpPr>{names_xml(key, name)}"
        f'<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr>{place_xml(x, y, wide, high)}'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr>'
        f"{body_xml(paras, language, anchor)}</p:sp>"
    )


def stroke(ink: str, weight: float, *, dash: str = "", arrow: bool = False) -> str:
    """The line of a shape; `dash` is one of the format's own (`sysDot`, `dash`)."""
    if not ink or not weight:
        return "<a:ln><a:noFill/></a:ln>"
    dashes = f'<a:prstDash val="{dash}"/>' if dash else ""
    head = '<a:tailEnd type="arrow" w="med" len="med"/>' if arrow else ""
    return (
        f'<a:ln w="{emu(weight)}" cap="flat"><a:solidFill>{colour(ink)}</a:solidFill>'
        f"{dashes}<a:round/>{head}</a:ln>"
    )


def fill_xml(fill: str, pattern: str = "") -> str:
    """What a shape is filled with: a colour, a pattern of it on white, or nothing."""
    if not fill:
        return "<a:noFill/>"
    if pattern:
        return (
            f'<a:pattFill prst="{pattern}"><a:fgClr>{colour(fill)}</a:fgClr>'
            f"<a:bgClr>{colour('surface')}</a:bgClr></a:pattFill>"
        )
    return f"<a:solidFill>{colour(fill)}</a:solidFill>"


def form(
    key: int,
    name: str,
    x: float,
    y: float,
    wide: float,
    high: float,
    *,
    shape: str = "rect",
    fill: str = "",
    pattern: str = "",
    ink: str = "",
    weight: float = 0.0,
    describe: str = "",
) -> str:
    """A form of the program's own: `rect`, `ellipse`, `triangle`, `diamond`."""
    return (
        f"<p:sp {NAMESPACES}><p:nvSpPr>{names_xml(key, name, describe)}<p:cNvSpPr/><p:nvPr/>"
        f"</p:nvSpPr><p:spPr>{place_xml(x, y, wide, high)}"
        f'<a:prstGeom prst="{shape}"><a:avLst/></a:prstGeom>{fill_xml(fill, pattern)}'
        f"{stroke(ink, weight)}</p:spPr>{body_xml((), 'en')}</p:sp>"
    )


def line(
    key: int,
    name: str,
    start: Spot,
    end: Spot,
    *,
    ink: str = "line",
    weight: float = 0.75,
    dash: str = "",
    arrow: bool = False,
) -> str:
    """A straight line from left to right, or downwards."""
    (x1, y1), (x2, y2) = start, end
    place = place_xml(min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1), flip=y2 < y1)
    return (
        f"<p:cxnSp {NAMESPACES}><p:nvCxnSpPr>{names_xml(key, name)}<p:cNvCxnSpPr/><p:nvPr/>"
        f'</p:nvCxnSpPr><p:spPr>{place}<a:prstGeom prst="line"><a:avLst/></a:prstGeom>'
        f"{stroke(ink, weight, dash=dash, arrow=arrow)}</p:spPr></p:cxnSp>"
    )


@dataclass(frozen=True)
class Outline:
    """A path on a square of 1000 by 1000: `M x y`, `L x y`, `C x y x y x y`, `Z`."""

    steps: str
    fill: str = ""
    ink: str = ""


def drawing(
    key: int,
    name: str,
    x: float,
    y: float,
    size: float,
    outlines: Sequence[Outline],
    weight: float,
    describe: str,
) -> str:
    """Several paths as one group, which is one sign for those who hear the slide."""
    inner = "".join(
        _path(key + 1 + number, name, x, y, size, one, weight)
        for number, one in enumerate(outlines)
    )
    at = f'<a:off x="{emu(x)}" y="{emu(y)}"/><a:ext cx="{emu(size)}" cy="{emu(size)}"/>'
    child = at.replace("a:off", "a:chOff").replace("a:ext", "a:chExt")
    return (
        f"<p:grpSp {NAMESPACES}><p:nvGrpSpPr>{names_xml(key, name, describe)}<p:cNvGrpSpPr/>"
        f"<p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>{at}{child}</a:xfrm></p:grpSpPr>"
        f"{inner}</p:grpSp>"
    )


def _path(key: int, name: str, x: float, y: float, size: float, one: Outline, weight: float) -> str:
    steps = "".join(_step(part) for part in re.findall(r"[MLCZ][^MLCZ]*", one.steps))
    filled = "" if one.fill else ' fill="none"'
    return (
        f"<p:sp><p:nvSpPr>{names_xml(key, name)}<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>"
        f"{place_xml(x, y, size, size)}<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
        f'<a:rect l="0" t="0" r="r" b="b"/><a:pathLst><a:path w="1000" h="1000"{filled}>{steps}'
        f"</a:path></a:pathLst></a:custGeom>{fill_xml(one.fill)}{stroke(one.ink, weight)}"
        f"</p:spPr>{body_xml((), 'en')}</p:sp>"
    )


def _step(part: str) -> str:
    numbers = [round(float(value)) for value in part[1:].split()]
    points = "".join(
        f'<a:pt x="{x}" y="{y}"/>' for x, y in zip(numbers[::2], numbers[1::2], strict=True)
    )
    if part[0] == "Z":
        return "<a:close/>"
    name = {"M": "moveTo", "L": "lnTo", "C": "cubicBezTo"}[part[0]]
    return f"<a:{name}>{points}</a:{name}>"
