"""Named colours of the themes in `resources/themes`, for widgets, charts and documents alike."""

from __future__ import annotations

import tomllib
from functools import lru_cache

from crm_pilot.paths import resource
from crm_pilot.records import dataclass


@dataclass(frozen=True)
class Palette:
    """One theme: `palette["accent"]` is a `#RRGGBB` string."""

    name: str
    dark: bool
    colours: dict[str, str]

    def __getitem__(self, token: str) -> str:
        return self.colours[token]

    def mix(self, token: str, share: float, ground: str = "surface") -> str:
        """Colour `token` at opacity `share` (0 to 1) over `ground`, as a plain `#RRGGBB`.

        Paper needs plain colours and screens reuse them, so tints are computed in one place.
        """
        over, under = _rgb(self[token]), _rgb(self[ground])
        mixed = (round(share * o + (1 - share) * u) for o, u in zip(over, under, strict=True))
        return "#" + "".join(f"{value:02X}" for value in mixed)


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


@lru_cache(maxsize=8)
def palette(name: str = "light") -> Palette:
    """The palette called `name` (light, dark or contrast). Documents use light."""
    with resource("themes", f"{name}.toml").open("rb") as handle:
        stored = tomllib.load(handle)
    return Palette(name, bool(stored["dark"]), dict(stored["colours"]))
