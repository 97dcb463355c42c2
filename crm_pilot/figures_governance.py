"""The figures of governance as plain data: committees, decisions, actions, risks, problems, RACI,
weather and budget. Those who own something or were invited are named at every level; no position
and no use of anybody is here.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from crm_pilot import figures_budget
from crm_pilot.figures_parts import Level, plain, records
from crm_pilot.governance import queries
from crm_pilot.governance.actions import actions
from crm_pilot.governance.decisions import is_late, to_follow
from crm_pilot.governance.explained import explained as committee_whys
from crm_pilot.governance.issued import issues
from crm_pilot.governance.meetings import agenda, participants
from crm_pilot.governance.problems import problems
from crm_pilot.governance.raci import RaciTable, raci
from crm_pilot.governance.risks import LEVELS, matrix, risk_table
from crm_pilot.governance.rows import CommitteeRow
from crm_pilot.governance.since import since
from crm_pilot.i18n import Translator
from crm_pilot.store.reader import Reader
from crm_pilot.why import Why

OTHERS = ("warning.", "sign.", "check.", "crossing.")  # answers about other figures


def collect(reader: Reader, today: dt.date, level: Level, shown: Translator) -> dict[str, Any]:
    """Everything of the room, rows as they are on `today`."""
    known = queries.figures(reader, today)
    table = risk_table(reader, today)
    return {
        "last": _meeting(reader, known.last, shown),
        "next": _meeting(reader, known.next, shown),
        "committees": plain(queries.committees(reader), shown),
        "weather": [
            plain(row, shown, without=("history",))
            | {"history": records(row.history, "committee", "weather")}
            for row in known.weather
        ],
        "decisions": [plain(row, shown) | {"late": is_late(row, today)} for row in known.decisions],
        "follow_up": [row.code for row in to_follow(known.decisions)],
        "actions": plain(actions(reader, today), shown),
        "risks": plain(table, shown),
        "risk_trend": {row.code: None if row.trend is None else row.trend.value for row in table},
        "risk_matrix": [
            {"probability": likely, "impact": grave, "risks": list(codes)}
            for likely in LEVELS
            for grave in LEVELS
            if (codes := matrix(table).at(likely, grave))
        ],
        "problems": plain(problems(reader, today), shown),
        "highlights": plain(known.highlights, shown),
        "raci": _raci(raci(reader), shown),
        "budget": figures_budget.collect(reader, today, shown),
        "issues": [plain(row, shown) for row in issues(reader)],
        "since": _since(reader, today, shown),
    }


def _since(reader: Reader, today: dt.date, shown: Translator) -> dict[str, Any] | None:
    """What moved since the last issue; units of the map are counted, groups of five and more
    named, at every level."""
    found = since(reader, today)
    if found is None:
        return None
    made: dict[str, Any] = plain(found, shown, without=("issue", "warnings_new", "warnings_gone"))
    return {
        "issue": found.issue.number,
        "as_of": found.issue.as_of.isoformat(),
        **made,
        "warnings_new": [
            {"rule": one.rule, "title": shown.show(one.title)} for one in found.warnings_new
        ],
        "warnings_gone": [
            {"rule": one.rule, "title": one.title(shown.language)} for one in found.warnings_gone
        ],
    }


def _meeting(reader: Reader, row: CommitteeRow | None, shown: Translator) -> dict[str, Any] | None:
    if row is None:
        return None
    told: dict[str, Any] = plain(row, shown)
    without = ("id", "committee_id", "position")
    told["agenda"] = [plain(one, shown, without=without) for one in agenda(reader, row.id)]
    told["participants"] = [
        plain(one, shown, without=(*without, "person_id")) for one in participants(reader, row.id)
    ]
    return told


def _raci(table: RaciTable, shown: Translator) -> dict[str, Any]:
    lines = [
        {
            "title": item.title,
            "letters": {
                actor.name: letter.value
                for actor in table.actors
                if (letter := table.letter(item.id, actor.id)) is not None
            },
        }
        for item in table.items
    ]
    faults = [
        {"line": item.title, "fault": fault.kind.value, "text": shown.show(fault.text)}
        for fault in table.faults
        for item in table.items
        if item.id == fault.item_id
    ]
    return {"actors": [actor.name for actor in table.actors], "lines": lines, "faults": faults}


def explained(reader: Reader, today: dt.date) -> dict[str, Why]:
    """Why they are what they are: the answers of the committee's room."""
    return {
        key: why for key, why in committee_whys(reader, today).items() if not key.startswith(OTHERS)
    }
