"""What an import of use comes to, in sentences: what counts, and what was left out and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from crm_pilot.adoption.terms import Aspect
from crm_pilot.exchange.login_words import LoginWords
from crm_pilot.exchange.plan import FileCount, clip
from crm_pilot.exchange.use_found import Found
from crm_pilot.i18n import Message, msg, nmsg

SHOWN_WORDS, SHOWN_FILES = 6, 12
REASONS = {
    "status": msg("status"),
    "type": msg("login type"),
    "operation": msg("operation"),
}


def summary(
    kind: str,
    found: Found,
    counts: Mapping[str, int],
    words: LoginWords,
    files: Sequence[FileCount],
) -> tuple[Message, ...]:
    """What the plan comes to."""
    parts = (_counted(kind, found, counts), _left_out(found), _new_words(found, words))
    return tuple(chain(*parts, _files(files)))


def _counted(kind: str, found: Found, counts: Mapping[str, int]) -> Iterator[Message]:
    yield nmsg(
        "{n} row read, {kept} counted",
        "{n} rows read, {kept} counted",
        found.rows,
        kept=found.kept,
    )
    users = nmsg("{n} user", "{n} users", counts["users"])
    if kind == "logins" or counts["user_days"]:
        yield nmsg(
            "{n} login day of {users}",
            "{n} login days of {users}",
            counts["user_days"],
            users=users,
        )
    if counts["actions"]:
        yield msg(
            "{created}, {updated}, by user, day and object",
            created=nmsg("{n} record created", "{n} records created", counts["created"]),
            updated=nmsg("{n} record updated", "{n} records updated", counts["updated"]),
        )
    yield msg(
        "{new} new, {unchanged} known already", new=counts["new"], unchanged=counts["unchanged"]
    )
    yield from _accounts(counts)


def _accounts(counts: Mapping[str, int]) -> Iterator[Message]:
    if counts["in_name_of_others"]:
        yield nmsg(
            "{n} record was created in the name of another user",
            "{n} records were created in the name of another user",
            counts["in_name_of_others"],
        )
    if counts["accounts"]:
        yield nmsg(
            "{n} account is created, open from its first day of use",
            "{n} accounts are created, open from their first day of use",
            counts["accounts"],
        )
    if counts["opened"]:
        yield nmsg(
            "{n} account was used before its opening date, which moves back",
            "{n} accounts were used before their opening dates, which move back",
            counts["opened"],
        )


def _left_out(found: Found) -> Iterator[Message]:
    for reason, title in REASONS.items():
        if found.skipped[reason]:
            yield nmsg(
                "{n} row left out by {reason}: {list}",
                "{n} rows left out by {reason}: {list}",
                sum(found.skipped[reason].values()),
                reason=title,
                list=listed(found.skipped[reason]),
            )
    if found.past:
        yield nmsg(
            "{n} row left out: its day is past retention",
            "{n} rows left out: their days are past retention",
            found.past,
        )
    if found.footers:
        yield nmsg(
            "{n} total or note of the report left out",
            "{n} totals and notes of the report left out",
            found.footers,
        )
    if found.untyped:
        yield msg(
            "The export has no login type: logins of interfaces cannot be told from those of people"
        )


def _new_words(found: Found, words: LoginWords) -> Iterator[Message]:
    """Statuses and types that no list has and no import met."""
    met: tuple[tuple[Aspect, Counter[str]], ...] = (
        (Aspect.STATUS, found.skipped["status"]),
        (Aspect.TYPE, found.counted["type"]),
    )
    for aspect, theirs in met:
        new = Counter({w: n for w, n in theirs.items() if not words.known(aspect, w)})
        if new and aspect is Aspect.STATUS:
            yield msg("Never seen before, not counted as logins: {list}", list=listed(new))
        elif new:
            yield msg("Never seen before, counted as logins of people: {list}", list=listed(new))


def _files(files: Sequence[FileCount]) -> Iterator[Message]:
    for file in files[:SHOWN_FILES]:
        yield nmsg(
            "{file}: {n} row, {kept} counted",
            "{file}: {n} rows, {kept} counted",
            file.rows,
            file=file.name,
            kept=file.kept,
        )
    if len(files) > SHOWN_FILES:
        rest = len(files) - SHOWN_FILES
        yield nmsg("… and {n} more file", "… and {n} more files", rest)


def listed(counts: Counter[str]) -> str:
    """The most frequent words with their counts."""
    return ", ".join(
        f"{clip(name, 40) or '–'} ({count})" for name, count in counts.most_common(SHOWN_WORDS)
    )
