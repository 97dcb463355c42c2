"""Printing the committee pack: language, level, place; written in a job, then opened."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QFormLayout, QWidget

from crm_pilot.i18n import N_, tr
from ui import theme
from ui.bridge import Bridge
from ui.dialogs.base import Dialog
from ui.files import commit_pending, usual_folder
from ui.language import formats, lang
from ui.tasks import Jobs
from ui.widgets.text import label

LANGUAGES = (("fr", N_("Français")), ("en", N_("English")))
LEVELS = (
    ("committee", N_("Committee: no person named beside a position")),
    ("own", N_("Lead's own: with names, marked as confidential")),
)


class PrintPack(Dialog):
    """Asks how the pack is to be, writes it in a job, and offers to open it."""

    def __init__(self, parent: QWidget | None, bridge: Bridge, jobs: Jobs) -> None:
        super().__init__(parent, tr("Print the committee pack"), icon="print")
        self.bridge, self.jobs = bridge, jobs
        self.language, self.level = QComboBox(), QComboBox()
        for value, text in LANGUAGES:
            self.language.addItem(tr(text), value)
        self.language.setCurrentIndex(self.language.findData(lang()))
        for value, text in LEVELS:
            self.level.addItem(tr(text), value)
        self.setMinimumWidth(560)  # the longest level is read whole
        form = QFormLayout()
        form.setSpacing(10)
        for title, widget in (
            (tr("Language of the document"), self.language),
            (tr("Confidentiality"), self.level),
        ):
            widget.setAccessibleName(title)
            form.addRow(title, widget)
        self.body.addLayout(form)
        self.annex = QCheckBox(tr("Add how the figures are computed, page by page"))
        self.annex.setChecked(True)
        self.body.addWidget(self.annex)
        hint = label(theme.CAPTION, ink="muted", wrap=True)
        hint.setText(
            tr(
                "A4, PDF. The figures are those of {day}.",
                day=formats.long_day(bridge.today, lang()),
            )
        )
        self.body.addWidget(hint)
        self.add_button("cancel", tr("Cancel"))
        self.add_button("print", tr("Choose where to save it"), primary=True)
        self.chosen.connect(self._chosen)

    def _chosen(self, key: str) -> None:
        if key != "print":
            return
        bridge = self.bridge
        language = str(self.language.currentData())
        name = tr("Committee pack") + f" {bridge.today.isoformat()} {language}.pdf"
        folder = Path(usual_folder(bridge))
        asked, _ = QFileDialog.getSaveFileName(
            self.parentWidget(), tr("Save the document as"), str(folder / name), "PDF (*.pdf)"
        )
        if asked:
            write_pack(
                self.parentWidget(),
                bridge,
                self.jobs,
                pdf_path(Path(asked)),
                language,
                str(self.level.currentData()),
                annex=self.annex.isChecked(),
            )


def pdf_path(path: Path) -> Path:
    """`path` with its suffix; a completed name is a free one, since nobody was asked about it."""
    if path.suffix.lower() == ".pdf":
        return path
    whole, number = path.with_name(path.name + ".pdf"), 2
    while whole.exists():
        whole = path.with_name(f"{path.name} ({number}).pdf")
        number += 1
    return whole


def write_pack(
    window: QWidget | None,
    bridge: Bridge,
    jobs: Jobs,
    out: Path,
    language: str,
    level: str,
    *,
    annex: bool = True,
) -> None:
    """Write the pack to `out` in a job, then offer to open it. `annex`: say how the figures are
    computed."""
    commit_pending()
    today = bridge.today

    def work(reader: Any, progress: Any, cancelled: Any) -> Path:
        from crm_pilot.reports.committee import write

        write(reader, today, out, language=language, level=level, annex=annex)
        return out

    jobs.run(
        tr("Writing the committee pack"),
        work,
        reader=bridge.project.job_reader(),
        done=lambda path: _offer(window, path),
        cancellable=False,
    )


def _offer(window: QWidget | None, path: Path) -> None:
    dialog = Dialog(window, tr("The committee pack is ready"), str(path), icon="check-circle")
    dialog.add_button("ok", tr("Close"))
    dialog.add_button("open", tr("Open the document"), primary=True)

    def chosen(key: str) -> None:
        if key == "open":
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    dialog.chosen.connect(chosen)
    dialog.open()
