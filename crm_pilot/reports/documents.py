"""The documents of the committee and their sections: chosen, ordered, laid out, and written.

A section is a module of `reports/sections` with `build(context) -> list[Page]`; it is imported
when a document has it. To add one, add a line to `SECTIONS` and its key to the documents that may
have it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from crm_pilot.errors import UserError
from crm_pilot.figures import Level
from crm_pilot.governance import report_choices
from crm_pilot.governance.report_choices import ReportLook, SetAccent, SetLogo, SetSections, look
from crm_pilot.governance.terms import Document
from crm_pilot.i18n import LANGUAGES, N_, Translator
from crm_pilot.records import dataclass
from crm_pilot.reports.context import Context, Page
from crm_pilot.reports.sheets import Sheet
from crm_pilot.reports.styles import PAGE_HEIGHT, PAGE_WIDTH
from crm_pilot.store.reader import Reader

if TYPE_CHECKING:
    from crm_pilot.reports.content import Content

__all__ = [
    "DOCUMENTS",
    "Document",
    "DocumentKind",
    "IssueMark",
    "Laid",
    "LaidNote",
    "ReportLook",
    "SectionChoice",
    "SetAccent",
    "SetLogo",
    "SetSections",
    "as_file",
    "lay",
    "look",
    "pdf",
    "sections",
]


@dataclass(frozen=True)
class SectionKind:
    """A section: its key in the project, its name (marked text), its module."""

    key: str
    title: str
    module: str
    late: bool = False  # built after the others, and told which rooms have no data


SECTIONS = {
    kind.key: kind
    for kind in (
        SectionKind("first_page", N_("The project on one page"), "first_page", late=True),
        SectionKind("signals", N_("Warnings and changes"), "signals"),
        SectionKind("plan", N_("Plan, milestones and tasks"), "plan"),
        SectionKind("people", N_("Positions"), "people"),
        SectionKind("training", N_("Training"), "training"),
        SectionKind("use", N_("Adoption"), "use"),
        SectionKind("tickets", N_("Maintenance"), "tickets"),
        SectionKind("money", N_("Budget"), "money"),
        SectionKind("registers", N_("Decisions and risks"), "registers"),
        SectionKind("annex", N_("How these figures are computed"), "annex", late=True),
    )
}


@dataclass(frozen=True)
class DocumentKind:
    """A document: its name (marked text), the sections it has, those it may have besides."""

    key: Document
    title: str
    sections: tuple[str, ...]
    more: tuple[str, ...] = ()


DOCUMENTS = {
    kind.key: kind
    for kind in (
        DocumentKind(Document.FLASH, N_("Flash report"), ("first_page",), ("annex",)),
        DocumentKind(
            Document.COMMITTEE,
            N_("Committee report"),
            (
                *("first_page", "signals", "plan", "people", "training", "use", "tickets"),
                *("money", "registers", "annex"),
            ),
        ),
        DocumentKind(Document.MINUTES, N_("Minutes"), ("registers",)),
        DocumentKind(Document.RISKS, N_("Risk register"), ("registers",)),
        DocumentKind(Document.ACTIONS, N_("Action plan"), ("registers",)),
    )
}


@dataclass(frozen=True)
class SectionChoice:
    """A section of a document: its key, its name (marked text), whether it is printed."""

    key: str
    title: str
    shown: bool


def sections(reader: Reader, document: Document | str) -> tuple[SectionChoice, ...]:
    """The sections a document may have, in the order of the lead; new ones come where the product
    has them."""
    kind = DOCUMENTS[Document(document)]
    usual = [(key, True) for key in kind.sections] + [(key, False) for key in kind.more]
    known = {key for key, _ in usual}
    kept = [(key, shown) for key, shown in report_choices.chosen(reader, kind.key) if key in known]
    if not kept:
        kept = usual
    for place, (key, shown) in enumerate(usual):
        if key not in {one for one, _ in kept}:
            kept.insert(min(place, len(kept)), (key, shown))
    return tuple(SectionChoice(key, SECTIONS[key].title, shown) for key, shown in kept)


@dataclass(frozen=True)
class IssueMark:
    """What an issued document carries on every page. `fingerprint`: SHA-256 in hexadecimal, of
    which the first 12 digits are printed. `corrects`: number of the issue that it corrects."""

    number: int
    issued_on: dt.date
    fingerprint: str
    corrects: int | None = None


@dataclass(frozen=True)
class LaidNote:
    """For the author: on this page a text was shortened."""

    page: int
    shown: str  # as it is printed, ended by “…”
    whole: str


class Laid:
    """A document laid out: its pages are drawn one by one when asked for (`sheets.Pages`)."""

    def __init__(self, context: Context, document: Document, pages: Sequence[Page]) -> None:
        self.context, self.document = context, document
        self._pages = list(pages)

    @property
    def language(self) -> str:
        """`fr` or `en`."""
        return self.context.language

    @property
    def level(self) -> Level:
        """What may be told in it."""
        return self.context.level

    @property
    def count(self) -> int:
        """How many pages."""
        return len(self._pages)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of a page in points."""
        return PAGE_WIDTH, PAGE_HEIGHT

    def page(self, number: int) -> Sheet:
        """A page, counted from 1."""
        return Sheet(PAGE_WIDTH, PAGE_HEIGHT, number, self._pages[number - 1].name)

    def place(self, number: int) -> str:
        """Where the sentence of a page is kept (`governance.headline.PLACES`); empty: it has
        none that can be edited."""
        return ""

    @property
    def outline(self) -> tuple[tuple[int, str, int], ...]:
        """Depth, name and page of every entry of the outline."""
        return tuple((0, page.name, place) for place, page in enumerate(self._pages, 1))

    @property
    def notes(self) -> tuple[LaidNote, ...]:
        """Texts that were shortened, by page. Draws every page."""
        return ()

    @property
    def content(self) -> Content:
        """What it says, for slides and workbooks, and to be frozen."""
        from crm_pilot.reports.content import Content, ContentPage

        pages = tuple(ContentPage(p.name, p.name, p.sentence, ()) for p in self._pages)
        return Content("", "", self.language, "", pages)


