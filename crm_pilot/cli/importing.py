"""`crm-pilot import`: shows what was understood and every problem, then applies all or nothing."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from crm_pilot import exchange, i18n
from crm_pilot.cli.speech import complain, say
from crm_pilot.errors import UserError
from crm_pilot.exchange.registry import ALIASES
from crm_pilot.i18n import N_, ntr, tr
from crm_pilot.project import Project

if TYPE_CHECKING:
    from crm_pilot.exchange.plan import ImportPlan

FOLDERS = ("table", "logins", "actions")  # kinds that may come as a folder
SHOWN = 50  # problems printed; the rest are counted


def run(asked: Namespace) -> int:
    """Check what is given, apply it unless `--check`, save. 0: fine; 2: something to mend."""
    kind = ALIASES.get(asked.kind, asked.kind)
    folders = kind in FOLDERS
    for source in asked.source:
        if not (source.is_file() or (folders and source.is_dir())):
            raise UserError(N_("“{path}” does not exist."), path=str(source))
    mapping = _mapping(asked.map, asked)
    if asked.kind == "plan":
        mapping = {**(mapping or {}), "@plan": "add" if asked.add else "new"}
    with Project.open(asked.file, read_only=asked.check) as project:
        if project.holder is not None:
            raise UserError(
                N_(
                    "“{path}” is open by {person} on {host} since {since}. Nothing was changed;"
                    " close it there and try again."
                ),
                path=str(asked.file),
                person=project.holder.person,
                host=project.holder.host,
                since=project.holder.since,
            )
        plan = exchange.plan_import(
            kind,
            asked.source,
            project.reader,
            language=asked.lang or i18n.current().language,
            mapping=mapping,
            progress=_progress(),
        )
        if asked.json:
            return _as_json(project, plan, check=asked.check)
        _show(plan)
        if not plan.ok:
            complain(
                ntr(
                    "One problem must be mended first; nothing was changed.",
                    "{n} problems must be mended first; nothing was changed.",
                    plan.errors,
                )
            )
            return 2
        if asked.check:
            say(tr("Checked only: nothing was changed."))
            return 0
        return _apply(project, plan)


def _as_json(project: Project, plan: ImportPlan, *, check: bool) -> int:
    """Apply as said, and tell everything in one object for machines."""
    applied = plan.ok and not check and not plan.changes.nothing
    if applied:
        project.execute(exchange.apply_command(plan))
        project.save()
    told = {
        "kind": plan.kind,
        "importer": plan.importer,
        "source": plan.source,
        "ok": plan.ok,
        "applied": applied,
        "counts": dict(plan.counts),
        "left_out": dict(plan.changes.note),
        "files": [
            {"name": file.name, "rows": file.rows, "kept": file.kept, "notes": file.footers}
            for file in plan.files
        ],
        "summary": [i18n.show(line) for line in plan.summary],
        "errors": plan.errors,
        "warnings": plan.warnings,
        "problems": [i18n.show(problem.sentence) for problem in plan.problems[:SHOWN]],
    }
    say(json.dumps(told, ensure_ascii=False, indent=2))
    return 0 if plan.ok else 2


def _apply(project: Project, plan: ImportPlan) -> int:
    if plan.changes.nothing:
        say(tr("The project knows all this already; nothing was changed."))
        return 0
    project.execute(exchange.apply_command(plan))
    saved = project.save()
    say(tr("Imported and saved in “{path}”.", path=str(saved.path)))
    return 0


def _mapping(pairs: list[str], asked: Namespace) -> Mapping[str, str] | None:
    """`field=Column` words and how to read the file, as a mapping; None when there are none."""
    mapping = {}
    for pair in pairs:
        field, mark, column = pair.partition("=")
        if not (field and mark and column):
            raise UserError(N_("“{value}” is not a mapping; write it as field=Column."), value=pair)
        mapping[field.strip()] = column.strip()
    sign = {"tab": "\t", "\\t": "\t"}.get(asked.delimiter.casefold(), asked.delimiter)
    reading = {
        "@encoding": asked.encoding,
        "@delimiter": sign,
        "@header": asked.header,
        "@sheet": asked.sheet,
        "@object": asked.object,
        "@departments": "create" if asked.create_departments else "",
        "@groups": "department" if asked.by_department else "",
    }
    return {**mapping, **{key: value for key, value in reading.items() if value}} or None


def _progress() -> Callable[[float, float], None] | None:
    """Percent on one line, where a person is watching."""
    if not sys.stderr.isatty():
        return None
    last = [-1]

    def show(done: float, total: float) -> None:
        percent = int(100 * done / total) if total else 100
        if percent != last[0]:
            last[0] = percent
            print(f"\r{percent:3d} %", end="\r", file=sys.stderr, flush=True)

    return show


def _show(plan: ImportPlan) -> None:
    """What was understood, what would change, and the problems."""
    read = plan.understood
    say(i18n.show(plan.title))
    if plan.columnless:
        _show_lines(plan)
        return
    how = [read.encoding, read.sheet or {"\t": "TAB"}.get(read.delimiter, read.delimiter)]
    say(
        "  "
        + tr(
            "{source}: {rows} rows, {how}, headings in line {line}",
            source=plan.source,
            rows=read.rows,
            how=" ".join(part for part in how if part),
            line=read.header_line,
        )
    )
    if read.encoding_why is not None:
        say("  " + tr("Encoding: {why}", why=i18n.show(read.encoding_why)))
    if read.delimiter_why is not None:
        say("  " + tr("Cells: {why}", why=i18n.show(read.delimiter_why)))
    if read.header_why is not None:
        say("  " + tr("Headings: {why}", why=i18n.show(read.header_why)))
    if read.dates is not None:
        say(f"  {i18n.show(read.dates)}")
    for field, column in plan.mapping.items():
        say(f"  {field} = {column}")
    if read.dropped:
        say("  " + tr("Dropped at the door: {columns}", columns=", ".join(read.dropped)))
    if read.ignored:
        say("  " + tr("Not used: {columns}", columns=", ".join(read.ignored)))
    _show_found(plan)


def _show_lines(plan: ImportPlan) -> None:
    """The first lines of a plan as they stand in the file, and what would change."""
    rows = plan.understood.rows
    say("  " + ntr("{source}: {n} line", "{source}: {n} lines", rows, source=plan.source))
    for row in plan.preview:
        say("  " + " · ".join(filter(None, row)))
    if rows > len(plan.preview):
        say("  …")
    _show_found(plan)


def _show_found(plan: ImportPlan) -> None:
    """What would change, and the problems."""
    for line in plan.summary:
        say(i18n.show(line))
    for problem in plan.problems[:SHOWN]:
        say(f"  {i18n.show(problem.sentence)}")
    more = plan.errors + plan.warnings - min(len(plan.problems), SHOWN)
    if more > 0:
        say("  " + ntr("… and one more", "… and {n} more", more))
