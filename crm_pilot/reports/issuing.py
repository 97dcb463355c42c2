"""Issuing a document: made once in every language and format, then frozen in the project.

`prepare` reads and draws, in a job; `FreezeReport` stores what it made, outside undo.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from crm_pilot.errors import UserError
from crm_pilot.figures import Level
from crm_pilot.governance import issued
from crm_pilot.governance.rows import committee_of
from crm_pilot.governance.since import snapshot
from crm_pilot.governance.terms import Document
from crm_pilot.i18n import LANGUAGES, N_, Message, msg
from crm_pilot.records import dataclass
from crm_pilot.reports import documents
from crm_pilot.reports.canonical import plain_content
from crm_pilot.reports.documents import FORMATS, IssueMark, Laid
from crm_pilot.store.reader import Reader

if TYPE_CHECKING:
    from crm_pilot.store.work import Work


@dataclass(frozen=True)
class FrozenFile:
    """A finished file of an issue; `pages` 0 where they are not counted."""

    language: str
    format: str
    pages: int
    content: bytes


@dataclass(frozen=True)
class Prepared:
    """A document ready to be frozen. `figures`: canonical JSON of its figures and texts."""

    number: int
    document: Document
    issued_at: dt.datetime
    as_of: dt.date
    committee: int | None
    title: str
    sentence: str
    figures: str
    files: tuple[FrozenFile, ...] = ()
    corrects: int | None = None  # number of the issue that this one corrects

    @property
    def fingerprint(self) -> str:
        """SHA-256 of figures and texts, hexadecimal."""
        return issued.digest(self.figures.encode())

    @property
    def mark(self) -> str:
        """The fingerprint as it is printed."""
        return issued.short(self.fingerprint)


def prepare(
    reader: Reader,
    today: dt.date,
    document: Document | str = Document.COMMITTEE,
    *,
    now: dt.datetime,
    corrects: int | None = None,
) -> Prepared:
    """Make a document as it will be issued at `now` with the figures of `today`: in every
    language and format, at committee level. Seconds: for a job; reads one moment of the project.

    `corrects`: number of the issue that it corrects. Raises `UserError` when there is none, or
    none that this document can correct.
    """
    with reader.steady():
        if corrects is not None:
            _may_correct(reader, Document(document), corrects)
        told = _told(reader, today, Document(document), now, corrects)
        mark = IssueMark(told.number, now.date(), told.fingerprint, corrects)
        files = tuple(
            FrozenFile(
                language,
                format,
                laid.count if format == "pdf" else 0,
                documents.as_file(laid, format),
            )
            for language in LANGUAGES
            for laid in (_lay(reader, today, told.document, language, mark),)
            for format in FORMATS
        )
        return replace(told, files=files)


def _may_correct(reader: Reader, document: Document, number: int) -> None:
    row = issued.issue(reader, number)
    if row.document is not document:
        raise UserError(
            N_("Issue no. {number} is another document: it cannot be corrected by this one."),
            number=number,
        )
    if row.corrected_by is not None:
        raise UserError(
            N_("Issue no. {number} was corrected by no. {other} already: correct that one."),
            number=number,
            other=row.corrected_by,
        )


def _lay(
    reader: Reader, today: dt.date, document: Document, language: str, mark: IssueMark
) -> Laid:
    return documents.lay(
        reader,
        today,
        document,
        language=language,
        level=Level.COMMITTEE,
        draft=False,
        issue=mark,
    )


def _told(
    reader: Reader, today: dt.date, document: Document, now: dt.datetime, corrects: int | None
) -> Prepared:
    """What the document says, with the fingerprint of it, which its pages then carry."""
    number = issued.next_number(reader)
    unmarked = IssueMark(number, now.date(), "", corrects)
    contents = {
        language: _lay(reader, today, document, language, unmarked).content
        for language in LANGUAGES
    }
    pack = committee_of(reader, today, Document(document))
    language = reader.value("SELECT language FROM project")
    shown = contents.get(language) or contents[LANGUAGES[0]]
    figures: dict[str, Any] = {
        "number": number,
        "document": document.value,
        "issued_at": now.isoformat(sep=" ", timespec="seconds"),
        "as_of": today.isoformat(),
        "corrects": corrects,
        "snapshot": snapshot(reader, today),
        "content": {language: plain_content(content) for language, content in contents.items()},
    }
    return Prepared(
        number=number,
        document=document,
        issued_at=now.replace(microsecond=0),
        as_of=today,
        committee=pack.number if pack else None,
        title=shown.title,
        sentence=shown.pages[0].sentence if shown.pages else "",
        figures=issued.canonical(figures),
        corrects=corrects,
    )


@dataclass(frozen=True)
class FreezeReport:
    """Keep an issue for good; the result is its number. `reason` is required of a correction."""

    prepared: Prepared
    reason: str = ""

    @property
    def label(self) -> Message:
        return msg("Issue a report")

    def apply(self, work: Work) -> int:
        made = self.prepared
        if made.corrects is not None and not self.reason.strip():
            raise UserError(N_("Say why the issue is corrected. Nothing was issued."))
        if work.select("SELECT 1 FROM report_issue WHERE number >= ?", made.number):
            raise UserError(N_("Another report was issued meanwhile. Issue this one again."))
        corrected = work.select("SELECT id FROM report_issue WHERE number = ?", made.corrects)
        key = work.add(
            "report_issue",
            number=made.number,
            document=made.document,
            issued_at=made.issued_at,
            as_of=made.as_of,
            committee=made.committee,
            title=made.title,
            sentence=made.sentence,
            corrects_id=corrected[0][0] if corrected else None,
            reason=self.reason.strip(),
            fingerprint=made.fingerprint,
            figures=made.figures,
        )
        for file in made.files:
            work.add(
                "report_file",
                issue_id=key,
                language=file.language,
                format=file.format,
                pages=file.pages,
                digest=issued.digest(file.content),
                content=file.content,
            )
        return made.number
