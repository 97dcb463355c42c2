"""CRM Pilot without a window: everything here works from a script and imports no Qt."""

__version__ = "0.1.0"
