"""The dialogs of features: whom one is for and where its use shows; a mandatory passage; a measure
of completeness."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from crm_pilot.adoption.commands import AddCompleteness, SetFeatureTargets, SetPassage
from crm_pilot.adoption.feature_register import FeatureRow
from crm_pilot.adoption.passages import PassageUse
from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, show, tr
from crm_pilot.people.queries import departments, profiles
from crm_pilot.typed import parse_day
from ui import theme
from ui.dialogs.base import Dialog
from ui.language import formats, lang
from ui.widgets.asked import Asked
from ui.widgets.buttons import Guard
from ui.widgets.picker import Picker
from ui.widgets.section import named
from ui.widgets.text import label, set_ink
from ui.widgets.tick_list import TickList

if TYPE_CHECKING:
    from crm_pilot.project import Command
    from ui.bridge import Bridge

PERCENT = N_("a whole number from 0 to 100")
COUNT = N_("a whole number from 0 on")


def crm_objects(bridge: Bridge) -> list[tuple[int, str]]:
    """The objects of the CRM by name."""
    return [(key, name) for key, name in bridge.reader.select(
        "SELECT id, name FROM crm_object ORDER BY name COLLATE NOCASE")]  # fmt: skip


class OneCommand(Dialog):
    """A dialog that comes to one command, or says why it cannot."""

    def __init__(self, parent: QWidget | None, bridge: Bridge, sentence: str, detail: str) -> None:
        super().__init__(parent, sentence, detail)
        set_ink(self.detail, "muted")
        self.setMinimumWidth(560)
        self.bridge = bridge
        self.complaint = label(theme.CAPTION, ink="alert", wrap=True)
        self.complaint.hide()

    def finish(self, verb: str) -> None:
        """Complaints and buttons."""
        self.body.addWidget(self.complaint)
        self.add_button("cancel", tr("Cancel"))
        self.save = self.add_button("save", verb, primary=True, closes=False)
        self.guard = Guard(self.bridge, self)
        self.guard.add(self.save)
        self.chosen.connect(self._chosen)

    @property
    def wrong(self) -> str:
        """Why what stands here cannot be taken; empty when it can."""
        return ""

    def command(self) -> Command:
        """What it comes to."""
        raise NotImplementedError

    def _chosen(self, key: str) -> None:
        if key != "save":
            return
        sentence = self.wrong
        if not sentence:
            try:
                self.bridge.project.execute(self.command())
            except UserError as error:
                sentence = show(error.message)
        if sentence:
            self.complaint.setText(sentence)
            self.complaint.show()
            return
        self.accept()


class TargetsDialog(OneCommand):
    """The objects in which a feature's use shows, and the profiles it is for."""

    def __init__(self, parent: QWidget | None, bridge: Bridge, feature: FeatureRow) -> None:
        super().__init__(
            parent,
            bridge,
            tr("Whom is “{feature}” for, and where does its use show?", feature=feature.name),
            tr("Who creates or changes a record in one of these objects uses the feature."),
        )
        self.feature = feature
        self.objects = TickList(tr("Objects of the CRM"), tr("its use cannot be measured"), 8)
        self.objects.show_things(crm_objects(bridge), feature.object_ids)
        self.profiles = TickList(tr("Profiles"), tr("everybody"), 8)
        known = [(row.id, row.name) for row in profiles(bridge.reader) if row.measured]
        self.profiles.show_things(known, feature.profile_ids)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.objects, 1)
        row.addWidget(self.profiles, 1)
        self.body.addLayout(row, 1)
        self.finish(tr("Save"))
        self.objects.listed.setFocus()

    def command(self) -> Command:
        """The feature's objects and profiles."""
        return SetFeatureTargets(
            self.feature.id, self.objects.ticked, self.profiles.ticked, self.feature.name
        )


