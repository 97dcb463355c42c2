"""Plans the import of our own exports: a table, a workbook of several, or a folder of them.

Rows are known by their No.; what differs is changed, what is not there yet is added, and rows that
are not in the file stay as they are. See docs/decisions/0052-exports-that-read-back.md.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from crm_pilot.exchange import headers as heads
from crm_pilot.exchange import own_hours, own_outline, own_schedule, own_stakeholders
from crm_pilot.exchange.columns import ORDER_KEY, Setting
from crm_pilot.exchange.importing import IMPORTER_KEY, NO_ROWS
from crm_pilot.exchange.moments import DateOrder, Order, choose_order, describe
from crm_pilot.exchange.own_apply import ImportRows, TableChange
from crm_pilot.exchange.own_compare import Comparison, Entry, Part
from crm_pilot.exchange.own_formats import KEY, KIND, TableFormat, format_of, formats, synonyms
from crm_pilot.exchange.own_reading import Line, Source, read_sources
from crm_pilot.exchange.own_values import Parser, Wrong
from crm_pilot.exchange.plan import PREVIEW, Changes, ImportPlan, Problems, Understood, Watch
from crm_pilot.exchange.registry import by_name, known_headers
from crm_pilot.exchange.tables import TableColumn
from crm_pilot.exchange.tables_kinds import Lengths, lengths
from crm_pilot.exchange.wishes import Wishes
from crm_pilot.i18n import N_, Message, msg, nmsg
from crm_pilot.store.reader import Reader

TITLE = msg("Tables of CRM Pilot")
NUMBER = TableColumn(N_("No."), "whole", KEY, low=1, high=2**53)


def plan(path: Path, reader: Reader, setting: Setting, wishes: Wishes, watch: Watch) -> ImportPlan:
    """Read and check exports of ours. Raises `UserError` for what cannot be read."""
    sources = read_sources(path, known_headers(KIND), wishes.given or {}, watch)
    chosen = wishes.of(KIND, sources[0].headers)
    problems = Problems()
    parts, orders = [], []
    for number, source in enumerate(sources):
        watch.at(number, len(sources) + 1)
        form = _form(source, chosen, alone=len(sources) == 1)
        if form is None:
            _refuse(source, problems)
            form = formats()[0]
            parts.append(Part(form, source, {}, [], several=False))
            continue
        for problem in source.problems:
            problems.add(problem)
        found = heads.match(source.headers, form.fields)
        corrections = {} if number else chosen  # they are about the first table
        mapping = heads.corrected(found, corrections, source.headers, form.fields)
        part = Part(form, source, mapping, [], several=len(sources) > 1)
        orders.append(_read(part, setting, problems, chosen.get(ORDER_KEY, ""), lengths(reader)))
        parts.append(part)
    if not any(part.entries for part in parts) and not problems.errors:
        problems.error(sources[0].header_line, "", "", NO_ROWS)
    changes = Changes({}, msg("Import"), None)
    if all(part.mapping for part in parts):
        Comparison(reader, parts, problems).run()
        changes = _changes(parts, path.name, reader, setting, problems)
    return _made(path.name, parts, orders, problems, changes)


def _form(source: Source, chosen: Mapping[str, str], *, alone: bool) -> TableFormat | None:
    """The table a source holds: as the person says, or as its headings do."""
    name = chosen.get(IMPORTER_KEY, "") if alone else ""
    if name:
        form = by_name(KIND, name)
        assert isinstance(form, TableFormat)
        return form if KEY in heads.match(source.headers, form.fields) else None
    return format_of(source.headers)


def _refuse(source: Source, problems: Problems) -> None:
    """Say why a table cannot be read back."""
    plain = {heads.normal(header) for header in source.headers}
    if plain & set(synonyms(N_("Group or code"))):
        message = msg(
            "this is the map at committee level: persons are coded and small groups pooled, so it"
            " cannot be read back. Export it at the lead's own level"
        )
    elif not plain & set(synonyms(N_("No."))):
        message = msg(
            "no column “{column}”, by which rows are known again. Persons and accounts have it"
            " at the lead's own level only",
            column=Message(N_("No.")),
        )
    else:
        message = msg(
            "this does not look like an export of CRM Pilot. The file has: {headers}",
            headers=", ".join(source.headers[:12]),
        )
    problems.error(source.header_line, "", "", message)


# reading -------------------------------------------------------------------------------------


def _read(
    part: Part, setting: Setting, problems: Problems, forced: str, units: Lengths
) -> DateOrder | None:
    """Read every row; what cannot be read is a problem."""
    place = {header: number for number, header in enumerate(part.source.headers)}
    columns = [
        (column, place[part.mapping[column.column]]) for column in (NUMBER, *part.columns)
        if column.column in part.mapping
    ]  # fmt: skip
    dates = [at for column, at in columns if column.kind in ("date", "moment", "when")]
    values = (row.cells[at] for row in part.source.rows for at in dates)
    wanted = Order(forced) if forced in set(Order) else None
    order = choose_order(values, setting.language, forced=wanted)
    parser = Parser(setting, order, guarded=part.source.guarded, units=units)
    for row in part.source.rows:
        part.entries.append(_entry(part, row, columns, parser, problems))
    return order


def _entry(
    part: Part,
    row: Line,
    columns: list[tuple[TableColumn, int]],
    parser: Parser,
    problems: Problems,
) -> Entry:
    entry = Entry(row.line, None, {}, {})
    for column, at in columns:
        entry.raw[column.column] = row.cells[at]
        try:
            entry.said[column.column] = parser.read(column, row.cells[at])
        except Wrong as error:
            part.wrong(problems, entry, column.column, error.message)
    entry.key = entry.said.pop(KEY, None)
    return entry


# changes -------------------------------------------------------------------------------------


def _changes(
    parts: list[Part], source: str, reader: Reader, setting: Setting, problems: Problems
) -> Changes:
    lines = [part for part in parts if part.form.table.table == "task"]
    for part in lines:
        own_schedule.check(part, reader, problems)
        own_outline.check(part, problems)
    own_hours.check(parts, reader, problems)
    own_stakeholders.check(parts, reader, setting.today, problems)
    counts = {
        "rows": sum(len(part.entries) for part in parts),
        "new": sum(entry.new for part in parts for entry in part.entries),
        "changed": sum(bool(e.changed) for part in parts for e in part.entries if not e.new),
        "missing": sum(part.missing for part in parts),
    }
    counts["unchanged"] = counts["rows"] - counts["new"] - counts["changed"]
    announced = [step for part in lines for step in own_outline.announced(part)]
    links = [step for part in lines for step in own_outline.links(part)]
    calendar = own_hours.of_project(parts, problems)
    count = counts["new"] + counts["changed"]
    label = nmsg("Import {n} row from {name}", "Import {n} rows from {name}", count, name=source)
    if not count:
        return Changes(counts, label, None)
    now = dt.datetime.now().time().replace(microsecond=0)
    command = ImportRows(
        label=label,
        source=source,
        imported=dt.datetime.combine(setting.today, now),
        rows=counts["rows"],
        tables=tuple(_table_change(part) for part in parts),
        links=tuple(links),
        announced=tuple(announced),
        calendar=calendar,
    )
    return Changes(counts, label, command)


def _table_change(part: Part) -> TableChange:
    new = tuple({"id": e.id, **e.changed} for e in part.entries if e.new)
    changed = tuple((e.id, dict(e.changed)) for e in part.entries if not e.new and e.changed)
    return TableChange(part.form.table.table, new, changed)


# the plan ------------------------------------------------------------------------------------


def _made(
    source: str,
    parts: list[Part],
    orders: list[DateOrder | None],
    problems: Problems,
    changes: Changes,
) -> ImportPlan:
    first = parts[0]
    read = first.source
    used = set(first.mapping.values())
    columns = [f for f in first.form.fields if f.name in first.mapping]
    place = {header: number for number, header in enumerate(read.headers)}
    told = next((order for order in orders if order is not None), None)
    return ImportPlan(
        kind=KIND,
        importer=first.form.name,
        title=first.form.title if len(parts) == 1 and first.mapping else TITLE,
        source=source,
        fields=first.form.fields,
        headers=read.headers,
        mapping=dict(first.mapping),
        signature=heads.signature(KIND, read.headers),
        understood=Understood(
            encoding=read.encoding,
            delimiter=read.delimiter,
            sheet=read.sheet,
            sheets=read.sheets,
            header_line=read.header_line,
            rows=sum(len(part.entries) for part in parts),
            dates=describe(told) if orders else None,
            ignored=tuple(h for h in read.headers if h not in used) if used else (),
        ),
        summary=_summary(parts, changes),
        problems=problems.shown,
        errors=problems.errors,
        warnings=problems.warnings,
        preview_titles=tuple(Message(f.title) for f in columns),
        preview=tuple(
            tuple(" ".join(row.cells[place[first.mapping[f.name]]].split()) for f in columns)
            for row in read.rows[:PREVIEW]
        ),
        changes=changes,
    )


def _summary(parts: list[Part], changes: Changes) -> tuple[Message, ...]:
    if not changes.counts:
        return ()
    lines = []
    for part in parts:
        new = sum(entry.new for entry in part.entries)
        changed = sum(bool(entry.changed) for entry in part.entries if not entry.new)
        lines.append(
            msg(
                "{table}: {new} new, {changed} changed, {unchanged} unchanged",
                table=part.form.title,
                new=new,
                changed=changed,
                unchanged=len(part.entries) - new - changed,
            )
        )
    if changes.counts["missing"]:
        lines.append(
            nmsg(
                "{n} row of the project is not in the file and stays as it is",
                "{n} rows of the project are not in the file and stay as they are",
                changes.counts["missing"],
            )
        )
    return tuple(lines)
