"""Pieces of MS Project XML: values as elements, and records in the order of the schema."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

from crm_pilot.exchange import mspdi_values as values
from crm_pilot.exchange.plan_xml import escaped, markup, parts

Parts = dict[str, str]
LONGEST_NAME = 512  # the schema's limit for names


def element(tag: str, plain: str) -> str:
    """A value as an element; `plain` needs no escaping."""
    return f"<{tag}>{plain}</{tag}>"


def whole(tag: str, number: int) -> str:
    """A whole number."""
    return f"<{tag}>{number}</{tag}>"


def flag(tag: str, value: bool) -> str:
    """Yes or no."""
    return f"<{tag}>{int(value)}</{tag}>"


def text(tag: str, value: str) -> Parts:
    """A text; nothing where it is empty."""
    return {tag: f"<{tag}>{escaped(value)}</{tag}>"} if value else {}


def moment(tag: str, value: dt.datetime | None) -> Parts:
    """A moment; nothing where there is none."""
    return {} if value is None else {tag: element(tag, values.moment_text(value))}


def span(tag: str, minutes: int | None) -> Parts:
    """A duration; nothing where there is none."""
    return {} if minutes is None else {tag: element(tag, values.duration_text(minutes))}


def record(
    tag: str,
    told: Mapping[str, str],
    kept: Mapping[str, str],
    order: Sequence[str],
    *,
    mixed: bool = False,
) -> str:
    """An element with what the product knows and what was kept, in the order of the schema.

    `mixed`: names in `kept` say nothing about the elements inside.
    """
    strange = foreign(kept, told, mixed=mixed)
    inside = []
    for name in order:
        if name in told:
            inside.append(told[name])
        elif name in strange:
            inside.append(strange.pop(name))
    return f"<{tag}>{''.join(inside)}{''.join(strange.values())}</{tag}>"


def foreign(
    kept: Mapping[str, str], told: Collection[str], *, mixed: bool = False
) -> dict[str, str]:
    """Kept XML that is sound, by the name of its elements; nothing that the product tells."""
    found: dict[str, str] = {}
    for name, xml in kept.items():
        if ":" in name or not xml:
            continue
        for tag, piece in sound(xml):
            if tag not in told and (mixed or tag == name):
                found[tag] = found.get(tag, "") + piece
    return found


@lru_cache(maxsize=4096)
def sound(xml: str) -> tuple[tuple[str, str], ...]:
    """The elements of a piece of XML, written again from what was read."""
    return tuple((node.tag, markup(node, values.SPACE)) for node in parts(xml, values.SPACE))
