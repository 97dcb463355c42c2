"""A roll-out in good health, and the same with one trouble planted in it.

Fifty-eight veterans in three departments, eight newcomers and five assistants; login days and
records from 29 June to 20 November 2026. Everything is written by one command, as by an import.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from crm_pilot.adoption import facts
from crm_pilot.i18n import Message, msg
from crm_pilot.project import Project

TODAY = dt.date(2026, 11, 23)
LAST = dt.date(2026, 11, 20)
FIRST = dt.date(2026, 6, 29)
D = dt.date.fromisoformat
TROUBLES = (
    *("D1", "D1 quiet", "D2", "D3", "D5", "D5 minutes", "D6", "D7", "D8", "D8 sponsor", "D9"),
    *("D12", "D14"),
)
DEPARTMENTS = (("Nord", 0, 20), ("Sud", 1, 32), ("Siège", 1, 6))  # name, wave, veterans
NEWCOMERS = 8
ASSISTANTS = 5
QUIET_FROM = dt.date(2026, 10, 29)
FALLING = {7: 0.9, 8: 0.8, 9: 0.7, 10: 0.6, 11: 0.6}  # regularity by month, of a use that decays


@dataclass(frozen=True)
class User:
    """An account as planted."""

    account: int
    person: int
    department: str
    kind: str  # veteran, newcomer, assistant
    number: int
    opened: dt.date


@dataclass(frozen=True)
class Plant:
    """Fill an empty project; `trouble` is one of `TROUBLES`, or empty."""

    trouble: str = ""
    first: dt.date = FIRST
    label: Message = msg("Plant a roll-out")

    def apply(self, work: Any) -> None:
        work.set("project", 1, sponsor_agreed=True)
        users = self._people(work)
        self._features(work)
        self._training(work, users)
        self._committee(work, users)
        batch = {"id": 1, "kind": "logins", "source": "l.csv", "first_day": FIRST, "last_day": LAST}
        work.insert_many("import_batch", [{**batch, "imported_at": dt.datetime(2026, 11, 22)}])
        self._use(work, users)
        self._owned(work, users)

    # people ------------------------------------------------------------------------------------

    def _people(self, work: Any) -> list[User]:
        council = D("2026-05-04")
        work.add(
            "task", kind="milestone", title="CSE", pillar="deployment", mark="works_council",
            start=council, finish=council, percent=100, position=9,
        )  # fmt: skip
        waves = []
        for number, day in enumerate((D("2026-06-15"), D("2026-06-22"))):
            live = work.add(
                "task", kind="milestone", title=f"Go-live {number}", pillar="deployment",
                start=day, finish=day, percent=100, position=number,
            )  # fmt: skip
            names = {"name": f"Wave {number}", "position": number, "pilot": number == 0}
            waves.append(work.add("wave", milestone_id=live, **names))
        field = work.add("profile", name="Field", expected_low=3, expected_high=5, kind="field")
        desk = work.add("profile", name="Desk", expected_low=4, expected_high=5, kind="assistant")
        users: list[User] = []
        for position, (name, wave, size) in enumerate(DEPARTMENTS):
            department = work.add("department", name=name, wave_id=waves[wave], position=position)
            kinds = [("veteran", D("2026-06-15"))] * size
            if name == "Nord":
                kinds += [("newcomer", D("2026-09-01"))] * NEWCOMERS
                kinds += [("assistant", D("2026-06-15"))] * ASSISTANTS
            for kind, opened in kinds:
                number = len(users)
                person = work.add("person", last_name=f"Secret-{number}", department_id=department)
                account = work.add(
                    "account", external_id=f"U{number}", person_id=person, opened_on=opened,
                    profile_id=desk if kind == "assistant" else field,
                )  # fmt: skip
                users.append(User(account, person, name, kind, number, opened))
        return users

    def _features(self, work: Any) -> None:
        for name in ("account", "contact", "activity", "opportunity", "quote", "mailbox"):
            work.add("crm_object", name=name, kind=name)
        objects = dict(work.select("SELECT name, id FROM crm_object"))
        rows = [
            ("Quotes", "2026-06-15", True, "quote"),
            ("Mailbox link", "2026-06-15", False, "mailbox"),
            ("Dashboards", "2026-09-07", False, None),
        ]
        if self.trouble == "D12":
            rows += [(f"More {n}", "2026-10-05", False, None) for n in range(4)]
        for position, (name, day, major, thing) in enumerate(rows):
            key = work.add(
                "feature", name=name, delivered_on=D(day), major=major, position=position
            )
            if thing:
                work.add("feature_object", feature_id=key, object_id=objects[thing])

    def _training(self, work: Any, users: list[User]) -> None:
        course = work.add("course", title="First steps")
        for (feature,) in work.select(
            "SELECT id FROM feature WHERE name IN ('Quotes', 'Mailbox link', 'Dashboards')"
        ):
            work.add("course_feature", course_id=course, feature_id=feature)
        short = work.add("course", title="Quick help", formal=False)
        first = work.add(
            "training_session", course_id=course, held_on=D("2026-06-10"), minutes=420, seats=90
        )
        late = work.add(
            "training_session", course_id=course, held_on=D("2026-09-15"), minutes=210, seats=90
        )
        help_day = work.add(
            "training_session", course_id=short, held_on=D("2026-09-15"), minutes=120, seats=90
        )
        work.add("training_session", course_id=course, held_on=D("2026-12-15"), seats=90)
        if self.trouble == "D5 minutes":
            work.set("training_session", late, minutes=60)
        for user in users:
            session = late if user.kind == "newcomer" else first
            if self.trouble == "D5" and user.kind == "newcomer":
                session = help_day
            work.add("attendance", session_id=session, person_id=user.person, presence="present")

    def _committee(self, work: Any, users: list[User]) -> None:
        held = D("2026-09-02") if self.trouble == "D8" else D("2026-11-05")
        key = work.add("committee", number=1, held_on=held)
        for code, status in (("D-001", "validated"), ("D-002", "proposed")):
            work.add(
                "decision", code=code, wording="Open wave 3", owner="Sponsor", status=status,
                due_on=D("2026-12-01"), committee_id=key,
            )  # fmt: skip
        boss = next(user for user in users if user.department == "Siège")
        work.add("role", name="Sponsor", kind="sponsor", person_id=boss.person)

    # use ---------------------------------------------------------------------------------------

    def _use(self, work: Any, users: list[User]) -> None:
        logins, actions = [], []
        for user in users:
            for day in self._days(user, users):
                logins.append((user.account, day))
                actions += self._records(user, day)
        facts.write(work, 1, logins, () if self.trouble == "D14" else actions)

    def _days(self, user: User, users: list[User]) -> list[dt.date]:
        found, due = [], (user.number % 5) / 5
        for n in range((LAST - max(self.first, user.opened)).days + 1):
            day = max(self.first, user.opened) + dt.timedelta(days=n)
            if day.weekday() > 4:
                continue
            due += self._pace(user, day, users)
            if due >= 1:
                due -= 1
                found.append(day)
        return found

    def _pace(self, user: User, day: dt.date, users: list[User]) -> float:
        """Login days a working day."""
        if self.trouble == "D3" and user.department == "Sud":
            return 0.2
        if self.trouble == "D6":
            return FALLING.get(day.month, 0.9)
        if self.trouble == "D1 quiet" and day >= QUIET_FROM and user.number % 10:
            return 0.0
        if self.trouble == "D8 sponsor" and user.department == "Siège":
            boss = next(one for one in users if one.department == "Siège")
            return 0.2 if user == boss else 0.8
        return 0.8

    def _records(self, user: User, day: dt.date) -> list[tuple[int, dt.date, str, int, int]]:
        """(account, day, object, created, updated) of a login day."""
        made = []
        buried = self.trouble == "D1"
        made.append((user.account, day, "contact", 0, 12 if buried else 1))
        if not buried or user.number % 7 == 0:
            made.append((user.account, day, "opportunity", 1, 2))
        if self.trouble != "D2":
            made.append((user.account, day, "quote", 1, 0))
        if not (self.trouble == "D7" and user.kind == "newcomer"):
            made.append((user.account, day, "mailbox", 0, 1))
        return made

    def _owned(self, work: Any, users: list[User]) -> None:
        """Assistants create 4 records a month for each veteran of Sud, or many more."""
        hands = [user.account for user in users if user.kind == "assistant"]
        count = 80 if self.trouble == "D9" else 4
        rows = [
            (month, user.account, hands[user.number % len(hands)], count)
            for month in (202609, 202610, 202611)
            for user in users
            if user.department == "Sud"
        ]
        facts.write_owned(work, 1, rows)


def plant(trouble: str = "", first: dt.date = FIRST) -> Project:
    """A new, unsaved project, as of `TODAY`."""
    return Project.create(Plant(trouble, first), name="Planted", starts_on=dt.date(2026, 1, 5))
