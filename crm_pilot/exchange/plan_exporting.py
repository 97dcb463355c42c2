"""Exports the plan in the forms of other planners and calendars; keeps the same log as tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from crm_pilot.errors import UserError
from crm_pilot.exchange import ics
from crm_pilot.exchange.exporting import note_rows
from crm_pilot.exchange.mspdi_write import write_mspdi
from crm_pilot.exchange.plan import IsCancelled, Progress, Watch
from crm_pilot.exchange.plan_from_project import document_of
from crm_pilot.exchange.writing_parts import replacing
from crm_pilot.figures import Level
from crm_pilot.i18n import N_
from crm_pilot.planning import queries
from crm_pilot.planning.rows import TaskRow
from crm_pilot.planning.terms import TaskKind
from crm_pilot.store.reader import Reader

MSPDI, ICS = "mspdi", "ics"
FORMS: Mapping[str, str] = {MSPDI: ".xml", ICS: ".ics"}  # and how their files are called
# without a wish: MS Project gets the whole plan, as a working file; calendars are passed around
USUAL_LEVEL: Mapping[str, Level] = {MSPDI: Level.OWN, ICS: Level.COMMITTEE}


def export_plan(
    reader: Reader,
    form: str,
    out: Path,
    *,
    level: Level,
    language: str,
    today: dt.date,
    progress: Progress | None = None,
    cancelled: IsCancelled | None = None,
) -> Path:
    """Write the plan of the project; returns the file. Raises `UserError` and `Cancelled`."""
    watch = Watch(progress, cancelled)
    watch.at(0, 1)
    if out.suffix.lower() != FORMS[form]:
        raise UserError(
            N_("“{path}” does not end in {suffix}; give the file a name that does."),
            path=str(out),
            suffix=FORMS[form],
        )
    if form == MSPDI:
        document = document_of(reader, level=level, language=language, today=today)
        if not document.tasks:
            raise UserError(EMPTY)
        write_mspdi(document, out, watch)
        count = len(document.tasks)
    else:
        found = list(_events(reader, level))
        if not found:
            raise UserError(EMPTY)
        text = ics.calendar_text(
            str(reader.value("SELECT name FROM project") or ""),
            found,
            language=language,
            made=dt.datetime.now(dt.UTC),
            confidential=level == Level.OWN,
        )
        with replacing(out) as handle:
            handle.write(text.encode("utf-8"))
        count = len(found)
    note_rows(reader, level, [form], count, out)
    watch.at(1, 1)
    return out


EMPTY = N_("The plan has no dated line yet: there is nothing to export.")


def _events(reader: Reader, level: Level) -> list[ics.Event]:
    """Dated tasks and milestones, without those that are switched off."""
    rows = queries.tasks(reader)
    titles: dict[int, str] = {}
    found = []
    for row in rows:
        above = titles.get(row.parent_id, "") if row.parent_id is not None else ""
        titles[row.id] = f"{above} › {row.title}" if above else row.title
        if row.kind is TaskKind.PHASE or not row.active or not row.start or not row.finish:
            continue
        found.append(_event(row, above, own=level == Level.OWN))
    return found


def _event(row: TaskRow, above: str, *, own: bool) -> ics.Event:
    assert row.start is not None
    assert row.finish is not None
    return ics.Event(
        key=row.id,
        title=row.title,
        kind=row.kind,
        pillar=row.pillar,
        first=row.start,
        last=row.finish,
        percent=row.percent,
        above=above,
        owner=row.owner if own else "",
        note=row.note if own else "",
    )
