"""One series of a chart as XML, with its marks and the labels at its points."""

from __future__ import annotations

import datetime as dt
from string import ascii_uppercase

from crm_pilot.reports.slides_chart_spec import ChartSpec, DataSeries, PointLabel, PointLook
from crm_pilot.reports.slides_shapes import attribute, fill_xml, safe, stroke
from crm_pilot.reports.slides_style import NOTE, colour

SHEET = "Data"
# labels stand at their lines; LibreOffice would draw a stroke to those that were moved apart
_NO_LEADERS = (
    '<c:extLst><c:ext uri="{CE6537A1-D6FC-4f65-9D91-7224C49458BB}" '
    'xmlns:c15="http://schemas.microsoft.com/office/drawing/2012/chart">'
    '<c15:showLeaderLines val="0"/></c:ext></c:extLst>'
)
_EPOCH = dt.date(1899, 12, 30)  # day 0 of a spreadsheet


def serial(day: dt.date) -> int:
    """A day as spreadsheets count them."""
    return (day - _EPOCH).days


def series_xml(spec: ChartSpec, number: int, one: DataSeries) -> str:
    """A series; `number` is its place among all of them, which is its column in the sheet."""
    scatter = spec.across is not None
    own = 2 * number + 1 if scatter else number + 1
    head = (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/><c:tx><c:strRef><c:f>'
        f"{SHEET}!${_letters(own)}$1</c:f><c:strCache><c:ptCount "
        f'val="1"/><c:pt idx="0"><c:v>{safe(one.name)}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
    )
    look = _looks(one, scatter=scatter)
    labels = _labels(spec, one)
    values = _numbers(one.values, own, spec.label_format)
    stem = _stem() if one.stem else ""
    if scatter:
        xs = _numbers(one.xs, own - 1, "General")
        return (
            f"{head}{look}{labels}{stem}<c:xVal>{xs}</c:xVal><c:yVal>{values}</c:yVal>"
            '<c:smooth val="0"/></c:ser>'
        )
    tail = '<c:smooth val="0"/>' if one.form == "line" else ""
    return (
        f"{head}{look}{labels}{stem}<c:cat>{_categories(spec)}</c:cat>"
        f"<c:val>{values}</c:val>{tail}</c:ser>"
    )


