"""Amounts of the budget as people see and type them: thousands of euros, kept in cents."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crm_pilot import formats
from crm_pilot.errors import UserError
from crm_pilot.governance.budget import BudgetLineRow
from crm_pilot.i18n import N_
from ui.language import lang
from ui.models.rows import Column

if TYPE_CHECKING:
    pass

CENTS = 100_000  # in a thousand euros
_THOUSANDS = re.compile(r"-?\d+(?:[.,]\d+)?")
_ENGLISH_GROUPS = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?")


def parse_thousands(text: str, language: str) -> int:
    """Cents from thousands of euros as people type them: `40`, `12,5`, `1 200 k€`, empty is 0.

    In English `1,200` is twelve hundred, in French it is 1.2. Raises `UserError` for what is no
    number.
    """
    plain = re.sub(r"[\s\u00a0\u202fk€]", "", text.casefold()).replace("\u2212", "-")
    if not plain:
        return 0
    if language == "en" and _ENGLISH_GROUPS.fullmatch(plain):
        plain = plain.replace(",", "")
    if not _THOUSANDS.fullmatch(plain):
        raise UserError(N_("“{text}” is not an amount. Type thousands of euros: 12.5"), text=text)
    return round(float(plain.replace(",", ".")) * CENTS)


def thousands(cents: int) -> str:
    """`40` or `12,5`: thousands of euros in the language of the window, without the unit."""
    whole = cents % CENTS == 0
    return formats.number(cents / CENTS, lang(), 0 if whole else 1)


def typed_thousands(cents: int) -> str:
    """The exact amount as one would type it, so that a cell left as it was stays as it was."""
    whole, rest = divmod(abs(cents), CENTS)
    decimals = f"{rest:05d}".rstrip("0")
    point = "," if lang() == "fr" else "."
    return f"{'-' if cents < 0 else ''}{whole}{point + decimals if decimals else ''}"


@dataclass(frozen=True)
class MoneyColumn(Column):
    """Cents shown and typed in thousands of euros."""

    def typed_text(self, row: Any) -> Any:
        return typed_thousands(getattr(row, self.key))

    def plain(self, row: Any) -> str:
        return typed_thousands(getattr(row, self.key))

    def written(self, value: Any) -> str:
        return thousands(value)

    def parse(self, typed: Any, today: dt.date) -> Any:
        return parse_thousands(str(typed), lang())


def gap_text(row: BudgetLineRow) -> str:
    """`+7`, `−2.5`, `0`."""
    decimals = 0 if row.gap_cents % CENTS == 0 else 1
    return formats.signed(row.gap_cents / CENTS, lang(), decimals)
