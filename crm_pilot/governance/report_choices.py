"""What a lead chooses for the documents of a project: sections and their order, logo and colour."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from crm_pilot.errors import UserError
from crm_pilot.governance.terms import Document
from crm_pilot.i18n import N_, Message, msg
from crm_pilot.palette import palette
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, remembered

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
MOST_PIXELS = 16_000_000
MOST_BYTES = 2_000_000  # of a logo: it stands in the project file and in every document
READABLE = 4.5  # contrast of small text on white (WCAG 2.2, 1.4.3)
_COLOUR = re.compile(r"#?([0-9A-Fa-f]{6})")


@dataclass(frozen=True)
class ReportLook:
    """Logo (a PNG or JPEG, as it was read) and colour (`#RRGGBB`, empty: the house's)."""

    logo: bytes | None
    accent: str


@remembered("report_look")
def look(reader: Reader) -> ReportLook:
    """How documents of this project look."""
    row = reader.one("SELECT logo, accent FROM report_look ORDER BY id LIMIT 1")
    return ReportLook(None, "") if row is None else ReportLook(row[0], row[1])


@remembered("report_section")
def chosen(reader: Reader, document: str) -> tuple[tuple[str, bool], ...]:
    """Sections of a document as the lead left them: key, shown. Empty: as the product has them."""
    rows = reader.select(
        "SELECT section, shown FROM report_section WHERE document = ? ORDER BY position, id",
        document,
    )
    return tuple((key, bool(shown)) for key, shown in rows)


@dataclass(frozen=True)
class SetSections:
    """Which sections a document has (`(key, shown)`), in this order; none: as the product has
    them."""

    document: Document | str
    sections: tuple[tuple[str, bool], ...]

    @property
    def label(self) -> Message:
        return msg("Choose the sections of a document")

    @property
    def merge_key(self) -> tuple[str, str]:
        return ("report_section", str(self.document))

    def apply(self, work: Work) -> None:
        if self.sections and not any(shown for _, shown in self.sections):
            raise UserError(N_("A document needs at least one section. Nothing was changed."))
        document = Document(self.document)
        for (key,) in work.select("SELECT id FROM report_section WHERE document = ?", document):
            work.remove("report_section", key)
        for position, (section, shown) in enumerate(self.sections):
            work.add(
                "report_section",
                document=document,
                section=section,
                position=position,
                shown=shown,
            )


@dataclass(frozen=True)
class SetLogo:
    """Print this logo on documents; None: none."""

    logo: bytes | None

    @property
    def label(self) -> Message:
        return msg("Choose the logo of documents") if self.logo else msg("Remove the logo")

    def apply(self, work: Work) -> None:
        if self.logo is not None:
            check_logo(self.logo)
        _set(work, logo=self.logo)


@dataclass(frozen=True)
class SetAccent:
    """The colour of the company on documents, `#RRGGBB`; empty: that of the product."""

    accent: str

    @property
    def label(self) -> Message:
        return msg("Choose the colour of documents")

    def apply(self, work: Work) -> None:
        _set(work, accent=check_accent(self.accent))


def _set(work: Work, **values: object) -> None:
    found = work.select("SELECT id FROM report_look ORDER BY id LIMIT 1")
    if found:
        work.set("report_look", found[0][0], **values)
    else:
        work.add("report_look", **values)


def check_accent(text: str) -> str:
    """A colour as it is kept. Raises `UserError` where it is none, or too light to be read."""
    text = text.strip()
    if not text:
        return ""
    found = _COLOUR.fullmatch(text)
    if found is None:
        raise UserError(
            N_("“{text}” is no colour: write it as #2A56C6. Nothing was changed."), text=text
        )
    colour = f"#{found[1].upper()}"
    reached = contrast(colour, palette("light")["surface"])
    if reached < READABLE:
        raise UserError(
            N_(
                "{colour} is too light to be read on white paper (contrast {reached}, at least"
                " {least}). Choose a darker one. Nothing was changed."
            ),
            colour=colour,
            reached=round(reached, 1),
            least=READABLE,
        )
    return colour


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 to 21: (L1 + 0.05) ÷ (L2 + 0.05) of their relative luminances
    (WCAG 2.2)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def check_logo(data: bytes) -> None:
    """Raises `UserError` where this is no PNG or JPEG that can be printed."""
    if len(data) > MOST_BYTES:
        raise UserError(
            N_(
                "The logo is too large ({size} MB, at most {most} MB). Save it smaller. Nothing was"
                " changed."
            ),
            size=round(len(data) / 1_000_000, 1),
            most=MOST_BYTES // 1_000_000,
        )
    if not data.startswith((PNG, JPEG)):
        raise UserError(N_("The logo is neither a PNG nor a JPEG picture. Nothing was changed."))
    from PIL import Image  # only where there is a logo: it takes a while to load

    try:
        with Image.open(io.BytesIO(data)) as picture:
            wide, high = picture.size
            if wide * high <= MOST_PIXELS:
                picture.load()
    except Exception as error:  # what a broken picture raises is not declared
        raise UserError(
            N_("The logo cannot be read: it is damaged. Nothing was changed.")
        ) from error
    if wide * high > MOST_PIXELS:
        raise UserError(
            N_(
                "The logo is too large ({wide} × {high} pixels). Save it smaller. Nothing was"
                " changed."
            ),
            wide=wide,
            high=high,
        )


def picture_size(data: bytes) -> tuple[int, int]:
    """Width and height of a picture in pixels."""
    from PIL import Image

    with Image.open(io.BytesIO(data)) as picture:
        wide, high = picture.size
    return int(wide), int(high)
