"""`crm-pilot copies`: lists the versions of a project file, or restores one as a new file."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from crm_pilot import formats, i18n
from crm_pilot.cli.speech import say
from crm_pilot.differences import summary
from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, ntr, show, tr
from crm_pilot.versions import (
    Finding,
    Version,
    VersionKind,
    before,
    check_sentence,
    examine,
    last_check,
    restore,
    restored_name,
    versions_of,
)


def run(asked: Namespace) -> int:
    """List, or restore number N of the list."""
    versions = versions_of(asked.file)
    if not versions:
        raise UserError(
            N_("“{path}” does not exist, and there is no dated copy of it on this computer."),
            path=str(asked.file),
        )
    if asked.restore is None:
        return _list(asked.file, versions)
    return _restore(asked, versions)


def _list(path: Path, versions: list[Version]) -> int:
    """One line a version, the newest first, with what changed in it. 2 when one is damaged."""
    copies = sum(one.kind is VersionKind.COPY for one in versions)
    say(ntr("{name}: {n} dated copy", "{name}: {n} dated copies", copies, name=path.name))
    check = last_check(path)
    if check is not None:
        say(show(check_sentence(check)))
    language = i18n.current().language
    damaged = 0
    for number, version in enumerate(versions):
        finding = examine(version, before(version, versions))
        damaged += not finding.good
        moment = formats.moment(version.saved, language)
        size = tr("{size} KB", size=formats.number(version.bytes / 1024, language))
        state = tr("sound") if finding.good else tr("damaged")
        say(f"{number:>3}  {moment}  {size:>9}  {state}  {_kind(version)}")
        say(f"     {_what(finding)}")
    return 2 if damaged else 0


def _kind(version: Version) -> str:
    if version.kind is VersionKind.COPY:
        return tr("Dated copy")
    if version.kind is VersionKind.FILE:
        return tr("The file now")
    return tr("Second version ({who})", who=version.path.name)


def _what(finding: Finding) -> str:
    if finding.problem is not None:
        return show(finding.problem)
    if finding.changes is None:
        first = tr("the oldest version kept")
        return first if finding.first else tr("cannot be compared: the one before is damaged")
    return summary(finding.changes, show, limit=len(finding.changes) or 1)


def _restore(asked: Namespace, versions: list[Version]) -> int:
    if not 0 <= asked.restore < len(versions):
        raise UserError(
            N_("There is no version {number}; “crm-pilot copies FILE” lists 0 to {last}."),
            number=asked.restore,
            last=len(versions) - 1,
        )
    version = versions[asked.restore]
    language = i18n.current().language
    target = asked.output or restored_name(asked.file, version.saved, language)
    made = restore(version.path, target)
    moment = formats.moment(version.saved, language)
    say(tr("The version of {moment} is in “{path}”.", moment=moment, path=str(made)))
    return 0
