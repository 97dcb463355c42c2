"""The wizard's background job: read a file with the corrections given or remembered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm_pilot.errors import UserError

if TYPE_CHECKING:
    from crm_pilot.exchange.outcome import Outcome
    from crm_pilot.exchange.plan import ImportPlan
    from crm_pilot.project import Reader

Corrections = Mapping[str, str]
OF_READING = ("@encoding", "@delimiter", "@sheet", "@header", "@dates")


@dataclass(frozen=True)
class Reading:
    """A checked file: the plan, what it comes to, and what was corrected.

    `key` is the signature of the file as it is read without corrections: under it they are
    remembered, so that a header line chosen by hand is found again.
    """

    plan: ImportPlan
    outcome: Outcome
    corrections: Corrections
    remembered: bool
    key: str


@dataclass(frozen=True)
class Asked:
    """What the person wants read. `corrections` None: as remembered, otherwise as found."""

    path: Path
    kind: str  # empty: the file says what it is
    language: str
    corrections: Corrections | None
    memory: Mapping[str, Corrections]

    def read(
        self, reader: Reader, progress: Callable[..., None], cancelled: Callable[[], bool]
    ) -> Reading:
        """Read and check. Raises `UserError` for what is no table and `Cancelled`."""
        from crm_pilot.exchange.importing import guess_kind
        from crm_pilot.exchange.outcome import outcome

        kind = self.kind or guess_kind(self.path) or "tickets"
        key = signature_of(self.path, kind)
        remembered = self.corrections is None and key in self.memory
        given = dict(self.memory[key] if remembered else self.corrections or {})
        plan = self._plan(kind, given, reader, progress, cancelled)
        shown = {name: value for name, value in given.items() if name not in ("@when", "@file")}
        return Reading(plan, outcome(plan, reader), shown, remembered, key)

    def _plan(self, kind: str, given: dict[str, str], reader: Reader, *watch: Any) -> ImportPlan:
        """The plan; a column chosen for another header line waits until that line is back."""
        try:
            return self._planned(kind, given, reader, *watch)
        except UserError:
            columns = {name: column for name, column in given.items() if name[0] != "@" and column}
            plan = self._planned(kind, _without(given, columns), reader, *watch)
            gone = [name for name, column in columns.items() if column not in plan.headers]
            if not gone:
                raise
            return self._planned(kind, _without(given, gone), reader, *watch)

    def _planned(
        self,
        kind: str,
        given: dict[str, str],
        reader: Reader,
        progress: Callable[..., None],
        cancelled: Callable[[], bool],
    ) -> ImportPlan:
        from crm_pilot.exchange.importing import plan_import

        return plan_import(
            kind,
            self.path,
            reader,
            language=self.language,
            mapping=given,
            progress=progress,
            cancelled=cancelled,
        )


def _without(given: Mapping[str, str], names: Any) -> dict[str, str]:
    return {name: value for name, value in given.items() if name not in names}


def signature_of(path: Path, kind: str) -> str:
    """Signature of a file's columns as they are found without corrections."""
    from crm_pilot.exchange.headers import signature
    from crm_pilot.exchange.reading import read_head
    from crm_pilot.exchange.registry import known_headers

    return signature(kind, read_head(path, known_headers(kind)).headers)


def for_another_kind(corrections: Corrections) -> dict[str, str] | None:
    """What stays true of a file taken for another kind; None when nothing was corrected."""
    kept = {name: value for name, value in corrections.items() if name in OF_READING}
    return kept or None
