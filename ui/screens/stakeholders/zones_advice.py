"""What is said about each zone: handling, role on stage, style; in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from crm_pilot.i18n import Translator, tr
from crm_pilot.stakeholders.advice import Advice
from crm_pilot.stakeholders.commands import SetAdvice
from crm_pilot.stakeholders.terms import STYLES, ZONES, Style, Zone
from crm_pilot.stakeholders.zones import HANDLING, RULE_OF_THUMB
from ui import theme
from ui.widgets.asked import Chosen
from ui.widgets.buttons import link_button, set_reason
from ui.widgets.fields import TextArea
from ui.widgets.text import label

HEIGHT = 84
UNDER = 4  # pixels below a link beside a field: their words stand on one line
FIELDS = ("handling_en", "handling_fr", "role_en", "role_fr")


@dataclass(frozen=True)
class AdviceDraft:
    """What is said about a zone, as shown: delivered words where there are no others."""

    style: Style
    handling_en: str
    handling_fr: str
    role_en: str
    role_fr: str


def delivered_advice(zone: Zone) -> AdviceDraft:
    """As it comes with the program."""
    said = HANDLING[zone]
    english, french = Translator("en"), Translator("fr")
    return AdviceDraft(
        said.style,
        english.tr(said.advice),
        french.tr(said.advice),
        english.tr(said.role),
        french.tr(said.role),
    )


def draft_of(advice: Advice) -> AdviceDraft:
    """As stored."""
    return AdviceDraft(
        advice.style,
        advice.handling("en"),
        advice.handling("fr"),
        advice.role("en"),
        advice.role("fr"),
    )


def command_of(zone: Zone, draft: AdviceDraft) -> SetAdvice:
    """The edit that stores it: nothing where it is as delivered."""
    plain = delivered_advice(zone)
    texts = {
        name: "" if getattr(draft, name) == getattr(plain, name) else getattr(draft, name)
        for name in FIELDS
    }
    return SetAdvice(zone, None if draft.style == plain.style else draft.style, **texts)


class AdvicePage(QWidget):
    """One zone in front; `edited` when something is said otherwise."""

    edited = Signal()

    def __init__(self, advice: Mapping[Zone, Advice]) -> None:
        super().__init__()
        self.stored = {zone: draft_of(advice[zone]) for zone in Zone}
        self.drafts: dict[Zone, AdviceDraft] = dict(self.stored)
        self._filling = False
        self.zone = Chosen(tr("Zone"), {zone: tr(text) for zone, text in ZONES.items()})
        self.style_ = Chosen(tr("Management style"), {one: tr(t) for one, t in STYLES.items()})
        self.reset = link_button(tr("As delivered"))
        self.areas = {name: TextArea() for name in FIELDS}
        self.told = label(theme.CAPTION, ink="muted", wrap=True)
        self._lay_out()
        self.zone.edited.connect(self._show)
        self.style_.edited.connect(self._typed)
        self.reset.clicked.connect(self.reset_one)
        for area in self.areas.values():
            area.textChanged.connect(self._typed)
        self._show()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(10)
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(self.zone, 1)
        top.addWidget(self.style_, 1)
        top.addStretch(1)
        beside = QVBoxLayout()
        beside.addStretch(1)
        beside.addWidget(self.reset)
        beside.addSpacing(UNDER)
        top.addLayout(beside)
        column.addLayout(top)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        titles = (
            tr("Handling, in English"),
            tr("Handling, in French"),
            tr("Role on stage, in English"),
            tr("Role on stage, in French"),
        )
        for place, (title, area) in enumerate(zip(titles, self.areas.values(), strict=True)):
            named = label(theme.CAPTION, ink="muted")
            named.setText(title)
            named.setBuddy(area)
            area.setAccessibleName(title)
            area.setFixedHeight(HEIGHT)
            row, side = divmod(place, 2)
            grid.addWidget(named, 2 * row, side)
            grid.addWidget(area, 2 * row + 1, side)
        column.addLayout(grid)
        column.addWidget(self.told)
        column.addStretch(1)

    # answers ---------------------------------------------------------------------------------

    @property
    def changed(self) -> Mapping[Zone, AdviceDraft]:
        """Zones of which something else is said than stored."""
        return {zone: one for zone, one in self.drafts.items() if one != self.stored[zone]}

    def bring(self, zone: Zone) -> None:
        """Show a zone."""
        self.zone.put(zone)
        self._show()

    def reset_one(self) -> None:
        """The zone in front as delivered."""
        self.drafts[self._front] = delivered_advice(self._front)
        self._show()
        self.edited.emit()

    @property
    def _front(self) -> Zone:
        return Zone(self.zone.value)

    def _typed(self) -> None:
        if self._filling:
            return
        plain = delivered_advice(self._front)
        texts = {
            name: area.toPlainText().strip() or getattr(plain, name)
            for name, area in self.areas.items()
        }
        self.drafts[self._front] = replace(plain, style=Style(self.style_.value), **texts)
        self._tell()
        self.edited.emit()

    def _show(self) -> None:
        self._filling = True
        draft = self.drafts[self._front]
        self.style_.put(draft.style)
        plain = delivered_advice(self._front)
        for name, area in self.areas.items():
            area.setPlainText(getattr(draft, name))
            area.setPlaceholderText(getattr(plain, name))
        self._filling = False
        self._tell()

    def _tell(self) -> None:
        own = self.drafts[self._front] != delivered_advice(self._front)
        set_reason(self.reset, "" if own else tr("This zone is as delivered."))
        sourced = HANDLING[self._front].sourced
        said = tr("after published sources") if sourced else tr("this program’s own design")
        self.told.setText(tr("In your own words.") if own else f"{tr(RULE_OF_THUMB)} · {said}")