def lay(
    reader: Reader,
    today: dt.date,
    document: Document | str,
    *,
    language: str,
    level: Level | str = Level.COMMITTEE,
    draft: bool = True,
    issue: IssueMark | None = None,
    annex: bool | None = None,
) -> Laid:
    """Lay a document out as of `today`.

    `draft`: with a visible mark that it is one; never with an `issue`. `annex`: with or without
    the section that says how figures are computed, whatever was chosen.
    Raises `UserError` for an unknown document, language or level.
    """
    if language not in LANGUAGES:
        raise UserError(
            N_("There is no language called “{language}”. Languages: {languages}."),
            language=language,
            languages=", ".join(LANGUAGES),
        )
    if level not in list(Level):
        raise UserError(N_("There is no level called “{level}”."), level=str(level))
    if document not in list(Document):
        raise UserError(N_("There is no document called “{document}”."), document=str(document))
    context = Context(reader, today, Level(level), Translator(language))
    kinds = [SECTIONS[one.key] for one in sections(reader, document) if one.shown]
    pages = [
        page
        for kind in kinds
        for page in import_module(f"crm_pilot.reports.sections.{kind.module}").build(context)
    ]
    return Laid(context, Document(document), pages)


def pdf(laid: Laid) -> bytes:
    """The document as PDF; same data, same bytes."""
    from crm_pilot.reports import committee

    context = laid.context
    return committee.make(
        context.reader, context.today, language=laid.language, level=laid.level, annex=True
    )


FORMATS = ("pdf", "pptx", "xlsx")


def as_file(laid: Laid, format: str) -> bytes:
    """The document in one of `FORMATS`."""
    if format == "pdf":
        return pdf(laid)
    if format == "pptx":
        return bytes(import_module("crm_pilot.reports.slides").pptx(laid.content))
    return bytes(import_module("crm_pilot.reports.workbook").xlsx(laid.content))
