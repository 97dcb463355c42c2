"""Issuing a document: made once in every language and format, then frozen in the project.

`prepare` reads and draws, in a job; `FreezeReport` stores what it made, outside undo.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from crm_pilot.errors import UserError
from crm_pilot.governance import issued
from crm_pilot.governance import queries as governance
from crm_pilot.governance.terms import Document
from crm_pilot.i18n import LANGUAGES, N_, Message, msg
from crm_pilot.records import dataclass
from crm_pilot.reports import committee
from crm_pilot.store.reader import Reader

if TYPE_CHECKING:
    from crm_pilot.store.work import Work


@dataclass(frozen=True)
class FrozenFile:
    """A finished file of an issue."""

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
    files: tuple[FrozenFile, ...]
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
    language and format, at committee level. Seconds: for a job.

    `corrects`: number of the issue that it corrects. Raises `UserError` when there is none.
    """
    if corrects is not None:
        issued.issue(reader, corrects)
    pack = governance.next_committee(reader, today) or governance.last_committee(reader, today)
    files = tuple(
        FrozenFile(language, "pdf", 0, committee.make(reader, today, language=language))
        for language in LANGUAGES
    )
    figures: dict[str, Any] = {"document": str(document), "as_of": today.isoformat()}
    return Prepared(
        number=issued.next_number(reader),
        document=Document(document),
        issued_at=now.replace(microsecond=0),
        as_of=today,
        committee=pack.number if pack else None,
        title="",
        sentence="",
        figures=issued.canonical(figures),
        files=files,
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
