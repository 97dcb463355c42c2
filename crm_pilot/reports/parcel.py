"""Office files (zip archives of XML) that depend on nothing but their content.

The libraries put the time of writing into the archive and into `docProps/core.xml`; here every
entry gets the first day an archive can name, and the properties the day of the document.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

EPOCH = (1980, 1, 1, 0, 0, 0)
_MOMENT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")
_CONTROL = re.compile("[\x00-\x1f\ufffe\uffff]")
_MOST = 255  # characters of a property


def property_of(text: str) -> str:
    """A text as the properties of a file hold it."""
    clean = _CONTROL.sub(" ", text)
    return clean if len(clean) <= _MOST else clean[: _MOST - 1].rstrip() + "…"


def fixed(data: bytes, day: dt.date | None = None) -> bytes:
    """The same archive with fixed times, also of the archives inside it, entries in their order."""
    moment = (day or dt.date(*EPOCH[:3])).strftime("%Y-%m-%dT00:00:00Z").encode()
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _MOMENT.sub(rb"\g<1>" + moment + rb"\g<2>", content)
            elif name.endswith(".xlsx"):
                content = fixed(content, day)
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            made.writestr(entry, content)
    return target.getvalue()
