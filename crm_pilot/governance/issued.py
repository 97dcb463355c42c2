"""Issued reports: frozen for good, listed, and handed out as they were issued.

Figures and texts of an issue are kept as canonical JSON; its fingerprint is the SHA-256 of that
JSON, each of its files carries the SHA-256 of its bytes. Outside undo (docs/decisions/0084).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import replace
from typing import Any

from crm_pilot.errors import UserError
from crm_pilot.governance.terms import Document
from crm_pilot.i18n import N_
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, remembered
from crm_pilot.why import dated

SIGNS = 12  # of the fingerprint that are printed
GROUP = 4


@dataclass(frozen=True)
class FileRow:
    """A file of an issue: `size` in bytes, `digest` the SHA-256 of its content."""

    issue_id: int
    language: str
    format: str
    pages: int
    size: int
    digest: str


@dataclass(frozen=True)
class IssueRow:
    """An issued document. `corrects` and `corrected_by` are numbers of issues."""

    id: int
    number: int
    document: Document
    issued_at: dt.datetime
    as_of: dt.date
    committee: int | None
    title: str
    sentence: str
    corrects: int | None
    corrected_by: int | None
    reason: str
    fingerprint: str
    withdrawn_on: dt.date | None  # files and texts are gone: somebody in them was erased
    files: tuple[FileRow, ...] = ()

    @property
    def mark(self) -> str:
        """The fingerprint as it is printed: `7F3A-91C4-D20B`."""
        return short(self.fingerprint)

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages it can be reprinted in."""
        return tuple(dict.fromkeys(file.language for file in self.files))


def short(fingerprint: str) -> str:
    """The first signs of a fingerprint in groups, as printed."""
    signs = fingerprint[:SIGNS].upper()
    return "-".join(signs[at : at + GROUP] for at in range(0, len(signs), GROUP))


def canonical(value: Any) -> str:
    """JSON that is the same for the same content: keys sorted, no spaces, signs as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(content: bytes) -> str:
    """SHA-256, hexadecimal."""
    return hashlib.sha256(content).hexdigest()


_ISSUES = (
    "SELECT i.id, i.number, i.document, i.issued_at, i.as_of, i.committee, i.title, i.sentence,"
    " c.number, (SELECT max(n.number) FROM report_issue n WHERE n.corrects_id = i.id), i.reason,"
    " i.fingerprint, i.withdrawn_on"
    " FROM report_issue i LEFT JOIN report_issue c ON c.id = i.corrects_id"
    " ORDER BY i.number DESC"
)
_FILES = (
    "SELECT issue_id, language, format, pages, length(content), digest FROM report_file"
    " ORDER BY issue_id, language, format"
)


@remembered("report_issue", "report_file")
def issues(reader: Reader) -> tuple[IssueRow, ...]:
    """Every issued document, the newest first."""
    files: dict[int, list[FileRow]] = {}
    for file in reader.rows(FileRow, _FILES):
        files.setdefault(file.issue_id, []).append(file)
    return tuple(
        replace(row, files=tuple(files.get(row.id, ()))) for row in reader.rows(IssueRow, _ISSUES)
    )


def issue(reader: Reader, number: int) -> IssueRow:
    """The issue with a number. Raises `UserError` when there is none."""
    found = next((row for row in issues(reader) if row.number == number), None)
    if found is None:
        raise UserError(N_("There is no issue no. {number} in this project."), number=number)
    return found


def next_number(reader: Reader) -> int:
    """The number that the next issue gets; numbers are never used twice."""
    return int(reader.value("SELECT coalesce(max(number), 0) FROM report_issue")) + 1


def figures(reader: Reader, number: int) -> str:
    """Figures and texts of an issue as canonical JSON; `{}` of one that was withdrawn."""
    found = reader.value("SELECT figures FROM report_issue WHERE number = ?", number)
    return str(found) if found else "{}"


def intact(reader: Reader, number: int) -> bool:
    """Whether figures and texts of an issue still have its fingerprint, and its files theirs."""
    row = issue(reader, number)
    if row.withdrawn_on is not None:
        return True  # there is nothing left that could be something else
    files = reader.select("SELECT content, digest FROM report_file WHERE issue_id = ?", row.id)
    return digest(figures(reader, number).encode()) == row.fingerprint and all(
        digest(bytes(content)) == kept for content, kept in files
    )


def file(reader: Reader, number: int, language: str, format: str) -> bytes:
    """A file of an issue, byte for byte as it was issued.

    Raises `UserError`: no such issue or file, withdrawn, or changed since by another program.
    """
    row = issue(reader, number)
    if row.withdrawn_on is not None:
        raise UserError(
            N_(
                "Issue no. {number} was withdrawn on {date}: somebody it named was erased. Its"
                " number, date and fingerprint are kept, its files are gone."
            ),
            number=number,
            date=dated(row.withdrawn_on),
        )
    found = reader.one(
        "SELECT content, digest FROM report_file WHERE issue_id = ? AND language = ?"
        " AND format = ?",
        row.id,
        language,
        format,
    )
    if found is None:
        raise UserError(
            N_("Issue no. {number} has no file of this kind ({language}, {format})."),
            number=number,
            language=language,
            format=format,
        )
    content, kept = bytes(found[0]), found[1]
    if digest(content) != kept:
        raise UserError(
            N_(
                "Issue no. {number} was changed outside the program since it was issued"
                " ({language}, {format}): it is not handed out. A dated copy of the project may"
                " still have it."
            ),
            number=number,
            language=language,
            format=format,
        )
    return content
