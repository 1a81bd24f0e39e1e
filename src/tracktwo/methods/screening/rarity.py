"""How much it says that a word of a name agrees: little for Muhammad or Trading, much for a word that one entry in thousands has."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tracktwo.methods.screening import frequencies
from tracktwo.methods.screening.names import Token
from tracktwo.methods.screening.sounds import skeleton

_LEAST, _MOST = 0.9, 7.5
_FIXED = {"particle": 0.3, "title": 0.25, "small": 0.2, "form": 0.35, "initial": 1.2, "number": 4.0}
_PATRONYMIC = 0.6
_BY_SYLLABLE = frozenset({"han", "hangul"})
"""Scripts whose short syllables meet many Latin words by chance: they are as rare as all words that sound so together."""


def keys_of(sound: str) -> tuple[str, ...]:
    """Return the forms in which a sound is counted: its consonants, and for a very short word also its beginning and length."""
    bones = skeleton(sound)
    return (bones,) if len(bones) > 2 else (f"{bones}.{sound[:1]}{len(sound)}", bones)


@dataclass
class Rarity:
    """Weights of words in nats, from how many entries of the lists have them: those shipped with tracktwo and those that are screened against."""

    counts: Mapping[str, int] = field(default_factory=dict)
    named: int = 0
    _known: dict[Token, float] = field(default_factory=dict, repr=False)

    def weight(self, token: Token) -> float:
        """Return ln(entries / entries with a word that sounds so), between 0.9 and 7.5; fixed small weights for what is no name."""
        known = self._known.get(token)
        if known is None:
            known = self._known[token] = self._weight(token)
        return known

    def one_in(self, weight: float) -> float:
        """Return of how many entries one has a word of this weight."""
        return math.exp(weight)

    def _weight(self, token: Token) -> float:
        if token.kind in _FIXED:
            return _FIXED[token.kind]
        total = frequencies.NAMED + self.named
        coarse = token.script in _BY_SYLLABLE
        keys = {keys_of(sound)[-1 if coarse else 0] for sound in token.sounds}
        held = (sum if coarse else max)(frequencies.COUNTS.get(key, 0) + self.counts.get(key, 0) for key in keys) if keys else 0
        rare = min(_MOST, max(_LEAST, math.log(total / (held + 1))))
        return rare * _PATRONYMIC if token.kind == "patronymic" else rare


def counted(entries: Iterable[Iterable[Token]]) -> Counter[str]:
    """Return for each key how many entries hold a word with it."""
    counts: Counter[str] = Counter()
    for tokens in entries:
        counts.update({key for token in tokens if token.kind in ("name", "patronymic") for sound in token.sounds[:1] for key in keys_of(sound)})
    return counts
