"""Plans the import of logins or records from one file or many: one plan, one step, all or nothing.

What several files, or earlier imports, show of the same day counts once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from crm_pilot.adoption import facts
from crm_pilot.exchange.bundles import Given, gathered
from crm_pilot.exchange.columns import Setting
from crm_pilot.exchange.importing import build_plan
from crm_pilot.exchange.login_words import LoginWords, login_words
from crm_pilot.exchange.plan import Changes, FileCount, ImportPlan, Problem, Problems, Watch
from crm_pilot.exchange.use_changes import changes, known_objects
from crm_pilot.exchange.use_discretion import discreet
from crm_pilot.exchange.use_file import Place, ReadFile, read_file
from crm_pilot.exchange.use_found import Found, Objects, Users
from crm_pilot.exchange.use_summary import summary
from crm_pilot.exchange.wishes import Wishes
from crm_pilot.i18n import msg
from crm_pilot.store.reader import Reader

LONGEST_SOURCE = 160  # of the names of all files, in the batch


def plan(
    kind: str,
    paths: Sequence[Path],
    reader: Reader,
    setting: Setting,
    wishes: Wishes,
    watch: Watch,
) -> ImportPlan:
    """Read and check logs or lists of records."""
    setting = replace(setting, kept_from=facts.kept_from(reader))
    words = login_words(reader)
    place = Place(kind, setting, words, Users(), Objects(known_objects(reader)))
    total, problems = Found(place.users, place.objects), Problems()
    counts: list[FileCount] = []
    first: ReadFile | None = None
    with gathered(paths) as given:
        for number, file in enumerate(given.files):
            part = _Part(watch, number, len(given.files))
            theirs = wishes if first is None else _for_another(wishes)
            read = read_file(place, file, given.name(file), theirs, part)
            _note_problems(problems, read, several=len(given.files) > 1)
            counts.append(_counted(read))
            total.take(read.found)
            read.found = Found(place.users, place.objects)
            first = first or read
    assert first is not None
    _note_left_out(problems, given)
    return _planned(kind, paths, given, first, total, counts, problems, reader, setting, words)


def _planned(
    kind: str,
    paths: Sequence[Path],
    given: Given,
    first: ReadFile,
    total: Found,
    counts: list[FileCount],
    problems: Problems,
    reader: Reader,
    setting: Setting,
    words: LoginWords,
) -> ImportPlan:
    source = _source(paths, counts)
    imported = dt.datetime.combine(setting.today, dt.datetime.now().time().replace(microsecond=0))
    changed = Changes({}, msg("Import"), None)
    several = tuple(counts) if len(counts) > 1 else ()
    told: tuple = ()  # type: ignore[type-arg]
    if not problems.errors:
        changed = changes(kind, total, source, reader, words, imported, problems)
        told = summary(kind, total, changed.counts, words, several)
    made = build_plan(
        Path(source),
        first.form,
        first.head,
        first.mapping,
        problems,
        order=first.order,
        rows=total.rows,
        changes=changed,
        summary=told,
        preview=first.preview,
    )
    understood = replace(made.understood, object=first.object)
    made = replace(made, source=source, signature=first.signature, files=several,
                   understood=understood)  # fmt: skip
    return discreet(made)


class _Part(Watch):
    """The share of one file in the progress of all."""

    def __init__(self, whole: Watch, number: int, count: int) -> None:
        super().__init__()
        self._whole, self._number, self._count = whole, number, count

    def at(self, done: float, total: float) -> None:
        self._whole.at((self._number + done / (total or 1)) / self._count, 1)


def _for_another(wishes: Wishes) -> Wishes:
    """What was corrected for the first file holds for the others as far as they have its
    columns: settings of the reading do, a column does where it is there."""
    given = {k: v for k, v in (wishes.given or {}).items() if k in ("@dates", "@object")}
    return Wishes(given or None, wishes.remembered)


def _counted(read: ReadFile) -> FileCount:
    found = read.found
    return FileCount(read.name, read.form.title, found.rows, found.kept, found.footers)


def _note_problems(problems: Problems, read: ReadFile, *, several: bool) -> None:
    """Take over the problems of a file, with its name where there are several."""
    if not several:
        problems.take(read.problems)
        return
    named = Problems()
    for problem in read.problems.shown:
        message = msg("{problem} (in “{file}”)", problem=problem.message, file=read.name)
        named.add(Problem(problem.line, problem.column, problem.value, message, problem.severity))
    named.errors, named.warnings = read.problems.errors, read.problems.warnings
    problems.take(named)


def _note_left_out(problems: Problems, given: Given) -> None:
    for name in given.left_out:
        problems.warn(0, "", "", msg("“{name}” is no table and was left out", name=name))


def _source(paths: Sequence[Path], counts: Sequence[FileCount]) -> str:
    """Names of what was given, never a path."""
    if len(paths) == 1:
        return paths[0].name
    text = ", ".join(path.name for path in paths)
    if len(text) <= LONGEST_SOURCE:
        return text
    return f"{text[: LONGEST_SOURCE - 12]}… ({len(counts)})"
