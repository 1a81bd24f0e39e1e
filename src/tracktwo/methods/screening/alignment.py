"""Which word of a sought name meets which word of a listed one, and how well."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from tracktwo.methods.screening.names import Token
from tracktwo.methods.screening.sounds import may_be_near, nearness, skeleton
from tracktwo.methods.screening.vocabulary import SAME_NAME
from tracktwo.model.listing import Aligned

MEETS = 0.6
"""Nearness from which two words meet."""
_SURE = 0.9
_NICKNAME = 0.94
_INITIAL = 0.75
_OTHER_CHARACTER = {"han": 0.85, "hangul": 0.7}
"""Nearness of two characters of one script that differ, however alike they are read: in Han it may be the simpler form of the same one."""
_JOINED = 0.75
"""Nearness from which several words may be one."""
_WORDS = frozenset({"name", "patronymic"})
_JOINS = _WORDS | {"particle"}
_MINOR = frozenset({"particle", "small", "title", "form"})


@dataclass(frozen=True, slots=True)
class Met:
    """Some words of the sought name beside some of the listed one. `weight` in nats is that of the more common side."""

    sought: tuple[int, ...]
    listed: tuple[int, ...]
    by: str
    near: float
    weight: float


@lru_cache(maxsize=1 << 18)
def meeting(one: Token, other: Token) -> tuple[float, str]:
    """Return how near two words are, from 0 to 1, and by what."""
    if "number" in (one.kind, other.kind):
        return (1.0, "same") if one.kind == other.kind and one.plain == other.plain else (0.0, "none")
    if "initial" in (one.kind, other.kind):
        return _initials(one, other)
    if one.kind == "form" or other.kind == "form":
        return (1.0 if one.sounds == other.sounds else 0.8, "same") if one.kind == other.kind else (0.0, "none")
    if one.plain == other.plain:
        return 1.0, "same"
    bare = one.bare or other.bare
    near = max((nearness(a, b, bare) for a in one.sounds for b in other.sounds if may_be_near(a, b, bare)), default=0.0)
    group = SAME_NAME.get(one.plain)
    if near < _NICKNAME and group is not None and group == SAME_NAME.get(other.plain):
        return _NICKNAME, "spelling"
    if one.script == other.script:
        return min(near, _OTHER_CHARACTER.get(one.script, 1.0)), "spelling"
    return near, "reading" if {one.script, other.script} & {"hangul", "han", "kana"} else "transliteration"


def _initials(one: Token, other: Token) -> tuple[float, str]:
    if one.kind == other.kind:
        return (0.9, "initial") if one.sounds == other.sounds else (0.0, "none")
    initial, word = (one, other) if one.kind == "initial" else (other, one)
    if word.kind not in ("name", "patronymic"):
        return 0.0, "none"
    fits = word.plain[:1] == initial.plain[:1] or any(sound.lower().startswith(initial.sounds[0]) for sound in word.sounds)
    return (_INITIAL, "initial") if fits else (0.0, "none")


def meetings(sought: Sequence[Token], listed: Sequence[Token], heavy_sought: Sequence[float], heavy_listed: Sequence[float]) -> tuple[Met, ...]:
    """Return the words that meet, each at most once, the best and heaviest first; O(words² log words).

    One word may meet two or three neighbours that together sound like it: Alizaheer and Ali Zaheer. `heavy`: the weight of each word.
    """
    found: list[tuple[float, Met]] = []
    for i, one in enumerate(sought):
        for j, other in enumerate(listed):
            if (one.kind in _MINOR) != (other.kind in _MINOR) and one.plain != other.plain:
                continue
            near, by = meeting(one, other)
            if near >= MEETS:
                weight = min(heavy_sought[i], heavy_listed[j])
                found.append((near * near * weight - 0.01 * abs(i - j), Met((i,), (j,), by, near, weight)))
    open_sought = set(range(len(sought))) - {i for _, met in found if met.near > _SURE for i in met.sought}
    open_listed = set(range(len(listed))) - {j for _, met in found if met.near > _SURE for j in met.listed}
    if open_sought and open_listed:
        found += _together(sought, listed, heavy_sought, heavy_listed, open_sought, open_listed, turned=False)
        found += _together(listed, sought, heavy_listed, heavy_sought, open_listed, open_sought, turned=True)
    taken_sought: set[int] = set()
    taken_listed: set[int] = set()
    chosen: list[Met] = []
    for _, met in sorted(found, key=lambda pair: (-pair[0], pair[1].sought, pair[1].listed)):
        if taken_sought.isdisjoint(met.sought) and taken_listed.isdisjoint(met.listed):
            chosen.append(met)
            taken_sought.update(met.sought)
            taken_listed.update(met.listed)
    return tuple(chosen)


def _together(
    many: Sequence[Token],
    single: Sequence[Token],
    heavy_many: Sequence[float],
    heavy_single: Sequence[float],
    open_many: Set[int],
    open_single: Set[int],
    *,
    turned: bool,
) -> list[tuple[float, Met]]:
    """Neighbours of one name that together are a word of the other, where words of both have not yet met their like."""
    found: list[tuple[float, Met]] = []
    bones = [len(skeleton(token.sounds[0])) if token.kind in _JOINS and token.sounds else -1 for token in many]
    for start in range(len(many) - 1):
        for stop in range(start + 2, min(start + 4, len(many) + 1)):
            if min(bones[start:stop]) < 0:
                break
            if open_many.isdisjoint(range(start, stop)):
                continue
            found += _one_word(many, single, range(start, stop), sum(bones[start:stop]), heavy_many, heavy_single, sorted(open_single), turned=turned)
    return found


def _one_word(
    many: Sequence[Token],
    single: Sequence[Token],
    at: range,
    bones: int,
    heavy_many: Sequence[float],
    heavy_single: Sequence[float],
    open_single: Sequence[int],
    *,
    turned: bool,
) -> list[tuple[float, Met]]:
    found: list[tuple[float, Met]] = []
    for j in open_single:
        other = single[j]
        if other.kind not in _WORDS or not other.sounds or abs(len(skeleton(other.sounds[0])) - bones) > 2:
            continue
        parts = many[at.start : at.stop]
        if max(map(len, other.sounds)) <= max(len(token.sounds[0]) for token in parts):
            continue
        bare = other.bare or any(token.bare for token in parts)
        near = max((nearness(a, b, bare) for a in _chained(tuple(parts)) for b in other.sounds if _as_long(a, b, bare)), default=0.0)
        if near < _JOINED:
            continue
        weight = min(sum(heavy_many[at.start : at.stop]), heavy_single[j])
        met = Met((j,), tuple(at), "joined", near, weight) if turned else Met(tuple(at), (j,), "joined", near, weight)
        found.append((near * near * weight, met))
    return found


def _as_long(joined: str, single: str, bare: bool) -> bool:
    bones, others = skeleton(joined), skeleton(single)
    return abs(len(bones) - len(others)) < 2 and OSA.distance(bones, others, score_cutoff=1) < 2 and (bare or abs(len(joined) - len(single)) < 4)


@lru_cache(maxsize=1 << 14)
def _chained(parts: tuple[Token, ...]) -> tuple[str, ...]:
    chains = [""]
    for token in parts:
        chains = [chain + sound for chain in chains for sound in token.sounds[:3]][:9]
    return tuple(chains)


def shown(sought: Sequence[Token], listed: Sequence[Token], met: Sequence[Met]) -> tuple[Aligned, ...]:
    """Return the alignment as a reader sees it: in the order of the sought name, then what of the listed name met nothing."""
    rows: list[tuple[int, Aligned]] = []
    left = set(range(len(listed)))
    for one in met:
        left -= set(one.listed)
        words = " ".join(sought[i].text for i in one.sought), " ".join(listed[j].text for j in one.listed)
        title = all(sought[i].kind == "title" for i in one.sought)
        rows.append((one.sought[0], Aligned(*words, "title" if title else one.by, round(one.near, 2))))
    alone = set(range(len(sought))) - {i for one in met for i in one.sought}
    rows += [(i, Aligned(sought[i].text, None, "title" if sought[i].kind == "title" else "none", 0.0)) for i in alone]
    rows.sort(key=lambda row: row[0])
    rest = [Aligned(None, listed[j].text, "title" if listed[j].kind == "title" else "none", 0.0) for j in sorted(left)]
    return (*(row for _, row in rows), *rest)
