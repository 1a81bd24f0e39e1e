"""An index of all names of some lists: which of them share words that sound alike with a sought name.

Words are kept once, and under how they sound. A sound is found by its consonants and by these with one left out, so that one consonant may be added,
lost, exchanged or swapped. Names are then ranked by the rarity of what they share; nothing is decided here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from tracktwo.methods.screening.acronyms import fits, initials, single_acronym
from tracktwo.methods.screening.names import LONGEST, Name, Token, is_acronym, parse, words_of
from tracktwo.methods.screening.rarity import Rarity, keys_of
from tracktwo.methods.screening.sounds import skeleton
from tracktwo.model.listing import BirthRange, ListedEntry, ListedName

BEST = 22
"""Names that are compared exactly for each sought name."""
_LEAST_SHARE = 0.3
"""The share of a name's weight that has to be met, by the first guess, for it to be compared at all."""
_SURELY = 99.0
_WORDS = frozenset({"name", "patronymic"})
_ALIKE = 0.5
_MOST_SOUNDS = 4
_MOST_WORDS = 24
_APART = re.compile(r"[^\w'’‘`´ʻʼʿʾʹ\u0300-\u036f\u0900-\u0dff\u200c]+")
_BRACKETED = re.compile(r"\(([A-Z.]{3,16})\)")
Numbers = npt.NDArray[np.int32]


