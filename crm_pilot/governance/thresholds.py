"""Thresholds of the warning signs and of the weather: each declared once, and changed by the lead
as an edit.

The values are those of DOMAIN.md 7, which are this program's own where no seed article gives one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from crm_pilot.errors import UserError
from crm_pilot.governance.terms import AXES, Axis
from crm_pilot.i18n import N_, Message, msg
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, remembered

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

ANY = "any"  # what every sign asks for


class Unit(StrEnum):
    """What a threshold counts."""

    PERCENT = "percent"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    POINTS = "points"


UNITS = {
    Unit.PERCENT: N_("%"),
    Unit.DAYS: N_("days"),
    Unit.WEEKS: N_("weeks"),
    Unit.MONTHS: N_("months"),
    Unit.POINTS: N_("points"),
}


@dataclass(frozen=True)
class Declared:
    """A threshold of a rule; `low` and `high` are the least and the most one may type."""

    rule: str
    name: str
    default: int
    unit: Unit
    low: int
    high: int
    words: str  # marked with N_


DECLARED = (
    Declared(ANY, "weeks", 8, Unit.WEEKS, 4, 52, N_("Weeks of data without which nothing is said")),
    Declared("D1", "contacts", 80, Unit.PERCENT, 1, 100, N_("Contacts among actions, at least")),
    Declared(
        "D1", "acting", 20, Unit.PERCENT, 0, 100, N_("Active users on activities or deals, at most")
    ),
    Declared("D1", "quiet", 21, Unit.DAYS, 7, 365, N_("Median since the last login, at least")),
    Declared("D2", "days", 60, Unit.DAYS, 28, 730, N_("Since delivery, at least")),
    Declared("D2", "used", 15, Unit.PERCENT, 1, 100, N_("Target users who use it, under")),
    Declared("D3", "pilot", 60, Unit.PERCENT, 1, 100, N_("Regularity of the pilots, at least")),
    Declared("D3", "low", 25, Unit.PERCENT, 0, 100, N_("Regularity of a unit apart, at most")),
    Declared("D3", "licences", 40, Unit.PERCENT, 1, 100, N_("Licences of the units apart, from")),
    Declared(
        "D5",
        "minutes",
        25,
        Unit.PERCENT,
        0,
        100,
        N_("Minutes of a newcomer, of the first, at most"),
    ),
    Declared("D5", "untrained", 50, Unit.PERCENT, 0, 99, N_("Newcomers without session, above")),
    Declared("D5", "days", 30, Unit.DAYS, 1, 365, N_("Days a newcomer waits for a session")),
    Declared("D6", "months", 3, Unit.MONTHS, 2, 6, N_("Months running in which use falls")),
    Declared("D6", "drop", 20, Unit.PERCENT, 1, 100, N_("Total drop, at least")),
    Declared("D7", "veterans", 50, Unit.PERCENT, 1, 100, N_("Veterans who use it, at least")),
    Declared("D7", "newcomers", 25, Unit.PERCENT, 0, 100, N_("Newcomers who use it, at most")),
    Declared("D8", "logins", 50, Unit.PERCENT, 1, 100, N_("Of the department's median, under")),
    Declared("D8", "days", 60, Unit.DAYS, 7, 365, N_("Days without a steering decision")),
    Declared("D9", "share", 50, Unit.PERCENT, 1, 100, N_("Records typed by assistants, from")),
    Declared("D12", "trained", 50, Unit.PERCENT, 1, 100, N_("Trained users of a feature, under")),
)
# Of the weather, by axis: this program's own, around the three published states [W74]
TIME, BUDGET, SCOPE, ADOPTION = (
    "weather.time",
    "weather.budget",
    "weather.scope",
    "weather.adoption",
)
WEATHER = (
    Declared(TIME, "kept", 2, Unit.DAYS, 0, 30, N_("A date is kept up to a slip of")),
    Declared(TIME, "hit", 7, Unit.DAYS, 1, 180, N_("The next go-live is hit from a slip of")),
    Declared(BUDGET, "watch", 2, Unit.PERCENT, 0, 100, N_("Drift to watch, above")),
    Declared(BUDGET, "alert", 10, Unit.PERCENT, 0, 200, N_("Drift that alerts, above")),
    Declared(
        SCOPE, "withdrawn", 10, Unit.PERCENT, 0, 100, N_("Promised features withdrawn, above")
    ),
    Declared(SCOPE, "late", 20, Unit.PERCENT, 0, 100, N_("Promised features late, above")),
    Declared(
        ADOPTION, "points", 15, Unit.POINTS, 1, 100, N_("Active share under its target, above")
    ),
    Declared(ADOPTION, "below", 50, Unit.PERCENT, 1, 100, N_("Departments below profile, from")),
)
_BY_KEY = {(one.rule, one.name): one for one in (*DECLARED, *WEATHER)}


@dataclass(frozen=True)
class ThresholdRow:
    """A threshold with the value that counts. `id`: its row in the file; None: as declared."""

    rule: str
    name: str
    value: int
    default: int
    unit: Unit
    low: int
    high: int
    words: str
    id: int | None

    @property
    def changed(self) -> bool:
        """Whether the lead changed it."""
        return self.value != self.default


@remembered("threshold")
def thresholds(reader: Reader) -> tuple[ThresholdRow, ...]:
    """Every threshold of the warning signs in the order of the rules."""
    return _rows(reader, DECLARED)


@remembered("threshold")
def weather_thresholds(reader: Reader) -> tuple[ThresholdRow, ...]:
    """Every threshold of the weather in the order of the axes."""
    return _rows(reader, WEATHER)


def _rows(reader: Reader, declared: Iterable[Declared]) -> tuple[ThresholdRow, ...]:
    stored = {
        (rule, name): (key, value)
        for key, rule, name, value in reader.select("SELECT id, rule, name, value FROM threshold")
    }
    found = []
    for one in declared:
        key, value = stored.get((one.rule, one.name), (None, one.default))
        value = min(max(value, one.low), one.high)  # a file typed by hand may be out of range
        found.append(
            ThresholdRow(
                one.rule, one.name, value, one.default, one.unit, one.low, one.high, one.words, key
            )
        )
    return tuple(found)


Limits = Mapping[str, int]  # of one rule, by name


def defaults(rule: str) -> Limits:
    """The values of a rule as declared."""
    return {one.name: one.default for one in _BY_KEY.values() if one.rule == rule}


def rule_name(rule: str) -> Message | str:
    """What a rule is called where a step is told: an axis of the weather, or the sign's letter."""
    axis = rule.removeprefix("weather.")
    return rule if axis == rule else msg("the weather: {axis}", axis=Message(AXES[Axis(axis)]))


