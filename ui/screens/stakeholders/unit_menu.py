"""What can be done with one unit of the map or several: the menu of map and list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from crm_pilot.i18n import N_, tr
from crm_pilot.people.queries import departments, owners, profiles
from crm_pilot.stakeholders.terms import UnitKind
from ui.screens.stakeholders.unit_dialog import INFLUENCE
from ui.widgets.buttons import set_reason

if TYPE_CHECKING:
    from ui.bridge import Bridge
    from ui.screens.stakeholders.asking import Asking

DEPARTMENT, OWNER = N_("Department"), N_("Followed by")
PROFILE, STRENGTH = N_("CRM profile"), N_("Influence")


class UnitMenu:
    """Makes the menu anew each time for the units meant."""

    def __init__(
        self, bridge: Bridge, asking: Asking, place: QWidget, open_sheet: Callable[[int], None]
    ) -> None:
        self._bridge, self._asking, self._place = bridge, asking, place
        self._open_sheet = open_sheet

    def menu(self, keys: Sequence[int]) -> QMenu:
        """Entries that edit are grey, and say why, where nothing can be edited."""
        made = QMenu(self._place)
        made.setToolTipsVisible(True)
        asking, several = self._asking, len(keys) > 1
        if not several:
            self._entry(made, tr("Open the sheet"), partial(self._open_sheet, keys[0]))
            self._edit(made, tr("Edit and ties…"), partial(asking.edit, keys[0]))
            made.addSeparator()
        rate = tr("Rate one after another…") if several else tr("Rate the position…")
        self._edit(made, rate, partial(asking.rate_all, keys))
        self._edit(made, tr("Place simply…"), partial(asking.place, keys))
        self._edit(made, tr("Set a target…"), partial(asking.targets, keys))
        self._edit(made, tr("Add an action…"), partial(asking.action, keys))
        made.addSeparator()
        self._fill_values(made, keys)
        made.addSeparator()
        self._fill_copy(made.addMenu(tr("Copy the map")))
        self._edit(made, tr("Delete"), partial(asking.remove, keys))
        if not several and self._is_person(keys[0]):
            made.addSeparator()
            self._entry(made, tr("Person file…"), partial(asking.person_file, keys[0]))
            self._edit(made, tr("Erase this person…"), partial(asking.erase, keys[0]))
        return made

    def _is_person(self, key: int) -> bool:
        found = self._bridge.reader.value("SELECT kind FROM stakeholder WHERE id = ?", key)
        return bool(found == UnitKind.PERSON)

    def fill_table(self, menu: QMenu, keys: Sequence[int]) -> None:
        """The same entries on top of the menu of a table."""
        first = menu.actions()[0] if menu.actions() else None
        mine = self.menu(keys)
        mine.setTitle(tr("Group or person"))
        menu.insertMenu(first, mine) if first is not None else menu.addMenu(mine)

    def _fill_values(self, menu: QMenu, keys: Sequence[int]) -> None:
        reader = self._bridge.reader
        lists: tuple[tuple[str, str, Iterable[tuple[int, str]], bool], ...] = (
            (DEPARTMENT, "department_id", ((d.id, d.name) for d in departments(reader)), True),
            (OWNER, "owner_id", owners(reader), True),
            (PROFILE, "profile_id", ((p.id, p.name) for p in profiles(reader)), True),
            (STRENGTH, "influence", ((n, tr(word)) for n, word in INFLUENCE.items()), False),
        )
        for title, column, values, optional in lists:
            inner = menu.addMenu(tr(title))
            for value, words in values:
                act = partial(self._asking.set_all, keys, column, value, title)
                self._edit(inner, words.replace("&", "&&"), act)
            if optional:
                none = partial(self._asking.set_all, keys, column, None, title)
                self._edit(inner, tr("(empty)"), none)

    def _fill_copy(self, menu: QMenu) -> None:
        for kind, words in (("svg", tr("As a drawing (SVG)")), ("png", tr("As a picture (PNG)"))):
            self._entry(menu, words, partial(self._asking.copy_map, kind))

    def _entry(self, menu: QMenu, words: str, act: Callable[[], object]) -> QAction:
        made = menu.addAction(words)
        made.triggered.connect(lambda _=False: act())
        return made

    def _edit(self, menu: QMenu, words: str, act: Callable[[], object]) -> None:
        set_reason(self._entry(menu, words, act), self._bridge.why_not_edit())
