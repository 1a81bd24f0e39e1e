"""What is left of a word of any script when only its consonants count: names that sound alike share a skeleton.

Seven scripts are read: Latin, Arabic, Cyrillic, Greek, Hebrew, Armenian, Georgian. Sounds that one of them cannot tell apart are one letter
(p and b, v and f, g and k). A vowel at the beginning or the end leaves an `A`. The tables are our own and deliberately coarse: a shared
skeleton is a reason to ask, never to conclude.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product

from tracktwo.record.mask import plain

_VOWEL = "A"
"""Stands for any vowel; only those at the ends are kept."""

_LATIN = {
    **dict.fromkeys("aeiou", (_VOWEL,)), "w": (_VOWEL,), "b": ("b",), "p": ("b",), "v": ("f",), "f": ("f",), "d": ("d",), "t": ("t",),
    "k": ("k",), "q": ("k",), "g": ("k", "j"), "j": ("j",), "l": ("l",), "m": ("m",), "n": ("n",), "r": ("r",), "s": ("s",), "z": ("z",),
    "x": ("ks", "X"), "h": ("h",), "y": ("y",), "c": ("k", "s"),
}  # fmt: skip
_LATIN_PAIRS = (
    ("sch", ("S",)), ("tch", ("C",)), ("kh", ("X", "k")), ("sh", ("S",)), ("ch", ("S", "C", "X")), ("zh", ("j",)), ("dj", ("j",)), ("dz", ("z",)),
    ("gh", ("k",)), ("th", ("t",)), ("ph", ("f",)), ("ts", ("c",)), ("tz", ("c",)), ("ck", ("k",)), ("qu", ("k",)), ("gu", ("k",)),
    ("dh", ("d", "z")),
)  # fmt: skip
_ARABIC = {
    **dict.fromkeys("اأإآىوعئؤءٱ", (_VOWEL,)), "ي": ("y",), "ة": (_VOWEL,), "ب": ("b",), "پ": ("b",), "ت": ("t",), "ط": ("t",), "ث": ("t", "s"),
    "ج": ("j", "k"), "چ": ("C",), "ح": ("h",), "خ": ("X",), "د": ("d",), "ض": ("d",), "ذ": ("z", "d"), "ر": ("r",), "ز": ("z",), "ظ": ("z",),
    "ژ": ("j",), "س": ("s",), "ص": ("s",), "ش": ("S",), "غ": ("k",), "ف": ("f",), "ڤ": ("f",), "ق": ("k",), "ك": ("k",), "گ": ("k",), "ل": ("l",),
    "م": ("m",), "ن": ("n",), "ه": ("h",),
}  # fmt: skip
_CYRILLIC = {
    **dict.fromkeys("аеёиоуыэюяіїєўөүәү", (_VOWEL,)), "й": ("y",), "ь": ("",), "ъ": ("",), "б": ("b",), "п": ("b",), "в": ("f",), "ф": ("f",),
    "г": ("k", "h"), "ґ": ("k",), "ғ": ("k",), "д": ("d",), "т": ("t",), "к": ("k",), "қ": ("k",), "ж": ("j",), "җ": ("j",), "з": ("z",), "с": ("s",),
    "х": ("X", "h"), "һ": ("h",), "ҳ": ("h",), "л": ("l",), "м": ("m",), "н": ("n",), "ң": ("n",), "р": ("r",), "ш": ("S",), "щ": ("S",), "ч": ("C",),
    "ц": ("c",),
}  # fmt: skip
_GREEK = {
    **dict.fromkeys("αεηιουω", (_VOWEL,)), "β": ("f",), "γ": ("k",), "δ": ("d",), "ζ": ("z",), "θ": ("t",), "κ": ("k",), "λ": ("l",), "μ": ("m",),
    "ν": ("n",), "ξ": ("ks",), "π": ("b",), "ρ": ("r",), "σ": ("s",), "ς": ("s",), "τ": ("t",), "φ": ("f",), "χ": ("X", "h"), "ψ": ("bs",),
}  # fmt: skip
_HEBREW = {
    "א": (_VOWEL,), "ע": (_VOWEL,), "ו": ("f", _VOWEL), "י": ("y",), "ה": ("h", _VOWEL), "ב": ("b", "f"), "ג": ("k",), "ד": ("d",), "ז": ("z",),
    "ח": ("X", "h"), "ט": ("t",), "כ": ("k", "X"), "ך": ("k", "X"), "ל": ("l",), "מ": ("m",), "ם": ("m",), "נ": ("n",), "ן": ("n",), "ס": ("s",),
    "פ": ("b", "f"), "ף": ("f",), "צ": ("c",), "ץ": ("c",), "ק": ("k",), "ר": ("r",), "ש": ("S", "s"), "ת": ("t",),
}  # fmt: skip
_ARMENIAN = {
    **dict.fromkeys("աեէըիոօւ", (_VOWEL,)), "բ": ("b",), "գ": ("k",), "դ": ("d",), "զ": ("z",), "թ": ("t",), "ժ": ("j",), "լ": ("l",), "խ": ("X",),
    "ծ": ("c",), "կ": ("k",), "հ": ("h",), "ձ": ("z",), "ղ": ("k",), "ճ": ("C",), "մ": ("m",), "յ": ("y",), "ն": ("n",), "շ": ("S",), "չ": ("C",),
    "պ": ("b",), "ջ": ("j",), "ռ": ("r",), "ս": ("s",), "վ": ("f",), "տ": ("t",), "ր": ("r",), "ց": ("c",), "փ": ("b",), "ք": ("k",), "ֆ": ("f",),
}  # fmt: skip
_GEORGIAN = {
    **dict.fromkeys("აეიოუ", (_VOWEL,)), "ბ": ("b",), "გ": ("k",), "დ": ("d",), "ვ": ("f",), "ზ": ("z",), "თ": ("t",), "კ": ("k",), "ლ": ("l",),
    "მ": ("m",), "ნ": ("n",), "პ": ("b",), "ჟ": ("j",), "რ": ("r",), "ს": ("s",), "ტ": ("t",), "ფ": ("b", "f"), "ქ": ("k",), "ღ": ("k",), "ყ": ("k",),
    "შ": ("S",), "ჩ": ("C",), "ც": ("c",), "ძ": ("z",), "წ": ("c",), "ჭ": ("C",), "ხ": ("X",), "ჯ": ("j",), "ჰ": ("h",),
}  # fmt: skip
_LETTERS = {**_LATIN, **_ARABIC, **_CYRILLIC, **_GREEK, **_HEBREW, **_ARMENIAN, **_GEORGIAN}

_SCRIPTS = (
    ("Latin", re.compile(r"[a-z]", re.IGNORECASE)),
    ("Arabic", re.compile(r"[\u0600-\u06ff]")),
    ("Cyrillic", re.compile(r"[\u0400-\u052f]")),
    ("Greek", re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]")),
    ("Hebrew", re.compile(r"[\u0590-\u05ff]")),
    ("Armenian", re.compile(r"[\u0530-\u058f]")),
    ("Georgian", re.compile(r"[\u10a0-\u10ff\u1c90-\u1cbf]")),
)
_MOST = 64
"""Readings of one word that are followed: a long word of many ambiguous letters is no name."""


def script(word: str) -> str:
    """The script of a word, by the first letter that is known; '' for any other."""
    return next((name for letter in plain(word) for name, pattern in _SCRIPTS if pattern.match(letter)), "")


@lru_cache(maxsize=4096)
def skeletons(word: str) -> frozenset[str]:
    """Every skeleton that a word can have; none for a script that is not read, or a word without consonants."""
    readings = _readings(plain(word).casefold())
    count = 1
    for reading in readings:
        count *= len(reading)
    if not readings or count > _MOST:
        return frozenset()
    found = set()
    for letters in product(*readings):
        found.update(_bare("".join(letters)))
    return frozenset(skeleton for skeleton in found if consonants(skeleton))


def consonants(skeleton: str) -> int:
    """How many consonants a skeleton has: the fewer, the more words share it."""
    return len(skeleton.replace(_VOWEL, ""))


def _readings(word: str) -> list[tuple[str, ...]]:
    readings: list[tuple[str, ...]] = []
    if re.match(r"di[aeou]", word):  # Diallo and Jallow, Diop and Jobe
        readings.append(("d", "j"))
        word = word[1:]
    at = 0
    while at < len(word):
        pair = next((found for found in _LATIN_PAIRS if word.startswith(found[0], at)), None)
        if word.startswith("دز", at):
            pair = ("دز", ("z",))
        if pair:
            readings.append(pair[1])
            at += len(pair[0])
            continue
        letter = word[at]
        doubled = at > 0 and letter == word[at - 1]
        if (letter == "c" and word[at + 1 : at + 2] not in ("e", "i", "y")) or (letter == "g" and word[at + 1 : at + 2] not in ("e", "i", "y")):
            readings.append(("k",))
        elif not doubled and letter in _LETTERS:
            readings.append(_LETTERS[letter])
        at += 1
    return readings


def _bare(letters: str) -> set[str]:
    """A reading without the vowels inside; a y is a vowel but at the beginning, and an h at the end may be one."""
    if len(letters) > 1:
        letters = letters[0] + letters[1:].replace("y", _VOWEL)
    found = set()
    for form in {letters, letters[:-1] + _VOWEL if letters.endswith("h") else letters}:
        start = _VOWEL if form.startswith(_VOWEL) else ""
        end = _VOWEL if form.endswith(_VOWEL) else ""
        found.add(start + form.replace(_VOWEL, "") + end)
    return found
