"""Every picture that is kept: rooms, dialogs, empty, busy and error states."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.visual.adoption import ADOPTION_STATES
from tests.visual.dialogs import DIALOGS
from tests.visual.stakeholders import CROWDS, ROOM_STATES
from tests.visual.steps import Make, until
from ui import theme
from ui.main_window import MainWindow
from ui.sidebar import ROOMS

# rooms that are drawn, not only written
IN_CONTRAST = ("cockpit", "planning", "stakeholders", "adoption")
NAMES = tuple(room.name for room in ROOMS)
PAGE_SCALE = 1.8  # pixels per point: the smallest letters are told apart
STEP_MS, MOST_LOOKS = 160, 20  # longer than any pause of the program before it draws on
# what differs most in another language or theme
ENGLISH = (
    *("new-project-3", "import-problems", "export", "copies", "issue", "rating", "why", "busy"),
    *("plan-load", "plan-announced", "task-links", "hours", "print-gantt"),
    *("rating-simple", "zones-advice", "map-action", "print-map"),
)
CONTRAST = (
    *("columns", "crash", "filter-values", "heading-menu", "view-name", "palette", "settings"),
    *("plan-load", "plan-announced", "task-dates"),
    *("zones", "trio"),
)
MAP_ENGLISH = ("map-nobody", "map-past", "map-entry", "map-lateral", "map-crossings", "map-group")
MAP_CONTRAST = ("map-past", "map-entry", "map-crossings")


@dataclass(frozen=True)
class Shot:
    """One picture: what is drawn of which project, in which language and theme."""

    name: str
    make: Make
    lang: str
    theme: str
    project: str = "demo"  # the demonstration, a new one ("empty"), or a map with a "crowd"

    @property
    def key(self) -> str:
        """Name of its reference."""
        return f"{self.name}-{self.lang}-{self.theme}"

    @property
    def stage(self) -> tuple[str, str, str]:
        """What it needs of its window."""
        return self.lang, self.theme, self.project


def room(name: str) -> Make:
    """A room of the window."""

    def make(window: MainWindow) -> QWidget:
        window.show_screen(name)
        screen = window.screen_named(name)
        # the job that lays pages out begins a turn of the event loop later
        until(lambda: not window.jobs.busy and getattr(screen, "settled", True))
        return window

    return make


def rooms(lang: str, theme: str, *, empty: bool = False) -> tuple[Shot, ...]:
    """All rooms."""
    stem, project = ("empty-", "empty") if empty else ("", "demo")
    return tuple(Shot(stem + name, room(name), lang, theme, project) for name in NAMES)


def states(lang: str, theme: str, *names: str) -> tuple[Shot, ...]:
    """The states of the stakeholder room named, or all."""
    return tuple(Shot(name, ROOM_STATES[name], lang, theme) for name in names or ROOM_STATES)


def adoption(lang: str, theme: str, *names: str) -> tuple[Shot, ...]:
    """The states of the adoption room named, or all."""
    return tuple(Shot(n, ADOPTION_STATES[n], lang, theme) for n in names or ADOPTION_STATES)


def crowds(lang: str, theme: str) -> tuple[Shot, ...]:
    """A map with a crowded cell."""
    return tuple(Shot(name, make, lang, theme, "crowd") for name, make in CROWDS.items())


def dialogs(lang: str, theme: str, *names: str) -> tuple[Shot, ...]:
    """The dialogs named, or all."""
    return tuple(Shot(name, DIALOGS[name], lang, theme) for name in names or DIALOGS)


SHOTS: tuple[Shot, ...] = (
    *rooms("fr", "light"),
    *rooms("en", "dark"),
    *(shot for shot in rooms("fr", "contrast") if shot.name in IN_CONTRAST),
    *rooms("fr", "light", empty=True),
    *dialogs("fr", "light"),
    *dialogs("en", "dark", *ENGLISH),
    *dialogs("fr", "contrast", *CONTRAST),
    *states("fr", "light"),
    *states("en", "dark", *MAP_ENGLISH),
    *states("fr", "contrast", *MAP_CONTRAST),
    *adoption("fr", "light"),
    *adoption("en", "dark", "adoption-past"),
    *crowds("fr", "light"),
    *crowds("en", "contrast"),
)


@dataclass(frozen=True)
class Page:
    """A printed page of the report, or of the map at a level; `number` from 1."""

    number: int
    lang: str
    document: str = "report"  # or "map-" and the level

    @property
    def key(self) -> str:
        """Name of its reference."""
        return f"{self.document}-{self.number:02}-{self.lang}"


PAGES = (
    *(Page(1, "fr"), Page(3, "fr"), Page(5, "fr"), Page(12, "fr"), Page(1, "en"), Page(8, "en")),
    *(Page(1, "fr", "map-committee"), Page(1, "fr", "map-own"), Page(2, "fr", "map-own")),
    Page(1, "en", "map-committee"),
)


def draw_page(report: Path, number: int, out: Path) -> Path:
    """Draw a page of a PDF as it leaves the printer."""
    import pypdfium2

    with pypdfium2.PdfDocument(report) as document:
        document[number - 1].render(scale=PAGE_SCALE).to_pil().save(out)
    return out


def draw(widget: QWidget, out: Path) -> Path:
    """Draw a shown widget once it has come to rest, without a blinking caret."""
    before, alike = seen(widget), 0
    for _ in range(MOST_LOOKS):  # charts and sentences follow a moment after the rest
        QTest.qWait(STEP_MS)
        after = seen(widget)
        alike = alike + 1 if after == before else 0
        if alike == 2:  # twice: what a job reads may come between two looks
            break
        before = after
    seen(widget).save(str(out))
    return out


def seen(widget: QWidget) -> QImage:
    """What a widget looks like now."""
    QApplication.processEvents()
    focused = QApplication.focusWidget()
    if focused is not None:
        focused.clearFocus()
    picture = QImage(widget.size(), QImage.Format.Format_RGB32)
    picture.fill(theme.theme().colour("window"))  # behind round corners
    widget.render(picture)
    return picture
