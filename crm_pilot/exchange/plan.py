"""What an import would do, before it does anything: mapping, problems, preview and changes.

A plan is made in a background job by an importer (`Importer.plan`) and applied by one command.
Columns that identify a machine or a place never get as far as a plan.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from enum import StrEnum
from typing import Any, Protocol

from crm_pilot.errors import Cancelled
from crm_pilot.i18n import N_, Message, msg
from crm_pilot.records import dataclass
from crm_pilot.store.commands import Command

SHOWN = 1000  # problems kept one by one; the rest are counted
PREVIEW = 20

Progress = Callable[[float, float], None]  # (done, total)
IsCancelled = Callable[[], bool]


class Severity(StrEnum):
    """Whether a problem keeps the file from being imported."""

    ERROR = "error"
    WARNING = "warning"


SEVERITIES = {Severity.ERROR: N_("To mend"), Severity.WARNING: N_("To know")}


@dataclass(frozen=True)
class Problem:
    """Something wrong at a line and column of the file, with the value found there."""

    line: int  # of the file, the first is 1; 0: the file as a whole
    column: str
    value: str
    message: Message
    severity: Severity = Severity.ERROR

    @property
    def sentence(self) -> Message:
        """Where it is, and what it is."""
        if not self.line:
            return self.message
        if not self.column:
            return msg("Line {line}: {problem}", line=self.line, problem=self.message)
        if not self.value:
            return msg(
                "Line {line}, column “{column}”: {problem}",
                line=self.line,
                column=self.column,
                problem=self.message,
            )
        return msg(
            "Line {line}, column “{column}”, value “{value}”: {problem}",
            line=self.line,
            column=self.column,
            value=self.value,
            problem=self.message,
        )


class Problems:
    """Collects problems: the first thousand one by one, all of them counted."""

    def __init__(self, found: Sequence[Problem] = ()) -> None:
        self.errors = 0
        self.warnings = 0
        self._shown: list[Problem] = []
        for problem in found:
            self.add(problem)

    def add(self, problem: Problem) -> None:
        """Take note of a problem."""
        error = problem.severity is Severity.ERROR
        self.errors += error
        self.warnings += not error
        if len(self._shown) < SHOWN or (error and self.errors == 1):
            self._shown.append(problem)

    def take(self, other: Problems) -> None:
        """Take over what another collection noted and counted."""
        errors, warnings = self.errors + other.errors, self.warnings + other.warnings
        for problem in other._shown:
            self.add(problem)
        self.errors, self.warnings = errors, warnings

    def error(self, line: int, column: str, value: str, message: Message) -> None:
        """A problem that keeps the file out."""
        self.add(Problem(line, column, clip(value), message))

    def warn(self, line: int, column: str, value: str, message: Message) -> None:
        """A problem to know of."""
        self.add(Problem(line, column, clip(value), message, Severity.WARNING))

    @property
    def shown(self) -> tuple[Problem, ...]:
        """In the order of the file, what must be mended first."""
        return tuple(sorted(self._shown, key=lambda p: (p.severity is Severity.WARNING, p.line)))


def clip(value: str, length: int = 60) -> str:
    """The value on one line, cut where it gets long."""
    flat = " ".join(value.split())
    return flat if len(flat) <= length else flat[: length - 1] + "…"


@dataclass(frozen=True)
class Field:
    """Something an importer looks for, and the headers it goes by (normalised)."""

    name: str
    title: str  # marked text
    synonyms: tuple[str, ...]
    required: bool = False


@dataclass(frozen=True)
class Understood:
    """How the file was read."""

    encoding: str
    delimiter: str  # empty for a spreadsheet
    sheet: str  # empty for a text file
    header_line: int  # 0: the file has no headings
    rows: int
    dates: Message | None = None  # the order of day and month, and why
    dropped: tuple[str, ...] = ()  # headers thrown away at the door: machine, place
    ignored: tuple[str, ...] = ()  # headers not used
    date_order: str = ""  # dmy or mdy; empty where no date leaves it open
    sheets: tuple[str, ...] = ()  # every sheet of a spreadsheet
    encoding_why: Message | None = None
    delimiter_why: Message | None = None
    header_why: Message | None = None
    lead: tuple[tuple[str, ...], ...] = ()  # the first rows of the file as they are
    lead_lines: tuple[int, ...] = ()  # the line on which each of them begins
    object: str | None = None  # of all rows; empty: not known; None: rows say it, or have none


@dataclass(frozen=True)
class Changes:
    """What applying the plan does. `counts` are language-neutral; `nothing` needs no command."""

    counts: Mapping[str, int]
    label: Message
    command: Command | None
    note: Mapping[str, Any] = field(default_factory=dict)  # rows left out by reason, in counts

    @property
    def nothing(self) -> bool:
        """Whether the project knows all this already."""
        return self.command is None


@dataclass(frozen=True)
class FileCount:
    """What one of several files came to."""

    name: str
    title: Message  # of its source
    rows: int
    kept: int
    footers: int = 0


@dataclass(frozen=True)
class ImportPlan:
    """A checked file and what it would change."""

    kind: str  # tickets, logins, people, training, table
    importer: str  # servicenow, glpi ...
    title: Message
    source: str  # name of the file, never its path
    fields: tuple[Field, ...]
    headers: tuple[str, ...]
    mapping: Mapping[str, str]  # field name -> header
    signature: str  # under which a corrected mapping is remembered
    understood: Understood
    summary: tuple[Message, ...]
    problems: tuple[Problem, ...]
    errors: int
    warnings: int
    preview_titles: tuple[Message, ...] = ()
    preview: tuple[tuple[str, ...], ...] = ()
    changes: Changes = field(default_factory=lambda: Changes({}, msg("Import"), None))
    files: tuple[FileCount, ...] = ()  # where several were given

    @property
    def columnless(self) -> bool:
        """Whether the file is of a kind that has no columns to map: a plan, a calendar."""
        return self.kind in ("plan", "calendar")

    @property
    def ok(self) -> bool:
        """Whether it may be applied: no problem that must be mended first."""
        return not self.errors

    @property
    def counts(self) -> Mapping[str, int]:
        """`new`, `changed`, `unchanged` and others, by name."""
        return self.changes.counts


class Watch:
    """Progress and cancel of a job, in one hand."""

    def __init__(self, progress: Progress | None = None, cancelled: IsCancelled | None = None):
        self._progress = progress
        self._cancelled = cancelled

    def at(self, done: float, total: float) -> None:
        """Report progress; raises `Cancelled` when the person asked to stop."""
        if self._cancelled is not None and self._cancelled():
            raise Cancelled
        if self._progress is not None:
            self._progress(done, total)


class Importer(Protocol):
    """One way to read one kind of file."""

    @property
    def name(self) -> str:
        """Unique within its kind."""

    @property
    def kind(self) -> str:
        """tickets, logins, people, training or table."""

    @property
    def title(self) -> Message:
        """What the person calls the source."""

    @property
    def fields(self) -> tuple[Field, ...]:
        """What it looks for."""

    @property
    def marks(self) -> frozenset[str]:
        """Normalised headers that tell this source from others."""
