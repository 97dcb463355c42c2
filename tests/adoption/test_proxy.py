"""Proxy typing: by hand, in sums only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pytest

from crm_pilot.adoption import facts, proxy
from crm_pilot.i18n import Message, msg
from crm_pilot.project import Add, Project, SetField
from tests.adoption.facts import account, actions

D = dt.date
TODAY = D(2026, 11, 21)


@dataclass(frozen=True)
class Owned:
    """A batch of records by owner."""

    rows: tuple[tuple[int, int, int, int], ...]
    first: dt.date | None = None
    last: dt.date | None = None

    @property
    def label(self) -> Message:
        return msg("Import")

    def apply(self, work: Any) -> None:
        moment = dt.datetime(2026, 11, 20, 8)
        values = {"first_day": self.first, "last_day": self.last}
        batch = work.add("import_batch", kind="actions", imported_at=moment, **values)
        facts.write_owned(work, batch, self.rows)


def owned(project: Project, rows: Iterable[tuple[int, int, int, int]], *days: dt.date) -> None:
    project.execute(Owned(tuple(rows), *days))


@pytest.fixture
def trial(project: Project) -> dict[str, int]:
    """Seven salespeople of the North, two of the South, an assistant, a robot; October known."""
    kinds = {
        name: project.execute(Add("profile", {"name": name, "kind": name}))
        for name in ("field", "assistant", "integration")
    }
    ids = dict(kinds)
    for place in ("North", "South"):
        ids[place] = project.execute(Add("department", {"name": place}))
    for name in ("n0", "n1", "n2", "n3", "n4", "n5", "n6", "s0", "s1"):
        place = ids["North" if name[0] == "n" else "South"]
        person = project.execute(Add("person", {"last_name": name, "department_id": place}))
        ids[name] = account(project, name, person_id=person, profile_id=kinds["field"])
    ids["ann"] = account(project, "ann", profile_id=kinds["assistant"])
    ids["robot"] = account(project, "robot", profile_id=kinds["integration"])
    actions(
        project,
        [(ids[f"n{n}"], D(2026, 10, 5), "deal", 10, 0) for n in range(6)]
        + [(ids["n0"], D(2026, 11, 20), "deal", 99, 0)],  # not a full month
    )
    return ids


def test_share_of_records_that_assistants_created(project: Project, trial: dict[str, int]) -> None:
    ids = trial
    owned(
        project,
        [
            (202610, ids["n0"], ids["ann"], 30),  # 30 of 40
            (202610, ids["n1"], ids["ann"], 10),  # 10 of 20: half is enough
            (202610, ids["n2"], ids["ann"], 9),  # 9 of 19
            (202610, ids["n3"], ids["n3"], 10),  # their own: counted among the actions already
            (202610, ids["n4"], ids["robot"], 11),
            (202610, ids["s0"], ids["ann"], 1),
            (202611, ids["n5"], ids["ann"], 500),
        ],
    )
    found = proxy.share(project.reader, TODAY)
    assert (found.known, found.month) == (True, 202610)
    assert (found.owners, found.proxied) == (7, 3)  # n6 and s1 own nothing
    assert (found.records, found.by_assistants) == (60 + 30 + 10 + 9 + 11 + 1, 50)
    assert found.share == pytest.approx(50 / 121)
    # one of the South would be told by what is missing from the whole: all are told together
    (row,) = found.departments
    assert (row.department, row.owners, row.share) == (None, 7, pytest.approx(50 / 121))


def test_departments_of_five_and_a_rest_of_five_are_told(
    project: Project, trial: dict[str, int]
) -> None:
    more = [account(project, f"x{n}", profile_id=trial["field"]) for n in range(4)]
    rows = [(202610, key, trial["ann"], 1) for key in [*more, trial["s0"]]]
    owned(project, [*rows, (202610, trial["n0"], trial["ann"], 30)])
    found = proxy.share(project.reader, TODAY)
    assert [(d.department, d.owners, d.share) for d in found.departments] == [
        ("North", 6, pytest.approx(30 / 90)),
        (None, 5, 1.0),
    ]


def test_fewer_than_five_salespeople_are_not_told(project: Project, trial: dict[str, int]) -> None:
    for n in range(2, 6):
        project.execute(SetField("account", trial[f"n{n}"], "profile_id", trial["integration"]))
    owned(project, [(202610, trial["n0"], trial["ann"], 100)])
    found = proxy.share(project.reader, TODAY)
    assert found.known
    assert (found.owners, found.proxied, found.by_assistants, found.share) == (2, 0, 0, None)
    assert all(row.share is None for row in found.departments)


def test_overlapping_batches_count_once_and_others_are_added_up(
    project: Project, trial: dict[str, int]
) -> None:
    ann, n0 = trial["ann"], trial["n0"]
    owned(project, [(202610, n0, ann, 5)], D(2026, 10, 1), D(2026, 10, 15))
    owned(project, [(202610, n0, ann, 7)], D(2026, 10, 10), D(2026, 10, 20))  # overlaps
    owned(project, [(202610, n0, ann, 3)], D(2026, 10, 21), D(2026, 10, 31))
    assert proxy.share(project.reader, TODAY).by_assistants == 10
    owned(project, [(202610, n0, ann, 8)])  # of unknown days: of all of them
    assert proxy.share(project.reader, TODAY).by_assistants == 8


def test_unknown_without_assistants_or_owners(project: Project, trial: dict[str, int]) -> None:
    assert not proxy.share(project.reader, TODAY).known
    owned(project, [(202610, trial["n0"], trial["ann"], 30)])
    assert proxy.share(project.reader, TODAY).known
    project.execute(SetField("profile", trial["assistant"], "kind", "other"))
    assert not proxy.share(project.reader, TODAY).known


def test_the_last_full_month(project: Project) -> None:
    a = account(project, "a")
    assert proxy.last_full_month(project.reader, TODAY) is None
    actions(project, [(a, D(2026, 10, 29), "deal", 1, 0)])  # Friday 30 is still to come
    assert proxy.last_full_month(project.reader, TODAY) == 202609
    actions(project, [(a, D(2026, 10, 30), "deal", 1, 0)])  # a weekend follows
    assert proxy.last_full_month(project.reader, TODAY) == 202610