class PassageDialog(OneCommand):
    """A mandatory passage of a profile: what cannot be done outside the CRM."""

    def __init__(
        self, parent: QWidget | None, bridge: Bridge, passage: PassageUse | None = None
    ) -> None:
        super().__init__(
            parent,
            bridge,
            tr("Mandatory passage"),
            tr("A piece of work of a profile that is done in the CRM, and nowhere else."),
        )
        self.passage = passage
        today = bridge.today
        self.profile = Picker([(row.id, row.name) for row in profiles(bridge.reader)])
        self.title = Asked(tr("What is done"), str.strip, tr("Visit report within two days"))
        self.object = Picker(crm_objects(bridge), tr("cannot be measured"))
        self.target = Asked(tr("Target, %"), whole(100))
        self.closed = Asked(
            tr("Only in the CRM since"), lambda text: parse_day(text, today),
            tr("not closed elsewhere yet"),
        )  # fmt: skip
        if passage is not None:
            self.profile.choose(passage.profile_id)
            self.title.put(passage.title, passage.title)
            self.object.choose(passage.object_id)
        percent = passage.target_percent if passage is not None else 80
        self.target.put(percent, str(percent))
        day = passage.closed_on if passage is not None else None
        self.closed.put(day, formats.day(day, lang(), year=True) if day else "")
        self.body.addWidget(named(tr("Profile"), self.profile))
        self.body.addWidget(self.title)
        self.body.addWidget(named(tr("It shows in the object"), self.object))
        days = QGridLayout()
        days.setHorizontalSpacing(16)
        days.addWidget(self.target, 0, 0)
        days.addWidget(self.closed, 0, 1)
        self.body.addLayout(days)
        self.finish(tr("Save"))
        (self.profile if passage is None else self.title.field).setFocus()

    @property
    def wrong(self) -> str:
        """Why the passage cannot be kept."""
        if self.profile.key is None:
            return tr("Choose a profile.")
        if not self.title.field.text().strip():
            return tr("Write what is done.")
        if self.object.typed and self.object.key is None:
            return tr("“{text}” is none of the names in the list.", text=self.object.typed)
        return self.target.wrong or self.closed.wrong

    def command(self) -> Command:
        """The passage as it stands here."""
        assert self.profile.key is not None
        return SetPassage(
            self.profile.key,
            self.title.field.text().strip(),
            self.object.key,
            self.target.value if self.target.value is not None else 80,
            self.closed.value,
            self.passage.note if self.passage is not None else "",
            self.passage.id if self.passage is not None else None,
        )


class MeasureDialog(OneCommand):
    """How many records of an object have a key field filled."""

    def __init__(self, parent: QWidget | None, bridge: Bridge) -> None:
        super().__init__(
            parent,
            bridge,
            tr("Measure of completeness"),
            tr("Count in the CRM how many records there are, and in how many the field is filled."),
        )
        today = bridge.today
        self.object = Picker(crm_objects(bridge))
        self.field = Asked(tr("Key field"), str.strip, tr("Next step"))
        self.department = Picker([(d.id, d.name) for d in departments(bridge.reader)],
                                 tr("the whole company"))  # fmt: skip
        self.records, self.filled = Asked(tr("Records"), whole()), Asked(tr("Filled"), whole())
        self.day = Asked(tr("Measured on"), lambda text: parse_day(text, today))
        self.day.put(today, formats.day(today, lang(), year=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        for place, widget in enumerate(
            (
                named(tr("Object of the CRM"), self.object),
                self.field,
                named(tr("Department"), self.department),
                self.day,
                self.records,
                self.filled,
            )
        ):
            grid.addWidget(widget, place // 2, place % 2)
        self.body.addLayout(grid)
        self.finish(tr("Note it"))
        self.object.setFocus()

    @property
    def wrong(self) -> str:
        """Why the measure cannot be kept."""
        if self.object.key is None:
            return tr("Choose an object of the CRM.")
        if not self.field.field.text().strip():
            return tr("Write which field.")
        if self.department.typed and self.department.key is None:
            return tr("“{text}” is none of the names in the list.", text=self.department.typed)
        for asked in (self.records, self.filled, self.day):
            if asked.wrong or asked.value is None:
                return asked.wrong or tr("Fill in every field.")
        if self.filled.value > self.records.value:
            return tr("More records are filled than there are.")
        return ""

    def command(self) -> Command:
        """The measure."""
        assert self.object.key is not None
        day: dt.date = self.day.value
        return AddCompleteness(
            day,
            self.object.key,
            self.field.field.text().strip(),
            self.records.value,
            self.filled.value,
            self.department.key,
        )


def whole(most: int | None = None) -> Callable[[str], int | None]:
    """Reads a whole number from 0 on, at most `most`."""

    def read(text: str) -> int | None:
        plain = "".join(text.split()).rstrip("%")
        if not plain:
            return None
        if not plain.isdigit() or (most is not None and int(plain) > most):
            hint = PERCENT if most == 100 else COUNT
            raise UserError(N_("“{text}” cannot be read; write {hint}."), text=text,
                            hint=tr(hint))  # fmt: skip
        return int(plain)

    return read
