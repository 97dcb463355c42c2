"""Who came after the go-live: compared with those who were there, in use and in training."""

from __future__ import annotations

import datetime as dt


def is_newcomer(opened: dt.date | None, go_live: dt.date | None) -> bool:
    """Whether an account was opened after the go-live of its department's wave (DOMAIN.md 3).

    An account without an opening day was always there; without a go-live nobody is new.
    """
    return opened is not None and go_live is not None and opened > go_live
