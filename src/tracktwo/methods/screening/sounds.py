"""How a word sounds, whoever spelled it: Latin spellings and letters of other scripts as one small set of sounds, and how far two words are apart.

Sounds: a e i o u · b p f v w · t T(th) d D(dh, z) · k X(kh) g G(gh) h · s z c(ts) S(sh) C(ch) J(j, zh) · l r m n y. What two spellings of one name
often exchange costs little (q and g, kh and h, e and i), a written vowel against a script without vowels costs almost nothing.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

_SPELLINGS = (
    "shch=S tsch=C sch=S tch=C dzh=J kh=X gh=G sh=S ch=C zh=J dj=J th=T dh=D ph=f tz=c ts=c cz=C ck=k qu=k ou=u oo=u ee=i ie=i ei=ai ey=ai ay=ai "
    "aj=ai ej=ai "
    "oj=oi aw=au eo=o ue=u oe=o ij=i iy=i yi=i yy=i ce=se ci=si cy=si q=k x=ks c=k j=J"
)
_RULES = dict(pair.split("=") for pair in _SPELLINGS.split())
_LETTERS = re.compile("|".join(sorted(_RULES, key=len, reverse=True)))
_VOWEL_Y = re.compile(r"y(?![aeiou])")
_LAST_H = re.compile(r"(?<=[aeiou])h$")
_NO_LETTER = re.compile(r"[^a-zA-Z]")
_TWICE = re.compile(r"(.)\1+")
_VOWELS = "aeiou"
_CONSONANTS = "bpfvwtTdDkXgGhszcSCJlrmny"

_NEAR = (
    "kg=.25 kX=.25 kG=.35 kC=.7 Xh=.3 XG=.4 gG=.1 gJ=.3 GX=.4 Gr=.7 hg=.5 JC=.35 Jy=.4 Jz=.5 JS=.6 SC=.3 Ss=.4 Cs=.6 Cc=.35 sc=.3 sz=.3 zc=.4 "
    "sT=.25 tT=.1 tc=.4 "
    "td=.45 tD=.45 dD=.1 dT=.4 zD=.1 TD=.4 Ts=.25 Tf=.7 bp=.3 bv=.4 bf=.6 pf=.4 fv=.25 vw=.1 fw=.35 lr=.75 mn=.8 hX=.3 kh=.6 hy=.8"
)
_NEAR_VOWELS = "ae=.12 ai=.22 ao=.22 au=.25 ei=.08 eo=.25 eu=.25 io=.28 iu=.25 ou=.06"
_GLIDES = "yi=.05 ye=.1 wu=.05 wo=.05 Ji=.5"
_MISSING = {"h": 0.4, "y": 0.45, "w": 0.5, "G": 0.8}
VOWEL = 0.32
"""What a vowel weighs beside a consonant's 1, where both spellings have vowels."""
UNWRITTEN = 0.05
"""What it weighs where one of the scripts leaves vowels out."""
_SWAPPED = 0.55


def _costs() -> dict[str, dict[str, float]]:
    table: dict[str, dict[str, float]] = {}
    for one in _VOWELS + _CONSONANTS:
        row = table[one] = {}
        for other in _VOWELS + _CONSONANTS:
            if one == other:
                row[other] = 0.0
            elif one in _VOWELS and other in _VOWELS:
                row[other] = VOWEL
            else:
                row[other] = 1.0
    for pair in f"{_NEAR} {_NEAR_VOWELS} {_GLIDES}".split():
        letters, _, cost = pair.partition("=")
        table[letters[0]][letters[1]] = table[letters[1]][letters[0]] = float(cost)
    return table


_COST = _costs()
_WEIGHT = {**dict.fromkeys(_CONSONANTS, 1.0), **_MISSING, **dict.fromkeys(_VOWELS, VOWEL)}
_BARE_WEIGHT = {**_WEIGHT, **dict.fromkeys(_VOWELS, UNWRITTEN)}
_KEY = str.maketrans("pgGXTDzcCJv", "bkkktdssSSf", "aeiouyw")


@cache
def sound_of(latin: str) -> str:
    """Return the sounds of a Latin spelling in small ASCII letters."""
    found = _LETTERS.sub(lambda match: _RULES[match[0]], latin)
    if "y" in found:
        found = _VOWEL_Y.sub("i", found)
    if found.endswith("h"):
        found = _LAST_H.sub("", found)
    return single(found if found.isascii() and found.isalpha() else _NO_LETTER.sub("", found))


def single(text: str) -> str:
    """Return a text in which no letter follows itself."""
    return _TWICE.sub(r"\1", text) if _TWICE.search(text) else text


@cache
def skeleton(sound: str) -> str:
    """Return the consonants of a sound, those that are often exchanged as one; `~` and the sound where it has none."""
    bones = sound.translate(_KEY)
    return single(bones[:-1] if bones.endswith("h") and len(bones) > 1 else bones) or f"~{sound}"


def may_be_near(one: str, other: str, bare: bool) -> bool:
    """Return whether two sounds share enough for `nearness` to be worth its time: false only where it would be below about 0.55."""
    bones, others = skeleton(one), skeleton(other)
    if bare:
        return bones == others or OSA.distance(bones, others, score_cutoff=2) <= 1 + (max(len(bones), len(others)) > 3)
    return OSA.normalized_similarity(one, other) >= 0.4 or OSA.normalized_similarity(bones, others) >= 0.6


@lru_cache(maxsize=1 << 17)
def nearness(one: str, other: str, bare: bool) -> float:
    """Return how near two sounds are, from 0 to 1 (the same).

    `bare` says that one of them comes from a script without vowels. Weighted edit distance with swaps of neighbours (after R. Lowrance and R. A.
    Wagner,
    An Extension of the String-to-String Correction Problem, 1975) over the weight of the heavier word; O(len · len).
    """
    if one == other:
        return 1.0
    weight = _BARE_WEIGHT if bare else _WEIGHT
    before: list[float] = []
    row = [0.0]
    for b in other:
        row.append(row[-1] + weight[b])
    most = row[-1]
    total = 0.0
    earlier = ""
    for a in one:
        costs = _COST[a]
        lost = weight[a]
        total += lost
        new = [total]
        for j, b in enumerate(other):
            least = row[j] + costs[b]
            through = row[j + 1] + lost
            if through < least:
                least = through
            through = new[j] + weight[b]
            if through < least:
                least = through
            if earlier and j and a == other[j - 1] and earlier == b and a != b:
                through = before[j - 1] + _SWAPPED
                if through < least:
                    least = through
            new.append(least)
        before, row, earlier = row, new, a
    longest = max(most, total)
    return max(0.0, 1.0 - row[-1] / longest) if longest else 0.0
