"""An index of all names of some lists: which of them share words that sound alike with a sought name.

Words are kept once, and under how they sound. A sound is found by its consonants and by these with one left out, so that one consonant may be added,
lost, exchanged or swapped. Names are then ranked by the rarity of what they share; nothing is decided here.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
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
_MOST_KNOWN = 20_000
"""Sounds whose likes are remembered from one sought name to the next."""
_OUTRANKED = 2 / 3
"""Below this part of the least share no name can rank above one that has it."""
Numbers = npt.NDArray[np.int32]
Worths = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Groups:
    """Numbers in groups: those of group i are `members[starts[i] : starts[i + 1]]`."""

    members: Numbers
    starts: Numbers

    @classmethod
    def of(cls, groups: Sequence[int] | Numbers, members: Numbers, size: int = 0) -> Groups:
        """Return members by their group; O(members log members)."""
        counts = np.bincount(np.asarray(groups, np.int32), minlength=size)
        order = np.argsort(groups, kind="stable")
        return cls(members[order], np.concatenate([[0], np.cumsum(counts)]).astype(np.int32))

    def one(self, group: int) -> Numbers:
        """Return the members of one group."""
        return self.members[self.starts[group] : self.starts[group + 1]]

    def several(self, groups: Numbers) -> tuple[Numbers, Numbers]:
        """Return the members of some groups, one group after the other, and how many each has."""
        first, counts = self.starts[groups], self.starts[groups + 1] - self.starts[groups]
        ends = np.cumsum(counts)
        return self.members[np.repeat(first - ends + counts, counts) + np.arange(ends[-1] if len(ends) else 0)], counts


@dataclass
class Index:
    """Names by what they sound like. The name with the number i is `written[i]`, of `entries[owners[i]]`."""

    entries: list[tuple[str, ListedEntry]] = field(default_factory=list)
    written: list[ListedName] = field(default_factory=list)
    owners: list[int] = field(default_factory=list)
    rarity: Rarity = field(default_factory=Rarity)
    _sounds: list[str] = field(default_factory=list)
    _number: dict[str, int] = field(default_factory=dict)
    _bones: list[str] = field(default_factory=list)
    _sounds_of_bones: Groups = field(default_factory=lambda: Groups.of([], np.zeros(0, np.int32)))
    _by_key: dict[str, list[int]] = field(default_factory=dict)
    _names_of_sound: Groups = field(default_factory=lambda: Groups.of([], np.zeros(0, np.int32)))
    _acronyms: dict[str, list[int]] = field(default_factory=dict)
    _long_names: dict[str, list[int]] = field(default_factory=dict)
    _born: dict[date, list[int]] = field(default_factory=dict)
    _totals: Worths = field(default_factory=lambda: np.zeros(0, np.float32))
    _known: dict[tuple[str, bool], tuple[Numbers, Worths]] = field(default_factory=dict)

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
        some = np.flatnonzero(total >= _OUTRANKED * _LEAST_SHARE * asked)
        if not len(some):
            return []
        held = total[some]
        rank = held * (1.0 + 0.5 * held / asked + 0.6 * np.minimum(held / self._totals[some], 1.0))
        least = float(np.partition(rank, -best)[-best]) if best < len(rank) else 0.0
        top = np.flatnonzero((rank >= least) & (held >= _LEAST_SHARE * asked))
        return [(int(some[at]), float(rank[at] / asked)) for at in top[np.argsort(-rank[top], kind="stable")][:best]]

    def _holding(self, token: Token, weight: float) -> Worths:
        """For each name how much of a word's weight it holds: all where a word of it sounds the same."""
        held = np.zeros(len(self.written), np.float32)
        parts = [part for word in token.text.split() for part in words_of(word)] if " " in token.text else []
        for one, share in ((token, 1.0), *((part, 0.8) for part in parts if part.kind in _WORDS)):
            for sound in one.sounds[:_MOST_SOUNDS]:
                names, worths = self._spread(sound, one.bare)
                held[names] = np.maximum(held[names], worths * np.float32(share * weight))
        for sound in token.sounds[:1]:
            for one_half, other_half in self._halves(sound):
                marked = np.zeros(len(held), np.bool_)
                marked[one_half] = True
                both = other_half[marked[other_half]]
                held[both] = np.maximum(held[both], np.float32(0.8 * weight))
        return held

    def _spread(self, sound: str, bare: bool) -> tuple[Numbers, Worths]:
        """The names with a word that a sound may be, and how much each is worth; a name with several such words has the best of them last."""
        known = self._known.get((sound, bare))
        if known is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            others, worths = self._near(sound, bare)
            rising = np.argsort(worths, kind="stable")
            known = self._known[sound, bare] = (others[rising], worths[rising])
        names, counts = self._names_of_sound.several(known[0])
        return names, np.repeat(known[1], counts)

    def _halves(self, sound: str) -> Iterable[tuple[Numbers, Numbers]]:
        """Where a word may be two short ones of a list, the names that hold either."""
        for cut in range(2, len(sound) - 1):
            one, other = self._number.get(sound[:cut]), self._number.get(sound[cut:])
            if one is not None and other is not None:
                yield self._names_of_sound.one(one), self._names_of_sound.one(other)

    def _near(self, sound: str, bare: bool) -> tuple[Numbers, Worths]:
        """The sounds of the lists that a sound may be, each with a first guess of its worth, from 0 to 1."""
        bones = skeleton(sound)
        alike = sorted({other for key in _keys(bones) for other in self._by_key.get(key, ())})
        if not alike:
            return np.zeros(0, np.int32), np.zeros(0, np.float32)
        others, counts = self._sounds_of_bones.several(np.array(alike, np.int32))
        worth = np.repeat(_likeness(bones, [self._bones[other] for other in alike]), counts)
        if not bare:
            worth = 0.5 * worth + 0.5 * _likeness(sound, [self._sounds[other] for other in others.tolist()])
        enough = np.flatnonzero(worth >= _ALIKE)
        return others[enough], worth[enough] ** 2

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
        counting: list[int] = []
        counted: list[int] = []
        tokens = [words_of(word) for word in words]
        sounding: list[int] = []
        sounds: list[str] = []
        for number, parts in enumerate(tokens):
            keys: set[str] = set()
            for token in parts:
                if token.kind in _WORDS:
                    for sound in filter(None, token.sounds[:_MOST_SOUNDS]):  # a letter of a script that we cannot read has none
                        sounding.append(number)
                        sounds.append(sound)
                    keys.update(keys_of(token.sounds[0]) if token.sounds else ())
            counting.extend([number] * len(keys))
            counted.extend([kinds.setdefault(key, len(kinds)) for key in keys])
        names, times = Groups.of(held, holders, len(words)).several(np.array(sounding, np.int32))
        self._file(sounds)
        heard = np.array([self._number[sound] for sound in sounds], np.int32)
        self._names_of_sound = Groups.of(np.repeat(heard, times), names, len(self._sounds))
        kind, times = Groups.of(np.array(counting, np.int32), np.array(counted, np.int32), len(words)).several(held)
        owners = np.repeat(np.array(self.owners, np.int64)[holders], times)
        self.rarity = Rarity(dict(zip(kinds, _once(owners, kind, len(kinds)), strict=True)), len(self.entries))
        weights = np.array([sum(map(self.rarity.weight, _one_reading(parts))) for parts in tokens], np.float32)
        self._totals = np.maximum(np.bincount(holders, weights[held], minlength=len(self.written)), 0.5).astype(np.float32)

    def _file(self, sounds: Iterable[str]) -> None:
        """Number the sounds by their consonants: those of one skeleton are neighbours, in memory too, since they are read together."""
        self._sounds = " ".join(sorted(set(sounds), key=lambda sound: (skeleton(sound), sound))).split()
        self._number = {sound: number for number, sound in enumerate(self._sounds)}
        of_bones: dict[str, int] = {}
        groups = [of_bones.setdefault(skeleton(sound), len(of_bones)) for sound in self._sounds]
        self._bones = list(of_bones)
        self._sounds_of_bones = Groups.of(groups, np.arange(len(groups), dtype=np.int32), len(of_bones))
        for number, bones in enumerate(self._bones):
            for key in _keys(bones):
                self._by_key.setdefault(key, []).append(number)


