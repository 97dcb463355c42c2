"""Trainings followed, and our own exports read back: what changes is shown before it is written."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from crm_pilot.exchange.exporting import Wanted, export
from crm_pilot.figures import Level

FOLLOWED = (
    "Nom;Prénom;Formation;Date;Présence\n"
    "Durand;Zoé;Prise en main;13/03/2026;oui\n"
    "Martin;Léo;Prise en main;13/03/2026;inscrit\n"
)
TICKETS = "Ref;Objet;Statut;Ouvert le\n1;Doublons;Ouvert;13/03/2026\n2;Export;Clos;14/03/2026\n"


def rows_of(wizard: Any) -> list[list[str]]:
    rows = wizard.page.outcome.table.texts.rows
    return [[cell.replace("\xa0", " ") for cell in row] for row in rows]


@pytest.fixture
def exported(desk: Any) -> Path:
    """The tickets of the project, as CRM Pilot exports them."""
    desk.open(desk.write(TICKETS)).apply_button.click()
    out: Path = desk.folder / "out.csv"
    wanted = Wanted("en", Level.OWN)
    (path,) = export(desk.bridge.reader, ["tickets"], out, wanted, dt.date(2026, 4, 1))
    return path


def test_trainings_are_shown_imported_and_compared(desk: Any) -> None:
    wizard = desk.open(desk.write(FOLLOWED, "suivi.csv"))
    assert wizard.page.kind.value == "training"
    assert rows_of(wizard) == [
        ["Zoé Durand", "Prise en main", "13 Mar 2026", "Present"],
        ["Léo Martin", "Prise en main", "13 Mar 2026", "Invited"],
    ]
    wizard.apply_button.click()
    assert wizard.sentence.text() == "2 attendances were imported from suivi.csv"
    assert wizard.finish.open.text() == "Open “Training”"
    again = desk.open(desk.write(FOLLOWED.replace("inscrit", "absent"), "suivi.csv"))
    assert rows_of(again) == [
        ["Léo Martin", "Prise en main", "13 Mar 2026", "Invited → Absent"],
    ]


def test_our_own_export_is_known_and_shows_what_changes(desk: Any, exported: Path) -> None:
    same = desk.open(exported)
    assert same.page.kind.value == "table"
    assert "knows everything" in same.sentence.text()
    assert not same.apply_button.isEnabled()
    text = exported.read_text("utf-8-sig").replace("Doublons", "Doublons bis")
    wizard = desk.open(desk.write(text, "mended.csv"))
    (row,) = rows_of(wizard)
    assert "Doublons → Doublons bis" in row
    wizard.page.outcome.table.selectRow(0)
    assert wizard.page.outcome.change.text() == "Title: Doublons → Doublons bis"
    wizard.apply_button.click()
    assert desk.bridge.reader.value("SELECT title FROM ticket WHERE number = '1'") == "Doublons bis"


def test_a_folder_of_our_own_tables_is_taken(desk: Any, exported: Path) -> None:
    folder = desk.folder / "all"
    folder.mkdir()
    text = exported.read_text("utf-8-sig").replace("Export", "Export lent")
    (folder / "Tickets.csv").write_text(text, "utf-8-sig")
    wizard = desk.open(None)
    wizard.take([folder])
    desk.settle(wizard)
    assert wizard.page.kind.value == "table"
    assert wizard.apply_button.isEnabled()
    assert "Export lent" in str(rows_of(wizard))
