"""`dataclass`, made in half the time.

The standard one writes and compiles up to six functions for each class; the report alone loads
more than two hundred classes, a fifth of its time. Here comparison, hash and `repr` are plain
functions over the fields, and all frozen classes share the two functions that refuse; `__init__`
is left to the standard library. Types, fields and behaviour are those of `dataclasses.dataclass`,
but for a class without decorator below a frozen one, which is as frozen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    import dataclasses
    from dataclasses import FrozenInstanceError, fields
    from dataclasses import dataclass as _standard
    from operator import attrgetter

    def dataclass(cls=None, /, *, repr=True, eq=True, order=False, **options):
        """As `dataclasses.dataclass`."""

        def decorate(cls):
            if order or options.get("unsafe_hash"):
                return _made(cls, repr=repr, eq=eq, order=order, **options)
            own = cls.__dict__
            told = repr and "__repr__" not in own
            compared = eq and "__eq__" not in own
            hashed = "__hash__" in own
            made = _made(cls, repr=False, eq=False, **options)
            if told:
                made.__repr__ = _repr
            if compared:
                _compare(made, frozen=options.get("frozen", False), hashed=hashed)
            return made

        return decorate if cls is None else decorate(cls)

    # what the standard library has itself, whatever two threads do at once below
    _OWN = getattr(dataclasses, "_frozen_get_del_attr", None)
    _SHARED = _OWN is not None and not hasattr(dataclasses, "_FuncBuilder")

    def _made(cls, *, frozen=False, **options):
        """The standard decorator. Up to Python 3.12 it compiles two functions for a frozen class:
        they are ours while it works. A class of another thread that gets them is frozen too."""
        if not frozen or not _SHARED:
            return _standard(cls, frozen=frozen, **options)
        dataclasses._frozen_get_del_attr = lambda *_: (__setattr__, __delattr__)
        try:
            return _standard(cls, frozen=frozen, **options)
        finally:
            dataclasses._frozen_get_del_attr = _OWN

    def __setattr__(self, name: str, value: Any) -> None:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def _repr(self) -> str:
        shown = (f"{f.name}={getattr(self, f.name)!r}" for f in fields(self) if f.repr)
        return f"{type(self).__qualname__}({', '.join(shown)})"

    def _compare(made: type, *, frozen: bool, hashed: bool) -> None:
        names = [f.name for f in fields(made) if f.compare]
        asked = [f.name for f in fields(made) if (f.compare if f.hash is None else f.hash)]
        values, keys = _getter(names), _getter(asked)

        def __eq__(self, other: Any) -> Any:
            if other.__class__ is not self.__class__:
                return NotImplemented
            return values(self) == values(other)

        made.__eq__ = __eq__
        if not hashed:
            made.__hash__ = (lambda self: hash(keys(self))) if frozen else None

    def _getter(names: list[str]):
        """Values of the fields, as a tuple."""
        if len(names) > 1:
            return attrgetter(*names)
        return lambda self: tuple(getattr(self, name) for name in names)


__all__ = ["dataclass"]
