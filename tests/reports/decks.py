"""Presentations read back: texts, measures, and whether everything stands inside its box."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from pptx import Presentation
from pptx.util import Emu

from crm_pilot.reports.typography import width, wrap

POINT = 12_700
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def opened(data: bytes) -> Any:
    """A presentation of python-pptx."""
    return Presentation(io.BytesIO(data))


def every_text(data: bytes) -> str:
    """All that an archive of XML holds, also in the archives inside it, as one text."""
    found = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            if name.endswith(".xlsx"):
                found.append(every_text(content))
            elif name.endswith((".xml", ".rels")):
                found.append(content.decode("utf-8"))
    return "\n".join(found)


def words(slide: Any) -> str:
    """The texts of a slide, also those in tables."""
    found = []
    for shape in slide.shapes:
        if shape.has_text_frame:
            found.append(shape.text_frame.text)
        if shape.has_table:
            found += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(found)


def _lines(body: Any, room: float) -> float:
    """Height of the paragraphs of a text body in a room, in points, with the house's font."""
    tall = 0.0
    for paragraph in body.findall(f"{A}p"):
        properties = paragraph.find(f"{A}pPr")
        indent = int(properties.get("marL", "0")) / POINT
        line = int(properties.find(f"{A}lnSpc/{A}spcPts").get("val")) / 100
        runs = [
            (
                run.find(f"{A}t").text or "",
                int(run.find(f"{A}rPr").get("sz")) / 100,
                run.find(f"{A}rPr").get("b") == "1",
            )
            for run in paragraph.iter(f"{A}r")
        ]
        text = "".join(run[0] for run in runs)
        size = max((run[1] for run in runs), default=12.0)
        bold = any(run[2] for run in runs)
        inner = room - indent
        if len(runs) > 1 and sum(width(*run) for run in runs) <= inner:
            tall += line
            continue
        found = wrap(text, inner, size, bold=bold)
        assert all(width(one, size, bold) <= inner + 0.5 for one in found), text
        tall += line * len(found)
    return tall


def overflows(data: bytes) -> Iterator[str]:
    """What leaves the slide, and texts that are higher than their box or cell."""
    show = opened(data)
    for number, slide in enumerate(show.slides, 1):
        for shape in slide.shapes:
            left, top = shape.left / POINT, shape.top / POINT
            right, bottom = left + shape.width / POINT, top + shape.height / POINT
            if left < 0 or top < 0 or right > 960.1 or bottom > 540.1:
                yield f"slide {number}: {shape.name} leaves the slide"
            if shape.has_text_frame and shape.text_frame.text:
                tall = _lines(shape.text_frame._txBody, shape.width / POINT)
                if tall > shape.height / POINT + 1:
                    yield f"slide {number}: {shape.text_frame.text[:60]!r} is {tall:.0f} high"
            if shape.has_table:
                yield from _cells(shape, number)
            if shape.has_chart:
                yield from _labels(shape, number)
            if (shape.has_table or shape.has_chart) and bottom > 495:
                yield f"slide {number}: {shape.name} stands in the foot"


def _cells(shape: Any, number: int) -> Iterator[str]:
    table = shape.table
    assert sum(row.height for row in table.rows) == Emu(shape.height)
    for row in table.rows:
        for at, cell in enumerate(row.cells):
            if cell.is_spanned:
                continue
            span = cell.span_width if cell.is_merge_origin else 1
            room = sum(table.columns[at + n].width for n in range(span))
            inner = (room - cell.margin_left - cell.margin_right) / POINT
            high = (row.height - cell.margin_top - cell.margin_bottom) / POINT
            body = cell._tc.txBody
            if cell.text and _lines(body, inner) > high + 1:
                yield f"slide {number}: cell {cell.text[:60]!r} is higher than its row"


def _labels(shape: Any, number: int) -> Iterator[str]:
    """Words at points that are wider than two thirds of their chart."""
    for label in shape.chart._chartSpace.xpath("//c:dLbl"):
        own = label.xpath("c:tx//a:t")
        names = label.xpath("ancestor::c:ser[1]/c:tx//c:v")
        said = own[0].text if own else names[0].text
        told = own or label.xpath("c:showSerName[@val='1']")
        if told and width(said or "", 12, True) > shape.width / POINT * 0.66:
            yield f"slide {number}: {said!r} is wider than its chart"
