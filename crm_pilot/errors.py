"""What can go wrong, in words: `UserError` for what a person can mend, `StorageError` for the file.

Messages are English templates with named placeholders (see `crm_pilot.i18n`); they are translated
only when shown, so an error raised in a job can be read in the language of the window.
Everything else that is raised is a bug and is left to reach the crash dialog.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from crm_pilot.i18n import Message


class UserError(Exception):
    """Something the person can mend: says what failed, where, and what is still safe."""

    def __init__(self, template: str, /, **params: Any) -> None:
        self.message = Message(template, params)
        super().__init__(template, params)

    def __str__(self) -> str:
        return self.message.english()


class StorageKind(StrEnum):
    """Why a project file could not be read or written."""

    FULL = "full"
    LOCKED = "locked"
    READ_ONLY = "read-only"
    CORRUPT = "corrupt"
    NOT_OURS = "not-ours"
    TOO_NEW = "too-new"
    MISSING = "missing"
    CHANGED = "changed"
    GONE = "gone"  # moved or deleted since it was opened
    EMPTY = "empty"  # 0 bytes: not fetched yet by a sync program
    UNREACHABLE = "unreachable"  # its folder is not there: drive or network
    TAKEN = "taken"
    FAILED = "failed"


class StorageError(UserError):
    """A project file that cannot be read or written; `kind` tells the window what to offer."""

    def __init__(self, kind: StorageKind, template: str, **params: Any) -> None:
        super().__init__(template, **params)
        self.kind = kind


class Cancelled(Exception):
    """A job stopped because the person asked for it; nothing was changed."""
