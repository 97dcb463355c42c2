"""Pages of the import wizard: a file being read, a file refused, and the plan to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from crm_pilot.i18n import N_, ntr, show, tr
from ui import theme
from ui.dialogs.import_mapping import MappingPage
from ui.dialogs.import_reading import RawView, ReadingStrip
from ui.dialogs.import_views import OutcomeView, ProblemsView
from ui.language import formats, lang
from ui.widgets.buttons import primary_button, quiet_button, segmented
from ui.widgets.text import label

if TYPE_CHECKING:
    import datetime as dt

    from crm_pilot.exchange.plan import ImportPlan
    from ui.dialogs.import_job import Reading

KINDS = {
    "tickets": N_("Tickets"),
    "logins": N_("CRM logins"),
    "actions": N_("CRM records"),
    "users": N_("CRM users"),
    "people": N_("People"),
    "stakeholders": N_("Stakeholders"),
    "training": N_("Training"),
    "sessions": N_("Training sessions"),
    "calendar": N_("Calendar"),
    "completeness": N_("Completeness"),
    "plan": N_("Plan"),
    "table": N_("Our own export"),
}
OUTCOME, FILE, PROBLEMS = "outcome", "file", "problems"
IMPORTER = "@importer"
TEXT_WIDTH = 640


class ReadingPage(QWidget):
    """A bar that moves while a file is read, and a way to stop."""

    stopped = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._words = label(bold=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 1000)
        self.stop = quiet_button()
        self.stop.clicked.connect(self.stopped)
        self.setFocusProxy(self.stop)
        column.addStretch(1)
        column.addWidget(self._words)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop)
        column.addLayout(row)
        column.addStretch(2)

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self.stop.setText(tr("Stop"))

    def start(self, title: str) -> None:
        """A file begins to be read."""
        self._words.setText(title)
        self.bar.setAccessibleName(title)
        self.bar.setValue(0)

    def progress(self, share: float) -> None:
        """`share` of 1 is read."""
        self.bar.setValue(round(max(share, 0.0) * 1000))


class RefusedPage(QWidget):
    """Why a file could not be read, and what can be done."""

    other_asked = Signal()
    again_asked = Signal()
    back_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setSpacing(12)
        self._icon = QLabel()
        self.words = label(wrap=True)
        self.words.setFixedWidth(TEXT_WIDTH)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._safe = label(ink="muted", wrap=True)
        self._safe.setFixedWidth(TEXT_WIDTH)
        self.other, self.again, self.back = primary_button(icon="folder"), *(
            quiet_button(icon=name) for name in ("redo", "undo")
        )  # fmt: skip
        self.other.clicked.connect(self.other_asked)
        self.again.clicked.connect(self.again_asked)
        self.back.clicked.connect(self.back_asked)
        self.setFocusProxy(self.other)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.other, self.again, self.back):
            row.addWidget(button)
        row.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(12)
        for widget in (self.words, self._safe):
            words.addWidget(widget)
        words.addLayout(row)
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addStretch(1)
        line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words)
        line.addStretch(1)
        column.addStretch(2)
        column.addLayout(line)
        column.addStretch(3)
        theme.switched().changed.connect(self._draw)
        self._draw()

    def _draw(self) -> None:
        self._icon.setPixmap(theme.pixmap("warning", "watch", 28))

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self.other.setText(tr("Another file…"))
        self.again.setText(tr("Read again"))
        self.again.setToolTip("F5")
        self.back.setText(tr("Back to the earlier reading"))
        self._safe.setText(tr("Nothing was changed. You can also drop another file here."))

    def tell(self, reason: str, *, back: bool) -> None:
        """Say why; `back`: there is an earlier reading to go back to."""
        self.words.setText(reason)
        self.back.setVisible(back)


class KindBox(QComboBox):
    """What a file is taken for: too many kinds for buttons side by side."""

    chosen = Signal(str)

    def __init__(self, kinds: list[str]) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for kind in kinds:
            self.addItem("", kind)
        self.setMaxVisibleItems(len(kinds))
        self.activated.connect(lambda _: self.chosen.emit(self.value))

    @property
    def value(self) -> str:
        """The kind that stands there."""
        return str(self.currentData())

    def set_value(self, kind: str) -> None:
        """Show a kind, without telling."""
        self.setCurrentIndex(self.findData(kind))

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        for place in range(self.count()):
            self.setItemText(place, tr(KINDS[self.itemData(place)]))
        self.setAccessibleName(tr("What the file holds"))
        self.setToolTip(tr("What the file holds"))


class PlanPage(QWidget):
    """What was understood of a file: how it was read, what fills what, what comes out."""

    kind_chosen = Signal(str)
    corrected = Signal(str, str)
    forget_asked = Signal()
    again_asked = Signal()
    other_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addLayout(self._top())
        self.strip = ReadingStrip()
        self.strip.corrected.connect(self.corrected)
        column.addWidget(self.strip)
        self.mapping = MappingPage()
        self.mapping.corrected.connect(self.corrected)
        self.mapping.forget_asked.connect(self.forget_asked)
        below = QHBoxLayout()
        below.setSpacing(24)
        below.addWidget(self.mapping, 9)
        below.addWidget(self._views(), 11)
        column.addLayout(below, 1)

    def _top(self) -> QHBoxLayout:
        from crm_pilot.exchange.registry import KINDS as known

        self.kind = KindBox([kind for kind in KINDS if kind in known])
        self.kind.chosen.connect(self.kind_chosen)
        self.source = QComboBox()
        self.source.currentTextChanged.connect(self.source.setToolTip)  # whole, where it is cut
        self.source.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.source.activated.connect(
            lambda _: self.corrected.emit(IMPORTER, str(self.source.currentData()))
        )
        self.again, self.other = quiet_button(icon="redo"), quiet_button(icon="folder")
        self.again.clicked.connect(self.again_asked)
        self.other.clicked.connect(self.other_asked)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.kind)
        row.addWidget(self.source)
        row.addStretch(1)
        row.addWidget(self.again)
        row.addWidget(self.other)
        return row

    def _views(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.view = segmented((OUTCOME, FILE, PROBLEMS))
        self.view.chosen.connect(self.show_view)
        self._stack = QStackedWidget()
        self.outcome, self.raw, self.problems = OutcomeView(), RawView(), ProblemsView()
        self.raw.corrected.connect(self.corrected)
        for view in (self.outcome, self.raw, self.problems):
            self._stack.addWidget(view)
        column.addWidget(self.view)
        column.addWidget(self._stack, 1)
        return page

    def retranslate(self) -> None:
        """Texts in the language of the window; those of a plan come with `show_reading`."""
        self.strip.retranslate()
        self.kind.retranslate()
        self.source.setAccessibleName(tr("Source"))
        self.source.setToolTip(tr("Where the file comes from"))
        self.again.setText(tr("Read again"))
        self.again.setToolTip("F5")
        self.other.setText(tr("Another file…"))

    def show_first(self, plan: ImportPlan) -> None:
        """Turn to the view that matters for a plan just read."""
        if not plan.ok:
            self.show_view(PROBLEMS)
        elif self.view.value == PROBLEMS:
            self.show_view(OUTCOME)

    def corrects(self, focus: QWidget | None) -> bool:
        """Whether a control that corrects has the focus, and keeps it."""
        views = (self.outcome, self.problems)
        inside = focus is not None and self.isAncestorOf(focus)
        return inside and not any(view.isAncestorOf(focus) for view in views if focus)

    def show_view(self, view: str) -> None:
        """Show what comes out, the file as it is, or the problems."""
        self.view.set_value(view)
        self._stack.setCurrentIndex((OUTCOME, FILE, PROBLEMS).index(view))

    def show_reading(self, reading: Reading, day: dt.date | None) -> None:
        """Show everything of a reading; `day`: when its corrections were remembered."""
        plan = reading.plan
        self.kind.set_value(plan.kind)
        self._fill_sources(plan)
        for widget in (self.strip, self.mapping):
            widget.setVisible(not plan.columnless)
        self.strip.show_plan(plan, reading.corrections)
        self.mapping.show_plan(plan, remembered=reading.remembered, day=day)
        self.outcome.show_plan(plan, reading.outcome)
        self.raw.show_plan(plan)
        self.problems.show_plan(plan)
        count = plan.errors + plan.warnings
        shown = formats.number(count, lang())
        problems = ntr("{shown} problem", "{shown} problems", count, shown=shown)
        self.view.set_texts(
            [tr("What comes out"), tr("The file"), problems if count else tr("Problems")]
        )

    def _fill_sources(self, plan: ImportPlan) -> None:
        from crm_pilot.exchange.registry import of_kind

        importers = of_kind(plan.kind)
        self.source.clear()
        for importer in importers:
            self.source.addItem(show(importer.title), importer.name)
        self.source.setCurrentIndex(max(0, self.source.findData(plan.importer)))
        told = plan.columnless  # the file says itself what wrote it
        self.source.setVisible(len(importers) > 1 and not told)
