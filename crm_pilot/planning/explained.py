"""Why the figures of the plan are what they are."""

from __future__ import annotations

import datetime as dt

from crm_pilot.i18n import Message, msg, nmsg
from crm_pilot.planning import explained_trend, queries, rules
from crm_pilot.planning.rows import PlanningFigures
from crm_pilot.planning.terms import PLAN_TABLES
from crm_pilot.store.reader import Reader, remembered
from crm_pilot.why import OWN, Answers, Why, as_of, dated

TABLES = (*sorted(PLAN_TABLES), "baseline", "baseline_task", "forecast", "committee", "department")
WEIGHTS = msg("Usual in planning: progress weighted by duration")
DATES = msg(
    "Milestone practice (Project Planning Office): the reference is kept, the forecast"
    " announced anew"
)


@remembered(*TABLES)
def explained(reader: Reader, today: dt.date) -> dict[str, Why]:
    """Every figure of the room by key. Treat as frozen."""
    figures = queries.figures(reader, today)
    known = {
        **_work(figures, today),
        **_percents(figures, today),
        **_milestones(figures, today),
        **_structure(figures, today),
        **explained_trend.explained(reader, today),
    }

    def schedule() -> dict[str, Why]:
        from crm_pilot.planning import explained_schedule

        return explained_schedule.explained(reader, today)

    return Answers(known, schedule)


def _reference(figures: PlanningFigures) -> Message:
    """Which reference plan counts, in words that follow a semicolon."""
    if figures.baseline_set_on is None:
        return msg("no reference plan yet")
    return msg(
        "reference plan “{name}” of {date}",
        name=figures.baseline_name,
        date=dated(figures.baseline_set_on),
    )


def _work(figures: PlanningFigures, today: dt.date) -> dict[str, Why]:
    known = as_of(today)
    counted = msg(
        "Tasks: {tasks}, of which {done} done and {late} late",
        tasks=figures.tasks,
        done=figures.tasks_done,
        late=figures.tasks_late,
    )
    tasks = msg("Lines of kind task without lines below them; phases and milestones do not count.")
    return {
        "tasks": Why(tasks, counted, OWN, known, name=msg("Tasks")),
        "tasks_done": Why(msg("Tasks at 100%."), counted, OWN, known, name=msg("Tasks done")),
        "tasks_late": Why(
            msg("Tasks that are not done although their last day is past."),
            counted,
            OWN,
            known,
            name=msg("Late tasks"),
        ),
        "next_tasks": Why(
            msg(
                "Tasks not done and not late that are under way or start within {days} days.",
                days=queries.AHEAD.days,
            ),
            msg("{n} of {tasks} tasks", n=len(figures.next_tasks), tasks=figures.tasks),
            OWN,
            known,
            name=msg("Next tasks"),
        ),
    }


def _percents(figures: PlanningFigures, today: dt.date) -> dict[str, Why]:
    known = as_of(today)
    counted = nmsg(
        "{n} task, weighted by its working days",
        "{n} tasks, weighted by their working days",
        figures.tasks,
    )
    done = msg(
        "Sum of working days × percent done ÷ sum of working days, Monday to Friday, at least one"
        " day a task. Milestones weigh nothing."
    )
    return {
        "percent_done": Why(done, counted, WEIGHTS, known, name=msg("Plan done")),
        "percent": Why(
            msg("A phase takes the percent of the lines below it, weighted by their working days."),
            counted,
            WEIGHTS,
            known,
            msg(
                "Behind: at least {points} points less than the days gone by ask for",
                points=rules.BEHIND,
            ),
            msg("Percent done"),
        ),
        "percent_expected": Why(
            msg("Share of each task's working days gone by at the end of the day, weighted alike."),
            counted,
            WEIGHTS,
            known,
            name=msg("Plan expected"),
        ),
    }


def _milestones(figures: PlanningFigures, today: dt.date) -> dict[str, Why]:
    known = as_of(today)
    compared = [m for m in figures.milestones if m.slip_days is not None]
    counted = msg(
        "{n} of {all} milestones have a reference date; {reference}",
        n=len(compared),
        all=len(figures.milestones),
        reference=_reference(figures),
    )
    moved = msg(
        "{n} of {all} milestones moved",
        n=sum(bool(m.moved_days) for m in figures.milestones),
        all=len(figures.milestones),
    )
    return {
        "milestones": Why(
            msg("Dated milestones by forecast: reference, previous and present date."),
            counted,
            DATES,
            known,
            name=msg("Milestones"),
        ),
        "next_milestones": Why(
            msg("Milestones that are not reached yet, by forecast; slip = forecast − reference."),
            counted,
            DATES,
            known,
            name=msg("Next milestones"),
        ),
        "slip_days": Why(
            msg("Present finish − finish in the reference plan, in calendar days."),
            counted,
            DATES,
            known,
            name=msg("Slip"),
        ),
        "moved_days": Why(
            msg(
                "Forecast − date in force at the last committee: the latest announced by then, else"
                " the reference."
            ),
            moved,
            DATES,
            known,
            name=msg("Moved since the last committee"),
        ),
    }


def _structure(figures: PlanningFigures, today: dt.date) -> dict[str, Why]:
    known = as_of(today)
    dates = sum(wave.go_live is not None for wave in figures.waves)
    phases = nmsg(
        "{n} phase; {reference}",
        "{n} phases; {reference}",
        len(figures.phases),
        reference=_reference(figures),
    )
    return {
        "waves": Why(
            msg("A wave goes live on the date of its milestone."),
            nmsg(
                "{n} wave, {dated} dated",
                "{n} waves, {dated} dated",
                len(figures.waves),
                dated=dates,
            ),
            OWN,
            known,
            name=msg("Waves"),
        ),
        "phases": Why(
            msg(
                "A phase runs from the earliest start to the latest finish below it; its percent"
                " is weighted by working days; slip = finish − reference finish."
            ),
            phases,
            WEIGHTS,
            known,
            name=msg("Plan by phase"),
        ),
        "start": Why(
            msg("Earliest start of all lines."), phases, OWN, known, name=msg("Start of the plan")
        ),
        "finish": Why(
            msg("Latest finish of all lines."), phases, OWN, known, name=msg("End of the plan")
        ),
    }
