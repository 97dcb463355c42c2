"""Features of the CRM, mandatory passages, completeness of key fields, and the objects in which all
that shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from crm_pilot.adoption import objects, passages, quality
from crm_pilot.adoption.feature_register import FeatureRow, register
from crm_pilot.adoption.terms import OBJECT_KINDS
from crm_pilot.i18n import N_, ntr, tr
from crm_pilot.project import Add
from ui import theme
from ui.language import formats, lang
from ui.models.rows import Column, RowsModel
from ui.reading import Reading
from ui.screens.adoption.feature_dialogs import MeasureDialog, PassageDialog, TargetsDialog
from ui.screens.adoption.filters import UseFilter
from ui.widgets.buttons import Guard, quiet_button, segmented
from ui.widgets.empty import EmptyState
from ui.widgets.table import Table
from ui.widgets.text import ElidedLabel
from ui.widgets.why import asks

if TYPE_CHECKING:
    from crm_pilot.project import Changed, Reader
    from ui.bridge import Bridge

FEATURE, PASSAGE, MEASURE, OBJECT = "feature", "passage", "completeness", "crm_object"
PAGES = (FEATURE, PASSAGE, MEASURE, OBJECT)
TITLES = {
    FEATURE: N_("Functions"),
    PASSAGE: N_("Mandatory passages"),
    MEASURE: N_("Completeness"),
    OBJECT: N_("Objects of the CRM"),
}
WHATS = {
    FEATURE: N_("function"),
    PASSAGE: N_("mandatory passage"),
    MEASURE: N_("measure of completeness"),
    OBJECT: N_("object of the CRM"),
}
EMPTY = {
    FEATURE: (
        N_("No function is listed yet"),
        N_("List what the CRM is to bring: for whom, by when, and in which object its use shows."),
        N_("Add a function"),
    ),
    PASSAGE: (
        N_("No mandatory passage is agreed yet"),
        N_("What a profile cannot do outside the CRM: a quote, an order, a visit report."),
        N_("Add a mandatory passage"),
    ),
    MEASURE: (
        N_("Nothing was measured yet"),
        N_("Count in how many records the key fields are filled, and see it move."),
        N_("Note a measure"),
    ),
    OBJECT: (
        N_("No object of the CRM is known yet"),
        N_("They come with the import of records created and updated."),
        N_("Import records…"),
    ),
}


class FeaturesView(QWidget):
    """Four registers on one place."""

    go = Signal(str, str, int)
    view_asked = Signal(str)
    narrowed = Signal(object)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self._where = UseFilter()
        self._begun = False  # not before the first `refresh`: it would be read twice
        self._wanted: tuple[str, int] | None = None  # shown once it is read
        self._found: dict[str, Sequence[Any]] = dict.fromkeys(PAGES, ())
        self.reading = Reading(bridge, self)
        self.reading.found.connect(self._read)
        self.choice = segmented(list(PAGES))
        self.choice.chosen.connect(self._show)
        self.caption = ElidedLabel(theme.CAPTION, ink="muted")
        self.edit, self.add = quiet_button(), quiet_button(icon="add")
        self.edit.clicked.connect(self._edit)
        self.add.clicked.connect(self._add)
        self.tables = {name: self._table(name) for name in PAGES}
        self.empties = {name: EmptyState("adoption") for name in PAGES}
        self.stack = QStackedWidget()
        for name in PAGES:
            self.stack.addWidget(self.tables[name])
            self.stack.addWidget(self.empties[name])
            self.empties[name].clicked.connect(self._add)
        for name in (FEATURE, PASSAGE):
            self.tables[name].opened.connect(lambda _: self._edit())
            self.tables[name].current_changed.connect(self._chosen)
        bar = QHBoxLayout()
        bar.setSpacing(12)
        bar.addWidget(self.choice)
        bar.addWidget(self.caption, 1)
        bar.addWidget(self.edit)
        bar.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(bar)
        column.addWidget(self.stack, 1)
        self.guard = Guard(bridge, self)
        self.guard.add(self.add, *(one.button for one in self.empties.values()))
        self.guard.add(self.edit, why=self._why_not)

    def _table(self, name: str) -> Table:
        columns = {
            FEATURE: _features, PASSAGE: _passages, MEASURE: _measures, OBJECT: _objects
        }[name](self.bridge)  # fmt: skip
        load = lambda: self._found[name]  # noqa: E731
        model = RowsModel(self.bridge, name, columns, load, what=WHATS[name])
        return Table(self.bridge, model, f"use-{name}", what=WHATS[name])

    # what is shown ---------------------------------------------------------------------------

    def refresh(self, changed: Changed | None) -> None:
        """Read all four."""
        if not self.bridge.has_project:
            return
        self._begun = True
        where, today = self._where, self.bridge.today

        def ask(reader: Reader) -> dict[str, Sequence[Any]]:
            day, scope = where.as_of(today), where.scope(reader, today)
            return {
                FEATURE: register(reader, day, scope),
                PASSAGE: passages.use(reader, day, scope),
                MEASURE: quality.latest(reader, day).rows,
                OBJECT: objects.register(reader, day),
            }

        self.reading.read(ask)

    def _read(self, found: dict[str, Sequence[Any]]) -> None:
        self._found = found
        for table in self.tables.values():
            table.rows.refresh(None)
        self._show(self.choice.value)
        if self._wanted is not None:
            name, key = self._wanted
            self._wanted = None
            self.tables[name].reveal(key)

    def show_scope(self, where: UseFilter) -> None:
        """Limit whose use is counted."""
        self._where = where
        if self._begun:
            self.refresh(None)

    def retranslate(self) -> None:
        """Every text in the language of the window."""
        self.choice.set_texts([tr(TITLES[name]) for name in PAGES])
        for name in PAGES:
            self.tables[name].retranslate(tr(TITLES[name]))
            self.empties[name].set_texts(*(tr(text) for text in EMPTY[name]))
        if self._begun:
            self.refresh(None)

    def take_focus(self) -> None:
        """The keyboard goes to the register in front."""
        (self.stack.currentWidget() or self).setFocus()

    def open_item(self, table: str, key: int) -> None:
        """Show and select one thing."""
        if table in self.tables:
            self.choice.set_value(table)
            self._show(table)
            self._wanted = (table, key) if self.reading.busy else None
            self.tables[table].reveal(key)

    def _show(self, name: str) -> None:
        table = self.tables[name]
        self.stack.setCurrentWidget(table if table.rows.total else self.empties[name])
        self.add.setText(tr(EMPTY[name][2]))
        self.edit.setText(tr("For whom, and where it shows…") if name == FEATURE else tr("Change…"))
        self.edit.setVisible(name in (FEATURE, PASSAGE))
        self.add.setVisible(bool(table.rows.total))
        self.caption.set_whole(self._caption(name))
        self.guard.refresh()

    def _caption(self, name: str) -> str:
        if not self.bridge.has_project or not self.tables[name].rows.total:
            return ""
        rows = self.tables[name].rows.shown
        if name == FEATURE:
            delivered = sum(row.delivered_on is not None for row in rows)
            text = tr("{n} delivered of {all}", n=delivered, all=len(rows))
            return f"{text} · {self._window()}"
        if name == PASSAGE:
            met = sum(bool(row.met) for row in rows)
            text = ntr("{n} reaches its target", "{n} reach their target", met)
            return f"{text} · {self._window()}"
        if name == MEASURE:
            share = quality.latest(self.bridge.reader, self.bridge.today).share
            return tr("{share} filled on average", share=formats.percent(share, lang()))
        return ntr("{n} object", "{n} objects", len(rows))

    def _window(self) -> str:
        return tr("use within 28 days")

    # acting ----------------------------------------------------------------------------------

    def _current(self) -> Any:
        table = self.tables[self.choice.value]
        key = table.current_id
        return next((row for row in table.rows.shown if row.id == key), None)

    def _chosen(self, *_: object) -> None:
        self.guard.refresh()

    def _why_not(self) -> str:
        return "" if self._current() is not None else tr("Choose a line first.")

    def _edit(self) -> None:
        row = self._current()
        if row is None or self.bridge.why_not_edit():
            return
        if isinstance(row, FeatureRow):
            TargetsDialog(self.window(), self.bridge, row).open()
        else:
            PassageDialog(self.window(), self.bridge, row).open()

    def _add(self) -> None:
        name = self.choice.value
        if name == PASSAGE:
            PassageDialog(self.window(), self.bridge).open()
        elif name == MEASURE:
            MeasureDialog(self.window(), self.bridge).open()
        elif name == OBJECT:
            self.bridge.import_asked.emit()
        else:
            place = len(self.tables[FEATURE].rows.shown)
            made = Add("feature", {"name": tr("New function"), "position": place}, WHATS[FEATURE])
            key = self.bridge.execute(made)
            if key is not None:
                self.tables[FEATURE].select(key, edit="name")


def _joined(names: Sequence[str], none: str) -> str:
    return ", ".join(names) if names else tr(none)


def _percent(value: float | None) -> str:
    return "–" if value is None else formats.percent(value, lang())


def _features(bridge: Bridge) -> tuple[Column, ...]:
    use = asks(bridge, "adoption.feature_matrix")
    return (
        Column("name", N_("Function"), column="name", width=210, grow=True, bold=True,
               optional=False),
        Column("major", N_("Major"), "bool", column="major", width=72),
        Column("promised_on", N_("Promised for"), "date", column="promised_on", width=104,
               hidden=True),
        Column("delivered_on", N_("Delivered on"), "date", column="delivered_on", width=104),
        Column("withdrawn_on", N_("Withdrawn on"), "date", column="withdrawn_on", width=104,
               hidden=True),
        Column("profiles", N_("For"), width=118, spare=2,
               text=lambda row: _joined(row.profiles, N_("everybody"))),
        Column("objects", N_("Shows in"), width=112, spare=3,
               text=lambda row: _joined(row.objects, N_("not measured"))),
        Column("users", N_("Users"), "int", width=96, why=use,
               text=lambda row: tr("{n} of {all}", n=row.users, all=row.targets)
               if row.share is not None else "–"),
        Column("share", N_("Use"), "percent", width=72, why=use,
               text=lambda row: _percent(row.share)),
        Column("veterans", N_("Veterans"), "percent", width=84, spare=1, why=use,
               text=lambda row: _percent(row.veterans)),
        Column("newcomers", N_("Newcomers"), "percent", width=126, spare=1, why=use,
               text=lambda row: _percent(row.newcomers)),
    )  # fmt: skip


def _passages(bridge: Bridge) -> tuple[Column, ...]:
    why = asks(bridge, "adoption.passages")
    return (
        Column("profile", N_("Profile"), width=150),
        Column("title", N_("Mandatory passage"), column="title", width=230, grow=True, bold=True,
               optional=False),
        Column("object", N_("Shows in"), width=130,
               text=lambda row: row.object or tr("not measured")),
        Column("share", N_("Passed"), "percent", width=110, why=why,
               text=lambda row: _percent(row.share)),
        Column("target_percent", N_("Target, %"), "int", column="target_percent", width=90),
        Column("met", N_("Verdict"), width=120, why=why, text=_verdict),
        Column("closed_on", N_("Only in the CRM since"), "date", column="closed_on", width=150),
        Column("note", N_("Note"), column="note", width=150, hidden=True),
    )  # fmt: skip


def _verdict(row: passages.PassageUse) -> str:
    if row.met is None:
        return tr("not measured")
    return tr("✓ reached") if row.met else tr("▼ below")


def _measures(bridge: Bridge) -> tuple[Column, ...]:
    why = asks(bridge, "adoption.completeness")
    return (
        Column("object", N_("Object"), width=150, bold=True),
        Column("field", N_("Key field"), width=190, grow=True),
        Column("department", N_("Department"), width=150,
               text=lambda row: row.department or tr("the whole company")),
        Column("records", N_("Records"), "int", width=90),
        Column("filled", N_("Filled"), "int", width=90),
        Column("share", N_("Completeness"), "percent", width=116, why=why,
               text=lambda row: _percent(row.share)),
        Column("before", N_("Before"), "percent", width=90, why=why,
               text=lambda row: _percent(row.before)),
        Column("measured_on", N_("Measured on"), "date", width=108),
    )  # fmt: skip


def _objects(bridge: Bridge) -> tuple[Column, ...]:
    why = asks(bridge, "adoption.crm_objects")
    return (
        Column("name", N_("Object"), width=190, grow=True, bold=True),
        Column("kind", N_("Kind of object"), "choice", column="kind", choices=OBJECT_KINDS,
               width=150),
        Column("features", N_("Functions"), width=230, grow=True,
               text=lambda row: ", ".join(row.features)),
        Column("users", N_("Users"), "int", width=90, why=why),
        Column("created", N_("Created"), "int", width=96, why=why),
        Column("updated", N_("Updated"), "int", width=96, why=why),
        Column("last_on", N_("Last used"), "date", width=108),
    )  # fmt: skip
