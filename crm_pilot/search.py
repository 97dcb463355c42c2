"""Finding by a few letters, over everything of a project, within the time of a keystroke.

Texts are folded once, thousands in one pass of C, into one line each (` title \\t code `); a query
then is a substring test per line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from heapq import nsmallest
from itertools import chain

from crm_pilot.findable import Row
from crm_pilot.records import dataclass

LIMIT = 50  # results shown
ASSURED = 3  # of every kind that has results
FEW = 2_000  # of so few beginnings the shortest is the likeliest meant
INITIALS = range(2, 9)  # letters that may be initials
ACTION, ROOM = "action", "room"
PREFIXES: Mapping[str, frozenset[str]] = {  # first character -> kinds it asks for
    ">": frozenset({ACTION}),
    "#": frozenset({"ticket"}),
    "@": frozenset({"person"}),
}

# folding -------------------------------------------------------------------------------------

_MARKS = re.compile("[\u0300-\u036f]+")
_GAPS = re.compile(r"[^\w\n\t]+|_+")
_LATER = re.compile(r"(?<=[^\W\d])[^\W\d]+| ")  # letters after the first of a word, and spaces
_LETTERS = (("œ", "oe"), ("æ", "ae"), ("ø", "o"), ("ł", "l"))


def fold(text: str) -> str:
    """Words in lower case without accents, one space apart: `L’équipe (Sud)` is `l equipe sud`.
    Line breaks and tabs stay."""
    text = text.casefold()
    if not text.isascii():
        text = _MARKS.sub("", unicodedata.normalize("NFKD", text))
        for letter, plain in _LETTERS:
            text = text.replace(letter, plain)
    text = _GAPS.sub(" ", text)
    for edge in "\t\n":
        text = text.replace(f" {edge}", edge).replace(f"{edge} ", edge)
    return text.strip(" ")


def folded_lines(texts: Sequence[tuple[str, str]]) -> tuple[list[str], list[str]]:
    """Lines ` title \\t code ` and initials (`mesv2` of “Mise en service vague 2”) of titles and
    codes, all folded together."""
    if not texts:
        return [], []
    joined = fold("\n".join(f"{title}\t{code}" for title, code in texts))
    if joined.count("\n") != len(texts) - 1:  # a title with a line break in it
        joined = "\n".join(fold(f"{t}\t{c}".replace("\n", " ")) for t, c in texts)
    initials = [line.partition("\t")[0] for line in _LATER.sub("", joined).split("\n")]
    spaced = joined.replace("\t", " \t ").replace("\n", " \n ")
    return f" {spaced} ".split("\n"), initials


# queries -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Query:
    """What was typed: folded words, and the kinds a first character asked for (None: all)."""

    words: tuple[str, ...]
    only: frozenset[str] | None = None

    @property
    def whole(self) -> str:
        """The words as one text."""
        return " ".join(self.words)


def parse(typed: str) -> Query:
    """Read what was typed: `> ` actions only, `#` tickets, `@` persons."""
    typed = typed.strip()
    only = PREFIXES.get(typed[:1])
    text = typed[1:] if only is not None else typed
    return Query(tuple(fold(text.replace("\t", " ").replace("\n", " ")).split()), only)


class Part:
    """Things of one kind, ready to be searched. `describe(row)` gives title, code and detail;
    a `quiet` code is shown only where it was asked for."""

    def __init__(
        self,
        kind: str,
        rows: Sequence[Row],
        describe: Callable[[Row], tuple[str, str, str]],
        lines: list[str],
        initials: list[str],
        *,
        quiet: bool = False,
    ) -> None:
        self.kind, self.rows, self.describe = kind, rows, describe
        self.lines, self.initials, self.quiet = lines, initials, quiet

    def ranked(self, query: Query) -> tuple[list[int], ...]:
        """Places of the rows that match: exact, beginning with it, with every word at the start
        of a word, by initials, and with the words inside."""
        lines, words = self.lines, query.words
        if not words:
            return (list(range(len(lines))),)
        found: Sequence[int] = range(len(lines))
        for word in sorted(words, key=len, reverse=True):
            found = [place for place in found if word in lines[place]]
        by_initials = self._by_initials(query)
        exact: list[int] = []
        beginning: list[int] = []
        starting: list[int] = []
        inside: list[int] = []
        title, code = f" {query.whole}", f"\t {query.whole}"
        first, *others = [f" {word}" for word in words]
        for place in found:
            line = lines[place]
            if line.startswith(title):
                (exact if line.startswith(title + " \t") else beginning).append(place)
            elif code in line:
                (exact if f"{code} " in line else beginning).append(place)
            elif first in line and (not others or all(word in line for word in others)):
                starting.append(place)
            elif place not in by_initials:
                inside.append(place)
        taken = {*exact, *beginning, *starting} if by_initials else set()
        initials = [place for place in by_initials if place not in taken]
        return exact, beginning, starting, initials, inside

    def _by_initials(self, query: Query) -> dict[int, None]:
        if len(query.words) != 1 or len(query.whole) not in INITIALS:
            return {}
        first = query.whole[0]
        match = re.compile(".*?".join(map(re.escape, query.whole))).match
        return dict.fromkeys(
            place
            for place, initials in enumerate(self.initials)
            if initials.startswith(first) and match(initials)
        )


def fixed(kind: str, entries: Sequence[tuple[str, str, str]]) -> Part:
    """A part over entries (key, text, detail) that are no rows, such as rooms and actions."""
    rows = [(key, text, "", detail) for key, text, detail in entries]
    lines, initials = folded_lines([(row[1], "") for row in rows])
    return Part(kind, rows, lambda row: (row[1], row[2], row[3]), lines, initials)


# results -------------------------------------------------------------------------------------

Spans = tuple[tuple[int, int], ...]  # from, to (excluded), in characters
Choice = tuple[str, str | int]  # kind and key


@dataclass(frozen=True)
class Hit:
    """Something found; `marks` are the matched letters of the title, `code_marks` of the code."""

    kind: str
    key: str | int
    title: str
    code: str
    detail: str
    marks: Spans
    code_marks: Spans


@dataclass(frozen=True)
class Found:
    """Results by kind, in the order to be shown, and how many were left out."""

    groups: tuple[tuple[str, tuple[Hit, ...]], ...]
    more: int

    @property
    def hits(self) -> tuple[Hit, ...]:
        """All of them in order."""
        return tuple(chain.from_iterable(hits for _, hits in self.groups))


def search(
    parts: Sequence[Part], typed: str, recent: Sequence[Choice] = (), limit: int = LIMIT
) -> Found:
    """The best `limit` results in `parts`; of equally good ones those chosen lately come first.

    Rooms and actions stand before things; these by their best result. Every kind that has results
    shows some.
    """
    query = parse(typed)
    total = 0
    offers: list[tuple[bool, int, int, int, int]] = []  # not assured, rank, turn, part, place
    for order, part in enumerate(parts):
        if query.only is not None and part.kind not in query.only:
            continue
        turn = 0
        lately = _lately(part, recent)
        for rank, places in enumerate(part.ranked(query)):
            total += len(places)
            by_length = bool(query.words) and rank <= 1 and len(places) <= FEW
            for place in _heads(part, places, lately, limit - turn, by_length=by_length):
                offers.append((turn >= ASSURED, rank, turn, order, place))
                turn += 1
    chosen: dict[int, list[tuple[int, int, int]]] = {}
    for _, rank, turn, order, place in nsmallest(limit, offers):
        chosen.setdefault(order, []).append((rank, turn, place))
    groups = sorted(chosen, key=lambda order: _standing(parts[order], order, chosen[order]))
    shown = tuple(
        (
            parts[order].kind,
            tuple(_hit(parts[order], place, query) for _, _, place in sorted(chosen[order])),
        )
        for order in groups
    )
    return Found(shown, total - sum(len(hits) for _, hits in shown))


def chosen_lately(parts: Sequence[Part], recent: Sequence[Choice]) -> tuple[Hit, ...]:
    """What was chosen lately and is still there, newest first."""
    query = Query(())
    where = {part.kind: (part, _lately(part, recent)) for part in parts}
    found = []
    for kind, key in recent:
        part, lately = where.get(kind, (None, {}))
        place = next((p for p in lately if part is not None and part.rows[p][0] == key), None)
        if part is not None and place is not None:
            found.append(_hit(part, place, query))
    return tuple(found)


def _lately(part: Part, recent: Sequence[Choice]) -> dict[int, int]:
    """Places of what was chosen lately, and how lately."""
    keys = {key: age for age, (kind, key) in enumerate(recent) if kind == part.kind}
    if not keys:
        return {}
    return {place: keys[row[0]] for place, row in enumerate(part.rows) if row[0] in keys}


def _heads(
    part: Part, places: Sequence[int], lately: Mapping[int, int], most: int, *, by_length: bool
) -> list[int]:
    """The first `most` of equally good places: the latest chosen, then perhaps the shortest."""
    if most <= 0:
        return []
    mine = sorted((place for place in places if place in lately), key=lambda p: lately[p])
    rest: Sequence[int] = [p for p in places if p not in lately] if mine else places
    if by_length:
        rest = nsmallest(most, rest, key=lambda place: (len(part.lines[place]), place))
    return [*mine, *rest[:most]][:most]


def _standing(
    part: Part, order: int, chosen: Sequence[tuple[int, int, int]]
) -> tuple[int, int, int]:
    first = {ROOM: 0, ACTION: 1}.get(part.kind, 2)
    return first, min(chosen)[0] if first == 2 else 0, order


def _hit(part: Part, place: int, query: Query) -> Hit:
    row = part.rows[place]
    title, code, detail = part.describe(row)
    marks, code_marks = spans(title, query), spans(code, query) if code else ()
    shown = code if code_marks or not part.quiet else ""
    return Hit(part.kind, row[0], title, shown, detail, marks, code_marks)


def spans(text: str, query: Query) -> Spans:
    """Where the letters of the query stand in a text as written: at word starts where they do,
    else inside, else as initials."""
    at: list[int] = []  # for each folded character, the place in `text` it comes from
    plain = " "
    for place, letter in enumerate(text):
        for character in fold(letter) or ("" if unicodedata.combining(letter) else " "):
            plain += character
            at.append(place)
    found: set[int] = set()
    for word in query.words:
        start = plain.find(f" {word}")
        start = start if start >= 0 else plain.find(word) - 1
        if start >= 0:
            found.update(at[start : start + len(word)])
    if not found and len(query.words) == 1:
        found = _initial_places(plain, at, query.whole)
    return _runs(found)


def _initial_places(plain: str, at: Sequence[int], letters: str) -> set[int]:
    found: set[int] = set()
    wanted = iter(letters)
    letter = next(wanted)
    for place in range(1, len(plain)):
        start = plain[place - 1] == " " or plain[place].isdigit()
        if start and plain[place] == letter:
            found.add(at[place - 1])
            letter = next(wanted, "")
            if not letter:
                return found
    return set()


def _runs(places: set[int]) -> Spans:
    runs: list[tuple[int, int]] = []
    for place in sorted(places):
        if runs and runs[-1][1] == place:
            runs[-1] = (runs[-1][0], place + 1)
        else:
            runs.append((place, place + 1))
    return tuple(runs)
