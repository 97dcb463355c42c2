"""Reports that hold sums only, and the sentence that refuses them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crm_pilot.exchange.headers import normal
from crm_pilot.i18n import msg

TOTALS_ONLY = msg(
    "this is a report of totals: it has no row for each login or record. Export it again with its"
    " details (“Details Only”)."
)
_SUMS = re.compile(
    r"^(record count|count|sum of|average|avg|total|grand total|row count|nombre|somme|moyenne"
    r"|nb d|decompte)\b"
)


def is_summary(headers: Sequence[str]) -> bool:
    """Whether some column counts or adds up, as reports with grouped rows do."""
    return any(_SUMS.match(normal(header)) for header in headers)
