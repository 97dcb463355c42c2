"""Sheets as they are written to files: rows under titles, texts that are no formulas, and files
that take their place only when they are whole."""

from __future__ import annotations

import errno
import os
import re
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_
from crm_pilot.records import dataclass

KINDS = ("text", "whole", "percent", "decimal", "money", "date", "moment", "truth")
EVERY = 500  # rows between two looks at progress and cancel

# Spreadsheets take such a text for a formula; "'" before it keeps it a text (and is undone by our
# own import). A text that has such a beginning behind apostrophes gets one more, so that taking
# one away always gives back what was there.
FORMULA = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_GUARDED = re.compile("'+[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


NUL = N_(
    "“{sheet}”, row {row}, column “{column}” holds a NUL character, which no table can hold."
    " Nothing was written."
)


@dataclass(frozen=True)
class SheetColumn:
    """A column: its title as shown, and what kind of values it holds (`KINDS`)."""

    title: str
    kind: str = "text"


@dataclass(frozen=True)
class Sheet:
    """Rows under titles. Values are str, int, float, bool, date, datetime or None; percents are
    whole numbers from 0 to 100, money is in euros. `remark` is what a reader must know."""

    name: str
    columns: tuple[SheetColumn, ...]
    rows: Sequence[Sequence[Any]]
    remark: str = ""


def guard(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if FORMULA.match(text) else text


def unguard(text: str) -> str:
    """What `guard` was given."""
    return text[1:] if _GUARDED.match(text) else text


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A file beside `path` that takes its place when all went well; otherwise nothing changed."""
    path = Path(os.path.realpath(path))
    temporary = path.with_name(f".{path.name[:80]}.{uuid.uuid4().hex[:8]}.tmp")
    try:
        with temporary.open("xb") as handle:
            yield handle
            handle.flush()
            os.fsync(handle.fileno())
        if path.exists():
            os.chmod(temporary, path.stat().st_mode & 0o777)
        os.replace(temporary, path)
    except OSError as error:
        raise refusal(error, path) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def refusal(error: OSError, path: Path) -> UserError:
    """The sentence for a file that cannot be written."""
    template = _reason(error)
    return UserError(template, path=str(path), reason=error.strerror or str(error))


def _reason(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return N_(
            "The disk is full: “{path}” was not written. Free some space or choose another place."
        )
    if isinstance(error, PermissionError) or error.errno in (errno.EROFS, errno.EBUSY):
        return N_(
            "“{path}” cannot be written: it is open in another program such as Excel, or its"
            " folder is read-only. Nothing was changed; close it there, or choose another place."
        )
    return N_("“{path}” cannot be written ({reason}). Nothing was changed; choose another place.")
