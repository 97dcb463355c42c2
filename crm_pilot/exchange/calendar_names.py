"""The identities of training sessions in calendars: the same in every file of a project."""

from __future__ import annotations

import re
import uuid

_SPACE = uuid.UUID("0b6a3f52-7c0e-4f3c-9a51-6f2f3c9d8e21")  # of the identities made here
_UID = re.compile(r"session-(\d+)-\d+@([0-9a-f-]{36})\.crm-pilot", re.ASCII)


def project_identity(name: str) -> str:
    """The identity of a project of this name."""
    return str(uuid.uuid5(_SPACE, name))


def session_uid(session: int, number: int, project: str) -> str:
    """The identity of the `number`-th half-day of a session; `project` is its identity."""
    return f"session-{session}-{number}@{project}.crm-pilot"


def own_session(uid: str, project: str) -> int | None:
    """The session an event of ours is about; None for an event of another calendar."""
    match = _UID.fullmatch(uid)
    return int(match[1]) if match and match[2] == project else None
