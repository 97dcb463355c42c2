"""Login days and records of the demonstration, week by week, as three imports hold them."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from random import Random
from typing import TYPE_CHECKING, Any

from crm_pilot.adoption import facts
from crm_pilot.demo.people import Department, People
from crm_pilot.demo.samples import Words, dice, load
from crm_pilot.records import dataclass

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

YEAR = 2026
DAY = dt.timedelta(days=1)
Login = tuple[int, dt.date]  # account, day
Action = tuple[int, dt.date, str, int, int]  # account, day, object, created, updated
Owned = tuple[dt.date, int, int]  # day, account it is for, account that created it
RECENT = dt.date(2026, 10, 24)  # acted after this day: within 28 days of the last import


@dataclass(frozen=True)
class Facts:
    """What the imports bring, in order."""

    logins: list[Login]
    actions: list[Action]
    owned: tuple[Owned, ...]


@dataclass
class Habit:
    """How one account behaves: its share of the department's days, and when it records."""

    account: int
    opened_on: dt.date
    weight: float
    records_from: dt.date | None = None
    records_until: dt.date | None = None

    def records_in(self, week: list[dt.date]) -> bool:
        """Whether the account records something in a week of working days."""
        return any(self.records_on(day) for day in week)

    def records_on(self, day: dt.date) -> bool:
        """Whether what the account does on `day` leaves records."""
        if self.records_from is None or day < self.records_from:
            return False
        return self.records_until is None or day <= self.records_until


def fill(work: Work, words: Words, people: People) -> None:
    """Write the import batches with their login days and records."""
    data = load("usage")
    logins: list[Login] = []
    actions: list[Action] = []
    names = _objects(work, words, data["object"])
    for key, plan in data["department"].items():
        chance = dice(f"usage/{key}")
        habits = _habits(chance, people.departments[key], plan, data["stopped_on"])
        theirs = list(_logins(chance, habits, plan, data))
        logins += theirs
        made = list(_actions(chance, habits, theirs, [names[one] for one in plan["objects"]]))
        actions += made
        shares = {names[one]: some[key] for one, some in data["also"].items() if key in some}
        actions += _also(dice(f"usage/also/{key}"), made, shares, len(habits))
    _integrations(people, names, logins, actions)
    owned = tuple(_owned(people, data["proxy"], actions))
    _absences(work, people, data["away"], logins)
    _batches(work, words, data["import"], Facts(sorted(logins), sorted(actions), owned))


def _objects(work: Work, words: Words, objects: dict[str, Any]) -> dict[str, str]:
    """Store what the CRM calls its tables; names by key."""
    names = {key: words(one) for key, one in objects.items()}
    for key, one in objects.items():
        work.add("crm_object", name=names[key], kind=one.get("kind", key))
    return names


def _week(number: int, holidays: list[dt.date]) -> list[dt.date]:
    """Working days of an ISO week."""
    days = (dt.date.fromisocalendar(YEAR, number, day) for day in range(1, 6))
    return [day for day in days if day not in holidays]


def _habits(
    chance: Random, here: Department, plan: dict[str, Any], stopped_on: dt.date
) -> list[Habit]:
    """Who logs in never, who records, from when on and until when."""
    users = chance.sample(here.users, len(here.users))
    users.sort(key=lambda user: user.newcomer)  # newcomers are not among the first to record
    later = [(week, one) for week, count in plan["later"] for one in range(count)]
    recording = plan["start"] + len(later)
    habits = []
    for place, user in enumerate(users):
        habit = Habit(user.account_id, user.opened_on, chance.uniform(0.25, 0.75))
        if place < recording:
            habit.weight += 0.6
            habit.records_from = _start(chance, plan, place, later)
            if place < plan["stop"]:
                habit.records_until = stopped_on - DAY * chance.randrange(0, 9)
        elif place >= len(users) - plan["never"]:
            habit.weight = 0.0
        habits.append(habit)
    return habits


def _start(
    chance: Random, plan: dict[str, Any], place: int, later: list[tuple[int, int]]
) -> dt.date:
    """First day of recording: half of the wave in the first week, the rest in the next two;
    those of `later` in the week they are given for."""
    if place >= plan["start"]:
        return dt.date.fromisocalendar(YEAR, later[place - plan["start"]][0], 1)
    spread = 0 if plan["first"] > 40 else chance.choice((0, 0, 0, 1, 1, 2))
    return dt.date.fromisocalendar(YEAR, plan["first"] + spread, 1)


def _logins(
    chance: Random, habits: list[Habit], plan: dict[str, Any], data: dict[str, Any]
) -> Iterator[Login]:
    """Login days so that the accounts open all week meet the mean of their week."""
    for offset, mean in enumerate(plan["days"]):
        days = _week(plan["first"] + offset, data["holidays"])
        live = max(days[0], min(habit.opened_on for habit in habits))
        days = [day for day in days if day >= live]
        present = [habit for habit in habits if habit.opened_on <= live]
        total = round(mean * len(present) * len(days) / 5)
        for habit, count in _share(chance, present, total, days):
            yield from ((habit.account, day) for day in sorted(chance.sample(days, count)))
        for habit in habits:
            own = [day for day in days if live < habit.opened_on <= day]
            yield from ((habit.account, day) for day in own)