@dataclass
class Index:
    """Names by what they sound like. The name with the number i is `written[i]`, of `entries[owners[i]]`."""

    entries: list[tuple[str, ListedEntry]] = field(default_factory=list)
    written: list[ListedName] = field(default_factory=list)
    owners: list[int] = field(default_factory=list)
    rarity: Rarity = field(default_factory=Rarity)
    _sounds: dict[str, int] = field(default_factory=dict)
    _spelled: list[str] = field(default_factory=list)
    _bones: list[str] = field(default_factory=list)
    _by_key: dict[str, list[int]] = field(default_factory=dict)
    _words_of_sound: list[list[int]] = field(default_factory=list)
    _names_of_word: list[Numbers] = field(default_factory=list)
    _acronyms: dict[str, list[int]] = field(default_factory=dict)
    _long_names: dict[str, list[int]] = field(default_factory=dict)
    _born: dict[date, list[int]] = field(default_factory=dict)
    _totals: npt.NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, np.float32))
    _spreads: dict[tuple[str, bool], tuple[Numbers, npt.NDArray[np.float32]]] = field(default_factory=dict)

    def candidates(self, sought: Name, born: BirthRange | None = None, best: int = BEST) -> list[int]:
        """Return the numbers of the names that share most with a sought one, the likeliest first, and those of whoever was born on that very day."""
        found: dict[int, float] = dict.fromkeys(self._born.get(born.first, ()) if born and born.first == born.last else (), _SURELY)
        for reading in sought.readings:
            found.update(dict.fromkeys(self._abbreviated(reading), _SURELY))
            for number, rank in self._alike(reading, best):
                found[number] = max(rank, found.get(number, 0.0))
        first = sorted(found, key=lambda number: (-found[number], number))
        return [number for place, number in enumerate(first) if place < best or found[number] == _SURELY]

    def _alike(self, reading: Sequence[Token], best: int) -> list[tuple[int, float]]:
        total = np.zeros(len(self.written), np.float32)
        asked = 0.0
        for token in reading:
            if token.kind in _WORDS:
                weight = self.rarity.weight(token)
                asked += weight
                total += self._holding(token, weight)
        for token in _pairs(reading):
            total += self._holding(token, self.rarity.weight(token))
        if not asked:
            return []
        rank = total * (1.0 + 0.5 * total / asked + 0.6 * np.minimum(total / self._totals, 1.0))
        some = min(best, len(rank))
        top = np.argpartition(-rank, some - 1)[:some]
        top = np.flatnonzero((rank >= max(float(rank[top].min()), 1e-6)) & (total >= _LEAST_SHARE * asked))
        return [(int(number), float(rank[number] / asked)) for number in top[np.argsort(-rank[top], kind="stable")][:best]]

    def _holding(self, token: Token, weight: float) -> npt.NDArray[np.float32]:
        """For each name how much of a word's weight it holds: all where a word of it sounds the same."""
        held = np.zeros(len(self.written), np.float32)
        parts = [part for word in token.text.split() for part in words_of(word)] if " " in token.text else []
        for one, share in ((token, 1.0), *((part, 0.8) for part in parts if part.kind in _WORDS)):
            for sound in one.sounds[:_MOST_SOUNDS]:
                names, worths = self._spread(sound, one.bare)
                held[names] = np.maximum(held[names], worths * np.float32(share * weight))
        for sound in token.sounds[:1]:
            for one_half, other_half in self._halves(sound):
                both = np.intersect1d(one_half, other_half)
                held[both] = np.maximum(held[both], 0.8 * weight)
        return held

    def _spread(self, sound: str, bare: bool) -> tuple[Numbers, npt.NDArray[np.float32]]:
        """The names with a word that a sound may be, and how much each is worth; a name with several such words has the best of them last."""
        known = self._spreads.get((sound, bare))
        if known is None:
            words: dict[int, float] = {}
            for other, worth in self._near(sound, bare).items():
                for word in self._words_of_sound[other]:
                    words[word] = max(worth, words.get(word, 0.0))
            rising = sorted(words, key=words.__getitem__)
            holders = [self._names_of_word[word] for word in rising]
            worths = np.array([words[word] for word in rising], np.float32)
            names = np.concatenate(holders) if holders else np.zeros(0, np.int32)
            known = self._spreads[sound, bare] = (names, np.repeat(worths, [len(held) for held in holders]))
        return known

    def _halves(self, sound: str) -> Iterable[tuple[Numbers, Numbers]]:
        """Where a word may be two short ones of a list, the names that hold either."""
        for cut in range(2, len(sound) - 1):
            one, other = self._sounds.get(sound[:cut]), self._sounds.get(sound[cut:])
            if one is not None and other is not None:
                yield self._names_of_sound(one), self._names_of_sound(other)

    def _names_of_sound(self, sound: int) -> Numbers:
        return np.concatenate([self._names_of_word[word] for word in self._words_of_sound[sound]])

    def _near(self, sound: str, bare: bool) -> dict[int, float]:
        """The sounds of the lists that a sound may be, each with a first guess of its worth, from 0 to 1."""
        bones = skeleton(sound)
        others = sorted({other for key in _keys(bones) for other in self._by_key.get(key, ())})
        if not others:
            return {}
        worth = _likeness(bones, [self._bones[other] for other in others])
        if not bare:
            worth = 0.5 * worth + 0.5 * _likeness(sound, [self._spelled[other] for other in others])
        return {others[at]: float(worth[at]) ** 2 for at in np.flatnonzero(worth >= _ALIKE)}

    def _abbreviated(self, reading: Sequence[Token]) -> list[int]:
        letters = single_acronym(reading)
        if letters:
            long_names = self._long_names.get(letters[0], ())
            return [number for number in long_names if any(fits(reading, name) > 0.5 for name in parse(self.written[number].text))]
        return [number for short in initials(reading) for number in self._acronyms.get(short, ())]

    def _take_organisation(self, text: str, words: Sequence[str], number: int) -> None:
        for letters in _BRACKETED.findall(text) if "(" in text else ():
            self._acronyms.setdefault(letters.replace(".", "").lower(), []).append(number)
        if len(words) == 1 and is_acronym(text):
            self._acronyms.setdefault(text.replace(".", "").strip().lower(), []).append(number)
        for first in {word.lstrip("'’‘`´ʻʼ")[:1] for word in words[:2]} if len(words) > 1 else ():
            self._long_names.setdefault(first, []).append(number)

    def _take_words(self, words: Sequence[str], held: Numbers, holders: Numbers) -> None:
        """Read every word once, file it under its sounds, and count in how many entries each kind of sound stands."""
        kinds: dict[str, int] = {}
        counted: list[list[int]] = []
        tokens = [words_of(word) for word in words]
        for number, parts in enumerate(tokens):
            keys: set[str] = set()
            for token in parts:
                if token.kind in _WORDS:
                    for sound in token.sounds[:_MOST_SOUNDS]:
                        self._words_of_sound[self._number(sound)].append(number)
                    keys.update(keys_of(token.sounds[0]) if token.sounds else ())
            counted.append([kinds.setdefault(key, len(kinds)) for key in keys])
        order = np.argsort(held, kind="stable")
        ends = np.cumsum(np.bincount(held, minlength=len(words)))[:-1]
        self._names_of_word = np.split(holders[order], ends) if words else []
        self.rarity = Rarity(self._counts(held, holders, counted, kinds), len(self.entries))
        weights = np.array([sum(map(self.rarity.weight, _one_reading(parts))) for parts in tokens], np.float32)
        self._totals = np.maximum(np.bincount(holders, weights[held], minlength=len(self.written)), 0.5).astype(np.float32)

    def _counts(self, held: Numbers, holders: Numbers, counted: Sequence[Sequence[int]], kinds: dict[str, int]) -> dict[str, int]:
        owners = np.array(self.owners, np.int64)[holders]
        most = max(map(len, counted), default=0)
        pairs = []
        for slot in range(most):
            kind = np.array([keys[slot] if slot < len(keys) else -1 for keys in counted], np.int64)[held]
            pairs.append((owners * (len(kinds) + 1) + kind)[kind >= 0])
        once = np.unique(np.concatenate(pairs)) if pairs else np.zeros(0, np.int64)
        times = np.bincount(once % (len(kinds) + 1), minlength=len(kinds))
        return {kind: int(times[number]) for kind, number in kinds.items()}

    def _number(self, sound: str) -> int:
        known = self._sounds.get(sound)
        if known is None:
            known = self._sounds[sound] = len(self._spelled)
            self._spelled.append(sound)
            self._bones.append(skeleton(sound))
            self._words_of_sound.append([])
            for key in _keys(self._bones[-1]):
                self._by_key.setdefault(key, []).append(known)
        return known


