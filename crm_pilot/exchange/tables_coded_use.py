"""Tables of use and training as they may leave the lead's hands: sums and means of five and more.

A department or course with fewer is told together with others, or not at all (DOMAIN.md 6).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from crm_pilot import figures
from crm_pilot.adoption.terms import CAUSES, Cause
from crm_pilot.exchange.writing_parts import SheetColumn
from crm_pilot.figures_parts import pooled
from crm_pilot.i18n import N_, Translator
from crm_pilot.store.reader import Reader
from crm_pilot.training.terms import EVALUATIONS, QUIZ_MOMENTS, Evaluated, QuizMoment

Columns = tuple[SheetColumn, ...]
Table = tuple[Columns, list[list[Any]]]
K = TypeVar("K", bound=Hashable)

_DEPARTMENTS = N_("departments under five accounts, pooled")
_OBJECTS = N_("objects under five users, pooled")
_COURSES = N_("courses under five answers, pooled")
_MARKS = (
    N_("Satisfaction"),
    N_("Content"),
    N_("Trainer (mark)"),
    N_("Pace"),
    N_("Usefulness"),
    N_("Use at work"),
)


def _columns(shown: Translator, *titles: tuple[str, str]) -> Columns:
    return tuple(SheetColumn(shown.tr(title), kind) for title, kind in titles)


def _told(sizes: Mapping[K, int]) -> Callable[[K], K | None]:
    """What a row is told under: its own key, or None of those that are told together."""
    kept = {key for key, _ in pooled(list(sizes.items()))[0]}
    return lambda key: key if key in kept else None


def coded_completeness(reader: Reader, today: dt.date, shown: Translator) -> Table:
    """Completeness of the whole company and of departments of five accounts and more."""
    columns = _columns(
        shown,
        *((N_("Measured on"), "date"), (N_("CRM object"), "text"), (N_("Department"), "text")),
        *((N_("Key field"), "text"), (N_("Records"), "whole"), (N_("Filled"), "whole")),
    )
    names = _departments(reader)
    told = _told(_accounts(reader))
    sums: dict[tuple[str, str, Any, str], list[int]] = defaultdict(lambda: [0, 0])
    for day, thing, department, field, records, filled in reader.select(
        "SELECT c.measured_on, o.name, c.department_id, c.field, c.records, c.filled"
        " FROM completeness c JOIN crm_object o ON o.id = c.object_id ORDER BY 1, c.id"
    ):
        whole = department is None
        place = "" if whole else names.get(told(department), shown.tr(_DEPARTMENTS))
        found = sums[day, thing, place, field]
        found[0] += records
        found[1] += filled
    return columns, [
        [dt.date.fromisoformat(day), thing, place or None, field, *counts]
        for (day, thing, place, field), counts in sums.items()
    ]


def _departments(reader: Reader) -> dict[int | None, str]:
    return dict(reader.select("SELECT id, name FROM department"))


def _accounts(reader: Reader) -> dict[int | None, int]:
    """Accounts of every department that was measured; one without any is too small to be told."""
    found = reader.select(
        "SELECT d.id, max(1, (SELECT count(*) FROM account a JOIN person p ON p.id = a.person_id"
        " WHERE p.department_id = d.id)) FROM department d"
        " WHERE d.id IN (SELECT department_id FROM completeness)"
    )
    return dict(found)


def coded_support(reader: Reader, today: dt.date, shown: Translator) -> Table:
    """Cases by month and cause, without place, person or words."""
    columns = _columns(
        shown,
        *((N_("Month"), "text"), (N_("Cause"), "text")),
        *((N_("Cases"), "whole"), (N_("Answered"), "whole")),
    )
    found = reader.select(
        "SELECT substr(noted_on, 1, 7), cause, count(*), count(done_on) FROM support"
        " GROUP BY 1, 2 ORDER BY 1, min(id)"
    )
    return columns, [
        [month, shown.tr(CAUSES[Cause(cause)]), *counts] for month, cause, *counts in found
    ]


def coded_use_totals(reader: Reader, today: dt.date, shown: Translator) -> Table:
    """Months past retention by department, all profiles together."""
    columns = _columns(
        shown,
        *((N_("Month"), "text"), (N_("Department"), "text"), (N_("Accounts"), "whole")),
        *((N_("Active accounts"), "whole"), (N_("Login days"), "whole")),
        (N_("Working days of all"), "whole"),
    )
    found = reader.select(
        "SELECT month, department_id, sum(accounts), sum(active), sum(login_days),"
        " sum(working_days) FROM use_total GROUP BY 1, 2 ORDER BY 1, 2"
    )
    return columns, _by_month(found, _departments(reader), shown.tr(_DEPARTMENTS))


def coded_action_totals(reader: Reader, today: dt.date, shown: Translator) -> Table:
    """Records of months past retention by object, all departments and profiles together."""
    columns = _columns(
        shown,
        *((N_("Month"), "text"), (N_("CRM object"), "text"), (N_("Users who acted"), "whole")),
        *((N_("Records created"), "whole"), (N_("Records updated"), "whole")),
    )
    found = reader.select(
        "SELECT month, object_id, sum(users), sum(created), sum(updated) FROM action_total"
        " GROUP BY 1, 2 ORDER BY 1, 2"
    )
    names: dict[int | None, str] = dict(reader.select("SELECT id, name FROM crm_object"))
    return columns, _by_month(found, names, shown.tr(_OBJECTS))


def _by_month(
    rows: Iterable[tuple[Any, ...]], names: Mapping[int | None, str], rest: str
) -> list[list[Any]]:
    """(month, key, number of people, sums …), those of few people together; nothing of a month
    in which all of them are fewer than five."""
    months: dict[int, dict[int | None, Sequence[int]]] = defaultdict(dict)
    for month, key, *numbers in rows:
        months[month][key] = numbers
    made: list[list[Any]] = []
    for month, by in months.items():
        told = _told({key: max(sums[0], 1) for key, sums in by.items()})
        lines: dict[str, list[int]] = {}
        for key, sums in by.items():
            name = names.get(told(key), rest)
            before = lines.get(name, [0] * len(sums))
            lines[name] = [a + b for a, b in zip(before, sums, strict=True)]
        text = f"{month // 100}-{month % 100:02d}"
        made += [[text, name, *s] for name, s in lines.items() if s[0] >= figures.SMALL]
    return made


def coded_evaluations(reader: Reader, today: dt.date, shown: Translator) -> Table:
    """Mean marks by course, of five answers and more; neither session nor words."""
    columns = _columns(
        shown,
        *((N_("Course"), "text"), (N_("When asked"), "text"), (N_("Answers"), "whole")),
        *((title, "decimal") for title in _MARKS),
    )
    rows = reader.select(
        "SELECT c.title, e.kind, e.satisfaction, e.content, e.trainer, e.pace, e.usefulness,"
        " e.application FROM evaluation e JOIN training_session s ON s.id = e.session_id"
        " JOIN course c ON c.id = s.course_id ORDER BY c.title, c.id, e.kind DESC"
    )
    return columns, [
        [
            course,
            shown.tr(EVALUATIONS[Evaluated(kind)]),
            len(forms),
            *map(_mean, zip(*forms, strict=True)),
        ]
        for (course, kind), forms in _of_courses(rows, shown)
    ]


def coded_quizzes(reader: Reader, today: dt.date, shown: Translator) -> Table:
    """Mean share of points by course, of five results and more."""
    columns = _columns(
        shown,
        *((N_("Course"), "text"), (N_("Before or after"), "text")),
        *((N_("Results"), "whole"), (N_("Mean, %"), "decimal")),
    )
    rows = reader.select(
        "SELECT c.title, q.moment, 100.0 * q.points / q.out_of FROM quiz_result q"
        " JOIN training_session s ON s.id = q.session_id JOIN course c ON c.id = s.course_id"
        " ORDER BY c.title, c.id, q.moment DESC"
    )
    return columns, [
        [
            course,
            shown.tr(QUIZ_MOMENTS[QuizMoment(moment)]),
            len(found),
            *map(_mean, zip(*found, strict=True)),
        ]
        for (course, moment), found in _of_courses(rows, shown)
    ]


def _of_courses(
    rows: Iterable[tuple[Any, ...]], shown: Translator
) -> Iterable[tuple[tuple[str, str], list[tuple[Any, ...]]]]:
    """(course, kind, values …) by course and kind, those of few answers together."""
    every = list(rows)
    kinds = dict.fromkeys(kind for _, kind, *_ in every)
    for kind in kinds:
        told = _told(Counter(course for course, one, *_ in every if one == kind))
        found: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        for course, one, *values in every:
            if one == kind:
                found[told(course) or shown.tr(_COURSES)].append(tuple(values))
        for course, some in found.items():
            if len(some) >= figures.SMALL:
                yield (course, kind), some


def _mean(values: Iterable[float | None]) -> float | None:
    """The mean of what was answered, of five answers and more."""
    given = [value for value in values if value is not None]
    return round(sum(given) / len(given), 2) if len(given) >= figures.SMALL else None
