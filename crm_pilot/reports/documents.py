"""The documents of the committee and their sections: chosen, ordered, laid out, and written.

A section is a module of `reports/sections` with `build(context) -> list[Page]`; it is imported
when a document has it. To add one, add a line to `SECTIONS` and its key to the documents that may
have it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

from crm_pilot.errors import UserError
from crm_pilot.figures import Level
from crm_pilot.governance import report_choices
from crm_pilot.governance.report_choices import ReportLook, SetAccent, SetLogo, SetSections, look
from crm_pilot.governance.terms import DOCUMENTS as NAMES
from crm_pilot.governance.terms import Document
from crm_pilot.i18n import LANGUAGES, N_, Translator
from crm_pilot.records import dataclass
from crm_pilot.reports.context import Context, Page
from crm_pilot.reports.document import Frame, Printout
from crm_pilot.reports.documents_frame import Marks, frame
from crm_pilot.reports.sheets import Text
from crm_pilot.reports.typography import Cut
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
    late: bool = False  # built after the others, and told what they have


FIRST, ANNEX = "first_page", "annex"
SECTIONS = {
    kind.key: kind
    for kind in (
        SectionKind("first_page", N_("The project on one page"), "first_page", late=True),
        SectionKind("signals", N_("Warnings and changes"), "signals"),
        SectionKind("since", N_("Since the last issue"), "since"),
        SectionKind("plan", N_("Plan, milestones and tasks"), "plan"),
        SectionKind("people", N_("Positions"), "people"),
        SectionKind("training", N_("Training"), "training"),
        SectionKind("use", N_("Adoption"), "use"),
        SectionKind("tickets", N_("Maintenance"), "tickets"),
        SectionKind("money", N_("Budget"), "money"),
        SectionKind("registers", N_("Decisions"), "registers"),
        SectionKind("actions", N_("Action plan"), "actions"),
        SectionKind("risks", N_("Risks and problems"), "risks"),
        SectionKind("minutes", N_("Minutes of the meeting"), "minutes"),
        SectionKind("raci", N_("Roles (RACI)"), "raci"),
        SectionKind("annex", N_("How these figures are computed"), "annex", late=True),
    )
}


@dataclass(frozen=True)
class DocumentKind:
    """A document: the sections it has, and those it may have besides."""

    key: Document
    sections: tuple[str, ...]
    more: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Its name (marked text)."""
        return NAMES[self.key]


DOCUMENTS = {
    kind.key: kind
    for kind in (
        DocumentKind(Document.FLASH, (FIRST,), (ANNEX,)),
        DocumentKind(
            Document.COMMITTEE,
            (
                *(FIRST, "signals", "since", "plan", "people", "training", "use", "tickets"),
                *("money", "registers", "actions", "risks", ANNEX),
            ),
            ("minutes", "raci"),
        ),
        DocumentKind(Document.MINUTES, ("minutes",)),
        DocumentKind(Document.RISKS, ("risks",)),
        DocumentKind(Document.ACTIONS, ("actions",), ("raci",)),
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


class Laid(Printout):
    """A document laid out: its pages are drawn one by one when asked for (`sheets.Pages`).

    Nothing is read from the project any more.
    """

    def __init__(
        self, frame: Frame, pages: Sequence[Page], context: Context, document: Document
    ) -> None:
        super().__init__(frame, pages, context)
        self.document, self._whole = document, tuple(pages)

    @property
    def language(self) -> str:
        """`fr` or `en`."""
        return self.context.language

    @property
    def level(self) -> Level:
        """What may be told in it."""
        return self.context.level

    def place(self, number: int) -> str:
        """Where the sentence of a page is kept (`governance.headline.PLACES`); empty: it has
        none that can be edited."""
        return self.laid[number - 1].place

    @property
    def notes(self) -> tuple[LaidNote, ...]:
        """Texts that were shortened, each on the first page where it is. Draws every page."""
        found: dict[tuple[str, str], LaidNote] = {}
        for number in range(1, self.count + 1):
            for item in self.page(number).items:
                if isinstance(item, Text) and isinstance(item.text, Cut):
                    shown, whole = str(item.text), item.text.whole
                    found.setdefault((shown, whole), LaidNote(number, shown, whole))
        return tuple(found.values())

    @property
    def content(self) -> Content:
        """What it says, for slides and workbooks, and to be frozen."""
        from crm_pilot.reports.content import Content, ContentPage

        pages = tuple(
            ContentPage(
                page.key,
                page.name,
                page.sentence,
                tuple(part for block in page.blocks for part in block.parts()),
            )
            for page in self._whole
        )
        frame = self.frame
        return Content(frame.title, frame.subject, self.language, frame.mark, pages)


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
    _check(document, language, level)
    document = Document(document)
    corrects = None if issue is None else issue.corrects
    context = Context(reader, today, Level(level), Translator(language), corrects)
    shown = [one.key for one in sections(reader, document) if one.shown]
    if annex is not None:
        shown = [key for key in shown if key != ANNEX] + ([ANNEX] if annex else [])
    marks = Marks(draft=draft and issue is None)
    if issue is not None:
        marks = Marks(
            draft=False,
            number=issue.number,
            day=context.day(issue.issued_on, year=True),
            fingerprint=issue.fingerprint,
            corrects=issue.corrects,
        )
    return Laid(frame(context, document, marks), _pages(context, shown), context, document)


def _check(document: Document | str, language: str, level: Level | str) -> None:
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


def _pages(context: Context, keys: Sequence[str]) -> list[Page]:
    """The pages of sections in their order. Rooms without data are left out where there are other
    pages; page 1 says so, and the annex explains what is printed alone."""
    built = {key: _build(context, key) for key in keys if not SECTIONS[key].late}
    early = [page for pages in built.values() for page in pages]
    left_out = tuple(page.name for page in early if page.empty)
    nothing = bool(early) and len(left_out) == len(early)
    if FIRST in keys:
        built[FIRST] = _build(context, FIRST, left_out)
    if FIRST in keys or not nothing:
        built = {key: [p for p in pages if not p.empty] for key, pages in built.items()}
    if ANNEX in keys and not nothing:
        names = [page.name for pages in built.values() for page in pages]
        built[ANNEX] = _build(context, ANNEX, names)
    return [page for key in keys for page in built.get(key, ())]


def _build(context: Context, key: str, *more: Sequence[str]) -> list[Page]:
    """The pages of a section; its module is loaded now."""
    module = import_module(f"crm_pilot.reports.sections.{SECTIONS[key].module}")
    return [replace(page, key=key) for page in module.build(context, *more)]


def pdf(laid: Laid) -> bytes:
    """The document as PDF; same data, same bytes."""
    return laid.pdf()


FORMATS = ("pdf", "pptx", "xlsx")


def as_file(laid: Laid, format: str) -> bytes:
    """The document in one of `FORMATS`."""
    if format == "pdf":
        return laid.pdf()
    from crm_pilot.reports.imprint import Imprint

    frame = laid.frame
    imprint = Imprint(
        project=frame.project,
        author=frame.author,
        foot=frame.short,
        issued=frame.issued,
        fingerprint=frame.fingerprint,
        draft=frame.draft,
        logo=frame.logo,
        accent=frame.accent,
        day=laid.context.today,
    )
    if format == "pptx":
        from crm_pilot.reports.slides import pptx

        return pptx(laid.content, imprint)
    from crm_pilot.reports.workbook import xlsx

    return xlsx(laid.content, imprint)
