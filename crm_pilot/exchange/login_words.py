"""Which statuses and types of login count: what is delivered, and what the lead decided instead.

A login counts when it worked and was made by a person at a screen (DOMAIN.md 2.1 and 2.2). A word
the lists do not have: as a status it does not count, as a type it does; either is told by name.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from crm_pilot.adoption.terms import Aspect
from crm_pilot.exchange.headers import normal, words
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader

# Statuses of a login that worked, normalised
SUCCESS = words(
    "success, succes, successful, succeeded, reussite, reussi, reussie, login no error, "
    "login succeeded, ok, true, 1, yes, oui, sucesso, user access via web, user logged in"
)
# Statuses known to be those of a login that did not
FAILED = words(
    "failed, failure, echec, echoue, echouee, refuse, refusee, error, erreur, false, 0, "
    "no, non, falha, invalid password, mot de passe non valide, password lockout, user "
    "inactive, no salesforce com access, failed activation, failed computer activation, "
    "restricted ip, restricted time, organization locked, api security token required, "
    "failed oauth api access disabled, login error invalid password, login error, user "
    "login failed, login failed"
)
# Types of login that no person does at a screen, normalised
NOT_INTERACTIVE = words(
    "other apex api, autre api apex, partner product, produit partenaire, app exchange, "
    "appexchange, apex office toolkit, data loader, dataloader, soap api, rest api, bulk "
    "api, metadata api, api, api only, networks portal api only, integration, oauth "
    "refresh token, ajax toolkit, user access via web services, web services, acces "
    "utilisateur via les services web, service, sync, offline client, db replication, "
    "data junction, excel integration, outlook integration, salesforce outlook "
    "integration, api login, private app, public app"
)
# Types known to be those of a person (LoginHistory, HubSpot), normalised
INTERACTIVE = words(
    "application, application salesforce, remote access 2 0, remote access client, acces "
    "distant 2 0, saml sfdc initiated sso, saml idp initiated sso, sso saml lance par "
    "idp, sso saml lance par sfdc, third party sso, sso tiers, lightning login, "
    "passwordless login, certificate based login, employee login to community, self "
    "service, customer service portal, partner portal, sysadmin switch, standard, sso, "
    "google, google sso, microsoft, browser, web, mobile, saml, user access via web, "
    "acces utilisateur via le web, password, email"
)
# LOGIN_TYPE of an EventLogFile is a letter, and its case counts
LETTERS = {
    "7": "AppExchange",
    "A": "Application",
    "s": "Certificate-based login",
    "r": "Employee Login to Community",
    "z": "Lightning Login",
    "l": "Networks Portal API Only",
    "6": "Remote Access Client",
    "i": "Remote Access 2.0",
    "I": "Other Apex API",
    "R": "Partner Product",
    "w": "Passwordless Login",
    "3": "Customer Service Portal",
    "9": "Partner Portal",
    "5": "SAML Idp Initiated SSO",
    "8": "SAML Sfdc Initiated SSO",
    "E": "SelfService",
    "j": "Third Party SSO",
}
STATUS, TYPE = Aspect.STATUS, Aspect.TYPE
_LISTS = {STATUS: (SUCCESS, FAILED), TYPE: (INTERACTIVE, NOT_INTERACTIVE)}


@dataclass(frozen=True)
class Word:
    """A status or type, and whether logins with it count."""

    aspect: Aspect
    word: str
    counts: bool
    decided: bool  # by the lead, not by the delivered lists
    known: bool  # in the delivered lists


@dataclass(frozen=True)
class LoginWords:
    """What counts: the lead's decisions over the delivered lists. `seen`: words of earlier
    imports, normalised."""

    rules: Mapping[tuple[Aspect, str], bool]
    seen: frozenset[tuple[Aspect, str]] = frozenset()

    def counts(self, aspect: Aspect, word: str) -> bool:
        """Whether a login with this status or type counts."""
        plain = normal(word)
        decided = self.rules.get((aspect, plain))
        if decided is not None:
            return decided
        if aspect is TYPE:
            return plain not in NOT_INTERACTIVE
        return plain in SUCCESS

    def known(self, aspect: Aspect, word: str) -> bool:
        """Whether lists, decisions or earlier imports have it; an empty word is none."""
        plain = normal(word)
        delivered = any(plain in listed for listed in _LISTS[aspect])
        return not plain or delivered or (aspect, plain) in {*self.rules, *self.seen}


def login_words(reader: Reader) -> LoginWords:
    """Decisions of the project and words of its earlier imports."""
    rows = reader.select("SELECT aspect, word, counts FROM login_rule")
    rules = {(Aspect(aspect), normal(word)): bool(counts) for aspect, word, counts in rows}
    return LoginWords(rules, frozenset((a, normal(word)) for a, word in _seen(reader)))


def all_words(reader: Reader) -> tuple[Word, ...]:
    """Every word the project met or decided on, for a list to be edited; the counts of `Word`
    are those of the next import."""
    found = login_words(reader)
    written = {(aspect, normal(word)): word for aspect, word in _seen(reader)}
    for aspect, word in reader.select("SELECT aspect, word FROM login_rule"):
        written[Aspect(aspect), normal(word)] = word
    return tuple(
        Word(aspect, word, found.counts(aspect, word), (aspect, plain) in found.rules,
             any(plain in listed for listed in _LISTS[aspect]))
        for (aspect, plain), word in sorted(written.items(), key=lambda item: item[0])
    )  # fmt: skip


def _seen(reader: Reader) -> set[tuple[Aspect, str]]:
    """Statuses and types that earlier imports met, from the notes of their batches."""
    found: set[tuple[Aspect, str]] = set()
    for (note,) in reader.select("SELECT note FROM import_batch WHERE note LIKE '{%'"):
        try:
            told = json.loads(note)
        except ValueError:
            continue
        for aspect in Aspect:
            for key in (str(aspect), f"{aspect}_counted"):
                words = told.get(key)
                found |= (
                    {(aspect, word) for word in words or ()} if isinstance(words, dict) else set()
                )
    return found
