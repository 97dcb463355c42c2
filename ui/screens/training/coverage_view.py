"""Coverage: by department, and by function, wave, profile or course; skills that expire."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from crm_pilot.i18n import N_, ntr, tr
from crm_pilot.training import coverage, queries
from crm_pilot.training.lacking import By, lacking, sessions_about
from ui import theme
from ui.language import formats, lang
from ui.screens.training.coverage import CoverageTile, PickTile, bars_of
from ui.screens.training.wish import Wish
from ui.widgets.buttons import Guard, link_button, segmented
from ui.widgets.empty import EmptyState
from ui.widgets.page import GAP
from ui.widgets.scroll import Scroll
from ui.widgets.section import ElidedLink, cleared
from ui.widgets.text import ElidedLabel, label
from ui.widgets.tile import Tile

if TYPE_CHECKING:
    from crm_pilot.project import Changed
    from crm_pilot.training.coverage import Covered, Expiring
    from ui.bridge import Bridge

SIDES = (By.FEATURE, By.WAVE, By.PROFILE, By.COURSE)
TITLES = {
    By.FEATURE: N_("By function"),
    By.WAVE: N_("By wave"),
    By.PROFILE: N_("By profile"),
    By.COURSE: N_("By course"),
}
NOBODY = {
    By.FEATURE: N_("No function"),
    By.WAVE: N_("No wave"),
    By.PROFILE: N_("No profile"),
    By.COURSE: N_("No course"),
}
READS = {
    By.FEATURE: coverage.by_feature,
    By.WAVE: coverage.by_wave,
    By.PROFILE: coverage.by_profile,
    By.COURSE: coverage.by_course,
}
SETTLE_MS = 40
MOST = 12  # skills listed, the soonest first


class CoverageView(QWidget):
    """Bars with words; the one chosen is invited, or shows its sessions."""

    enrol_asked = Signal(object)
    narrowed = Signal(object)
    go = Signal(str, str, int)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self._sides: dict[By, Sequence[Covered]] = {}
        self._homes: Sequence[queries.CoverageRow] = ()
        self.tools = QWidget()
        self.home = CoverageTile()
        self.side = PickTile()
        self.by = segmented([side.value for side in SIDES])
        self.skills = SkillsTile(bridge)
        self.empty = EmptyState("training")
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(lambda: self.refresh(None))
        self._lay()
        self._connect()

    def _lay(self) -> None:
        self.side.caption.hide()
        self.side.head.addWidget(self.by)
        work = QWidget()
        grid = QGridLayout(work)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(GAP)
        grid.addWidget(self.home, 0, 0)
        grid.addWidget(self.skills, 1, 0)
        grid.addWidget(self.side, 0, 1, 2, 1)
        grid.setColumnStretch(0, 11)
        grid.setColumnStretch(1, 10)
        grid.setRowStretch(0, 7)
        grid.setRowStretch(1, 3)
        self._stack = QStackedWidget()
        self._stack.addWidget(work)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)

    def _connect(self) -> None:
        self.by.chosen.connect(lambda _: self._show_side(anew=True))
        self.home.invite.connect(self._invite_home)
        self.home.look.connect(self._look_home)
        self.side.invite.connect(self._invite_side)
        self.side.look.connect(self._look_side)
        self.skills.enrol_asked.connect(self.enrol_asked)
        self.empty.clicked.connect(self.bridge.import_asked)
        for signal in (self.bridge.saved, self.bridge.project_changed):
            signal.connect(self._guard)

    def _guard(self) -> None:
        if self.bridge.has_project and self.isVisible():
            self.refresh(None)

    # reading ---------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self.by.set_texts([_short(side) for side in SIDES])
        self.by.setAccessibleName(tr("Coverage by"))
        for tile in (self.home, self.side, self.skills):
            tile.retranslate()
        self.side.nothing.setText(
            tr("No function of the CRM is known yet: they are listed in the scope.")
        )
        self.empty.set_texts(
            tr("Who is to be trained?"),
            tr(
                "Import the people with their CRM accounts: coverage is the share of them who came"
                " to a session."
            ),
            tr("Import people"),
        )
        if self.bridge.has_project and self._homes:
            self.refresh(None)

    def refresh(self, changed: Changed | None) -> None:
        """Read again; after an edit a moment later."""
        if changed is not None:
            self._later.start(SETTLE_MS)
            return
        if not self.bridge.has_project:
            return
        reader, today = self.bridge.reader, self.bridge.today
        figures = queries.figures(reader, today)
        self._homes = figures.departments
        self._stack.setCurrentIndex(0 if figures.users else 1)
        if not figures.users:
            return
        self.home.show_figures(figures, self.bridge.why_not_edit())
        self._sides = {}
        self._show_side()
        self.skills.show_skills(coverage.expiring(reader, today), self.bridge.why_not_edit())

    def _rows(self, side: By) -> Sequence[Covered]:
        if side not in self._sides:
            self._sides[side] = READS[side](self.bridge.reader, self.bridge.today)
        return self._sides[side]

    def _show_side(self, *, anew: bool = False) -> None:
        side = By(self.by.value)
        title = tr(TITLES[side])
        self.side.set_title(title)
        self.side.set_why(f"training.{side.value}s")
        if anew:
            self.side.chart.row = -1
        rows = self._rows(side)
        bars = bars_of(rows, title, tr(NOBODY[side]), f"training.{side.value}s")
        self.side.show_bars(bars, self.bridge.why_not_edit())

    # acting ----------------------------------------------------------------------------------

    def _invite_home(self, row: int) -> None:
        home = self._homes[row]
        self._invite(By.DEPARTMENT, home.department_id, home.department or tr("No department"))

    def _look_home(self, row: int) -> None:
        home = self._homes[row]
        self._look(By.DEPARTMENT, home.department_id, home.department or tr("No department"))

    def _invite_side(self, row: int) -> None:
        side = By(self.by.value)
        found = self._rows(side)[row]
        self._invite(side, found.id, found.name or tr(NOBODY[side]))

    def _look_side(self, row: int) -> None:
        side = By(self.by.value)
        found = self._rows(side)[row]
        self._look(side, found.id, found.name or tr(NOBODY[side]))

    def _invite(self, side: By, key: int | None, name: str) -> None:
        persons = lacking(self.bridge.reader, self.bridge.today, side, key)
        if persons:
            self.enrol_asked.emit(
                Wish(
                    persons=persons,
                    course_id=key if side is By.COURSE else None,
                    feature_id=key if side is By.FEATURE else None,
                    title=tr("Invite: {name}", name=name),
                )
            )

    def _look(self, side: By, key: int | None, name: str) -> None:
        self.narrowed.emit((sessions_about(self.bridge.reader, side, key), name))

    def take_focus(self) -> None:
        """Put the keyboard on the bars of the departments."""
        self.home.chart.setFocus()


class SkillsTile(Tile):
    """Skills that expire: who learned what, until when; enrolled again by a link."""

    enrol_asked = Signal(object)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self._skills: Sequence[Expiring] = ()
        self.set_why("training.expiring")
        inside = QWidget()
        inside.setProperty("role", "page")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 4, 0)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 2)
        column.addLayout(self._grid)
        column.addStretch(1)
        self._area = Scroll(inside)
        self.nothing = label(ink="muted", wrap=True)
        self.all = link_button()
        self.all.clicked.connect(lambda: self._enrol(self._skills))
        self.guard = Guard(bridge, self)
        self.guard.add(self.all)
        foot = QHBoxLayout()
        foot.addWidget(self.all)
        foot.addStretch(1)
        self.body.addWidget(self._area, 1)
        self.body.addWidget(self.nothing)
        self.body.addLayout(foot)

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self.set_title(tr("To be refreshed"))
        self.nothing.setText(
            tr(
                "No skill expires within 60 days. A course whose skill does says for how many"
                " months it is valid."
            )
        )

    def show_skills(self, skills: Sequence[Expiring], why_not: str) -> None:
        """Show who has to refresh what; `why_not` greys enrolling."""
        self._skills = skills
        open_ = [one for one in skills if one.planned_on is None]
        self.set_caption(tr("expired, or within 60 days") if skills else "")
        self.nothing.setVisible(not skills)
        self._area.setVisible(bool(skills))
        self.all.setVisible(bool(open_))
        self.all.setText(ntr("Enrol {n} person…", "Enrol all {n}…", len(open_)))
        cleared(self._grid)
        for at, one in enumerate(skills[:MOST]):
            self._row(at, one, why_not)
        rest = len(skills) - MOST
        if rest > 0:
            more = label(theme.CAPTION, ink="muted")
            more.setText(ntr("and {n} more", "and {n} more", rest))
            self._grid.addWidget(more, MOST, 0)

    def _row(self, at: int, one: Expiring, why_not: str) -> None:
        name = ElidedLink(f"{one.name}, {one.department}" if one.department else one.name)
        name.clicked.connect(lambda: self._enrol((one,)))
        name.setEnabled(not why_not)
        course = ElidedLabel(theme.CAPTION, ink="muted")
        course.set_whole(one.course)
        until = label(theme.CAPTION, ink="alert" if one.expired else "muted", right=True)
        until.setText(_until(one))
        self._grid.addWidget(name, at, 0)
        self._grid.addWidget(course, at, 1)
        self._grid.addWidget(until, at, 2)

    def _enrol(self, skills: Sequence[Expiring]) -> None:
        open_ = [one for one in skills if one.planned_on is None] or list(skills)
        courses = {one.course_id for one in open_}
        self.enrol_asked.emit(
            Wish(
                persons=tuple(dict.fromkeys(one.person_id for one in open_)),
                course_id=courses.pop() if len(courses) == 1 else None,
                title=tr("Refresh a skill"),
            )
        )


def _until(one: Expiring) -> str:
    if one.planned_on is not None:
        return tr("enrolled on {date}", date=formats.day(one.planned_on, lang()))
    day = formats.day(one.expires_on, lang(), year=True)
    return tr("expired on {day}", day=day) if one.expired else tr("until {day}", day=day)


def _short(side: By) -> str:
    return {
        By.FEATURE: tr("Function"),
        By.WAVE: tr("Wave"),
        By.PROFILE: tr("Profile"),
        By.COURSE: tr("Course"),
    }[side]
