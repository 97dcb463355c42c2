"""Whose load is shown: the team, a department, or one person."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox

from crm_pilot.i18n import tr
from crm_pilot.planning.load import Load

TEAM = ("team", 0)
Who = tuple[str, int]


class LoadChooser(QComboBox):
    """The team, then departments with more than one person, then persons; or persons only."""

    def __init__(self, *, persons_only: bool = False) -> None:
        super().__init__()
        self._load: Load | None = None
        self._persons_only = persons_only
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    @property
    def who(self) -> Who:
        """What is chosen: team, department or person, with its id."""
        found = self.currentData()
        return TEAM if found is None else found

    @property
    def persons(self) -> frozenset[int] | None:
        """The persons chosen; None: all."""
        kind, key = self.who
        if self._load is None or kind == "team":
            return None
        if kind == "person":
            return frozenset({key})
        return frozenset(p.id for p in self._load.people if p.department_id == key)

    def show_load(self, load: Load) -> None:
        """Offer those who have work; what is chosen stays, if it is still there."""
        self._load = load
        wanted = self.who
        items = _persons(load) if self._persons_only else _items(load)
        known = [(self.itemText(at), self.itemData(at)) for at in range(self.count())]
        if items == [one for one in known if one[1] is not None]:
            return
        self.blockSignals(True)
        self.clear()
        for place, (text, who) in enumerate(items):
            if place and who[0] != items[place - 1][1][0]:
                self.insertSeparator(self.count())
            self.addItem(text, who)
        for place in range(self.count()):
            if self.itemData(place) == wanted:
                self.setCurrentIndex(place)
        self.blockSignals(False)

    def choose(self, who: Who) -> bool:
        """Choose as a person would; False when there is nobody of that kind."""
        for place in range(self.count()):
            if self.itemData(place) == who:
                self.setCurrentIndex(place)
                return True
        return False

    def retranslate(self) -> None:
        """Its texts in the language of the window."""
        self.setAccessibleName(tr("Whose load"))
        if self.count() and not self._persons_only:
            self.setItemText(0, tr("The team"))


def _items(load: Load) -> list[tuple[str, Who]]:
    made: list[tuple[str, Who]] = [(tr("The team"), TEAM)]
    sizes: dict[tuple[int, str], int] = {}
    for person in load.people:
        if person.department_id is not None:
            key = person.department_id, person.department
            sizes[key] = sizes.get(key, 0) + 1
    made += [(name, ("department", key)) for (key, name), size in sizes.items() if size > 1]
    return made + _persons(load)


def _persons(load: Load) -> list[tuple[str, Who]]:
    people = sorted(load.people, key=lambda p: (p.name.split(". ")[-1], p.id))
    return [(person.name, ("person", person.id)) for person in people]
