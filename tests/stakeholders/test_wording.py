"""The local word list warns about what does not belong in a rating, and about nothing else."""

import tomllib

import pytest

from crm_pilot.i18n import LANGUAGES
from crm_pilot.paths import resource
from crm_pilot.stakeholders.acts import ANTAGONISM_ACTS, SYNERGY_ACTS, acts, trio_acts
from crm_pilot.stakeholders.terms import Trio
from crm_pilot.stakeholders.wording import CATEGORIES, delicate, fold


@pytest.mark.parametrize(
    ("text", "word", "category"),
    [
        ("Le délégué du personnel était présent", "délégué du personnel", "union"),
        ("Trois vendeurs SYNDIQUÉS ont parlé", "SYNDIQUÉS", "union"),
        ("En arrêt maladie depuis mardi", "En arrêt maladie", "health"),
        ("Il est nul avec Excel", "Il est nul", "insult"),
        ("Absente pour sa grossesse", "grossesse", "health"),
        ("Garde d’enfants le mercredi", "Garde d’enfants", "family"),
        ("He is lazy", "lazy", "insult"),
        ("Her husband works for a rival", "Her husband", "family"),
        ("Two trade unionists spoke", "trade unionists", "union"),
        ("Est de droite, dit-on", "Est de droite", "union"),
        ("Elle est enceinte", "est enceinte", "health"),
        ("Il porte une kippa", "kippa", "religion"),
        ("A Christian, they say", "A Christian", "religion"),
        ("D'origine maghrébine", "D'origine maghrébine", "origin"),
        ("His accent was mocked", "His accent", "origin"),
        ("Surendettée depuis mars", "Surendettée", "family"),
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
        "Le champ est nul, la marge nulle ; le menu de gauche et la colonne de droite restent.",
        "A refusé de saisir les clients étrangers et la filiale étrangère avant le 12 mars.",
        "En liaison avec la DSI, a demandé le respect de la vie privée dans le CRM.",
        "Le projet, baptisé Cap, a du retard ; l'évangéliste produit l'a présenté en campagne.",
        "Christian Martin disabled four CRM accounts and showed it to Grace Churchill.",
        "The account is disabled; the therapeutic area and foolproof imports were criticised.",
        "Prière de remplir le secteur ; croyant que la saisie allait plus vite, a recommencé.",
        "Dans l'enceinte de l'usine, 4 commerciaux sur 9 ont manipulé le nouvel écran.",
        "It is a race to close deals by Friday; templates and blank fields slow us down.",
        "La bible du CRM a été relue ; le vol des données et les rendez-vous ratés, cités.",
        "Parti en séminaire, il a voté le budget ; le marié du fichier est un doublon.",
        "",
    ],
)
def test_plain_facts_pass(text):
    assert delicate(text) == ()


def test_each_word_is_named_once_and_categories_are_known():
    assert len(delicate("lazy, LAZY, Lazy")) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_category_is_rich_in_both_languages(language):
    with resource("wordlists", f"{language}.toml").open("rb") as handle:
        lists = tomllib.load(handle)
    assert set(lists) == set(CATEGORIES)
    for category, words in lists.items():
        for word in words:  # each entry is found where it stands, whatever else begins like it
            said = delicate(f"On a dit {word.rstrip('*')}, deux fois.")
            assert category in {one.category for one in said} or len(said) == 1, word
        assert len({fold(word) for word in words}) >= 40


def test_typical_acts_are_facts_that_pass_the_list_and_leave_something_to_fill_in():
    every = [
        act for table in (SYNERGY_ACTS, ANTAGONISM_ACTS) for row in table.values() for act in row
    ]
    assert len(every) == len(set(every)) >= 24
    for act in every:
        assert "…" in act
        assert delicate(act) == ()


def test_acts_follow_the_levels_that_are_known():
    assert acts(None, None) == ()
    assert acts(2, None) == SYNERGY_ACTS[2]
    assert acts(2, 3) == (*SYNERGY_ACTS[2], *ANTAGONISM_ACTS[3])
    assert trio_acts(Trio.OPPONENT) == acts(2, 3)
