"""Whose an account is: sure by number, address or whole name; everything else is for review."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_pilot.people.matching import SURE, Match, Named, People, Reason, User
from crm_pilot.people.users import split

ANNE = Named(1, "Anne", "Roy", "a.roy@aubrac.example", "4711")
LUC = Named(2, "Luc", "Lefèvre")
JEAN = Named(3, "Jean", "Martin", "jean.martin@aubrac.example")
OTHER_JEAN = Named(4, "Jean", "Martin")
ALL = People([ANNE, LUC, JEAN, OTHER_JEAN])


@pytest.mark.parametrize(
    ("user", "person", "reason"),
    [
        (User(number="4711"), 1, Reason.NUMBER),
        (User("Somebody Else", number="4711"), 1, Reason.NUMBER),
        (User(email="A.Roy@AUBRAC.example"), 1, Reason.EMAIL),
        (User(username="a.roy@aubrac.example"), 1, Reason.EMAIL),
        (User("Roy Anne"), 1, Reason.NAME),
        (User("LEFEVRE Luc"), 2, Reason.NAME),
        (User("Luc Lefèvre (South)"), 2, Reason.NAME),
        (User("Luc Lefèvre", "luc@elsewhere.example"), 2, Reason.NAME),  # his own is not known
    ],
)
def test_what_is_sure(user: User, person: int, reason: Reason) -> None:
    assert ALL.match(user) == Match(person, reason)
    assert reason in SURE


@pytest.mark.parametrize(
    ("user", "candidates"),
    [
        (User("Jean Martin"), [(3, Reason.SHARED), (4, Reason.SHARED)]),
        (User("Anne Roy", "anne.roy@private.example"), [(1, Reason.CONFLICT)]),
        (User(email="luc.lefevre@elsewhere.example"), [(2, Reason.ADDRESS)]),
        (User(username="llefevre"), [(2, Reason.ADDRESS)]),
        (User("LEFÈVRE L."), [(2, Reason.ADDRESS)]),
        (User("Luc Lefebvre"), [(2, Reason.ALIKE)]),
        (User("Zoé Inconnue", "zoe@aubrac.example"), []),
        (User(), []),
    ],
)
def test_what_is_for_review(user: User, candidates: list[tuple[int, Reason]]) -> None:
    found = ALL.match(user)
    assert found.person_id is None
    assert [(one.person_id, one.reason) for one in found.candidates] == candidates


NAMES = st.text(st.sampled_from("abcdéèï -"), min_size=1, max_size=8)


@given(st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=6), st.data())
def test_a_name_is_sure_only_when_one_person_has_it(
    names: list[tuple[str, str]], data: st.DataObject
) -> None:
    people = [Named(n, first, last) for n, (first, last) in enumerate(names, 1)]
    first, last = data.draw(st.sampled_from(names))
    found = People(people).match(User(f"{first} {last}"))
    if found.person_id is not None:
        same = [p for p in people if People([p]).match(User(f"{first} {last}")).person_id]
        assert [p.id for p in same] == [found.person_id]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jeanne Roy", ("Jeanne", "Roy")),
        ("ROY Jeanne", ("Jeanne", "ROY")),
        ("Roy, Jeanne", ("Jeanne", "Roy")),
        ("Roy", ("", "Roy")),
        ("", ("", "")),
    ],
)
def test_names_are_taken_apart(text: str, expected: tuple[str, str]) -> None:
    assert split(text) == expected