def _share(
    chance: Random, present: list[Habit], total: int, days: list[dt.date]
) -> list[tuple[Habit, int]]:
    """Give out `total` login days by weight, at least one to those who record, at most all."""
    counts = [1 if habit.records_in(days) else 0 for habit in present]
    left = total - sum(counts)
    weights = [habit.weight for habit in present]
    places = range(len(present))
    while left > 0 and any(weights):
        place = chance.choices(places, weights)[0]
        if counts[place] < len(days):
            counts[place] += 1
            left -= 1
        else:
            weights[place] = 0.0
    return list(zip(present, counts, strict=True))


def _actions(
    chance: Random, habits: list[Habit], logins: Iterable[Login], objects: list[str]
) -> Iterator[Action]:
    """Records on the login days of those who record; at least on the first of each week."""
    by_account = {habit.account: habit for habit in habits}
    seen: set[tuple[int, int]] = set()
    for account, day in logins:
        if not by_account[account].records_on(day):
            continue
        week = (account, day.isocalendar().week)
        if week in seen and chance.random() > 0.7:
            continue
        seen.add(week)
        first = 0 if chance.random() < 0.7 else chance.randrange(len(objects))
        for name in dict.fromkeys((objects[first], chance.choice(objects))):
            yield account, day, name, chance.randrange(1, 5), chance.randrange(0, 7)


def _also(
    chance: Random, made: list[Action], shares: dict[str, int], accounts: int
) -> Iterator[Action]:
    """Records of other objects, on days on which the account records something anyway."""
    days: dict[int, set[dt.date]] = {}
    for account, day, *_ in made:
        days.setdefault(account, set()).add(day)
    lately = sorted(key for key, theirs in days.items() if max(theirs) > RECENT)
    for name, share in shares.items():
        for account in chance.sample(lately, min(len(lately), round(share * accounts / 100))):
            last = max(days[account])
            for day in sorted(days[account]):
                if day == last or chance.random() < 0.4:
                    yield account, day, name, chance.randrange(0, 3), chance.randrange(1, 5)


def _owned(people: People, proxy: dict[str, Any], actions: Iterable[Action]) -> Iterator[Owned]:
    """Records that assistants create in the name of salespeople."""
    chance = dice("usage/proxy")
    sellers = [user.account_id for user in people.departments[proxy["department"]].users]
    assistants = set(people.assistants)
    done: Counter[tuple[dt.date, int]] = Counter()
    for account, day, _, created, _ in actions:
        if account in assistants:
            done[day, account] += created
    for (day, account), created in sorted(done.items()):
        for _ in range(created):
            if chance.randrange(100) < proxy["share"]:
                yield day, chance.choice(sellers), account


def _absences(
    work: Work, people: People, weeks: list[dict[str, Any]], logins: Iterable[Login]
) -> None:
    """Days away of users, where they did not log in."""
    present = {(account, day.isocalendar().week) for account, day in logins}
    users = [user for here in people.departments.values() for user in here.users]
    for one in weeks:
        week = one["week"]
        away = [
            user.person_id
            for user in users
            if (user.account_id, week - 1) in present and (user.account_id, week) not in present
        ]
        chance = dice(f"usage/away/{week}")
        for person in sorted(chance.sample(away, min(one["count"], len(away)))):
            first = dt.date.fromisocalendar(YEAR, week, 1)
            work.add("absence", person_id=person, first=first, last=first + 4 * DAY, part="day")


def _integrations(
    people: People, names: dict[str, str], logins: list[Login], actions: list[Action]
) -> None:
    """Interfaces log in every day and write much; they are not measured."""
    day = dt.date(2026, 9, 15)
    while day < people.status_date:
        for account in people.integrations:
            logins.append((account, day))
            actions.append((account, day, names["account"], 40, 260 + day.day))
        day += DAY


def _batches(work: Work, words: Words, imports: list[dict[str, Any]], found: Facts) -> None:
    for number, one in enumerate(imports, 1):
        first, last = one["first"], one["last"]
        days = [row for row in found.logins if first <= row[1] <= last]
        records = [row for row in found.actions if first <= row[1] <= last]
        owned = Counter(
            (facts.month_of(day), owner, account)
            for day, owner, account in found.owned
            if first <= day <= last
        )
        batch = 2 * number - 1
        _batch(work, words, one, "logins", batch, len(days))
        _batch(work, words, one, "actions", batch + 1, len(records))
        facts.write(work, batch, logins=days)
        facts.write(work, batch + 1, actions=records)
        facts.write_owned(work, batch + 1, [(*key, count) for key, count in owned.items()])


def _batch(
    work: Work, words: Words, one: dict[str, Any], kind: str, number: int, kept: int
) -> None:
    """One import; a login log has about three rows for each day it gives, and its note says which
    statuses and types were met."""
    seen = load("usage")["seen"]
    work.add(
        "import_batch",
        id=number,
        kind=kind,
        source=words(one[kind]),
        imported_at=dt.datetime.fromisoformat(one["at"]),
        rows_read=kept * 3 + 41 if kind == "logins" else kept,
        rows_kept=kept,
        first_day=one["first"],
        last_day=one["last"],
        note=_note(seen, kept) if kind == "logins" else "",
    )


def _note(seen: dict[str, dict[str, int]], kept: int) -> str:
    """How often each status and type was met, as an import of logins notes it."""
    told = {
        reason: {word: round(kept * 3 * share / 1000) for word, share in some.items()}
        for reason, some in seen.items()
    }
    return json.dumps(told, ensure_ascii=False)
