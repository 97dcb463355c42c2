"""What a column of a table is: how its values are shown, typed, pasted, ordered and filtered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from crm_pilot import formats
from crm_pilot.errors import UserError
from crm_pilot.folding import folded
from crm_pilot.i18n import N_, Translator, tr
from crm_pilot.typed import parse_choice, parse_day, parse_truth, parse_whole
from ui.language import lang

if TYPE_CHECKING:
    from crm_pilot.why import Why

Choices = Mapping[Any, str]
RIGHT = ("int", "percent", "share", "date")
MEASURED = ("int", "percent", "share", "date")  # filtered from … to …


@dataclass(frozen=True)
class Column:
    """One column. `key` is the row's attribute, `title` marked text.

    kind: text, date, int, percent (0 to 100), share (0 to 1, read only), choice, bool.
    `grow` columns share the room that is left, and keep at least `width`; `spare` ones hide while
    the table is too narrow, the highest first (search still looks through them); `hidden` ones
    are shown only when chosen.
    `column` is the database column that an edit sets; None is read only. A choice shows
    `choices[value]`: a mapping of marked texts, or a function returning names as they are.
    `value_key`: attribute holding the stored value where `key` holds the shown one (owner_id
    beside owner). `text`, `bold`, `ink` (colour token), `icon` ((name, token)) take the row.
    `why` explains a figure: its rule, data, source and period.
    """

    key: str
    title: str
    kind: str = "text"
    column: str | None = None
    width: int = 120
    align: str = ""  # left, right; empty: by kind
    choices: Choices | Callable[[], Choices] | None = None
    bold: bool | Callable[[Any], bool] = False
    tooltip: str = ""  # marked text on the header
    value_key: str = ""
    text: Callable[[Any], str] | None = None
    ink: Callable[[Any], str] | None = None
    icon: Callable[[Any], tuple[str, str] | None] | None = None
    sort: Callable[[Any], Any] | None = None
    optional: bool = True  # may be emptied: a choice offers "none", a date or number becomes NULL
    low: int | None = None
    high: int | None = None
    grow: bool = False
    spare: int = 0
    hidden: bool = False
    why: Callable[[], Why] | None = None

    @property
    def right(self) -> bool:
        """Whether its text is right-aligned (numbers and dates are)."""
        return self.align == "right" or (not self.align and self.kind in RIGHT)

    def value(self, row: Any) -> Any:
        """The stored value."""
        return getattr(row, self.value_key or self.key)

    def options(self) -> dict[Any, str]:
        """Values and shown texts of a choice, in order."""
        if callable(self.choices):
            return dict(self.choices())
        return {value: tr(text) for value, text in (self.choices or {}).items()}

    # showing ---------------------------------------------------------------------------------

    def shown(self, row: Any) -> str:
        """The text of a cell in the language of the window."""
        if self.text is not None:
            return self.text(row)
        value = getattr(row, self.key)
        if self.kind == "choice" and self.choices is not None and not self.value_key:
            return self.options().get(value, "" if value is None else str(value))
        if value is None or self.kind == "bool":
            return ""
        return formatted(self.kind, value)

    def typed_text(self, row: Any) -> Any:
        """What an editor starts with: a text, or the value of a choice or a tick."""
        value = self.value(row)
        if self.kind in ("choice", "bool"):
            return value
        if value is None:
            return ""
        if self.kind in ("percent", "int"):
            return str(value)
        return formatted(self.kind, value)

    def written(self, value: Any) -> str:
        """A stored value as it will be shown."""
        if self.kind == "choice":
            return self.options().get(value, "")
        if self.kind == "bool":
            return tr("Yes") if value else tr("No")
        return "" if value is None else formatted(self.kind, value)

    def plain(self, row: Any) -> str:
        """The cell as spreadsheets take it: ISO dates, bare numbers, words of choices."""
        value = getattr(row, self.key, None)
        if self.kind == "bool":
            return tr("Yes") if self.value(row) else tr("No")
        if value is None or (self.text is not None and self.kind in ("text", "choice")):
            return self.shown(row)
        if isinstance(value, dt.date):
            return value.isoformat()[:10]
        if self.kind == "percent":
            return f"{value}%"
        if self.kind == "share":
            return f"{value * 100:.4g}%"
        return str(value) if self.kind == "int" else self.shown(row)

    def cell(self, row: Any) -> Any:
        """The cell as an export takes it: a date or number as such, anything else as shown."""
        if self.measured or self.kind == "bool":
            return getattr(row, self.key)
        return self.shown(row)

    # ordering and filtering ------------------------------------------------------------------

    @property
    def measured(self) -> bool:
        """Whether it is filtered by a range rather than by its values."""
        return self.kind in MEASURED

    def order(self, row: Any) -> Any:
        """Sort key: unknown values last."""
        value = self.sort(row) if self.sort is not None else getattr(row, self.key)
        if self.kind == "choice" and self.sort is None:
            value = self.shown(row) or None
        if isinstance(value, str):
            value = folded(value)
        return (value is None, 0 if value is None else value)

    def measure(self, row: Any) -> Any:
        """The date or number a range is compared with, or None."""
        value = getattr(row, self.key)
        return value.date() if isinstance(value, dt.datetime) else value

    def token(self, row: Any) -> str:
        """The cell as a filter remembers it, the same in every language where it can be."""
        if self.kind == "bool":
            return "1" if self.value(row) else "0"
        value = getattr(row, self.key, None)
        return value.value if isinstance(value, StrEnum) else self.shown(row)

    # typing ----------------------------------------------------------------------------------

    def parse(self, typed: Any, today: dt.date) -> Any:
        """The value to store for what was typed or chosen in an editor. Raises `UserError`."""
        if self.kind in ("date", "percent", "int") and isinstance(typed, str):
            value = self._parse_measure(typed, today)
        elif self.kind == "text":
            value = str(typed).strip()
        else:
            value = typed
        if not self.optional and (value is None or value == ""):
            raise UserError(
                N_("“{column}” must be filled. Nothing was changed."), column=tr(self.title)
            )
        return value

    def _parse_measure(self, typed: str, today: dt.date) -> Any:
        if self.kind == "date":
            return parse_day(typed, today)
        low, high = (0, 100) if self.kind == "percent" else (self.low, self.high)
        return parse_whole(typed, low, high)

    def read(self, text: str, today: dt.date) -> Any:
        """The value to store for a pasted text. Raises `UserError`."""
        if self.kind == "bool":
            return parse_truth(text)
        if self.kind == "choice":
            return self.parse(parse_choice(text, self.words()), today)
        return self.parse(text, today)

    def words(self) -> dict[Any, tuple[str, ...]]:
        """Words of a choice: as shown, in the other language, and as stored."""
        shown = self.options()
        if callable(self.choices) or self.choices is None:
            return {value: (text,) for value, text in shown.items()}
        others = [Translator(language) for language in ("fr", "en")]
        return {
            value: (shown[value], *(one.tr(text) for one in others), str(value))
            for value, text in self.choices.items()
        }


def formatted(kind: str, value: Any) -> str:
    """A value of a column's kind in the language of the window."""
    if isinstance(value, dt.date):
        return formats.day(value, lang(), year=True)
    if kind == "percent":
        return formats.percent(value / 100, lang())
    if kind == "share":
        return formats.percent(value, lang())
    if kind == "int":
        return formats.number(value, lang())
    return str(value)
