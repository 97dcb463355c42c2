"""Pictures compared as a person would: block by block, so that another rasteriser is no change.

A reference is kept at half size with few colours; what was drawn is brought down the same way.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops

FOLDER = Path(__file__).parent / "references"
COLOURS = 192  # of a reference: enough that no mark changes its hue
BLOCK = 6  # pixels of a reference: about a letter's height
TOLERANCE = 30  # of 255, the mean of a block: hinting and shades stay below
SLACK = 2  # pixels of a reference in width or height
SHARE = 0.004  # of all blocks may differ: a clock, a caret


@dataclass(frozen=True)
class Difference:
    """Blocks that differ, as a share of all, and the place of the first in the full picture."""

    share: float
    first: tuple[int, int] | None

    @property
    def seen(self) -> bool:
        """Whether a person would see it."""
        return self.share > SHARE


def reduced(picture: Path) -> Image.Image:
    """A drawn picture at half size."""
    with Image.open(picture) as drawn:
        full = drawn.convert("RGB")
    return full.resize((full.width // 2, full.height // 2), Image.Resampling.BOX)


def keep(picture: Path, name: str) -> Path:
    """Make a drawn picture the reference `name`."""
    FOLDER.mkdir(exist_ok=True)
    target = FOLDER / f"{name}.png"
    few = reduced(picture).quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(target, optimize=True)
    return target


def compare(picture: Path, name: str) -> Difference:
    """How far a drawn picture is from its reference.

    A dialog is as high as its text, which another rasteriser may make a pixel higher; beyond that
    a picture of another size differs wholly.
    """
    with Image.open(FOLDER / f"{name}.png") as kept:
        wanted = kept.convert("RGB")
    found = reduced(picture)
    if max(abs(found.width - wanted.width), abs(found.height - wanted.height)) > SLACK:
        return Difference(1.0, (0, 0))
    common = (0, 0, min(found.width, wanted.width), min(found.height, wanted.height))
    found, wanted = found.crop(common), wanted.crop(common)
    size = (wanted.width // BLOCK, wanted.height // BLOCK)
    blocks = [one.resize(size, Image.Resampling.BOX) for one in (found, wanted)]
    apart = ImageChops.difference(*blocks)
    parts = apart.tobytes()  # red, green, blue
    worst = [max(parts[at : at + 3]) for at in range(0, len(parts), 3)]
    places = [at for at, value in enumerate(worst) if value > TOLERANCE]
    first = None
    if places:
        row, column = divmod(places[0], size[0])
        first = (column * BLOCK * 2, row * BLOCK * 2)
    return Difference(len(places) / len(worst), first)
