"""What columns and filters of the plan say beside the rows: numbers, timings, links, people.

Read from the room's queries when something is asked, and forgotten when the plan changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from crm_pilot.planning import hours_queries, load_queries, queries, rules
from crm_pilot.planning.rows import LinkRow, TaskRow

if TYPE_CHECKING:
    from crm_pilot.planning.engine.activity import Timing
    from ui.bridge import Bridge


class PlanFacts:
    """Facts about the plan as it stands. `rows` are all its lines in outline order."""

    def __init__(self, bridge: Bridge, rows: Sequence[TaskRow] = ()) -> None:
        self._bridge = bridge
        self.rows = rows

    # numbers ---------------------------------------------------------------------------------

    @cached_property
    def numbers(self) -> dict[int, int]:
        """The number of each line by its id, from 1 in outline order, whatever is shown."""
        return {row.id: place for place, row in enumerate(self.rows, 1)}

    def key_of(self, number: str) -> int | None:
        """The line that people mean by a number: `12`, or an outline number with a point."""
        return self._by_number.get(number)

    @cached_property
    def _by_number(self) -> dict[str, int]:
        made = {text: key for key, text in self.outline_numbers.items() if "." in text}
        return made | {str(number): key for key, number in self.numbers.items()}

    # the project -----------------------------------------------------------------------------

    @cached_property
    def sizes(self) -> tuple[int, int]:
        """Working minutes of a day and of a week of the project."""
        found = hours_queries.card(self._bridge.reader)
        return found.day_minutes, found.week_minutes

    @cached_property
    def outline_numbers(self) -> dict[int, str]:
        """1, 1.1, 1.2 … by id."""
        made: dict[int | None, str] = {}
        counts: dict[int | None, int] = {}
        for row in self.rows:
            above = made.get(row.parent_id, "")
            counts[row.parent_id] = place = counts.get(row.parent_id, 0) + 1
            made[row.id] = f"{above}.{place}" if above else str(place)
        return {key: text for key, text in made.items() if key is not None}

    # the engine ------------------------------------------------------------------------------

    @cached_property
    def timings(self) -> Mapping[int, Timing]:
        """What the engine computed, by id; lines that are not planned yet are missing."""
        return queries.timings(self._bridge.reader)

    def timing(self, key: int) -> Timing | None:
        """What the engine computed for a line; for a phase, that of its open line with the least
        slack. None where nothing is planned."""
        if key not in self._tightest:
            inside = list(self._leaves_below(key))
            found = rules.tightest(inside, self.timings) if inside else self.timings.get(key)
            self._tightest[key] = found
        return self._tightest[key]

    @cached_property
    def _tightest(self) -> dict[int, Timing | None]:
        return {}

    def _leaves_below(self, key: int) -> Iterator[TaskRow]:
        """Lines without children under one; these follow it in the outline."""
        if key not in self._holding:
            return
        inside: set[int | None] = {key}
        for row in islice(self.rows, self.numbers[key], None):
            if row.parent_id not in inside:
                return
            if row.id in self._holding:
                inside.add(row.id)
            else:
                yield row

    @cached_property
    def _holding(self) -> set[int | None]:
        """Lines that hold others."""
        return {row.parent_id for row in self.rows}

    def slack(self, row: TaskRow) -> int | None:
        """Total slack in working minutes; None for what is done, and for what is not planned."""
        timing = None if row.done else self.timing(row.id)
        return timing.total_slack if timing is not None else None

    def critical(self, row: TaskRow) -> bool:
        """Whether a day lost on this open line is a day lost at the end."""
        timing = None if row.done else self.timing(row.id)
        return timing is not None and timing.critical

    # links -----------------------------------------------------------------------------------

    @cached_property
    def _ends(self) -> tuple[dict[int, list[LinkRow]], dict[int, list[LinkRow]]]:
        before: dict[int, list[LinkRow]] = {}
        after: dict[int, list[LinkRow]] = {}
        for link in queries.links(self._bridge.reader):
            before.setdefault(link.successor_id, []).append(link)
            after.setdefault(link.predecessor_id, []).append(link)
        return before, after

    def waits_for(self, key: int) -> Sequence[LinkRow]:
        """Links to what a line waits for."""
        return self._ends[0].get(key, ())

    def leads_to(self, key: int) -> Sequence[LinkRow]:
        """Links to what waits for a line."""
        return self._ends[1].get(key, ())

    # people ----------------------------------------------------------------------------------

    @cached_property
    def _assigned(self) -> dict[int, tuple[int, ...]]:
        found = load_queries.assignments(self._bridge.reader)
        return {task: tuple(one.person for one in given) for task, given in found.items()}

    def people(self, row: TaskRow) -> tuple[int, ...]:
        """Who works on a line: those it was given to, and its owner."""
        given = self._assigned.get(row.id, ())
        return given if row.owner_id is None or row.owner_id in given else (*given, row.owner_id)

    def given(self, key: int) -> tuple[tuple[int, int], ...]:
        """Persons a line was given to, with their units in per cent."""
        found = load_queries.assignments(self._bridge.reader).get(key, ())
        return tuple((one.person, one.units) for one in found)

    @cached_property
    def leaves(self) -> Sequence[TaskRow]:
        """Lines that hold no others."""
        return [row for row in self.rows if row.id not in self._holding]

    @cached_property
    def criticals(self) -> int:
        """How many open tasks and milestones are critical."""
        return sum(self.critical(row) for row in self.leaves)

    @cached_property
    def titles(self) -> dict[int, str]:
        """Titles by id."""
        return {row.id: row.title for row in self.rows}
