"""Reads a sheet of a spreadsheet (xlsx, xlsm, xlsb, xls, ods) as a table of texts.

The file is first looked through (`archives`), then opened in a process of its own with limited
memory and time: a hang, a crash or a huge allocation of the library ends that process only.
"""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
import time
from itertools import islice
from pathlib import Path
from typing import Any

from crm_pilot.errors import UserError
from crm_pilot.exchange import archives, sheet_process
from crm_pilot.exchange import headers as heads
from crm_pilot.exchange.encodings import NUL
from crm_pilot.exchange.headings import LEAD_ROWS
from crm_pilot.exchange.plan import Problems, Watch
from crm_pilot.exchange.reading import BROKEN
from crm_pilot.exchange.records import Row
from crm_pilot.exchange.shape import Asked, Source, Table, make_table
from crm_pilot.i18n import N_

PATIENCE = 60.0  # seconds without an answer
LOOK = 0.1  # seconds between looks at the cancel button
MOST_LINE = 8 << 20  # bytes of one answer
MOST_TEXT = 128 << 20  # characters of distinct cells
SLOW = N_("“{name}” takes too long to open. Save the sheet as .csv and import that.")
HEAVY = N_("“{name}” needs too much memory. Save the sheet as .csv and import that.")


def read(path: Path, known: frozenset[str], asked: Asked, watch: Watch | None = None) -> Table:
    """The sheet asked for; otherwise the first that names two known columns, otherwise the first
    that has anything in it. Raises `UserError` for what cannot be read."""
    with Book(path, watch) as book:
        if asked.sheet and asked.sheet not in book.sheets:
            raise UserError(
                N_("“{name}” has no sheet “{sheet}”; it has: {sheets}."),
                name=path.name,
                sheet=asked.sheet,
                sheets=", ".join(book.sheets),
            )
        sheet = asked.sheet or _best_sheet(book, known)
        source = Source(path.name, sheet=sheet, sheets=book.sheets)
        rows = _even(book.rows(sheet), source.noted)
        return make_table(rows, known, source, asked.header)


def _best_sheet(book: Book, known: frozenset[str]) -> str:
    """The sheet to read, as `read` says."""
    first, failure = "", None
    for name in book.sheets:
        try:
            rows = book.rows(name, lead=True)
        except UserError as error:
            failure = failure or error
            if book.gone:
                raise
            continue
        if not rows:
            continue
        first = first or name
        lead = rows[:LEAD_ROWS]
        if any(len({heads.normal(cell) for cell in row.cells} & known) > 1 for row in lead):
            return name
    if first:
        return first
    raise failure or UserError(N_("“{name}” is empty."), name=book.name)


def _even(rows: list[Row], noted: Problems) -> list[Row]:
    """Rows of one width, without NUL characters."""
    width = max((len(row.cells) for row in rows), default=0)
    for row in rows:
        if any("\0" in cell for cell in row.cells):
            row.cells = [cell.replace("\0", "") for cell in row.cells]
            noted.warn(row.line, "", "", NUL)
        row.cells += [""] * (width - len(row.cells))
    return rows


def command(path: Path, unpacked: int) -> list[str]:
    """How the process is started; a packed program starts itself."""
    words = [str(path), str(unpacked)]
    if getattr(sys, "frozen", False):
        return [sys.executable, "--read-workbook", *words]
    return [sys.executable, "-P", str(Path(sheet_process.__file__)), *words]


class Book:
    """A workbook, looked through and open in a process of its own. Raises `UserError`."""

    def __init__(self, path: Path, watch: Watch | None = None) -> None:
        unpacked = archives.check(path)
        self.name = path.name
        self.gone = False
        self._watch = watch
        self._answers: queue.Queue[bytes] = queue.Queue(maxsize=4)
        self._process = subprocess.Popen(
            command(path.resolve(), unpacked),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        try:
            self.sheets: tuple[str, ...] = tuple(self._next()[1])
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Book:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        while self._listener.is_alive():  # it may wait for room
            try:
                self._answers.get(timeout=0.01)
            except queue.Empty:
                continue
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process.wait()

    def rows(self, sheet: str, *, lead: bool = False) -> list[Row]:
        """Rows of a sheet that have anything, or the first of them."""
        self._ask(["lead" if lead else "rows", sheet])
        rows: list[Row] = []
        known: dict[str, str] = {}
        size = 0
        while True:
            answer = self._next()
            if answer[0] == "end":
                return rows
            before = len(known)
            for number, cells in answer[1]:
                rows.append(Row(number, [known.setdefault(cell, cell) for cell in cells]))
            size += sum(map(len, islice(known, before, None))) + 50 * (len(known) - before)
            if size > MOST_TEXT:
                raise self._refusal(HEAVY)
            if len(known) > 1 << 16:
                known.clear()

    def _ask(self, question: list[str]) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(question).encode() + b"\n")
            self._process.stdin.flush()
        except OSError as error:
            raise self._refusal(HEAVY) from error

    def _listen(self) -> None:
        assert self._process.stdout is not None
        while line := self._process.stdout.readline(MOST_LINE):
            self._answers.put(line)
        self._answers.put(b"")

    def _next(self) -> list[Any]:
        """The next answer. Raises `UserError` when there is none, `Cancelled` when stopped."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                line = self._answers.get(timeout=LOOK)
                break
            except queue.Empty:
                if self._watch is not None:
                    self._watch.at(0, 1)
                if time.monotonic() > until:
                    raise self._refusal(SLOW) from None
        if not line.endswith(b"\n"):
            raise self._refusal(HEAVY)  # the process has ended: the memory it asked for was refused
        answer: list[Any] = json.loads(line)
        if answer[0] == "large":
            raise UserError(
                N_(
                    "“{name}” declares {rows} rows of {columns} columns: it was not read. Save the"
                    " sheet as .csv and import that."
                ),
                name=self.name,
                rows=answer[1],
                columns=answer[2],
            )
        if answer[0] == "error":
            raise self._failure(answer[1])
        return answer

    def _failure(self, kind: str) -> UserError:
        if kind == "PasswordError":
            return UserError(archives.LOCKED, name=self.name)
        if kind == "MemoryError":
            return UserError(HEAVY, name=self.name)
        return UserError(BROKEN, name=self.name)

    def _refusal(self, template: str) -> UserError:
        self.gone = True
        self._process.kill()
        return UserError(template, name=self.name)
