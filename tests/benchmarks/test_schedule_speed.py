"""Scheduling 10,000 linked tasks with calendars: against a peer, a floor, and its own edits.

Shortest of several turns, taken by turns in one run, so that what else runs here does not count.
"""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from crm_pilot.planning.engine.activity import Activity, Dependency, Worker
from crm_pilot.planning.engine.schedule import Schedule
from crm_pilot.planning.engine.worktime import Calendar
from tests.benchmarks.floor import limit, timed
from tests.planning.networks import PHASES, Network, generate, read
from tests.planning.plans import DAY, OFFICE, told

TASKS = 10_000
TURNS = 7
OPTIONS = ("", "--mixed", "--tree")
PEER = 0.5  # of the time of the fastest calendar-aware peer
FLOOR = 12  # times the longest path without calendars, outline, slack or edits
MEDIAN_EDIT, RARE_EDIT = 5, 60  # ms on the reference machine; the slowest is that of others too


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where networks are written."""
    return tmp_path_factory.mktemp("networks")


@pytest.fixture(scope="module")
def network(folder: Path) -> Network:
    """The network of 10,000 tasks."""
    return read(generate(folder, TASKS))


def whole(network: Network) -> Schedule:
    """A full schedule: forward, backward, and all slack; with a calendar nobody has asked yet."""
    plan = network.schedule(Calendar(OFFICE.week))
    assert len(dict(plan.timings())) == len(network.activities)
    return plan


def by_turns(*works: Callable[[], object]) -> list[float]:
    """The shortest time of each piece of work, in milliseconds."""
    turns = [[timed(work) for work in works] for _ in range(TURNS)]
    return [min(times) for times in zip(*turns, strict=True)]


@pytest.mark.parametrize("option", OPTIONS)
def test_half_the_time_of_the_fastest_peer(option: str, folder: Path) -> None:
    """`longpath` from PyPI, on the same network; it reads it from the file first, untimed."""
    reason = "longpath, the fastest calendar-aware peer, is not installed"
    cpm = pytest.importorskip("longpath.cpm", reason=reason)
    mspdi = pytest.importorskip("longpath.mspdi", reason=reason)
    path = generate(folder, TASKS, option)
    loaded = mspdi.load(str(path.with_suffix(".xml")))
    project = next(iter(loaded.projects.values()))
    options = cpm.CpmOptions.for_project(project, "mspdi")
    ours = read(path)

    def peer() -> object:
        return cpm.run(project, loaded.calendars, options)

    spent, theirs = by_turns(lambda: whole(ours), peer)
    result = cpm.run(project, loaded.calendars, options)
    finish = result.dt(max(result.ef.values())).isoformat(" ", "minutes")
    assert told(whole(ours).finish) == finish  # the same work was done
    print(f"{option or 'plain'}: {spent:.0f} ms, longpath {theirs:.0f} ms")
    assert spent <= PEER * theirs


def longest_path(activities: list[Activity], links: list[Dependency]) -> int:
    """The floor: order, earliest and latest numbers of days, nothing else."""
    after: dict[int, list[int]] = {}
    waits: dict[int, int] = {act.key: 0 for act in activities}
    for link in links:
        after.setdefault(link.before, []).append(link.after)
        waits[link.after] += 1
    length = {act.key: act.duration for act in activities}
    order = [key for key, count in waits.items() if not count]
    early = dict.fromkeys(waits, 0)
    for key in order:
        done = early[key] + length[key]
        for other in after.get(key, ()):
            early[other] = max(early[other], done)
            waits[other] -= 1
            if not waits[other]:
                order.append(other)
    end = max(early[key] + length[key] for key in order)
    late = dict.fromkeys(early, end)
    for key in reversed(order):
        for other in after.get(key, ()):
            late[key] = min(late[key], late[other] - length[other])
    return end


def test_a_full_schedule_costs_little_more_than_the_longest_path(network: Network) -> None:
    spent, floor = by_turns(
        lambda: whole(network), lambda: longest_path(network.activities, network.links)
    )
    plan = whole(network)
    assert longest_path(network.activities, network.links) == OFFICE.between(
        plan.start, plan.finish
    )
    print(f"full schedule {spent:.0f} ms, longest path {floor:.1f} ms")
    assert spent <= FLOOR * floor


def with_people(network: Network) -> Network:
    """The same with a person on every task, each with days off of their own."""
    first = whole(network).start // 1440
    people = [
        Worker(
            Calendar(OFFICE.week, {first + 7 * week + who % 5: () for week in range(who, 200, 9)})
        )
        for who in range(30)
    ]
    hands = itertools.cycle(people)
    return Network(
        [replace(a, workers=(next(hands),)) if a.duration else a for a in network.activities],
        network.links,
    )


def test_days_off_of_people_cost_little(network: Network) -> None:
    staffed = with_people(network)
    plain, spent = by_turns(lambda: whole(network), lambda: whole(staffed))
    assert whole(staffed).finish > whole(network).finish
    print(f"with people {spent:.0f} ms, without {plain:.0f} ms")
    assert spent <= 3 * plain


def edits(plan: Schedule, keys: list[int]) -> Iterator[tuple[float, int]]:
    """Time and moved lines of an edit of each task, what a screen shows of its slack included."""
    shown = keys[:40]
    for number, key in enumerate(keys):
        act = plan.activity(key)
        longer = replace(act, duration=DAY * (1 + (act.duration // DAY + number) % 10))
        moved: list[int] = []

        def edit(put: Activity = longer, moved: list[int] = moved) -> None:
            moved.extend(plan.change(put=[put]))
            for one in shown:
                plan.timing(one)

        yield timed(edit), len(moved)


def test_an_edit_touches_what_depends_on_it(network: Network) -> None:
    plan = whole(network)
    keys = [a.key for a in network.activities if a.key < PHASES and a.duration][:: TASKS // 100]
    spent = list(edits(plan, keys))
    times = [time for time, _ in spent]
    median, rare = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    print(f"{len(times)} edits: median {median:.2f} ms, 19 of 20 within {rare:.1f} ms")
    assert max(moved for _, moved in spent) > 50
    assert median <= limit(MEDIAN_EDIT)
    assert rare <= limit(RARE_EDIT)
    scratch = Network([plan.activity(a.key) for a in network.activities], network.links).schedule()
    assert all(plan.dates(a.key) == scratch.dates(a.key) for a in network.activities)
