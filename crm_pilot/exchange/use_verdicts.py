"""What a row of an export means: a login of a person, a record created or updated, or neither."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

from crm_pilot.adoption.terms import Aspect
from crm_pilot.exchange.headers import normal, words
from crm_pilot.exchange.login_words import FAILED, LETTERS, LoginWords
from crm_pilot.records import dataclass

Cells = Mapping[str, str]  # the telling cells of a row, by field


class What(StrEnum):
    """What a row counts as."""

    LOGIN = "login"
    CREATED = "created"
    UPDATED = "updated"
    OUT = "out"


@dataclass(frozen=True)
class Verdict:
    """What rows with the same words count as; for those left out, the word that decided."""

    what: What
    object: str = ""
    reason: str = ""  # status, type or operation
    word: str = ""
    met: tuple[tuple[Aspect, str], ...] = ()  # statuses and types that were looked at


JudgeWords = Callable[[Cells, LoginWords], Verdict]
CREATE = words(
    "create, created, creation, creer, cree, creee, insert, inserted, new, nouveau, add, "
    "added, record created, ajout"
)
UPDATE = words(
    "update, updated, modify, modified, modification, modifier, modifie, edit, edited, "
    "change, changed, upsert, mise a jour, mettre a jour, record updated, save, saved"
)
ACCESS = words(
    "access, acces, user access, user access via web, user access via web services, acces "
    "utilisateur, acces utilisateur via le web, user accessed, user logged in, user "
    "login, login, logged in, sign in, connexion"
)
WEB_SERVICES = ("web services", "services web")


def judge_login(cells: Cells, known: LoginWords) -> Verdict:
    """A log of logins: status and type decide; a missing column decides nothing."""
    status, kind = cells.get("status"), cells.get("type", "")
    if status is not None and not known.counts(Aspect.STATUS, status):
        return Verdict(What.OUT, reason="status", word=status)
    if not known.counts(Aspect.TYPE, kind):
        return Verdict(What.OUT, reason="type", word=kind)
    met = ((Aspect.STATUS, status or ""), (Aspect.TYPE, kind))
    return Verdict(What.LOGIN, met=met)


def judge_event_log(cells: Cells, known: LoginWords) -> Verdict:
    """EventLogFile: as a log of logins, but types are letters."""
    kind = cells.get("type", "").strip()
    return judge_login({**cells, "type": LETTERS.get(kind, kind)}, known)


def judge_audit(cells: Cells, known: LoginWords) -> Verdict:
    """Audit view of Dynamics: creations and updates by entity, and accesses of persons."""
    operation, event = cells.get("operation", "").strip(), cells.get("event", "").strip()
    plain, told = normal(operation), normal(event)
    record = _record(plain, cells) or _record(told, cells)
    if record is not None and not told.startswith("user access"):
        return record
    if plain in ACCESS or told in ACCESS:
        return _access(event or operation, known)
    return Verdict(What.OUT, reason="operation", word=operation or event)


def judge_purview(cells: Cells, known: LoginWords) -> Verdict:
    """Purview: the message of the record, or the operation where it has none."""
    word = (cells.get("message", "") or cells.get("operation", "")).strip()
    plain, result = normal(word), cells.get("status", "").strip()
    if normal(result) in FAILED and not known.rules.get((Aspect.STATUS, normal(result))):
        return Verdict(What.OUT, reason="status", word=result)
    if plain in FAILED:
        return Verdict(What.OUT, reason="status", word=word)
    record = _record(plain, cells)
    if record is not None:
        return record
    if plain in ACCESS:
        return _access(word, known)
    return Verdict(What.OUT, reason="operation", word=word)


def judge_hubspot(cells: Cells, known: LoginWords) -> Verdict:
    """Audit log of HubSpot: category, subcategory and action."""
    category, below = cells.get("category", "").strip(), cells.get("subcategory", "").strip()
    action = cells.get("operation", "").strip()
    told = f"{normal(category)} {normal(below)} {normal(action)}"
    if "login" in told.split():
        if {"failed", "failure", "echec"} & set(told.split()):
            return Verdict(What.OUT, reason="status", word=below or action)
        return _access(below or category, known)
    record = _record(normal(action), {"object": _readable(below or category)})
    return record or Verdict(What.OUT, reason="operation", word=action)


def judge_action(cells: Cells, known: LoginWords) -> Verdict:
    """One row an action: who, when, in what, and what was done."""
    operation = cells.get("operation", "").strip()
    record = _record(normal(operation), cells)
    return record or Verdict(What.OUT, reason="operation", word=operation)


def _record(plain: str, cells: Cells) -> Verdict | None:
    if plain not in CREATE and plain not in UPDATE:
        return None
    what = What.CREATED if plain in CREATE else What.UPDATED
    return Verdict(what, object=cells.get("object", ""))


def _access(word: str, known: LoginWords) -> Verdict:
    services = normal(word).endswith(WEB_SERVICES)
    decided = known.rules.get((Aspect.TYPE, normal(word)))
    if decided is False or (decided is None and services) or not known.counts(Aspect.TYPE, word):
        return Verdict(What.OUT, reason="type", word=word)
    return Verdict(What.LOGIN, met=((Aspect.TYPE, word),))


def _readable(word: str) -> str:
    """`CRM_OBJECT` → Crm object; other spellings as they are."""
    return word.replace("_", " ").capitalize() if word.isupper() else word


def decide(judge: JudgeWords, known: LoginWords, cells: Cells) -> Verdict:
    """What a judge says by these words."""
    return judge(cells, known)
