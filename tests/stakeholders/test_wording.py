"""The local word list warns about what does not belong in a rating."""

import pytest

from crm_pilot.stakeholders.wording import CATEGORIES, _pattern, delicate


@pytest.mark.parametrize(
    ("text", "word", "category"),
    [
        ("Le délégué du personnel était présent", "délégué du personnel", "union"),
        ("Trois vendeurs SYNDIQUÉS ont parlé", "SYNDIQUÉS", "union"),
        ("En arrêt maladie depuis mardi", "arrêt maladie", "health"),
        ("Il est nul avec Excel", "nul", "insult"),
        ("Absente pour sa grossesse", "grossesse", "health"),
        ("Garde d’enfants le mercredi", "Garde d’enfants", "family"),
        ("He is lazy", "lazy", "insult"),
        ("Her husband works for a rival", "Her husband", "family"),
        ("Two trade unionists spoke", "trade unionists", "union"),
    ],
)
def test_delicate_words(text, word, category):
    found = delicate(text)
    assert [(f.word, f.category) for f in found] == [(word, category)]


@pytest.mark.parametrize(
    "text",
    [
        "En réunion régionale, 31 présents sur 46 ont demandé à garder leurs tournées sous Excel.",
        "Six sellers of 46 asked for the original idea of joint tours; the union of both lists.",
        "Deux conseillers ont annulé leur congé pour la formation de Churchill.",
        "",
    ],
)
def test_plain_facts_pass(text):
    assert delicate(text) == ()


def test_each_word_is_named_once_and_categories_are_known():
    assert len(delicate("lazy, LAZY, Lazy")) == 1
    assert set(_pattern()[1].values()) == set(CATEGORIES)
