"""What the documents room says: names, what each document is for, and the sentence on top."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from crm_pilot.governance.issued import IssueRow, issues
from crm_pilot.governance.queries import last_committee, next_committee
from crm_pilot.governance.terms import DOCUMENTS, Document
from crm_pilot.i18n import N_, Message, msg, tr
from ui.language import formats, lang
from ui.widgets.two_lines import Line

if TYPE_CHECKING:
    from crm_pilot.project import Reader

ABOUT = {
    Document.FLASH: N_("one page before the meeting"),
    Document.COMMITTEE: N_("what the committee decides on"),
    Document.MINUTES: N_("what was decided, one page"),
    Document.RISKS: N_("matrix, responses, trend"),
    Document.ACTIONS: N_("who does what by when"),
}
ICONS = {
    Document.FLASH: "sun",
    Document.COMMITTEE: "committee",
    Document.MINUTES: "check-circle",
    Document.RISKS: "warning",
    Document.ACTIONS: "plan",
}


def document_line(document: Document) -> Line:
    """A document in the list."""
    return Line(tr(DOCUMENTS[document]), tr(ABOUT[document]), ICONS[document])


def issue_line(row: IssueRow) -> Line:
    """An issued document in the list: number, day, document, and its fingerprint below."""
    name = tr("No. {number} · {document}", number=row.number, document=tr(DOCUMENTS[row.document]))
    day = formats.day(row.issued_at.date(), lang(), year=True)
    if row.withdrawn_on is not None:
        below = tr("{day} · withdrawn", day=day)
    elif row.corrected_by is not None:
        below = tr("{day} · corrected by no. {number}", day=day, number=row.corrected_by)
    else:
        below = f"{day} · {row.mark}"
    return Line(name, below, faded=bool(row.withdrawn_on or row.corrected_by))


def headline(reader: Reader, today: dt.date) -> Message:
    """What matters in this room today: whether the next committee has its report."""
    coming, last = next_committee(reader, today), last_committee(reader, today)
    known = [row for row in issues(reader) if row.document is Document.COMMITTEE]
    for committee in (coming, last):
        if committee is None:
            continue
        made = next((row for row in known if row.committee == committee.number), None)
        if made is not None:
            return msg(
                "The report of committee no. {committee} was issued on {day} as no. {number}.",
                committee=committee.number,
                day=made.issued_at.date(),
                number=made.number,
            )
        if committee is coming:
            return msg(
                "Committee no. {committee} meets on {day}: its report is still a draft.",
                committee=committee.number,
                day=committee.held_on,
            )
    if last is None:
        return msg("No committee is dated: every document is a draft until it is issued.")
    return msg(
        "The report of committee no. {committee} of {day} was never issued.",
        committee=last.number,
        day=last.held_on,
    )
