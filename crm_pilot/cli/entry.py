"""Runs one command and turns what goes wrong into a sentence and an exit code."""

from __future__ import annotations

import datetime as dt
import gc
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from crm_pilot import i18n
from crm_pilot.cli import arguments
from crm_pilot.cli.speech import complain, say, spoken, wanted_language
from crm_pilot.errors import Cancelled, StorageKind, UserError
from crm_pilot.i18n import N_, tr

DONE, BUG, MENDABLE = 0, 1, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run `crm-pilot` with the given words; returns the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] == ["--read-workbook"]:
        return _read_workbook(*words[1:3])
    i18n.set_language(wanted_language(words))
    try:
        return _run(words)
    except UserError as error:
        complain(i18n.show(error.message))
        return MENDABLE
    except (Cancelled, KeyboardInterrupt):
        complain(tr("Stopped. Nothing was changed."))
        return MENDABLE
    except BrokenPipeError:  # the reader of our output has seen enough
        sys.stdout = None
        return DONE
    except OSError as error:
        return _unusable(error)
    except Exception as error:  # the border: everything else is a bug, and is logged
        return _unreadable(error, words)


def _run(words: list[str]) -> int:
    if words[:1] == ["--self-test"]:
        return _self_test()
    with spoken():
        try:
            if words and (words[0] in arguments.COMMANDS or _asks_for_help(words)):
                asked = arguments.command_parser().parse_args(words)
            else:
                return _window(arguments.window_parser().parse_args(words))
        except SystemExit as end:  # after --help and --version
            return int(end.code or 0)
    with _seldom_collecting():
        return _command(asked.command)(asked)


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    """Look for unused circles of objects seldom: a command ends soon, and loading modules alone
    would have them looked for a hundred times (5 % of a report)."""
    before = gc.get_threshold()
    gc.set_threshold(50_000, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _asks_for_help(words: list[str]) -> bool:
    return bool({"-h", "--help", "--version"} & set(words))


def _command(name: str) -> Callable[[Any], int]:
    """The function of a command; each loads only what it needs."""
    from crm_pilot.cli import commands

    if name in ("person-file", "erase"):  # they need the mapped classes, nothing else here does
        from crm_pilot.cli import personal

        return personal.erase if name == "erase" else personal.person_file
    if name == "issue":
        from crm_pilot.cli import issuing

        return issuing.issue
    found: Callable[[Any], int] = {
        "new": commands.new,
        "demo": commands.demo,
        "import": commands.import_file,
        "export": commands.export,
        "report": commands.report,
        "figures": commands.figures,
        "warnings": commands.warnings,
        "picture": commands.picture,
        "check": commands.check,
        "copies": commands.copies,
    }[name]
    return found


def _read_workbook(path: str, unpacked: str) -> int:
    """Be the process in which the packed program opens a spreadsheet."""
    from crm_pilot.exchange import sheet_process

    return sheet_process.main(path, unpacked)


def _self_test() -> int:
    """Try what a package easily lacks, for support: it says so in English."""
    from crm_pilot.cli.screen import draw_anywhere

    draw_anywhere()
    from ui import selftest

    return selftest.run(say)


def _window(asked: Any) -> int:
    from crm_pilot.cli.screen import need_screen

    if asked.file is not None and not asked.file.exists():
        if not asked.file.suffix:
            raise UserError(
                N_(
                    "“{word}” is neither a command nor a file."
                    " “crm-pilot --help” lists the commands."
                ),
                word=str(asked.file),
            )
        raise UserError(N_("“{path}” does not exist."), path=str(asked.file))
    need_screen()
    from ui import app

    return app.run(asked.file, app.Options(asked.lang, asked.theme, asked.quit_after_paint))


def _unreadable(error: Exception, words: list[str]) -> int:
    """A file that breaks while it is read is the person's to mend; all other errors are bugs."""
    import sqlite3  # not needed by a window that opens

    from crm_pilot.store.sqlite import storage_error

    if not isinstance(error, sqlite3.DatabaseError):
        return _bug(error)
    path = Path(words[1]) if len(words) > 1 else Path()
    found = storage_error(error, path)
    if found.kind is StorageKind.FAILED:
        return _bug(error)
    complain(i18n.show(found.message))
    return MENDABLE


def _unusable(error: OSError) -> int:
    """A full disk or a closed folder is the person's to mend."""
    from crm_pilot.store.sqlite import storage_error

    found = storage_error(error, Path(error.filename or "."))
    complain(i18n.show(found.message))
    return MENDABLE


def _bug(error: Exception) -> int:
    """Write the traceback to the crash log, and one sentence for the person."""
    import traceback

    from crm_pilot.paths import logs_dir

    log = logs_dir() / f"bug-{dt.date.today():%Y%m%d}.log"
    text = "".join(traceback.format_exception(error))
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8") as handle:
            handle.write(f"{dt.datetime.now():%H:%M:%S}\n{text}\n")
    except OSError:
        complain(text)
    complain(
        tr(
            "CRM Pilot stopped on a bug ({kind}). The details are in “{path}”.",
            kind=type(error).__name__,
            path=str(log),
        )
    )
    return BUG
