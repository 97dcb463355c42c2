"""Which encoding a text file is in, by rules one can tell, and its text with every loss named.

A byte-order mark says it; otherwise bytes that are strict UTF-8 are UTF-8; otherwise that western
encoding counts in which the accents stand where French and its neighbours put them.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter

from crm_pilot.errors import UserError
from crm_pilot.exchange.plan import Problems
from crm_pilot.i18n import N_, Message, msg
from crm_pilot.records import dataclass

# What a person may choose
ENCODINGS = (
    "utf-8", "cp1252", "utf-16", "mac_roman", "iso-8859-15", "cp850",
    "utf-16-le", "utf-16-be", "utf-32",
)  # fmt: skip
ALSO_CALLED = {
    "windows-1252": "cp1252",
    "latin-1": "cp1252",
    "mac-roman": "mac_roman",
    "macintosh": "mac_roman",
    "utf8": "utf-8",
    "utf16": "utf-16",
}
MARKS = (  # of UTF-32 before UTF-16, which begins alike
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
WESTERN = ("cp1252", "mac_roman", "cp850")  # of equal worth the first is taken
COMMON = frozenset("àâçéèêëîïôùûüœÀÂÇÉÈÊŒ")  # letters of French words
OTHERS = frozenset("äöÿæßÄËÎÏÔÖÙÛÜŸÆáíóúñãõåøìòýÁÍÓÚÑÃÕÅØÌÒÝšžŠŽ")  # rare, or of neighbours
SIGNS = frozenset("€£§°²³µ©®™«»“”‘’„–—…•·\u00a0½¼¾ºª×±¿¡")
LOOKED_AT = 5000  # characters outside ASCII that are weighed
LOST = "\ufffd"
# UTF-8 read as Windows-1252 and written again: Ã©, â€™
_SPOILED = re.compile("[ÃÂ][\u00a0-\u00bf\u20ac\u201a-\u2122\u0152-\u017e\u0192\u02c6\u02dc]|â€.")
_C1 = re.compile("[\x80-\x84\x86-\x9f]")  # 85 is a line end
_ZEROS_SEEN = 2000
NUL = msg("NUL characters were left out")
LOST_HERE = msg("characters were lost (�) before the file came here")


@dataclass(frozen=True)
class Encoding:
    """An encoding and the reason for it."""

    name: str
    codec: str
    why: Message


def find_encoding(data: bytes, asked: str = "") -> Encoding:
    """Encoding of a file from its beginning (or all of it); a cut character at its end does not
    count. Raises `UserError` for an encoding that cannot be asked for."""
    if asked:
        return _asked(data, asked)
    for mark, codec in MARKS:
        if data.startswith(mark):
            return Encoding(codec.removesuffix("-sig"), codec, msg("the file says so itself"))
    wide = _wide(data)
    if wide:
        return Encoding(wide, wide, msg("most letters come with zero bytes"))
    if data.isascii():
        return Encoding("utf-8", "utf-8", msg("plain letters only, alike in every encoding"))
    if _is_utf8(data):
        return Encoding("utf-8", "utf-8", msg("every accent is written as UTF-8 writes it"))
    if _mostly_utf8(data):
        return Encoding("utf-8", "utf-8", msg("nearly every accent is written as UTF-8 writes it"))
    return _western(data)


def _asked(data: bytes, name: str) -> Encoding:
    plain = name.strip().lower().replace("_", "-")
    plain = ALSO_CALLED.get(plain, plain)
    if plain not in ENCODINGS:
        raise UserError(
            N_("“{value}” is not an encoding that can be read; choose one of: {known}."),
            value=name,
            known=", ".join(ENCODINGS),
        )
    codec = plain
    if plain == "utf-8" and data.startswith(codecs.BOM_UTF8):
        codec = "utf-8-sig"
    elif plain == "utf-16" and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        found = _wide(data)
        codec = found if found.startswith("utf-16") else "utf-16-le"
    return Encoding(plain, codec, msg("as you chose"))


def _wide(data: bytes) -> str:
    """UTF-16 or UTF-32 without a mark, from where the zero bytes of plain letters are."""
    start = data[:_ZEROS_SEEN]
    zeros = Counter(position % 4 for position, byte in enumerate(start) if not byte)
    quarter = max(1, len(start) // 4)
    share = [zeros[place] / quarter for place in range(4)]
    if share[1] > 0.9 and share[2] > 0.9 and min(share[0], share[3]) < 0.1:
        return "utf-32-le" if share[3] > 0.9 else "utf-32-be"
    if sum(share) / 4 <= 0.3:
        return ""
    low, high = share[0] + share[2], share[1] + share[3]
    if min(low, high) > 0.2:
        return ""  # zeros everywhere: no text
    return "utf-16-le" if high > low else "utf-16-be"


def _is_utf8(data: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")("strict").decode(data, final=False)
    except UnicodeDecodeError:
        return False
    return True


def _mostly_utf8(data: bytes) -> bool:
    """Whether good characters are at least four times the bad bytes: a few spoiled cells must
    not spoil all others."""
    text = data.decode("utf-8", errors="replace")
    bad = text.count(LOST) - data.count(LOST.encode())
    good = sum(1 for char in text if char > "\x7f") - bad
    return good >= 4 * bad


def _western(data: bytes) -> Encoding:
    worth = {name: _worth(data.decode(name, errors="replace")) for name in WESTERN}
    best = max(WESTERN, key=lambda name: worth[name])
    if worth[best] <= 0:
        why = msg("not UTF-8; its accents make no sense in any encoding known here")
        return Encoding("cp1252", "cp1252", why)
    why = {
        "cp1252": msg("not UTF-8; the accents make sense as Windows writes them"),
        "mac_roman": msg("not UTF-8; the accents make sense only as an old Mac writes them"),
        "cp850": msg("not UTF-8; the accents make sense only as DOS writes them"),
    }[best]
    return Encoding(best, best, why)


def _worth(text: str) -> int:
    """How well the characters outside ASCII fit where they stand."""
    worth = 0
    for count, found in enumerate(re.finditer(r"[^\x00-\x7f]", text)):
        if count >= LOOKED_AT:
            break
        at = found.start()
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        worth += _fit(found[0], before, after)
    return worth


def _fit(char: str, before: str, after: str) -> int:
    """How well a character stands between its neighbours: −2 to 2."""
    if char in COMMON or char in OTHERS:
        if char.isupper():
            wrong = before.islower() or (before.isupper() and after.islower())
        else:
            wrong = before.isupper() and after.isupper()
        alone = not before.isalpha() and not after.isalpha() and char not in "àÀ"
        return -2 if wrong else 0 if alone else 2 if char in COMMON else 1
    if char not in SIGNS:
        return -2
    inside = before.isalpha() and after.isalpha()
    if char in "’‘":
        return 2 if inside else 1
    return -1 if inside and char not in "…–—·\u00a0" else 1


def decode(data: bytes, encoding: Encoding, problems: Problems) -> str:
    """The text; bytes that mean nothing become � and are noted by line."""
    try:
        return data.decode(encoding.codec)
    except UnicodeDecodeError:
        pass
    parts: list[str] = []
    view, at, line, noted = memoryview(data), 0, 1, 0
    while at < len(data):
        try:
            parts.append(str(view[at:], encoding.codec))
            break
        except UnicodeDecodeError as error:
            good = str(view[at : at + error.start], encoding.codec)
            bad = data[at + error.start : at + error.end]
            parts += [good, LOST]
            line += _line_ends(good)
            if line != noted:
                _note_bad(problems, line, bad, encoding.name)
                noted = line
            at += max(error.end, 1)
    return "".join(parts)


def _line_ends(text: str) -> int:
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def _note_bad(problems: Problems, line: int, bad: bytes, name: str) -> None:
    problems.warn(
        line,
        "",
        "",
        msg(
            "bytes that mean nothing in {encoding} ({bytes}): a character is lost here",
            encoding=name,
            bytes=bad[:4].hex(" ").upper(),
        ),
    )


def note_lost(text: str, problems: Problems, *, known: int = 0) -> None:
    """Note characters that were lost before the file came here. `known`: those noted already."""
    if text.count(LOST) > known == 0:
        line = _line_ends(text[: text.index(LOST)]) + 1
        problems.warn(line, "", "", LOST_HERE)


def without_nul(text: str, problems: Problems) -> str:
    """The text without NUL characters, each line that had some noted."""
    if "\0" not in text:
        return text
    line, start, noted = 1, 0, 0
    at = text.find("\0")
    while at >= 0:
        line += _line_ends(text[start:at])
        if line != noted:
            problems.warn(line, "", "", NUL)
            noted = line
        start, at = at, text.find("\0", at + 1)
    return text.replace("\0", "")


def without_c1(text: str, problems: Problems) -> str:
    """The text with the Windows characters that its control characters 80 to 9F stand for: they
    were taken for ISO-8859-1 on the way here."""
    found = _C1.search(text)
    if found is None:
        return text
    line = _line_ends(text[: found.start()]) + 1
    message = msg("control characters stand for quotes and dashes of Windows: read as these")
    problems.warn(line, "", "", message)
    return _C1.sub(lambda char: char[0].encode("latin-1").decode("cp1252", "replace"), text)


def is_spoiled(text: str) -> bool:
    """Whether a text seems to have been encoded twice ("ComptabilitÃ©")."""
    return bool(_SPOILED.search(text)) and unspoiled(text) != text


def unspoiled(text: str) -> str:
    """What a text encoded twice should have been; itself when it was not."""
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text


def looks_spoiled(text: str) -> bool:
    """A quick look at a whole file before its cells are looked at."""
    return bool(_SPOILED.search(text))
