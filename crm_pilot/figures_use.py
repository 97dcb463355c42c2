"""Figures of adoption as plain data: months, days, trends, features, quality, transfer.

At level `committee` groups under five accounts are pooled or empty, and no free text and no person
is given; figures of single users are the lead's own, and wait for the works council (DOMAIN.md 6).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Literal

from crm_pilot.adoption import (
    checkpoints,
    features,
    grid,
    months,
    needs,
    objects,
    passages,
    proxy,
    quality,
    queries,
    retention,
    support,
    trends,
)
from crm_pilot.adoption import explained as adoption_whys
from crm_pilot.adoption.explained_features import feature_parts
from crm_pilot.adoption.explained_month import month_parts
from crm_pilot.adoption.months import MonthRow
from crm_pilot.adoption.scope import EVERYONE, accounts
from crm_pilot.errors import UserError
from crm_pilot.figures_parts import (
    BY,
    SMALL,
    Level,
    departments,
    hidden_keys,
    plain,
    records,
)
from crm_pilot.governance import transfer
from crm_pilot.governance.explained_transfer import transfer_whys
from crm_pilot.governance.user_lock import lock
from crm_pilot.i18n import N_, Translator
from crm_pilot.store.reader import Reader
from crm_pilot.why import Parts, Why

USER = "user"
Data = dict[str, Any]


def explained(reader: Reader, today: dt.date) -> dict[str, Why]:
    """Why every figure is what it is. The report asks for those of the room's head, a panel for
    one: what others are made of is not computed then."""
    transferred = partial(transfer_whys, reader, today)
    return Parts(
        adoption_whys.explained(reader, today),
        {
            **month_parts(reader, today),
            **feature_parts(reader, today),
            "transfer": transferred,
            "transfer.change": transferred,
        },
    )


def check_by(reader: Reader, today: dt.date, level: Level, by: str) -> None:
    """Refuse an unknown grouping, and single users to all but the lead, and to the lead as long as
    the works council is still to be informed."""
    if by not in BY:
        raise UserError(
            N_("There are no figures by “{by}”. Choose one of: {list}."), by=by, list=", ".join(BY)
        )
    if by != USER:
        return
    if level is not Level.OWN:
        raise UserError(
            N_("Figures of single users are for the lead alone: add --level own. None were given.")
        )
    found = lock(reader, today)
    if not found.open:
        raise UserError(found.why.template, **found.why.params)


def collect(
    reader: Reader,
    today: dt.date,
    level: Level,
    shown: Translator,
    month: int | None = None,
    by: str = "department",
) -> Data:
    """Adoption on `today`; the month (202610) is the last one known unless it is given."""
    check_by(reader, today, level, by)
    known = months.months_known(reader, today)
    month = month or (known[-1] if known else today.year * 100 + today.month)
    made = _room(reader, today, level, shown)
    made["months_known"] = [_month_text(one) for one in known]
    made["month"] = month_of(reader, month, today, level, shown, by)
    made["month_grid"] = _grid(reader, month, today, level, shown, by)
    return made | _trends(reader, today, level, shown) | _beside(reader, today, level, shown)


def _room(reader: Reader, today: dt.date, level: Level, shown: Translator) -> Data:
    """Active share, curves by profile, use by department."""
    figures = queries.figures(reader, today)
    made: Data = plain(
        figures, shown, without=("active_curve", "profiles", "objects", "go_lives", "departments")
    )
    made["departments"] = [plain(row, shown) for row in departments(figures, level)]
    made["active_curve"] = records(figures.active_curve, "week_start", "active_share")
    made["objects"] = records(figures.objects, "object", "created", "updated")
    made["go_lives"] = records(figures.go_lives, "go_live", "wave")
    hidden = hidden_keys(((curve.profile_id, curve.accounts) for curve in figures.profiles), level)
    made["profiles"] = [
        {
            "profile": curve.profile,
            "expected_low_days_per_week": curve.low,
            "expected_high_days_per_week": curve.high,
            "accounts": curve.accounts,
            "weeks": []
            if curve.profile_id in hidden
            else records(curve.points, "week_start", "days_per_week"),
        }
        for curve in figures.profiles
    ]
    made["features"] = plain(queries.features(reader, today), shown)
    return made


# a month -------------------------------------------------------------------------------------


def month_of(
    reader: Reader, month: int, today: dt.date, level: Level, shown: Translator, by: str
) -> Data:
    """A month in total and by department, profile, wave or user."""
    found = months.month_figures(reader, month, today)
    groups = {"department": found.departments, "profile": found.profiles, "wave": found.waves}
    made: Data = plain(found, shown, without=("total", "departments", "profiles", "waves"))
    made["month"] = _month_text(month)
    total = found.total
    enough = level is Level.OWN or total.accounts >= SMALL
    made["total"] = _month_row(total, shown) if enough else _empty(total, shown)
    made["by"] = by
    if by == USER:
        made["rows"] = [_month_row(r, shown) for r in months.user_months(reader, month, today)]
        return made

    def together(keys: frozenset[int | None]) -> MonthRow:
        chosen: Any = keys  # None among them: those of no department
        scope = replace(EVERYONE, **{f"{by}s": chosen})
        return months.month_figures(reader, month, today, scope).total

    made["rows"] = _pooled_rows(groups[by], level, shown, together)
    return made


def _pooled_rows(
    rows: Sequence[MonthRow],
    level: Level,
    shown: Translator,
    together: Callable[[frozenset[int | None]], MonthRow],
) -> list[Data]:
    """Rows as the level allows: small groups are one row, whose figures are those of all of them,
    or none where even together they are fewer than five accounts."""
    hidden = hidden_keys(((row.key, _size(row)) for row in rows), level)
    made = [_month_row(row, shown) for row in rows if row.key not in hidden]
    if hidden:
        one = together(hidden)
        told = _month_row(one, shown) if one.accounts >= SMALL else _empty(one, shown)
        made.append(told | {"name": None, "pooled": len(hidden)})
    return made


def _size(row: MonthRow) -> int:
    """Accounts of a row; accounts closed since count as one, not as none."""
    return row.accounts or int(bool(row.working_days or row.login_days or row.objects))


def _month_row(row: MonthRow, shown: Translator) -> Data:
    made: Data = plain(row, shown, without=("key", "name"))
    return {"id": row.key, "name": row.name or None, **made}


def _empty(row: MonthRow, shown: Translator) -> Data:
    """A row of which only the number of accounts is told."""
    kept = {"name": row.name or None, "accounts": row.accounts}
    return {**dict.fromkeys(_month_row(row, shown)), **kept}


def _month_text(month: int) -> str:
    return f"{month // 100}-{month % 100:02}"


def _grid(
    reader: Reader, month: int, today: dt.date, level: Level, shown: Translator, by: str
) -> Data:
    """The month by days: of departments, or of users."""
    rows_of: Literal["department", "user"] = "user" if by == USER else "department"
    found = grid.month_grid(reader, month, today, by=rows_of, language=shown.language)
    hidden = hidden_keys(((row.key, row.accounts) for row in found.rows), level)
    rows = []
    for row in found.rows:
        told: Data = plain(row, shown, without=("key", "name"))
        if row.key in hidden:
            told |= {"cells": [], "per_week": None, "below": False}
        rows.append({"id": row.key, "name": row.name or None, **told})
    return {
        "month": _month_text(month),
        "until": plain(found.until, shown),
        "by": rows_of,
        "days": plain(found.days, shown),
        "rows": rows,
    }


# trends --------------------------------------------------------------------------------------


def _trends(reader: Reader, today: dt.date, level: Level, shown: Translator) -> Data:
    """Weeks side by side, who moved, checkpoints, who needs help."""
    curves = trends.multiples(reader, today)
    hidden = hidden_keys(((curve.department_id, curve.accounts) for curve in curves), level)
    moved = trends.movers(reader, today)
    return {
        "multiples": [
            plain(curve, shown, without=("points", "below"))
            | {
                "below": curve.below and curve.department_id not in hidden,
                "weeks": []
                if curve.department_id in hidden
                else records(curve.points, "week_start", "days_per_week"),
            }
            for curve in curves
        ],
        "movers": {
            "first_week": plain(moved.first_week, shown),
            "last_week": plain(moved.last_week, shown),
            "up": [plain(one, shown) for one in moved.up if one.department_id not in hidden],
            "down": [plain(one, shown) for one in moved.down if one.department_id not in hidden],
        },
        "checkpoints": _checkpoints(reader, today, level, shown),
        "needs": [plain(need, shown) for need in needs.needs(reader, today)],
    }


def _checkpoints(reader: Reader, today: dt.date, level: Level, shown: Translator) -> list[Data]:
    found = checkpoints.checkpoints(reader, today)
    waves = hidden_keys(((one.wave_id, one.accounts) for one in found), level)
    made = []
    for wave in found:
        hidden = hidden_keys(((d.department_id, d.accounts) for d in wave.departments), level)
        if wave.wave_id in waves:
            wave = replace(wave, points=(), now_share=None)
            hidden = frozenset(one.department_id for one in wave.departments)
        places = tuple(
            replace(one, points=()) if one.department_id in hidden else one
            for one in wave.departments
        )
        made.append(plain(replace(wave, departments=places), shown))
    return made


# beside --------------------------------------------------------------------------------------


def _beside(reader: Reader, today: dt.date, level: Level, shown: Translator) -> Data:
    """Features, mandatory passages, completeness, support, proxy typing, transfer, objects."""
    return {
        "feature_matrix": _matrix(reader, today, level, shown),
        "passages": [_passage(row, level, shown) for row in passages.use(reader, today)],
        "completeness": _quality(reader, today, level, shown),
        "support": _support(reader, today, level, shown),
        "proxy_typing": _proxy(reader, today, shown),
        "transfer": plain(transfer.after(reader, today), shown),
        "crm_objects": _objects(reader, today, level, shown),
        "retention": _retention(reader, today, level, shown),
        "user_lock": plain(lock(reader, today), shown, without=("milestone_id", "why", "late")),
    }


def _matrix(reader: Reader, today: dt.date, level: Level, shown: Translator) -> Data:
    """Features by department; cells of few targets are pooled in one without a department."""
    found = features.matrix(reader, today)
    names = {column.department_id: column.name or None for column in found.departments}
    rows = []
    for row in found.rows:
        hidden = hidden_keys(((cell.department_id, cell.targets) for cell in row.cells), level)
        few = level is Level.COMMITTEE and row.targets < SMALL
        cells = [
            {**plain(cell, shown), "department": names[cell.department_id]}
            for cell in row.cells
            if cell.department_id not in hidden
        ]
        told = plain(row, shown, without=("cells",))
        rows.append(told | ({"users": None, "share": None} if few else {}) | {"cells": cells})
    return {"first": plain(found.first, shown), "until": plain(found.until, shown), "rows": rows}


def _passage(row: passages.PassageUse, level: Level, shown: Translator) -> Data:
    made: Data = plain(row, shown)
    if level is Level.COMMITTEE:
        del made["note"]
        if row.users < SMALL:
            made |= {"passed": None, "share": None, "met": None}
    return made


def _quality(reader: Reader, today: dt.date, level: Level, shown: Translator) -> Data:
    """Completeness; at committee level without the departments of fewer than five accounts."""
    found = quality.latest(reader, today)
    sizes = Counter(account.department_id for account in accounts(reader))
    measured = {row.department_id for row in found.rows} - {None}  # None: the whole company
    hidden = hidden_keys(((key, max(sizes[key], 1)) for key in measured), level)
    return {
        "share": plain(found.share, shown),
        "measured_on": plain(found.measured_on, shown),
        "objects": [plain(one, shown) for one in found.objects],
        "departments": [plain(one, shown) for one in found.departments if one.key not in hidden],
        "fields": [
            plain(row, shown, without=("id",))
            for row in found.rows
            if row.department_id not in hidden
        ],
    }


def _support(reader: Reader, today: dt.date, level: Level, shown: Translator) -> Data:
    made: Data = {
        "causes": plain(support.causes(reader, today), shown),
        "waiting": plain(support.ages(reader, today), shown),
    }
    if level is Level.OWN:
        made["cases"] = plain(support.cases(reader, today), shown)
    return made


def _proxy(reader: Reader, today: dt.date, shown: Translator) -> Data:
    found = proxy.share(reader, today)
    made: Data = plain(found, shown)
    return made | {"month": None if found.month is None else _month_text(found.month)}


def _retention(reader: Reader, today: dt.date, level: Level, shown: Translator) -> Data:
    found = retention.due(reader, today)
    made: Data = plain(found, shown, without=("reason",) if level is Level.COMMITTEE else ())
    return made | {"months": [_month_text(month) for month in found.months]}


def _objects(reader: Reader, today: dt.date, level: Level, shown: Translator) -> list[Data]:
    few = range(1, SMALL) if level is Level.COMMITTEE else range(0)
    return [
        plain(row, shown) | ({"users": None} if row.users in few else {})
        for row in objects.register(reader, today)
    ]
