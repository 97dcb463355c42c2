"""What the command line says and in which language, argparse's own words included."""

from __future__ import annotations

import argparse
import gettext
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn, TextIO

from crm_pilot import i18n
from crm_pilot.errors import UserError
from crm_pilot.formats import NARROW
from crm_pilot.i18n import N_, tr

WORDS = (  # argparse's own texts, so that they can be translated
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("show program's version number and exit"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("expected one argument"),
    N_("expected at least one argument"),
    N_("expected at most one argument"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
    N_("not allowed with argument %s"),
    N_("ignored explicit argument %r"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
)


def wanted_language(arguments: Sequence[str]) -> str:
    """The language of the messages: `--lang`, otherwise the environment's."""
    for number, argument in enumerate(arguments):
        name, _, value = argument.partition("=")
        if name == "--lang":
            value = value or " ".join(arguments[number + 1 : number + 2])
            if value in i18n.LANGUAGES:
                return value
    return i18n.system_language()


@contextmanager
def spoken() -> Iterator[None]:
    """Let argparse speak the language of the messages."""

    language = i18n.current().language

    def translated(text: str) -> str:
        if text not in WORDS:
            return gettext.gettext(text)
        plain = tr(text).replace(f"{NARROW}%", " %")
        quoted = f"«{NARROW}%(value)s{NARROW}»" if language == "fr" else "“%(value)s”"
        return plain.replace("%(value)r", quoted)

    before = vars(argparse).get("_")
    vars(argparse)["_"] = translated
    try:
        yield
    finally:
        vars(argparse)["_"] = before


class Layout(argparse.HelpFormatter):
    """The layout of `--help`: a French heading has its space before the colon."""

    def start_section(self, heading: str | None) -> None:
        gap = NARROW if i18n.current().language == "fr" else ""
        super().start_section(heading and heading + gap)


class Parser(argparse.ArgumentParser):
    """A parser whose mistakes are one sentence, raised as a `UserError`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"formatter_class": Layout, **kwargs})

    def error(self, message: str) -> NoReturn:
        raise UserError(
            N_("{problem}. “{command} --help” says what can be written."),
            problem=re.sub(r"(?<!\w)'([\w.-]+)'", r"\1", message.rstrip(".")),  # choices, unquoted
            command=self.prog,
        )


def say(text: str, stream: TextIO | None = None) -> None:
    """Print a line, also where the terminal knows no narrow spaces."""
    stream = stream or sys.stdout
    if not stream:  # a program of Windows without a console has none
        return
    encoding = stream.encoding or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        plain = text.replace(NARROW, "\u00a0")
        text = plain.encode(encoding, "replace").decode(encoding)
    print(text, file=stream, flush=True)


def complain(text: str) -> None:
    """Print a line where errors go."""
    say(text, sys.stderr)