def _one_reading(parts: Sequence[Token]) -> list[Token]:
    """The tokens of a word in the first of its readings."""
    return list({token.text if token.script == "han" else id(token): token for token in reversed(parts)}.values())


def _likeness(one: str, others: list[str]) -> npt.NDArray[np.float32]:
    found: npt.NDArray[np.float32] = process.cdist([one], others, scorer=OSA.normalized_similarity, dtype=np.float32)
    return np.asarray(found[0])


@cache
def _keys(bones: str) -> frozenset[str]:
    """The consonants of a word, and these with one left out where at least two stay."""
    if len(bones) < 3 or bones[0] == "~":
        return frozenset({bones})
    return frozenset({bones, *(bones[:at] + bones[at + 1 :] for at in range(len(bones)))})


def _pairs(reading: Sequence[Token]) -> list[Token]:
    """Neighbours as one word, as a list may write them."""
    return [
        Token(one.text + other.text, "name", (one.sounds[0] + other.sounds[0],), one.plain + other.plain, one.script, one.bare or other.bare)
        for one, other in pairwise(reading)
        if one.kind in (*_WORDS, "particle") and other.kind in _WORDS and one.sounds and other.sounds
    ]


def build(entries: Iterable[tuple[str, ListedEntry]]) -> Index:
    """Return an index of the persons and organisations among some entries, each with the key of its list; O(words)."""
    index = Index()
    known: dict[str, int] = {}
    words: list[int] = []
    holders: list[int] = []
    for list_key, entry in entries:
        if entry.kind in ("vessel", "aircraft"):
            continue
        first = len(index.written)
        for written in entry.names:
            number = len(index.written)
            index.written.append(written)
            index.owners.append(len(index.entries))
            found = _split(written.text)
            for word in found:
                words.append(known.setdefault(word, len(known)))
                holders.append(number)
            if entry.kind != "person":
                index._take_organisation(written.text, found, number)
        for birth in entry.births:
            if birth.first == birth.last and (birth.first.month, birth.first.day) != (1, 1):
                index._born.setdefault(birth.first, []).extend(range(first, len(index.written)))
        index.entries.append((list_key, entry))
    index._take_words(list(known), np.array(words, np.int32), np.array(holders, np.int32))
    return index


def _split(text: str) -> list[str]:
    plain = text[:LONGEST] if text.isascii() else unicodedata.normalize("NFKC", text[:LONGEST])
    return _APART.sub(" ", plain.casefold()).split()[:_MOST_WORDS]
