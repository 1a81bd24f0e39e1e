"""Whether a short word in capitals may be made of the first letters of an organisation's name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from tracktwo.methods.screening.alphabets import romanised
from tracktwo.methods.screening.names import Name, Token, is_acronym

_SHORTEST = 3


def fits(tokens: Sequence[Token], name: Name) -> float:
    """Return how well the only word of one name abbreviates the other, from 0 (not at all) to 1: every weighty word gives its first letter."""
    letters = single_acronym(tokens)
    if not letters or not name.readings:
        return 0.0
    other = name.readings[0]
    if len([token for token in other if token.kind not in ("small", "form")]) < 2:
        return 0.0
    return _fit(letters, tuple((romanised(token.text, token.script), token.kind in ("small", "form", "particle")) for token in other))


def single_acronym(tokens: Sequence[Token]) -> str:
    """Return the letters of a name that is nothing but an acronym, in lower case; empty for others."""
    if len(tokens) != 1 or not is_acronym(tokens[0].text):
        return ""
    letters = tokens[0].text.replace(".", "").casefold()
    return letters if len(letters) >= _SHORTEST else ""


def initials(tokens: Sequence[Token]) -> tuple[str, ...]:
    """Return the acronyms of a name: its first letters without small words and forms, without small words, and with all."""
    words = [(romanised(token.text, token.script)[:1], token.kind) for token in tokens]
    ways = (
        "".join(letter for letter, kind in words if kind not in ("small", "form", "particle")),
        "".join(letter for letter, kind in words if kind not in ("small", "particle")),
        "".join(letter for letter, _ in words),
    )
    return tuple(dict.fromkeys(way for way in ways if len(way) >= _SHORTEST))


@lru_cache(maxsize=1 << 16)
def _fit(letters: str, words: tuple[tuple[str, bool], ...]) -> float:
    """The best walk through the words: a weighty word gives one letter (more cost a little), a small one gives none or one; O(letters · words ·
    3)."""
    best: dict[int, float] = {0: 0.0}
    for word, small in words:
        after: dict[int, float] = {}
        for at, cost in best.items():
            skipped = cost + (0.0 if small else 0.5)
            after[at] = min(after.get(at, 9.0), skipped)
            for taken in range(1, 4):
                if at + taken > len(letters) or word[:taken] != letters[at : at + taken]:
                    break
                after[at + taken] = min(after.get(at + taken, 9.0), cost + 0.18 * (taken - 1))
        best = after
    return max(0.0, 1.0 - best.get(len(letters), 9.0))
