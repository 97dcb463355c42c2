"""Plans made up for the printed Gantt, and what it draws read back."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass

from crm_pilot.planning import rules
from crm_pilot.planning.calendars import DayOff, FreeDays
from crm_pilot.planning.rows import LinkRow, TaskRow
from crm_pilot.planning.terms import LinkKind, Pillar, TaskKind
from crm_pilot.reports.gantt_pages_source import Source

START = dt.date(2026, 4, 1)
ONE_DAY = dt.timedelta(days=1)
WORDS = (
    "Reprise des données",
    "Paramétrage du modèle de vente",
    "Recette utilisateurs",
    "Formation des référents",
    "Migration des comptes clés et des contacts rattachés, doublons compris",
    "Passerelle de messagerie",
    "Dédoublonnage clients",
    "Enquête de satisfaction",
)
OWNERS = ("N. Faure", "A. Morel", "C. Roussel", "K. Diallo", "L. Garnier", "J. Lemaire")


@dataclass
class _Plan:
    dice: random.Random
    today: dt.date
    rows: list[TaskRow]
    links: list[LinkRow]

    def line(
        self, parent: int | None, kind: TaskKind, pillar: Pillar, day: dt.date, days: int
    ) -> TaskRow:
        key = len(self.rows) + 1
        start = rules.next_working_day(day)
        finish = rules.after_working_days(start, days) if days else start
        slip = dt.timedelta(days=self.dice.choice((0, 0, 7, 14, -3)))
        owner = self.dice.randrange(len(OWNERS))
        percent = 100 if finish < self.today else 0 if start > self.today else 40
        phase = kind is TaskKind.PHASE
        row = TaskRow(
            key,
            parent,
            key,
            kind,
            pillar,
            f"{self.dice.choice(WORDS)} {key}",
            None if phase else start,
            None if phase else finish,
            percent,
            None if phase else owner + 1,
            "" if phase else OWNERS[owner],
            None,
            False,
            "",
            None if phase else start - slip,
            None if phase else finish - slip,
        )
        self.rows.append(row)
        return row


def plan(count: int, months: int, seed: int = 1) -> Source:
    """`count` lines over about so many months: phases of a dozen lines, chains of links between
    neighbours and across phases, a milestone at the end of each phase."""
    dice = random.Random(seed)
    span = months * 30
    made = _Plan(dice, START + dt.timedelta(days=span // 3), [], [])
    phases = max(1, count // 12)
    lengths = (1, 2, 3, 5, 8) if count < 60 else (1, 2, 3, 5, 8, 10, 15, 20, 40)
    for number in range(phases):
        pillar = list(Pillar)[number * 3 // phases]
        phase = made.line(None, TaskKind.PHASE, pillar, START, 0)
        inside = (count - phases) // phases + (number < (count - phases) % phases)
        day = START + dt.timedelta(days=int(span * 0.85 * number / phases))
        before: int | None = None
        for place in range(inside):
            last = place == inside - 1
            kind = TaskKind.MILESTONE if last else TaskKind.TASK
            days = 0 if last else dice.choice(lengths)
            row = made.line(phase.id, kind, pillar, day, days)
            if before is not None and dice.random() < 0.8:
                kind_ = dice.choice((*[LinkKind.FS] * 6, *LinkKind))
                made.links.append(LinkRow(len(made.links) + 1, before, row.id, False, kind_))
            before = row.id
            assert row.finish is not None
            day = row.finish + dt.timedelta(days=1 if dice.random() < 0.8 else -4)
        if number and before is not None:
            other = dice.randrange(1, phase.id)
            made.links.append(LinkRow(len(made.links) + 1, other, before, False))
    rows = rules.roll_up(made.rows)
    return Source(
        project="Déploiement Salesforce – Ventes France",
        company="Exemple SA",
        today=made.today,
        rows=tuple(rows),
        links=tuple(made.links),
        critical=frozenset(row.id for row in rows if row.id % 3 == 0),
        free=weekends(START - 60 * ONE_DAY, START + dt.timedelta(days=span + 400)),
        baseline_name="Plan de référence n° 1",
        baseline_on=dt.date(2026, 3, 24),
        sentences=(
            ("fr", "le dédoublonnage commande la vague 3 ; 12 tâches sont en retard."),
            ("en", "deduplication drives wave 3; 12 tasks are late."),
        ),
    )


def weekends(first: dt.date, last: dt.date) -> tuple[FreeDays, ...]:
    """Saturdays and Sundays, and a closure in the first winter."""
    day = first + (5 - first.weekday()) % 7 * ONE_DAY
    made = [FreeDays(dt.date(2026, 12, 24), dt.date(2027, 1, 1), DayOff.CLOSURE, "Fermeture")]
    while day < last:
        made.append(FreeDays(day, day + ONE_DAY, DayOff.WEEKEND))
        day += 7 * ONE_DAY
    return tuple(made)
