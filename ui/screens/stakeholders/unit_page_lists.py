"""What the other rooms say of one unit: actions, ties, training, tickets, use."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QObject, Signal

from crm_pilot.adoption.queries import DepartmentUse
from crm_pilot.governance.influence import ActionRow
from crm_pilot.governance.unit_sheet import SessionLine, TieRow, UnitSheet
from crm_pilot.i18n import N_, ntr, tr
from crm_pilot.maintenance.queries import TicketRow
from crm_pilot.maintenance.terms import STATUSES
from crm_pilot.stakeholders.terms import ACTIONS, LATERAL_STATUSES, TieKind
from crm_pilot.training.terms import PRESENCES
from ui.language import formats, lang
from ui.screens.stakeholders.crossings_tables import trend
from ui.screens.stakeholders.unit_page_parts import Entries, Entry

ATTENDED, NOT_ATTENDED = N_("Trained: attended a session."), N_("No session attended yet.")
WORDS = {  # tie and direction -> how it reads before the other's name
    (TieKind.INFLUENCES, True): N_("influences {name}"),
    (TieKind.INFLUENCES, False): N_("influenced by {name}"),
    (TieKind.REPORTS_TO, True): N_("reports to {name}"),
    (TieKind.REPORTS_TO, False): N_("{name} reports to it"),
}


class UnitLists(QObject):
    """The sections at the right of the page. `go` to a room, `opened` the page of another unit."""

    go = Signal(str, str, int)
    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.actions = Entries()
        self.actions.link.show()
        self.laterals = Entries()
        self.ties = Entries()
        self.training = Entries("committee.crossing.trained")
        self.tickets = Entries("committee.crossing.department_tickets")
        self.use = Entries("committee.crossing.use")
        self.sections = (
            self.actions,
            self.laterals,
            self.ties,
            self.training,
            self.tickets,
            self.use,
        )

    def show_sheet(self, sheet: UnitSheet, *, today: dt.date, names: bool) -> None:
        """Show everything of one unit; persons by code unless `names`."""
        self._show_actions(sheet, today)
        self._show_laterals(sheet)
        self.ties.setVisible(bool(sheet.ties))
        self.ties.show_entries(tr("Ties"), [self._tie(row, names=names) for row in sheet.ties])
        self._show_training(sheet, today)
        self._show_tickets(sheet)
        self._show_use(sheet)

    # actions ---------------------------------------------------------------------------------

    def _show_actions(self, sheet: UnitSheet, today: dt.date) -> None:
        found = [self._action(row, today) for row in sheet.actions]
        found += [self._action(row, today, carried=True) for row in sheet.carried]
        self.actions.show_entries(
            tr("Influence actions"),
            found,
            nothing="" if found else tr("None yet: nothing in the plan aims at it."),
        )

    def _action(self, row: ActionRow, today: dt.date, *, carried: bool = False) -> Entry:
        day = row.finish or row.start
        words = [tr("carried") if carried else tr(ACTIONS[row.kind]).lower()]
        if row.owner:
            words.append(row.owner)
        if row.done:
            words.append(tr("done"))
        elif day is not None:
            words.append(formats.day(day, lang()))
            if day < today:
                words.append(tr("late"))
        return Entry(
            row.title,
            " · ".join(words),
            open=lambda: self.go.emit("planning", "task", row.task_id),
        )

    def _show_laterals(self, sheet: UnitSheet) -> None:
        self.laterals.setVisible(bool(sheet.laterals))
        self.laterals.show_entries(
            tr("Lateral projects"),
            [
                Entry(
                    row.title,
                    tr(LATERAL_STATUSES[row.status]).lower(),
                    tr("Concern: {concern}", concern=row.concern) if row.concern else "",
                )
                for row in sheet.laterals
            ],
        )

    def _tie(self, row: TieRow, *, names: bool) -> Entry:
        text = tr(WORDS[row.kind, row.outgoing], name=row.other.shown(names=names))
        return Entry(text[:1].upper() + text[1:], open=lambda: self.opened.emit(row.other.id))

    # other rooms -----------------------------------------------------------------------------

    def _show_training(self, sheet: UnitSheet, today: dt.date) -> None:
        known = sheet.trained
        if known is None:
            said = tr("No data: no account and no session is known.")
        elif sheet.person:
            said = (
                tr("Trained: attended a session.") if known.done else tr("No session attended yet.")
            )
        else:
            said = tr(
                "{trained} of {users} users of {department} trained ({share})",
                trained=known.done,
                users=known.of,
                department=sheet.department,
                share=formats.percent(known.share, lang()),
            )
        self.training.show_entries(
            tr("Training"), [self._session(row, today) for row in sheet.sessions], nothing=said
        )

    def _session(self, row: SessionLine, today: dt.date) -> Entry:
        planned = row.held_on > today
        day = formats.day(row.held_on, lang(), year=True)
        says = tr("planned") if planned else tr(PRESENCES[row.presence]).lower()
        return Entry(
            row.course,
            f"{day} · {says}",
            open=lambda: self.go.emit("training", "training_session", row.session_id),
        )

    def _show_tickets(self, sheet: UnitSheet) -> None:
        title = (
            tr("Tickets requested")
            if sheet.person
            else tr("Tickets of {department}", department=sheet.department)
            if sheet.department
            else tr("Tickets")
        )
        waiting = sum(row.open for row in sheet.tickets)
        note = ""
        if sheet.tickets:
            note = tr("{open} open of {all}", open=waiting, all=len(sheet.tickets))
        said = "" if sheet.tickets else tr("No ticket is known.")
        if not sheet.person and sheet.count is not None and sheet.count.opened is not None:
            said = tr(
                "In 90 days, and before: {trend}",
                trend=trend(sheet.count.opened, sheet.count.before),
            )
        self.tickets.show_entries(
            title, [self._ticket(row) for row in sheet.tickets], note=note, nothing=said
        )

    def _ticket(self, row: TicketRow) -> Entry:
        day = formats.day(row.opened_at.date(), lang())
        return Entry(
            f"{row.number} {row.title}",
            f"{tr(STATUSES[row.status]).lower()} · {day}",
            open=lambda: self.go.emit("maintenance", "ticket", row.id),
        )

    def _show_use(self, sheet: UnitSheet) -> None:
        use = sheet.use
        entries = [] if use is None else _use(use)
        said = "" if entries else tr("No figure: fewer than five accounts, or no login imported.")
        where = sheet.department or tr("its department")
        self.use.show_entries(
            tr("Use of the CRM by {department}", department=where), entries, nothing=said
        )


def _use(use: DepartmentUse) -> list[Entry]:
    """What is known of a department's use; nothing before its first logins."""
    found = []
    if use.active_share is not None:
        share = formats.percent(use.active_share, lang())
        words = ntr("{share} of {n} account", "{share} of {n} accounts", use.accounts, share=share)
        found.append(Entry(tr("Active accounts"), words))
    if use.days_per_week is not None:
        words = tr("{days} days a week", days=formats.number(use.days_per_week, lang(), 1))
        if use.expected_low is not None:
            low = formats.number(use.expected_low, lang(), 1)
            words = tr("{days}, {low} expected", days=words, low=low)
        if use.below:
            words = tr("{words} · below its profiles", words=words)
        found.append(Entry(tr("Login days"), words))
    return found
