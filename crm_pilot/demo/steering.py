"""Committees, weather, decisions, risks, highlights, budget and features of the demonstration."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crm_pilot.demo import budget
from crm_pilot.demo.people import People
from crm_pilot.demo.samples import Words, load
from crm_pilot.governance.terms import Axis, RiskStatus

if TYPE_CHECKING:
    from crm_pilot.store.work import Work


def fill(work: Work, words: Words, people: People) -> None:
    """Write everything the committee sees besides the rooms."""
    data = load("committee")
    work.insert_many(
        "committee",
        [
            {
                "id": one["number"],
                "number": one["number"],
                "held_on": one["on"],
                "note": words(one["note"]),
            }
            for one in data["committee"]
        ],
    )
    _weather(work, words, data)
    _decisions(work, words, data["decision"], people)
    _risks(work, words, data["risk"], people)
    _highlights(work, words, data["highlight"])
    budget.fill(work, words, data)
    _features(work, words, data["features"])


def _weather(work: Work, words: Words, data: dict[str, Any]) -> None:
    rows: list[dict[str, Any]] = []
    for one in data["committee"]:
        reasons = data["reasons"].get(str(one["number"]), {})
        for axis, weather in zip(Axis, one.get("weather", ()), strict=False):
            rows.append(
                {
                    "id": len(rows) + 1,
                    "committee_id": one["number"],
                    "axis": axis,
                    "weather": weather,
                    "reason": words.optional(reasons.get(axis.value)),
                }
            )
    work.insert_many("weather_record", rows)


def _decisions(work: Work, words: Words, decisions: list[dict[str, Any]], people: People) -> None:
    work.insert_many(
        "decision",
        [
            {
                "id": number,
                "code": one["code"],
                "wording": words(one),
                "owner": f"{people.names[one['owner']]}, {people.roles[one['owner']]}",
                "due_on": one["due"],
                "status": one["status"],
                "committee_id": one["asked"],
            }
            for number, one in enumerate(decisions, 1)
        ],
    )


def _risks(work: Work, words: Words, risks: list[dict[str, Any]], people: People) -> None:
    work.insert_many(
        "risk",
        [
            {
                "id": number,
                "code": one["code"],
                "title": words(one),
                "response": words(one["response"]),
                "probability": one["p"],
                "impact": one["i"],
                "owner": people.names[one["owner"]],
                "status": one.get("status", RiskStatus.OPEN),
            }
            for number, one in enumerate(risks, 1)
        ],
    )


def _highlights(work: Work, words: Words, highlights: list[dict[str, Any]]) -> None:
    work.insert_many(
        "highlight",
        [
            {
                "id": number,
                "noted_on": one["on"],
                "lead": words(one["lead"]),
                "detail": words(one["detail"]),
            }
            for number, one in enumerate(highlights, 1)
        ],
    )


def _features(work: Work, words: Words, data: dict[str, Any]) -> None:
    work.insert_many(
        "feature",
        [
            {
                "id": number,
                "name": words(one),
                "promised_on": data["promised"][str(one["r"])],
                "delivered_on": data["delivered"].get(str(one["r"])),
                "withdrawn_on": None,
                "position": number,
                "major": one.get("major", False),
            }
            for number, one in enumerate(data["rows"], 1)
        ],
    )
