"""Writes a `ChartSpec` as the chart part of a presentation, and the workbook behind it."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from crm_pilot.reports.slides_chart_series import series_xml
from crm_pilot.reports.slides_chart_spec import ChartSpec, DataSeries, ValueAxis
from crm_pilot.reports.slides_shapes import attribute, stroke
from crm_pilot.reports.slides_style import NOTE, colour
from crm_pilot.reports.workbook_cells import plain

SHEET = "Data"
CATEGORY_AXIS, VALUE_AXIS = 111111, 222222
_FORMS = ("area", "bar", "line")  # in the order they are painted
_OPEN = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<c:chartSpace '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<c:date1904 val="0"/><c:roundedCorners val="0"/>'
)


def chart_xml(spec: ChartSpec) -> bytes:
    """The chart part."""
    left, top, across, down = spec.plot
    frame = "".join(
        f'<c:{name} val="{value:.5f}"/>'
        for name, value in (("x", left), ("y", top), ("w", across), ("h", down))
    )
    layout = (
        '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
        f'<c:yMode val="edge"/>{frame}</c:manualLayout></c:layout>'
    )
    return (
        f'{_OPEN}<c:chart><c:autoTitleDeleted val="1"/><c:plotArea>{layout}'
        f"{_plots(spec)}{_axes(spec)}<c:spPr><a:noFill/></c:spPr></c:plotArea>"
        f'<c:plotVisOnly val="1"/><c:dispBlanksAs val="{"span" if spec.span else "gap"}"/>'
        "</c:chart><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        f"{text_xml()}</c:chartSpace>"
    ).encode()


def text_xml(ink: str = "muted", *, bold: bool = False) -> str:
    """How the texts of a chart look."""
    return (
        '<c:txPr><a:bodyPr rot="0" vert="horz" wrap="none"/><a:lstStyle/><a:p><a:pPr>'
        f'<a:defRPr sz="{round(NOTE * 100)}" b="{int(bold)}"><a:solidFill>{colour(ink)}'
        '</a:solidFill><a:latin typeface="+mn-lt"/></a:defRPr></a:pPr>'
        '<a:endParaRPr lang="en-GB"/></a:p></c:txPr>'
    )


# plots -------------------------------------------------------------------------------------------


def _plots(spec: ChartSpec) -> str:
    axes = f'<c:axId val="{CATEGORY_AXIS}"/><c:axId val="{VALUE_AXIS}"/>'
    numbered = list(enumerate(spec.series))
    if spec.across is not None:
        inner = "".join(series_xml(spec, n, one) for n, one in numbered)
        return (
            '<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>'
            f"{inner}{axes}</c:scatterChart>"
        )
    found = []
    for form in _FORMS:
        ours = [(n, one) for n, one in numbered if one.form == form]
        if ours:
            inner = "".join(series_xml(spec, n, one) for n, one in ours)
            found.append(_plot(spec, form, inner, axes))
    return "".join(found)


def _plot(spec: ChartSpec, form: str, inner: str, axes: str) -> str:
    if form == "bar":
        direction = "bar" if spec.horizontal else "col"
        grouping = "stacked" if spec.stacked else "clustered"
        return (
            f'<c:barChart><c:barDir val="{direction}"/><c:grouping val="{grouping}"/>'
            f'<c:varyColors val="0"/>{inner}<c:gapWidth val="{spec.gap}"/>'
            f'<c:overlap val="{100 if spec.stacked else spec.overlap}"/>{axes}</c:barChart>'
        )
    if form == "area":
        return (
            '<c:areaChart><c:grouping val="stacked"/><c:varyColors val="0"/>'
            f"{inner}{axes}</c:areaChart>"
        )
    return (
        '<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>'
        f'{inner}<c:marker val="1"/>{axes}</c:lineChart>'
    )


# axes --------------------------------------------------------------------------------------------


def _axes(spec: ChartSpec) -> str:
    if spec.across is not None:
        return _value_axis(spec.across, CATEGORY_AXIS, VALUE_AXIS, "b") + _value_axis(
            spec.values, VALUE_AXIS, CATEGORY_AXIS, "l"
        )
    bars = any(one.form == "bar" for one in spec.series)
    return _category_axis(spec) + _value_axis(
        spec.values,
        VALUE_AXIS,
        CATEGORY_AXIS,
        "b" if spec.horizontal else "l",
        between="between" if bars else "midCat",
        beyond=spec.horizontal,
    )


def _category_axis(spec: ChartSpec) -> str:
    dated = bool(spec.categories) and isinstance(spec.categories[0], dt.date)
    name = "dateAx" if dated else "catAx"
    orientation = "maxMin" if spec.horizontal else "minMax"
    ticks = "none" if spec.horizontal or not dated else "out"
    edge = stroke("text", 0.75)
    head = (
        f'<c:{name}><c:axId val="{CATEGORY_AXIS}"/><c:scaling><c:orientation '
        f'val="{orientation}"/></c:scaling><c:delete val="{int(spec.hidden)}"/>'
        f'<c:axPos val="{"l" if spec.horizontal else "b"}"/>'
        f"<c:numFmt formatCode={attribute(spec.date_format if dated else 'General')} "
        'sourceLinked="0"/>'
        f'<c:majorTickMark val="{ticks}"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f"<c:spPr>{edge}</c:spPr>{text_xml('text' if spec.horizontal else 'muted')}"
        f'<c:crossAx val="{VALUE_AXIS}"/><c:crosses val="autoZero"/><c:auto val="{int(dated)}"/>'
    )
    if dated:
        units = '<c:baseTimeUnit val="days"/><c:majorUnit val="{}"/><c:majorTimeUnit val="months"/>'
        return f'{head}<c:lblOffset val="60"/>{units.format(spec.every)}</c:{name}>'
    return (
        f'{head}<c:lblAlgn val="ctr"/><c:lblOffset val="60"/><c:tickLblSkip val="{spec.every}"/>'
        f'<c:tickMarkSkip val="1"/><c:noMultiLvlLbl val="1"/></c:{name}>'
    )


def _value_axis(
    axis: ValueAxis,
    key: int,
    other: int,
    position: str,
    *,
    between: str = "midCat",
    beyond: bool = False,
) -> str:
    grid = stroke("line", 0.5) if axis.rules else ""
    rules = f"<c:majorGridlines><c:spPr>{grid}</c:spPr></c:majorGridlines>" if grid else ""
    place = "nextTo" if axis.shown else "none"
    edge = stroke("text", 0.75) if position == "b" and not beyond else stroke("", 0)
    return (
        f'<c:valAx><c:axId val="{key}"/><c:scaling><c:orientation val="minMax"/>'
        f'<c:max val="{axis.high:g}"/><c:min val="{axis.low:g}"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="{position}"/>{rules}<c:numFmt formatCode={attribute(axis.format)} '
        f'sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="{place}"/><c:spPr>{edge}</c:spPr>{text_xml()}<c:crossAx '
        f'val="{other}"/><c:crosses val="{"max" if beyond else "min"}"/>'
        f'<c:crossBetween val="{between}"/><c:majorUnit val="{axis.step:g}"/></c:valAx>'
    )


# the workbook ------------------------------------------------------------------------------------


def chart_book(spec: ChartSpec) -> bytes:
    """The workbook that opens at “Edit data”: categories and a column for each series. Texts are
    written as texts, whatever they begin with."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(buffer, options)
    page = book.add_worksheet(SHEET)
    dates = book.add_format({"num_format": "yyyy-mm-dd"})
    page.set_column(0, 0, 24)
    page.write_string(0, 0, plain(spec.heading))
    if spec.across is not None:
        _pairs(page, spec.series, dates)
    else:
        for row, category in enumerate(spec.categories, 1):
            if isinstance(category, dt.date):
                page.write_datetime(row, 0, category, dates)
            else:
                page.write_string(row, 0, plain(category))
        for at, one in enumerate(spec.series, 1):
            _column(page, at, one.name, one.values)
    book.close()
    return buffer.getvalue()


def _column(page: Any, at: int, name: str, values: tuple[float | None, ...]) -> None:
    page.write_string(0, at, plain(name))
    for row, value in enumerate(values, 1):
        if value is not None:
            page.write_number(row, at, value)


def _pairs(page: Any, series: tuple[DataSeries, ...], dates: Any) -> None:
    """Two columns a series: where it stands on either axis, both of them days."""
    for number, one in enumerate(series):
        page.write_string(0, 2 * number, plain(one.name))
        page.write_string(0, 2 * number + 1, plain(one.name))
        for row, (x, y) in enumerate(zip(one.xs, one.values, strict=True), 1):
            page.write_number(row, 2 * number, x, dates)
            if y is not None:
                page.write_number(row, 2 * number + 1, y, dates)
