"""Reads one export of use: its columns, its order of dates, its rows in one pass."""

from __future__ import annotations

from dataclasses import field, replace
from functools import partial

from crm_pilot.exchange import headers as heads
from crm_pilot.exchange import use_verdicts
from crm_pilot.exchange.bundles import Openable
from crm_pilot.exchange.columns import ORDER_KEY, Setting
from crm_pilot.exchange.importing import NO_ROWS, choose_importer, preview_of, refuse_incomplete
from crm_pilot.exchange.local_days import LocalDays
from crm_pilot.exchange.log_blocks import Layout
from crm_pilot.exchange.log_scan import Scanner, take_table
from crm_pilot.exchange.login_formats import (
    COUNTS,
    MOMENTS,
    PURVIEW,
    RECORDS,
    LoginFormat,
)
from crm_pilot.exchange.login_words import LoginWords
from crm_pilot.exchange.moments import DateOrder, Moments, Order, choose_order
from crm_pilot.exchange.plan import Problems, Watch
from crm_pilot.exchange.reading import Table, open_bytes, read_head, read_table, whole_encoding
from crm_pilot.exchange.registry import known_headers
from crm_pilot.exchange.shape import Asked
from crm_pilot.exchange.use_found import Found, Objects, Users
from crm_pilot.exchange.use_objects import OBJECT_KEY, object_of_file
from crm_pilot.exchange.use_purview import WORDS, PurviewTaker
from crm_pilot.exchange.use_records import RecordTaker
from crm_pilot.exchange.use_takers import CountTaker, EventTaker, Naming
from crm_pilot.exchange.use_totals import TOTALS_ONLY, is_summary
from crm_pilot.exchange.wishes import Wishes, read_as_wished
from crm_pilot.i18n import msg
from crm_pilot.records import dataclass

JUDGES: dict[str, use_verdicts.JudgeWords] = {
    "login": use_verdicts.judge_login,
    "event_log": use_verdicts.judge_event_log,
    "audit": use_verdicts.judge_audit,
    "hubspot": use_verdicts.judge_hubspot,
    "action": use_verdicts.judge_action,
}
AnyTaker = EventTaker | CountTaker | RecordTaker
NO_OBJECT = msg(
    "the file does not say which records these are: name it after them (contacts.csv), or say it"
    " (--object Contact)"
)


@dataclass(frozen=True)
class Place:
    """What reading a file depends on beside the file."""

    kind: str
    setting: Setting
    words: LoginWords
    users: Users
    objects: Objects


@dataclass
class ReadFile:
    """A file that was read."""

    name: str
    form: LoginFormat
    head: Table
    mapping: dict[str, str]
    chosen: dict[str, str]
    signature: str
    problems: Problems
    found: Found
    preview: tuple[tuple[str, ...], ...] = ()
    order: DateOrder | None = None
    object: str | None = None  # of every row; empty: not known; None: the rows say it
    noted: list[str] = field(default_factory=list)


def read_file(place: Place, file: Openable, name: str, wishes: Wishes, watch: Watch) -> ReadFile:
    """Read and check one file. Raises `UserError` for what is no table, and `Cancelled`."""
    wished = read_as_wished(place.kind, file, wishes, read_head)
    head, chosen = wished.table, wished.chosen
    form = choose_importer(place.kind, head.headers, chosen)
    assert isinstance(form, LoginFormat)
    found = heads.match(head.headers, form.fields)
    mapping = _plain(form, heads.corrected(found, chosen, head.headers, form.fields))
    problems = refuse_incomplete(form, head.headers, mapping, head.header_line)
    if problems.errors and is_summary(head.headers):
        problems = Problems()
        problems.error(head.header_line, "", "", TOTALS_ONLY)
    read = ReadFile(
        name, form, head, mapping, chosen, wished.signature, problems,
        Found(place.users, place.objects), preview_of(head, form, mapping),
    )  # fmt: skip
    _take_object(read, file)
    if not problems.errors:
        _take_rows(read, place, file, watch)
    return read


def _plain(form: LoginFormat, mapping: dict[str, str]) -> dict[str, str]:
    """Only what is used: rows that count by user and day have no status or type, and those of a
    list of logins no counts."""
    if form.shape != COUNTS:
        return mapping
    counts = {"days", "object", "created", "updated"} & mapping.keys()
    if form.kind == "actions":
        counts = {"created", "updated"} & mapping.keys()
    unused = ("status", "type", "operation") if counts else ("days",)
    return {name: column for name, column in mapping.items() if name not in unused}


def _take_object(read: ReadFile, file: Openable) -> None:
    """Which object the rows are of, where they do not say it."""
    form = read.form
    needed = form.shape == RECORDS or (form.shape == COUNTS and form.kind == "actions")
    if "object" in read.mapping or not needed:
        return
    read.object = object_of_file(read.head.headers, file.stem, read.chosen.get(OBJECT_KEY, ""))
    if not read.object and not read.problems.errors:
        read.problems.error(0, "", "", NO_OBJECT)


