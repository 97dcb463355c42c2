"""Random commands in every room: undo all is the start, redo all is the end, saved is the same."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from crm_pilot.errors import UserError
from crm_pilot.governance import actions, decisions, meetings, problems, raci, registers, risks
from crm_pilot.governance.terms import CommitteeKind, DecisionStatus, Letter
from crm_pilot.i18n import msg
from crm_pilot.maintenance import commands as maintenance
from crm_pilot.maintenance.terms import TicketStatus
from crm_pilot.planning import announcements
from crm_pilot.planning import commands as plan
from crm_pilot.planning import outline_commands as outline
from crm_pilot.planning.terms import Pillar, TaskKind
from crm_pilot.project import Add, Move, Project, Remove, SetField, Several
from crm_pilot.stakeholders import commands as people_map
from crm_pilot.stakeholders.terms import UnitKind
from crm_pilot.training import commands as training
from crm_pilot.training.terms import Presence
from tests.store.dump import Dump, dump

DATES = st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31))
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs",), exclude_characters="\x00"),
    min_size=1,
    max_size=12,
)
MOMENTS = st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2027, 1, 1)).map(
    lambda moment: moment.replace(microsecond=0)
)
LEVEL = st.integers(1, 4)
# What each table needs to be filled with; foreign keys are drawn among the rows that exist.
ROWS: dict[str, dict[str, Any]] = {
    "department": {"name": WORDS, "position": st.integers(0, 9)},
    "profile": {"name": WORDS, "expected_low": st.integers(0, 7)},
    "person": {"last_name": WORDS, "department_id": "department", "arrived_on": DATES},
    "account": {"external_id": WORDS, "person_id": "person", "profile_id": "profile"},
    "wave": {"name": WORDS, "milestone_id": "task"},
    "task": {
        "title": WORDS,
        "kind": st.sampled_from(["phase", "task"]),
        "pillar": st.sampled_from(["deployment", "adoption", "feedback"]),
        "parent_id": "task",
        "owner_id": "person",
        "wave_id": "wave",
        "start": DATES,
        "percent": st.integers(0, 100),
        "committee": st.booleans(),
        "mark": st.sampled_from([None, "works_council", "go_live"]),
    },
    "role": {
        "name": WORDS,
        "kind": st.sampled_from(["sponsor", "lead", "other"]),
        "person_id": "person",
    },
    "link": {"predecessor_id": "task", "successor_id": "task"},
    "baseline": {"name": WORDS, "set_on": DATES},
    "baseline_task": {
        "baseline_id": "baseline",
        "task_id": "task",
        "start": DATES,
        "finish": DATES,
    },
    "forecast": {"task_id": "task", "reported_on": DATES, "expected_on": DATES},
    "stakeholder": {"name": WORDS, "department_id": "department", "person_id": "person"},
    "rating": {
        "stakeholder_id": "stakeholder",
        "rated_on": DATES,
        "synergy": st.integers(1, 4),
        "antagonism": st.integers(1, 4),
        "fact": WORDS,
    },
    "course": {"title": WORDS, "minutes": st.integers(1, 480)},
    "training_session": {"course_id": "course", "held_on": DATES, "seats": st.integers(1, 30)},
    "attendance": {"session_id": "training_session", "person_id": "person"},
    "feature": {"name": WORDS, "promised_on": DATES},
    "ticket": {
        "number": WORDS,
        "title": WORDS,
        "opened_at": MOMENTS,
        "department_id": "department",
        "impact": st.one_of(st.none(), st.integers(1, 3)),
    },
    "committee": {"number": st.integers(1, 50), "held_on": DATES},
    "decision": {
        "code": WORDS,
        "wording": WORDS,
        "owner": WORDS,
        "due_on": DATES,
        "committee_id": "committee",
    },
    "risk": {"code": WORDS, "title": WORDS, "probability": st.integers(1, 4)},
    "budget_line": {"name": WORDS, "spent_cents": st.integers(0, 10**9)},
}


Draw = Callable[[st.SearchStrategy[Any]], Any]
Pick = Callable[[str], Any]  # id of a row of a table that has rows


def _dates(draw: Draw) -> tuple[dt.date, dt.date]:
    start = draw(DATES)
    return start, start + dt.timedelta(days=draw(st.integers(0, 30)))


# What each room's own gestures are made of; `pick` gives up when a table is empty.
GESTURES: dict[str, Callable[[Draw, Pick], Any]] = {
    "task": lambda draw, pick: plan.AddTask(draw(WORDS), draw(DATES)),
    "task under": lambda draw, pick: plan.AddTask(draw(WORDS), draw(DATES), under=pick("task")),
    "dates": lambda draw, pick: plan.SetTaskDates(pick("task"), *_dates(draw)),
    "shift": lambda draw, pick: plan.MoveTask(pick("task"), draw(st.integers(-20, 20))),
    "forecast": lambda draw, pick: announcements.AnnounceForecast(pick("task"), *_dates(draw)),
    "percent": lambda draw, pick: plan.SetPercent(pick("task"), draw(st.integers(0, 100))),
    "baseline": lambda draw, pick: announcements.SetBaseline(draw(WORDS), draw(DATES)),
    "links": lambda draw, pick: plan.AddLinks((pick("task"), pick("task"))),
    "indent": lambda draw, pick: outline.Indent((pick("task"), pick("task"))),
    "outdent": lambda draw, pick: outline.Outdent((pick("task"),)),
    "line": lambda draw, pick: outline.MoveLine(pick("task"), draw(st.sampled_from((-1, 1)))),
    "delete": lambda draw, pick: outline.DeleteTasks((pick("task"),)),
    "kind": lambda draw, pick: outline.SetKind(pick("task"), draw(st.sampled_from(TaskKind))),
    "pillar": lambda draw, pick: outline.SetPillar(pick("task"), draw(st.sampled_from(Pillar))),
    "unit": lambda draw, pick: people_map.AddStakeholder(
        draw(st.sampled_from(UnitKind)), draw(WORDS), headcount=draw(st.integers(1, 90))
    ),
    "rate": lambda draw, pick: people_map.Rate(
        pick("stakeholder"), draw(DATES), draw(LEVEL), draw(LEVEL), draw(WORDS), "me"
    ),
    "target": lambda draw, pick: people_map.SetTarget(
        pick("stakeholder"), draw(LEVEL), draw(LEVEL), draw(DATES)
    ),
    "zones": lambda draw, pick: people_map.SeedZoneCells(),
    "session": lambda draw, pick: training.AddSession(draw(DATES), course_title=draw(WORDS)),
    "enrol": lambda draw, pick: training.Enrol(pick("training_session"), (pick("person"),)),
    "presence": lambda draw, pick: training.SetPresence(
        (pick("attendance"),), draw(st.sampled_from(Presence))
    ),
    "present": lambda draw, pick: training.MarkAllPresent(pick("training_session")),
    "ticket": lambda draw, pick: maintenance.AddTicket(draw(WORDS), draw(MOMENTS)),
    "status": lambda draw, pick: maintenance.SetStatus(
        (pick("ticket"),), draw(st.sampled_from(TicketStatus)), draw(MOMENTS)
    ),
    "priorities": lambda draw, pick: maintenance.SeedPriorityCells(),
    "decision": lambda draw, pick: registers.AddDecision(draw(WORDS), draw(WORDS), draw(DATES)),
    "risk": lambda draw, pick: registers.AddRisk(draw(WORDS)),
    "highlight": lambda draw, pick: registers.AddHighlight(draw(DATES), draw(WORDS)),
    "committee": lambda draw, pick: registers.AddCommittee(draw(DATES)),
    "next": lambda draw, pick: meetings.PlanNext(draw(st.sampled_from(CommitteeKind))),
    "guest": lambda draw, pick: meetings.AddParticipant(pick("committee"), draw(WORDS)),
    "point": lambda draw, pick: meetings.AddAgendaItem(pick("committee"), draw(WORDS)),
    "action": lambda draw, pick: actions.AddAction(
        draw(WORDS), draw(WORDS), draw(DATES), risk_id=pick("risk")
    ),
    "decided": lambda draw, pick: decisions.SetDecisionStatus(
        pick("decision"), draw(st.sampled_from(DecisionStatus)), draw(DATES)
    ),
    "rating": lambda draw, pick: risks.RateRisk(
        pick("risk"), draw(LEVEL), draw(LEVEL), draw(DATES)
    ),
    "problem": lambda draw, pick: problems.AddProblem(draw(WORDS), draw(DATES)),
    "duty": lambda draw, pick: raci.AddRaciItem(draw(WORDS), pick("task")),
    "actor": lambda draw, pick: raci.AddRaciActor(draw(WORDS)),
    "letter": lambda draw, pick: raci.SetLetter(
        pick("raci_item"), pick("raci_actor"), draw(st.sampled_from((None, *Letter)))
    ),
    "budget": lambda draw, pick: registers.AddBudgetLine(draw(WORDS)),
}


class Nothing(Exception):
    """A table that a gesture needs is empty."""


class Rooms(RuleBasedStateMachine):
    """One project, edited at random."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        os.environ["CRM_PILOT_HOME"] = self.folder.name
        self.project = Project.create(name="Machine", language="fr")
        self.dumps: list[Dump] = [dump(self.project)]  # after each step of the history
        self.ahead: list[Dump] = []

    def _row(self, data: st.DataObject, table: str) -> int | None:
        ids = [row[0] for row in self.project.reader.select(f"SELECT id FROM {table}")]
        return data.draw(st.sampled_from(ids)) if ids else None

    def _values(self, data: st.DataObject, table: str) -> dict[str, Any]:
        return {
            column: self._row(data, kind) if isinstance(kind, str) else data.draw(kind)
            for column, kind in ROWS[table].items()
        }

    def _do(self, command: Any) -> None:
        try:
            self.project.execute(command)
        except UserError:
            assert dump(self.project) == self.dumps[-1]  # a refused command changes nothing
            return
        now = dump(self.project)
        if now != self.dumps[-1]:
            self.dumps.append(now)
            self.ahead.clear()

    @rule(data=st.data(), table=st.sampled_from(sorted(ROWS)))
    def add(self, data: st.DataObject, table: str) -> None:
        self._do(Add(table, self._values(data, table)))

    @rule(data=st.data(), table=st.sampled_from(sorted(ROWS)))
    def change(self, data: st.DataObject, table: str) -> None:
        key = self._row(data, table)
        if key is not None:
            column, value = data.draw(
                st.sampled_from(sorted(self._values(data, table).items(), key=str))
            )
            self._do(SetField(table, key, column, value))

    @rule(data=st.data(), table=st.sampled_from(sorted(ROWS)))
    def remove(self, data: st.DataObject, table: str) -> None:
        key = self._row(data, table)
        if key is not None:
            self._do(Remove(table, (key,)))

    @rule(data=st.data(), place=st.integers(0, 3))
    def move(self, data: st.DataObject, place: int) -> None:
        key, parent = self._row(data, "task"), self._row(data, "task")
        if key is not None and key != parent:
            self._do(Move("task", key, parent, place))

    @rule(data=st.data(), tables=st.lists(st.sampled_from(sorted(ROWS)), min_size=2, max_size=4))
    def several(self, data: st.DataObject, tables: list[str]) -> None:
        adds = tuple(Add(table, self._values(data, table)) for table in tables)
        self._do(Several(adds, msg("Several")))

    @rule(data=st.data(), gesture=st.sampled_from(sorted(GESTURES)))
    def room(self, data: st.DataObject, gesture: str) -> None:
        def pick(table: str) -> int:
            key = self._row(data, table)
            if key is None:
                raise Nothing
            return key

        try:
            command = GESTURES[gesture](data.draw, pick)
        except Nothing:
            return
        self._do(command)

    @rule()
    def undo(self) -> None:
        self.project.undo()
        if len(self.dumps) > 1:
            self.ahead.append(self.dumps.pop())

    @rule()
    def redo(self) -> None:
        self.project.redo()
        if self.ahead:
            self.dumps.append(self.ahead.pop())

    @rule()
    def save_and_reopen(self) -> None:
        path = Path(self.folder.name) / "machine.crmp"
        self.project.save(None if self.project.path else path)
        with Project.open(path, read_only=True) as again:
            assert dump(again) == self.dumps[-1]

    @invariant()
    def content_is_as_expected(self) -> None:
        assert dump(self.project) == self.dumps[-1]

    def teardown(self) -> None:
        if not hasattr(self, "project"):
            return
        end = dump(self.project)
        while self.project.undo_labels:
            self.project.undo()
        assert dump(self.project) == self.dumps[0]
        while len(self.project.redo_labels) > len(self.ahead):
            self.project.redo()
        assert dump(self.project) == end
        self.project.close()
        self.folder.cleanup()


TestRooms = Rooms.TestCase
TestRooms.settings = settings(
    max_examples=30,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
