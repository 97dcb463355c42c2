"""The trial roll-out, built once a test module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from crm_pilot.project import Project
from tests.governance.rollout import build


@pytest.fixture
def rollout() -> Iterator[Project]:
    """A roll-out with trouble in it, as of `rollout.TODAY`."""
    with build() as project:
        yield project
