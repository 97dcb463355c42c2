"""What happens to project files from the window: new, open, save, save as, recover, leave.

Every way out of a project goes through `leave`, which asks about unsaved edits first.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from crm_pilot.errors import StorageError, StorageKind, UserError
from crm_pilot.i18n import tr
from ui.bridge import Bridge
from ui.keeping import Keeping
from ui.tasks import Jobs

if TYPE_CHECKING:
    from crm_pilot.project import Opening, Project, Saved
    from ui.dialogs.new_project import Wanted

SUFFIX = ".crmp"
Then = Callable[[], object]


class Files(QObject):
    """Carries out the file actions for one window."""

    saving_changed = Signal(bool)

    def __init__(self, window: QWidget, bridge: Bridge, jobs: Jobs) -> None:
        super().__init__(window)
        self.window_, self.bridge, self.jobs = window, bridge, jobs
        self.saving = False
        self.keeping = Keeping(self, window, bridge, jobs)

    # leaving ---------------------------------------------------------------------------------

    def leave(self, then: Then) -> None:
        """Let go of the open project, asking about unsaved edits, then call `then`."""
        if self.saving:
            QTimer.singleShot(50, lambda: self.leave(then))
            return
        self.commit_pending()
        if not self.bridge.has_project:
            then()
        elif self.bridge.project.unsaved and not self.bridge.project.read_only:
            self._ask(then)
        else:
            self.drop()
            then()

    def _ask(self, then: Then) -> None:
        from ui.dialogs.messages import ask_save_dialog

        def answered(key: str) -> None:
            if key == "save":
                self.save(then=lambda: self.leave(then))
            elif key == "discard":
                self.drop()
                then()

        dialog = ask_save_dialog(self.window_, self.bridge.project.name)
        dialog.chosen.connect(answered)
        dialog.open()

    def drop(self, *, keep: bool = False) -> None:
        """Close the open project without asking; unsaved edits are thrown away, or with `keep`
        offered at the next start."""
        self.jobs.wait()
        project = self.bridge.detach()
        if project is not None:
            project.close(keep=keep)

    def close(self) -> None:
        """Close the project and go back to the welcome page."""
        self.leave(lambda: None)

    # opening ---------------------------------------------------------------------------------

    def open(self, path: Path | None = None) -> None:
        """Open a file; without a path, ask for one."""
        if path is None:
            asked, _ = QFileDialog.getOpenFileName(
                self.window_, tr("Open a project"), usual_folder(self.bridge), project_filter()
            )
            if not asked:
                return
            path = Path(asked)
        chosen = path
        self.leave(lambda: self._load_in_job(chosen))

    def _load_in_job(self, path: Path) -> None:
        """Copy and check beside the painting, then show."""
        from crm_pilot.project import Project

        begin = Project.begin_open(path, person=self.bridge.settings.person)

        def failed(error: UserError) -> None:
            if isinstance(error, StorageError):
                self.keeping.refused(error, path)
            else:
                self.bridge.failed.emit(error)

        def opened(opening: Opening) -> None:
            if self.bridge.has_project:  # another one was opened meanwhile
                opening.abandon()
            else:
                self._show(Project.finish_open(opening), path)

        self.jobs.run(
            tr("Opening the project"),
            lambda _progress, _cancelled: begin(),
            done=opened,
            failed=failed,
            cancellable=False,
        )

    def load(self, path: Path) -> bool:
        """Open `path` now; what is wrong with it is told. Whether it is open."""
        from crm_pilot.project import Project

        try:
            project = Project.open(path, person=self.bridge.settings.person)
        except StorageError as error:
            self.keeping.refused(error, path)
            return False
        self._show(project, path)
        return True

    def _show(self, project: Project, path: Path) -> None:
        self.bridge.settings.remember_recent(path)
        self.bridge.settings.last_folder = str(path.absolute().parent)
        self.bridge.remember()  # the list of recent files survives a crash
        self.bridge.attach(project)
        self.tell_about(project)

    def tell_about(self, project: Project) -> None:
        """Say what is special about a project that was opened: held by another, or older."""
        from ui.dialogs.messages import moment_text, notice

        if project.holder is not None:
            sentence = tr("{person} has this project open", person=project.holder.person)
            detail = tr(
                "It is open on {host} since {since}. You can read it here; to work on a version of"
                " your own, save it under another name.",
                host=project.holder.host,
                since=moment_text(project.holder.moment),
            )
            notice(self.window_, sentence, detail).open()
        elif project.migrated_from is not None:
            sentence = tr("This project comes from an older version of CRM Pilot")
            detail = tr("It was brought up to date. The file itself changes only when you save.")
            notice(self.window_, sentence, detail).open()

    def show_copies(self) -> None:
        """List the versions of the open file: now, beside it, dated copies."""
        self.keeping.show_copies()

    # new -------------------------------------------------------------------------------------

    def new(self) -> None:
        """Ask for a name and a template, then start a project."""
        from ui.dialogs.new_project import NewProjectDialog

        dialog = NewProjectDialog(self.window_, self.bridge.language)
        dialog.wanted.connect(lambda wanted: self.leave(lambda: self.create(wanted)))
        dialog.open()

    def create(self, wanted: Wanted) -> None:
        """Start the project that was asked for; it has no file until it is saved."""
        from crm_pilot.project import Project

        self.bridge.attach(
            Project.create(
                wanted.fill(),
                name=wanted.name,
                language=wanted.language,
                country=wanted.country,
                starts_on=wanted.starts_on,
            )
        )

    def demo(self) -> None:
        """Make the demonstration project in the language of the window and open it."""
        from ui.demonstration import make

        language = self.bridge.language
        self.leave(
            lambda: self.jobs.run(
                tr("Preparing the demonstration project"),
                lambda progress, cancelled: make(language),
                done=lambda path: self.load(path),
                cancellable=False,
            )
        )

    def offer_recovery(self) -> bool:
        """Offer the work of sessions that did not end well. Whether there was any."""
        return self.keeping.offer_recovery()

    # saving ----------------------------------------------------------------------------------

    def save(self, *, then: Then | None = None) -> None:
        """Save to the project's file, or ask for one."""
        project = self.bridge.project
        if project.path is None or project.read_only:
            self.save_as(then=then)
        else:
            self._save(None, replace=False, then=then)

    def save_as(self, *, then: Then | None = None) -> None:
        """Ask for a file and save there."""
        project = self.bridge.project
        folder = project.path.parent if project.path else Path(usual_folder(self.bridge))
        proposal = str(folder / (_file_name(project.name) + SUFFIX))
        asked, _ = QFileDialog.getSaveFileName(
            self.window_, tr("Save the project as"), proposal, project_filter()
        )
        if asked:
            path = complete_name(Path(asked))
            completed = path != Path(asked)
            # the file dialog has asked before replacing the very name that was typed, no other
            self._save(path, replace=not completed or path == project.path, then=then)

    def _save(self, path: Path | None, *, replace: bool, then: Then | None) -> None:
        if self.saving:
            return
        self.commit_pending()
        project = self.bridge.project
        try:
            write = project.begin_save(path, replace=replace)
        except UserError as error:
            self._not_saved(error, path, then)
            return
        self._set_saving(True)

        def done(saved: Saved) -> None:
            project.finish_save(saved)
            self._set_saving(False)
            if project.path is not None:
                self.bridge.settings.remember_recent(project.path)
                self.bridge.settings.last_folder = str(project.path.parent)
                self.bridge.remember()
            self.bridge.saved.emit()
            if then is not None:
                then()

        def failed(error: UserError) -> None:
            self._set_saving(False)
            self._not_saved(error, path, then)

        self.jobs.run(
            tr("Saving"),
            lambda progress, cancelled: write(),
            done=done,
            failed=failed,
            cancellable=False,
        )

    def save_again(self) -> None:
        """Write the file where it was, after it was moved or deleted outside."""
        self._save(None, replace=True, then=None)

    def _not_saved(self, error: UserError, path: Path | None, then: Then | None) -> None:
        from ui.dialogs.messages import OUTSIDE, changed_file_dialog, error_dialog

        self.bridge.history_changed.emit()  # a check may have failed: the sidebar says so
        if not isinstance(error, StorageError) or error.kind not in OUTSIDE:
            error_dialog(self.window_, error, safe=True).open()
            return
        self.keeping.watch.look_soon(thorough=True)

        def answered(key: str) -> None:
            if key == "save_as":
                self.save_as(then=then)
            elif key == "retry":
                self._save(path, replace=False, then=then)
            elif key == "again":
                self._save(path, replace=True, then=then)
            elif key == "replace":
                self._replace(error.kind, path, then)

        dialog = changed_file_dialog(self.window_, error)
        dialog.chosen.connect(answered)
        dialog.open()

    def _replace(self, kind: StorageKind, path: Path | None, then: Then | None) -> None:
        """Replace a file: one whose name was just typed now, another's work after a question."""
        target = path or self.bridge.project.path

        def replace() -> None:
            self._save(path, replace=True, then=then)

        if kind is StorageKind.TAKEN or target is None:
            replace()
        else:
            self.keeping.ask_twice(target, replace)

    @staticmethod
    def commit_pending() -> None:
        """Store what stands in the field being typed in."""
        commit_pending()

    def _set_saving(self, on: bool) -> None:
        self.saving = on
        self.saving_changed.emit(on)


