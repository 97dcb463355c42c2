"""Issued reports that name somebody: told before an erasure, and withdrawn by it.

A frozen report is never edited, so it cannot be kept with a gap: its files and texts go, and its
number, date and fingerprint stay to say that it was there.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING

from crm_pilot.governance import issued
from crm_pilot.governance.issued import IssueRow
from crm_pilot.governance.terms import DOCUMENTS
from crm_pilot.i18n import N_, Message
from crm_pilot.personal import texts
from crm_pilot.personal.held_parts import Part
from crm_pilot.personal.identity import Subject
from crm_pilot.stakeholders.wording import fold
from crm_pilot.store.reader import Reader

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

_SPACES = {0x00A0: " ", 0x202F: " ", 0x2011: "-", 0x00AD: None}
EMPTY = "{}"  # figures and texts of an issue that was withdrawn
ISSUES = "issues"  # key of the part


def naming(reader: Reader, subject: Subject) -> tuple[IssueRow, ...]:
    """Issues that name `subject`, oldest first: surely, or by a last name that no colleague has."""
    kept = (row for row in reversed(issued.issues(reader)) if row.withdrawn_on is None)
    return tuple(row for row in kept if _names(_told(reader, row), subject))


def _told(reader: Reader, row: IssueRow) -> str:
    """All that an issue says, spaces that hold words together on paper made plain ones."""
    told = "\n".join((row.title, row.sentence, row.reason, issued.figures(reader, row.number)))
    return told.translate(_SPACES)


def _names(told: str, subject: Subject) -> bool:
    if not _may_name(told, subject):
        return False
    sure = subject.pattern().search(fold(told)) is not None
    alone = not subject.shared and texts.written_as_name(subject.alone(), told, subject.others())
    return sure or alone


def _may_name(told: str, subject: Subject) -> bool:
    """A quick look before the exact one, which goes sign by sign: hundreds of pages are searched
    while somebody waits for a dialog."""
    wanted = [_plain(text) for text in (*subject.sure, subject.last_name) if text]
    words = _plain(told)
    return any(not text or text in words for text in wanted)


def _plain(text: str) -> str:
    """Small letters without accents; signs that have none of these are left out."""
    apart = unicodedata.normalize("NFKD", text.replace("\u2019", "'"))
    return apart.encode("ascii", "ignore").decode().lower()


def withdraw(work: Work, named: Iterable[IssueRow], on: dt.date) -> int:
    """Take away files and texts of the issues in `named`; how many they are."""
    count = 0
    with work.thawed():
        for row in named:
            for (key,) in work.select("SELECT id FROM report_file WHERE issue_id = ?", row.id):
                work.remove("report_file", key)
            gone = {"title": "", "sentence": "", "reason": "", "figures": EMPTY}
            work.set("report_issue", row.id, **gone, withdrawn_on=on)
            count += 1
    return count


def part(reader: Reader, subject: Subject) -> Part:
    """Issued reports in the person file; what they say is in the reports themselves."""
    rows = tuple(
        (row.number, row.issued_at.date(), Message(DOCUMENTS[row.document]), row.mark)
        for row in naming(reader, subject)
    )
    return Part(
        ISSUES,
        N_("Issued reports that name them"),
        (N_("No."), N_("Issued on"), N_("Document"), N_("Fingerprint")),
        rows,
        N_("An erasure withdraws them: number, date and fingerprint stay, files and texts go."),
    )
