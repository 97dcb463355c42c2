"""Importers and exporters, and the machinery that maps and checks columns."""

from crm_pilot.exchange.importing import apply_command, plan_import
from crm_pilot.exchange.registry import importer_for

__all__ = ["apply_command", "importer_for", "plan_import"]
