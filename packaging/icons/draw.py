#!/usr/bin/env python3
"""Draws the icons of program and project file from their SVGs: PNG, .ico (Windows), .icns (macOS).

Run it with `.venv/bin/python packaging/icons/draw.py` after a change of an SVG, and commit.
"""

from __future__ import annotations

import os
import struct
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCES = {
    "app": HERE.parents[1] / "resources" / "icons" / "app.svg",
    "document": HERE / "document.svg",
}
SMALL = {"app": HERE / "app-small.svg"}  # without what nobody can see at that size
SMALL_UP_TO = 32
LINUX = (16, 24, 32, 48, 64, 128, 256, 512)
ICO = (16, 20, 24, 32, 40, 48, 64, 256)
# OSType of each picture: the second of a pair is for screens with two pixels a point
ICNS = {
    "icp4": 16,
    "icp5": 32,
    "ic11": 32,
    "ic12": 64,
    "ic07": 128,
    "ic13": 256,
    "ic08": 256,
    "ic14": 512,
    "ic09": 512,
    "ic10": 1024,
}


def draw(name: str, size: int) -> bytes:
    """The icon `name` as a PNG of `size` × `size` pixels."""
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    source = SMALL.get(name, SOURCES[name]) if size <= SMALL_UP_TO else SOURCES[name]
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(source)).render(painter)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(data.data())


def ico(pictures: dict[int, bytes]) -> bytes:
    """A Windows icon of PNGs by size (Windows Vista and later)."""
    head = struct.pack("<HHH", 0, 1, len(pictures))
    place = len(head) + 16 * len(pictures)
    entries, body = b"", b""
    for size, data in pictures.items():
        side = size % 256  # 256 is written as 0
        entries += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(data), place + len(body))
        body += data
    return head + entries + body


def icns(pictures: dict[str, bytes]) -> bytes:
    """A macOS icon of PNGs by OSType."""
    parts = [
        kind.encode() + struct.pack(">I", 8 + len(data)) + data for kind, data in pictures.items()
    ]
    return b"icns" + struct.pack(">I", 8 + sum(map(len, parts))) + b"".join(parts)


def main() -> int:
    """Write every file beside this script."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication

    application = QGuiApplication(sys.argv[:1])
    for name in SOURCES:
        for size in LINUX:
            (HERE / f"{name}-{size}.png").write_bytes(draw(name, size))
        (HERE / f"{name}.ico").write_bytes(ico({size: draw(name, size) for size in ICO}))
        drawn = {kind: draw(name, size) for kind, size in ICNS.items()}
        (HERE / f"{name}.icns").write_bytes(icns(drawn))
    del application
    return 0


if __name__ == "__main__":
    sys.exit(main())
