"""Reads the XML of plan files safely: no DTD, no entities, no flood, and errors with their line.

The file is read in pieces; records (a task, a calendar …) are handed over as soon as they end, so
that only what a caller keeps takes memory.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from crm_pilot.errors import UserError
from crm_pilot.exchange.plan import Watch
from crm_pilot.exchange.reading import open_bytes
from crm_pilot.i18n import N_

PIECE = 1 << 16
MOST_BYTES = 512 << 20
LONGEST = 1 << 20  # bytes without ">": a name, an attribute or a text nobody typed
DEEPEST = 60
MOST_PARTS = 100_000  # elements of one record; four attributes count as one
MOST_OPEN = 150_000  # of what is kept beside the records: some 25,000 tasks of GanttProject
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SPACE = re.compile(r"[ \t\r\n\f\v]+")  # a space that must not break stays

Taker = Callable[["Node"], None]
Check = Callable[["Node", str], None]  # (root, name of the file)


_NO_ATTRIBUTES: Mapping[str, str] = {}
_NO_CHILDREN: list[Any] = []  # shared and never filled: most elements have none


class Node:
    """An element: local name, namespace, attributes, text before its first child, line."""

    __slots__ = ("attributes", "children", "line", "pieces", "space", "tag")

    def __init__(self, tag: str, attributes: Mapping[str, str], line: int) -> None:
        self.space, _, self.tag = tag.rpartition("}")
        self.attributes = attributes or _NO_ATTRIBUTES
        self.children: list[Node] = _NO_CHILDREN
        self.pieces: list[str] | None = None
        self.line = line

    @property
    def text(self) -> str:
        """The text as it stands in the file."""
        return "".join(self.pieces) if self.pieces else ""

    def first(self, tag: str) -> Node | None:
        """The first child of that name."""
        for child in self.children:
            if child.tag == tag:
                return child
        return None

    def every(self, *path: str) -> list[Node]:
        """All elements at the end of a path of names below this one."""
        found = [self]
        for tag in path:
            found = [child for node in found for child in node.children if child.tag == tag]
        return found

    def value(self, tag: str) -> str:
        """The text of the first child of that name, without spaces around; empty when absent."""
        child = self.first(tag)
        return child.text.strip() if child is not None else ""


class _Builder:
    """The target of the parser: builds nodes and hands the records over."""

    def __init__(self, name: str, check: Check, take: Mapping[tuple[str, ...], Taker]) -> None:
        self.name = name
        self.check = check
        self.take = take
        self.line: Callable[[], int] = lambda: 0
        self.root: Node | None = None
        self.open: list[Node] = []
        self.path: tuple[str, ...] = ()
        self.record = 0  # depth at which a record began
        self.parts = 0  # of that record
        self.kept = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        node = Node(tag, attributes, self.line())
        if not self.open:
            self.root = node
            self.check(node, self.name)
        if len(self.open) >= DEEPEST:
            raise too_much(self.name, node.line)
        if not self.record:
            path = tuple(n.tag for n in self.open[1:]) + ((node.tag,) if self.open else ())
            if path in self.take:
                self.record, self.parts, self.path = len(self.open) + 1, 0, path
        self._count(1 + len(attributes) // 4, node.line)
        if self.open and len(self.open) + 1 != self.record:
            above = self.open[-1]
            if above.children is _NO_CHILDREN:
                above.children = [node]
            else:
                above.children.append(node)
        self.open.append(node)

    def data(self, text: str) -> None:
        """Some text; what follows a child is only layout in these files."""
        node = self.open[-1]
        if node.children:
            return
        if node.pieces is None:
            node.pieces = [text]
        else:
            node.pieces.append(text)

    def end(self, tag: str) -> None:
        """An element ends."""
        node = self.open.pop()
        if self.record == len(self.open) + 1:
            self.record = 0
            self.take[self.path](node)

    def close(self) -> None:
        """The document ends."""

    def _count(self, parts: int, line: int) -> None:
        if self.record:
            self.parts += parts
            if self.parts > MOST_PARTS:
                raise too_much(self.name, line)
            return
        self.kept += parts
        if self.kept > MOST_OPEN:
            raise too_much(self.name, line)


def read_xml(
    source: Path | bytes,
    name: str,
    check: Check,
    take: Mapping[tuple[str, ...], Taker],
    watch: Watch | None = None,
) -> Node:
    """Read a file and return its root without the records, which go to `take` by their path.

    `check` sees the root before anything else. Raises `UserError` naming file, line and column.
    """
    builder = _Builder(name, check, take)
    # one parser a file; comments and instructions are not kept
    parser = DefusedXMLParser(target=builder, forbid_dtd=True)
    expat: Any = parser.parser
    builder.line = lambda: int(expat.CurrentLineNumber)
    size = len(source) if isinstance(source, bytes) else _size(source)
    watch = watch or Watch()
    with _opened(source) as handle:
        try:
            _feed(handle, parser, name, size, watch)
        except ParseError as error:
            raise _broken(error, name) from error
        except DefusedXmlException as error:
            raise UserError(
                N_(
                    "“{name}” declares a document type or entities of its own (line {line}). Plan"
                    " files need neither, and harmful files use them: it was not read."
                ),
                name=name,
                line=int(expat.CurrentLineNumber),
            ) from error
        except (LookupError, ValueError, OverflowError) as error:
            raise _unreadable(name) from error
        except (OSError, EOFError) as error:
            raise UserError(
                N_("“{name}” cannot be read ({reason})."), name=name, reason=str(error)
            ) from error
    if builder.root is None:
        raise _unreadable(name)
    return builder.root


def count(source: Path | bytes, name: str, mark: bytes, most: int) -> None:
    """Refuse a file in which `mark` stands more than `most` times, before it is read as XML.

    Reading a hundred megabytes takes a tenth of a second, making elements of them half a minute.
    """
    found, tail = 0, b""
    with _opened(source) as handle:
        try:
            while piece := handle.read(PIECE):
                found += (tail + piece).count(mark)
                tail = piece[-len(mark) + 1 :]
                if found > most:
                    raise UserError(
                        N_(
                            "“{name}” holds more than {n} tasks, which is no plan: it was not read."
                        ),
                        name=name,
                        n=most,
                    )
        except (OSError, EOFError) as error:
            raise UserError(
                N_("“{name}” cannot be read ({reason})."), name=name, reason=str(error)
            ) from error


def _opened(source: Path | bytes) -> Any:
    return io.BytesIO(source) if isinstance(source, bytes) else open_bytes(source)


def _feed(handle: Any, parser: Any, name: str, size: int, watch: Watch) -> None:
    done = quiet = 0
    while piece := handle.read(PIECE):
        if not done:
            _door(piece, name)
        done += len(piece)
        last = piece.rfind(b">")
        quiet = quiet + len(piece) if last < 0 else len(piece) - last
        if quiet > LONGEST:
            raise UserError(
                N_(
                    "“{name}” holds a text of more than one million characters near line {line}:"
                    " it was not read."
                ),
                name=name,
                line=int(parser.parser.CurrentLineNumber),
            )
        if done > MOST_BYTES:
            raise UserError(
                N_("“{name}” is too large for a plan: more than {size} MB."),
                name=name,
                size=MOST_BYTES >> 20,
            )
        parser.feed(piece)
        watch.at(done, max(size, done))
    if not done:
        raise UserError(N_("“{name}” is empty."), name=name)
    parser.close()


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0  # opening it says why


def _door(start: bytes, name: str) -> None:
    """Refuse with advice what is certainly no XML."""
    if start.startswith(_OLE):
        raise UserError(
            N_(
                "“{name}” is a file of MS Project itself (.mpp), which only MS Project can read."
                " Open it there, choose “Save as”, type “XML”, and import that file."
            ),
            name=name,
        )
    if start.startswith((b"MPX", b"ERMHDR")):
        raise UserError(
            N_(
                "“{name}” is an exchange file of another planner. Open it in that planner, save it"
                " as MS Project XML, and import that file."
            ),
            name=name,
        )
    plain = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not plain.startswith((b"<", b"\xff\xfe", b"\xfe\xff")) and b"<\0" not in start[:64]:
        raise _unreadable(name)


def _unreadable(name: str) -> UserError:
    return UserError(
        N_(
            "“{name}” is not a plan file. Accepted are MS Project XML (.xml), GanttProject (.gan)"
            " and GNOME Planner (.planner)."
        ),
        name=name,
    )


def _broken(error: ParseError, name: str) -> UserError:
    line, column = error.position
    if "no element found" in str(error) or "unclosed" in str(error):
        return UserError(
            N_(
                "“{name}” is not complete: it stops at line {line}, column {column}, in the"
                " middle of something. Save or download it again."
            ),
            name=name,
            line=line,
            column=column + 1,
        )
    return UserError(
        N_(
            "“{name}” is damaged at line {line}, column {column}: it cannot be read as XML. Save it"
            " again in the program it comes from."
        ),
        name=name,
        line=line,
        column=column + 1,
    )


def too_much(name: str, line: int) -> UserError:
    """What refuses a file that would flood memory."""
    return UserError(
        N_("“{name}” holds far more than a plan does (near line {line}): it was not read."),
        name=name,
        line=line,
    )


def wrong_root(root: Node, name: str) -> UserError:
    """What refuses a file of another program, by the name of its first element."""
    return UserError(
        N_(
            "“{name}” is an XML file, but not a plan: it begins with “{tag}”. Accepted are MS"
            " Project XML (.xml), GanttProject (.gan) and GNOME Planner (.planner)."
        ),
        name=name,
        tag=root.tag[:60],
    )


# writing -------------------------------------------------------------------------------------

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NAME = re.compile(r"[A-Za-z_][\w.-]*\Z")


def escaped(text: str) -> str:
    """A text as it may stand in XML; characters that XML cannot hold are left out."""
    plain = _FORBIDDEN.sub("", text).replace("&", "&amp;").replace("<", "&lt;")
    return plain.replace(">", "&gt;").replace("\r", "&#13;")


def quoted(text: str) -> str:
    """A text as the value of an attribute, with its quotes."""
    plain = escaped(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
    return f'"{plain}"'


def markup(node: Node, space: str = "") -> str:
    """An element written again, without layout. A namespace other than `space` is told."""
    told = f" xmlns={quoted(node.space[1:])}" if node.space[1:] not in ("", space) else ""
    inner = node.space[1:] or space
    attributes = "".join(
        f" {key}={quoted(value)}" for key, value in node.attributes.items() if _NAME.match(key)
    )
    if node.children:
        inside = "".join(markup(child, inner) for child in node.children)
    else:
        inside = escaped(node.text)
    head = f"<{node.tag}{told}{attributes}"
    return f"{head}>{inside}</{node.tag}>" if inside else f"{head}/>"


def parts(text: str, space: str = "") -> list[Node]:
    """The elements of a piece of kept XML; nothing when it is not sound."""
    data = f'<kept xmlns="{space}">{text}</kept>' if space else f"<kept>{text}</kept>"
    try:
        root = read_xml(data.encode("utf-8", "ignore"), "", lambda _root, _name: None, {})
    except UserError:
        return []
    return root.children


def one_line(text: str) -> str:
    """A name without line breaks and doubled spaces."""
    return _SPACE.sub(" ", text).strip()
