"""People and groups of the map from lists that people keep: messy ones, wrong ones, and again."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_pilot import exchange, i18n
from crm_pilot.errors import UserError
from crm_pilot.exchange.importing import guess_kind
from crm_pilot.exchange.outcome import outcome
from crm_pilot.exchange.plan import ImportPlan, Severity
from crm_pilot.exchange.registry import likely_kind
from crm_pilot.exchange.stakeholder_formats import (
    Axis,
    read_headcount,
    read_level,
    read_position,
)
from crm_pilot.project import Add, Project, SetFields

HEAD = "Groupe;Service;Effectif;Influence;Synergie;Antagonisme;Coté le;Fait observé"


@pytest.fixture
def roll_out(project: Project) -> Project:
    """A project with two departments, a profile, three people; today is 16 November 2026."""
    days = {"starts_on": dt.date(2026, 1, 12), "status_date": dt.date(2026, 11, 16)}
    project.execute(SetFields("project", 1, days))
    for name, short in (("Ventes", "VTE"), ("Service client", "SC")):
        project.execute(Add("department", {"name": name, "short": short}))
    project.execute(Add("profile", {"name": "Commercial"}))
    for first, last, number in (
        ("Anne", "Le Goff", "7"),
        ("Ali", "Petit", "8"),
        ("Zoé", "Roy", ""),
    ):
        values = {"first_name": first, "last_name": last, "external_id": number or None}
        project.execute(
            Add("person", values | {"email": f"{first.lower()}@x.fr".replace("é", "e")})
        )
    return project


def write(tmp_path: Path, *lines: str, name: str = "carte.csv", encoding: str = "cp1252") -> Path:
    path = tmp_path / name
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode(encoding))
    return path


def plan(project: Project, path: Path, **options: Any) -> ImportPlan:
    options = {"language": "en", **options}
    return exchange.plan_import("stakeholders", path, project.reader, **options)


def told(found: ImportPlan, severity: Severity = Severity.ERROR) -> list[str]:
    return [i18n.show(p.sentence) for p in found.problems if p.severity is severity]


def apply(project: Project, found: ImportPlan) -> None:
    assert told(found) == []
    project.execute(exchange.apply_command(found))


def units(project: Project, columns: str = "name, kind, headcount") -> list[tuple[Any, ...]]:
    return project.reader.select(f"SELECT {columns} FROM stakeholder ORDER BY id")


def ratings(project: Project) -> list[tuple[Any, ...]]:
    return project.reader.select(
        "SELECT u.name, r.rated_on, r.synergy, r.antagonism, r.fact, r.author, r.provisional"
        " FROM rating r JOIN stakeholder u ON u.id = r.stakeholder_id ORDER BY r.id"
    )


# what comes in ---------------------------------------------------------------------------------


def test_a_french_list_with_everything(roll_out: Project, tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "Type;Nom;Prénom;Matricule;Service;Effectif;Profil CRM;Influence;Référent;Rattaché à;"
        "Influence sur;Influencé par;Synergie;Antagonisme;Coté le;Fait observé;Coté par;"
        "Synergie cible;Antagonisme cible;Date cible;Rôle;Commentaire",
        "groupe;Itinérants Sud;;;Ventes;46;commercial;forte;LE GOFF Anne;;Siège | Roy Zoé;;+2;-3;"
        "16/11/2026;31 présents sur 46 l’ont demandé;Zoé;3;2;08/01/2027;Relais;À revoir",
        "groupe;Siège;;;SC;1 200;;moyenne;;;;;2 - intéressé;A1;2026-10-14;Ont écrit;;;;;;",
        "personne;Petit;Ali;8;VTE;;;3;;Itinérants Sud;;Siège;engagé;conciliante;15/10/2026;"
        "A tenu la session;;;;;;",
        "Personne;Roy;Zoé;;;;;faible;;;;;;;;;;;;;;",
    )
    found = plan(roll_out, path)
    assert found.understood.encoding == "cp1252"
    assert found.understood.delimiter == ";"
    assert guess_kind(path) == "stakeholders"
    assert [found.counts[n] for n in ("new", "ratings", "ties", "people")] == [4, 3, 4, 0]
    assert units(roll_out) == []  # checked only
    shown = outcome(found, roll_out.reader)
    assert [row.state for row in shown.rows] == ["new"] * 4
    apply(roll_out, found)
    assert units(
        roll_out,
        "name, kind, code, headcount, influence, department_id, profile_id, person_id, owner_id",
    ) == [
        ("Itinérants Sud", "group", "", 46, 3, 1, 1, None, 1),
        ("Siège", "group", "", 1200, 2, 2, None, None, None),
        ("Ali Petit", "person", "P-01", 1, 3, 1, None, 2, None),
        ("Zoé Roy", "person", "P-02", 1, 1, None, None, 3, None),
    ]
    assert units(roll_out, "target_synergy, target_antagonism, target_date, role, note")[0] == (
        *(3, 2, "2027-01-08", "Relais", "À revoir"),
    )
    assert ratings(roll_out) == [
        ("Itinérants Sud", "2026-11-16", 2, 3, "31 présents sur 46 l’ont demandé", "Zoé", 0),
        ("Siège", "2026-10-14", 2, 1, "Ont écrit", "", 0),
        ("Ali Petit", "2026-10-15", 4, 1, "A tenu la session", "", 0),
    ]
    assert roll_out.reader.select(
        "SELECT from_id, kind, to_id FROM stakeholder_tie ORDER BY from_id, to_id"
    ) == [(1, "influences", 2), (1, "influences", 4), (2, "influences", 3), (3, "reports_to", 1)]


def test_one_step_back_and_nothing_new_the_second_time(roll_out: Project, tmp_path: Path) -> None:
    path = write(
        tmp_path,
        HEAD + ";Rattaché à",
        "Nord;Ventes;52;2;2;1;19/05/2026;Présents;",
        "Sud;Ventes;46;3;2;3;16/11/2026;Refus;Nord",
    )
    apply(roll_out, plan(roll_out, path))
    assert plan(roll_out, path).changes.nothing
    roll_out.undo()
    assert (units(roll_out), ratings(roll_out)) == ([], [])
    assert roll_out.reader.value("SELECT count(*) FROM stakeholder_tie") == 0
    roll_out.redo()
    assert len(ratings(roll_out)) == 2
    more = write(
        tmp_path,
        HEAD + ";Rattaché à",
        "NORD;;54;;2;1;2026-05-19;Présents;",
        "Sud;Ventes;;;3;3;2026-11-16;A changé d’avis;Nord",
    )
    found = plan(roll_out, more)
    assert [found.counts[n] for n in ("new", "changed", "ratings", "ties")] == [0, 2, 1, 0]
    before = [row.before for row in outcome(found, roll_out.reader).rows]
    assert 52 in before[0].values()
    apply(roll_out, found)
    assert units(roll_out) == [("Nord", "group", 54), ("Sud", "group", 46)]
    assert len(ratings(roll_out)) == 3  # never overwritten


def test_the_simple_rating_is_to_be_refined(roll_out: Project, tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "Partie prenante;Effectif;Attitude;Fait",
        "Nord;52;Locomotives;A proposé",
        "Sud;46;opposants;A refusé",
        "Est;12;hésitante;A attendu",
    )
    found = plan(roll_out, path)
    assert told(found, Severity.WARNING) == [
        "Line 1: no column for the day of the ratings: they are dated today"
    ]
    apply(roll_out, found)
    assert [row[1:4] + row[6:] for row in ratings(roll_out)] == [
        ("2026-11-16", 3, 2, 1),
        ("2026-11-16", 2, 3, 1),
        ("2026-11-16", 2, 2, 1),
    ]


def test_several_days_of_one_group_are_its_route(roll_out: Project, tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "Stakeholder,Department,Rating,Rated on,Observed fact",
        "Sud,Ventes,+2/-1,2026-05-19,Lent maps",
        "Sud,Ventes,S2 A2,2026-10-14,Criticised",
        "Sud,,2/3,2026-11-16,Refused",
        encoding="utf-8",
    )
    found = plan(roll_out, path)
    assert found.counts["new"] == 1
    apply(roll_out, found)
    assert [row[2:4] for row in ratings(roll_out)] == [(2, 1), (2, 2), (2, 3)]


def test_known_by_code_number_address_and_name(roll_out: Project, tmp_path: Path) -> None:
    for name, person in (("Anne Le Goff", 1), ("Ali Petit", 2)):
        values = {"kind": "person", "name": name, "code": f"P-{person}4", "person_id": person}
        roll_out.execute(Add("stakeholder", values))
    path = write(
        tmp_path,
        "Code;Nom;Prénom;Matricule;Courriel;Influence;Synergie",
        "p-14;;Anne;;;3;",
        ";PETIT;Ali;8;;3;",
        ";Quelqu’un;;;ZOE@x.fr;2;",
    )
    apply(roll_out, plan(roll_out, path))
    assert units(roll_out, "name, code, influence, person_id") == [
        ("Anne", "P-14", 3, 1),
        ("Ali Petit", "P-24", 3, 2),
        ("Quelqu’un", "P-25", 2, 3),
    ]
    assert roll_out.reader.value("SELECT count(*) FROM person") == 3


def test_groups_of_one_name_in_two_departments(roll_out: Project, tmp_path: Path) -> None:
    head = "Groupe;Service;Effectif;Influence"
    path = write(tmp_path, head, "Cadres;Ventes;5;2", "Cadres;SC;6;2")
    apply(roll_out, plan(roll_out, path))
    assert units(roll_out) == [("Cadres", "group", 5), ("Cadres", "group", 6)]
    again = write(tmp_path, head, "Cadres;Service client;9;2", "Cadres;;7;2")
    assert told(plan(roll_out, again)) == [
        "Line 3, column “Groupe”, value “Cadres”: 2 stakeholders have this name:"
        " give the code, or the department"
    ]


# what is wrong ---------------------------------------------------------------------------------

WRONG = [
    (
        "Nord;Ventes;52;2;5;1;19/05/2026;Vu",
        "Line 2, column “Synergie”, value “5”: no level from 1 to 4; accepted: 1, 2, 3, 4,"
        " minimalist, interested, cooperative, committed",
    ),
    (
        "Nord;Ventes;52;2;2;0;19/05/2026;Vu",
        "Line 2, column “Antagonisme”, value “0”: no level from 1 to 4; accepted: 1, 2, 3, 4,"
        " conciliatory, resistant, opposed, irreconcilable",
    ),
    (
        "Nord;Ventes;52;2;-2;1;19/05/2026;Vu",
        "Line 2, column “Synergie”, value “-2”: no level from 1 to 4; accepted: 1, 2, 3, 4,"
        " minimalist, interested, cooperative, committed",
    ),
    (
        "Nord;Ventes;52;2;2;;19/05/2026;Vu",
        "Line 2, column “Synergie”, value “2”: synergy and antagonism go together: the other one"
        " is missing",
    ),
    (
        "Nord;Ventes;52;2;2;1;17/11/2026;Vu",
        "Line 2, column “Coté le”, value “17/11/2026”: a rating cannot lie in the future;"
        " accepted: days up to 16\xa0Nov 2026",
    ),
    (
        "Nord;Ventes;52;2;2;1;11/01/2026;Vu",
        "Line 2, column “Coté le”, value “11/01/2026”: before the project; accepted: days from"
        " 12\xa0Jan 2026 on",
    ),
    (
        "Nord;Ventes;52;2;2;1;;Vu",
        "Line 2, column “Coté le”: a rating needs its day",
    ),
    (
        "Nord;Ventes;52;2;2;1;19/05/2026;",
        "Line 2, column “Fait observé”: a rating needs an observed fact: what was said or done",
    ),
    (
        "Nord;Achats;52;2;;;;",
        "Line 2, column “Service”, value “Achats”: unknown department; accepted: Service client,"
        " Ventes",
    ),
    (
        "Nord;Ventes;0;2;;;;",
        "Line 2, column “Effectif”, value “0”: not a whole number from 1 on",
    ),
    (
        "Nord;Ventes;douze;2;;;;",
        "Line 2, column “Effectif”, value “douze”: not a whole number from 1 on",
    ),
    (
        "Nord;Ventes;52;énorme;;;;",
        "Line 2, column “Influence”, value “énorme”: not known here; accepted: Low, Medium, High,"
        " 1, 2, 3",
    ),
    (";Ventes;52;2;;;;", "Line 2, column “Groupe”: must be filled"),
]


@pytest.mark.parametrize(("row", "sentence"), WRONG, ids=[s[s.index("“") :][:60] for _, s in WRONG])
def test_what_is_wrong_is_told_with_line_column_and_value(
    roll_out: Project, tmp_path: Path, row: str, sentence: str
) -> None:
    path = write(tmp_path, HEAD, row, "Sud;Ventes;46;3;2;3;16/11/2026;Refus")
    found = plan(roll_out, path)
    assert told(found) == [sentence]
    with pytest.raises(UserError, match="Nothing was imported"):
        exchange.apply_command(found)
    assert units(roll_out) == []  # nothing half-applied


def test_who_is_unknown_is_told(roll_out: Project, tmp_path: Path) -> None:
    head = "Nom;Prénom;Profil CRM;Référent;Rattaché à;Synergie"
    path = write(tmp_path, head, "Petit;Ali;Pilote;Marie Curie;Ali Petit | Inconnu;")
    assert told(plan(roll_out, path)) == [
        "Line 2, column “Profil CRM”, value “Pilote”: unknown CRM profile; accepted: Commercial",
        "Line 2, column “Référent”, value “Marie Curie”: nobody of this name is in the project;"
        " accepted: Ali Petit, Anne Le Goff, Zoé Roy",
        "Line 2, column “Rattaché à”, value “Ali Petit”: a tie needs two different stakeholders",
        "Line 2, column “Rattaché à”, value “Inconnu”: no stakeholder of this name is on the map"
        " or in this file",
    ]


def test_an_empty_project_has_nobody_to_name(project: Project, tmp_path: Path) -> None:
    path = write(tmp_path, "Groupe;Service;Profil CRM;Référent;Synergie", "Nord;Ventes;P;A. B;")
    assert [sentence.split(": ", 1)[1] for sentence in told(plan(project, path))] == [
        "unknown department, and the project has none yet: create them with the import, or import"
        " people first",
        "unknown CRM profile, and the project has none yet: import people first",
        "nobody is in the project yet: import people first",
    ]


def test_an_owner_by_initial(roll_out: Project, tmp_path: Path) -> None:
    path = write(tmp_path, "Groupe;Référent;Synergie", "Nord;A. Le Goff;", "Sud;p-2;")
    roll_out.execute(SetFields("person", 2, {"code": "P-2"}))
    apply(roll_out, plan(roll_out, path))
    assert units(roll_out, "owner_id") == [(1,), (2,)]
    roll_out.execute(Add("person", {"first_name": "Aïcha", "last_name": "Le Goff"}))
    assert "2 people have this name" in told(plan(roll_out, path))[0]


def test_duplicates_are_told(roll_out: Project, tmp_path: Path) -> None:
    head = "Nom;Prénom;Matricule;Courriel;Synergie"
    rows = ("Petit;Ali;8;;", "PETIT;ali;;;", "Roy;Zoé;;zoe@x.fr;", "X;Y;;ZOE@x.fr;")
    assert told(plan(roll_out, write(tmp_path, head, *rows))) == [
        "Line 3, column “Nom”, value “PETIT”: already used on line 2",
        "Line 5, column “Courriel”, value “ZOE@x.fr”: already used on line 4",
    ]
    twins = write(tmp_path, head, "Noir;Jean;1;;", "Noir;Jean;2;;", "Noir;Jean;3;;")
    assert told(plan(roll_out, twins)) == []  # three people
    groups = write(tmp_path, HEAD, "Nord;;5;;;;;", "nord;;5;;;;;", "Sud;;5;;2;1;19/05/2026;Vu",
                   "Sud;;6;;2;1;20/05/2026;Vu", "Sud;;5;;2;1;19/05/2026;Vu")  # fmt: skip
    assert told(plan(roll_out, groups)) == [
        "Line 3, column “Groupe”, value “nord”: already used on line 2",
        "Line 5, column “Effectif”, value “6”: line 4 says “5” of the same unit",
        "Line 6, column “Groupe”, value “Sud”: already used on line 4",
    ]


def test_two_staff_numbers_are_two_people_even_at_one_address(
    roll_out: Project, tmp_path: Path
) -> None:
    head = "Nom;Prénom;Matricule;Courriel;Synergie"
    path = write(tmp_path, head, "Noir;Jean;1;accueil@x.fr;", "Blanc;Eve;2;accueil@x.fr;")
    apply(roll_out, plan(roll_out, path))
    assert [name for name, *_ in units(roll_out)] == ["Jean Noir", "Eve Blanc"]


def test_a_persons_name_alone_has_one_row(roll_out: Project, tmp_path: Path) -> None:
    head = "Type;Nom;Code;Cotation;Coté le;Fait"
    rows = ("personne;Roy Zoé;;3/1;19/05/2026;Vu", "personne;Roy Zoé;;3/2;20/05/2026;Vu")
    assert told(plan(roll_out, write(tmp_path, head, *rows))) == [
        "Line 3, column “Nom”, value “Roy Zoé”: already used on line 2"  # perhaps somebody else
    ]
    coded = [row.replace(";;", ";P-9;") for row in rows]
    assert plan(roll_out, write(tmp_path, head, *coded)).counts["ratings"] == 2


def test_a_group_is_not_taken_for_a_person(roll_out: Project, tmp_path: Path) -> None:
    roll_out.execute(Add("stakeholder", {"name": "Nord", "code": "N1", "headcount": 52}))
    path = write(tmp_path, "Code;Nom;Prénom;Synergie", "n1;Nord;Jean;")
    assert told(plan(roll_out, path)) == [
        "Line 2, column “Code”, value “n1”: this is a group on the map, not a person"
    ]


def test_words_that_do_not_belong_there_are_warnings(roll_out: Project, tmp_path: Path) -> None:
    path = write(tmp_path, HEAD, "Nord;Ventes;52;2;2;1;19/05/2026;Un syndicaliste l’a dit")
    found = plan(roll_out, path)
    assert found.ok
    (warning,) = told(found, Severity.WARNING)
    assert warning.startswith("Line 2, column “Fait observé”, value “syndicaliste”: this word")


def test_what_changed_meanwhile_stops_the_import(roll_out: Project, tmp_path: Path) -> None:
    found = plan(roll_out, write(tmp_path, HEAD, "Nord;Ventes;52;2;;;;"))
    roll_out.execute(Add("stakeholder", {"name": "Nord", "headcount": 3}))
    with pytest.raises(UserError, match="has changed since"):
        roll_out.execute(exchange.apply_command(found))
    assert units(roll_out) == [("Nord", "group", 3)]


# settings --------------------------------------------------------------------------------------


def test_departments_are_created_when_asked(roll_out: Project, tmp_path: Path) -> None:
    path = write(tmp_path, HEAD, "Nord;Achats;52;2;;;;", "Sud;ACHATS;46;2;;;;")
    assert len(told(plan(roll_out, path))) == 2
    found = plan(roll_out, path, mapping={"@departments": "create"})
    assert found.counts["departments"] == 1
    apply(roll_out, found)
    assert units(roll_out, "name, department_id") == [("Nord", 3), ("Sud", 3)]
    assert roll_out.reader.value("SELECT name FROM department WHERE id = 3") == "Achats"


def test_a_list_of_people_becomes_one_group_a_department(roll_out: Project, tmp_path: Path) -> None:
    rows = ("Noir;Jean;1;VTE", "Blanc;Eve;2;Ventes", "Gris;Luc;3;SC", "Brun;Ana;4;")
    path = write(tmp_path, "Nom;Prénom;Matricule;Service", *rows)
    found = plan(roll_out, path, mapping={"@groups": "department"})
    assert told(found, Severity.WARNING) == ["1 row without a department is in no group"]
    apply(roll_out, found)
    assert units(roll_out) == [("Ventes", "group", 2), ("Service client", "group", 1)]
    assert roll_out.reader.value("SELECT count(*) FROM person") == 3
    assert plan(roll_out, path, mapping={"@groups": "department"}).changes.nothing
    without = write(tmp_path, "Nom;Prénom", "Noir;Jean")
    (sentence,) = told(plan(roll_out, without, mapping={"@groups": "department"}))
    assert "no column for the department" in sentence


def test_the_people_of_the_corpus_on_the_map(project: Project, corpus: Path) -> None:
    path = corpus / "people-fr" / "employes_800_cp1252.csv"
    with path.open(newline="", encoding="cp1252") as handle:
        rows = list(csv.DictReader(handle, delimiter=";"))
    assert guess_kind(path) == "people"  # not stolen
    assert plan(project, path).errors == len(rows)  # no department is known yet
    grouped = plan(project, path, mapping={"@departments": "create", "@groups": "department"})
    project.execute(exchange.apply_command(grouped))
    sizes = Counter(row["Entité"] for row in rows)
    assert {name: size for name, _, size in units(project)} == dict(sizes)
    project.undo()
    found = plan(project, path, mapping={"@departments": "create"})
    apply(project, found)
    assert project.reader.value("SELECT count(*) FROM stakeholder WHERE kind = 'person'") == 800
    assert project.reader.value("SELECT count(DISTINCT code) FROM stakeholder") == 800
    assert project.reader.value("SELECT count(*) FROM person") == 800
    assert plan(project, path).changes.nothing


# sniffing --------------------------------------------------------------------------------------

HEADS = {
    "stakeholders": (
        HEAD,
        "Nom;Prénom;Matricule;Courriel;Service;Synergie;Antagonisme",
        "Stakeholder;Influence;Headcount",
        "Parties prenantes;Service",
        "Nom;Service;Effectif;Influence",
        "Group;Department;Headcount;Note",
    ),
    "people": (
        "Matricule;Nom;Prénom;Service",
        "Nom;Service",
        "Name;Department;Note",
        "Nom;Prénom;Profil CRM;Identifiant",
        "Matricule;Nom;Prénom;Adresse;Téléphone;Courriel;Métier;Date d'entrée;Entité;Taux horaire",
    ),
    "tickets": ("Numéro;Titre;Statut;Ouvert le;Groupe;Service", "Number;Opened;Short description"),
    "training": ("Nom;Prénom;Formation;Date;Présence",),
}


@pytest.mark.parametrize(
    ("kind", "head"), [(kind, head) for kind, heads in HEADS.items() for head in heads]
)
def test_no_file_of_another_kind_is_taken(kind: str, head: str) -> None:
    found = likely_kind(head.split(";"))
    assert (found == "stakeholders") is (kind == "stakeholders")
    assert found in (kind, "")


# cells -----------------------------------------------------------------------------------------


@given(st.integers(1, 4), st.sampled_from(["", " ", "  "]), st.booleans())
def test_levels_are_read_as_they_are_written(level: int, space: str, plain: bool) -> None:
    sign = {"": ""} if plain else {Axis.SYNERGY: "+", Axis.ANTAGONISM: "-"}
    for axis in Axis:
        text = f"{space}{sign.get(axis, '')}{level}{space}"
        assert read_level(text, axis) == level
        assert read_level(f"{axis[0].upper()}{level}", axis) == level


@given(st.text(max_size=6))
def test_no_text_becomes_a_level_that_is_none(text: str) -> None:
    for axis in Axis:
        assert read_level(text, axis) in (None, 1, 2, 3, 4)
    assert read_headcount(text) is None or read_headcount(text) > 0  # type: ignore[operator]


@given(st.integers(1, 4), st.integers(1, 4), st.sampled_from(["/", " ", " / ", ";", "/-", " -"]))
def test_positions_are_read_as_they_are_written(synergy: int, antagonism: int, mark: str) -> None:
    assert read_position(f"+{synergy}{mark}{antagonism}") == (synergy, antagonism)
    assert read_position(f"S{synergy} A{antagonism}") == (synergy, antagonism)


@pytest.mark.parametrize(
    ("text", "synergy", "antagonism"),
    [
        ("Coopératifs", 3, None),
        ("3 (coopérative)", 3, None),
        ("2 coopérative", None, None),
        ("irréconciliable", None, 4),
        ("Opposé", None, 3),
        ("3,0", 3, 3),
        ("3.5", None, None),
        ("12", None, None),
        ("", None, None),
        ("−3", None, 3),
        ("pas engagé", None, None),
    ],
)
def test_words_of_levels(text: str, synergy: int | None, antagonism: int | None) -> None:
    assert read_level(text, Axis.SYNERGY) == synergy
    assert read_level(text, Axis.ANTAGONISM) == antagonism


@pytest.mark.parametrize(
    ("text", "size"),
    [("46", 46), ("46 pers.", 46), ("1 200", 1200), ("46.0", 46), ("-3", None), ("4,5", None)],
)
def test_headcounts(text: str, size: int | None) -> None:
    assert read_headcount(text) == size
