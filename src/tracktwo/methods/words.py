"""Words of a text as a search compares them, and how rare each is in a collection."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping

_APART = re.compile(r"[^\w]+")
_SHORTEST = 3
_COMMON = frozenset(
    """the and for with from that this into was were are not but its their they them who whom which what when where while between among after before
    over under out all any both each more most other some such than then there these those through until about against also been being can could
    did does had has have his her him how may might must our own same she should too very via will would you your one two first later made make
    conflict conflicts dialogue dialogues meeting meetings party parties side sides group groups people year years talk talks peace process
    three four five six seven eight nine ten new old country countries use used using
    come let speak give take say tell put keep see know get want
    january february march april june july august september october november december""".split()
)
"""Words too common to say what a text is about, among them those that every text on dialogue holds."""


def words(text: str) -> list[str]:
    """Return the words of a text in order: without case, accents and plural endings, and without common and very short ones and numbers."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter)).casefold()
    found = (
        _singular(word)
        for word in _APART.sub(" ", plain).replace("_", " ").split()
        if len(word) >= _SHORTEST and not word.isdecimal() and word not in _COMMON
    )
    return [word for word in found if word not in _COMMON]


def _singular(word: str) -> str:
    """Take off an English plural ending, crudely; the same on both sides of a comparison."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def rarity(texts: Iterable[Iterable[str]]) -> dict[str, float]:
    """Return for each word ln(1 + (N - n + 0.5) / (n + 0.5)), where n of N texts hold it: near 0 for a word of all texts, never negative.

    Source: S. Robertson and H. Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond, 2009, in the form that stays positive.
    """
    sets = [set(text) for text in texts]
    counts = Counter(word for words_of_one in sets for word in words_of_one)
    return {word: math.log(1 + (len(sets) - count + 0.5) / (count + 0.5)) for word, count in sorted(counts.items())}


def shared(asked: Mapping[str, float], text: Iterable[str], rare: Mapping[str, float]) -> tuple[float, tuple[str, ...]]:
    """Return the share, from 0 to 1, of the asked words' weight that a text holds, and those words, the heaviest first.

    `asked` gives each word's count in the question; a word counts with the root of that, times its rarity. Words that no text holds do not count.
    """
    held = set(text)
    weights = {word: math.sqrt(count) * rare[word] for word, count in sorted(asked.items()) if word in rare}
    total = math.fsum(weights.values())
    found = sorted((word for word in weights if word in held), key=lambda word: (-weights[word], word))
    return (math.fsum(weights[word] for word in found) / total if total else 0.0), tuple(found)
