"""What of a project goes into its printed Gantt, read once; everything after it is pure."""

from __future__ import annotations

import datetime as dt

from crm_pilot.governance import queries as governance
from crm_pilot.i18n import LANGUAGES, Translator
from crm_pilot.people import queries as people
from crm_pilot.planning import queries
from crm_pilot.planning.calendars import FreeDays
from crm_pilot.planning.rows import LinkRow, TaskRow
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader


@dataclass(frozen=True)
class Source:
    """The plan on one day. `sentences` and `whole` per language."""

    project: str
    company: str
    today: dt.date
    rows: tuple[TaskRow, ...]  # outline order, phases rolled up
    links: tuple[LinkRow, ...]
    critical: frozenset[int]
    free: tuple[FreeDays, ...]  # not worked, by the calendar of the project
    baseline_name: str = ""
    baseline_on: dt.date | None = None
    sentences: tuple[tuple[str, str], ...] = ()  # language, sentence
    departments: tuple[tuple[int, str], ...] = ()  # person, department

    def sentence(self, language: str) -> str:
        """What the plan says today; empty where it says nothing."""
        return dict(self.sentences).get(language, "")


def gather(reader: Reader, today: dt.date) -> Source:
    """Read everything the printed Gantt needs."""
    name, company = reader.one("SELECT name, company FROM project") or ("", "")
    rows = tuple(queries.tasks(reader))
    newest = queries.baseline(reader)
    timings = queries.timings(reader)
    return Source(
        project=name,
        company=company,
        today=today,
        rows=rows,
        links=queries.links(reader),
        critical=frozenset(
            row.id for row in rows if (found := timings.get(row.id)) is not None and found.critical
        ),
        free=_free(reader, rows),
        baseline_name=newest[1] if newest else "",
        baseline_on=newest[2] if newest else None,
        sentences=tuple(
            (language, governance.sentence("planning", reader, today, Translator(language)))
            for language in LANGUAGES
        ),
        departments=tuple(
            (one.id, one.department) for one in people.persons(reader) if one.department
        ),
    )


def _free(reader: Reader, rows: tuple[TaskRow, ...]) -> tuple[FreeDays, ...]:
    days = [day for row in rows for day in (row.start, row.finish, row.baseline_start) if day]
    if not days:
        return ()
    first = min(days).replace(month=1, day=1)
    last = max(days).replace(month=12, day=31)
    return tuple(queries.hours(reader).free(first, last))
