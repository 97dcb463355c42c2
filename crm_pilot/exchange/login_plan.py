"""Plans the import of a login log: in one pass, or row by row when it has actions."""

from __future__ import annotations

import datetime as dt
from array import array
from dataclasses import replace
from pathlib import Path

from crm_pilot.exchange import headers as heads
from crm_pilot.exchange import log_scan, logins
from crm_pilot.exchange.columns import ORDER_KEY, Cells, Setting
from crm_pilot.exchange.importing import (
    NO_ROWS,
    build_plan,
    choose_importer,
    preview_of,
    refuse_incomplete,
)
from crm_pilot.exchange.log_scan import Layout
from crm_pilot.exchange.login_formats import LoginFormat
from crm_pilot.exchange.logins import Logins
from crm_pilot.exchange.moments import DateOrder, Order, choose_order
from crm_pilot.exchange.plan import ImportPlan, Problems, Watch
from crm_pilot.exchange.reading import (
    Row,
    Table,
    open_bytes,
    read_head,
    read_table,
    whole_encoding,
)
from crm_pilot.exchange.registry import known_headers
from crm_pilot.exchange.shape import Asked
from crm_pilot.exchange.wishes import Wishes, read_as_wished
from crm_pilot.i18n import msg
from crm_pilot.store.reader import Reader

MOST_ACTIONS = 1_000_000


def plan(path: Path, reader: Reader, setting: Setting, wishes: Wishes, watch: Watch) -> ImportPlan:
    """Read and check a log."""
    wished = read_as_wished("logins", path, wishes, read_head)
    head, chosen = wished.table, wished.chosen
    importer = choose_importer("logins", head.headers, chosen)
    assert isinstance(importer, LoginFormat)
    found = heads.match(head.headers, importer.fields)
    mapping = heads.corrected(found, chosen, head.headers, importer.fields)
    problems = refuse_incomplete(importer, head.headers, mapping, head.header_line)
    preview = preview_of(head, importer, mapping)
    if problems.errors:
        plan = build_plan(path, importer, head, mapping, problems, preview=preview)
        return replace(plan, signature=wished.signature)
    if head.sheet or not head.source.plain or "object" in mapping or "days" in mapping:
        asked = Asked.of(chosen)
        table = head if head.sheet else read_table(path, known_headers("logins"), asked, watch)
        problems.take(table.source.noted)
        order, read = _by_rows(importer, table, mapping, setting, chosen, problems, watch)
    else:
        order = _order(head, mapping, setting, chosen)
        read, order = _scan(
            importer,
            path,
            head,
            mapping,
            setting,
            order,
            problems,
            watch,
            Asked.of(chosen).encoding,
        )
    if not read.rows:
        problems.error(head.header_line, "", "", NO_ROWS)
    imported = dt.datetime.combine(setting.today, dt.datetime.now().time().replace(microsecond=0))
    changes = logins.changes(read, path.name, reader, imported)
    plan = build_plan(
        path,
        importer,
        head,
        mapping,
        problems,
        order=order,
        rows=read.rows,
        changes=changes,
        summary=logins.summary(read, changes.counts),
        preview=preview,
    )
    return replace(plan, signature=wished.signature)


def _order(
    head: Table, mapping: dict[str, str], setting: Setting, chosen: dict[str, str]
) -> DateOrder | None:
    """Order of day and month from the beginning of the file; a log is long and dense in days."""
    column = head.headers.index(mapping["moment"])
    forced = chosen.get(ORDER_KEY, "")
    wanted = Order(forced) if forced in set(Order) else None
    values = (row.cells[column] for row in head.rows)
    return choose_order(values, setting.language, forced=wanted)


def _scan(
    form: LoginFormat,
    path: Path,
    head: Table,
    mapping: dict[str, str],
    setting: Setting,
    order: DateOrder | None,
    problems: Problems,
    watch: Watch,
    asked: str,
) -> tuple[Logins, DateOrder | None]:
    """One pass; a second one when the beginning of the file misled: in another encoding when it
    is not UTF-8 further down, in the other order of day and month when no value had decided and
    some now cannot be read."""
    read, noted = _pass(form, path, head, mapping, setting, order, watch, asked)
    if noted.errors and order is not None and not order.sure:
        other = order.other(msg("the only order in which every date can be read"))
        again, also = _pass(form, path, head, mapping, setting, other, watch, asked)
        if not also.errors:
            read, noted, order = again, also, other
    problems.take(noted)
    return read, order


