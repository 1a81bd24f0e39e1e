"""The fonts that travel with tracktwo, and which characters they can draw: nothing of a machine's own fonts is used on paper."""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path

from tracktwo.model.world import Provenance

FONTS = Path(__file__).parent / "fonts"
FAMILIES = (
    "Noto Sans", "Noto Naskh Arabic", "Noto Sans Hebrew", "Noto Sans Armenian", "Noto Sans Georgian", "Noto Sans CJK KR", "Noto Sans CJK SC",
    "Noto Sans Ethiopic", "Noto Sans Devanagari", "Noto Sans Bengali", "Noto Sans Gujarati", "Noto Sans Gurmukhi", "Noto Sans Tamil",
    "Noto Sans Telugu", "Noto Sans Kannada", "Noto Sans Malayalam", "Noto Sans Oriya", "Noto Sans Sinhala", "Noto Sans Khmer", "Noto Sans Myanmar",
    "Noto Sans Thai", "Noto Sans Lao", "Noto Sans Thaana", "Noto Sans Syriac", "Noto Sans NKo", "Noto Sans Tifinagh", "Noto Sans Mongolian",
    "Noto Sans Adlam", "Noto Sans Ol Chiki", "Noto Serif Tibetan",
)  # fmt: skip
"""In the order in which a character is looked for."""
STAND_IN = "\ufffd"
"""Drawn for a character that no font here has."""
_SEEN = re.compile("[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001345f]")
"""Signs that Unicode files with the controls and that are drawn all the same: marks above numbers, brackets of glosses, joints of hieroglyphs."""


@lru_cache(maxsize=1)
def _coverage() -> tuple[tuple[int, ...], tuple[int, ...]]:
    ranges: list[list[int]] = json.loads((FONTS / "coverage.json").read_text(encoding="utf-8"))
    return tuple(first for first, _ in ranges), tuple(last for _, last in ranges)


@lru_cache(maxsize=4096)
def drawable(char: str) -> bool:
    """True where a font here has the character, or where it is drawn as nothing: controls, joiners, direction marks, variation selectors."""
    firsts, lasts = _coverage()
    place = bisect_right(firsts, ord(char)) - 1
    if place >= 0 and ord(char) <= lasts[place]:
        return True
    unseen = unicodedata.category(char) in {"Cc", "Cf", "Zl", "Zp"} or 0xFE00 <= ord(char) <= 0xFE0F
    return unseen and _SEEN.match(char) is None


def missing(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the characters of the texts that no font here can draw, each once, in the order of their code points."""
    return tuple(sorted({char for text in texts for char in set(text) if not drawable(char)}))


def with_stand_ins(text: str) -> str:
    """Return the text with `STAND_IN` for each character that no font here can draw."""
    return text if text.isascii() or all(map(drawable, text)) else "".join(char if drawable(char) else STAND_IN for char in text)


def name_of(char: str) -> str:
    """The code point of a character and its name in Unicode, which can be printed where the character cannot."""
    return f"U+{ord(char):04X} {unicodedata.name(char, '')}".strip()


@lru_cache(maxsize=1)
def provenance() -> Provenance:
    """Where the fonts come from."""
    entry = json.loads((FONTS / "PROVENANCE.json").read_text(encoding="utf-8"))
    return Provenance(entry["publisher"], entry["dataset"], entry["version"], date.fromisoformat(entry["as_of"]), entry["licence"], entry["url"])
