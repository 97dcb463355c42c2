"""The wizard's background job: read a file with the corrections given or remembered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_
from crm_pilot.settings import SOURCE, WHEN

if TYPE_CHECKING:
    from crm_pilot.exchange.outcome import Outcome
    from crm_pilot.exchange.plan import ImportPlan
    from crm_pilot.project import Reader

Corrections = Mapping[str, str]
OWN = "table"  # the kind that may be a folder
OF_READING = ("@encoding", "@delimiter", "@sheet", "@header", "@dates")


@dataclass(frozen=True)
class Reading:
    """A checked file: the plan, what it comes to, and what was corrected."""

    plan: ImportPlan
    outcome: Outcome
    corrections: Corrections
    remembered: bool  # the corrections are those of an earlier import


@dataclass(frozen=True)
class Asked:
    """What the person wants read. `corrections` None: as remembered, otherwise as found."""

    path: Path
    kind: str  # empty: the file says what it is
    language: str
    corrections: Corrections | None
    memory: Mapping[str, Corrections]  # by signature, the newest last
    others: tuple[Path, ...] = ()  # given with it

    def read(
        self, reader: Reader, progress: Callable[..., None], cancelled: Callable[[], bool]
    ) -> Reading:
        """Read and check. Raises `UserError` for what is no table and `Cancelled`."""
        from crm_pilot.exchange.outcome import outcome

        for path in (self.path, *self.others):
            check_there(path)
        plan = self._plan(self._kind(), reader, progress, cancelled)
        remembered = self.corrections is None and plan.signature in self.memory
        given = self.memory[plan.signature] if remembered else self.corrections or {}
        shown = {name: value for name, value in given.items() if name not in (WHEN, SOURCE)}
        return Reading(plan, outcome(plan, reader), shown, remembered)

    def _kind(self) -> str:
        """As chosen, as remembered for these columns, or as the columns tell."""
        from crm_pilot.exchange.importing import guess_kind
        from crm_pilot.exchange.registry import KINDS

        if self.kind:
            return self.kind
        if self.path.is_dir():
            return guess_kind(self.path) or OWN
        found = signatures(self.path) if self.memory else {}
        known = [signature for signature in self.memory if signature in found]
        return found[known[-1]] if known else guess_kind(self.path) or KINDS[0]

    def _plan(self, kind: str, reader: Reader, *watch: Any) -> ImportPlan:
        """The plan; a column chosen for another header line waits until that line is back."""
        given = self.corrections
        try:
            return self._planned(kind, given, reader, *watch)
        except UserError:
            if not given:
                raise
            columns = {name: column for name, column in given.items() if name[0] != "@" and column}
            plan = self._planned(kind, _without(given, columns), reader, *watch)
            gone = [name for name, column in columns.items() if column not in plan.headers]
            if not gone:
                raise
            return self._planned(kind, _without(given, gone), reader, *watch)

    def _planned(
        self,
        kind: str,
        given: Corrections | None,
        reader: Reader,
        progress: Callable[..., None],
        cancelled: Callable[[], bool],
    ) -> ImportPlan:
        from crm_pilot.exchange.importing import plan_import

        return plan_import(
            kind,
            [self.path, *self.others],
            reader,
            language=self.language,
            mapping=given,
            remembered=self.memory,
            progress=progress,
            cancelled=cancelled,
        )


def check_there(path: Path) -> None:
    """Raise `UserError` for a file that is gone, or held by the program it is open in."""
    if path.is_dir():
        return
    try:
        with path.open("rb"):
            pass
    except FileNotFoundError as error:
        raise UserError(
            N_("“{name}” is no longer there: it was moved, renamed or deleted."), name=path.name
        ) from error
    except PermissionError as error:
        raise UserError(
            N_(
                "“{name}” may not be read. If it is open in Excel, close it there, then read it"
                " again."
            ),
            name=path.name,
        ) from error
    except OSError as error:
        raise UserError(
            N_("“{name}” cannot be read ({reason})."), name=path.name, reason=error.strerror or ""
        ) from error


def _without(given: Mapping[str, str], names: Any) -> dict[str, str]:
    return {name: value for name, value in given.items() if name not in names}


def signatures(path: Path) -> dict[str, str]:
    """Signature of a file's columns, as they are found without corrections, → kind."""
    from crm_pilot.exchange.bundles import is_bundle
    from crm_pilot.exchange.headers import signature
    from crm_pilot.exchange.plan_formats import looks_like_plan
    from crm_pilot.exchange.reading import read_head
    from crm_pilot.exchange.registry import KINDS, known_headers

    if is_bundle(path) or looks_like_plan(path):
        return {}
    known = frozenset[str]().union(*(known_headers(kind) for kind in KINDS))
    headers = read_head(path, known).headers
    return {signature(kind, headers): kind for kind in KINDS}


def for_another_kind(corrections: Corrections) -> dict[str, str] | None:
    """What stays true of a file taken for another kind; None when nothing was corrected."""
    kept = {name: value for name, value in corrections.items() if name in OF_READING}
    return kept or None
