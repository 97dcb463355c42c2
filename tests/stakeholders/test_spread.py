"""Marks and labels of a cell do not overlap while there is room, and never leave the cell."""

import pytest

from crm_pilot.stakeholders.spread import Item, Rect, free_spot, spread

CELL = (135.0, 88.0)


def group(key: int, radius: float = 14.0, label: float = 90.0) -> Item:
    return Item(key, radius, radius, label, 2)


def person(key: int) -> Item:
    return Item(key, 5.0, 5.0, 30.0, 1, person=True)


def items(groups: int, people: int) -> list[Item]:
    return [group(k) for k in range(groups)] + [person(100 + k) for k in range(people)]


def overlaps(places) -> float:
    boxes = [place.box for place in places]
    return sum(a.overlap(b) for i, a in enumerate(boxes) for b in boxes[i + 1 :])


@pytest.mark.parametrize(
    ("groups", "people"), [(0, 1), (1, 0), (1, 2), (2, 0), (2, 5), (0, 8), (0, 40), (1, 20), (4, 0)]
)
def test_nothing_overlaps(groups, people):
    places = spread(items(groups, people), *CELL)
    assert len({place.key for place in places}) == groups + people
    assert overlaps(places) == 0


@pytest.mark.parametrize("groups", [0, 1, 2, 5, 9, 20])
@pytest.mark.parametrize("people", [0, 1, 12, 60, 300])
def test_marks_stay_in_the_cell(groups, people):
    for place in spread(items(groups, people), *CELL):
        assert 0 <= place.x <= CELL[0]
        assert 0 <= place.y <= CELL[1]
        if place.lines:
            assert place.label_x + place.label_width <= CELL[0] + 0.01


def test_names_of_groups_go_before_codes_of_people():
    few = {p.key: p.lines for p in spread(items(1, 2), *CELL)}
    assert few == {0: 2, 100: 1, 101: 1}
    many = {p.key: p.lines for p in spread(items(1, 25), *CELL)}
    assert many[0] == 2
    assert many[100] == 0


def test_marks_of_one_column_share_their_axis():
    places = spread([group(1, 18), group(2, 12)], *CELL)
    assert places[0].x == places[1].x
    assert places[0].y < places[1].y


def test_free_spot_avoids_what_is_taken_and_stays_near():
    room = Rect(0, 0, 100, 100)
    taken = [Rect(0, 0, 100, 50)]
    x, y = free_spot((20, 20), room, (50, 30), taken)
    assert Rect(x - 10, y - 10, 20, 20).overlap(taken[0]) == 0
    assert abs(x - 50) < 8
    assert y < 70