def limits(reader: Reader) -> Mapping[str, Limits]:
    """The values that count, by rule and name; those of the weather under its rules."""
    found: dict[str, dict[str, int]] = {}
    for row in (*thresholds(reader), *weather_thresholds(reader)):
        found.setdefault(row.rule, {})[row.name] = row.value
    return found


def changed_rules(reader: Reader) -> frozenset[str]:
    """Rules of which the lead changed a threshold."""
    return frozenset(row.rule for row in thresholds(reader) if row.changed)


def _declared(rule: str, name: str) -> Declared:
    found = _BY_KEY.get((rule, name))
    if found is None:
        raise UserError(
            N_("There is no threshold “{name}” of rule {rule}. Nothing was changed."),
            name=name,
            rule=rule,
        )
    return found


@dataclass(frozen=True)
class SetThreshold:
    """Change a threshold. Raises `UserError` for a value out of its range."""

    rule: str
    name: str
    value: int

    @property
    def label(self) -> Message:
        return msg("Change a threshold of {rule}", rule=rule_name(self.rule))

    def apply(self, work: Work) -> None:
        one = _declared(self.rule, self.name)
        if not one.low <= self.value <= one.high:
            raise UserError(
                N_("{value} is out of range: type a number from {low} to {high}. Nothing was"
                   " changed."),
                value=self.value,
                low=one.low,
                high=one.high,
            )  # fmt: skip
        known = _row(work, self.rule, self.name)
        if self.value == one.default:
            if known is not None:
                work.remove("threshold", known)
        elif known is None:
            work.add("threshold", rule=self.rule, name=self.name, value=self.value)
        else:
            work.set("threshold", known, value=self.value)


@dataclass(frozen=True)
class ResetThreshold:
    """Take a threshold back to what the program declares."""

    rule: str
    name: str

    @property
    def label(self) -> Message:
        return msg("Reset a threshold of {rule}", rule=rule_name(self.rule))

    def apply(self, work: Work) -> None:
        _declared(self.rule, self.name)
        known = _row(work, self.rule, self.name)
        if known is not None:
            work.remove("threshold", known)


def _row(work: Work, rule: str, name: str) -> int | None:
    found = work.select("SELECT id FROM threshold WHERE rule = ? AND name = ?", rule, name)
    return int(found[0][0]) if found else None
