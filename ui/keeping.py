"""Safe keeping in the window: copies, restoring, recovery, and what happens to the file outside.

A change from elsewhere is told in a quiet bar; nothing is written over unless it is asked twice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from crm_pilot.errors import StorageError, StorageKind, UserError
from crm_pilot.i18n import show, tr
from ui.bridge import Bridge
from ui.language import formats, lang
from ui.tasks import Jobs
from ui.watch import Watch
from ui.widgets.bar import CLOSE, Notice, NoticeBar

if TYPE_CHECKING:
    from crm_pilot.project import Recoverable
    from crm_pilot.versions import Elsewhere, Finding, Place, Version
    from ui.dialogs.copies import CopiesWindow
    from ui.files import Files

CHANGED, SECOND, PLACE = "changed", "second", "place"  # notices, the most urgent first
OFFERS = (StorageKind.CORRUPT, StorageKind.NOT_OURS, StorageKind.EMPTY, StorageKind.MISSING)


class Keeping(QObject):
    """Belongs to the `Files` of one window."""

    def __init__(self, files: Files, window: QWidget, bridge: Bridge, jobs: Jobs) -> None:
        super().__init__(files)
        self.files, self.window_, self.bridge, self.jobs = files, window, bridge, jobs
        self.bar = NoticeBar()
        self.bar.chosen.connect(self._answered)
        self.watch = Watch(window, bridge, jobs, lambda: files.saving)
        self.watch.elsewhere.connect(self._elsewhere)
        self.watch.second_found.connect(self._second_found)
        self.watch.place_found.connect(self._place_found)
        self._explain = False  # the first save in a place explains it
        self._told: object = None  # what the bar says of the file outside
        self._put_aside: object = None
        self._second = Path()  # the second version being told
        self._shown: CopiesWindow | None = None
        bridge.project_changed.connect(self._other_project)
        bridge.saved.connect(self._saved)
        bridge.language_changed.connect(self.watch.look_soon)

    def _other_project(self) -> None:
        self._explain = False
        self._told = self._put_aside = None
        self.bar.clear()

    def _saved(self) -> None:
        self._explain = True
        self.bar.take_back(CHANGED)

    # copies ----------------------------------------------------------------------------------

    def show_copies(self) -> None:
        """List the versions of the open file."""
        project = self.bridge.project
        if project.path is None:
            from ui.dialogs.messages import notice

            detail = tr("Each save keeps the version before it.")
            notice(self.window_, tr("There are no dated copies yet"), detail).open()
            return
        self._open_window(project.path)

    def _open_window(
        self, path: Path, error: UserError | None = None, left: Sequence[Recoverable] = ()
    ) -> CopiesWindow:
        from ui.dialogs.copies import CopiesWindow

        check = None
        if error is None and self.bridge.has_project:
            check = self.bridge.project.last_check
        made = CopiesWindow(self.window_, self.jobs, path, error=error, left=left, check=check)
        made.chosen.connect(lambda key: self._act(made, key))
        made.finished.connect(self._window_over)
        self._shown = made
        made.open()
        return made

    def _window_over(self) -> None:
        self._shown = None

    def _act(self, window: CopiesWindow, key: str) -> None:
        line = window.selected
        if line is None:
            return
        if key == "recover" and line.left is not None:
            left = line.left
            self.files.leave(lambda: self.recover(left))
        elif key == "open" and line.version is not None:
            self.open_copy(line.version.path)
        elif key == "restore" and line.version is not None:
            self._restore(window, line.version)

    def open_copy(self, path: Path) -> None:
        """Open a version read-only: it is to be saved under a name of its own."""
        from crm_pilot.project import Project

        def then() -> None:
            try:
                project = Project.open(path, read_only=True)
            except UserError as error:
                self.bridge.failed.emit(error)
            else:
                self.bridge.attach(project)

        self.files.leave(then)

    def _restore(self, window: CopiesWindow, version: Version) -> None:
        """Ask for a new name beside the original, write it there, and open it."""
        from crm_pilot.versions import restore, restored_name
        from ui.files import complete_name, project_filter

        proposal = str(restored_name(window.path, version.saved, lang()))
        asked, _ = QFileDialog.getSaveFileName(
            window, tr("Restore as a new file"), proposal, project_filter()
        )
        if not asked:
            return
        target = complete_name(Path(asked))

        def done(path: Path) -> None:
            window.accept()
            self._tell_restored(path, version, window.path)
            self.files.open(path)

        def failed(error: UserError) -> None:
            from ui.dialogs.messages import error_dialog

            error_dialog(window, error, safe=self.bridge.has_project).open()

        self.jobs.run(
            tr("Restoring the copy"),
            lambda _progress, _cancelled: restore(version.path, target),
            done=done,
            failed=failed,
            cancellable=False,
        )

    def _tell_restored(self, path: Path, version: Version, original: Path) -> None:
        """Once the restored file is open, say what it is; nothing when it is not opened."""

        def opened() -> None:
            if not self.bridge.has_project or self.bridge.project.path != path:
                return
            from ui.dialogs.messages import moment_text, notice

            sentence = tr("“{name}” is open now", name=path.name)
            detail = tr(
                "It is the version of {moment}, as a file of its own. “{original}” is unchanged.",
                moment=moment_text(version.saved),
                original=original.name,
            )
            notice(self.window_, sentence, detail).open()

        once = Qt.ConnectionType.SingleShotConnection
        self.bridge.project_changed.connect(opened, once)

    # a file that cannot be opened, and unsaved work ------------------------------------------

    def refused(self, error: StorageError, path: Path) -> None:
        """Tell why `path` cannot be opened; copies and unsaved work of it are offered at once."""
        from crm_pilot.project import copies_of, recoverable
        from ui.dialogs.messages import error_dialog

        left: list[Recoverable] = []
        if error.kind in OFFERS:
            left = [one for one in recoverable() if one.original and same_file(one.original, path)]
        offers = error.kind in OFFERS and bool(left or copies_of(path))
        if error.kind is StorageKind.CORRUPT or offers:
            self._open_window(path, error, left)
        else:
            error_dialog(self.window_, error, safe=self.bridge.has_project).open()

    def offer_recovery(self) -> bool:
        """Offer the work of sessions that did not end well. Whether there was any.

        Never on top of the copies window, which offers the work of its own file: the rest
        follows when that is closed.
        """
        from crm_pilot.project import recoverable

        shown = self._shown
        if shown is not None:
            seen = {one.folder for one in shown.left}
            shown.chosen.connect(on("cancel", lambda: self._offer_rest(seen)))
            return True
        return self._offer(recoverable())

    def _offer_rest(self, seen: set[Path]) -> None:
        from crm_pilot.project import recoverable

        self._offer([one for one in recoverable() if one.folder not in seen])

    def _offer(self, left: Sequence[Recoverable]) -> bool:
        from ui.dialogs.messages import RecoveryDialog

        if not left:
            return False
        dialog = RecoveryDialog(self.window_, left)

        def answered(key: str) -> None:
            if key == "recover":
                self.files.leave(lambda: self.recover(dialog.selected))
            elif key == "discard":
                dialog.selected.discard()

        dialog.chosen.connect(answered)
        dialog.open()
        return True

    def recover(self, left: Recoverable) -> None:
        """Go on with the work of a dead session."""
        from crm_pilot.project import Project

        try:
            project = Project.recover(left, person=self.bridge.settings.person)
        except UserError as error:
            self.bridge.failed.emit(error)
            return
        self.bridge.attach(project)
        self.files.tell_about(project)

    # the file outside ------------------------------------------------------------------------

    def _elsewhere(self, found: Elsewhere | None) -> None:
        self._told = None if found is None else (found.kind, found.mark)
        if found is None:
            self.bar.take_back(CHANGED)
            return
        if self._told == self._put_aside:
            return  # the person closed this very notice; a save will still ask
        read_only = self.bridge.project.read_only
        buttons = []
        if found.kind is StorageKind.CHANGED:
            theirs = tr("Open theirs") if not read_only else tr("Open the new version")
            buttons.append(("theirs", theirs))
        elif found.kind is StorageKind.GONE and not read_only:
            buttons.append(("again", tr("Write it there again")))
        if not read_only:
            buttons.append(("save_as", tr("Save mine as another file…")))
        sentence, detail = elsewhere_words(found)
        self.bar.tell(Notice(CHANGED, 0, "warning", "watch", sentence, detail, buttons))

    def _second_found(self, second: Version, finding: Finding) -> None:
        """Name the version that a sync service put beside the file, and what it changes."""
        from crm_pilot.differences import summary

        sentence = tr(
            "A second version of this project exists beside it: “{name}”, saved {moment}",
            name=second.path.name,
            moment=formats.moment(second.saved, lang()),
        )
        if not finding.good:
            detail = tr("It is damaged; your file is not touched by it.")
        elif finding.changes:
            detail = tr(
                "Against your file it has: {changes}.", changes=summary(finding.changes, show)
            )
        else:
            detail = tr("It holds the same as your file.")
        buttons = [("compare", tr("Compare…")), ("open", tr("Open it read-only"))]
        self.bar.tell(Notice(SECOND, 1, "documents", "watch", sentence, detail, buttons))
        self._second = second.path

    def _place_found(self, place: Place | None) -> None:
        """Explain a synced or shared place once, at the first save there."""
        explained = self.bridge.settings.explained
        if place is None or not self._explain or place.service in explained:
            return
        explained.append(place.service)
        self.bridge.remember()
        if place.network:
            sentence = tr("This project lives on a network folder ({name})", name=place.name)
        else:
            sentence = tr("This project lives in {name}", name=place.name)
        detail = tr(
            "You work on a private copy; each save writes the file whole. A version that comes from"
            " elsewhere is told here and never written over. The dated copies stay on this"
            " computer."
        )
        self.bar.tell(Notice(PLACE, 2, "folder", "muted", sentence, detail))

    def _answered(self, notice: str, key: str) -> None:
        if key == CLOSE:
            if notice == CHANGED:
                self._put_aside = self._told
            return
        if notice == SECOND:
            self.bar.take_back(SECOND)
            if key == "open":
                self.open_copy(self._second)
            else:
                self.show_copies()
        elif key == "theirs":
            self.open_theirs()
        elif key == "again":
            self.files.save_again()
        else:
            self.files.save_as()

    def open_theirs(self) -> None:
        """Open the version from elsewhere; unsaved edits of mine are kept and offered again."""
        project = self.bridge.project
        path = project.path
        assert path is not None
        if self.files.saving:
            return

        def then() -> None:
            self.files.drop(keep=True)
            self.files.open(path)

        self.files.commit_pending()
        if project.read_only or not project.unsaved:
            self.files.drop()
            self.files.open(path)
            return
        from ui.dialogs.messages import open_theirs_dialog

        dialog = open_theirs_dialog(self.window_)
        dialog.chosen.connect(on("theirs", then))
        dialog.open()

    def ask_twice(self, path: Path, replace: Callable[[], object]) -> None:
        """Ask again before the version from elsewhere is replaced, saying what it holds."""
        from ui.dialogs.messages import replace_dialog

        known = self.bridge.project.known_file

        def asked(found: Elsewhere | None) -> None:
            words = elsewhere_words(found) if found is not None else ("", "")
            dialog = replace_dialog(self.window_, path, words)
            dialog.chosen.connect(on("replace", replace))
            dialog.open()

        if known is None:
            asked(None)
            return
        from crm_pilot.versions import look

        self.jobs.run(
            tr("Looking at the file"), lambda _progress, _cancelled: look(known), done=asked
        )


def on(wanted: str, then: Callable[[], object]) -> Callable[[str], Any]:
    """What to connect to `chosen` when only one answer matters."""
    return lambda key: then() if key == wanted else None


def same_file(one: Path, other: Path) -> bool:
    """Whether two paths name the same file, also one that is damaged or gone."""
    return one.resolve() == other.resolve()


def elsewhere_words(found: Elsewhere) -> tuple[str, str]:
    """Sentence and detail about what someone else did to the file."""
    from crm_pilot.differences import summary
    from crm_pilot.versions import changes_elsewhere

    if found.kind is StorageKind.GONE:
        return (
            tr("The file is no longer where it was"),
            tr("It was moved, renamed or deleted outside CRM Pilot. Your work is safe here."),
        )
    if found.kind is StorageKind.EMPTY:
        return (
            tr("The file is empty at the moment"),
            tr("Its sync program has perhaps not finished. Your work is safe here."),
        )
    if found.kind is StorageKind.UNREACHABLE:
        return (
            tr("The folder of the file cannot be reached"),
            tr("A drive was unplugged or the network is away. Your work is safe here."),
        )
    time = formats.clock(found.moment) if found.moment else "?"
    if found.person:
        sentence = tr("{person} changed the file at {time}", person=found.person, time=time)
    else:
        sentence = tr("The file was changed elsewhere at {time}", time=time)
    changes = changes_elsewhere(found)
    if changes is None:
        return sentence, tr("It cannot be read as a project at the moment.")
    words = summary(changes, show)
    if found.against_mine:
        return sentence, tr("Compared with yours, it has: {changes}.", changes=words)
    return sentence, tr("What changed there: {changes}.", changes=words)
