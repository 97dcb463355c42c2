"""The kinds of plan files that are read, told apart by their first element."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from crm_pilot.errors import UserError
from crm_pilot.exchange import ganttproject, mspdi, planner_file
from crm_pilot.exchange.plan import Field, Problems, Watch
from crm_pilot.exchange.plan_xml import Node, read_xml, wrong_root
from crm_pilot.i18n import N_, Message
from crm_pilot.planning.document import PlanDocument
from crm_pilot.records import dataclass

Parse = Callable[[Path | bytes, Problems, str, Watch | None], PlanDocument]
SUFFIXES = (".xml", ".gan", ".planner", ".mpp", ".mpx", ".xer")
FORMATS = {
    mspdi.SOURCE: N_("MS Project"),
    ganttproject.SOURCE: N_("GanttProject"),
    planner_file.SOURCE: N_("GNOME Planner"),
}


class _Found(Exception):
    def __init__(self, parse: Parse) -> None:
        self.parse = parse


def _look(root: Node, name: str) -> None:
    if mspdi.is_mspdi(root):
        raise _Found(mspdi.parse_mspdi)
    if planner_file.is_planner(root):
        raise _Found(planner_file.parse_planner)
    if ganttproject.is_gan(root):
        raise _Found(ganttproject.parse_gan)
    raise wrong_root(root, name)


def looks_like_plan(path: Path) -> bool:
    """Whether a file is called like a plan, or is one of those that are read."""
    if path.suffix.casefold() in SUFFIXES:
        return True
    try:
        read_xml(path, path.name, _look, {})
    except _Found:
        return True
    except UserError:
        return False
    return False


@dataclass(frozen=True)
class PlanFormat:
    """A kind of plan file, as the wizard lists it."""

    name: str
    kind: str = "plan"
    fields: tuple[Field, ...] = ()
    marks: frozenset[str] = frozenset()

    @property
    def title(self) -> Message:
        """What the person calls the source."""
        return Message(FORMATS[self.name])


def formats() -> tuple[PlanFormat, ...]:
    """All kinds of plan files."""
    return tuple(PlanFormat(name) for name in FORMATS)


def parse_plan(
    source: Path | bytes, problems: Problems, name: str = "", watch: Watch | None = None
) -> PlanDocument:
    """Read a plan file of any kind and note every value that cannot be read.

    Raises `UserError` for what is no plan file, or is broken, with line and column.
    """
    name = name or mspdi.file_name(source)
    try:
        read_xml(source, name, _look, {})
    except _Found as found:
        return found.parse(source, problems, name, watch)
    raise AssertionError("the look at a root always ends with an exception")


def read_plan(source: Path | bytes, name: str = "", watch: Watch | None = None) -> PlanDocument:
    """Read a plan file of any kind. Raises `UserError`."""
    problems = Problems()
    document = parse_plan(source, problems, name, watch)
    mspdi.refuse(problems, name or mspdi.file_name(source))
    return document
