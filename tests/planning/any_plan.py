"""Any plan, for laws that hold for all of them: strategies of activities, links and edits."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from crm_pilot.planning.engine.activity import Activity, Dependency, Worker
from crm_pilot.planning.engine.schedule import CircleError, Schedule
from crm_pilot.planning.terms import ConstraintKind, LagUnit, LinkKind, Mode
from tests.planning.plans import EVERY_DAY, MORNINGS, NIGHTS, OFFICE, START, when

BEGIN = when(START)
CALENDARS = (None, OFFICE, EVERY_DAY, MORNINGS, NIGHTS)
LENGTHS = (0, 60, 100, 240, 480, 960, 2400)
LAGS = (0, 0, 0, 240, 480, 1440, -240, -480)
SHARES = (-50, 30, 50, 100)


def days(draw: st.DrawFn, first: int, last: int) -> int:
    """A morning some days after the begin of the plan."""
    return BEGIN + 1440 * draw(st.integers(first, last))


@st.composite
def links(draw: st.DrawFn, key: int, keys: list[int]) -> Dependency:
    """A link between two of some activities."""
    before, after = draw(st.lists(st.sampled_from(keys), min_size=2, max_size=2, unique=True))
    unit = draw(st.sampled_from(LagUnit))
    shares = unit in (LagUnit.PERCENT, LagUnit.ELAPSED_PERCENT)
    return Dependency(
        key,
        before,
        after,
        draw(st.sampled_from([LinkKind.FS, LinkKind.FS, *LinkKind])),
        draw(st.sampled_from(SHARES if shares else LAGS)),
        unit,
    )


@st.composite
def activities(draw: st.DrawFn, key: int, parents: list[int], special: bool) -> Activity:
    """An activity, with whatever it can have when `special`."""
    more: dict[str, Any] = {
        "parent": draw(st.sampled_from([None, *parents])),
        "duration": draw(st.sampled_from(LENGTHS)),
        "calendar": draw(st.sampled_from(CALENDARS)),
        "elapsed": draw(st.integers(0, 9)) == 0,
    }
    if not special:
        return Activity(key, **more)
    what = draw(st.integers(0, 13))
    if what == 0:
        more |= {"mode": Mode.MANUAL, "start": days(draw, 0, 20)}
        if draw(st.booleans()):
            more["finish"] = more["start"] + 1440 * draw(st.integers(0, 6))
    elif what == 1:
        more["active"] = False
    elif what in (2, 3, 4):
        more["constraint"] = draw(st.sampled_from(ConstraintKind))
        more["constraint_at"] = days(draw, -3, 20)
    elif what == 5:
        more["deadline"] = days(draw, 0, 20)
    elif what == 6:
        more |= {"actual_start": days(draw, 0, 5), "percent": draw(st.sampled_from((0, 30, 60)))}
    elif what == 7:
        more["actual_start"] = days(draw, 0, 5)
        more["actual_finish"] = more["actual_start"] + 1440 * draw(st.integers(0, 4))
    elif what == 8:
        workers = st.builds(
            Worker,
            st.sampled_from(CALENDARS[1:]),
            st.sampled_from((50, 100)),
            st.sampled_from((None, 240, 960)),
        )
        more["workers"] = tuple(draw(st.lists(workers, min_size=1, max_size=2)))
    elif what == 9:
        more["level_delay"] = 1440
    elif what == 10:
        more["promise"] = True
    return Activity(key, **more)


@dataclass
class Plan:
    """Activities and links by key."""

    acts: dict[int, Activity] = field(default_factory=dict)
    links: dict[int, Dependency] = field(default_factory=dict)

    def schedule(self, **options: Any) -> Schedule:
        """A schedule from scratch."""
        options.setdefault("calendar", OFFICE)
        return Schedule(self.acts.values(), self.links.values(), start=BEGIN, **options)


@st.composite
def plans(draw: st.DrawFn, special: bool = False, outline: bool = True) -> tuple[Plan, Schedule]:
    """A plan without circles, and its schedule."""
    plan = Plan()
    for key in range(1, draw(st.integers(2, 9))):
        parents = [k for k in plan.acts if k < key] if outline else []
        plan.acts[key] = draw(activities(key, parents, special))
    schedule = plan.schedule()
    for key in range(draw(st.integers(0, 10)) if len(plan.acts) > 1 else 0):
        link = draw(links(key, list(plan.acts)))
        try:
            schedule.change(link_put=[link])
        except CircleError:
            continue
        plan.links[key] = link
    return plan, plan.schedule()
