"""What stands on every slide and in the properties of a file, besides what the document says."""

from __future__ import annotations

import datetime as dt

from crm_pilot.records import dataclass


@dataclass(frozen=True)
class Imprint:
    """Texts are finished, in the language of the document.

    `foot`: "Committee no. 7", bold at the left; `issued`: "issued on 21 Nov 2026 · frozen version";
    `fingerprint`: "7F3A-91C4-D20B"; `draft`: the mark of what is not issued, empty otherwise;
    `logo`: a PNG or JPEG; `accent`: `#RRGGBB`, empty for the house's; `day`: what the figures are
    of, which is also the date of creation in the file.
    """

    project: str = ""
    author: str = ""
    foot: str = ""
    issued: str = ""
    fingerprint: str = ""
    draft: str = ""
    logo: bytes | None = None
    accent: str = ""
    day: dt.date | None = None
