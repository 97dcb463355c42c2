"""Actions of committees: tasks of the plan with who asked for them, and why.

Like influence actions (decision 0070): owner, due day and progress are the task's, so that plan,
load and action plan tell the same. The task keeps its day whatever the plan does around it: a date
that a committee agreed on is not the engine's to move.

Commands load what they edit with when they are applied: reports only read.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from crm_pilot.errors import UserError
from crm_pilot.governance.terms import CommitteeKind
from crm_pilot.i18n import N_, Message, Translator, msg
from crm_pilot.planning import queries as planning
from crm_pilot.planning.terms import Mode, Pillar, TaskKind
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, remembered

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

PHASE = N_("Committee actions")  # name of the phase that the first action makes
_TABLES = ("committee_action", "committee", "decision", "risk", "problem", "task", *planning.HOURS)
_ACTIONS = (
    "SELECT a.id, a.code, a.task_id, a.committee_id, c.number, c.kind, a.decision_id, d.code,"
    " a.risk_id, r.code, a.problem_id, p.code"
    " FROM committee_action a LEFT JOIN committee c ON c.id = a.committee_id"
    " LEFT JOIN decision d ON d.id = a.decision_id LEFT JOIN risk r ON r.id = a.risk_id"
    " LEFT JOIN problem p ON p.id = a.problem_id"
)


@dataclass(frozen=True)
class ActionRow:
    """An action: `due_on` is the last day of its task; `committee` the number, `decision`, `risk`
    and `problem` the codes of what it answers. Late: past its day and not done."""

    id: int
    code: str
    task_id: int
    title: str
    owner: str
    owner_id: int | None
    due_on: dt.date | None
    percent: int
    done: bool
    late: bool
    committee_id: int | None
    committee: int | None
    decision: str | None
    risk: str | None
    problem: str | None
    decision_id: int | None = None
    risk_id: int | None = None
    problem_id: int | None = None
    committee_kind: CommitteeKind | None = None
    active: bool = True  # False: its line was taken out of the plan


@remembered(*_TABLES)
def actions(reader: Reader, today: dt.date) -> tuple[ActionRow, ...]:
    """Every action: those to do first, by due day."""
    raw = reader.select(_ACTIONS)
    if not raw:
        return ()
    tasks = {row.id: row for row in planning.tasks(reader)}
    found = []
    for key, code, task_id, committee_id, number, kind, *answers in raw:
        task = tasks[task_id]
        decision_id, decision, risk_id, risk, problem_id, problem = answers
        late = task.finish is not None and task.finish < today and not task.done and task.active
        found.append(
            ActionRow(
                id=key,
                code=code,
                task_id=task_id,
                title=task.title,
                owner=task.owner,
                owner_id=task.owner_id,
                due_on=task.finish,
                percent=task.percent,
                done=task.done,
                late=late,
                committee_id=committee_id,
                committee=number,
                decision=decision,
                risk=risk,
                problem=problem,
                decision_id=decision_id,
                risk_id=risk_id,
                problem_id=problem_id,
                committee_kind=None if kind is None else CommitteeKind(kind),
                active=task.active,
            )
        )
    return tuple(sorted(found, key=lambda a: (a.done, a.due_on or dt.date.max, a.code)))


@dataclass(frozen=True)
class AddAction:
    """An action with the next code: a task of one day, its due day, under the phase that holds
    the other actions; refused without owner or date. The result is the action's id.

    The owner as typed is matched with the people of the project; a new one becomes a person.
    """

    title: str
    owner: str
    due_on: dt.date | None
    committee_id: int | None = None
    decision_id: int | None = None
    risk_id: int | None = None
    problem_id: int | None = None

    @property
    def label(self) -> Message:
        return msg("Add an action")

    def apply(self, work: Work) -> int:
        if not self.title.strip():
            raise UserError(N_("An action needs a title. Nothing was changed."))
        if not self.owner.strip() or self.due_on is None:
            raise UserError(N_("An action needs an owner and a date. Nothing was added."))
        from crm_pilot.governance.owners import person_of
        from crm_pilot.planning.commands import AddTask

        owner = person_of(work, self.owner)
        adding = AddTask(
            self.title.strip(),
            self.due_on,
            under=phase_of_actions(work, self.due_on),
            start=self.due_on,
            finish=self.due_on,
        )
        task = adding.apply(work)
        work.set("task", task, owner_id=owner, mode=Mode.MANUAL)
        links = (self.committee_id, self.decision_id, self.risk_id, self.problem_id)
        return link(work, task, *links)


@dataclass(frozen=True)
class ChangeAction:
    """Change the task of an action; None leaves as it is. An action keeps an owner and a date."""

    key: int
    title: str | None = None
    owner: str | None = None
    due_on: dt.date | None = None
    percent: int | None = None

    @property
    def label(self) -> Message:
        return msg("Change an action")

    def apply(self, work: Work) -> None:
        from crm_pilot.governance.owners import person_of
        from crm_pilot.planning.commands import SetPercent, SetTaskDates

        task = work.get("task", work.get("committee_action", self.key).task_id)
        if self.title is not None:
            if not self.title.strip():
                raise UserError(N_("An action needs a title. Nothing was changed."))
            work.set("task", task.id, title=self.title.strip())
        if self.owner is not None:
            if not self.owner.strip():
                raise UserError(N_("An action needs an owner and a date. Nothing was changed."))
            work.set("task", task.id, owner_id=person_of(work, self.owner))
        if self.due_on is not None and self.due_on != task.finish:
            one_day = task.start is None or task.start == task.finish or task.start > self.due_on
            start = self.due_on if one_day else task.start
            SetTaskDates(task.id, start, self.due_on, title=task.title).apply(work)
        if self.percent is not None and self.percent != task.percent:
            SetPercent(task.id, self.percent, task.title).apply(work)


@dataclass(frozen=True)
class DropAction:
    """Take an action off the committee's list; its task stays in the plan, or goes too."""

    key: int
    delete_task: bool = True

    @property
    def label(self) -> Message:
        return msg("Delete an action")

    def apply(self, work: Work) -> None:
        task = work.get("committee_action", self.key).task_id
        work.remove("committee_action", self.key)
        if self.delete_task:
            from crm_pilot.planning.outline_commands import DeleteTasks

            DeleteTasks((task,)).apply(work)


