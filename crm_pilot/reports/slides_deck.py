"""The presentation that slides are put into: theme, master and two layouts of our own.

It begins with the empty presentation of python-pptx, from which everything is taken away that is
not ours: eleven layouts, 4:3, a thumbnail, a printer's settings.
"""

from __future__ import annotations

import io
import re
from typing import Any

from crm_pilot.palette import palette
from crm_pilot.reports.content import Content
from crm_pilot.reports.imprint import Imprint
from crm_pilot.reports.parcel import fixed, property_of
from crm_pilot.reports.slides_board import Board
from crm_pilot.reports.slides_frame import Placed, cover_shapes, frame_shapes, text_styles
from crm_pilot.reports.slides_style import FONT, HIGH, PANOSE, SLOTS, WIDE, emu

_COVER, _CONTENT = 0, 5  # layouts of the empty presentation that are kept
_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas.'
    b'openxmlformats.org/officeDocument/2006/extended-properties"><Application>CRM Pilot'
    b"</Application></Properties>"
)


class Deck:
    """A presentation being written."""

    def __init__(self, content: Content, imprint: Imprint) -> None:
        import pptx

        self.content, self.imprint = content, imprint
        self._show: Any = pptx.Presentation()
        self._logo = _picture(imprint.logo)
        self.logo: Placed = None  # of the slides: relation, width ÷ height
        self._clear()
        self._dress()

    def board(self, *, cover: bool = False) -> Board:
        """A new slide at the end."""
        layout = self._layouts[0 if cover else 1]
        return Board(self._show.slides.add_slide(layout), self.content.language)

    def finished(self) -> bytes:
        """The file."""
        content, known = self.content, self._show.core_properties
        known.title, known.subject = property_of(content.title), property_of(content.subject)
        author = property_of(self.imprint.author) or "CRM Pilot"
        known.author = known.last_modified_by = author
        known.comments, known.keywords = property_of(content.mark), self.imprint.fingerprint
        known.language = content.language
        buffer = io.BytesIO()
        self._show.save(buffer)
        return fixed(buffer.getvalue(), self.imprint.day)

    # the empty presentation ------------------------------------------------------------------

    @property
    def _layouts(self) -> list[Any]:
        return list(self._show.slide_layouts)

    def _clear(self) -> None:
        show = self._show
        for number, layout in reversed(list(enumerate(show.slide_layouts))):
            if number not in (_COVER, _CONTENT):
                show.slide_layouts.remove(layout)
        _drop(show.part, "printerSettings")
        _drop(show.part.package, "thumbnail")
        for rel in show.part.package._rels.values():
            if rel.reltype.endswith("extended-properties"):
                rel.target_part._blob = _APP
        show.slide_width, show.slide_height = emu(WIDE), emu(HIGH)
        show.part._element.sldSz.attrib.pop("type", None)

    def _dress(self) -> None:
        from pptx.oxml import parse_xml

        master = self._show.slide_master
        for rel in master.part.rels.values():
            if rel.reltype.endswith("/theme"):
                rel.target_part._blob = _theme(rel.target_part.blob, self.imprint.accent)
        old = master._element.find("{*}txStyles")
        old.getparent().replace(old, parse_xml(text_styles()))
        _fill(master, frame_shapes(self.content, Imprint(), None, master=True))
        cover, inner = self._layouts
        for layout, name in ((cover, "Cover"), (inner, "Statement")):
            layout.name = name
        _fill(cover, cover_shapes(self.content, self.imprint, self._placed(cover)))
        self.logo = self._placed(inner)
        _fill(inner, frame_shapes(self.content, self.imprint, self.logo))

    def _placed(self, layout: Any) -> Placed:
        """Relation and proportion (width ÷ height) of the logo on a layout."""
        if self._logo is None:
            return None
        part, key = layout.part.get_or_add_image_part(io.BytesIO(self._logo))
        across, down = part.image.size
        return key, across / down


def _fill(holder: Any, shapes: list[str]) -> None:
    """Replace everything that a master or layout shows."""
    from pptx.oxml import parse_xml

    tree = holder.shapes._spTree
    for child in list(tree)[2:]:
        tree.remove(child)
    for shape in shapes:
        tree.append(parse_xml(shape))


def _drop(part: Any, kind: str) -> None:
    rels = part._rels
    for key in [key for key, rel in rels.items() if rel.reltype.endswith(f"/{kind}")]:
        rels.pop(key)


def _theme(blob: bytes, accent: str) -> bytes:
    """The theme with our colours and our font."""
    light = palette("light")
    slots = []
    for slot, token in SLOTS.items():
        value = accent if accent and token == "accent" else light[token]
        slots.append(f'<a:{slot}><a:srgbClr val="{value[1:].upper()}"/></a:{slot}>')
    scheme = f'<a:clrScheme name="CRM Pilot">{"".join(slots)}</a:clrScheme>'
    fonts = "".join(
        f'<a:{kind}Font><a:latin typeface="{FONT}" panose="{PANOSE}"/>'
        f'<a:ea typeface=""/><a:cs typeface=""/></a:{kind}Font>'
        for kind in ("major", "minor")
    )
    text = blob.decode("utf-8")
    text = re.sub(r"<a:clrScheme .*?</a:clrScheme>", scheme, text, flags=re.DOTALL)
    text = re.sub(
        r"<a:fontScheme .*?</a:fontScheme>",
        f'<a:fontScheme name="CRM Pilot">{fonts}</a:fontScheme>',
        text,
        flags=re.DOTALL,
    )
    return text.replace('name="Office Theme"', 'name="CRM Pilot"').encode("utf-8")


def _picture(logo: bytes | None) -> bytes | None:
    """The logo, when the library can read it."""
    if logo is None:
        return None
    from pptx.parts.image import Image

    try:
        across, down = Image.from_blob(logo).size
    except Exception:  # a damaged picture is no reason to have no slides
        return None
    return logo if across and down else None
