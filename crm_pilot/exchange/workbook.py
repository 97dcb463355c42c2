"""Reads the first filled sheet of a spreadsheet (xlsx, xls, ods) as a table of texts."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crm_pilot.errors import UserError
from crm_pilot.exchange.reading import Row, Table, make_table
from crm_pilot.i18n import N_

MOST_UNPACKED = 512 << 20
MOST_RATIO = 200  # real sheets shrink 5 to 30 times
SMALL = 16 << 20  # below this a ratio is no danger
MOST_CELLS = 20_000_000


def read(path: Path, known: frozenset[str]) -> Table:
    """The first sheet that has anything in it. Raises `UserError` for what cannot be read."""
    refuse_bomb(path)
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, ZipError

    try:
        book = CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            height, width = sheet.total_height, sheet.total_width
            if height * width > MOST_CELLS:
                raise UserError(
                    N_("“{name}” declares {rows} rows of {columns} columns: it was not read."),
                    name=path.name,
                    rows=height,
                    columns=width,
                )
            rows = sheet.to_python(skip_empty_area=False)
            if any(cell != "" for row in rows for cell in row):
                return make_table(path, _rows(rows), known, [], sheet=name)
    except PasswordError as error:
        raise UserError(
            N_("“{name}” is protected by a password. Save it without one and import it again."),
            name=path.name,
        ) from error
    except (CalamineError, ZipError, OSError, ValueError) as error:
        raise UserError(
            N_("“{name}” is not a spreadsheet that can be read ({reason})."),
            name=path.name,
            reason=str(error),
        ) from error
    raise UserError(N_("“{name}” is empty."), name=path.name)


def refuse_bomb(path: Path) -> None:
    """Refuse an archive whose parts declare an absurd size, before unpacking anything."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return  # an old xls, or broken: the reader will say
    total = sum(part.file_size for part in parts)
    packed = max(1, sum(part.compress_size for part in parts))
    if total > MOST_UNPACKED or (total > SMALL and total / packed > MOST_RATIO):
        raise UserError(
            N_("“{name}” would unpack to {size} MB: it was not opened."),
            name=path.name,
            size=total >> 20,
        )


def _rows(rows: list[list[Any]]) -> Iterator[Row]:
    for number, row in enumerate(rows, 1):
        yield Row(number, [_text(cell) for cell in row])


def _text(cell: Any) -> str:
    """A cell as text: dates in ISO form, whole numbers without decimals."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, (dt.datetime, dt.date, dt.time)):
        return cell.isoformat()
    return str(cell)