def phase_of_actions(work: Work, day: dt.date) -> int:
    """The phase made for actions: the one that holds nothing else, whatever it is called by now,
    the fullest of several; else a new one, named in the project's language.

    Lines that were in the plan before a committee asked for them stay where they are, so a phase
    with other lines is none of ours.
    """
    used = work.select(
        "SELECT t.parent_id FROM task t LEFT JOIN committee_action a ON a.task_id = t.id"
        " WHERE t.parent_id IS NOT NULL GROUP BY t.parent_id"
        " HAVING count(a.id) > 0 AND count(*) = count(a.id) ORDER BY count(*) DESC, t.parent_id"
    )
    if used:
        return int(used[0][0])
    language = work.select("SELECT language FROM project")[0][0]
    title = Translator(str(language)).tr(PHASE)
    named = work.select("SELECT id FROM task WHERE title = ? AND kind = 'phase' ORDER BY id", title)
    if named:
        return int(named[0][0])
    from crm_pilot.planning.commands import AddTask

    return AddTask(title, day, kind=TaskKind.PHASE, pillar=Pillar.DEPLOYMENT).apply(work)


@dataclass(frozen=True)
class AdoptTask:
    """Make a line that is in the plan already an action of a committee, with the next code; it
    keeps its place and its dates. The result is the action's id."""

    task_id: int
    committee_id: int | None = None
    decision_id: int | None = None
    risk_id: int | None = None
    problem_id: int | None = None

    @property
    def label(self) -> Message:
        return msg("Make a line of the plan an action")

    def apply(self, work: Work) -> int:
        task = work.get("task", self.task_id)
        if task.kind != TaskKind.TASK:  # a milestone is announced, a phase is what its lines are
            raise UserError(
                N_("“{title}” is no task: only a task becomes an action. Nothing was added."),
                title=task.title,
            )
        if task.owner_id is None or task.finish is None:
            raise UserError(N_("An action needs an owner and a date. Nothing was added."))
        links = (self.committee_id, self.decision_id, self.risk_id, self.problem_id)
        return link(work, self.task_id, *links)


def link(
    work: Work,
    task: int,
    committee_id: int | None,
    decision_id: int | None,
    risk_id: int | None,
    problem_id: int | None,
) -> int:
    """Write the row that makes a task an action; returns its id."""
    from crm_pilot.governance.registers import next_code

    return work.add(
        "committee_action",
        code=next_code(work, "committee_action", "A-", 3),
        task_id=task,
        committee_id=committee_id,
        decision_id=decision_id,
        risk_id=risk_id,
        problem_id=problem_id,
    )
