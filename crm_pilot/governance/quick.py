"""One typed line during a meeting: a decision, an action, a risk, a problem or a highlight.

    D valider la vague 3 @Marchand 12/1     decision        A call the branches @Faure friday
    R 3x4 données refusées @Faure           risk            P !3 accès coupés dans le Sud
    F Vague 2 en service. 174 comptes       highlight (also H)

The first letter, or the whole word in either language, says what it is; `D?` is a decision still
to take. `@` comes before the owner; the day stands at the end, or before the owner. Pure.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING

from crm_pilot.errors import UserError
from crm_pilot.folding import folded
from crm_pilot.governance.actions import AddAction
from crm_pilot.governance.decisions import SetDecisionStatus
from crm_pilot.governance.owners import Match, match
from crm_pilot.governance.problems import AddProblem
from crm_pilot.governance.registers import AddDecision, AddHighlight, AddRisk
from crm_pilot.governance.rows import commas
from crm_pilot.governance.terms import DecisionStatus
from crm_pilot.i18n import N_, Message, msg
from crm_pilot.records import dataclass
from crm_pilot.store.commands import Value
from crm_pilot.typed import parse_day

if TYPE_CHECKING:
    from crm_pilot.store.work import Work


class Kind(StrEnum):
    """What a line of the meeting is."""

    DECISION = "decision"
    ACTION = "action"
    RISK = "risk"
    PROBLEM = "problem"
    HIGHLIGHT = "highlight"


class Missing(StrEnum):
    """What a line still needs before it can be entered."""

    KIND = "kind"
    WORDING = "wording"
    OWNER = "owner"
    DUE = "due_on"


KINDS = {
    Kind.DECISION: N_("Decision"),
    Kind.ACTION: N_("Action"),
    Kind.RISK: N_("Risk"),
    Kind.PROBLEM: N_("Problem"),
    Kind.HIGHLIGHT: N_("Highlight"),
}
MISSING = {
    Missing.KIND: N_("begin with D, A, R, P or H"),
    Missing.WORDING: N_("a few words"),
    Missing.OWNER: N_("an owner: @name"),
    Missing.DUE: N_("a date"),
}
_WORDS = {
    **dict.fromkeys(("d", "decision"), Kind.DECISION),
    **dict.fromkeys(("a", "action"), Kind.ACTION),
    **dict.fromkeys(("r", "risque", "risk"), Kind.RISK),
    **dict.fromkeys(("p", "probleme", "problem", "issue"), Kind.PROBLEM),
    **dict.fromkeys(("f", "fait", "fait marquant", "h", "highlight"), Kind.HIGHLIGHT),
}
_OWNED = frozenset({Kind.DECISION, Kind.ACTION})  # never without owner and date
_START = re.compile(r"\s*(fait marquant|[^\W\d_]+)\s*(\?)?\s*(?::\s*|\s+|$)", re.IGNORECASE)
_RATED = re.compile(r"(?<!\S)([1-4])\s?[x×*]\s?([1-4])(?!\S)", re.IGNORECASE)
_SEVERE = re.compile(r"(?<!\S)!\s?([1-4])(?!\S)")
_QUOTED = re.compile(r"@[\"“«]\s*([^\"”»]+?)\s*[\"”»]")
_BEFORE_DAY = frozenset(
    ("le", "au", "avant", "pour", "d'ici", "by", "before", "on", "due", "until", "for", "->", "→")
)
_ARTICLES = frozenset(("le", "the", "au"))
_STOP = re.compile(r"([.:;]|\s[–—-])(?=\s)")
_LONGEST_DAY = 4  # words: `lundi 11 janvier 2027`
_LONGEST_NAME = 4


@dataclass(frozen=True)
class Quick:
    """What was understood of a line. `kind` is None while the first letter says nothing.

    `owner` is the whole name of the person it fits, otherwise as typed (`owner_id` is None: a new
    one); `several`: whom it fits alike. `proposed`: a decision still to take. `on`: the day it
    was typed.
    """

    kind: Kind | None
    wording: str
    owner: str
    due_on: dt.date | None
    missing: tuple[Missing, ...]
    on: dt.date
    owner_id: int | None = None
    several: tuple[str, ...] = ()
    proposed: bool = False
    probability: int | None = None
    impact: int | None = None
    severity: int | None = None

    @property
    def complete(self) -> bool:
        """Whether it can be entered."""
        return not self.missing

    @property
    def lead(self) -> str:
        """Of a highlight, the few words before the first stop."""
        return _halves(self.wording)[0]

    @property
    def detail(self) -> str:
        """Of a highlight, what follows them."""
        return _halves(self.wording)[1]


def parse(text: str, today: dt.date, people: Iterable[tuple[int, str]]) -> Quick:
    """What a typed line says; nothing is refused, what it lacks is in `missing`.

    `people`: id and name of everybody (`people.queries.owners`).
    """
    kind, proposed, rest = _kind(text)
    levels = severity = None
    if kind is Kind.RISK:
        levels, rest = _taken(_RATED, rest)
    if kind is Kind.PROBLEM:
        severity, rest = _taken(_SEVERE, rest)
    known = tuple(people)
    typed, before, after = _owner(rest, today, known)
    due, wording = _due(before, after, today, anywhere=kind in _OWNED, named=bool(typed))
    found = match(typed, known)
    wording = " ".join(wording.split()).strip(" ,;")
    return Quick(
        kind=kind,
        wording=wording[:1].upper() + wording[1:],
        owner=found.name,
        due_on=due,
        missing=_missing(kind, wording, found, due),
        on=today,
        owner_id=found.id,
        several=found.several,
        proposed=proposed and kind is Kind.DECISION,
        probability=int(levels[1]) if levels else None,
        impact=int(levels[2]) if levels else None,
        severity=int(severity[1]) if severity else None,
    )


def _missing(
    kind: Kind | None, wording: str, owner: Match, due: dt.date | None
) -> tuple[Missing, ...]:
    lacks = {
        Missing.KIND: kind is None,
        Missing.WORDING: not wording,
        Missing.OWNER: bool(owner.several) or (kind in _OWNED and not owner.name),
        Missing.DUE: kind in _OWNED and due is None,
    }
    return tuple(one for one, lacking in lacks.items() if lacking)


def _kind(text: str) -> tuple[Kind | None, bool, str]:
    """What the first word says, whether a `?` follows it, and the rest."""
    found = _START.match(text)
    kind = _WORDS.get(folded(found[1])) if found else None
    if found is None or kind is None:
        return None, False, text
    return kind, bool(found[2]), text[found.end() :]


def _taken(pattern: re.Pattern[str], text: str) -> tuple[re.Match[str] | None, str]:
    """The first match and the text without it."""
    found = pattern.search(text)
    if found is None:
        return None, text
    return found, f"{text[: found.start()].rstrip()} {text[found.end() :].lstrip()}"


def _owner(text: str, today: dt.date, people: tuple[tuple[int, str], ...]) -> tuple[str, str, str]:
    """The name behind `@`, the text before it and the text behind it."""
    quoted = _QUOTED.search(text)
    if quoted is not None:
        return quoted[1], text[: quoted.start()], text[quoted.end() :]
    before, sign, behind = text.partition("@")
    words = behind.split()
    if not sign or not words:
        return "", before, behind
    length = _length_of_name(words, today, people)
    return " ".join(words[:length]).rstrip(",;"), before, " ".join(words[length:])


def _length_of_name(words: list[str], today: dt.date, people: tuple[tuple[int, str], ...]) -> int:
    """How many of the words behind `@` are the name: the longest run that is somebody's, as far
    as it reaches over the capitals or holds the family name (`@Jean Neuf` is not Jean Martin);
    otherwise the first word with the capitals that follow it, up to a day."""
    capitals = 1
    while capitals < min(_LONGEST_NAME, len(words)) and words[capitals][:1].isupper():
        if _day(words[capitals:], today) is not None:
            break
        capitals += 1
    for length in range(min(_LONGEST_NAME, len(words)), 0, -1):
        found = match(" ".join(words[:length]), people)
        if found.id is None:
            continue
        family = folded(found.name.split()[-1])
        if length >= capitals or any(folded(word.strip(",;")) == family for word in words[:length]):
            return length
    return capitals


def _due(
    before: str, after: str, today: dt.date, *, anywhere: bool, named: bool
) -> tuple[dt.date | None, str]:
    """The day and the wording without it: right behind the owner, else (`anywhere`) at the end of
    the line. Days in the words of a risk or a highlight stay there."""
    day = _day(after.split(), today) if named else None
    if day is not None:
        return day, before
    words = f"{before} {after}".split()
    if anywhere:
        for length in range(min(_LONGEST_DAY, len(words)), 0, -1):
            day = _day(words[-length:], today)
            if day is not None:
                return day, " ".join(_without_tail(words[:-length]))
    return None, " ".join(words)


def _day(words: list[str], today: dt.date) -> dt.date | None:
    """The day that all the words together name, with a preposition or without."""
    if words and folded(words[0]) in _BEFORE_DAY:
        words = words[1:]
    if words and folded(words[0]) in _ARTICLES:
        words = words[1:]
    if not words or len(words) > _LONGEST_DAY:
        return None
    try:
        return parse_day(" ".join(words), today)
    except UserError:
        return None


def _without_tail(words: list[str]) -> list[str]:
    """The words without the prepositions that led to a day."""
    while words and folded(words[-1]) in _BEFORE_DAY | _ARTICLES:
        words = words[:-1]
    return words


def _halves(wording: str) -> tuple[str, str]:
    """A highlight in its few words and its detail: up to the first stop that a blank follows."""
    found = _STOP.search(wording)
    if found is None:
        return wording, ""
    stop = "." if found[1] == "." else ""
    detail = wording[found.end() :].strip()
    return wording[: found.start()].strip() + stop, detail[:1].upper() + detail[1:]


@dataclass(frozen=True)
class Enter:
    """Enter what was understood of a line, as one step; the result is (table, id).

    A decision of a committee that is being held, or was, counts as taken on that day; before, and
    with `D?`, it is proposed.
    """

    quick: Quick
    committee_id: int | None = None

    @property
    def label(self) -> Message:
        kind = self.quick.kind
        return msg("Enter: {kind}", kind=Message(KINDS[kind]) if kind else "")

    def apply(self, work: Work) -> tuple[str, int]:
        kind = self.quick.kind
        if kind is None or self.quick.missing:
            words = [Message(MISSING[one]) for one in self.quick.missing]
            raise UserError(
                N_("This line still needs: {list}. Nothing was added."), list=commas(words)
            )
        return ENTER[kind](self.quick, self.committee_id, work)


def _enter_decision(quick: Quick, committee_id: int | None, work: Work) -> tuple[str, int]:
    key = AddDecision(quick.wording, quick.owner, quick.due_on, committee_id).apply(work)
    held = work.get("committee", committee_id).held_on if committee_id is not None else None
    if not quick.proposed and held is not None and held <= quick.on:
        SetDecisionStatus(key, DecisionStatus.VALIDATED, held).apply(work)
    return "decision", key


def _enter_action(quick: Quick, committee_id: int | None, work: Work) -> tuple[str, int]:
    adding = AddAction(quick.wording, quick.owner, quick.due_on, committee_id)
    return "committee_action", adding.apply(work)


def _enter_risk(quick: Quick, _committee_id: int | None, work: Work) -> tuple[str, int]:
    values: dict[str, Value] = {"owner": quick.owner, "due_on": quick.due_on}
    if quick.probability and quick.impact:
        values |= {"probability": quick.probability, "impact": quick.impact}
    return "risk", AddRisk(quick.wording, values, quick.on).apply(work)


def _enter_problem(quick: Quick, _committee_id: int | None, work: Work) -> tuple[str, int]:
    adding = AddProblem(quick.wording, quick.on, quick.owner, quick.due_on, quick.severity or 2)
    return "problem", adding.apply(work)


def _enter_highlight(quick: Quick, _committee_id: int | None, work: Work) -> tuple[str, int]:
    return "highlight", AddHighlight(quick.on, quick.lead, quick.detail).apply(work)


ENTER = {
    Kind.DECISION: _enter_decision,
    Kind.ACTION: _enter_action,
    Kind.RISK: _enter_risk,
    Kind.PROBLEM: _enter_problem,
    Kind.HIGHLIGHT: _enter_highlight,
}