def _once(owners: npt.NDArray[np.int64], kinds: Numbers, size: int) -> list[int]:
    """For each kind how many owners have it, however often."""
    pairs = np.sort(owners * (size + 1) + kinds)
    found: list[int] = np.bincount(pairs[np.diff(pairs, prepend=-1) > 0] % (size + 1), minlength=size).tolist()
    return found


def _one_reading(parts: Sequence[Token]) -> Sequence[Token]:
    """The tokens of a word in the first of its readings."""
    if len(parts) < 2:
        return parts
    return list({token.text if token.script == "han" else id(token): token for token in reversed(parts)}.values())


def _likeness(one: str, others: list[str]) -> Worths:
    found: Worths = process.cdist([one], others, scorer=OSA.normalized_similarity, dtype=np.float32)
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
    known: defaultdict[str, int] = defaultdict()
    known.default_factory = known.__len__
    words: list[int] = []
    lengths: list[int] = []
    for pair in entries:
        entry = pair[1]
        if entry.kind in ("vessel", "aircraft"):
            continue
        first = len(index.written)
        for written in entry.names:
            number = len(index.written)
            index.written.append(written)
            index.owners.append(len(index.entries))
            found = _split(written.text)
            words.extend(map(known.__getitem__, found))
            lengths.append(len(found))
            if entry.kind != "person":
                index._take_organisation(written.text, found, number)
        for birth in entry.births:
            if birth.first == birth.last and (birth.first.month, birth.first.day) != (1, 1):
                index._born.setdefault(birth.first, []).extend(range(first, len(index.written)))
        index.entries.append(pair)
    holders = np.repeat(np.arange(len(lengths), dtype=np.int32), np.array(lengths, np.int32))
    index._take_words(list(known), np.array(words, np.int32), holders)
    return index


def _split(text: str) -> list[str]:
    plain = text[:LONGEST] if text.isascii() else unicodedata.normalize("NFKC", text[:LONGEST])
    folded = plain.casefold()
    return (folded if folded.replace(" ", "").isalnum() else _APART.sub(" ", folded)).split()[:_MOST_WORDS]
