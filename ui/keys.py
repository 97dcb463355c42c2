"""Every key of the program, by place: what the list of keys (F1) shows and its PDF prints.

Keys of actions come from `ui.actions`; the others are listed here, where tests compare them with
what the windows listen to.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QKeySequence

from crm_pilot.i18n import N_, tr
from ui.actions import ACTIONS
from ui.sidebar import ROOMS

ARROWS = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓"}


@dataclass(frozen=True)
class Key:
    """Keys that do the same, in Qt's portable writing; `last` ends a row of them (Ctrl+1 … 7)."""

    keys: tuple[str, ...]
    text: str  # marked: a verb
    last: str = ""

    def shown(self) -> str:
        """The keys as the keyboard of this system names them."""
        text = "  ".join(native(key) for key in self.keys)
        return f"{text} … {self.last}" if self.last else text


@dataclass(frozen=True)
class Place:
    """Where keys hold; `modules` are the sources that listen to them."""

    title: str  # marked
    keys: tuple[Key, ...]
    modules: tuple[str, ...] = ()


def native(key: str) -> str:
    """`Ctrl+←` for `Ctrl+Left`, in the words of the system and the language of the window."""
    held, _, name = key.rpartition("+")
    form = QKeySequence.SequenceFormat.NativeText
    if name in ARROWS:
        return (
            QKeySequence(f"{held}+A").toString(form)[:-1] + ARROWS[name] if held else ARROWS[name]
        )
    return QKeySequence(key).toString(form) or key


