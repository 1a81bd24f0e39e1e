"""Names of countries brought to one spelling, so that a name is found however it was written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_UNHEARD = frozenset("the la le les el los las l and et y of de du des del d".split())
"""Articles and small words that lists of countries write or leave out at will."""
_WORDS = {"st": "saint", "ste": "sainte", "rep": "republic", "dem": "democratic", "fed": "federal", "is": "islands"}
_LETTERS = str.maketrans({"ى": "ي", "ة": "ه", "ـ": None, "ё": "е", "ı": "i", "ø": "o", "ł": "l", "đ": "d", "&": " "})
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_APART = re.compile(r"[^\w]+")
_INITIALS = re.compile(r"\b(\w)\.(?=\w\b)")
_ARABIC_ARTICLE = "ال"


def fold(name: str) -> str:
    """Return a name without case, accents, punctuation, articles and small words: `La République centrafricaine` is `republique centrafricaine`."""
    plain = name if name.isascii() else "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    if "." in plain:
        plain = _INITIALS.sub(r"\1", plain)
    words = _APART.sub(" ", plain.casefold().translate(_LETTERS).replace("_", " ")).split()
    words = [_WORDS.get(word, word) for word in words]
    kept = [word for word in words if word not in _UNHEARD] or words
    return " ".join(_without_arabic_article(word) for word in kept)


def _without_arabic_article(word: str) -> str:
    return word[2:] if word.startswith(_ARABIC_ARTICLE) and len(word) > 4 else word


def forms(name: str) -> Iterator[str]:
    """Yield the folded forms under which a name may also be written: without brackets, and with what follows a comma put first."""
    outside = _BRACKETS.sub(" ", name)
    if outside != name:
        yield fold(outside)
    head, comma, tail = outside.partition(",")
    if comma and tail.strip():
        yield fold(f"{tail} {head}")
    inside = " ".join(part[1:-1] for part in _BRACKETS.findall(name))
    if inside and not fold(outside):
        yield fold(inside)
