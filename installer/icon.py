"""Makes the Windows icon of the programs from their drawings; a build calls it, nothing of it is shipped but the icon.

``python installer/icon.py OUT.ico``. An .ico holds a directory of 16 bytes per picture, then the pictures, as PNG
(Windows Vista and newer read those; "ICO (file format)" of Microsoft's "Icons" article and its later amendments).
"""

from __future__ import annotations

import struct
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ICONS = Path(__file__).resolve().parents[1] / "resources" / "icons"
SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
_SMALL = 20
"""Up to here the drawing with fewer bars is the clearer one."""


def make(to: Path) -> None:
    """Write the icon with every size."""
    pictures = [_png(size) for size in SIZES]
    head = struct.pack("<HHH", 0, 1, len(SIZES))
    at = len(head) + 16 * len(SIZES)
    entries = b""
    for size, picture in zip(SIZES, pictures, strict=True):
        # 256 does not fit into a byte, and is written as 0.
        entries += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), at)
        at += len(picture)
    to.write_bytes(head + entries + b"".join(pictures))


def _png(size: int) -> bytes:
    drawing = QSvgRenderer(str(ICONS / ("app-16.svg" if size <= _SMALL else "app.svg")))
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    drawing.render(painter, QRectF(0, 0, size, size))
    painter.end()
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(held.data())


if __name__ == "__main__":
    make(Path(sys.argv[1]))
