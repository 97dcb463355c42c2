"""The versions of a project file as rows: when, what, what changed, whether sound, size."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from crm_pilot.differences import summary
from crm_pilot.i18n import N_, ntr, show, tr
from crm_pilot.versions import Finding, Version, VersionKind
from ui.language import formats, lang
from ui.models.rows import BOLD_ROLE, ICON_ROLE, INK_ROLE

if TYPE_CHECKING:
    from crm_pilot.project import Recoverable

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
TITLES = (N_("Saved"), N_("Version"), N_("What changed"), N_("Check"), N_("Size"))
WIDTHS = (150, 224, 0, 124, 84)
WHAT = 2  # the column that takes the room left


@dataclass(frozen=True)
class Line:
    """A row: a version with what was found in it, or unsaved work."""

    version: Version | None = None
    left: Recoverable | None = None
    finding: Finding | None = None


class CopiesModel(QAbstractTableModel):
    """The rows of the window; findings arrive one by one."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []

    def fill(self, lines: Sequence[Line]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    def found(self, version: Version, finding: Finding) -> None:
        """Note what was found in a version."""
        for place, line in enumerate(self.lines):
            if line.version == version:
                self.lines[place] = replace(line, finding=finding)
                self.dataChanged.emit(self.index(place, 0), self.index(place, len(TITLES) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return len(TITLES)

    def headerData(self, section: int, way: Qt.Orientation, role: int = 0) -> Any:
        if way == Qt.Orientation.Horizontal:
            if role == Role.DisplayRole:
                return tr(TITLES[section])
            if role == Role.TextAlignmentRole:
                return _alignment(section)
        return None

    def data(self, index: Index, role: int = 0) -> Any:
        line, column = self.lines[index.row()], index.column()
        if role == Role.DisplayRole:
            return TEXTS[column](line)
        if role == Role.TextAlignmentRole:
            return _alignment(column)
        if role == Role.AccessibleTextRole:
            return f"{tr(TITLES[column])}: {TEXTS[column](line)}"
        if role == BOLD_ROLE:
            return column == 0
        if role == INK_ROLE:
            return "muted" if column == 4 or (column == WHAT and not _changes(line)) else None
        if role == ICON_ROLE and column == 3 and line.finding is not None:
            return ("check-circle", "good") if line.finding.good else ("warning", "alert")
        return None


def _alignment(column: int) -> int:
    side = Qt.AlignmentFlag.AlignRight if column == 4 else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)


def _saved(line: Line) -> str:
    moment = line.version.saved if line.version else line.left and line.left.moment
    return formats.moment(moment, lang()) if moment else ""


def _kind(line: Line) -> str:
    version = line.version
    if version is None:
        return tr("Unsaved work")
    if version.kind is VersionKind.FILE:
        return tr("The file now")
    if version.kind is VersionKind.COPY:
        return tr("Dated copy")
    who = version.naming.who or version.naming.service if version.naming else ""
    return tr("Second version ({who})", who=who) if who else tr("Second version")


def _changes(line: Line) -> bool:
    return line.left is not None or bool(line.finding and line.finding.changes)


def what(line: Line) -> str:
    if line.left is not None:
        return ntr("{n} edit", "{n} edits", line.left.edits)
    finding = line.finding
    if finding is None:
        return "…"
    if not finding.good:
        return ""
    if finding.changes is None:
        first = tr("the oldest version kept")
        return first if finding.first else tr("cannot be compared: the one before is damaged")
    return summary(finding.changes, show)


def _check(line: Line) -> str:
    if line.left is not None:
        return ""
    if line.finding is None:
        return tr("checking…")
    return tr("sound") if line.finding.good else tr("damaged")


def _size(line: Line) -> str:
    if line.version is None:
        return ""
    return tr("{size} KB", size=formats.number(line.version.bytes / 1024, lang()))


TEXTS: tuple[Callable[[Line], str], ...] = (_saved, _kind, what, _check, _size)
