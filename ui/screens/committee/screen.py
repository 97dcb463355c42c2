"""The committee room: meeting, registers, RACI, weather and budget behind one switch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from crm_pilot import i18n
from crm_pilot.governance.queries import TABLES as FIGURES
from crm_pilot.governance.queries import last_committee, next_committee, sentence
from crm_pilot.i18n import N_, tr
from ui.language import formats, lang
from ui.screens.base import Screen
from ui.screens.committee.views import VIEW_OF, VIEWS, RoomViews
from ui.screens.committee.words import distance
from ui.widgets.buttons import Guard, primary_button, segmented
from ui.widgets.page import PageHeader, page_layout

if TYPE_CHECKING:
    from crm_pilot.project import Changed
    from ui.bridge import Bridge

SPACING = 10
SETTLE_MS = 60  # the sentence follows the rows
TABLES = frozenset(
    {
        *FIGURES,
        *("headline", "agenda_item", "participant", "committee_action", "risk_rating", "problem"),
        *("raci_item", "raci_actor", "raci_cell", "budget_estimate", "budget_plan", "threshold"),
    }
)


class CommitteeScreen(Screen):
    """`show_view` turns to one of the views."""

    name: ClassVar[str] = "committee"
    title: ClassVar[str] = N_("Committee")
    icon: ClassVar[str] = "committee"
    tables: ClassVar[frozenset[str]] = TABLES

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        self.new = primary_button(icon="add")
        self.header = PageHeader(buttons=(self.new,))
        self.header.set_why(
            "committee.headlines",
            "committee.decisions",
            "committee.risks",
            "committee.budget",
            "committee.drift_share",
        )
        self.switch = segmented([view.name for view in VIEWS])
        self.views = RoomViews(bridge)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._say)
        self._lay_out()
        self._connect()
        self.guard = Guard(bridge, self)
        self.guard.add(self.new, self.header.link_button)
        self.retranslate()

    def _lay_out(self) -> None:
        self._tools = QHBoxLayout()
        self._tools.setSpacing(8)
        self._tools.addWidget(self.switch)
        self._tools.addStretch(1)
        page = page_layout(self)
        page.setSpacing(SPACING)
        page.addWidget(self.header)
        page.addLayout(self._tools)
        page.addWidget(self.views, 1)

    def _connect(self) -> None:
        self.new.clicked.connect(self.add)
        self.header.link.connect(self._write_sentence)
        self.switch.chosen.connect(self.show_view)
        self.views.go.connect(self.go)
        self.views.view_asked.connect(self.show_view)
        self.views.filled_changed.connect(self._name_button)
        self.views.made_view.connect(self._place_tools)

    def _place_tools(self, made: Any) -> None:
        tools: QWidget | None = getattr(made, "tools", None)
        if tools is not None:
            self._tools.addWidget(tools)

    # views -----------------------------------------------------------------------------------

    @property
    def view(self) -> Any:
        """The view in front, made if it was not yet."""
        return self.views.view(self.switch.value)

    def show_view(self, name: str) -> None:
        """Turn to one of the views."""
        self.switch.set_value(name)
        if not self.bridge.has_project:
            return
        held = self.views.focusWidget()
        self.views.show_view(name)
        self.search_field = getattr(self.view, "search", None)
        self._name_button()
        if held is not None and not held.isVisible():
            self.views.take_focus()

    def take_focus(self) -> None:
        """Put the keyboard where the view in front begins."""
        self.views.take_focus()

    def _name_button(self) -> None:
        """What the button of the room adds; the button of an empty view says it instead."""
        made = self.views.made.get(self.switch.value)
        named = getattr(made, "add_text", None)
        self.new.setVisible(named is not None and getattr(made, "filled", True))
        if named is not None:
            self.new.setText(named())

    def add(self) -> None:
        """A new row of the view in front."""
        asked = getattr(self.view, "add", None)
        if asked is not None:
            asked()

    # texts -----------------------------------------------------------------------------------

    def retranslate(self) -> None:
        self.switch.set_texts([tr(view.title) for view in VIEWS])
        self.switch.setAccessibleName(tr("View"))
        self.views.retranslate()
        self._name_button()
        if self.bridge.has_project:
            self._say()

    def _say(self) -> None:
        if not self.bridge.has_project:
            return
        reader, today = self.bridge.reader, self.bridge.today
        self.header.set_sentence(sentence(self.name, reader, today, i18n.current()))
        parts = [formats.long_day(today, lang())]
        last, following = last_committee(reader, today), next_committee(reader, today)
        if last is not None:
            day = formats.day(last.held_on, lang())
            parts.append(tr("last committee {date}", date=day))
        if following is not None:
            parts.append(tr("next {when}", when=distance(following.held_on, today)))
        self.header.set_link(tr("Edit the sentence"))
        self.header.set_caption(" · ".join(parts))

    # reading ---------------------------------------------------------------------------------

    def refresh(self, changed: Changed | None) -> None:
        if not self.views.front:
            self.show_view(self.switch.value)
        else:
            self.views.refresh(changed)
            self.show_view(self.switch.value)
        if changed is None:
            self._say()
        else:
            self._later.start(SETTLE_MS)

    def open_item(self, table: str, key: int) -> None:
        view = VIEW_OF.get(table)
        if view is None:
            return
        self.show_view(view)
        opened = getattr(self.view, "open_item", None)
        if opened is not None:
            opened(table, key)

    # edits -----------------------------------------------------------------------------------

    def _write_sentence(self) -> None:
        from ui.dialogs.sentence import SentenceDialog

        SentenceDialog(self.window(), self.bridge, self.name).open()
