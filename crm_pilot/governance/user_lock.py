"""Figures of single users stay locked until the works council (CSE) was informed and consulted.

Article L2312-38 wants it before a tool able to control activity is used (DOMAIN.md 6). The lock is
the works council milestone of the plan: open from its day on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crm_pilot.i18n import N_, Message, Translator, msg
from crm_pilot.planning.commands import AddTask, SetTaskDates
from crm_pilot.planning.terms import Mark, Pillar, TaskKind
from crm_pilot.store.reader import Reader, date_from_iso, remembered
from crm_pilot.why import dated

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

MARKED = "mark = 'works_council'"
TITLED = "kind = 'milestone' AND (title LIKE '%CSE%' OR title LIKE '%works council%')"
TITLE = N_("Works council (CSE) informed and consulted")


@dataclass(frozen=True)
class Lock:
    """Whether figures of single users may be shown, and why or why not. `milestone_id` and `day`
    are those of the milestone that decides; None where there is none."""

    open: bool
    why: Message
    milestone_id: int | None
    day: dt.date | None


@remembered("task")
def lock(reader: Reader, today: dt.date) -> Lock:
    """The lock on `today`. Of several milestones all must be dated and past."""
    council = _milestones(reader.select)
    if not council:
        return Lock(
            False,
            msg(
                "Figures of single users stay locked until the works council (CSE) was informed"
                " and consulted. The plan has no milestone for it: add one."
            ),
            None,
            None,
        )
    undated = [one for one in council if one[2] is None]
    if undated:
        return Lock(
            False,
            msg(
                "Figures of single users stay locked until the milestone “{title}” has a date.",
                title=undated[0][1],
            ),
            undated[0][0],
            None,
        )
    key, title, day = max(council, key=lambda one: (one[2] or dt.date.min, one[0]))
    assert day is not None
    if day > today:
        return Lock(
            False,
            msg(
                "Figures of single users stay locked: they open on {date}, the day of “{title}”.",
                date=dated(day),
                title=title,
            ),
            key,
            day,
        )
    return Lock(
        True,
        msg(
            "Figures of single users are open since {date}, the day of “{title}”.",
            date=dated(day),
            title=title,
        ),
        key,
        day,
    )


Select = Callable[..., list[tuple[Any, ...]]]


def _milestones(select: Select) -> list[tuple[int, str, dt.date | None]]:
    """Works council milestones: by their mark; in plans without any such mark by their title, as
    the warning finds them. Lines put aside do not count."""
    for chosen in (MARKED, TITLED):
        found = select(f"SELECT id, title, start FROM task WHERE {chosen} AND active ORDER BY id")
        if found:
            return [(key, title, date_from_iso(day) if day else None) for key, title, day in found]
    return []


@dataclass(frozen=True)
class DateWorksCouncil:
    """Give the works council milestone its day: the one of the plan that decides, or a new one
    when there is none. The result is its id."""

    day: dt.date
    today: dt.date

    @property
    def label(self) -> Message:
        return msg("Date the works council milestone: {date}", date=self.day)

    def apply(self, work: Work) -> int:
        known = _milestones(work.select)
        if known:
            key = min(known, key=lambda one: (one[2] is not None, -_number(one[2]), one[0]))[0]
            SetTaskDates(key, self.day, self.day, self.today).apply(work)
            return key
        language = work.select("SELECT language FROM project")[0][0]
        key = AddTask(
            Translator(language).tr(TITLE),
            self.today,
            kind=TaskKind.MILESTONE,
            pillar=Pillar.DEPLOYMENT,
            start=self.day,
        ).apply(work)
        work.set("task", key, start=self.day, finish=self.day, mark=Mark.WORKS_COUNCIL)
        return key


def _number(day: dt.date | None) -> int:
    return day.toordinal() if day else 0
