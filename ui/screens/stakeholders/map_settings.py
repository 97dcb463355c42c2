"""Parameters of the map that are the lead's own: when a rating is asked again, wished ratios."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from crm_pilot.i18n import msg, tr
from crm_pilot.project import SetFields
from crm_pilot.typed import parse_whole
from ui import theme
from ui.dialogs.base import Dialog
from ui.screens.stakeholders.rating_dialog import save_by_keys
from ui.widgets.asked import Asked
from ui.widgets.buttons import set_reason
from ui.widgets.text import label, rule, set_ink

if TYPE_CHECKING:
    from ui.bridge import Bridge

COLUMNS = ("rerate_days", "ally_hours_percent", "ally_ratio_percent")
MOST_DAYS, MOST_ALLIES = 730, 10_000


class MapSettings(Dialog):
    """Writes what was changed itself, as one step."""

    def __init__(self, parent: QWidget | None, bridge: Bridge) -> None:
        super().__init__(parent)
        self.bridge = bridge
        set_ink(self.detail, "muted")
        self.say(tr("Settings of the map"), tr("They belong to this project."))
        self.days = Asked(
            tr("Ask again whether a rating is still true after so many days"),
            lambda text: parse_whole(text, 1, MOST_DAYS),
        )
        self.hours = Asked(
            tr("Wished share of influence hours for allies, in per cent"),
            lambda text: parse_whole(text, 0, 100),
            tr("off"),
        )
        self.ratio = Asked(
            tr("Wished number of allies per 100 opponents"),
            lambda text: parse_whole(text, 0, MOST_ALLIES),
            tr("off"),
        )
        self._fields = (self.days, self.hours, self.ratio)
        self._before = self._stored()
        self._build()
        self._check()

    def sizeHint(self) -> QSize:
        return QSize(520, super().sizeHint().height())

    def _stored(self) -> dict[str, int | None]:
        row = self.bridge.reader.one(f"SELECT {', '.join(COLUMNS)} FROM project")
        return dict(zip(COLUMNS, row or (), strict=True))

    def _build(self) -> None:
        own = label(theme.CAPTION, ink="muted", wrap=True)
        own.setText(
            tr(
                "Your own parameters: no published figure exists for these two. They are off while"
                " they are empty, and only ever warn."
            )
        )
        for field, value in zip(self._fields, self._before.values(), strict=True):
            field.put(value, "" if value is None else str(value))
            field.edited.connect(self._check)
        self.body.addWidget(self.days)
        self.body.addWidget(rule())
        self.body.addWidget(own)
        self.body.addWidget(self.hours)
        self.body.addWidget(self.ratio)
        self.body.addStretch(1)
        self.add_button("cancel", tr("Cancel"))
        self.save = self.add_button("save", tr("Save"), primary=True, closes=False)
        save_by_keys(self, self.save)
        self.chosen.connect(self._chosen)
        self.days.field.setFocus()

    def _wrong(self) -> str:
        if not self.days.wrong and self.days.value is None:
            return tr("Write a number of days, 1 to {most}.", most=MOST_DAYS)
        return next((one.wrong for one in self._fields if one.wrong), "")

    def _check(self) -> None:
        set_reason(self.save, self._wrong())

    def _chosen(self, key: str) -> None:
        if key != "save" or self._wrong():
            return
        values: dict[str, Any] = {
            name: field.value
            for name, field in zip(COLUMNS, self._fields, strict=True)
            if field.value != self._before[name]
        }
        self.accept()
        if values:
            label = msg("Change the settings of the map")
            self.bridge.execute(SetFields("project", 1, values, label))
