"""Marks and labels of a cell do not overlap while there is room, and never leave the cell."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from crm_pilot.stakeholders.places import Item, Place, Rect
from crm_pilot.stakeholders.spread import free_spot, spread

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


# crowds --------------------------------------------------------------------------------------

sizes = st.floats(4, 26)
some_groups = st.lists(
    st.builds(
        lambda radius, label, broken: Item(
            0, radius, radius, label, 3 if broken else 2, broken=broken
        ),
        sizes,
        st.floats(12, 190),
        st.one_of(st.just(0.0), st.floats(12, 100)),
    ),
    max_size=30,
)
some_people = st.lists(
    st.builds(
        lambda radius, label, short: Item(0, radius, radius, label, 1, True, short),
        st.sampled_from((4.6, 4.6, 4.6, 7.2)),
        st.floats(12, 60),
        st.sampled_from((0.0, 9.0, 16.0)),
    ),
    max_size=90,
)


def crowd(groups: list[Item], people: list[Item]) -> list[Item]:
    """The same items with keys, large groups first as on the map."""
    ordered = sorted(groups, key=lambda item: -item.half_height)
    return [item._replace(key=n) for n, item in enumerate([*ordered, *people])]


def mark_box(item: Item, place: Place) -> Rect:
    """What the mark alone covers."""
    return Rect(
        place.x - item.half_width,
        place.y - item.half_height,
        2 * item.half_width,
        2 * item.half_height,
    )


@settings(max_examples=300, deadline=None)
@given(some_groups, some_people, st.floats(60, 560), st.floats(40, 420), st.sampled_from((0, 32)))
def test_labels_cover_neither_labels_nor_marks(groups, people, width, height, kept):
    items = crowd(groups, people)
    places = spread(items, width, height, kept=(float(kept),))
    assert sorted(place.key for place in places) == [item.key for item in items]
    labels = [(place.key, place.label_box) for place in places if place.label_box is not None]
    marks = [(place.key, mark_box(items[place.key], place)) for place in places]
    for n, (key, label) in enumerate(labels):
        assert label.right <= width + 0.01
        assert label.y >= -0.01 and label.bottom <= height + 0.01
        assert all(covered(label, other) < 0.1 for _, other in labels[n + 1 :])
        assert all(covered(label, mark) < 0.1 for other, mark in marks if other != key)


def covered(one: Rect, other: Rect) -> float:
    return one.overlap(other)


@settings(max_examples=200, deadline=None)
@given(some_groups, some_people, st.floats(90, 560), st.floats(60, 420))
def test_marks_stay_apart_while_there_is_room(groups, people, width, height):
    items = crowd(groups, people)
    room = sum((2 * item.half_height + 8) ** 2 for item in items)
    assume(room <= 0.5 * width * height)
    assume(all(2 * item.half_height + 8 <= min(width, height) / 2 for item in items))
    boxes = [mark_box(items[place.key], place) for place in spread(items, width, height)]
    assert sum(a.overlap(b) for n, a in enumerate(boxes) for b in boxes[n + 1 :]) < 0.1


@settings(max_examples=100, deadline=None)
@given(some_groups, some_people, st.floats(90, 300), st.floats(60, 200))
def test_the_largest_groups_are_named_and_groups_before_people(groups, people, width, height):
    items = crowd(groups, people)
    named = {place.key: place.named for place in spread(items, width, height)}
    of_groups = [named[n] for n in range(len(groups))]
    assert of_groups == sorted(of_groups, reverse=True)
    if any(named[n] for n in range(len(groups), len(items))):
        assert all(of_groups)


def test_thirty_in_a_cell_of_a_small_screen_stay_apart_and_the_largest_is_named():
    crowded = crowd([group(n, 4 + (n % 5)) for n in range(12)], [person(n) for n in range(18)])
    places = spread(crowded, *CELL)
    boxes = [mark_box(crowded[place.key], place) for place in places]
    assert sum(a.overlap(b) for n, a in enumerate(boxes) for b in boxes[n + 1 :]) == 0
    assert places[0].named


def test_a_long_name_breaks_rather_than_being_cut():
    (long,) = spread([Item(1, 14, 14, 150, 3, broken=80)], *CELL)
    assert (long.lines, long.label_width) == (3, 80)
    (short,) = spread([Item(1, 14, 14, 80, 3, broken=50)], *CELL)
    assert (short.lines, short.label_width) == (2, 80)


def test_people_in_a_crowd_show_their_short_label_when_codes_do_not_fit():
    many = [person(n)._replace(label=60.0, short=16.0) for n in range(12)]
    places = spread(many, *CELL)
    assert all(place.short and place.lines == 1 and not place.named for place in places)


def test_a_group_as_small_as_a_person_stands_among_them_and_leaves_room_for_a_name():
    heads = [Item(n, size, size, 100, 2) for n, size in enumerate((12.8, 9.9, 4.0))]
    items = [*heads, *(person(n) for n in range(6))]
    items = [item._replace(key=n) for n, item in enumerate(items)]
    places = {place.key: place for place in spread(items, 134.0, 70.0)}
    assert places[0].named and places[1].named
    assert places[2].y == pytest.approx(places[3].y)


@pytest.mark.parametrize(("groups", "people", "names"), [(3, 13, 2), (4, 23, 1), (4, 120, 1)])
def test_in_a_low_cell_groups_are_named_before_people_take_room(groups, people, names):
    sizes = ((13.9, 81), (12, 88), (15, 83), (11, 94))[-groups:]
    heads = [Item(n, size, size, label, 3, broken=57) for n, (size, label) in enumerate(sizes)]
    around = [Item(0, 4, 4, 30, 1, True) for _ in range(people)]
    items = [item._replace(key=n) for n, item in enumerate([*heads, *around])]
    places = spread(items, 134.5, 75.2)
    assert [place.key for place in places if place.named] == list(range(names))
    boxes = [mark_box(items[place.key], place) for place in places]
    assert all(box.x >= 0 and box.right <= 134.6 and box.bottom <= 75.3 for box in boxes)
    apart = boxes if people < 30 else boxes[:groups]  # a hundred people come closer together
    assert sum(a.overlap(b) for n, a in enumerate(apart) for b in apart[n + 1 :]) < 0.1
    label = places[0].label_box
    assert label is not None and label.width > 70
    assert all(label.overlap(box) < 0.1 for box in boxes[1:])
