"""The one way in, for wizard and command line alike: sniff, map, check, plan; then one command."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, cast

from crm_pilot.errors import UserError
from crm_pilot.exchange import (
    completeness,
    people,
    sessions_planned,
    tickets,
    training_plan,
    training_rows,
    users,
)
from crm_pilot.exchange import headers as heads
from crm_pilot.exchange.bundles import gathered, is_bundle
from crm_pilot.exchange.columns import ORDER_KEY, Cells, Setting
from crm_pilot.exchange.completeness import CompletenessFormat
from crm_pilot.exchange.login_formats import MOMENTS as USE_MOMENTS
from crm_pilot.exchange.moments import DateOrder, describe, zone_named, zone_of
from crm_pilot.exchange.people import PeopleFormat
from crm_pilot.exchange.plan import (
    PREVIEW,
    Changes,
    Importer,
    ImportPlan,
    IsCancelled,
    Problems,
    Progress,
    Understood,
    Watch,
)
from crm_pilot.exchange.reading import Table, read_head, read_table
from crm_pilot.exchange.registry import (
    KIND_NOUNS,
    KINDS,
    by_name,
    importer_for,
    known_headers,
    likely_kind,
    missing,
    of_kind,
)
from crm_pilot.exchange.session_formats import SessionsFormat, read_sessions
from crm_pilot.exchange.stakeholder_formats import StakeholderFormat
from crm_pilot.exchange.ticket_formats import MOMENTS
from crm_pilot.exchange.training_formats import TrainingFormat
from crm_pilot.exchange.users import UsersFormat
from crm_pilot.exchange.wishes import Wishes as Wishes
from crm_pilot.exchange.wishes import read_as_wished
from crm_pilot.i18n import N_, Message, msg, nmsg
from crm_pilot.store.commands import Command
from crm_pilot.store.reader import Reader

SEVERAL = ("logins", "actions")  # kinds that are read from several files at once
DATE_FIELDS = frozenset(
    {*MOMENTS, *USE_MOMENTS, "arrived_on", "held_on", "rated_on", "opened_on", "closed_on"}
)
NO_ROWS = msg("there is no row under the header")
IMPORTER_KEY = "@importer"  # in a corrected mapping: the name of the importer to use


def plan_import(
    kind: str,
    path: Path | Sequence[Path],
    reader: Reader,
    *,
    language: str,
    mapping: Mapping[str, str] | None = None,
    remembered: Mapping[str, Mapping[str, str]] | None = None,
    progress: Progress | None = None,
    cancelled: IsCancelled | None = None,
) -> ImportPlan:
    """Read and check a file without changing anything; logins and actions also from several
    files, folders and archives, as one plan.

    `mapping` holds the person's corrections: field name → header (empty: leave out), and
    `@importer`, `@dates` ("dmy" or "mdy"), `@encoding`, `@delimiter`, `@header` (its line, "0":
    none), `@sheet`; without it, what is `remembered` under the plan's signature counts. Raises
    `UserError` for a file that is no table and `Cancelled`; everything wrong inside the table is
    in the plan's problems.
    """
    paths = [Path(path)] if isinstance(path, (str, Path)) else [Path(one) for one in path]
    of_kind(kind)
    watch = Watch(progress, cancelled)
    watch.at(0, 1)
    setting = setting_of(reader, language)
    if kind in SEVERAL:
        from crm_pilot.exchange import use_plan

        return use_plan.plan(kind, paths, reader, setting, Wishes(mapping, remembered), watch)
    if len(paths) != 1:
        raise UserError(
            N_("Only logins and actions are imported from several files at once; nothing was read.")
        )
    path = paths[0]
    if kind == "plan":
        from crm_pilot.exchange import plan_intake

        return plan_intake.plan(path, reader, setting, mapping, watch)
    if kind == "calendar":
        from crm_pilot.exchange import calendar_plan

        return calendar_plan.plan(path, reader, setting, watch)
    if kind == "table":
        from crm_pilot.exchange import own

        return own.plan(path, reader, setting, Wishes(mapping, remembered), watch)
    wished = read_as_wished(
        kind, path, Wishes(mapping, remembered), partial(read_table, watch=watch)
    )
    plan = _plan_table(kind, path, wished.table, reader, setting, wished.chosen, watch)
    return replace(plan, signature=wished.signature)


def guess_kind(path: Path) -> str:
    """The kind a file seems to be of; empty when no importer finds all it needs."""
    from crm_pilot.exchange.calendar_read import looks_like_calendar
    from crm_pilot.exchange.plan_formats import looks_like_plan

    path = Path(path)
    if path.is_dir() or is_bundle(path):
        with gathered([path]) as given:
            return likely_kind(read_head(given.files[0], every_header()).headers)
    if looks_like_calendar(path):
        return "calendar"
    if looks_like_plan(path):
        return "plan"
    return likely_kind(read_head(path, every_header()).headers)


def every_header() -> frozenset[str]:
    """Every normalised header that any importer knows."""
    return frozenset[str]().union(*(known_headers(kind) for kind in KINDS))


def apply_command(plan: ImportPlan) -> Command:
    """The command that applies a plan as one undoable step.

    Raises `UserError` naming the first problem when there is one, or when there is nothing to do.
    """
    if not plan.ok:
        raise UserError(
            N_("Nothing was imported from “{name}”. {problem}"),
            name=plan.source,
            problem=plan.problems[0].sentence,
        )
    if plan.changes.command is None:
        raise UserError(
            N_("Nothing to import: the project knows everything in “{name}” already."),
            name=plan.source,
        )
    return plan.changes.command


def setting_of(reader: Reader, language: str) -> Setting:
    """Language, time zone and day that reading depends on."""
    country, zone, status = reader.one("SELECT country, time_zone, status_date FROM project") or (
        *("", ""),
        None,
    )
    today = dt.date.fromisoformat(status) if status else dt.date.today()
    return Setting(language, zone_named(zone) or zone_of(country), today)


def choose_importer(kind: str, headers: tuple[str, ...], chosen: Mapping[str, str]) -> Importer:
    """The importer the person chose, or the one that fits."""
    name = chosen.get(IMPORTER_KEY, "")
    return by_name(kind, name) if name else importer_for(kind, headers)


def refuse_incomplete(
    importer: Importer, table_headers: tuple[str, ...], mapping: Mapping[str, str], line: int
) -> Problems:
    """A problem when required columns are missing, with what the file seems to be."""
    problems = Problems()
    lacking = missing(importer, mapping)
    if lacking:
        likely = likely_kind(table_headers)
        hint: Message | str = ""
        if likely and likely != importer.kind:
            hint = msg(" It looks like {kind}.", kind=Message(KIND_NOUNS[likely]))
        problems.error(
            line,
            "",
            "",
            msg(
                "this does not look like {kind}: no column for {missing}."
                " The file has: {headers}.{hint}",
                kind=Message(KIND_NOUNS[importer.kind]),
                missing=_list([Message(f.title) for f in lacking]),
                headers=", ".join(table_headers[:12]),
                hint=hint,
            ),
        )
    return problems


def _list(parts: list[Message]) -> Message:
    if len(parts) == 1:
        return msg("“{one}”", one=parts[0])
    return msg("“{one}”, {others}", one=parts[0], others=_list(parts[1:]))


def build_plan(
    path: Path,
    importer: Importer,
    table: Table,
    mapping: Mapping[str, str],
    problems: Problems,
    *,
    order: DateOrder | None = None,
    rows: int | None = None,
    changes: Changes | None = None,
    summary: tuple[Message, ...] = (),
    preview: tuple[tuple[str, ...], ...] = (),
    object: str | None = None,
    counted: tuple[str, ...] = (),
) -> ImportPlan:
    """Put a plan together; columns `counted` are used though they fill no field."""
    used = {*mapping.values(), *counted}
    dropped = table.dropped
    fields = [f for f in importer.fields if f.name in mapping]
    return ImportPlan(
        kind=importer.kind,
        importer=importer.name,
        title=importer.title,
        source=path.name,
        fields=importer.fields,
        headers=tuple(h for h in table.headers if h not in dropped),
        mapping=dict(mapping),
        signature=heads.signature(importer.kind, table.headers),
        understood=Understood(
            encoding=table.encoding,
            delimiter=table.delimiter,
            sheet=table.sheet,
            header_line=table.header_line,
            rows=len(table.rows) if rows is None else rows,
            dates=describe(order) if DATE_FIELDS & mapping.keys() else None,
            date_order=order.order.value if order else "",
            dropped=dropped,
            ignored=tuple(
                header
                for number, header in enumerate(table.headers)
                if header not in used
                and header not in dropped
                and header != f"({heads.letter(number)})"  # a column without a heading
            ),
            sheets=table.source.sheets,
            encoding_why=table.source.encoding_why,
            delimiter_why=table.source.delimiter_why,
            header_why=header_why(table),
            lead=tuple(tuple(row.cells) for row in table.lead),
            lead_lines=tuple(row.line for row in table.lead),
            object=object,
        ),
        summary=summary,
        problems=problems.shown,
        errors=problems.errors,
        warnings=problems.warnings,
        preview_titles=tuple(Message(f.title) for f in fields),
        preview=preview,
        changes=changes or Changes({}, msg("Import"), None),
    )


def header_why(table: Table) -> Message:
    """Why the headings are where they are, and what stands above them."""
    count = len(table.above)
    if not count:
        return table.header_why
    return nmsg(
        "{why}; {n} line above is not part of the table",
        "{why}; {n} lines above are not part of the table",
        count,
        why=table.header_why,
    )


def _plan_table(
    kind: str,
    path: Path,
    table: Table,
    reader: Reader,
    setting: Setting,
    chosen: dict[str, str],
    watch: Watch,
) -> ImportPlan:
    importer = choose_importer(kind, table.headers, chosen)
    found = heads.match(table.headers, importer.fields)
    mapping = heads.corrected(found, chosen, table.headers, importer.fields)
    problems = refuse_incomplete(importer, table.headers, mapping, table.header_line)
    preview = preview_of(table, importer, mapping)
    if problems.errors:
        return build_plan(path, importer, table, mapping, problems, preview=preview)
    problems.take(table.source.noted)
    if not table.rows:
        problems.error(table.header_line, "", "", NO_ROWS)
    form = cast("Any", importer)
    cells = Cells(
        table,
        mapping,
        nulls=getattr(form, "nulls", frozenset()),
        markup=getattr(form, "markup", False),
    )
    forced = chosen.get(ORDER_KEY, "")
    imported = dt.datetime.combine(setting.today, dt.datetime.now().time().replace(microsecond=0))
    told: dict[str, Any] = {}  # what is known of the file besides
    if isinstance(importer, PeopleFormat):
        staff = people.read_people(table, cells, setting, problems, watch, forced)
        changes = people.changes(staff, path.name, cells, reader, imported)
        summary = people.summary(staff, changes.counts)
    elif isinstance(importer, StakeholderFormat):
        from crm_pilot.exchange import stakeholders

        changes, summary = stakeholders.compare(
            path.name, table, cells, reader, setting, problems, watch, chosen, imported
        )
    elif isinstance(importer, CompletenessFormat):
        counted = completeness.count(table, cells, reader, problems, watch, chosen)
        changes = completeness.changes(counted, path.name, reader, setting.today, imported)
        summary = completeness.summary(counted, changes.counts)
        told = {"object": counted.object, "counted": tuple(counted.filled)}
    elif isinstance(importer, UsersFormat):
        accounts = users.read_users(table, cells, setting, problems, watch, forced)
        changes = users.changes(accounts, path.name, reader, imported)
        summary = users.summary(changes.counts)
    elif isinstance(importer, SessionsFormat):
        listed = read_sessions(table, cells, setting, problems, watch, forced)
        changes = sessions_planned.compare(
            listed.sessions, path.name, kind, listed.rows, reader, problems, imported
        )
        summary = sessions_planned.summary(changes.counts)
    elif isinstance(importer, TrainingFormat):
        held = training_rows.read_trainings(
            importer, table, cells, setting, problems, watch, forced
        )
        changes = training_plan.changes(held, path.name, mapping, reader, problems, imported)
        summary = training_plan.summary(held, changes.counts)
    else:
        read = tickets.read_tickets(
            form, table, cells, setting, _departments(reader), problems, watch, forced
        )
        changes = tickets.changes(form, path.name, read, cells, reader, imported)
        summary = tickets.summary(read, changes.counts)
    return build_plan(
        path,
        importer,
        table,
        mapping,
        problems,
        order=cells.order,
        changes=changes,
        summary=summary,
        preview=preview,
        **told,
    )


def _departments(reader: Reader) -> dict[str, int]:
    found = {}
    for key, name, short in reader.select("SELECT id, name, short FROM department"):
        if short:
            found[heads.normal(short)] = key
        found[heads.normal(name)] = key
    return found


def preview_of(
    table: Table, importer: Importer, mapping: Mapping[str, str]
) -> tuple[tuple[str, ...], ...]:
    """The first rows, mapped columns only."""
    place = {header: number for number, header in enumerate(table.headers)}
    columns = [place[mapping[f.name]] for f in importer.fields if f.name in mapping]
    return tuple(
        tuple(" ".join(row.cells[column].split()) for column in columns)
        for row in table.rows[:PREVIEW]
    )
