"""What the person corrected, now or another time, and the file read accordingly."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from crm_pilot.errors import UserError
from crm_pilot.exchange import headers as heads
from crm_pilot.exchange.bundles import Openable
from crm_pilot.exchange.reading import read_head
from crm_pilot.exchange.registry import known_headers
from crm_pilot.exchange.shape import Asked, Table
from crm_pilot.records import dataclass

Read = Callable[[Any, frozenset[str], Asked], Table]


@dataclass(frozen=True)
class Wishes:
    """Corrections of the mapping: given now, or remembered by the file's columns."""

    given: Mapping[str, str] | None
    remembered: Mapping[str, Mapping[str, str]] | None

    def of(self, kind: str, headers: tuple[str, ...]) -> dict[str, str]:
        """The corrections for a file with these headers."""
        if self.given is not None:
            return dict(self.given)
        return dict((self.remembered or {}).get(heads.signature(kind, headers), {}))


@dataclass(frozen=True)
class Wished:
    """A table read as wished.

    `signature` is that of the columns as the file shows them without any correction: under it
    corrections of the reading itself are found again.
    """

    table: Table
    chosen: dict[str, str]
    signature: str


def read_as_wished(kind: str, path: Openable, wishes: Wishes, read: Read) -> Wished:
    """Read a file with `read`, a second time where what is remembered says so.

    Raises `UserError` for a file that is no table or cannot be read as asked.
    """
    known = known_headers(kind)
    if wishes.given is not None:
        asked = Asked.of(wishes.given)
        signature = _signature(kind, path, known) if asked.anything else ""
        table = read(path, known, asked)
        return Wished(table, dict(wishes.given), signature or heads.signature(kind, table.headers))
    table = read(path, known, Asked())
    chosen = wishes.of(kind, table.headers)
    signature = heads.signature(kind, table.headers)
    asked = Asked.of(chosen)
    if asked.anything:
        try:
            table = read(path, known, asked)
        except UserError:  # the sheet of last month, for example: this file is read as it is
            chosen = {}
    return Wished(table, chosen, signature)


def _signature(kind: str, path: Openable, known: frozenset[str]) -> str:
    """As the file is without corrections; empty when it cannot be read without."""
    try:
        return heads.signature(kind, read_head(path, known).headers)
    except UserError:
        return ""
