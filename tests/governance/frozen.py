"""Issues made without drawing: the snapshot is real, the file a few bytes."""

from __future__ import annotations

import datetime as dt

from crm_pilot.governance import issued
from crm_pilot.governance.since import snapshot
from crm_pilot.governance.terms import Document
from crm_pilot.project import Project
from crm_pilot.reports.issuing import FreezeReport, FrozenFile, Prepared


def freeze(
    project: Project,
    as_of: dt.date,
    document: Document = Document.COMMITTEE,
    corrects: int | None = None,
) -> Prepared:
    """Issue `document` with the figures of `as_of`."""
    number = issued.next_number(project.reader)
    made = Prepared(
        number,
        document,
        dt.datetime.combine(as_of, dt.time(14, 2)),
        as_of,
        7,
        f"Report {number}",
        "The third wave slips.",
        issued.canonical({"number": number, "snapshot": snapshot(project.reader, as_of)}),
        (FrozenFile("fr", "pdf", 1, f"%PDF {number}".encode()),),
        corrects,
    )
    project.execute(FreezeReport(made, "A date was wrong" if corrects else ""))
    return made
