"""“My tasks”: what one person has to do, the late ones first, then week by week."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from crm_pilot.i18n import N_, ntr, tr
from crm_pilot.planning.load import LEAST, Load
from crm_pilot.planning.person_tasks import MyTask, Turn, person_tasks
from ui.language import formats, lang
from ui.models.rows import Column, RowsModel
from ui.widgets.table import Table
from ui.widgets.tile import Tile
from ui.widgets.why import asks

if TYPE_CHECKING:
    from ui.bridge import Bridge


def columns(bridge: Bridge) -> tuple[Column, ...]:
    """What is known of each task."""
    work = asks(bridge, "planning.load")
    percent = asks(bridge, "planning.percent")
    slack = asks(bridge, "planning.total_slack")
    return (
        Column(
            "week",
            N_("Week"),
            width=108,
            text=_week,
            sort=lambda row: (row.turn, row.week, row.start),
            bold=lambda row: row.turn is Turn.LATE,
            ink=lambda row: "alert" if row.turn is Turn.LATE else "",
        ),
        Column("title", N_("Task"), width=240, grow=True),
        Column("phase", N_("Part of"), width=150, grow=True, spare=2),
        Column("start", N_("Start"), "date", width=106),
        Column("finish", N_("Finish"), "date", width=106),
        Column("percent", N_("Done"), "percent", width=64, why=percent),
        _days("left", N_("Remaining"), 100, work, bold=True),
        _days("this_week", N_("This week"), 106, work),
        _days("next_week", N_("Next week"), 126, work, spare=1),
        Column(
            "slack_days",
            N_("Slack"),
            "int",
            width=64,
            text=lambda row: "" if row.slack_days is None else formats.days(row.slack_days, lang()),
            bold=lambda row: row.slack_days == 0,
            why=slack,
        ),
        Column("note", N_("Note"), width=160, hidden=True),
    )


def _days(key: str, title: str, width: int, why: object, **more: object) -> Column:
    """A column of person-days; nothing worth telling is left empty."""

    def text(row: MyTask) -> str:
        value = getattr(row, key)
        return formats.person_days(value, lang()) if value >= LEAST / 2 else ""

    return Column(key, title, "int", width=width, text=text, why=why, **more)  # type: ignore[arg-type]


def _week(row: MyTask) -> str:
    if row.turn is Turn.LATE:
        return tr("Late")
    if row.turn is Turn.NOW:
        return tr("This week")
    return formats.week(row.week, lang())


class PersonTile(Tile):
    """The open tasks of the person chosen. `task_asked` names a line to be shown in the plan."""

    task_asked = Signal(int)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self.person: int | None = None
        self.model = RowsModel(bridge, "task", columns(bridge), self._read, parent=self)
        self.model.editable = False
        self.model.copies = False
        self.table = Table(bridge, self.model, "my-tasks", what=N_("task"), removable=False)
        self.table.opened.connect(self.task_asked)
        self.body.addWidget(self.table)
        self.set_why("planning.load", "planning.total_slack")

    def _read(self) -> tuple[MyTask, ...]:
        if self.person is None or not self.bridge.has_project:
            return ()
        return person_tasks(self.bridge.reader, self.bridge.today, self.person)

    def show_person(self, load: Load, person: int | None) -> None:
        """Show the tasks of a person; None: nobody has any."""
        self.person = person
        self.model.refresh()
        rows = self._read()
        left = formats.person_days(sum(row.left for row in rows), lang())
        late = sum(row.turn is Turn.LATE for row in rows)
        told = ntr(
            "{n} open task, {left} to do", "{n} open tasks, {left} to do", len(rows), left=left
        )
        if late:
            told = tr("{told}, {late} late", told=told, late=late)
        self.set_title(load.by_id[person].name if person is not None else tr("Tasks"))
        self.set_caption(told if person is not None else "")

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self.table.retranslate(tr("Tasks of a person"))
