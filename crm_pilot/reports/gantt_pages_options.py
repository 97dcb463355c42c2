"""How the Gantt is to be printed: paper, pages, dates, what is shown, colours."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_
from crm_pilot.records import dataclass

MOST = 60  # pages wide, or tall


class Paper(StrEnum):
    """Sizes of paper."""

    A4 = "a4"
    A3 = "a3"


class Orientation(StrEnum):
    """Which way round the paper lies."""

    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


class ColourBy(StrEnum):
    """What the colour of a bar says, always beside a word or a form that says it too."""

    PILLAR = "pillar"
    CRITICAL = "critical"
    OWNER = "owner"
    DEPARTMENT = "department"
    NONE = "none"


SIZES = {Paper.A4: (595.28, 841.89), Paper.A3: (841.89, 1190.55)}  # points, portrait
PAPERS = {Paper.A4: N_("A4"), Paper.A3: N_("A3")}
ORIENTATIONS = {
    Orientation.PORTRAIT: N_("Portrait"),
    Orientation.LANDSCAPE: N_("Landscape"),
}
COLOURS = {
    ColourBy.PILLAR: N_("Pillar"),
    ColourBy.CRITICAL: N_("Critical path"),
    ColourBy.OWNER: N_("Owner"),
    ColourBy.DEPARTMENT: N_("Department"),
    ColourBy.NONE: N_("One ink"),
}


@dataclass(frozen=True)
class Filter:
    """Which lines are printed: those that pass all of it, with the phases that hold them."""

    hide_done: bool = False
    late: bool = False
    critical: bool = False
    phase: int | None = None  # only what is below this line
    person: int | None = None  # owner
    text: str = ""  # in the title or the owner's name

    @property
    def narrow(self) -> bool:
        """Whether any line may be left out."""
        return self != Filter()


@dataclass(frozen=True)
class Options:
    """How the Gantt is printed. Without `wide` or `tall`: as many pages as are readable."""

    paper: Paper = Paper.A4
    orientation: Orientation = Orientation.LANDSCAPE
    first: dt.date | None = None  # None: from the first day of the lines printed
    last: dt.date | None = None
    wide: int | None = None
    tall: int | None = None
    filter: Filter = Filter()
    colour_by: ColourBy = ColourBy.PILLAR
    dates: bool = True  # start and finish in columns beside the titles
    owners: bool = False
    links: bool = True
    baseline: bool = True
    skip_empty: bool = True  # pages on which no bar falls are left out

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of a page in points."""
        wide, high = SIZES[self.paper]
        return (high, wide) if self.orientation is Orientation.LANDSCAPE else (wide, high)

    @property
    def names_people(self) -> bool:
        """Whether owners of tasks are named on the pages."""
        return self.owners or self.colour_by is ColourBy.OWNER or self.filter.person is not None

    def check(self) -> None:
        """Raise `UserError` for what cannot be printed."""
        for count in (self.wide, self.tall):
            if count is not None and not 1 <= count <= MOST:
                raise UserError(
                    N_("{n} pages cannot be asked for: give a number from 1 to {most}."),
                    n=count,
                    most=MOST,
                )
        if self.first and self.last and self.last < self.first:
            raise UserError(
                N_(
                    "The plan cannot be printed from {first} to {last}: the end is before the"
                    " beginning."
                ),
                first=self.first,
                last=self.last,
            )
