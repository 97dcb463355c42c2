"""An erasure as a whole: the open project, its history, the saved file and what was kept of it."""

from __future__ import annotations

from contextlib import suppress

from crm_pilot.personal.erasing import Erased, ErasePerson, traces
from crm_pilot.personal.identity import Subject
from crm_pilot.project import Project, copies_of, load_models, recoverable
from crm_pilot.records import dataclass


@dataclass(frozen=True)
class Purged:
    """What became of the files. `left` are the texts that still stand in the saved file."""

    copies: int  # dated copies deleted
    sessions: int  # unsaved work of ended sessions on the same file, deleted
    left: tuple[str, ...]


def erase(project: Project, subject: Subject, language: str) -> Erased:
    """Erase `subject` from the open project and forget how it was. Save it to reach the file.

    Raises `UserError` when the project is open read-only; then nothing was changed.
    """
    load_models()
    done: Erased = project.execute(ErasePerson(subject, project.today(), language))
    project.forget_history()
    return done


def purge(project: Project, subject: Subject) -> Purged:
    """After the save: delete the dated copies and left-over sessions that still hold `subject`,
    and look through the bytes of the saved file."""
    path = project.path
    if path is None:
        return Purged(0, 0, ())
    copies = 0
    for copy in copies_of(path):
        with suppress(FileNotFoundError):
            copy.path.unlink()
            copies += 1
    sessions = 0
    for session in recoverable():
        if session.original is not None and session.original.resolve() == path.resolve():
            session.discard()
            sessions += 1
    return Purged(copies, sessions, tuple(traces(path, subject)))