def _take_rows(read: ReadFile, place: Place, file: Openable, watch: Watch) -> None:
    head, asked = read.head, Asked.of(read.chosen)
    read.order = _order(read, place.setting)
    if head.sheet or not head.source.plain:
        known = known_headers(place.kind)
        table = head if head.sheet else read_table(file, known, asked, watch)
        read.problems.take(table.source.noted)
        taker = _taker(read, place, read.order, read.problems)
        notes = take_table(table.rows, taker)
    else:
        taker, notes = _scan(read, place, file, watch, asked.encoding)
    read.found = taker.finish()
    read.found.footers += notes
    if not read.found.rows:
        _refuse_empty(read)


def _refuse_empty(read: ReadFile) -> None:
    message = TOTALS_ONLY if read.found.footers else NO_ROWS
    read.problems.error(read.head.header_line, "", "", message)


def _order(read: ReadFile, setting: Setting) -> DateOrder | None:
    """Order of day and month from the beginning of the file; a log is long and dense in days."""
    head = read.head
    columns = [head.headers.index(read.mapping[n]) for n in MOMENTS if n in read.mapping]
    forced = read.chosen.get(ORDER_KEY, "")
    wanted = Order(forced) if forced in set(Order) else None
    values = (row.cells[column] for row in head.rows for column in columns)
    return choose_order(values, setting.language, forced=wanted)


def _scan(
    read: ReadFile, place: Place, file: Openable, watch: Watch, asked: str
) -> tuple[AnyTaker, int]:
    """One pass; a second one when the beginning of the file misled: in another encoding when it
    is not UTF-8 further down, in the other order of day and month when no value had decided and
    some now cannot be read."""
    taker, notes, noted = _pass(read, place, file, watch, asked, read.order)
    order = read.order
    if noted.errors and order is not None and not order.sure:
        other = order.other(msg("the only order in which every date can be read"))
        again = _pass(read, place, file, watch, asked, other)
        if not again[2].errors:
            (taker, notes, noted), read.order = again, other
    read.problems.take(noted)
    return taker, notes


def _pass(
    read: ReadFile, place: Place, file: Openable, watch: Watch, asked: str, order: DateOrder | None
) -> tuple[AnyTaker, int, Problems]:
    head, source = read.head, read.head.source
    layout = Layout(source.codec, head.delimiter, head.header_end, head.headers)
    run = partial(_run, read, place, file, watch, order)
    try:
        return run(layout)
    except UnicodeDecodeError:  # its beginning misled: the whole file decides
        with open_bytes(file) as handle:
            encoding = whole_encoding(handle, read.name, asked)
    source.encoding, source.codec = encoding.name, encoding.codec
    source.encoding_why = encoding.why
    return run(replace(layout, encoding=encoding.codec, errors="replace"))


def _run(
    read: ReadFile, place: Place, file: Openable, watch: Watch, order: DateOrder | None,
    layout: Layout,
) -> tuple[AnyTaker, int, Problems]:  # fmt: skip
    noted = Problems()
    taker = _taker(read, place, order, noted)
    return taker, Scanner(layout, taker, noted).run(file, watch), noted


def _taker(read: ReadFile, place: Place, order: DateOrder | None, problems: Problems) -> AnyTaker:
    """What takes the rows of a file of this form."""
    form, mapping, setting = read.form, read.mapping, place.setting
    column = {header: number for number, header in enumerate(read.head.headers)}
    naming = Naming(
        read.head.headers, {name: column[header] for name, header in mapping.items()}, problems
    )
    moments = Moments(
        order.order if order else Order.DAY_FIRST, setting.zone, setting.today, utc=form.utc
    )
    days = LocalDays(moments, setting.zone, setting.kept_from, utc=form.utc)
    found = Found(place.users, place.objects)
    if form.shape == RECORDS:
        return RecordTaker(found, days, naming, read.object or "")
    if form.shape == PURVIEW:
        names = ("operation", "detail")
        naming.places |= {n: naming.places["user"] for n in names if n not in naming.places}
        decide = partial(use_verdicts.decide, use_verdicts.judge_purview, place.words)
        return PurviewTaker(found, days, naming, names, decide, WORDS)
    if (
        form.shape == COUNTS
        and {"days", "object", "created", "updated"} & mapping.keys()
        and ("operation" not in mapping)
    ):
        return CountTaker(found, days, naming, read.object or "", logins=form.kind == "logins")
    telling = [name for name in form.telling if name in mapping]
    decide = partial(use_verdicts.decide, JUDGES[form.judge], place.words)
    found.untyped = (
        form.kind == "logins" and form.judge in ("login", "event_log") and ("type" not in mapping)
    )
    return EventTaker(found, days, naming, telling, decide)
