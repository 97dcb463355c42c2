"""Clashes of training sessions under the name other rooms know; `training/agenda.py` finds them."""

from __future__ import annotations

from crm_pilot.training.agenda import clashes, printable

__all__ = ["clashes", "printable"]
