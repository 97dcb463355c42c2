"""French public holidays, computed here for speed, against the package `holidays`."""

from __future__ import annotations

import holidays
import pytest

from crm_pilot.adoption.rules import public_holidays


@pytest.mark.parametrize("year", range(2009, 2061))
def test_french_holidays_agree_with_the_package(year: int) -> None:
    assert public_holidays("FR", year) == frozenset(holidays.country_holidays("FR", years=(year,)))
