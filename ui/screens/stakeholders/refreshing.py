"""How the room reads again: the marks at once, the figures of the whole project a moment later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from crm_pilot.governance.headline import sentence
from crm_pilot.i18n import current
from crm_pilot.stakeholders import queries
from crm_pilot.stakeholders.queries import UnitRow
from crm_pilot.stakeholders.selecting import among
from crm_pilot.stakeholders.starting import missing_groups
from crm_pilot.stakeholders.ties import ties
from ui.screens.stakeholders import reading

if TYPE_CHECKING:
    from ui.screens.stakeholders.screen import StakeholdersScreen

SETTLE_MS = 40


class Refreshing(QObject):
    """Shows on the screen what the project holds. `kept`: the units that pass the filters."""

    def __init__(self, screen: StakeholdersScreen) -> None:
        super().__init__(screen)
        self._screen = screen
        self.kept: tuple[UnitRow, ...] = ()
        self.total = 0
        self._listed: frozenset[int] | None = None  # rows the list keeps to; None: all
        self._owes_panel = False
        self.owes_units = False  # read behind another view, a moment after it
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.settle)

    @property
    def filtered(self) -> bool:
        """Whether some units are not shown."""
        return len(self.kept) < self.total

    def read(self, *, whole: bool = True, sliding: bool = False) -> None:
        """Map, list, selection; then, or a moment later, what compares the whole project. While
        the day slides by, the panel follows a moment later too."""
        screen = self._screen
        if not screen.bridge.has_project:
            return
        self.owes_units = False
        reader, day = screen.bridge.reader, screen.day
        units = queries.units(reader, day)
        screen.filters.names = screen.asking.names = screen.names
        screen.asking.day = day
        self.kept, self.total = screen.filters.kept(units), len(units)
        screen.show_notes(
            reading.caption(
                units, len(self.kept), day, past=day != screen.bridge.today, names=screen.names
            )
            if units
            else ""
        )
        screen.chips.show_filters(len(self.kept), len(units))
        self._show_map()
        self.read_list()
        self.show_selection(panel=not sliding)
        if whole:
            self.settle()
        else:
            self.soon()

    def soon(self) -> None:
        """Read the figures of the whole project a moment later, once for several edits."""
        self._later.start(SETTLE_MS)

    def postpone(self) -> None:
        """Read map and list a moment later: another view is in front, which comes first."""
        self.owes_units = True
        self.soon()

    def _show_map(self) -> None:
        screen = self._screen
        reader, seen, day = screen.bridge.reader, screen.options.seen, screen.day
        plane = screen.plane
        plane.show_options(seen.map())
        plane.show_units(
            self.kept, queries.zone_grid(reader), day, names=screen.names, tinted=seen.zones
        )
        plane.show_ties(ties(reader) if seen.ties else ())
        plane.show_routes(reading.moved(reader, screen.since, day) if seen.routes else {})
        screen.legend.show_scale(plane.scene.scale, zones=seen.zones)

    def read_list(self) -> None:
        """The list is read while it is shown, and when it is opened."""
        screen = self._screen
        if not screen.content.listed:
            return
        model, day = screen.model, screen.day
        model.day = day
        model.old = frozenset(one.unit.id for one in queries.to_confirm(screen.bridge.reader, day))
        model.show_names(screen.names)
        keys = frozenset(row.id for row in self.kept) if self.filtered else None
        if keys != self._listed:
            self._listed = keys
            model.keep(None if keys is None else lambda row: row.id in keys)
        model.refresh()

    def show_selection(self, *, panel: bool = True) -> None:
        """The selection on the map and its days on the time line; the panel tells of it, or owes
        it until all settles."""
        screen = self._screen
        reader, day = screen.bridge.reader, screen.day
        keys = screen.selected_keys
        unit = None
        if len(keys) == 1:
            unit = next(row for row in self.kept if row.id == keys[0])
        ratings = queries.ratings(reader, unit.id) if unit is not None else ()
        past = tuple(rating for rating in ratings if rating.rated_on <= day)
        if len(keys) > 1:
            self._show_several(frozenset(keys))
        else:
            screen.plane.select(unit.id if unit is not None else None, past)
            screen.plane.select_many(keys)
        marked = tuple(rating.rated_on for rating in ratings)
        screen.timeline.show_days(
            screen.bridge.today,
            day,
            marked or queries.rating_days(reader),
            marked,
            queries.waves(reader),
            screen.since,
        )
        self._owes_panel = not panel
        if panel:
            self._show_panel(keys, unit)
        if unit is not None and screen.content.listed and screen.table.current_id != unit.id:
            screen.table.select(unit.id)
        screen.guard.refresh()

    def _show_several(self, keys: frozenset[int]) -> None:
        """Several on the map; the one that leads there goes on leading, with its own route."""
        screen = self._screen
        plane, day = screen.plane, screen.day
        if plane.selection != keys:
            plane.select_many(keys)
        lead = plane.selected_id
        if lead is not None:
            known = queries.ratings(screen.bridge.reader, lead)
            plane.select(lead, tuple(rating for rating in known if rating.rated_on <= day))

    def _show_panel(self, keys: tuple[int, ...], unit: UnitRow | None) -> None:
        screen = self._screen
        reader, day, panel = screen.bridge.reader, screen.day, screen.panel
        if unit is not None:
            panel.show_unit(unit, reading.known(reader, unit, day), names=screen.names)
        elif keys:
            rows = [row for row in self.kept if row.id in set(keys)]
            panel.show_many(rows, queries.figures(reader, day, screen.since), names=screen.names)
        else:
            made = reading.changes(reader, self.kept, screen.since, day, whole=not self.filtered)
            panel.show_nobody(made, names=screen.names)

    def settle(self) -> None:
        """The sentence and the distribution: they compare with the last committee's day."""
        screen = self._screen
        if not screen.bridge.has_project:
            return
        if self.owes_units:
            self.read(whole=False)
            return
        if self._owes_panel:
            self.show_selection()
        reader, today = screen.bridge.reader, screen.bridge.today
        screen.header.set_sentence(sentence("stakeholders", reader, today, current()))
        figures = queries.figures(reader, screen.day, screen.since)
        if self.filtered:
            figures = among(figures, self.kept)
        screen.panel.show_project(figures, filtered=self.filtered)
        screen.show_missing(len(missing_groups(reader)))
