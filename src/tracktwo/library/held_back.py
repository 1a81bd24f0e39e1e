"""How heritage comes into the days, and which activities are too close to a practice that the sides at the table claim against each other."""

from __future__ import annotations

from collections.abc import Mapping

DISHES = frozenset(
    "lavash kimchi plov dolma keskek-harissa lahmajun-baklava borscht hummus caftan-zellij batik-rendang coffee-name".split()
)  # fmt: skip
"""Contested practices about food or drink."""
_DANCES = ("khon", "kochari-yalli", "ardah", "farmers-music", "batik-rendang")
_MUSIC = ("arirang", "khoomei", "ashiq", "dutar", "farmers-music", "caftan-zellij", "batik-rendang", "chagos")
_CRAFTS = ("al-sadu", "calligraphy", "caftan-zellij", "batik-rendang")

ALCOHOL = ("wine", "beer", "cider", "rum", "raki", "sake", "airag", "ferment", "liquor", "spirits", "brandy", "vodka", "mezcal", "tequila")
"""Words of drinks that some at the table may not touch: an element whose title names one is proposed to nobody."""

HOLDS_BACK: Mapping[str, tuple[str, ...]] = {
    "tea-and-coffee-table": ("coffee-name",),
    "cook-together": tuple(sorted(DISHES - {"coffee-name"})),
    "circle-dance": _DANCES,
    "sing-together": _MUSIC,
    "listen-to-shared-music": _MUSIC,
    "make-music-together": _MUSIC,
    "poetry-evening": ("al-azi", "manas", "ashiq"),
    "forum-theatre": ("khon", "shadow-play"),
    "craft-table": _CRAFTS,
    "traditional-games": ("chovqan", "silat", "dragon-boat"),
    "friendly-sport-delegation": ("chovqan", "silat", "dragon-boat"),
    "new-year-spring-rite": ("dragon-boat",),
    "visit-place-of-worship": ("pilgrimage-places",),
}
"""Activity → contested practices that hold it back: it would begin with the question whose this is. A common meal is never held back, since
people eat; where a dish is contested it carries a caution."""

BRINGS: Mapping[str, tuple[str, ...]] = {
    "sport": ("traditional-games",),
    "festival": ("new-year-spring-rite",),
    "food": ("shared-plate-meal",),
    "dance": ("circle-dance",),
    "music": ("listen-to-shared-music", "sing-together"),
    "craft": ("craft-table",),
    "oral": ("storytelling-circle", "poetry-evening"),
    "theatre": ("film-night",),
    "nature": ("nature-excursion",),
}
"""Domain → activities that bring it into the days of a first round, the telling domains first. A rite is brought by nobody but those whose it is."""
