"""The mapped classes of all rooms are ready before the first edit needs them."""

from __future__ import annotations

import subprocess
import sys

CODE = """
from crm_pilot.models import load_models
load_models()
from crm_pilot.store.schema import Base
mappers = list(Base.registry.mappers)
assert len(mappers) > 50, len(mappers)
assert all(mapper.configured for mapper in mappers)
"""


def test_loading_the_models_joins_them() -> None:
    """In a process of its own: here an edit may have joined them already."""
    subprocess.run([sys.executable, "-c", CODE], check=True)
