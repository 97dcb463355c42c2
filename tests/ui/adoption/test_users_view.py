"""The users of the adoption room: their register, profiles, and whose accounts are not settled."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from crm_pilot.project import Add, Project
from ui.bridge import Bridge
from ui.screens.adoption.filters import UseFilter
from ui.screens.adoption.users_view import REVIEW, UsersView


@pytest.fixture
def filled(project: Project) -> Project:
    south = project.execute(Add("department", {"name": "South"}))
    north = project.execute(Add("department", {"name": "North"}))
    people = [
        project.execute(Add("person", {"first_name": first, "last_name": last,
                                       "department_id": where}))
        for first, last, where in (("Anne", "Roy", south), ("Jean", "Martin", south),
                                   ("Jean", "Martin", north))
    ]  # fmt: skip
    project.execute(Add("account", {"external_id": "U1", "full_name": "Anne Roy",
                                    "person_id": people[0]}))  # fmt: skip
    project.execute(Add("account", {"external_id": "U2", "full_name": "Jean Martin"}))
    project.execute(Add("account", {"external_id": "U3", "full_name": "Zoé Kern"}))
    return project


@pytest.fixture
def view(qtbot: QtBot, filled: Project) -> Iterator[UsersView]:
    bridge = Bridge(filled)
    made = UsersView(bridge)
    qtbot.addWidget(made)
    bridge.changed.connect(made.refresh)
    made.resize(1100, 600)
    made.retranslate()
    made.refresh(None)
    made.show()
    qtbot.waitExposed(made)
    yield made
    bridge.detach()


def persons(view: UsersView) -> dict[str, int | None]:
    return dict(view.bridge.reader.select("SELECT external_id, person_id FROM account"))


def press(view: UsersView, key: Qt.Key) -> None:
    view.review.list.setFocus()
    QTest.keyClick(view.review.list, key)


def test_the_register_says_whose_accounts_are_and_what_is_left(view: UsersView) -> None:
    assert view.accounts.rows.total == 3
    assert view.caption.text() == "3 accounts · 3 open today"
    texts = [b.text() for b in view.choice.findChildren(QPushButton)]
    assert "To review (2)" in texts


def test_an_account_is_settled_by_a_digit_and_taken_back(view: UsersView) -> None:
    view.show_review()
    first = view.review.current
    assert first is not None and first.name == "Jean Martin"
    assert [one.person_id for one in first.candidates] == [2, 3]
    press(view, Qt.Key.Key_2)
    assert persons(view)["U2"] == 3
    assert view.review.current is not None and view.review.current.name == "Zoé Kern"
    view.bridge.undo()
    assert persons(view)["U2"] is None
    assert len(view.review.found) == 2


def test_nobody_and_a_new_person_by_one_key_each(view: UsersView) -> None:
    view.show_review()
    press(view, Qt.Key.Key_N)
    assert view.bridge.reader.value("SELECT settled FROM account WHERE external_id = 'U2'") == 1
    press(view, Qt.Key.Key_P)
    made = view.bridge.reader.one(
        "SELECT first_name, last_name FROM person ORDER BY id DESC LIMIT 1"
    )
    assert made == ("Zoé", "Kern")
    assert view.review.found == ()
    assert view.review.empty.isVisible() and not view.review.list.isVisible()


def test_a_proposal_is_a_button_with_a_name_to_be_heard(view: UsersView) -> None:
    view.show_review()
    named = [b.accessibleName() for b in view.review.tile.findChildren(QPushButton)]
    assert any("Jean Martin" in name and "North" in name for name in named)


def test_the_filter_of_the_room_limits_the_accounts(view: UsersView) -> None:
    view.show_scope(UseFilter(departments=frozenset({1})))
    assert view.accounts.rows.rowCount() == 1
    assert view.caption.text().startswith("1 of 3 accounts")
    view.show_scope(UseFilter())
    assert view.accounts.rows.rowCount() == 3


def test_a_profile_is_added_and_typed_at_once(view: UsersView) -> None:
    view.choice.set_value("profile")
    view._show("profile")
    view.add.click()
    assert view.bridge.reader.select("SELECT name, kind FROM profile") == [("New profile", "other")]
    assert view.add.isVisible()
    view.choice.set_value(REVIEW)
    view._show(REVIEW)
    assert not view.add.isVisible()
