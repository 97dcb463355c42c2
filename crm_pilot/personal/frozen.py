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
    told: dict[str, set[int]] = {}  # reports say most things again: each text is searched once
    for row in issued.issues(reader):
        if row.withdrawn_on is None:
            for text in _texts(reader, row):
                told.setdefault(text, set()).add(row.number)
    wanted = [_plain(text) for text in (*subject.sure, subject.last_name) if text]
    found: set[int] = set()
    for text, numbers in told.items():
        if not numbers <= found and _may_name(text, wanted) and _names(text, subject):
            found |= numbers
    return tuple(row for row in reversed(issued.issues(reader)) if row.number in found)


def _texts(reader: Reader, row: IssueRow) -> set[str]:
    """All that an issue says: the strings of its JSON as they stand between quotation marks."""
    said = issued.figures(reader, row.number).split('"')
    return {row.title, row.sentence, row.reason, *said}


def _may_name(text: str, wanted: list[str]) -> bool:
    """A quick look before the exact one, which goes sign by sign. A name without a letter of the
    alphabet is always looked for."""
    plain = _plain(text)
    return any(name in plain for name in wanted)


def _names(text: str, subject: Subject) -> bool:
    """Whether a text names them; spaces that hold words together on paper are plain ones here."""
    text = text.translate(_SPACES)
    if subject.pattern().search(fold(text)) is not None:
        return True
    return not subject.shared and texts.written_as_name(subject.alone(), text, subject.others())


def _plain(text: str) -> str:
    """Small letters without accents; signs that have none of these are left out."""
    text = text.translate(_SPACES)
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.replace("\u2019", "'"))
        text = text.encode("ascii", "ignore").decode()
    return text.lower()


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
