"""What the table of sessions shows of each: its half-days, who waits, what it costs."""

from __future__ import annotations

from dataclasses import fields

from crm_pilot.people.queries import FULL_NAME
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, remembered
from crm_pilot.training.halves import HalfDay, halves
from crm_pilot.training.queries import SessionRow, sessions
from crm_pilot.training.terms import Presence

NAMES = tuple(one.name for one in fields(SessionRow))


@dataclass(frozen=True)
class SessionLine(SessionRow):
    """A session with what stands beside it. `listed` counts its waiting list; `missing` those who
    were absent or excused; `costs` is in cents."""

    halves: tuple[HalfDay, ...]
    listed: int
    missing: int
    costs: int | None
    led_by: int | None
    makes_up: int | None
    leader: str

    @property
    def days(self) -> int:
        """On how many days it is held."""
        return len({half.day for half in self.halves})

    @property
    def length(self) -> int:
        """Minutes of all its half-days."""
        return sum(half.minutes for half in self.halves)


@dataclass(frozen=True)
class _Beside:
    id: int
    listed: int
    missing: int
    costs: int | None
    led_by: int | None
    makes_up: int | None
    leader: str


@remembered("training_session", "session_half", "attendance", "course", "waiting", "person")
def session_lines(reader: Reader) -> tuple[SessionLine, ...]:
    """Every session by date and hour; `leader` is the trainer's name, of the project or not."""
    days = halves(reader)
    beside = {row.id: row for row in _beside(reader)}
    return tuple(_line(row, days[row.id], beside[row.id]) for row in sessions(reader))


def _line(row: SessionRow, days: tuple[HalfDay, ...], beside: _Beside) -> SessionLine:
    known = {name: getattr(row, name) for name in NAMES}
    return SessionLine(
        **known,
        halves=days,
        listed=beside.listed,
        missing=beside.missing,
        costs=beside.costs,
        led_by=beside.led_by,
        makes_up=beside.makes_up,
        leader=beside.leader,
    )


def _beside(reader: Reader) -> tuple[_Beside, ...]:
    missed = f"('{Presence.ABSENT}', '{Presence.EXCUSED}')"
    return tuple(
        reader.rows(
            _Beside,
            "SELECT s.id, (SELECT COUNT(*) FROM waiting w WHERE w.session_id = s.id),"
            " (SELECT COUNT(*) FROM attendance t WHERE t.session_id = s.id"
            f"  AND t.presence IN {missed}),"
            " s.cost_cents, s.trainer_id, s.makes_up_id,"
            f" CASE WHEN p.id IS NULL THEN s.trainer ELSE {FULL_NAME.format(table='p')} END"
            " FROM training_session s LEFT JOIN person p ON p.id = s.trainer_id",
        )
    )


def session_line(reader: Reader, key: int) -> SessionLine | None:
    """A session by its id."""
    return next((row for row in session_lines(reader) if row.id == key), None)


def begun(reader: Reader) -> bool:
    """Whether there is a session or a course."""
    return bool(
        reader.value(
            "SELECT EXISTS(SELECT 1 FROM training_session) OR EXISTS(SELECT 1 FROM course)"
        )
    )


@remembered("training_session")
def places(reader: Reader) -> tuple[str, ...]:
    """Rooms that sessions were held in, the latest first."""
    found = reader.select(
        "SELECT place FROM training_session WHERE place <> ''"
        " GROUP BY place ORDER BY MAX(held_on) DESC, place"
    )
    return tuple(row[0] for row in found)
