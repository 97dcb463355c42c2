"""The adoption room: what is used, by which departments, beside what is expected of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from crm_pilot import i18n
from crm_pilot.adoption import facts, months
from crm_pilot.adoption import queries as use
from crm_pilot.governance.queries import sentence
from crm_pilot.i18n import N_, tr
from ui import theme
from ui.language import formats, lang
from ui.reading import Reading
from ui.screens.adoption.filters import FilterBar, UseFilter, month_name
from ui.screens.adoption.views import VIEWS, RoomViews
from ui.screens.base import Screen
from ui.widgets.buttons import Guard, link_button, primary_button, quiet_button, segmented
from ui.widgets.empty import EmptyState
from ui.widgets.page import PageHeader, page_layout
from ui.widgets.text import label

if TYPE_CHECKING:
    from crm_pilot.adoption.months import MonthFigures
    from crm_pilot.project import Changed, Reader
    from ui.bridge import Bridge

TABLES = frozenset(
    {
        *("import_batch", "project", "headline", "threshold", "snooze", "sign_action"),
        *("account", "profile", "person", "department", "wave", "task", "absence", "calendar"),
        *("feature", "feature_object", "feature_profile", "crm_object", "passage", "completeness"),
        *("support", "use_total", "action_total", "login_rule", "calendar_exception"),
        *("attendance", "training_session", "course", "course_feature", "rating", "stakeholder"),
    }
)
SPACING = 10
WORK, EMPTY = 0, 1


VIEW_OF = {  # the view that shows a thing of a table
    "sign": "signs",
    "feature": "features",
    "passage": "features",
    "completeness": "features",
    "crm_object": "features",
    "support": "needs",
    "account": "users",
    "profile": "users",
}


@dataclass(frozen=True)
class Told:
    """What stands above the views: sentence, last day known, and the month of those looked at."""

    sentence: str
    until: dt.date | None
    figures: MonthFigures


class AdoptionScreen(Screen):
    """Views of use behind one filter. `show_filter` limits them, `show_view` turns to one."""

    name: ClassVar[str] = "adoption"
    title: ClassVar[str] = N_("Adoption")
    icon: ClassVar[str] = "adoption"
    tables: ClassVar[frozenset[str]] = TABLES

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        self._build()
        self._connect()
        self.guard = Guard(bridge, self)
        self.guard.add(self.import_button, self.empty.button, self.header.link_button)

    # building --------------------------------------------------------------------------------

    def _build(self) -> None:
        self.export_button = quiet_button()
        self.import_button = primary_button()
        self.settings_button = link_button(size=theme.CAPTION)
        self.header = PageHeader(buttons=(self.export_button, self.import_button))
        self.header.add_beside_caption(self.settings_button)
        self.header.set_why("committee.headlines", "adoption.active_share", "adoption.departments")
        self.switch = segmented([view.name for view in VIEWS])
        self.filters = FilterBar(self.bridge)
        self.views = RoomViews(self.bridge)
        self.counting = Reading(self.bridge, self)
        self.empty = EmptyState("adoption")
        self.count = label(ink="muted")
        above = QHBoxLayout()
        above.addWidget(self.switch)
        above.addStretch(1)
        above.addWidget(self.count)
        self.work = QWidget()
        column = QVBoxLayout(self.work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING)
        column.addLayout(above)
        column.addWidget(self.filters)
        column.addWidget(self.views, 1)
        self._stack = QStackedWidget()
        for page in (self.work, self.empty):
            self._stack.addWidget(page)
        outer = page_layout(self)
        outer.setSpacing(SPACING)
        outer.addWidget(self.header)
        outer.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.export_button.clicked.connect(self.export)
        self.settings_button.clicked.connect(self.ask_settings)
        self.import_button.clicked.connect(self.bridge.import_asked)
        self.empty.clicked.connect(self.bridge.import_asked)
        self.empty.second_clicked.connect(lambda: self.go.emit("people", "", 0))
        self.header.link.connect(self._write_sentence)
        self.switch.chosen.connect(self.show_view)
        self.filters.changed.connect(self._filtered)
        self.counting.found.connect(self._show_told)
        self.views.go.connect(self.go)
        self.views.view_asked.connect(self.show_view)
        self.views.narrowed.connect(self.show_filter)

    # what is shown ---------------------------------------------------------------------------

    @property
    def where(self) -> UseFilter:
        """What the views are limited to; its month is the one shown."""
        return replace(self.filters.wanted, month=self.filters.month)

    def show_view(self, name: str) -> None:
        """Turn to one of the views."""
        self.switch.set_value(name)
        if self._stack.currentIndex() == WORK and self.bridge.has_project:
            self.views.show_view(name)

    def show_filter(self, wanted: UseFilter) -> None:
        """Limit the views."""
        self.filters.set_wanted(wanted)

    def _filtered(self) -> None:
        self._show_month()
        self.views.show_scope(self.where)
        self._count()

    def _show_month(self) -> None:
        """The month chosen while something is known of it, else the last one known."""
        known = months.months_known(self.bridge.reader, self.bridge.today)
        wanted = self.filters.wanted.month
        last = known[-1] if known else facts.month_of(self.bridge.today)
        self.filters.show_month(wanted if wanted in known else last)

    def refresh(self, changed: Changed | None) -> None:
        reader, today = self.bridge.reader, self.bridge.today
        known = bool(months.months_known(reader, today))
        self._stack.setCurrentIndex(WORK if known else EMPTY)
        for button in (self.export_button, self.import_button, self.settings_button):
            button.setVisible(known)
        if not known:
            self.counting.forget()
            self._say(sentence(self.name, reader, today, i18n.current()), None)
            self._say_empty()
            return
        before = self.filters.month
        self._show_month()
        self.filters.retranslate()
        if not self.views.front or self.filters.month != before:
            self.views.show_scope(self.where)
        self.views.refresh(changed, shown=True)
        self.views.show_view(self.switch.value)
        self._count()

    def _count(self) -> None:
        """Say the sentence, and how many of the accounts looked at are active."""
        where, today, words = self.where, self.bridge.today, i18n.current()

        def ask(reader: Reader) -> Told:
            scope = where.scope(reader, today)
            return Told(
                sentence(self.name, reader, today, words),
                use.figures(reader, today).data_until,
                months.month_figures(reader, where.month, today, scope),
            )

        if not self.header.sentence.text():
            self.header.set_sentence(tr(self.title))  # until it is read
        self.counting.read(ask)

    def _show_told(self, told: Told) -> None:
        self._say(told.sentence, told.until)
        total, on = told.figures.total, told.figures.active_on
        if total.active is None or on is None:
            self.count.setText("")
            return
        when = formats.week(on, lang())
        self.count.setText(
            tr(
                "{active} active of {open} open accounts, {when}",
                active=formats.number(total.active, lang()),
                open=formats.number(total.accounts, lang()),
                when=month_name(told.figures.month) if told.figures.totals_only else when,
            )
        )

    def ask_settings(self) -> None:
        """Open the settings of the room."""
        from ui.screens.adoption.use_settings import UseSettingsDialog

        UseSettingsDialog(self, self.bridge).open()

    # words -----------------------------------------------------------------------------------

    def retranslate(self) -> None:
        self.export_button.setText(tr("Export"))
        self.settings_button.setText(tr("Settings…"))
        self.import_button.setText(tr("Import logins"))
        self.switch.set_texts([tr(view.title) for view in VIEWS])
        self.switch.setAccessibleName(tr("View"))
        self.filters.retranslate()
        self.views.retranslate()
        if self.bridge.has_project:
            self._say_empty()

    def _say(self, words: str, until: dt.date | None) -> None:
        self.header.set_sentence(words)
        self.header.set_link(tr("Edit the sentence"))
        caption = tr("No login was imported yet")
        if until is not None:
            caption = tr("Logins known until {day}", day=formats.long_day(until, lang()))
        self.header.set_caption(caption + "  ·")

    def _say_empty(self) -> None:
        accounts = self.bridge.reader.value("SELECT count(*) FROM account")
        if accounts:
            detail = tr(
                "Import the login history of the CRM: of each user only the days are kept, never"
                " hour, place or device."
            )
            self.empty.set_texts(tr("No use is measured yet"), detail, tr("Import logins"))
        else:
            detail = tr(
                "Import the list of CRM users first, then their logins: use is read against what"
                " is expected of each profile, department by department."
            )
            self.empty.set_texts(
                tr("Who uses the CRM?"), detail, tr("Import users"), tr("Open “People”")
            )

    # acting ----------------------------------------------------------------------------------

    def _write_sentence(self) -> None:
        from ui.dialogs.sentence import SentenceDialog

        SentenceDialog(self.window(), self.bridge, self.name).open()

    def export(self) -> None:
        """Export what the view in front shows, or the tables of the project."""
        asked = getattr(self.views.currentWidget(), "export", None)
        if asked is not None:
            asked()
            return
        from ui.dialogs.export import ExportDialog

        ExportDialog(self.window(), self.bridge).open()

    def print_room(self) -> bool:
        return False

    def show_imported(self) -> None:
        self.show_view(VIEWS[0].name)

    def open_item(self, table: str, key: int) -> None:
        if table == "department":
            self.show_filter(UseFilter(departments=frozenset({key})))
        view = VIEW_OF.get(table)
        if view is not None:
            self.show_filter(UseFilter())  # what is asked for must not be filtered away
            self.show_view(view)
        opened = getattr(self.views.currentWidget(), "open_item", None)
        if opened is not None:
            opened(table, key)
