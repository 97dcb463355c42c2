"""The facade of one open project: open, execute, undo, redo, subscribe, save, close.

All calls are made in the thread that opened the project, except the function returned by
`begin_save`, which may run anywhere. Readers for background jobs come from `job_reader`.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm_pilot.errors import StorageError, UserError
from crm_pilot.i18n import N_, Message
from crm_pilot.models import load_models
from crm_pilot.planning.terms import PLAN_TABLES
from crm_pilot.store import checks, copies, journal, lock, outside, saving, sqlite, workcopy
from crm_pilot.store.changed import Changed
from crm_pilot.store.checks import Check
from crm_pilot.store.commands import (
    Add,
    AddWith,
    Command,
    Duplicate,
    Move,
    Remove,
    SetField,
    SetFields,
    SetRows,
    Several,
    Value,
    merge_key,
)
from crm_pilot.store.copies import Copy
from crm_pilot.store.history import History, Step
from crm_pilot.store.lock import Holder
from crm_pilot.store.opening import Opening, bring_up_to_date, prepare
from crm_pilot.store.reader import Reader, remembered
from crm_pilot.store.saving import Saved
from crm_pilot.store.sqlite import EXTENSION
from crm_pilot.store.workcopy import Recoverable

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from crm_pilot.planning.settling import PlanKeeper

__all__ = [
    "EXTENSION",
    "Add",
    "AddWith",
    "Changed",
    "Check",
    "Command",
    "Copy",
    "Duplicate",
    "Holder",
    "Move",
    "Opening",
    "Project",
    "Reader",
    "Recoverable",
    "Remove",
    "Saved",
    "SetField",
    "SetFields",
    "SetRows",
    "Several",
    "Value",
    "copies_of",
    "load_models",
    "recoverable",
    "remembered",
]


copies_of = copies.list_copies  # dated copies of a file, also of one that cannot be opened
recoverable = workcopy.recoverable
Subscriber = Callable[[Changed], None]


class Project:
    """One open project: a private working copy, its history, and the file it is saved to."""

    def __init__(self, session: workcopy.Session, path: Path | None, *, read_only: bool) -> None:
        self._session = session
        self.path = path
        self.read_only = read_only
        self.holder: Holder | None = None  # who else has the file open, when read_only
        self.saved_at: dt.datetime | None = None
        self.migrated_from: str | None = None
        self.last_check: Check | None = None  # of the file, on opening or at the last save
        self._known: saving.Fingerprint | None = None
        self._history = History()
        self._saved_state: int | None = 0
        self._subscribers: list[Subscriber] = []
        self._engine: Engine | None = None
        self._connection = sqlite.connect(session.work, working=True)
        self._recording = False
        self.reader = Reader(sqlite.connect(session.work, read_only=True))
        self.reader.versions = {}
        self._keeper: PlanKeeper | None = None
        self.reader.shared["plan"] = self._plan_keeper

    # opening ---------------------------------------------------------------------------------

    @classmethod
    def create(
        cls,
        fill: Command | None = None,
        *,
        name: str,
        language: str = "en",
        country: str = "FR",
        starts_on: dt.date | None = None,
    ) -> Project:
        """A new project in a working copy, not saved yet; `fill` (a template) is not undoable."""
        from crm_pilot.store.work import create_tables

        load_models()
        session = workcopy.begin()
        with closing(sqlite.create(session.work)) as connection:
            connection.execute(f"PRAGMA application_id={sqlite.APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version={sqlite.FORMAT.packed}")
            create_tables(connection)
            connection.execute("INSERT INTO working_copy(id, edits) VALUES (1, 0)")
        session.note(None, None)
        project = cls(session, None, read_only=False)
        card = {"name": name, "language": language, "country": country, "starts_on": starts_on}
        project.execute(Add("project", card))
        if fill is not None:
            project.execute(fill)
        project._start_afresh()
        return project

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False, person: str = "") -> Project:
        """Open a project file in a private working copy.

        When another session holds the file the project is read-only and `holder` says who.
        Raises `StorageError`: missing, not ours, damaged, too new. The file is never touched.
        """
        return cls.finish_open(cls.begin_open(path, read_only=read_only, person=person)())

    @classmethod
    def begin_open(
        cls, path: Path, *, read_only: bool = False, person: str = ""
    ) -> Callable[[], Opening]:
        """The part of opening that may run in another thread (copying, checking, migrating);
        hand its result to `finish_open` in the thread that will work with the project."""
        path = Path(path).absolute()

        return lambda: prepare(path, read_only=read_only, person=person)

    @classmethod
    def finish_open(cls, opening: Opening) -> Project:
        """Work with what `begin_open` prepared."""
        path, session, holder = opening.path, opening.session, opening.holder
        try:
            project = cls(session, path, read_only=opening.read_only or holder is not None)
        except sqlite3.Error as error:
            opening.abandon()
            raise sqlite.storage_error(error, path) from error
        project.holder = holder
        project._known = opening.known
        project.migrated_from = opening.older
        project.last_check = opening.check
        if opening.known is not None:
            moment = dt.datetime.fromtimestamp(opening.known.modified_ns / 1e9)
            project.saved_at = moment.replace(microsecond=0)
        return project

    @classmethod
    def recover(cls, left: Recoverable, *, person: str = "") -> Project:
        """Go on with the working copy of a session that did not end well."""
        session = left.resume()
        try:
            with closing(sqlite.connect(session.work)) as connection:
                sqlite.check_integrity(connection, session.work)
            bring_up_to_date(session, sqlite.inspect(session.work), session.work)
            holder = None
            if left.original is not None:
                holder = lock.acquire(left.original, lock.this_process(session.name, person))
            project = cls(session, left.original, read_only=holder is not None)
        except (sqlite3.Error, OSError, StorageError) as error:
            session.close(discard=False)  # it is still there for a closer look
            raise sqlite.storage_error(error, session.work) from error
        project.holder = holder
        project._known = left.known
        project._saved_state = None
        return project

    # editing ---------------------------------------------------------------------------------

    def execute(self, command: Command, origin: object = None) -> Any:
        """Carry out a command as one step and tell the subscribers; returns its result.

        Raises `UserError` when the command breaks a rule; then nothing was changed.
        """
        self._refuse_read_only()
        work = self._new_work()
        self._record()
        start = journal.position(self._connection)
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            result = command.apply(work)
            written = journal.Span(start, journal.position(self._connection))
            self._settle(work, written, getattr(command, "today", None))
            span = journal.Span(start, journal.position(self._connection))
            if work.frozen or not span.empty:
                self._count_edit()
            self._connection.execute("COMMIT")
        except sqlite3.OperationalError as error:
            self._roll_back()
            raise sqlite.storage_error(error, self._session.work) from error
        except BaseException as error:
            self._roll_back()
            original = getattr(error, "orig", None)
            if isinstance(original, sqlite3.OperationalError):
                raise sqlite.storage_error(original, self._session.work) from error
            raise
        finally:
            work.close()
        changed = {table: frozenset(ids) for table, ids in work.frozen.items()}
        if changed:  # outside undo: not a step, but something to save
            self._history.unsettle()
        if not span.empty:
            changed |= journal.touched(self._connection, span)
            for old in self._history.push(Step(command.label, span, merge_key(command))):
                journal.forget(self._connection, old)
        if changed:
            self._tell(changed, origin, command.label)
        return result

    def undo(self, origin: object = None) -> None:
        """Undo the last step; does nothing when there is none."""
        self._walk(self._history.done, self._history.stepped_back, origin)

    def redo(self, origin: object = None) -> None:
        """Do the last undone step again; does nothing when there is none."""
        self._walk(self._history.undone, self._history.stepped_forward, origin)

    def _walk(
        self, steps: Sequence[Step], stepped: Callable[[journal.Span], object], origin: object
    ) -> None:
        """Take the last of `steps` back, and note in the history how to return."""
        self._refuse_read_only()
        if steps:
            step = steps[-1]
            back, changed = self._play_back(step)
            stepped(back)
            self._tell(changed, origin, step.label)

    def _record(self) -> None:
        """Let the journal record from here on: its triggers are a third of the time of opening, and
        nothing needs them before the first edit."""
        if self._recording:
            return
        try:
            self._connection.execute("BEGIN")
            journal.install(self._connection)
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            self._roll_back()
            raise sqlite.storage_error(error, self._session.work) from error
        self._recording = True

    def preparations(self) -> tuple[Callable[[], object], ...]:
        """What the first edit does before it begins, in parts of some hundredths of a second: to be
        done while nobody waits."""
        if self.read_only:
            return ()
        return self._record, lambda: self._new_work().close(), lambda: self._plan_keeper().hold()

    def _settle(self, work: Any, span: journal.Span, today: dt.date | None) -> None:
        """Let what follows from an edit of the plan follow, in the same step; on the day the
        command was given, where it knows."""
        touched = {} if span.empty else journal.touched(self._connection, span)
        if touched.keys() & PLAN_TABLES:
            self._plan_keeper().settle(work, touched, today or self.today())

    def _plan_keeper(self) -> PlanKeeper:
        """The plan as the engine holds it; made when it is first needed."""
        if self._keeper is None:
            from crm_pilot.planning.settling import PlanKeeper

            self._keeper = PlanKeeper(self.reader.select)
        return self._keeper

    def _play_back(self, step: Step) -> tuple[journal.Span, dict[str, frozenset[int]]]:
        changed = journal.touched(self._connection, step.span)
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            back = journal.play_back(self._connection, step.span)
            self._count_edit()
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            self._roll_back()
            raise sqlite.storage_error(error, self._session.work) from error
        if self._keeper is not None:
            self._keeper.note(changed)
        return back, changed

    @property
    def undo_labels(self) -> list[Message]:
        """Names of the steps that can be undone, the next one first."""
        return [step.label for step in reversed(self._history.done)]

    @property
    def redo_labels(self) -> list[Message]:
        """Names of the steps that can be done again, the next one first."""
        return [step.label for step in reversed(self._history.undone)]

    def subscribe(self, subscriber: Subscriber) -> Callable[[], None]:
        """Call `subscriber` after each edit; returns the function that ends it."""
        self._subscribers.append(subscriber)
        return lambda: self._subscribers.remove(subscriber)

    # state -----------------------------------------------------------------------------------

    @property
    def name(self) -> str:
        """Name of the project."""
        return str(self.reader.value("SELECT name FROM project") or "")

    @property
    def unsaved(self) -> bool:
        """Whether there is anything to save."""
        return self.path is None or self._history.state != self._saved_state

    def today(self, clock: dt.date | None = None) -> dt.date:
        """The day figures are computed for: the project's status date, or the real day."""
        stored = self.reader.value("SELECT status_date FROM project")
        return dt.date.fromisoformat(stored) if stored else clock or dt.date.today()

    def copies(self) -> list[Copy]:
        """Dated copies of the saved file, newest first."""
        return copies.list_copies(self.path) if self.path else []

    @property
    def known_file(self) -> outside.KnownFile | None:
        """The file as this session last read or wrote it, for looks from any thread."""
        if self.path is None or self._known is None:
            return None
        return outside.KnownFile(
            self.path, self._known, self._session.folder, self._session.work, self.unsaved
        )

    def job_reader(self) -> Callable[[], Reader]:
        """A function that opens a reader of its own in the job's thread (close it there)."""
        work = self._session.work
        return lambda: Reader(sqlite.connect(work, read_only=True))

    # saving ----------------------------------------------------------------------------------

    def save(self, path: Path | None = None, *, replace: bool = False) -> Saved:
        """Save to the project's file, or under another `path`. Raises `StorageError`.

        A file that was changed by someone else is refused unless `replace`; what is replaced is
        kept among the dated copies.
        """
        return self.finish_save(self.begin_save(path, replace=replace)())

    def begin_save(self, path: Path | None = None, *, replace: bool = False) -> Callable[[], Saved]:
        """The part of a save that may run in another thread; hand its result to `finish_save`."""
        target = Path(path).absolute() if path else self.path
        if target is None:
            raise UserError(N_("This project has no file yet. Choose where to save it."))
        same = self.path is not None and target == self.path
        if same:
            self._refuse_read_only()
        if not replace:
            if same:
                saving.check_unchanged(target, self._known, thorough=False)  # again at the end
            elif target.exists():
                raise saving.taken(target)
        if not same:
            other = lock.acquire(target, lock.this_process(self._session.name))
            if other is not None:
                raise lock.held(target, other)
        self._history.break_merge()
        self._saving_state = self._history.state
        work = self._session.work
        previous, known = self.path, self._known
        expected = known if same else None

        def run() -> Saved:
            try:
                return saving.write(
                    work,
                    target,
                    lambda new: self._session.note(target, known, new),
                    replace=replace,
                    known=expected,
                )
            except StorageError:
                self._session.note(previous, known)
                if same:
                    self.last_check = checks.last(target) or self.last_check
                if target != previous:
                    lock.release(target, self._session.name)
                raise

        return run

    def finish_save(self, saved: Saved) -> Saved:
        """Take note of a finished save."""
        target = saved.path if self.path is None else self.path
        asked = Path(saved.path)
        if self.path is None or saving.elsewhere(self.path, asked):
            if self.path is not None and not self.read_only:
                lock.release(self.path, self._session.name)
            target = asked
            self.read_only = False
            self.holder = None
        self.path = target
        self._known = saved.fingerprint
        self.last_check = saved.check
        self._saved_state = self._saving_state
        self.saved_at = saved.moment
        self._session.note(self.path, self._known)
        if self._history.state == self._saved_state:
            self._connection.execute("UPDATE working_copy SET edits = 0")
        return saved

    def close(self, *, keep: bool = False) -> None:
        """End the session. Unsaved edits are thrown away, or with `keep` offered next time."""
        self.reader.close()
        if self._engine is not None:
            self._engine.dispose()
        with suppress(sqlite3.Error):
            self._connection.close()
        if self.path is not None and not self.read_only:
            lock.release(self.path, self._session.name)
        self._session.close(discard=not keep)

    def __enter__(self) -> Project:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # inside ----------------------------------------------------------------------------------

    def _start_afresh(self) -> None:
        """Make the present content the start of history."""
        for step in (*self._history.done, *self._history.undone):
            journal.forget(self._connection, step.span)
        self._history = History()
        self._saved_state = None
        self._connection.execute("UPDATE working_copy SET edits = 0")

    def forget_history(self) -> None:
        """Make undo impossible and clean the working copy, so that nothing of what was taken out
        remains in it: for erasing a person."""
        self._start_afresh()
        self._connection.execute("UPDATE working_copy SET edits = 1")  # there is work to recover
        self._connection.execute("VACUUM")
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        if (known := self.known_file) is not None:
            known.base.unlink(missing_ok=True)

    def _new_work(self) -> Any:
        from crm_pilot.store.work import Work, engine_over

        if self._engine is None:
            load_models()
            self._engine = engine_over(self._connection)
        return Work(self._engine, self._connection)

    def _refuse_read_only(self) -> None:
        if self.read_only:
            raise UserError(
                N_("This project is open read-only. Use “Save as” to work on a file of your own.")
            )

    def _count_edit(self) -> None:
        self._connection.execute("UPDATE working_copy SET edits = edits + 1")

    def _roll_back(self) -> None:
        if self._keeper is not None:
            self._keeper.drop()
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def _tell(self, changed: Mapping[str, frozenset[int]], origin: object, label: Message) -> None:
        versions = self.reader.versions
        if versions is not None:
            for table in changed:
                versions[table] = versions.get(table, 0) + 1
        event = Changed.by(changed, origin, label)
        for subscriber in tuple(self._subscribers):
            subscriber(event)
