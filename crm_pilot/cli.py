"""The command line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from crm_pilot import i18n
from crm_pilot.errors import UserError


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    parser = argparse.ArgumentParser(prog="crm-pilot")
    commands = parser.add_subparsers(dest="command", required=True)
    demo = commands.add_parser("demo")
    demo.add_argument("file", type=Path)
    demo.add_argument("--lang", choices=i18n.LANGUAGES, default="fr")
    demo.add_argument("--force", action="store_true")
    asked = parser.parse_args(argv)
    i18n.set_language(asked.lang)
    try:
        from crm_pilot import demo as demonstration

        print(demonstration.build(asked.file, asked.lang, replace=asked.force))
    except UserError as error:
        print(i18n.show(error.message), file=sys.stderr)
        return 2
    return 0
