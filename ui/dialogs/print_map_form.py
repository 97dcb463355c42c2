"""How the map is to be printed: which day, compared with which, for whom."""

from __future__ import annotations

import datetime as dt

from crm_pilot.figures import LEVELS
from crm_pilot.i18n import tr
from ui.dialogs.print_choices import Choices
from ui.language import formats, lang
from ui.widgets.fields import LineEdit


class MapForm(Choices):
    """Choices of the printed map; the committee's level is the usual one."""

    def __init__(self, day: dt.date, today: dt.date) -> None:
        super().__init__(today)
        self._usual = day
        self.title(tr("For whom"))
        form = self.rows()
        self.reader(form, tuple(LEVELS.items()))
        self.column.addWidget(self.note)
        self.title(tr("Days"))
        form = self.rows()
        self.on, self.since = LineEdit(), LineEdit()
        self.on.setText(formats.day(day, lang(), year=True))
        for field, name, usual in (
            (self.on, tr("Positions of"), tr("today")),
            (self.since, tr("Compared with"), tr("last committee")),
        ):
            field.setAccessibleName(name)
            field.setPlaceholderText(usual)
            field.editingFinished.connect(self.tell)
            form.addRow(name, field)
        self.title(tr("Pages"))
        self.whole = self.tick(tr("All pages: lists after the map"), on=True)
        self.complete()

    def days(self) -> tuple[dt.date, dt.date | None] | None:
        """The day and the one it is compared with; None, with `problem`, where one cannot be
        read."""
        self.problem = ""
        on, since = self.day(self.on), self.day(self.since)
        if self.problem:
            return None
        return on or self._today, since