def _letters(column: int) -> str:
    """`A`, `B`, … `AA` of a column counted from 0."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = ascii_uppercase[rest] + text
    return text


def _numbers(values: tuple[float | None, ...], column: int, form: str) -> str:
    letter = _letters(column)
    points = "".join(
        f'<c:pt idx="{at}"><c:v>{value:.10g}</c:v></c:pt>'
        for at, value in enumerate(values)
        if value is not None
    )
    return (
        f"<c:numRef><c:f>{SHEET}!${letter}$2:${letter}${len(values) + 1}</c:f><c:numCache>"
        f'<c:formatCode>{safe(form)}</c:formatCode><c:ptCount val="{len(values)}"/>{points}'
        "</c:numCache></c:numRef>"
    )


def _categories(spec: ChartSpec) -> str:
    place = f"<c:f>{SHEET}!$A$2:$A${len(spec.categories) + 1}</c:f>"
    days = [one for one in spec.categories if isinstance(one, dt.date)]
    if days:
        points = "".join(
            f'<c:pt idx="{at}"><c:v>{serial(day)}</c:v></c:pt>' for at, day in enumerate(days)
        )
        return (
            f"<c:numRef>{place}<c:numCache><c:formatCode>yyyy\\-mm\\-dd</c:formatCode><c:ptCount "
            f'val="{len(days)}"/>{points}</c:numCache></c:numRef>'
        )
    points = "".join(
        f'<c:pt idx="{at}"><c:v>{safe(str(name))}</c:v></c:pt>'
        for at, name in enumerate(spec.categories)
    )
    return (
        f'<c:strRef>{place}<c:strCache><c:ptCount val="{len(spec.categories)}"/>{points}'
        "</c:strCache></c:strRef>"
    )


# looks -------------------------------------------------------------------------------------------


def _looks(one: DataSeries, *, scatter: bool) -> str:
    if one.form == "line" or scatter:
        return (
            f"<c:spPr>{stroke(one.ink, one.weight, dash=one.dash)}</c:spPr>"
            f"{_mark(one) if one.marks is None else _no_mark()}"
            + "".join(_marked(one, at) for at in sorted(one.marks or ()))
            + (_ended(one) if one.end else "")
        )
    filled = f"{fill_xml(one.fill, one.pattern)}{stroke(one.ink, one.weight if one.ink else 0)}"
    invert = '<c:invertIfNegative val="0"/>' if one.form == "bar" else ""
    return f"<c:spPr>{filled}</c:spPr>{invert}" + "".join(_point(look) for look in one.looks)


def _point(look: PointLook) -> str:
    return (
        f'<c:dPt><c:idx val="{look.at}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/><c:spPr>'
        f"{fill_xml(look.fill, look.pattern)}{stroke(look.ink, 1.0 if look.ink else 0)}"
        "</c:spPr></c:dPt>"
    )


def _no_mark() -> str:
    return '<c:marker><c:symbol val="none"/></c:marker>'


def _mark(one: DataSeries, *, end: str = "") -> str:
    fill = one.ink if end == "done" else one.mark_fill or one.ink
    symbol, size = ("diamond", 10) if end else ("circle", 7)
    return (
        f'<c:marker><c:symbol val="{symbol}"/><c:size val="{size}"/><c:spPr>{fill_xml(fill)}'
        f"{stroke(one.ink, 1.25)}</c:spPr></c:marker>"
    )


def _marked(one: DataSeries, at: int) -> str:
    """A point with a mark; its stretch of the line looks like the others."""
    return (
        f'<c:dPt><c:idx val="{at}"/>{_mark(one)}<c:bubble3D val="0"/>'
        f"<c:spPr>{stroke(one.ink, one.weight, dash=one.dash)}</c:spPr></c:dPt>"
    )


def _ended(one: DataSeries) -> str:
    """The last point of a line of dates: a diamond, dotted up to it while it lies ahead."""
    dash = "sysDot" if one.end == "ahead" else one.dash
    return (
        f'<c:dPt><c:idx val="{len(one.values) - 1}"/>{_mark(one, end=one.end)}'
        f'<c:bubble3D val="0"/><c:spPr>{stroke(one.ink, one.weight, dash=dash)}</c:spPr></c:dPt>'
    )


def _stem() -> str:
    return (
        '<c:errBars><c:errDir val="y"/><c:errBarType val="minus"/><c:errValType val="percentage"/>'
        f'<c:noEndCap val="1"/><c:val val="100"/><c:spPr>{stroke("muted", 1, dash="sysDot")}'
        "</c:spPr></c:errBars>"
    )


# labels ------------------------------------------------------------------------------------------

_SHOWN = (
    '<c:showLegendKey val="0"/><c:showVal val="{value}"/><c:showCatName val="0"/>'
    '<c:showSerName val="{name}"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
)


def _labels(spec: ChartSpec, one: DataSeries) -> str:
    if not one.labels:
        return ""
    inner = "".join(_label(spec, label) for label in sorted(one.labels, key=lambda row: row.at))
    return f"<c:dLbls>{inner}{_SHOWN.format(value=0, name=0)}{_NO_LEADERS}</c:dLbls>"


def _label(spec: ChartSpec, label: PointLabel) -> str:
    moved = (
        f'<c:layout><c:manualLayout><c:x val="{label.dx:.5f}"/><c:y val="{label.dy:.5f}"/>'
        "</c:manualLayout></c:layout>"
        if label.dx or label.dy
        else ""
    )
    look = (
        f'sz="{round(NOTE * 100)}" b="{int(label.bold)}"><a:solidFill>{colour(label.ink)}'
        '</a:solidFill><a:latin typeface="+mn-lt"/>'
    )
    words = (
        '<c:tx><c:rich><a:bodyPr wrap="none"/><a:lstStyle/><a:p><a:r>'
        f'<a:rPr lang="en-GB" {look}</a:rPr><a:t>{safe(label.text)}</a:t></a:r></a:p></c:rich>'
        "</c:tx>"
        if label.text
        else ""
    )
    return (
        f'<c:dLbl><c:idx val="{label.at}"/>{moved}{words}'
        f'<c:numFmt formatCode={attribute(spec.label_format)} sourceLinked="0"/>'
        f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        f'<c:txPr><a:bodyPr wrap="none" lIns="38100" tIns="0" rIns="38100" bIns="0"/>'
        f"<a:lstStyle/><a:p><a:pPr><a:defRPr {look}</a:defRPr></a:pPr>"
        '<a:endParaRPr lang="en-GB"/></a:p></c:txPr>'
        f'<c:dLblPos val="{label.place}"/>'
        f"{_SHOWN.format(value=int(label.value), name=int(label.name))}"
        "<c:separator> </c:separator></c:dLbl>"
    )
