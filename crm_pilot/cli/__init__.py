"""The command line: the same engine as the window, loading no Qt unless a window or picture is
asked for. Exit codes: 0 done, 1 a bug, 2 something the person can mend."""

from crm_pilot.cli.entry import main

__all__ = ["main"]
