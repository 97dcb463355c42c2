"""The lead's own sentence on top of a screen or page."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from crm_pilot.i18n import Message, msg
from crm_pilot.records import dataclass

if TYPE_CHECKING:
    from crm_pilot.store.work import Work


@dataclass(frozen=True)
class SetSentence:
    """Put `text` over the computed sentence of a place in one language; empty: the computed one
    again. `on` is the day it was written."""

    place: str
    language: str
    text: str
    on: dt.date

    @property
    def label(self) -> Message:
        if self.text:
            return msg("Write the sentence on top")
        return msg("Use the computed sentence")

    def apply(self, work: Work) -> None:
        known = [
            row[0]
            for row in work.select(
                "SELECT id FROM headline WHERE place = ? AND language = ? ORDER BY written_on, id",
                self.place,
                self.language,
            )
        ]
        text = " ".join(self.text.split())
        if not text:
            for key in known:
                work.remove("headline", key)
        elif known:
            work.set("headline", known[-1], sentence=text, written_on=self.on)
        else:
            work.add(
                "headline",
                place=self.place,
                language=self.language,
                sentence=text,
                written_on=self.on,
            )
