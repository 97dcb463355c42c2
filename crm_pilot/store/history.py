"""The two stacks of undo and redo: named spans of the journal. Survives Save."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import field

from crm_pilot.i18n import Message
from crm_pilot.records import dataclass
from crm_pilot.store.journal import Span

DEPTH = 1000


@dataclass(frozen=True)
class Step:
    """One undoable step."""

    label: Message
    span: Span
    merge_key: Hashable | None = None


@dataclass
class History:
    """Steps done and undone. `state` is a token that is equal when the content is equal."""

    done: list[Step] = field(default_factory=list)
    undone: list[Step] = field(default_factory=list)
    _tokens: list[int] = field(default_factory=lambda: [0])
    _next: int = 1
    _redo_tokens: list[int] = field(default_factory=list)

    @property
    def state(self) -> int:
        """Token of the present content; comes back when a step is undone."""
        return self._tokens[-1]

    def push(self, step: Step) -> list[Span]:
        """Record a new step; returns the spans that are no longer needed."""
        unneeded = [old.span for old in self.undone]
        self.undone.clear()
        self._redo_tokens.clear()
        last = self.done[-1] if self.done else None
        if last and step.merge_key is not None and last.merge_key == step.merge_key:
            merged = Span(last.span.first, step.span.last)
            self.done[-1] = Step(last.label, merged, step.merge_key)
            self._tokens[-1] = self._next
        else:
            self.done.append(step)
            self._tokens.append(self._next)
        self._next += 1
        if len(self.done) > DEPTH:
            unneeded.append(self.done.pop(0).span)
            self._tokens.pop(0)
        return unneeded

    def unsettle(self) -> None:
        """Something changed that no step takes back: at no step is the content as it was saved."""
        self.break_merge()
        for tokens in (self._tokens, self._redo_tokens):
            for at in range(len(tokens)):
                tokens[at] = self._next
                self._next += 1

    def break_merge(self) -> None:
        """Keep the next command from joining the last step (called on Save and on focus out)."""
        if self.done:
            last = self.done[-1]
            self.done[-1] = Step(last.label, last.span)

    def stepped_back(self, redo: Span) -> Step:
        """The last step was undone; `redo` would do it again."""
        step = self.done.pop()
        self.undone.append(Step(step.label, redo))
        self._redo_tokens.append(self._tokens.pop())
        return step

    def stepped_forward(self, undo: Span) -> Step:
        """The last undone step was done again; `undo` would undo it."""
        step = self.undone.pop()
        self.done.append(Step(step.label, undo))
        self._tokens.append(self._redo_tokens.pop())
        return step
