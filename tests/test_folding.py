"""Search finds what is on the screen, typed as a keyboard types it."""

import pytest

from crm_pilot.folding import folded


@pytest.mark.parametrize(
    ("shown", "typed"),
    [
        ("L’Été à l’Est", "l'ete a l'est"),
        ("1ᵉʳ essai à blanc", "1er essai a blanc"),
        ("Vague\u00a03\u202f: données", "vague 3 : donnees"),
        ("Plain ASCII", "plain ascii"),
    ],
)
def test_typography_is_no_obstacle(shown: str, typed: str) -> None:
    assert folded(shown) == typed
