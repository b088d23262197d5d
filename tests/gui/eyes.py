"""How far apart two colours are, for ordinary and for colour-blind eyes: the oracle of the slots.

Contrast after WCAG 2; sight after Machado, Oliveira and Fernandes (2009), severity 1; difference
CIEDE2000 after Sharma, Wu and Dalal (2005).
"""

import math

from PySide6.QtGui import QColor

_Triple = tuple[float, float, float]
_WHITE = (0.95047, 1.0, 1.08883)
_EYES: dict[str, tuple[_Triple, _Triple, _Triple]] = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
EYES = tuple(_EYES)
_TO_XYZ = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast of two colours, 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def difference(one: QColor, other: QColor, eye: str) -> float:
    """Return CIEDE2000 between two colours as `eye` sees them."""
    return _ciede2000(_lab(one, eye), _lab(other, eye))


def _luminance(colour: QColor) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(colour: QColor) -> _Triple:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    )
    return red, green, blue


def _times(matrix: tuple[_Triple, _Triple, _Triple], vector: _Triple) -> _Triple:
    one, two, three = (
        sum(factor * part for factor, part in zip(row, vector, strict=True)) for row in matrix
    )
    return one, two, three


def _lab(colour: QColor, eye: str) -> _Triple:
    red, green, blue = (min(1, max(0, part)) for part in _times(_EYES[eye], _linear(colour)))
    xyz = _times(_TO_XYZ, (red, green, blue))
    f = [
        part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116
        for part in (value / white for value, white in zip(xyz, _WHITE, strict=True))
    ]
    return 116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])


def _ciede2000(one: _Triple, other: _Triple) -> float:
    (light_1, a_1, b_1), (light_2, a_2, b_2) = one, other
    mean = (math.hypot(a_1, b_1) + math.hypot(a_2, b_2)) / 2
    grown = 1.5 - 0.5 * math.sqrt(mean**7 / (mean**7 + 25**7))
    chroma_1, hue_1 = _polar(a_1 * grown, b_1)
    chroma_2, hue_2 = _polar(a_2 * grown, b_2)
    between, hue = _hues(hue_1, hue_2, is_grey=chroma_1 * chroma_2 == 0)
    light, chroma = (light_1 + light_2) / 2, (chroma_1 + chroma_2) / 2
    far = (light - 50) ** 2
    by_light = (light_2 - light_1) / (1 + 0.015 * far / math.sqrt(20 + far))
    by_chroma = (chroma_2 - chroma_1) / (1 + 0.045 * chroma)
    turn = 2 * math.sqrt(chroma_1 * chroma_2) * math.sin(math.radians(between / 2))
    by_hue = turn / (1 + 0.015 * chroma * _weight(hue))
    twist = _twist(chroma, hue) * by_chroma * by_hue
    return math.sqrt(by_light**2 + by_chroma**2 + by_hue**2 + twist)


def _polar(a: float, b: float) -> tuple[float, float]:
    return math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360


def _hues(one: float, other: float, *, is_grey: bool) -> tuple[float, float]:
    """Return the difference and the mean of two hues, in degrees."""
    if is_grey:
        return 0, one + other
    between = (other - one + 180) % 360 - 180
    return between, (one + between / 2) % 360


def _weight(hue: float) -> float:
    terms = ((-0.17, 1, -30), (0.24, 2, 0), (0.32, 3, 6), (-0.20, 4, -63))
    return 1 + sum(size * math.cos(math.radians(n * hue + by)) for size, n, by in terms)


def _twist(chroma: float, hue: float) -> float:
    angle = 60 * math.exp(-(((hue - 275) / 25) ** 2))
    return -2 * math.sqrt(chroma**7 / (chroma**7 + 25**7)) * math.sin(math.radians(angle))
