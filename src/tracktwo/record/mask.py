"""Codes for names in free text, however the name is written: case, accents, order of words, attached particles, endings.

What it cannot know: a nickname, a transliteration into another script, a misspelling, a surname of one character that stands alone, a first
or last name in small letters in running text (patience, will), and people whom the record does not list.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

SHARED = "▮"
"""Shown where a word belongs to the names of several people, so that no one code would be right."""

_MARKS = "".join(chr(code) for code in range(0x0900, 0x1D00) if unicodedata.category(chr(code)) in ("Mn", "Mc"))
"""Vowel signs of the scripts of South and South-East Asia: part of a word, though not letters."""
_TOKEN = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}])*")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
"""Scripts that write words without spaces, or with particles joined to the noun: there a name is looked for inside words."""
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_ARABIC_PREFIX = re.compile(r"[وف]?(?:[بلك]|لل|ال|بال|كال)?")
"""And, then, in, for, like, with or without the article: what is written onto an Arabic name."""
_HANDLE = frozenset("@/_#")
"""Beside one of these a name in small letters is part of an address, not a word."""
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_CYRILLIC_ENDING = re.compile(r"[аеиоуыэюяьъ]$")
_ENDING = 3
"""Letters that a case can add to a Cyrillic stem (Ивановыми) or to the last word of a whole name."""
_LETTERS = {
    "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ħ": "h", "Ħ": "H", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe",
    "ß": "ss", "ة": "ه", "ی": "ي", "ک": "ك", "ـ": "", "ʼ": "'", "ʻ": "", "ʿ": "", "ʾ": "",
}  # fmt: skip
_SMALL = frozenset("an as at au by da de di do du el en et il in is it la le lo me my ne no of on or os ou se so su to tu un up us we ya".split())
"""Two-letter words of common languages: as part of a name they are left alone, or every other line would carry a code."""
_TITLES = frozenset(
    "abbé ambassador bishop brother captain chief colonel commander doctor dr elder el-hadj father general haji hajj hajji imam king lady lord madam"
    " madame major minister miss mme mlle monseigneur monsieur mother mr mrs ms pastor père president prof professor queen rabbi reverend sheikh"
    " shaykh sir sister sultan الشيخ الدكتور السيد السيدة".split()
)
"""Titles that stand first in a name; alone they name nobody."""


def fold(text: str) -> tuple[str, list[int]]:
    """Return the text without accents, vowel signs and invisible letters, case kept; and for each letter left, and the end, its index in `text`."""
    folded: list[str] = []
    origin: list[int] = []
    for index, letter in enumerate(text):
        for part in unicodedata.normalize("NFKD", _LETTERS.get(letter, letter)):
            if not unicodedata.combining(part) and unicodedata.category(part) != "Cf":
                folded.append(_LETTERS.get(part, part))
                origin.extend([index] * len(folded[-1]))
    return "".join(folded), [*origin, len(text)]


def plain(text: str) -> str:
    """The text as `fold` gives it, from any normal form."""
    return fold(unicodedata.normalize("NFC", text))[0]


def same(name: str) -> str:
    """The name as two spellings of it are compared."""
    return " ".join(_TOKEN.findall(plain(name).casefold()))


@dataclass(frozen=True)
class _Hit:
    """A stretch of the folded text and the code that takes its place."""

    start: int
    end: int
    code: str


class Mask:
    """Puts codes for names.

    `people` gives the code of each person's name: the name and each telling word of it is masked. `bodies` gives the code of each organisation's
    name: only the whole is masked, for its words (peace, women, network) are everybody's. Words that stand in `public`, the names of parties and
    places, are left alone where they stand alone.
    """

    def __init__(self, people: Mapping[str, str], bodies: Mapping[str, str], public: Iterable[str]) -> None:
        self._wholes: dict[str, dict[tuple[str, ...], set[str]]] = {}
        self._words: dict[str, set[str]] = {}
        self._stems: dict[str, set[str]] = {}
        self._inside: dict[str, set[str]] = {}
        for name, code in people.items():
            self._learn_whole(_TOKEN.findall(plain(name)), code)
        # A house named after somebody does not make the name public: whole names are taken out first.
        self._public: frozenset[str] = frozenset()
        self._public = frozenset(token for text in public for token in _TOKEN.findall(plain(self.text(text))))
        for name, code in people.items():
            for token in _telling(_TOKEN.findall(plain(name))):
                if token not in self._public:
                    self._learn_word(token, code)
        for name, code in bodies.items():
            tokens = _TOKEN.findall(plain(name))
            self._learn_whole(tokens, code)
            if len(tokens) == 1 and tokens[0] not in self._public:
                self._words.setdefault(tokens[0], set()).add(code)

    def _learn_whole(self, tokens: list[str], code: str) -> None:
        joined = "".join(tokens)
        if len(tokens) > 1:
            words = tuple(token.casefold() for token in tokens)
            for form in (words, ("".join(words),)):
                self._wholes.setdefault(form[0], {}).setdefault(form, set()).add(code)
        if _UNSPACED.search(joined) and len(tokens) > 1:
            self._inside.setdefault(joined, set()).add(code)

    def _learn_word(self, token: str, code: str) -> None:
        if _UNSPACED.search(token):
            self._inside.setdefault(token, set()).add(code)
        for form in {token, token.capitalize(), token.upper()}:
            self._words.setdefault(form, set()).add(code)
        if _ARABIC.match(token) and token.startswith("ال") and len(token) > 4:
            self._words.setdefault(token[2:], set()).add(code)
        if len(token) >= 4 and _CYRILLIC.search(token):
            self._stems.setdefault(_CYRILLIC_ENDING.sub("", token.casefold()), set()).add(code)

    def text(self, text: str) -> str:
        """Return the text, in NFC, with every known name replaced by its code."""
        text = unicodedata.normalize("NFC", text)
        folded, origin = fold(text)
        out, end, last = "", 0, None
        for hit in self._hits(folded):
            start = origin[hit.start]
            between = text[end:start]
            # "YUSUF, Amina" is one person: a code that would follow itself is said once.
            out += "" if hit.code == last and not between.strip(" ,-\u00a0\n") else between + hit.code
            end, last = origin[hit.end], hit.code
        return out + text[end:]

    def _hits(self, folded: str) -> Iterator[_Hit]:
        tokens = list(_TOKEN.finditer(folded))
        at = 0
        while at < len(tokens):
            count, hit = self._whole(folded, tokens, at) or (1, self._word(folded, tokens[at]))
            if hit is not None:
                yield hit
            elif _UNSPACED.search(tokens[at].group()):
                yield from self._within(tokens[at])
            at += count

    def _whole(self, folded: str, tokens: list[re.Match[str]], at: int) -> tuple[int, _Hit] | None:
        """The longest name that begins with this token, whatever stands between its words: space, hyphen, dot, underscore."""
        for first in _without_prefix(tokens[at].group()):
            forms = self._wholes.get(first.casefold(), {})
            for form in sorted(forms, key=lambda form: (-len(form), form)):
                found = tokens[at : at + len(form)]
                words = [first.casefold(), *(token.group().casefold() for token in found[1:])]
                joined = all(len(folded[a.end() : b.start()].strip()) <= 2 for a, b in pairwise(found))
                if len(words) == len(form) and joined and words[:-1] == list(form[:-1]) and _same_but_ending(words[-1], form[-1]):
                    return len(form), _Hit(found[0].end() - len(first), found[-1].end(), _one(forms[form]))
        return None

    def _word(self, folded: str, token: re.Match[str]) -> _Hit | None:
        """One word of a name, as the name has it, with a capital or in capitals; in Arabic after و or ل, in Cyrillic in any case."""
        word = token.group()
        if word in self._public:
            return None
        for part in _without_prefix(word):
            if part in self._words:
                return _Hit(token.end() - len(part), token.end(), _one(self._words[part]))
        if word.islower() and _HANDLE & {folded[token.start() - 1 : token.start()], folded[token.end() : token.end() + 1]}:
            if word.capitalize() in self._words:
                return _Hit(token.start(), token.end(), _one(self._words[word.capitalize()]))
        elif _CYRILLIC.match(word) and not word.islower():
            for length in range(len(word), max(2, len(word) - _ENDING - 1), -1):
                if word[:length].casefold() in self._stems:
                    return _Hit(token.start(), token.end(), _one(self._stems[word[:length].casefold()]))
        return None

    def _within(self, token: re.Match[str]) -> Iterator[_Hit]:
        """Names inside a run of letters, where the script does not part words."""
        word, at = token.group(), 0
        while at < len(word):
            found = max((part for part in self._inside if word.startswith(part, at)), key=len, default="")
            if found:
                yield _Hit(token.start() + at, token.start() + at + len(found), _one(self._inside[found]))
            at += len(found) or 1


def _one(codes: Iterable[str]) -> str:
    found = sorted(set(codes))
    return found[0] if len(found) == 1 else SHARED


def _telling(tokens: list[str]) -> list[str]:
    """The words of a name by which somebody could be known: no particles (van, bin), no title at its head, no initials."""
    cased = any(not token.islower() for token in tokens if token.lower() != token.upper())
    telling = []
    for number, token in enumerate(tokens):
        particle = cased and len(tokens) > 1 and token.islower() and token.upper() != token
        title = number == 0 and len(tokens) > 1 and token.casefold() in _FOLDED_TITLES
        long_enough = len(token) >= 3 or (len(token) == 2 and token.casefold() not in _SMALL) or len(tokens) == 1
        if long_enough and not particle and not title and not token.isdecimal():
            telling.append(token)
    return telling


def _without_prefix(word: str) -> list[str]:
    """The word, and for Arabic also without what may be written onto it."""
    if not _ARABIC.match(word):
        return [word]
    return [word] + [word[length:] for length in range(1, 5) if len(word) - length >= 2 and _ARABIC_PREFIX.fullmatch(word[:length])]


def _same_but_ending(word: str, form: str) -> bool:
    """True where the word is the form, or the form with the ending of a case or a plural."""
    if word == form:
        return True
    stem = _CYRILLIC_ENDING.sub("", form) if _CYRILLIC.search(form) else form
    return len(stem) >= 3 and word.startswith(stem) and len(word) - len(stem) <= _ENDING


_FOLDED_TITLES = frozenset(plain(title).casefold() for title in _TITLES)
