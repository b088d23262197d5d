"""Which colour slot each type of a label schema gets."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from PySide6.QtGui import QColor

from annotator.gui.theme import SLOTS, Theme

_Triple = tuple[float, float, float]


class Coloured(Protocol):
    """A type of the label schema, as far as its colour goes."""

    @property
    def id(self) -> str:
        """The id of the type."""
        ...

    @property
    def color(self) -> str:
        """A slot, a colour `#rrggbb`, or nothing."""
        ...

    @property
    def color_exact(self) -> bool:
        """Whether the colour is wanted as it is, not the nearest slot."""
        ...


def slots_of(types: Sequence[Coloured]) -> dict[str, str]:
    """Return the slot of each type by its id, the same for the same types in the same order.

    A type gets the slot that it names, its exact colour where it insists, the nearest free slot to
    a colour, else the next free one: of the family `o` first, which is for a project's own types.
    When all 24 are taken they are given out again, in turn.
    """
    given = {item.id: item.color for item in types if item.color and _is_kept(item)}
    for item in types:
        if item.color and item.id not in given:
            given[item.id] = _nearest(item.color, _free(given))
    for item in types:
        if item.id not in given:
            given[item.id] = _free(given)[0]
    return given


def _is_kept(item: Coloured) -> bool:
    return item.color in SLOTS or item.color_exact


def _free(given: dict[str, str]) -> list[str]:
    """Return the slots that are given least often, in the order in which they are given out."""
    taken = [*given.values()]
    times = {slot: taken.count(slot) for slot in SLOTS}
    least = min(times.values())
    order = sorted(SLOTS, key=lambda slot: "onm".index(slot[0]))
    return [slot for slot in order if times[slot] == least]


def _nearest(colour: str, slots: Iterable[str]) -> str:
    """Return the slot whose underline in light is nearest to `colour`, in Oklab."""
    wanted, light = _oklab(QColor.fromString(colour)), Theme.of("light")

    def distance(slot: str) -> float:
        pairs = zip(wanted, _oklab(light.slot(slot).line), strict=True)
        return sum((one - other) ** 2 for one, other in pairs)

    return min(slots, key=distance)


def _oklab(colour: QColor) -> _Triple:
    """Return lightness and the two hue axes of Oklab (Ottosson 2020)."""
    red, green, blue = map(_linear, (colour.redF(), colour.greenF(), colour.blueF()))
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
