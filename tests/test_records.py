"""Our `dataclass` behaves as the standard one."""

from __future__ import annotations

import copy
import dataclasses
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_pilot import records

KINDS: list[dict[str, Any]] = [
    {},
    {"frozen": True},
    {"frozen": True, "eq": False},
    {"frozen": True, "repr": False},
    {"frozen": True, "order": True},
    {"kw_only": True},
]


def both(namespace: dict[str, Any], annotations: dict[str, Any], **options: Any) -> list[type]:
    made: list[type] = []
    for decorator in (dataclasses.dataclass, records.dataclass):
        parts = {**namespace, "__annotations__": annotations, "__doc__": "A row."}
        made.append(decorator(**options)(type("Row", (), parts)))
    return made


def told(action: Any) -> Any:
    try:
        return action()
    except Exception as error:  # whatever it is, both must raise it
        return type(error), str(error)


@pytest.mark.parametrize("options", KINDS, ids=str)
@given(a=st.integers(0, 2), b=st.sampled_from(["x", "y"]), c=st.integers(0, 2))
def test_rows_compare_hash_and_show_as_those_of_the_standard_library(
    options: dict[str, Any], a: int, b: str, c: int
) -> None:
    hidden = dataclasses.field(default=0, compare=False, repr=False)
    pairs = both({"c": hidden}, {"a": int, "b": str, "c": int}, **options)
    answers = []
    for kind in pairs:
        row, same, other = kind(a=a, b=b, c=c), kind(a=a, b=b, c=1), kind(a=1, b="x", c=c)
        answers.append(
            (
                row == same,
                row == other,
                row == (a, b),
                told(lambda row=row: repr(row)) if options.get("repr", True) else None,
                told(lambda row=row, same=same: hash(row) == hash(same)),
                told(lambda row=row: setattr(row, "a", 5)),
                dataclasses.asdict(dataclasses.replace(same, c=2)),
                [f.name for f in dataclasses.fields(kind)],
                told(lambda row=row, other=other: row < other),
            )
        )
    assert answers[0] == answers[1]


@pytest.mark.parametrize("names", [(), ("a",)])
def test_rows_of_no_field_or_one(names: tuple[str, ...]) -> None:
    for kind in both({}, dict.fromkeys(names, int), frozen=True):
        row = kind(*(1 for _ in names))
        assert row == kind(*(1 for _ in names))
        assert hash(row) == hash(kind(*(1 for _ in names)))


def test_methods_of_the_class_itself_stay() -> None:
    own = {"__eq__": lambda self, other: True, "__repr__": lambda self: "own",
           "__hash__": lambda self: 7}  # fmt: skip
    for kind in both(own, {"a": int}, frozen=True):
        row = kind(1)
        assert (row == 3, repr(row), hash(row)) == (True, "own", 7)


@pytest.mark.parametrize("slots", [False, True])
def test_frozen_rows_refuse_to_be_changed_as_the_standard_ones(slots: bool) -> None:
    answers = []
    for kind in both({}, {"a": int}, frozen=True, slots=slots):
        row = kind(1)
        answers.append(
            (
                told(lambda row=row: setattr(row, "a", 2)),
                # the standard one of 3.11 stumbles over a class that it made anew for its slots
                slots or told(lambda row=row: setattr(row, "b", 2)),
                told(lambda row=row: delattr(row, "a")),
                row.a,
                copy.copy(row).a,
            )
        )
    assert answers[0] == answers[1]
    assert answers[0][0][0] is dataclasses.FrozenInstanceError


def test_the_standard_library_is_left_as_it_was() -> None:
    before = getattr(dataclasses, "_frozen_get_del_attr", None)
    both({}, {"a": int}, frozen=True)
    with pytest.raises(ValueError, match="mutable default"):  # refused halfway
        records.dataclass(frozen=True)(type("Row", (), {"__annotations__": {"a": list}, "a": []}))
    assert getattr(dataclasses, "_frozen_get_del_attr", None) is before
