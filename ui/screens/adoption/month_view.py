"""The figures of a month by department, profile and wave, beside the month before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_pilot.adoption import months
from crm_pilot.adoption.facts import first_of
from crm_pilot.adoption.months import Change, ChangeKind, MonthFigures, MonthRow
from crm_pilot.i18n import N_, tr
from ui import theme
from ui.language import formats, lang
from ui.models.rows import Column, RowsModel
from ui.reading import Reading
from ui.screens.adoption.filters import UseFilter
from ui.screens.adoption.needs_rows import counts_line
from ui.widgets.buttons import segmented
from ui.widgets.section import cleared
from ui.widgets.table import Table
from ui.widgets.text import label
from ui.widgets.tile import Tile
from ui.widgets.why import asks

if TYPE_CHECKING:
    from crm_pilot.project import Changed, Reader
    from ui.bridge import Bridge

KINDS = ("departments", "profiles", "waves")
TITLES = {
    "departments": N_("By department"),
    "profiles": N_("By profile"),
    "waves": N_("By wave"),
}
NOBODY = {
    "departments": N_("No department"),
    "profiles": N_("No profile"),
    "waves": N_("No wave"),
}
DEPARTMENT = "departments"
A_LINE = N_("line")
LEAST = 0.005  # a change that is written as 0 %


@dataclass(frozen=True)
class Line:
    """A row of the table; `id` is its place, as accounts of no department have no key."""

    id: int
    name: str
    row: MonthRow


class MonthView(QWidget):
    """Key figures of the month, and a table of who makes them up."""

    go = Signal(str, str, int)
    view_asked = Signal(str)
    narrowed = Signal(object)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self._where = UseFilter()
        self._found: MonthFigures | None = None
        self.reading = Reading(bridge, self)
        self.reading.found.connect(self._show)
        self.tile = Tile()
        self.tile.set_why("adoption.month", "adoption.regularity")
        self.figures = QVBoxLayout()
        self.tile.body.addLayout(self.figures)
        self.choice = segmented(list(KINDS))
        self.choice.chosen.connect(lambda _: self._list())
        self.note = label(theme.CAPTION, ink="muted", wrap=True)
        model = RowsModel(bridge, "month", _columns(bridge), self._lines, what=A_LINE)
        self.table = Table(bridge, model, "use-month", what=A_LINE)
        self.table.opened.connect(self._open)
        bar = QHBoxLayout()
        bar.setSpacing(12)
        bar.addWidget(self.choice)
        bar.addWidget(self.note, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.tile)
        column.addLayout(bar)
        column.addWidget(self.table, 1)

    # reading ---------------------------------------------------------------------------------

    def refresh(self, changed: Changed | None) -> None:
        """Read the month."""
        where, today = self._where, self.bridge.today
        if not self.bridge.has_project or not where.month:
            return

        def ask(reader: Reader) -> MonthFigures:
            return months.month_figures(reader, where.month, today, where.scope(reader, today))

        self.reading.read(ask)

    def show_scope(self, where: UseFilter) -> None:
        """Another month, or other accounts."""
        self._where = where
        self.refresh(None)

    def retranslate(self) -> None:
        """Every text in the language of the window."""
        self.choice.set_texts([tr(TITLES[name]) for name in KINDS])
        self.table.retranslate(tr("Figures of the month"))
        if self._found is not None:
            self._show(self._found)

    def take_focus(self) -> None:
        """The keyboard goes to the table."""
        self.table.setFocus()

    def _show(self, found: MonthFigures) -> None:
        self._found = found
        first = first_of(found.month)
        name = formats.month(first, lang(), year=True, full=True)
        self.tile.set_title(name[:1].upper() + name[1:])
        until = "" if found.until is None else formats.day(found.until, lang())
        self.tile.set_caption(tr("known until {day}", day=until) if found.partial else "")
        cleared(self.figures)
        self.figures.addWidget(counts_line(_figures(found.total)))
        self.note.setText(_note(found))
        self._list()

    def _list(self) -> None:
        self.table.rows.refresh(None)

    def _lines(self) -> list[Line]:
        found = self._found
        if found is None:
            return []
        kind = self.choice.value
        rows: Sequence[MonthRow] = getattr(found, kind)
        return [Line(place, row.name or tr(NOBODY[kind]), row) for place, row in enumerate(rows, 1)]

    def _open(self, place: int) -> None:
        """A department alone."""
        line = next((one for one in self._lines() if one.id == place), None)
        if line is not None and self.choice.value == DEPARTMENT and line.row.key is not None:
            wanted = UseFilter(
                **{**vars(self._where), "departments": frozenset({line.row.key}), "month": 0}
            )
            self.narrowed.emit(wanted)


def _figures(total: MonthRow) -> list[tuple[str, str]]:
    return [
        (_share(total.active_share), tr("of {n} open accounts active", n=_whole(total.accounts))),
        (_share(total.regularity), tr("regularity")),
        (_decimal(total.days_per_week), tr("login days a week")),
        (
            _whole(total.login_days),
            tr("login days, {change}", change=change_words(total.change)),
        ),
        (
            _whole(total.created + total.updated),
            tr("records, {change}", change=change_words(total.actions_change)),
        ),
        (_whole(total.never), tr("never logged in")),
    ]


def _note(found: MonthFigures) -> str:
    if not found.available:
        return tr("Days of this month are no longer kept: its totals know department and profile,"
                  " nothing else.")  # fmt: skip
    if found.totals_only:
        return tr("Totals only: the days of this month are no longer kept one by one.")
    return tr("Change to the month before at equal working days, of accounts open in both months.")


def change_words(change: Change) -> str:
    """“▲ +4 %”, “new”, or a dash."""
    if change.kind is ChangeKind.NEW:
        return tr("new")
    if change.kind is ChangeKind.NONE or change.value is None:
        return "–"
    shown = formats.percent(abs(change.value), lang())
    if abs(change.value) < LEAST:
        return f"= {shown}"
    return f"▲ +{shown}" if change.value > 0 else f"▼ \u2212{shown}"


def _whole(value: float | None) -> str:
    return "–" if value is None else formats.number(value, lang())


def _decimal(value: float | None) -> str:
    return "–" if value is None else formats.number(value, lang(), 1)


def _share(value: float | None) -> str:
    return "–" if value is None else formats.percent(value, lang())


def _columns(bridge: Bridge) -> tuple[Column, ...]:
    why, regular = asks(bridge, "adoption.month"), asks(bridge, "adoption.regularity")

    def figure(
        key: str,
        title: str,
        read: Callable[[MonthRow], float | None],
        write: Callable[[float | None], str],
        width: int,
        *,
        spare: int = 0,
        tip: str = "",
    ) -> Column:
        return Column(
            key,
            title,
            "int",
            width=width,
            spare=spare,
            tooltip=tip,
            why=regular if key == "regularity" else why,
            text=lambda line: write(read(line.row)),
            sort=lambda line: -1.0 if read(line.row) is None else float(read(line.row) or 0),
        )

    def moved(key: str, title: str, read: Callable[[MonthRow], Change], tip: str) -> Column:
        return Column(
            key,
            title,
            "int",
            width=92,
            tooltip=tip,
            why=why,
            text=lambda line: change_words(read(line.row)),
            sort=lambda line: read(line.row).value or 0.0,
        )

    return (
        Column("name", N_("Name"), width=150, grow=True, bold=True, optional=False,
               text=lambda line: line.name),
        figure("accounts", N_("Accounts"), lambda row: row.accounts, _whole, 84),
        figure("active_share", N_("Active"), lambda row: row.active_share, _share, 76,
               tip=N_("Logged in and created or changed a record within 28 days")),
        figure("regularity", N_("Regularity"), lambda row: row.regularity, _share, 92),
        Column("days_per_week", N_("Days a week"), "int", width=104, why=why,
               text=lambda line: _per_week(line.row),
               sort=lambda line: line.row.days_per_week or 0.0),
        figure("login_days", N_("Login days"), lambda row: row.login_days, _whole, 96, spare=2),
        moved("change", N_("M/M-1"), lambda row: row.change,
              N_("Login days beside the month before, at equal working days")),
        figure("created", N_("Created"), lambda row: row.created, _whole, 84, spare=1),
        figure("updated", N_("Updated"), lambda row: row.updated, _whole, 84, spare=1),
        moved("actions", N_("Records M/M-1"), lambda row: row.actions_change,
              N_("Records created and updated beside the month before")),
        figure("never", N_("Never"), lambda row: row.never, _whole, 72,
               tip=N_("Accounts that never logged in")),
        figure("idle7", N_("7 days"), lambda row: row.idle7, _whole, 72,
               tip=N_("Accounts not logged in for 7 days or longer")),
        figure("idle21", N_("21 days"), lambda row: row.idle21, _whole, 76,
               tip=N_("Accounts not logged in for 21 days or longer")),
    )  # fmt: skip


def _per_week(row: MonthRow) -> str:
    value = _decimal(row.days_per_week)
    return f"▼ {value}" if row.below else value
