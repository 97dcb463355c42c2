"""Figures of single users stay locked until the works council (CSE) was informed and consulted.

Article L2312-38 wants it before a tool able to control activity is used (DOMAIN.md 6). The lock is
the works council milestone of the plan: open once it is reached. A day that a template gave it and
that has passed opens nothing: the lead says when it took place.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from crm_pilot.i18n import N_, Message, Translator, msg
from crm_pilot.planning.commands import AddTask, SetTaskDates
from crm_pilot.planning.terms import Mark, Pillar, TaskKind
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, date_from_iso, remembered
from crm_pilot.why import dated

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

MARKED = "mark = 'works_council'"
TITLED = "kind = 'milestone' AND (title LIKE '%CSE%' OR title LIKE '%works council%')"
REACHED = 100
TITLE = N_("Works council (CSE) informed and consulted")


@dataclass(frozen=True)
class Lock:
    """Whether figures of single users may be shown, and why or why not. `milestone_id` and `day`
    are those of the milestone that decides; None where there is none. `late`: its day has passed
    and nobody said that it took place."""

    open: bool
    why: Message
    milestone_id: int | None
    day: dt.date | None
    late: bool = False


class Council(NamedTuple):
    """A works council milestone."""

    id: int
    title: str
    day: dt.date | None
    reached: bool


@remembered("task")
def lock(reader: Reader, today: dt.date) -> Lock:
    """The lock on `today`. Of several milestones all must be reached."""
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
    one = _deciding(council, today)
    if one.day is None:
        why = msg(
            "Figures of single users stay locked until the milestone “{title}” has a date.",
            title=one.title,
        )
        return Lock(False, why, one.id, None)
    said = {"date": dated(one.day), "title": one.title}
    if one.day > today:
        why = msg(
            "Figures of single users stay locked: they open on {date}, the day of “{title}”.",
            **said,
        )
        return Lock(False, why, one.id, one.day)
    if not one.reached:
        why = msg(
            "Figures of single users stay locked: “{title}” of {date} is not reached. Say when it"
            " took place.",
            **said,
        )
        return Lock(False, why, one.id, one.day, late=True)
    why = msg("Figures of single users are open since {date}, the day of “{title}”.", **said)
    return Lock(True, why, one.id, one.day)


def _deciding(council: Sequence[Council], today: dt.date) -> Council:
    """The milestone that decides: one without a day, the last one to come, the first one that is
    late, or the last one reached."""
    undated = [one for one in council if one.day is None]
    if undated:
        return undated[0]
    last = max(council, key=lambda one: (_number(one.day), one.id))
    late = [one for one in council if not one.reached]
    if not late or _number(last.day) > today.toordinal():
        return last
    return min(late, key=lambda one: (_number(one.day), one.id))


Select = Callable[..., list[tuple[Any, ...]]]


def _milestones(select: Select) -> list[Council]:
    """Works council milestones: by their mark; in plans without any such mark by their title, as
    the warning finds them. Lines put aside do not count."""
    for chosen in (MARKED, TITLED):
        found = select(
            f"SELECT id, title, start, percent FROM task WHERE {chosen} AND active ORDER BY id"
        )
        if found:
            return [
                Council(key, title, date_from_iso(day) if day else None, percent == REACHED)
                for key, title, day, percent in found
            ]
    return []


@dataclass(frozen=True)
class DateWorksCouncil:
    """Give the works council milestone its day: the one of the plan that decides, or a new one
    when there is none. Up to today it is also reached. The result is its id."""

    day: dt.date
    today: dt.date

    @property
    def label(self) -> Message:
        return msg("Date the works council milestone: {date}", date=self.day)

    def apply(self, work: Work) -> int:
        known = _milestones(work.select)
        if known:
            key = _deciding(known, self.today).id
            SetTaskDates(key, self.day, self.day, self.today).apply(work)
            work.set("task", key, percent=self._percent)
            return key
        language = work.select("SELECT language FROM project")[0][0]
        key = AddTask(
            Translator(language).tr(TITLE),
            self.today,
            kind=TaskKind.MILESTONE,
            pillar=Pillar.DEPLOYMENT,
            start=self.day,
        ).apply(work)
        work.set(
            "task",
            key,
            start=self.day,
            finish=self.day,
            mark=Mark.WORKS_COUNCIL,
            percent=self._percent,
        )
        return key

    @property
    def _percent(self) -> int:
        return REACHED if self.day <= self.today else 0


def _number(day: dt.date | None) -> int:
    return day.toordinal() if day else 0