def commit_pending() -> None:
    """Store what stands in the field being typed in, before something looks at the project."""
    widget = QApplication.focusWidget()
    while widget is not None:
        commit = getattr(widget, "commit", None)
        if commit is not None:
            commit()
            return
        if widget.property("role") == "cell":
            widget.clearFocus()
            return
        widget = widget.parentWidget()


def complete_name(path: Path) -> Path:
    """A typed name with the ending of a project file."""
    return path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)


def free_path(path: Path, suffix: str) -> Path:
    """`path` with its suffix; a completed name is a free one, since nobody was asked about it."""
    if path.suffix.lower() == suffix:
        return path
    whole, number = path.with_name(path.name + suffix), 2
    while whole.exists():
        whole = path.with_name(f"{path.name} ({number}){suffix}")
        number += 1
    return whole


def usual_folder(bridge: Bridge) -> str:
    """Where file dialogs begin: the last folder used, the first time the person's documents."""
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    known = (bridge.settings.last_folder, QStandardPaths.writableLocation(documents))
    return next((name for name in known if name and Path(name).is_dir()), str(Path.home()))


def project_filter() -> str:
    """What file dialogs list."""
    return tr("CRM Pilot projects") + f" (*{SUFFIX})"


def _file_name(name: str) -> str:
    """A project's name without what file systems refuse."""
    return "".join("-" if c in '\\/:*?"<>|' else c for c in name).strip(" .") or "project"
