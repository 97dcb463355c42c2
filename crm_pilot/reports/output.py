"""Putting a finished document where it was asked for: replaced at once, never half written."""

from __future__ import annotations

import os
from pathlib import Path

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_


def put(data: bytes, path: Path) -> None:
    """Write `data` to `path`. Raises `UserError` when it cannot be written there."""
    if path.is_dir():
        raise UserError(N_("“{path}” is a folder; give the name of a file."), path=str(path))
    if not path.absolute().parent.is_dir():
        raise UserError(N_("The folder “{path}” does not exist."), path=str(path.absolute().parent))
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise UserError(
            N_("“{path}” cannot be written ({reason}). Nothing was changed; choose another place."),
            path=str(path),
            reason=error.strerror or str(error),
        ) from error
