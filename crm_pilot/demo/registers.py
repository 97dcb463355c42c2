"""Committees as meetings, actions, problems, ratings of risks and the RACI of the demonstration."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crm_pilot.demo.people import People
from crm_pilot.demo.samples import Words, load
from crm_pilot.governance.terms import DecisionStatus, Presence
from crm_pilot.store.reader import date_from_iso

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

Entry = dict[str, Any]
Rows = list[dict[str, Any]]


def fill(work: Work, words: Words, people: People, lines: dict[str, int]) -> None:
    """Write all of it, over the committees and registers of `steering`; `lines` are the task ids
    by the keys of the plan."""
    data = load("registers")
    _meetings(work, words, data, people)
    others = _others(work, words, data["other"], people)
    _decisions(work, words, data["decision"])
    _ratings(work, data["risk"])
    _problems(work, words, data["problem"], people)
    _actions(work, data["action"], lines, others)
    _raci(work, words, data["raci"], people, lines)


def _meetings(work: Work, words: Words, data: Entry, people: People) -> None:
    """Steering committees: place and hour of all, guests and agenda as far as they are known."""
    usual = {**data["usual"], "place": words(data["usual"]["place"])}
    agendas = {one["c"]: one["points"] for one in data["agenda"]}
    invited: Rows = []
    for key, number, held in work.select("SELECT id, number, held_on FROM committee ORDER BY id"):
        work.set("committee", key, **usual)
        if number > max(agendas):
            continue  # dated, and nothing more yet
        past = held < people.status_date.isoformat()
        told = data["presence"].get(str(number), {})
        guests = [one["o"] for one in data["invited"] if one.get("from", 1) <= number]
        usually = Presence.PRESENT if past else Presence.INVITED
        invited += _guests(key, guests, people, told, usually)
    _insert(work, "participant", invited)
    points = [row for c, some in sorted(agendas.items()) for row in _agenda(words, c, some, people)]
    _insert(work, "agenda_item", points)


def _guests(
    committee: int, keys: list[str], people: People, told: Entry, usually: Presence
) -> Rows:
    return [
        {
            "committee_id": committee,
            "person_id": people.team[key],
            "position": position,
            "name": people.full_names[key],
            "role": people.roles[key],
            "presence": told.get(key, usually),
        }
        for position, key in enumerate(keys)
    ]


def _agenda(words: Words, committee: int, points: list[Entry], people: People) -> Rows:
    return [
        {
            "committee_id": committee,
            "position": position,
            "title": words(one),
            "presenter": people.names[one["o"]],
            "minutes": one["m"],
            "outcome": words.optional(one.get("outcome")),
        }
        for position, one in enumerate(points)
    ]


def _others(work: Work, words: Words, others: list[Entry], people: People) -> dict[str, int]:
    """Committees of other kinds; returns their ids by their keys."""
    ids = {}
    for one in others:
        columns = ("kind", "number", "starts_minute", "minutes")
        values = {name: one[name] for name in columns} | {"held_on": one["on"]}
        values |= {"place": words(one["place"]), "note": words(one["note"])}
        ids[one["k"]] = key = work.add("committee", **values)
        past = one["on"] < people.status_date
        usually = Presence.PRESENT if past else Presence.INVITED
        for row in _guests(key, one["team"], people, {}, usually):
            work.add("participant", **row)
    return ids


def _decisions(work: Work, words: Words, told: Entry) -> None:
    """When they were taken and completed, why, and what shows it."""
    for key, code, status, due, held in work.select(
        "SELECT d.id, d.code, d.status, d.due_on, c.held_on FROM decision d"
        " JOIN committee c ON c.id = d.committee_id"
    ):
        texts = {name: words(text) for name, text in told.get(code, {}).items()}
        taken = status != DecisionStatus.PROPOSED
        done = status == DecisionStatus.CLOSED
        work.set(
            "decision",
            key,
            decided_on=date_from_iso(held) if taken else None,
            closed_on=date_from_iso(due) if done else None,
            **texts,
        )


def _ratings(work: Work, told: Entry) -> None:
    ids = dict(work.select("SELECT code, id FROM risk"))
    rows: Rows = []
    for code, one in told.items():
        rated = one["rated"]
        days = {"noted_on": rated[0][0], "due_on": one.get("due"), "closed_on": one.get("closed")}
        work.set("risk", ids[code], response_kind=one["kind"], **days)
        rows += [
            {"risk_id": ids[code], "rated_on": day, "probability": likely, "impact": grave}
            for day, likely, grave in rated
        ]
    _insert(work, "risk_rating", sorted(rows, key=lambda row: (row["rated_on"], row["risk_id"])))


def _problems(work: Work, words: Words, problems: list[Entry], people: People) -> None:
    risks = dict(work.select("SELECT code, id FROM risk"))
    rows = [
        {
            "code": one["code"],
            "title": words(one),
            "response": words(one["response"]),
            "severity": one["severity"],
            "owner": people.names[one["o"]],
            "raised_on": one["on"],
            "due_on": one["due"],
            "closed_on": one.get("closed"),
            "status": one["status"],
            "risk_id": risks.get(one.get("risk")),
        }
        for one in problems
    ]
    _insert(work, "problem", rows)


def _actions(
    work: Work, actions: list[Entry], lines: dict[str, int], others: dict[str, int]
) -> None:
    """Lines of the plan that committees asked for."""
    known = {
        table: dict(work.select(f"SELECT code, id FROM {table}"))
        for table in ("decision", "risk", "problem")
    }
    rows = [
        {
            "code": f"A-{number:03d}",
            "task_id": lines[one["line"]],
            "committee_id": others[one["other"]] if "other" in one else one["c"],
            **{f"{table}_id": ids.get(one.get(table)) for table, ids in known.items()},
        }
        for number, one in enumerate(actions, 1)
    ]
    _insert(work, "committee_action", rows)


def _raci(work: Work, words: Words, data: Entry, people: People, lines: dict[str, int]) -> None:
    actors = [
        {"position": n, "name": words(one), "person_id": people.team.get(one.get("o", ""))}
        for n, one in enumerate(data["actors"])
    ]
    _insert(work, "raci_actor", actors)
    items = [
        {"position": n, "title": words(one), "task_id": lines.get(one.get("line", ""))}
        for n, one in enumerate(data["rows"])
    ]
    _insert(work, "raci_item", items)
    cells = [
        {"item_id": item, "actor_id": actor, "letter": letter}
        for item, one in enumerate(data["rows"], 1)
        for actor, letter in enumerate(one["letters"].split(), 1)
        if letter != "-"
    ]
    _insert(work, "raci_cell", cells)


def _insert(work: Work, table: str, rows: Rows) -> None:
    work.insert_many(table, [{"id": number, **row} for number, row in enumerate(rows, 1)])
