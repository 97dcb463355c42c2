"""A small roll-out with trouble in it, for tests of governance and of the report."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from crm_pilot.adoption import facts
from crm_pilot.i18n import Message, msg
from crm_pilot.project import Project

TODAY = dt.date(2026, 11, 21)
D = dt.date.fromisoformat
FIRST = ["Claire", "Julien", "Nadia", "Paul", "Sofia", "Hugo", "Inès", "Marc", "Lucie", "Omar"]
LAST = ["Marchand", "Benali", "Lemaire", "Faure", "Roussel", "Morel", "Garnier", "Petit", "Caron"]

DEPARTMENTS = [  # name, wave, people, login days a week, trained, (synergy, antagonism) twice
    ("Télévente", 0, 16, 4.6, 15, (3, 1), (3, 1)),
    ("Grands comptes", 0, 9, 2.1, 6, (3, 2), (3, 2)),
    ("Itinérants Nord", 1, 14, 2.2, 12, (2, 1), (2, 2)),
    ("Itinérants Ouest", 1, 12, 1.4, 9, (2, 2), (2, 2)),
    ("Service client", 1, 18, 4.4, 16, (2, 2), (3, 2)),
    ("Itinérants Est", 2, 10, None, 2, (1, 2), (1, 2)),
    ("Itinérants Sud", 2, 12, None, 1, (2, 2), (2, 3)),
    ("Direction", 2, 3, None, 1, (2, 1), (2, 4)),
]
MILESTONES = [  # title, wave, percent, baseline, announcements (committee index, date)
    ("Vague 1 en service", 0, 100, "2026-09-08", [(2, "2026-09-15")]),
    ("Vague 2 en service", 1, 100, "2026-10-12", [(2, "2026-10-19"), (3, "2026-11-02")]),
    ("Données vague 3 recevables", None, 0, "2026-11-27", [(5, "2026-12-04"), (6, "2026-12-11")]),
    ("Vague 3 en service", 2, 0, "2027-01-05", [(4, "2027-01-08"), (6, "2027-01-12")]),
    ("Clôture du projet", None, 0, "2027-03-31", []),
]
COMMITTEES = ["2026-05-20", "2026-06-24", "2026-07-22", "2026-09-09", "2026-10-01", "2026-10-22"]
NEXT = "2026-11-24"


@dataclass(frozen=True)
class Build:
    """Fill an empty project in one step."""

    label: Message = msg("Build the trial roll-out")

    def apply(self, work: Any) -> None:
        waves = [work.add("wave", name=f"Vague {n + 1}", position=n) for n in range(3)]
        self._plan(work, waves)
        self._people(work, waves)
        self._governance(work)
        self._tickets(work)

    def _plan(self, work: Any, waves: list[int]) -> None:
        baseline = work.add("baseline", name="Référence 1", set_on=D("2026-04-24"))
        phases = [
            ("Conception", "deployment", "2026-04-01", "2026-06-05", 100, 0),
            ("Reprise de données", "deployment", "2026-06-15", "2026-12-11", 80, 14),
            ("Mises en service", "deployment", "2026-09-15", "2027-01-12", 66, 7),
            ("Formation initiale", "adoption", "2026-08-31", "2027-01-08", 70, 21),
            ("Mesure d’usage", "feedback", "2026-09-15", "2027-03-31", 40, 0),
        ]
        for position, (title, pillar, start, finish, percent, slip) in enumerate(phases):
            common = {"pillar": pillar, "start": D(start), "finish": D(finish)}
            phase = work.add(
                "task", kind="phase", title=title, position=position, percent=percent, **common
            )
            task = work.add(
                "task",
                kind="task",
                title=f"{title} : lot 1",
                parent_id=phase,
                percent=percent,
                **common,
            )
            for key in (phase, task):
                work.add(
                    "baseline_task",
                    baseline_id=baseline,
                    task_id=key,
                    start=D(start),
                    finish=D(finish) - dt.timedelta(days=slip),
                )
            if title == "Mises en service":
                self._milestones(work, waves, phase, baseline)

    def _milestones(self, work: Any, waves: list[int], phase: int, baseline: int) -> None:
        for position, (title, wave, percent, base, announced) in enumerate(MILESTONES):
            day = D(announced[-1][1] if announced else base)
            key = work.add(
                "task",
                kind="milestone",
                title=title,
                parent_id=phase,
                position=10 + position,
                start=day,
                finish=day,
                percent=percent,
                committee=True,
                wave_id=None if wave is None else waves[wave],
            )
            work.add(
                "baseline_task", baseline_id=baseline, task_id=key, start=D(base), finish=D(base)
            )
            if wave is not None:
                work.set("wave", waves[wave], milestone_id=key)
            for committee, expected in announced:
                reported = [*COMMITTEES, "2026-11-19"][committee]
                work.add("forecast", task_id=key, reported_on=D(reported), expected_on=D(expected))

    def _people(self, work: Any, waves: list[int]) -> None:
        desk = work.add("profile", name="Sédentaires", expected_low=4, expected_high=5)
        field = work.add("profile", name="Itinérants", expected_low=3, expected_high=5)
        course = work.add("course", title="Gérer ses affaires dans le CRM")
        held = work.add(
            "training_session", course_id=course, held_on=D("2026-10-15"), seats=120, place="Lyon"
        )
        for n, day in enumerate(("2026-11-26", "2026-12-03", "2026-12-10")):
            work.add(
                "training_session",
                course_id=course,
                held_on=D(day),
                seats=12,
                place=("Nantes", "Lille", "Toulouse")[n],
                trainer="C. Roussel",
            )
        work.insert_many(
            "import_batch",
            [
                {
                    "id": 1,
                    "kind": "logins",
                    "source": "l.csv",
                    "imported_at": dt.datetime(2026, 11, 20),
                }
            ],
        )
        logins, actions = [], []
        for n, (name, wave, size, days, trained, before, after) in enumerate(DEPARTMENTS):
            department = work.add("department", name=name, wave_id=waves[wave], position=n)
            group = work.add(
                "stakeholder", name=name, department_id=department, headcount=size, code=f"G-{n}"
            )
            for day, (synergy, antagonism) in (("2026-09-01", before), ("2026-11-10", after)):
                work.add(
                    "rating",
                    stakeholder_id=group,
                    rated_on=D(day),
                    synergy=synergy,
                    antagonism=antagonism,
                    fact="Réunion d’équipe",
                )
            for i in range(size):
                person = work.add(
                    "person",
                    first_name=FIRST[(i + n) % 10],
                    last_name=f"{LAST[i % 9]}-{n}{i}",
                    department_id=department,
                    code=f"P-{n}{i:02d}",
                )
                opened = (D("2026-09-15"), D("2026-11-02"), D("2027-01-12"))[wave]
                profile = desk if name in ("Télévente", "Service client") else field
                account = work.add(
                    "account",
                    external_id=f"U{n}{i:02d}",
                    person_id=person,
                    profile_id=profile,
                    opened_on=opened,
                )
                if i < trained:
                    work.add("attendance", session_id=held, person_id=person, presence="present")
                for day in _login_days(opened, days or 0, i):
                    logins.append((account, day))
                    if i % 5:
                        actions.append((account, day, "opportunity", 1, 2))
        facts.write(work, 1, logins, actions)
        someone = work.select("SELECT id FROM person WHERE code = 'P-600'")[0][0]
        named = work.add(
            "stakeholder", kind="person", name="Claire Marchand-60", person_id=someone, code="P-14"
        )
        for day, synergy, antagonism in (("2026-09-01", 2, 1), ("2026-11-10", 1, 4)):
            work.add(
                "rating",
                stakeholder_id=named,
                rated_on=D(day),
                synergy=synergy,
                antagonism=antagonism,
                fact="A quitté la réunion",
            )

    def _governance(self, work: Any) -> None:
        history = {
            "time": "good good watch watch watch watch",
            "budget": "good good good good watch watch",
            "scope": "good good good good good watch",
            "adoption": "good good good good good watch",
        }
        for n, day in enumerate([*COMMITTEES, NEXT]):
            key = work.add("committee", number=n + 1, held_on=D(day))
            if day == NEXT:
                continue
            for axis, states in history.items():
                work.add("weather_record", committee_id=key, axis=axis, weather=states.split()[n])
        for code, wording, owner, due in (
            (
                "D-021",
                "Valider la vague 3 au 12 janvier 2027, périmètre gelé",
                "H. Marchand, sponsor",
                "2026-11-24",
            ),
            ("D-022", "Porter le budget de 450 à 469 k€", "S. Benali, finances", "2026-11-30"),
            ("D-023", "Fermer l’ancien outil en écriture", "J. Lemaire, ventes", "2026-12-18"),
        ):
            work.add(
                "decision", code=code, wording=wording, owner=owner, due_on=D(due), committee_id=key
            )
        work.add(
            "decision",
            code="D-018",
            wording="Nommer un référent par agence",
            status="in_progress",
            owner="C. Roussel, RH",
            due_on=D("2026-11-13"),
        )
        for code, title, response, p, i, owner in (
            ("R-07", "Données refusées le 11 déc.", "Équipe renforcée", 3, 4, "N. Faure, DSI"),
            ("R-12", "Terrain non formé", "Six sessions en agence", 3, 3, "C. Roussel, RH"),
            ("R-04", "Double saisie", "Fermeture en écriture", 2, 3, "J. Lemaire, ventes"),
        ):
            work.add(
                "risk",
                code=code,
                title=title,
                response=response,
                probability=p,
                impact=i,
                owner=owner,
            )
        for n, (lead, detail) in enumerate(
            (
                ("Vague 2 en service le 2 nov.", "44 utilisateurs ouverts, sans interruption."),
                ("Données Ouest et Sud refusées.", "3,1 % de doublons, seuil 1 %."),
            )
        ):
            work.add("highlight", noted_on=D(f"2026-11-{3 + n:02d}"), lead=lead, detail=detail)
        for n, (name, base, spent, rest, reason) in enumerate(
            (
                ("Licences et abonnements", 96, 84, 12, "Conforme au contrat"),
                ("Intégration et paramétrage", 148, 131, 29, "Passerelle, secteurs"),
                ("Données et interfaces", 62, 54, 17, "Doublons, 3e essai à blanc"),
                ("Formation et accompagnement", 68, 38, 34, "51 places de rattrapage"),
                ("Équipe projet interne", 58, 40, 16, "Poste vacant en août"),
                ("Provision pour aléas", 18, 4, 10, "4 k€ engagés"),
            )
        ):
            work.add(
                "budget_line",
                name=name,
                baseline_cents=base * 100_000,
                spent_cents=spent * 100_000,
                remaining_cents=rest * 100_000,
                reason=reason,
                position=n,
            )
        for n in range(20):
            work.add(
                "feature",
                name=f"Fonction {n}",
                promised_on=D("2026-10-01"),
                delivered_on=D("2026-09-20") if n < 18 else None,
            )

    def _tickets(self, work: Any) -> None:
        rows = []
        for n in range(90):
            opened = dt.datetime(2026, 9, 1, 9) + dt.timedelta(days=n * 0.9)
            open_now = n % 4 == 0 or n > 74
            resolved = None if open_now else opened + dt.timedelta(days=3 + n % 9)
            rows.append(
                {
                    "number": f"T-{n:04d}",
                    "title": f"Ticket {n}",
                    "opened_at": opened,
                    "kind": ("corrective", "evolutive", "question", "unsorted")[
                        n % 4 if n % 3 else 0
                    ],
                    "status": "new" if resolved is None else "closed",
                    "resolved_at": resolved,
                    "closed_at": resolved,
                    "impact": 1 + n % 3,
                    "urgency": 1 + n % 2,
                }
            )
        work.insert_many("ticket", rows)


def _login_days(opened: dt.date, per_week: float, seed: int) -> list[dt.date]:
    """Working days of a regular user, the last ones up to 20 November."""
    found, due = [], seed * 0.37
    for n in range((dt.date(2026, 11, 20) - opened).days + 1):
        day = opened + dt.timedelta(days=n)
        if day.weekday() < 5:
            due += per_week / 5
            if due >= 1:
                due -= 1
                found.append(day)
    return found


def build(language: str = "fr") -> Project:
    """The roll-out in a new, unsaved project, as of `TODAY`."""
    return Project.create(Build(), name="Déploiement Salesforce – Ventes France", language=language)
