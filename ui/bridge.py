"""The one object between the windows and the open project: edits go in, signals come out."""

from __future__ import annotations

import contextlib
import datetime as dt
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from crm_pilot import settings
from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, Message, show
from ui import language, theme
from ui.holding import hold_methods

if TYPE_CHECKING:
    from collections.abc import Callable

    from crm_pilot.project import Changed, Command, Project, Reader

NO_PROJECT = N_("No project is open.")
READ_ONLY = N_("This project is open read-only. Use “Save as” to work on a file of your own.")
HELD = N_(
    "{person} has this project open, so it can only be read here. Use “Save as” to work on a file"
    " of your own."
)


class Bridge(QObject):
    """The open project for widgets. Only the window attaches and detaches projects."""

    changed = Signal(object)  # crm_pilot.project.Changed
    history_changed = Signal()
    saved = Signal()
    project_changed = Signal()  # another project, or none
    language_changed = Signal()
    theme_changed = Signal()
    failed = Signal(object)  # a UserError to be shown
    import_asked = Signal()  # an empty room offers the import
    person_asked = Signal(str, str, int)  # "file" or "erase", for a row of person or stakeholder

    def __init__(self, project: Project | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings.load_settings()
        self._project: Project | None = None
        self._unsubscribe: Callable[[], None] | None = None
        theme.switched().changed.connect(self.theme_changed)
        if project is not None:
            self.attach(project)

    # the project -----------------------------------------------------------------------------

    @property
    def has_project(self) -> bool:
        """Whether a project is open."""
        return self._project is not None

    @property
    def project(self) -> Project:
        """The open project. Raises `RuntimeError` when there is none: ask `has_project`."""
        if self._project is None:
            raise RuntimeError("no project is open")
        return self._project

    @property
    def reader(self) -> Reader:
        """The reader of the main thread."""
        return self.project.reader

    @property
    def today(self) -> dt.date:
        """The day all figures are computed for."""
        return self.project.today()

    @property
    def language(self) -> str:
        """Language of the window."""
        return language.lang()

    def attach(self, project: Project) -> None:
        """Show `project` from now on; the one before is let go, not closed."""
        self.detach()
        self._project = project
        self._unsubscribe = project.subscribe(self._tell)
        self.project_changed.emit()
        self.history_changed.emit()

    def detach(self) -> Project | None:
        """Let go of the project, which the caller closes."""
        hold_methods()
        project, self._project = self._project, None
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None
        if project is not None:
            self.project_changed.emit()
            self.history_changed.emit()
        return project

    def _tell(self, changed: Changed) -> None:
        self.changed.emit(changed)
        self.history_changed.emit()

    # edits -----------------------------------------------------------------------------------

    def why_not_edit(self) -> str:
        """Why nothing can be edited now, in the language of the window; empty: it can."""
        refusal = self._refusal()
        return show(refusal) if refusal is not None else ""

    def may_edit(self) -> bool:
        """Whether edits are taken; if not, the person is told why, before they type in vain."""
        refusal = self._refusal()
        if refusal is not None:
            self.failed.emit(UserError(refusal.template, **refusal.params))
        return refusal is None

    def _refusal(self) -> Message | None:
        if not self.has_project:
            return Message(NO_PROJECT)
        if not self.project.read_only:
            return None
        holder = self.project.holder
        return Message(HELD, {"person": holder.person}) if holder else Message(READ_ONLY)

    def execute(self, command: Command, origin: object = None) -> Any:
        """Carry out a command; a rule it breaks is told to the person, and None returned."""
        try:
            return self.project.execute(command, origin)
        except UserError as error:
            self.failed.emit(error)
            return None

    def undo(self) -> None:
        """Undo the last step."""
        self._step(self.project.undo)

    def redo(self) -> None:
        """Do the last undone step again."""
        self._step(self.project.redo)

    def _step(self, step: Callable[[], None]) -> None:
        try:
            step()
        except UserError as error:
            self.failed.emit(error)

    # language and theme ----------------------------------------------------------------------

    def set_language(self, setting: str, *, pseudo: bool = False) -> None:
        """Switch the language of the window; empty means as the system."""
        self.settings.language = setting
        language.apply(language.wanted(setting), pseudo=pseudo)
        self.remember()
        self.language_changed.emit()

    def set_theme(self, wish: str) -> None:
        """Switch the theme: light, dark, contrast or system."""
        self.settings.theme = wish
        theme.apply(wish)
        self.remember()  # a choice of the person, kept at once: a crash must not forget it

    def remember(self) -> None:
        """Write the settings; where they cannot be written, work goes on without."""
        with contextlib.suppress(OSError):
            settings.save_settings(self.settings)
