"""The day every room compares itself with: that of the last steering committee."""

from __future__ import annotations

import datetime as dt

from crm_pilot.store.reader import Reader, date_from_iso, remembered


@remembered("committee")
def last_committee_day(reader: Reader, today: dt.date) -> dt.date | None:
    """Day of the last steering committee held before `today`; other committees do not count.

    A pack printed on the morning of a committee is for that committee: it compares with the one
    before, not with itself.
    """
    found = reader.value(
        "SELECT MAX(held_on) FROM committee WHERE kind = 'steering' AND held_on < ?", today
    )
    return date_from_iso(found) if found else None
