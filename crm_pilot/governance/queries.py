"""Reads of the committee room: everything that cockpit, committee screen and report show."""

from __future__ import annotations

import datetime as dt

from crm_pilot.governance.budget import BudgetFigures, BudgetLineRow, budget
from crm_pilot.governance.changes import changes
from crm_pilot.governance.headline import headline, sentence, written
from crm_pilot.governance.rows import (
    ChangeRow,
    CommitteeFigures,
    CommitteeRow,
    DecisionRow,
    HighlightRow,
    RiskRow,
    Warning,
    WeatherRow,
    committees,
    decisions,
    highlights,
    last_committee,
    next_committee,
    risks,
)
from crm_pilot.governance.warnings import TABLES as WARNING_TABLES
from crm_pilot.governance.warnings import warnings
from crm_pilot.governance.weather import weather
from crm_pilot.store.reader import Reader, remembered

__all__ = [
    "BudgetFigures",
    "BudgetLineRow",
    "ChangeRow",
    "CommitteeFigures",
    "CommitteeRow",
    "DecisionRow",
    "HighlightRow",
    "RiskRow",
    "Warning",
    "WeatherRow",
    "budget",
    "changes",
    "committees",
    "decisions",
    "figures",
    "headline",
    "highlights",
    "last_committee",
    "next_committee",
    "risks",
    "sentence",
    "warnings",
    "weather",
    "written",
]

TABLES = tuple(
    dict.fromkeys(
        (
            *("project", "committee", "weather_record", "decision", "risk", "highlight"),
            *("budget_line", "task", "wave", "forecast", "baseline", "baseline_task"),
            *("calendar", "calendar_exception", "absence", "feature", "person", "department"),
            *("account", "profile", "import_batch", "stakeholder", "rating", "zone_cell"),
            *("training_session", "attendance", "ticket", "role", *WARNING_TABLES),
        )
    )
)


@remembered(*TABLES)
def figures(reader: Reader, today: dt.date) -> CommitteeFigures:
    """The committee's figures on `today`."""
    return CommitteeFigures(
        last=last_committee(reader, today),
        next=next_committee(reader, today),
        weather=weather(reader, today),
        decisions=decisions(reader),
        risks=risks(reader),
        highlights=highlights(reader, today),
        budget=budget(reader),
        warnings=warnings(reader, today),
        changes=changes(reader, today),
    )
