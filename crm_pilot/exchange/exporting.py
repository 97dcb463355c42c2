"""Exports tables of a project to files, for window and command line alike; keeps a log of it."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from crm_pilot import paths
from crm_pilot.errors import UserError
from crm_pilot.exchange import tables
from crm_pilot.exchange.plan import IsCancelled, Progress, Watch
from crm_pilot.exchange.tables import ExportTable
from crm_pilot.exchange.writing import Sheet, write_csv, write_xlsx
from crm_pilot.exchange.writing_parts import refusal
from crm_pilot.figures import LEVELS, Level
from crm_pilot.formats import long_day
from crm_pilot.i18n import N_, Translator
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader

SUFFIXES = (".csv", ".xlsx")
LOG = "exports.log"
MOST_LOG = 1 << 20  # bytes; the older half is dropped then
HIDDEN = N_("Left out at committee level: notes and descriptions, codes of persons.")
NAMED = N_("The lead's own level: everything, with names. Keep it to yourself.")
AGAIN = N_(
    "Rows can be changed here and imported again: they are known by the column “{column}”. A row"
    " without a number is added; a row that is taken out is left as it is in the project."
)


@dataclass(frozen=True)
class Wanted:
    """How an export is to be. An empty delimiter is the usual one of the language."""

    language: str
    level: Level = Level.COMMITTEE
    delimiter: str = ""
    encoding: str = "utf-8"


def export(
    reader: Reader,
    names: Sequence[str],
    out: Path,
    wanted: Wanted,
    today: dt.date,
    *,
    progress: Progress | None = None,
    cancelled: IsCancelled | None = None,
) -> tuple[Path, ...]:
    """Write tables to one `.xlsx`, one `.csv`, or a folder of CSV; returns what was written.

    Several tables go to a workbook or a folder. Raises `UserError` and `Cancelled`; a file that
    could not be written whole is as it was.
    """
    watch = Watch(progress, cancelled)
    chosen = tables.find(names)
    written = targets(names, out, wanted)
    made = []
    for number, table in enumerate(chosen):
        watch.at(number, 2 * len(chosen))
        made.append(
            tables.sheet_of(
                reader, table, language=wanted.language, level=wanted.level, today=today
            )
        )
    half = _Half(watch)
    if out.suffix.lower() == ".xlsx":
        project = str(reader.value("SELECT name FROM project") or "")
        notes = _notes(project, wanted, today)
        write_xlsx(made, out, language=wanted.language, title=project, notes=notes, watch=half)
    elif out.suffix.lower() == ".csv":
        _csv(made[0], out, wanted, half)
    else:
        _folder(made, written, out, wanted, half)
    note(reader, wanted.level, [table.name for table in chosen], made, out)
    return written


def write_sheet(sheet: Sheet, out: Path, wanted: Wanted, watch: Watch | None = None) -> Path:
    """Write one sheet in the form its file name says. Raises `UserError`."""
    if out.suffix.lower() == ".xlsx":
        write_xlsx([sheet], out, language=wanted.language, title=sheet.name, watch=watch)
    else:
        _csv(sheet, out, wanted, watch)
    return out


def marked(sheet: Sheet, language: str) -> Sheet:
    """Rows as the lead sees them, marked as the lead's own."""
    return replace(sheet, remark=Translator(language).tr(tables.WATERMARK))


def targets(names: Sequence[str], out: Path, wanted: Wanted) -> tuple[Path, ...]:
    """The files an export would write. Raises `UserError` for several tables and one CSV."""
    chosen = tables.find(names)
    if out.suffix.lower() in SUFFIXES:
        if out.suffix.lower() == ".csv" and len(chosen) > 1:
            raise UserError(
                N_("A CSV holds one table only. Name a folder, or a file that ends in .xlsx.")
            )
        return (out,)
    return tuple(out / file_name(table, wanted) for table in chosen)


def file_name(table: ExportTable, wanted: Wanted) -> str:
    """Name of a table's file in a folder."""
    shown = Translator(wanted.language)
    own = " " + shown.tr("(confidential)") if wanted.level == Level.OWN else ""
    return f"{shown.tr(table.title)}{own}.csv"


def _csv(sheet: Sheet, out: Path, wanted: Wanted, watch: Watch | None) -> None:
    write_csv(
        sheet,
        out,
        language=wanted.language,
        delimiter=wanted.delimiter,
        encoding=wanted.encoding,
        watch=watch,
    )


def _folder(
    made: Sequence[Sheet], written: Sequence[Path], out: Path, wanted: Wanted, watch: Watch
) -> None:
    """All files beside each other first, so that one that cannot be written keeps all back."""
    try:
        out.mkdir(exist_ok=True)
        with TemporaryDirectory(prefix=".export-", dir=out) as aside:
            for number, (sheet, path) in enumerate(zip(made, written, strict=True)):
                watch.at(number, len(made))
                _csv(sheet, Path(aside) / path.name, wanted, None)
            for path in written:
                os.replace(Path(aside) / path.name, path)
    except OSError as error:
        raise refusal(error, Path(error.filename2 or out)) from error
    watch.at(1, 1)


class _Half(Watch):
    """The second half of the progress."""

    def __init__(self, watch: Watch) -> None:
        super().__init__()
        self._whole = watch

    def at(self, done: float, total: float) -> None:
        self._whole.at(total + done, 2 * total)


def _notes(project: str, wanted: Wanted, today: dt.date) -> list[str]:
    """What a reader of a workbook must know, line by line."""
    shown = Translator(wanted.language)
    own = wanted.level == Level.OWN
    return [
        project,
        shown.tr("Exported with CRM Pilot, as of {day}", day=long_day(today, wanted.language)),
        shown.tr("Level: {level}", level=shown.tr(LEVELS[wanted.level])),
        shown.tr(NAMED if own else HIDDEN),
        shown.tr(AGAIN, column=shown.tr(tables.ID)),
    ]


# the log -------------------------------------------------------------------------------------


def note(
    reader: Reader, level: Level, names: Sequence[str], made: Sequence[Sheet], out: Path
) -> None:
    """Keep a line about tables that left the program."""
    note_rows(reader, level, names, sum(len(sheet.rows) for sheet in made), out)


def note_rows(reader: Reader, level: Level, names: Sequence[str], rows: int, out: Path) -> None:
    """Keep a line about what left the program (DOMAIN.md 6): when, level, what, rows, file.

    It stays on this computer. Where it cannot be written, the export counts all the same.
    """
    project = str(reader.value("SELECT name FROM project") or "")
    fields = (
        dt.datetime.now().isoformat(" ", "seconds"),
        project,
        str(level),
        ",".join(names),
        str(rows),
        str(out),
    )
    line = "\t".join(" ".join(field.split()) for field in fields) + "\n"
    log = paths.logs_dir() / LOG
    with suppress(OSError):
        log.parent.mkdir(parents=True, exist_ok=True)
        if log.exists() and log.stat().st_size > MOST_LOG:
            kept = log.read_bytes()[-MOST_LOG // 2 :]
            log.write_bytes(kept[kept.find(b"\n") + 1 :])
        with log.open("a", encoding="utf-8") as handle:
            handle.write(line)