GENERAL = (
    Key(("Ctrl+1",), N_("Go to a room"), str(len(ROOMS))),
    Key(("Tab", "Shift+Tab"), N_("Go to the next or previous control")),
    Key(("Space", "Enter"), N_("Press the button or open the tile")),
    Key(("?", "Enter"), N_("On a chart: the data behind it, and why")),
    Key(("Up", "Down"), N_("Choose a warning, a bar, or the amount above or below")),
    Key(("Esc",), N_("Leave a dialog, empty a search, cancel what is typed or dragged")),
)
PALETTE = Place(
    N_("Find anything (Ctrl+K)"),
    (
        Key((">",), N_("Actions only")),
        Key(("#",), N_("Tickets only")),
        Key(("@",), N_("Persons only")),
        Key(("Up", "Down"), N_("Choose a result")),
        Key(("PgUp", "PgDown"), N_("Eight results further")),
        Key(("Enter",), N_("Open it")),
    ),
    ("ui/dialogs/finder.py",),
)
TABLES = Place(
    N_("Tables"),
    (
        Key(("F2",), N_("Edit the cell; typing replaces it")),
        Key(("Enter",), N_("Open the row")),
        Key(("Tab", "Shift+Tab"), N_("While typing: go on to the next or previous cell")),
        Key(("Ins",), N_("Add a row")),
        Key(("Del",), N_("Delete the selected rows")),
        Key(("Shift+Up", "Shift+Down"), N_("Select several rows")),
        Key(("Ctrl+A",), N_("Select all rows")),
        Key(("Ctrl+C",), N_("Copy the rows for a spreadsheet")),
        Key(("Ctrl+Shift+C",), N_("Copy the cells of the column")),
        Key(("Ctrl+V",), N_("Paste rows or cells of a spreadsheet")),
        Key(("Ctrl+D",), N_("Fill down")),
        Key(("Ctrl+Enter",), N_("One value into all selected rows")),
        Key(("Ctrl+Shift+D",), N_("Duplicate the rows")),
        Key(("Ctrl+H",), N_("Find and replace")),
        Key(("Ctrl+Shift+F",), N_("Filter the column")),
        Key(("Shift+F10",), N_("Open the menu of the row")),
        Key(("Ctrl+Shift+L",), N_("Take all filters away")),
    ),
    (
        "ui/widgets/table.py",
        "ui/widgets/grid.py",
        "ui/widgets/cells.py",
        "ui/widgets/why_panel.py",
        "ui/screens/base.py",
    ),
)
PLAN = Place(
    N_("Plan"),
    (
        Key(("Ins",), N_("Add a task")),
        Key(("Ctrl+Ins",), N_("Add a line under it")),
        Key(("Enter",), N_("Open the details of the line")),
        Key(("Del",), N_("Delete the selected lines")),
        Key(("Tab", "Shift+Tab"), N_("Indent, outdent")),
        Key(("Alt+Up", "Alt+Down"), N_("Move the line up or down")),
        Key(("Left", "Right"), N_("Close or open the phase")),
        Key(("Alt+Shift+Left", "Alt+Shift+Right"), N_("Move the bar by a day")),
        Key(("Ctrl+Alt+Left", "Ctrl+Alt+Right"), N_("Move its end by a day")),
        Key(("Alt+Shift+Up", "Alt+Shift+Down"), N_("More or less progress")),
        Key(("Ctrl+F2", "Ctrl+Shift+F2"), N_("Link the selected lines, remove their links")),
        Key(("Ctrl++", "Ctrl+-", "Ctrl+0"), N_("Zoom in, zoom out, show the whole plan")),
        Key(("F4",), N_("Show or hide the details below the plan")),
        Key(("Ctrl+Tab", "Ctrl+Shift+Tab"), N_("Leave the outline")),
        Key(("Esc",), N_("Put back what is dragged")),
    ),
    (
        "ui/screens/planning/outline.py",
        "ui/screens/planning/gantt.py",
        "ui/screens/planning/gantt_keys.py",
    ),
)
MAP = Place(
    N_("Stakeholder map"),
    (
        Key(("Tab", "Shift+Tab"), N_("Select the next or previous mark")),
        Key(("Left", "Right", "Up", "Down"), N_("Select the mark in that direction")),
        Key(
            ("Shift+Left", "Shift+Right", "Shift+Up", "Shift+Down"),
            N_("Select one mark more in that direction"),
        ),
        Key(("Space",), N_("Keep the mark selected while going on, or let it go")),
        Key(("Ctrl+A",), N_("Select all marks")),
        Key(
            ("Ctrl+Left", "Ctrl+Right", "Ctrl+Up", "Ctrl+Down"),
            N_("Rate it one cell further"),
        ),
        Key(
            ("Ctrl+Shift+Left", "Ctrl+Shift+Right", "Ctrl+Shift+Up", "Ctrl+Shift+Down"),
            N_("Set its target one cell further"),
        ),
        Key(("Enter",), N_("Rate the position")),
        Key(("Ctrl+Enter",), N_("Open the sheet of the group or person; Esc leads back")),
        Key(("Del",), N_("Delete from the map")),
        Key(("Shift+F10",), N_("Open the menu of the selection")),
        Key(("Z",), N_("Open the cell large, or close it")),
        Key(("Ctrl++", "Ctrl+-", "Ctrl+0"), N_("Closer, further away, the whole map")),
        Key(
            ("Alt+Left", "Alt+Right", "Alt+Up", "Alt+Down"),
            N_("Push the map, or open the cell beside"),
        ),
        Key(("Esc",), N_("Put a dragged mark back, show the whole map, select nothing")),
        Key(("Left", "Right"), N_("On the time line: the rating before or after")),
        Key(("Home", "End"), N_("On the time line: the first rating, today")),
        Key(("Space",), N_("On the time line: replay the itinerary, or pause")),
        Key(
            ("Shift+Left", "Shift+Right"),
            N_("On the time line: compare with the rating day before or after"),
        ),
    ),
    (
        "ui/screens/stakeholders/plane.py",
        "ui/screens/stakeholders/plane_keys.py",
        "ui/screens/stakeholders/screen.py",
        "ui/screens/stakeholders/timeline.py",
    ),
)
ENTRY = Place(
    N_("Order of entry"),
    (
        Key(("Left", "Right", "Up", "Down"), N_("Go to the card in that direction")),
        Key(("Ctrl+Left", "Ctrl+Right"), N_("Put it a stage earlier or later")),
        Key(("F2",), N_("Type its role on stage")),
        Key(("Ins",), N_("Plan an action for it")),
        Key(("Enter",), N_("Open its page")),
        Key(("Esc",), N_("Put a dragged card back")),
    ),
    ("ui/screens/stakeholders/entry_card.py",),
)
RATING = Place(
    N_("Rating a position"),
    (
        Key(("1", "2", "3", "4"), N_("Pick the level of the axis in front")),
        Key(("L", "H", "O"), N_("Simple: locomotive, hesitant, opponent")),
        Key(("Alt+Down",), N_("Choose among typical acts")),
        Key(("Ctrl+Enter",), N_("Save, and go on to the next unit")),
        Key(("=",), N_("Still true: the same cell, with a new fact")),
        Key(("Alt+Right", "Alt+Left"), N_("One after another: skip, go back")),
    ),
    ("ui/screens/stakeholders/rating_levels.py",),
)
ADOPTION = Place(
    N_("Adoption"),
    (
        Key(("Left", "Right", "Up", "Down"), N_("On a chart: the cell in that direction")),
        Key(("Home", "End"), N_("On a chart: the first or last cell of the row")),
        Key(("PgUp", "PgDown"), N_("On a chart: the rows before or after")),
        Key(("Enter",), N_("On a chart: that department alone, or all again")),
        Key(("Left", "Right"), N_("On the period: the month before or after")),
        Key(("Down",), N_("On a filter: open its list")),
    ),
    (
        "ui/charts/cells.py",
        "ui/screens/adoption/filter_button.py",
        "ui/screens/adoption/filters.py",
    ),
)
ACCOUNTS = Place(
    N_("Accounts to review"),
    (
        Key(("1", "2", "3", "4"), N_("The person of that number")),
        Key(("N",), N_("Nobody of the project")),
        Key(("P",), N_("Add as a person")),
    ),
    ("ui/screens/adoption/users_review.py",),
)
PRESENCE = Place(
    N_("Presence at a training session"),
    (
        Key(("P",), N_("Present")),
        Key(("A",), N_("Absent")),
        Key(("E",), N_("Excused")),
        Key(("I",), N_("Invited")),
        Key(("Space",), N_("The next of these")),
    ),
    ("ui/screens/training/trainees.py",),
)
SHEET = Place(
    N_("Attendance sheet, evaluation forms, quiz"),
    (
        Key(("A",), N_("Sheet: absent")),
        Key(("E",), N_("Sheet: excused")),
        Key(("P",), N_("Sheet: present")),
        Key(("Space",), N_("Sheet: the next of these")),
        Key(("1", "9"), N_("Sheet: mark the line of that number absent, or present again")),
        Key(("Left", "Right"), N_("The half-day or the quiz beside")),
        Key(("Enter",), N_("Sheet: save; quiz: the next trainee")),
        Key(("0",), N_("Form: not answered; 1 to 4 give the mark")),
        Key(("Up", "Down"), N_("The trainee or the question before or after")),
        Key(("Backspace",), N_("Form: the question before; quiz: no points")),
        Key(("Del",), N_("Quiz: take the points away")),
        Key(("Ctrl+Enter",), N_("Form: store it, and begin the next one")),
    ),
    (
        "ui/screens/training/sheet_table.py",
        "ui/screens/training/evaluation_form.py",
        "ui/screens/training/quiz_dialog.py",
    ),
)
COMMITTEE = Place(
    N_("Committee"),
    (
        Key(("F6",), N_("Meeting: go to the line that is typed in")),
        Key(("P", "R", "E", "A", "I"), N_("Present, represented, excused, absent, invited")),
        Key(("V", "C"), N_("A decision validated; a decision or an action completed")),
        Key(("Space",), N_("Presence, decision: the next of these; RACI: no letter")),
        Key(("Alt+Up", "Alt+Down"), N_("Agenda, participants, RACI: move up or down")),
        Key(("Ctrl+Ins", "F2", "Del"), N_("RACI: add an actor, edit the line, no letter")),
    ),
    (
        "ui/screens/committee/agenda.py",
        "ui/screens/committee/follow.py",
        "ui/screens/committee/meeting_view.py",
        "ui/screens/committee/raci_grid.py",
    ),
)
DOCUMENTS = Place(
    N_("Documents"),
    (
        Key(("PgUp", "PgDown"), N_("The page before or after")),
        Key(("F2",), N_("Edit the sentence of the page")),
        Key(("Enter", "Esc"), N_("In the sentence: store it, or put it back")),
    ),
    (
        "ui/widgets/two_lines.py",
        "ui/screens/documents/screen.py",
        "ui/screens/documents/sentence.py",
    ),
)
DIALOGS = Place(
    N_("Dialogs"),
    (
        Key(("Enter",), N_("Press the coloured button")),
        Key(("Ctrl+Enter",), N_("Press it also while several lines are typed")),
        Key(("Space",), N_("Tick a person to enrol")),
        Key(("Alt+Up", "Alt+Down"), N_("Columns, sections: move one up or down")),
        Key(("Down",), N_("Filter: go to the values")),
        Key(("PgUp", "PgDown"), N_("Printing: the page before or after")),
        Key(("Home", "End"), N_("Printing: the first or the last page")),
        Key(("+", "-", "0"), N_("Printing: larger, smaller, whole page")),
    ),
    (
        "ui/dialogs/print_preview.py",
        "ui/screens/training/enrol.py",
        "ui/widgets/ordered_ticks.py",
        "ui/dialogs/copies.py",
        "ui/widgets/text_table.py",
        "ui/dialogs/import_wizard.py",
        "ui/widgets/filter_popup.py",
    ),
)
GENERAL_MODULES = (
    "ui/charts/pick_bars.py",
    "ui/charts/view.py",
    "ui/screens/cockpit/panels.py",
    "ui/screens/committee/amounts.py",
    "ui/screens/stakeholders/unit_page.py",
    "ui/sidebar.py",
    "ui/welcome.py",
    "ui/widgets/fields.py",
    "ui/widgets/tile.py",
    "ui/widgets/weather.py",
)


def places() -> tuple[Place, ...]:
    """Every place with its keys, in the order they are shown."""
    actions = tuple(Key(spec.keys, spec.text) for spec in ACTIONS if spec.keys)
    everywhere = Place(N_("Everywhere"), (*actions, *GENERAL), GENERAL_MODULES)
    rooms = (PLAN, MAP, ENTRY, RATING, ADOPTION, ACCOUNTS, PRESENCE, SHEET, COMMITTEE, DOCUMENTS)
    return everywhere, PALETTE, TABLES, *rooms, DIALOGS


def rows() -> list[tuple[str, list[tuple[str, str]]]]:
    """Places, keys and texts in the language of the window."""
    return [
        (tr(place.title), [(key.shown(), tr(key.text).rstrip("…")) for key in place.keys])
        for place in places()
    ]
