"""What the training charts and the sentence of the room say, from its figures."""

from __future__ import annotations

from crm_pilot.charts import Bar, BarList
from crm_pilot.i18n import Message, msg, nmsg
from crm_pilot.training import rules
from crm_pilot.training.queries import CoverageRow, TrainingFigures

SMALL = 5  # departments with fewer users are not named (DOMAIN.md 6)


def percent(share: float | None) -> int:
    """A share as whole percent, rounded half up; 0 when unknown."""
    return int((share or 0.0) * 100 + 0.5)


def coverage_chart(figures: TrainingFigures) -> BarList:
    """Trained users by department, grouped by wave; shares under 70 % in bold."""
    return BarList(
        title=msg("Coverage"),
        caption=msg(
            "{trained} of {users} trained, {percent}%",
            trained=figures.trained,
            users=figures.users,
            percent=percent(figures.share),
        ),
        bars=tuple(_bar(row) for row in figures.departments),
        why="training.departments",
    )


def _bar(row: CoverageRow) -> Bar:
    return Bar(
        name=department_name(row),
        value=row.trained,
        total=row.users,
        colour="adoption",
        group=row.wave or "",
        strong=rules.is_low(row.share),
    )


def department_name(row: CoverageRow) -> Message | str:
    """The department as written beside its bar."""
    return row.department if row.department is not None else msg("No department")


def headline(figures: TrainingFigures) -> Message:
    """The sentence of the room: coverage, and every department that is low or their number.

    It is printed for committees too: where one of them has under five users, none is named.
    """
    if not figures.users:
        if figures.sessions_held or figures.sessions_planned:
            return msg("No CRM account is known yet: coverage cannot be counted.")
        return msg("No training session yet.")
    low = figures.low
    counts = {"trained": figures.trained, "users": figures.users}
    if not low:
        return msg("{trained} of {users} users are trained; no department is under 70%.", **counts)
    named = all(row.users >= SMALL for row in low)
    if len(low) == 1 and named:
        return msg(
            "{trained} of {users} users are trained; {first} is at {percent}%.",
            first=department_name(low[0]),
            percent=percent(low[0].share),
            **counts,
        )
    if len(low) == 2 and named:
        return msg(
            "{trained} of {users} users are trained; {first} and {second} are under 70%.",
            first=department_name(low[0]),
            second=department_name(low[1]),
            **counts,
        )
    return nmsg(
        "{trained} of {users} users are trained; {n} department of {all} is under 70%.",
        "{trained} of {users} users are trained; {n} departments of {all} are under 70%.",
        len(low),
        all=len(figures.departments),
        **counts,
    )
