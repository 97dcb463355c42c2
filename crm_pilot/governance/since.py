"""What moved since the last issued report: its snapshot beside the figures of today.

A snapshot is kept in each issue, so that edits of the past do not rewrite it. Positions are the
exception: an issue keeps none of anybody, they are read again as rated on its day.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any

from crm_pilot.governance import issued
from crm_pilot.governance.issued import IssueRow
from crm_pilot.governance.rows import DecisionRow, Warning, decisions
from crm_pilot.governance.terms import DecisionStatus, Document
from crm_pilot.governance.warnings import TABLES as WARNING_TABLES
from crm_pilot.governance.warnings import warnings
from crm_pilot.i18n import LANGUAGES, Message, Translator
from crm_pilot.planning import queries as planning
from crm_pilot.planning.queries import MilestoneRow
from crm_pilot.records import dataclass
from crm_pilot.stakeholders import queries as stakeholders
from crm_pilot.stakeholders.queries import UnitRow
from crm_pilot.stakeholders.terms import UnitKind
from crm_pilot.store.reader import Reader, remembered

SMALL = 5  # groups with fewer people are not named (DOMAIN.md 6)
STATES = (Document.COMMITTEE, Document.FLASH)  # documents that tell the state of the project


@dataclass(frozen=True)
class Moved:
    """A milestone at the issue and now; `days` > 0: later. `before` None: added meanwhile."""

    id: int
    title: str
    before: dt.date | None
    after: dt.date
    days: int | None


@dataclass(frozen=True)
class Crossed:
    """Units that crossed a frontier of the map one way: how many, and the groups of five and more
    people among them by name; persons and smaller groups are only counted."""

    count: int
    groups: tuple[str, ...]


@dataclass(frozen=True)
class Gone:
    """A warning that stood in the issue and holds no more; its title by language."""

    rule: str
    titles: tuple[tuple[str, str], ...]

    def title(self, language: str) -> str:
        """As it was printed."""
        return dict(self.titles).get(language) or self.titles[0][1]


@dataclass(frozen=True)
class Since:
    """What moved between an issue and today."""

    issue: IssueRow
    slipped: tuple[Moved, ...]  # the furthest first
    advanced: tuple[Moved, ...]
    reached: tuple[Moved, ...]
    added: tuple[Moved, ...]
    removed: tuple[str, ...]  # milestones
    lines_added: int  # of the plan, phases and milestones included
    lines_removed: int
    done: tuple[DecisionRow, ...]
    taken: tuple[DecisionRow, ...]  # proposed then, validated or in progress now
    asked: tuple[DecisionRow, ...]  # new and still proposed
    joined: Crossed  # the allies
    left: Crossed
    risen: Crossed  # above the initiative line
    fallen: Crossed
    crossed: int  # units that crossed one of the two frontiers, or both
    warnings_new: tuple[Warning, ...]
    warnings_gone: tuple[Gone, ...]

    @property
    def nothing(self) -> bool:
        """Whether nothing moved."""
        lists = (self.slipped, self.advanced, self.reached, self.added, self.removed)
        other = (self.done, self.taken, self.asked, self.warnings_new, self.warnings_gone)
        lines = self.lines_added or self.lines_removed
        return not (self.crossed or lines or any(lists) or any(other))


# the snapshot ------------------------------------------------------------------------------------


def snapshot(reader: Reader, today: dt.date) -> dict[str, Any]:
    """What later reports compare with, as plain data: milestones, lines of the plan, decisions
    and warnings on `today`. Nothing about anybody's position."""
    return {
        "milestones": [
            {"id": m.id, "title": m.title, "forecast": m.forecast.isoformat(), "done": m.done}
            for m in planning.figures(reader, today).milestones
        ],
        "lines": [key for (key,) in reader.select("SELECT id FROM task ORDER BY id")],
        "decisions": [
            {"code": d.code, "wording": d.wording, "status": d.status.value}
            for d in decisions(reader)
        ],
        "warnings": [
            {"rule": w.rule, "about": about(w), "titles": _titles(w.title)}
            for w in warnings(reader, today)
        ],
    }


def about(warning: Warning) -> str:
    """Which one of its rule a warning is, whatever its numbers and dates are today."""
    if warning.subject:
        return warning.subject
    shown = Translator("en")
    named = [v for v in warning.title.params.values() if isinstance(v, (str, Message))]
    return " · ".join(v if isinstance(v, str) else shown.show(v) for v in named)


def _titles(title: Message) -> dict[str, str]:
    return {language: Translator(language).show(title) for language in LANGUAGES}


# the comparison ----------------------------------------------------------------------------------


