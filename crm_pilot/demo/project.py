"""Builds the demonstration project: the same content on every run, in French or in English."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from crm_pilot.demo import (
    acting,
    adoption,
    people,
    plan,
    positions,
    registers,
    steering,
    tickets,
    training,
    usage,
)
from crm_pilot.demo.samples import Words, load
from crm_pilot.i18n import Message, msg
from crm_pilot.project import Project
from crm_pilot.records import dataclass

if TYPE_CHECKING:
    from crm_pilot.store.work import Work


@dataclass(frozen=True)
class Demonstration:
    """Fills a new project with the demonstration roll-out."""

    language: str

    @property
    def label(self) -> Message:
        return msg("Fill in the demonstration")

    def apply(self, work: Work) -> None:
        words = Words(self.language)
        everyone = people.fill(work, words)
        lines = plan.fill(work, words, everyone)
        positions.fill(work, words, everyone)
        acting.fill(work, words, everyone, lines)
        steering.fill(work, words, everyone)
        registers.fill(work, words, everyone, lines)
        training.fill(work, words, everyone)
        usage.fill(work, words, everyone)
        tickets.fill(work, words, everyone)
        adoption.fill(work, words, everyone)


def build(path: Path, language: str, *, replace: bool = False) -> Path:
    """Write the demonstration project to `path`, and return it.

    Raises `StorageError` when the file exists (unless `replace`) or cannot be written.
    """
    card = load("people")["project"]
    project = Project.create(
        Demonstration(language),
        name=Words(language)(card),
        language=language,
        country="FR",
        starts_on=card["starts_on"],
    )
    with project:
        return project.save(path, replace=replace).path
