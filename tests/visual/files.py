"""Dialogs about files, made as a person comes to them: new, import, export, copies, trouble."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from PySide6.QtWidgets import QWidget

from crm_pilot.errors import StorageError, StorageKind
from crm_pilot.i18n import N_, nmsg, tr
from crm_pilot.paths import config_dir
from crm_pilot.project import Recoverable
from crm_pilot.versions import Check, Finding, Version, VersionKind
from tests.visual.steps import Make, opened, until
from ui.dialogs import messages
from ui.main_window import MainWindow
from ui.models.versions import Line

MOMENT = dt.datetime(2026, 11, 21, 14, 2)
FILE = Path("Projet CRM.crmp")
DAMAGED = N_(
    "“{path}” is damaged and cannot be opened. The file was not touched;"
    " a dated copy can be opened instead."
)
CHANGED = N_(
    "“{path}” was changed by someone else since you opened it. Nothing was written; your"
    " edits are safe in the working copy. Save under another name, or replace the file (the"
    " other version is kept among the dated copies)."
)

TICKETS = """N°;Titre;Date de création;Date de résolution;Statut;Priorité;Catégorie
4711;Impossible d'exporter les comptes;03/11/2026 09:12;04/11/2026 16:40;Résolu;Haute;Base
4712;Doublon sur « Établissements Lefèvre »;03/11/2026 10:03;;En cours;Moyenne;Données
4713;Écran blanc après connexion;04/11/2026 08:47;05/11/2026 11:20;Clos;Haute;Accès
4714;Champ secteur obligatoire;05/11/2026 14:31;hier;En cours;Basse;Évolution
4715;Lenteur de la recherche;32/11/2026 15:02;;Nouveau;Moyenne;Performance
;Sans numéro;06/11/2026 09:00;;Nouveau;Basse;Autre
"""
GOOD = "\n".join(TICKETS.splitlines()[:4]) + "\n"


def new_project(step: int) -> Make:
    """A step of the guided form."""

    def make(window: MainWindow) -> QWidget:
        from ui.dialogs.new_project import NewProjectDialog

        dialog = NewProjectDialog(window, window.bridge.language)
        dialog.country.setCurrentIndex(dialog.country.findData("FR"))  # not the computer's
        dialog.start.setText("01/02/2027")
        dialog.company.setText("Ferrand SA")
        dialog.name.setText("CRM Ferrand")
        for _ in range(step):
            dialog.buttons["next"].click()
        return opened(dialog)

    return make


def wizard(text: str, name: str, *, view: str = "", done: bool = False) -> Make:
    """The import wizard at a file; without a text at the place to drop one."""

    def make(window: MainWindow) -> QWidget:
        from ui.dialogs.import_wizard import ImportWizard

        path = None
        if text:
            path = config_dir() / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("cp1252"))
        made = ImportWizard(window, window.bridge, window.jobs, path)
        made.show()
        until(lambda: made._job is None)
        if view:
            made.page.view.set_value(view)
            made.page.view.chosen.emit(view)
        if done:
            made.apply_button.click()
            until(lambda: made._done is not None)
        return made

    return make


def reading(window: MainWindow) -> QWidget:
    """The wizard while it reads."""
    from ui.dialogs.import_wizard import ImportWizard

    made = ImportWizard(window, window.bridge, window.jobs)
    made.path = Path("tickets 2026.csv")
    made.waiting.start(tr("Reading {name}", name=made.path.name))
    made.waiting.progress(0.4)
    made.say(tr("Import"), tr("Nothing is changed until you import."))
    made._turn_to(made.waiting)
    return opened(made)


def export(window: MainWindow) -> QWidget:
    """All tables."""
    from ui.dialogs.export import ExportDialog

    return opened(ExportDialog(window, window.bridge, window.jobs))


def export_csv(window: MainWindow) -> QWidget:
    """The shown rows of one table as CSV."""
    from crm_pilot.exchange.writing import Sheet, SheetColumn
    from ui.dialogs.export import ExportDialog

    sheet = Sheet(tr("Persons"), (SheetColumn(tr("Name"), "text"),), [["Ann"], ["Bo"]])
    dialog = ExportDialog(window, window.bridge, window.jobs, sheet)
    dialog.form.set_value("csv")
    dialog._show()
    return opened(dialog)


def versions() -> list[tuple[Version, Finding]]:
    """The file and three copies, one of them damaged."""
    tasks = nmsg("{n} task changed", "{n} tasks changed", 4)
    persons = nmsg("{n} person added", "{n} persons added", 12)
    hours, day, days = dt.timedelta(hours=5), dt.timedelta(days=1), dt.timedelta(days=9)
    damaged = StorageError(StorageKind.CORRUPT, DAMAGED, path=FILE.name).message
    kind = VersionKind.COPY
    return [
        (Version(VersionKind.FILE, FILE, MOMENT, 412_000), Finding(True, None, (tasks, persons))),
        (Version(kind, FILE, MOMENT - hours, 410_000), Finding(True, None, (tasks,))),
        (Version(kind, FILE, MOMENT - day, 9_000), Finding(False, damaged)),
        (Version(kind, FILE, MOMENT - days, 380_000), Finding(True, first=True)),
    ]


def copies(*, damaged: bool = False, none: bool = False) -> Make:
    """The window of copies, filled without a file."""

    def make(window: MainWindow) -> QWidget:
        from ui.dialogs.copies import CopiesWindow

        error = StorageError(StorageKind.CORRUPT, DAMAGED, path=FILE.name)
        check = Check(MOMENT, True, "1.1")
        made = CopiesWindow(
            window, window.jobs, FILE, error=error if damaged else None, check=check
        )
        until(lambda: made.complete)
        if none:
            return opened(made)
        found = versions()
        made.model.fill([Line(version=version) for version, _ in found])
        for version, finding in found:
            made.model.found(version, finding)
        made.empty.hide()
        made._choose(1 if damaged else 0)
        return opened(made)

    return make


def recovery(window: MainWindow) -> QWidget:
    """Two left sessions."""
    left = [
        Recoverable(Path(), FILE, "CRM Ferrand", 17, MOMENT, None),
        Recoverable(Path(), None, "Essai", 1, MOMENT - dt.timedelta(days=2), None),
    ]
    return messages.RecoveryDialog(window, left)


def crash(window: MainWindow) -> QWidget:
    """The second bug of a session."""
    dialog = messages.CrashDialog(window, safe=True)
    for _ in range(2):
        dialog.add("Traceback (most recent call last):\n  …\nValueError: an example\n")
    return dialog


def error(window: MainWindow) -> QWidget:
    """An error with what is safe."""
    found = StorageError(StorageKind.CORRUPT, DAMAGED, path=FILE.name)
    return messages.error_dialog(window, found, safe=True)


def changed_file(window: MainWindow) -> QWidget:
    """A save that found the file changed."""
    found = StorageError(StorageKind.CHANGED, CHANGED, path=FILE.name)
    return messages.changed_file_dialog(window, found)


def replace_file(window: MainWindow) -> QWidget:
    """The second question."""
    return messages.replace_dialog(window, FILE, ("", ""))