def _pass(
    form: LoginFormat,
    path: Path,
    head: Table,
    mapping: dict[str, str],
    setting: Setting,
    order: DateOrder | None,
    watch: Watch,
    asked: str,
) -> tuple[Logins, Problems]:
    columns = log_scan.needed(head.headers, mapping)
    codec = head.source.codec
    layout = Layout(codec, head.delimiter, head.header_end, head.headers, columns)
    noted = Problems()
    try:
        return logins.scan(form, path, layout, setting, order, noted, watch), noted
    except UnicodeDecodeError:  # its beginning misled: the whole file decides
        with open_bytes(path) as handle:
            encoding = whole_encoding(handle, path.name, asked)
    head.source.encoding, head.source.codec = encoding.name, encoding.codec
    head.source.encoding_why = encoding.why
    layout = replace(layout, encoding=encoding.codec, errors="replace")
    noted = Problems()
    return logins.scan(form, path, layout, setting, order, noted, watch), noted


def _by_rows(
    form: LoginFormat,
    table: Table,
    mapping: dict[str, str],
    setting: Setting,
    chosen: dict[str, str],
    problems: Problems,
    watch: Watch,
) -> tuple[DateOrder | None, Logins]:
    """Row by row: spreadsheets, and files that count actions by user, day and object."""
    cells = Cells(table, mapping)
    cells.decide_dates(["moment"], setting, forced=chosen.get(ORDER_KEY, ""), utc=form.utc)
    collector = _Collector(form, cells, problems)
    for count, row in enumerate(table.rows):
        if not count % 500:
            watch.at(count, len(table.rows))
        collector.take(row)
    return cells.order, collector.logins()


class _Collector:
    """User-days and actions of a table."""

    def __init__(self, form: LoginFormat, cells: Cells, problems: Problems) -> None:
        self._form = form
        self._cells = cells
        self._problems = problems
        self._canonical = logins.canonical(form)
        self._numbers: dict[str, int] = {}
        self._found = Logins(0, [], {}, 0)
        self._names: list[str] = []
        self._days: dict[int, set[int]] = {}

    def take(self, row: Row) -> None:
        """Read one row."""
        cells, found = self._cells, self._found
        found.rows += 1
        status, kind = cells.line(row, "status"), cells.line(row, "type")
        verdict = logins.wanted(self._form, status, kind, has_status=cells.has("status"))
        if verdict == "status":
            found.skipped_status[status] += 1
            return
        if verdict == "type":
            found.skipped_type[kind] += 1
            return
        day = cells.day(row, "moment", self._problems)
        user = cells.line(row, "user")
        if not user or (day is None and not cells.raw(row, "moment")):
            column = cells.mapping["moment" if user else "user"]
            self._problems.error(row.line, column, "", msg("must be filled"))
        elif day is not None:
            found.kept += 1
            self._add(row, self._number(user), day.toordinal())

    def _number(self, user: str) -> int:
        key = self._canonical(user)
        if key not in self._numbers:
            self._numbers[key] = len(self._names)
            self._names.append(user)
        return self._numbers[key]

    def _add(self, row: Row, user: int, day: int) -> None:
        days = self._count(row, "days") if self._cells.raw(row, "days") else 1
        if days > 1:
            self._problems.error(
                row.line,
                self._cells.mapping["days"],
                str(days),
                msg("a row is one user and one day; accepted are 0 and 1"),
            )
        elif days:
            self._days.setdefault(user, set()).add(day)
        name = self._cells.line(row, "object")
        created, updated = self._count(row, "created"), self._count(row, "updated")
        if name and (created or updated):
            key = (user, day, name)
            before = self._found.actions.get(key, (0, 0))
            self._found.actions[key] = (before[0] + created, before[1] + updated)

    def _count(self, row: Row, name: str) -> int:
        text = self._cells.raw(row, name)
        if not text:
            return 0
        if not text.isdecimal():
            self._problems.error(
                row.line, self._cells.mapping[name], text, msg("a whole number is needed")
            )
            return 0
        return int(text)

    def logins(self) -> Logins:
        """What was read."""
        self._found.users = self._names
        self._found.days = {user: array("l", sorted(days)) for user, days in self._days.items()}
        return self._found