def last_state(
    reader: Reader, today: dt.date, corrects: int | None = None
) -> tuple[IssueRow, dict[str, Any]] | None:
    """The last issue of an earlier day that told the state of the project, with its snapshot.

    A corrected issue gives way to its correction; `corrects` is the number of that which is being
    corrected: it is left out, with those that it corrected itself.
    """
    left_out = {corrects}
    for row in issued.issues(reader):
        if row.number in left_out:
            left_out.add(row.corrects)
        elif row.document in STATES and row.as_of < today and row.withdrawn_on is None:
            kept = json.loads(issued.figures(reader, row.number)).get("snapshot")
            if kept is not None:
                return row, kept
    return None


@remembered(
    *("report_issue", "task", "decision", "committee", "forecast", "baseline", "baseline_task"),
    *WARNING_TABLES,
)
def since(reader: Reader, today: dt.date, corrects: int | None = None) -> Since | None:
    """What moved since the last issue; None when there is none to compare with.

    `corrects`: number of the issue that is being corrected, which is then not compared with.
    """
    found = last_state(reader, today, corrects)
    return None if found is None else compare(reader, today, *found)


def compare(reader: Reader, today: dt.date, row: IssueRow, before: dict[str, Any]) -> Since:
    """Today against the snapshot of an issue."""
    plan = {m.id: m for m in planning.figures(reader, today).milestones}
    old = {m["id"]: m for m in before["milestones"]}
    lines = {key for (key,) in reader.select("SELECT id FROM task")}
    kept = set(before["lines"])
    moves = stakeholders.movements(reader, row.as_of, today)
    status = {d["code"]: d["status"] for d in before["decisions"]}
    new, gone = _warnings(warnings(reader, today), before["warnings"])
    moved = [_moved(m, old[m.id]) for m in plan.values() if m.id in old and not m.done]
    return Since(
        issue=row,
        slipped=tuple(sorted((m for m in moved if (m.days or 0) > 0), key=_furthest)),
        advanced=tuple(sorted((m for m in moved if (m.days or 0) < 0), key=_furthest)),
        reached=tuple(
            _moved(m, old[m.id])
            for m in plan.values()
            if m.done and m.id in old and not old[m.id]["done"]
        ),
        added=tuple(
            Moved(m.id, m.title, None, m.forecast, None) for m in plan.values() if m.id not in old
        ),
        removed=tuple(m["title"] for m in old.values() if m["id"] not in plan),
        lines_added=len(lines - kept),
        lines_removed=len(kept - lines),
        done=_decided(reader, status, {DecisionStatus.CLOSED}, None),
        taken=_decided(
            reader,
            status,
            {DecisionStatus.VALIDATED, DecisionStatus.IN_PROGRESS},
            DecisionStatus.PROPOSED,
        ),
        asked=tuple(
            d
            for d in decisions(reader)
            if d.code not in status and d.status is DecisionStatus.PROPOSED
        ),
        joined=_crossed(moves.joined),
        left=_crossed(moves.left),
        risen=_crossed(moves.risen),
        fallen=_crossed(moves.fallen),
        crossed=len({u.id for u in (*moves.joined, *moves.left, *moves.risen, *moves.fallen)}),
        warnings_new=new,
        warnings_gone=gone,
    )


def _moved(now: MilestoneRow, then: dict[str, Any]) -> Moved:
    before = dt.date.fromisoformat(then["forecast"])
    return Moved(now.id, now.title, before, now.forecast, (now.forecast - before).days)


def _furthest(move: Moved) -> tuple[int, dt.date, str]:
    return -abs(move.days or 0), move.after, move.title


def _decided(
    reader: Reader,
    before: dict[str, str],
    wanted: set[DecisionStatus],
    was: DecisionStatus | None,
) -> tuple[DecisionRow, ...]:
    """Decisions in a `wanted` status that had another one at the issue: that of `was`, or none
    yet."""
    return tuple(
        d
        for d in decisions(reader)
        if d.status in wanted
        and before.get(d.code) != d.status
        and (was is None or before.get(d.code) in (None, was))
    )


def _crossed(rows: Iterable[UnitRow]) -> Crossed:
    units = tuple(rows)
    named = [u.name for u in units if u.kind == UnitKind.GROUP and u.headcount >= SMALL]
    return Crossed(len(units), tuple(sorted(named)))


def _warnings(
    now: Iterable[Warning], before: Iterable[dict[str, Any]]
) -> tuple[tuple[Warning, ...], tuple[Gone, ...]]:
    """Warnings that came and that went, told apart by rule and by what they are about."""
    held = {(w["rule"], w["about"]): w for w in before}
    present = {(w.rule, about(w)): w for w in now}
    gone = tuple(
        Gone(rule, tuple(sorted(w["titles"].items())))
        for (rule, which), w in held.items()
        if (rule, which) not in present
    )
    return tuple(w for key, w in present.items() if key not in held), gone
