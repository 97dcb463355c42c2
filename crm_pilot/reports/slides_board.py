"""A slide being drawn: shapes are numbered and put on it in the order they are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_pilot.reports import slides_shapes as shapes
from crm_pilot.reports.slides_shapes import Outline, Para, Spot
from crm_pilot.reports.slides_style import MARGIN, ROOM, TITLE_HIGH, TITLE_TOP


class Board:
    """One slide. Lengths are points from its top left corner."""

    def __init__(self, slide: Any, language: str) -> None:
        self.slide, self.language = slide, language
        self._tree = slide.shapes._spTree
        self._key = 100  # below it are the placeholders

    def title(self, paras: Sequence[Para], place: int = 0, *, room: float = ROOM) -> None:
        """Fill a placeholder: the title, or the one after it. `room`: a title narrower than
        the layout has it."""
        from pptx.oxml import parse_xml

        holder = list(self.slide.placeholders)[place]._element
        made = shapes.body_xml(paras, self.language)
        body = made.replace("<p:txBody>", f"<p:txBody {shapes.NAMESPACES}>", 1)
        # where it stands and how it is anchored comes from the layout
        body = body[: body.index("<a:bodyPr")] + "<a:bodyPr/>" + body[body.index("<a:lstStyle") :]
        old = holder.txBody
        old.getparent().replace(old, parse_xml(body))
        if room < ROOM:
            at = shapes.place_xml(MARGIN, TITLE_TOP, room, TITLE_HIGH)
            holder.spPr.append(parse_xml(at.replace("<a:xfrm", f"<a:xfrm {shapes.NAMESPACES}", 1)))

    def text(
        self,
        x: float,
        y: float,
        wide: float,
        high: float,
        paras: Sequence[Para],
        *,
        name: str = "Text",
        anchor: str = "t",
    ) -> None:
        """A box of text."""
        key = self._next()
        self.put(
            shapes.text_box(key, f"{name} {key}", x, y, wide, high, paras, self.language, anchor)
        )

    def form(self, x: float, y: float, wide: float, high: float, **how: Any) -> None:
        """A rectangle, ellipse, triangle or diamond."""
        key = self._next()
        self.put(shapes.form(key, f"Form {key}", x, y, wide, high, **how))

    def line(self, start: Spot, end: Spot, **how: Any) -> None:
        """A straight line."""
        key = self._next()
        self.put(shapes.line(key, f"Line {key}", start, end, **how))

    def drawing(
        self, x: float, y: float, size: float, outlines: Sequence[Outline], describe: str
    ) -> None:
        """A sign made of paths."""
        key = self._next()
        self._key += len(outlines)
        weight = max(size * 0.075, 0.9)
        self.put(shapes.drawing(key, describe, x, y, size, outlines, weight, describe))

    def graphic(
        self,
        x: float,
        y: float,
        wide: float,
        high: float,
        inner: str,
        kind: str,
        name: str,
        describe: str,
    ) -> None:
        """A table or a chart in its frame."""
        key = self._next()
        self.put(
            f"<p:graphicFrame {shapes.NAMESPACES}><p:nvGraphicFramePr>"
            f"{shapes.names_xml(key, f'{name} {key}', describe)}"
            '<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/>'
            f"</p:nvGraphicFramePr>{_frame(shapes.place_xml(x, y, wide, high))}<a:graphic>"
            f'<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/{kind}">'
            f"{inner}</a:graphicData></a:graphic></p:graphicFrame>"
        )

    def chart(
        self, x: float, y: float, wide: float, high: float, xml: bytes, book: bytes, describe: str
    ) -> None:
        """A chart with the workbook behind it."""
        from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
        from pptx.parts.chart import ChartPart

        package = self.slide.part.package
        part = ChartPart.load(
            package.next_partname(ChartPart.partname_template),
            CONTENT_TYPE.DML_CHART,
            package,
            xml,
        )
        part.chart_workbook.update_from_xlsx_blob(book)
        key = self.slide.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
        inner = (
            '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
            f'r:id="{key}"/>'
        )
        self.graphic(x, y, wide, high, inner, "chart", "Chart", describe)

    def put(self, xml: str) -> None:
        """A shape, over those before it."""
        from pptx.oxml import parse_xml

        self._tree.append(parse_xml(xml))

    def _next(self) -> int:
        self._key += 1
        return self._key


def _frame(place: str) -> str:
    return place.replace("<a:xfrm", "<p:xfrm").replace("</a:xfrm", "</p:xfrm")
