"""Exporting tables: which, in what form, at which level of confidence; written in a job."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, ntr, tr
from ui import theme
from ui.bridge import Bridge
from ui.dialogs.base import Dialog
from ui.files import commit_pending, usual_folder
from ui.language import formats, lang
from ui.tasks import Jobs
from ui.widgets.buttons import link_button, segmented, set_reason
from ui.widgets.text import label

if TYPE_CHECKING:
    from crm_pilot.exchange.exporting import Wanted
    from crm_pilot.exchange.tables import ExportTable
    from crm_pilot.exchange.writing import Sheet
    from ui.widgets.tick_tree import Thing

LANGUAGES = (("fr", N_("Français")), ("en", N_("English")))
LEVELS = (
    ("committee", N_("Committee: no person named beside a position")),
    ("own", N_("Lead's own: with names, marked as confidential")),
)
LEFT_OUT = {
    "committee": N_(
        "Left out: notes, descriptions, codes of persons. Persons and accounts come without"
        " numbers; on the map persons are coded and small groups pooled. These four tables cannot"
        " be imported again."
    ),
    "own": N_("Nothing is left out. Keep the file to yourself: it names persons beside positions."),
}
AS_SHOWN = N_(
    "The rows go out as they stand on the screen, with the names that are shown; they are marked"
    " as confidential."
)
FORMS = ("xlsx", "csv", "mspdi", "ics")
PLANS = {"mspdi": ".xml", "ics": ".ics"}  # forms that hold the plan and nothing else
PLAN_WHY = {
    "mspdi": N_(
        "The whole plan for MS Project: lines, links, calendars, people, reference plans. It can be"
        " imported again."
    ),
    "ics": N_(
        "Tasks and milestones as events of whole days, for Outlook, Google Calendar or Thunderbird."
    ),
}
PLAN_LEFT_OUT = {
    "committee": N_("Left out: notes, e-mail addresses, and the days on which people are away."),
    "own": N_("Nothing is left out. Keep the file to yourself."),
}
DELIMITERS = ((";", N_("Semicolon")), (",", N_("Comma")), ("\t", N_("Tab")))
ENCODINGS = (("utf-8", "UTF-8"), ("cp1252", "Windows-1252"))
XLSX_WHY = N_("Excel opens this directly, with dates and amounts as such.")
DELIMITER_WHY = {
    ";": N_("Excel in French opens this directly."),
    ",": N_("Excel in English opens this directly."),
    "\t": N_("For other programs; Excel asks how to read it."),
}
OLD_WHY = N_("For older programs. A character that Windows-1252 lacks is refused, never replaced.")
LISTED, LEAST_LISTED = QSize(380, 480), QSize(260, 200)  # the list of tables
HINT_WIDTH = 400
WIDTH = 980


class ExportDialog(Dialog):
    """Asks what to export and how, writes it in a job, and offers to open the folder.

    With `sheet` exactly its rows are exported; otherwise tables of the project are chosen.
    """

    def __init__(
        self,
        parent: QWidget | None,
        bridge: Bridge,
        jobs: Jobs | None = None,
        sheet: Sheet | None = None,
    ) -> None:
        super().__init__(parent)
        self.bridge, self.sheet = bridge, sheet
        self.jobs = jobs or getattr(parent, "jobs", None) or Jobs(parent)
        self._of_tables: list[QWidget] = []  # what a plan has no use for
        row = QHBoxLayout()
        row.setSpacing(32)
        row.addLayout(self._what())
        row.addLayout(self._how(), 1)
        self.body.addLayout(row, 1)
        room = parent.window().width() if parent is not None else WIDTH
        self.setMinimumWidth(min(WIDTH, room) if sheet is None else HINT_WIDTH + 120)
        self.add_button("cancel", tr("Cancel"))
        self.go = self.add_button(
            "export", tr("Choose where to save it"), primary=True, closes=False
        )
        self.chosen.connect(self._chosen)
        self._say()
        self._show()

    # building --------------------------------------------------------------------------------

    def _what(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        if self.sheet is not None:
            return column
        from crm_pilot.exchange import tables
        from crm_pilot.exchange.tables_list import GROUPS
        from ui.widgets.tick_tree import TickTree

        counts = tables.counts(self.bridge.reader)

        def thing(table: ExportTable) -> Thing:
            rows = formats.number(counts[table.name], lang())
            named = tr("{table} ({rows})", table=tr(table.title), rows=rows)
            return table.name, named, counts[table.name] > 0

        title = label(bold=True)
        title.setText(tr("Tables"))
        self.ticks = TickTree(tr("Tables"), LISTED)
        self.ticks.setMinimumSize(LEAST_LISTED)
        self.ticks.show_groups((tr(name), [thing(table) for table in of]) for name, of in GROUPS)
        self.ticks.edited.connect(self._show)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(title)
        head.addStretch(1)
        self._of_tables.append(self.ticks)
        for text, on in ((tr("Tick all"), True), (tr("Untick all"), False)):
            link = link_button(text)
            link.clicked.connect(lambda _=False, on=on: self.ticks.tick(on))
            head.addWidget(link)
            self._of_tables.append(link)
        column.addLayout(head)
        column.addWidget(self.ticks, 1)
        return column

    def _how(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        texts = [tr("Excel (XLSX)"), tr("Text (CSV)"), tr("MS Project"), tr("Calendar (ICS)")]
        forms = FORMS if self.sheet is None else FORMS[:2]  # rows as shown are a table
        self.form = segmented(forms)
        self.form.set_texts(texts[: len(forms)])
        self.form.setAccessibleName(tr("Format"))
        self.form.chosen.connect(self._show)
        column.addWidget(self.form)
        self.why = self._hint()
        column.addWidget(self.why)
        self.delimiter, self.encoding = QComboBox(), QComboBox()
        self.language, self.level = QComboBox(), QComboBox()
        for box, values in (
            (self.delimiter, DELIMITERS),
            (self.encoding, ENCODINGS),
            (self.language, LANGUAGES),
            (self.level, LEVELS),
        ):
            for value, text in values:
                box.addItem(tr(text), value)
        self.language.setCurrentIndex(self.language.findData(lang()))
        self._follow_language()
        self._rows: list[tuple[QLabel, QComboBox]] = []
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setContentsMargins(0, 8, 0, 0)
        form.setSpacing(10)
        for title, box in (
            (tr("Separator"), self.delimiter),
            (tr("Encoding"), self.encoding),
            (tr("Language of the titles"), self.language),
            (tr("Confidentiality"), self.level),
        ):
            box.setAccessibleName(title)
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            box.activated.connect(self._show)
            words = QLabel(title)
            form.addRow(words, box)
            self._rows.append((words, box))
        self.language.activated.connect(self._follow_language)
        column.addLayout(form)
        self.left_out = self._hint()
        column.addWidget(self.left_out)
        column.addStretch(1)
        return column

    def _hint(self) -> QLabel:
        made = label(theme.CAPTION, ink="muted", wrap=True)
        made.setFixedWidth(HINT_WIDTH)
        made.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        return made

    # showing ---------------------------------------------------------------------------------

    def _say(self) -> None:
        if self.sheet is None:
            self.say(
                tr("Export the plan") if self.form.value in PLANS else tr("Export tables"),
                tr("The figures are those of {day}.",
                   day=formats.long_day(self.bridge.today, lang())),
            )  # fmt: skip
            return
        rows = formats.number(len(self.sheet.rows), lang())
        self.say(
            ntr("Export {shown} row as shown", "Export {shown} rows as shown",
                len(self.sheet.rows), shown=rows),
            self.sheet.name,
        )  # fmt: skip

    def _follow_language(self) -> None:
        from crm_pilot.exchange.writing import usual_delimiter

        usual = usual_delimiter(str(self.language.currentData()))
        self.delimiter.setCurrentIndex(self.delimiter.findData(usual))
        self._show()

    def _show(self) -> None:
        """The hints and what is offered, as chosen."""
        if not hasattr(self, "go"):
            return
        form = self.form.value
        text, plan = form == "csv", form in PLANS
        asks = self.sheet is None
        for widget in self._of_tables:
            set_reason(widget, tr("The plan is exported as a whole.") if plan else "")
        self._say()
        for (words, box), visible in zip(self._rows, (text, text, asks, asks), strict=True):
            words.setVisible(visible)
            box.setVisible(visible)
        delimiter = str(self.delimiter.currentData())
        why = DELIMITER_WHY[delimiter] if self.encoding.currentData() == "utf-8" else OLD_WHY
        self._hinted(self.why, tr(PLAN_WHY[form] if plan else why if text else XLSX_WHY))
        left_out = (PLAN_LEFT_OUT if plan else LEFT_OUT)[str(self.level.currentData())]
        self._hinted(self.left_out, tr(left_out if asks else AS_SHOWN))
        ready = plan or not asks or bool(self.names)
        set_reason(self.go, "" if ready else tr("Tick at least one table."))

    def _hinted(self, hint: QLabel, text: str) -> None:
        hint.setText(text)
        hint.setMinimumHeight(hint.heightForWidth(HINT_WIDTH))

    @property
    def names(self) -> list[str]:
        """The tables that are ticked, in the order in which a workbook reads back."""
        if self.sheet is not None:
            return []
        from crm_pilot.exchange.tables_list import TABLES

        ticked = self.ticks.ticked
        return [table.name for table in TABLES if table.name in ticked]

    @property
    def wanted(self) -> Wanted:
        """How the export is to be."""
        from crm_pilot.exchange.exporting import Wanted
        from crm_pilot.figures import Level

        return Wanted(
            str(self.language.currentData()) if self.sheet is None else lang(),
            Level(str(self.level.currentData())) if self.sheet is None else Level.OWN,
            str(self.delimiter.currentData()),
            str(self.encoding.currentData()),
        )

    # exporting -------------------------------------------------------------------------------

    def _chosen(self, key: str) -> None:
        if key != "export":
            return
        out = self._place()
        if out is None:
            return
        from crm_pilot.exchange import exporting

        several = out.is_dir() and self.form.value not in PLANS
        self.bridge.settings.last_folder = str(out if several else out.parent)
        targets = exporting.targets(self.names, out, self.wanted) if several else ()
        there = [path for path in targets if path.exists()]
        if not there:
            self._write(out)
            return
        asks = Dialog(
            self,
            ntr("{n} file is there already", "{n} files are there already", len(there)),
            ", ".join(path.name for path in there[:6]) + (" …" if len(there) > 6 else ""),
            icon="warning",
        )
        asks.add_button("cancel", tr("Cancel"))
        asks.add_button("replace", tr("Replace"), primary=True)
        asks.chosen.connect(lambda answer: self._write(out) if answer == "replace" else None)
        asks.open()

    def _place(self) -> Path | None:
        """Ask where to: a file, or a folder for several CSV."""
        parent, folder = self.parentWidget(), Path(usual_folder(self.bridge))
        suffix = PLANS.get(self.form.value, f".{self.form.value}")
        if suffix == ".csv" and self.sheet is None and len(self.names) > 1:
            chosen = QFileDialog.getExistingDirectory(
                parent, tr("Folder for the files"), str(folder)
            )
            return Path(chosen) if chosen else None
        chosen, _ = QFileDialog.getSaveFileName(
            parent,
            tr("Save the plan as") if self.form.value in PLANS else tr("Save the tables as"),
            str(folder / (self._file_name() + suffix)),
            f"{suffix[1:].upper()} (*{suffix})",
        )
        if not chosen:
            return None
        path = Path(chosen)
        return path if path.suffix.lower() == suffix else path.with_name(path.name + suffix)

    def _file_name(self) -> str:
        from crm_pilot.exchange import exporting, tables

        if self.sheet is not None:
            name = self.sheet.name
        elif self.form.value in PLANS:
            name = tr("{project} plan", project=self.bridge.project.name)
        elif len(self.names) == 1:
            table = tables.find(self.names)[0]
            name = exporting.file_name(table, self.wanted).removesuffix(".csv")
        else:
            name = self.bridge.project.name
        name = f"{name} {self.bridge.today.isoformat()}"
        return "".join("-" if character in '\\/:*?"<>|' else character for character in name)

    def _write(self, out: Path) -> None:
        self._answered = True
        self.accept()
        commit_pending()
        window, bridge, jobs = self.parentWidget(), self.bridge, self.jobs
        wanted, names, sheet, today = self.wanted, self.names, self.sheet, bridge.today
        form = self.form.value

        def work(reader: Any, progress: Any, cancelled: Any) -> int:
            from crm_pilot.exchange import exporting
            from crm_pilot.exchange.plan import Watch

            if form in PLANS:
                from crm_pilot.exchange.plan_exporting import export_plan

                export_plan(
                    reader,
                    form,
                    out,
                    level=wanted.level,
                    language=wanted.language,
                    today=today,
                    progress=progress,
                    cancelled=cancelled,
                )
                return 1
            if sheet is None:
                written = exporting.export(
                    reader, names, out, wanted, today, progress=progress, cancelled=cancelled
                )
                return len(written)
            marked = exporting.marked(sheet, wanted.language)
            exporting.write_sheet(marked, out, wanted, Watch(progress, cancelled))
            exporting.note(reader, wanted.level, [sheet.name], [sheet], out)
            return 1

        jobs.run(
            tr("Exporting to {name}", name=out.name),
            work,
            reader=bridge.project.job_reader(),
            done=lambda count: _offer(window, out, count),
            failed=lambda error: _tell(window, error),
        )


def _tell(window: QWidget | None, error: UserError) -> None:
    from ui.dialogs.messages import error_dialog

    error_dialog(window, error, safe=True).open()


def _offer(window: QWidget | None, out: Path, count: int) -> None:
    """Say what was written, and open its folder if wanted."""
    sentence = ntr("Written: {n} file", "Written: {n} files", count)
    dialog = Dialog(window, sentence, str(out), icon="check-circle")
    dialog.add_button("ok", tr("Close"))
    dialog.add_button("folder", tr("Open the folder"), primary=True)
    folder = out if out.is_dir() else out.parent

    def chosen(key: str) -> None:
        if key == "folder":
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    dialog.chosen.connect(chosen)
    dialog.open()
