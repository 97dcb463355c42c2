"""What the people screen says above its tables, computed from the rows."""

from __future__ import annotations

from crm_pilot.i18n import ntr, show, tr
from crm_pilot.people import casting, queries
from crm_pilot.people.terms import ROLES
from crm_pilot.project import Reader
from ui.screens.people.registers import count


def people_sentence(reader: Reader) -> str:
    """Accounts without a person first, then persons without a department."""
    persons, accounts = queries.persons(reader), queries.accounts(reader)
    if not persons and not accounts:
        return tr("Who is in the project?")
    homeless = sum(row.department_id is None for row in persons)
    apart = {row.id for row in queries.profiles(reader) if not row.measured}
    strangers = sum(row.person_id is None and row.profile_id not in apart for row in accounts)
    if strangers:
        return ntr(
            "{count} CRM account belongs to nobody yet: its use counts for no department.",
            "{count} CRM accounts belong to nobody yet: their use counts for no department.",
            strangers,
            count=count(strangers),
        )
    if homeless:
        return ntr(
            "{count} person has no department.",
            "{count} persons have no department.",
            homeless,
            count=count(homeless),
        )
    return tr("Everyone has a department, and every CRM account its person.")


def people_caption(reader: Reader) -> str:
    """How many persons and accounts."""
    persons, accounts = len(queries.persons(reader)), len(queries.accounts(reader))
    return ", ".join(
        (
            ntr("{count} person", "{count} persons", persons, count=count(persons)),
            ntr("{count} CRM account", "{count} CRM accounts", accounts, count=count(accounts)),
        )
    )


def casting_sentence(reader: Reader) -> str:
    """Parts that are mixed first, then parts that nobody plays."""
    rows = casting.roles(reader)
    if not rows:
        return tr("Who decides, who leads, who configures?")
    mixed, empty = casting.mixed(rows), casting.vacant(rows)
    if mixed:
        one, other = mixed[0]
        return tr(
            "One person holds two leading parts: {one} and {other}.",
            one=show(ROLES[one]),
            other=show(ROLES[other]),
        )
    if empty:
        return tr(
            "Nobody is named yet for: {list}.", list=", ".join(show(ROLES[kind]) for kind in empty)
        )
    return tr("Each leading part has a person of its own.")


def casting_caption(reader: Reader) -> str:
    """How many roles have somebody."""
    rows = casting.roles(reader)
    named = sum(row.person_id is not None for row in rows)
    return ntr(
        "{count} role, {named} with a name",
        "{count} roles, {named} with a name",
        len(rows),
        count=count(len(rows)),
        named=count(named),
    )
