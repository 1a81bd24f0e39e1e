"""Secrets and fingerprints as words that people of any language can read out: five letters each, sixteen bits, consonant and vowel in turn.

The alphabet is Wilkerson's proquints (A Proposal for Proquints, arXiv:0901.4016): no list of English words, no look-alikes, no word that means
anything. A secret carries a check of sixteen bits, so that a slip of the pen is told from a wrong secret.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

_CONSONANTS = "bdfghjklmnprstvz"
_VOWELS = "aiou"
_WORD = re.compile(rf"[{_CONSONANTS}][{_VOWELS}][{_CONSONANTS}][{_VOWELS}][{_CONSONANTS}]")


class NotAWord(ValueError):
    """What was typed is no such secret: the sentence says which word, or that the check does not fit."""


def words(data: bytes) -> str:
    """An even number of bytes as words joined by hyphens."""
    return "-".join(_word(int.from_bytes(data[at : at + 2], "big")) for at in range(0, len(data), 2))


def secret_words(secret: bytes) -> str:
    """A secret of an even number of bytes as words, the last of which is a check."""
    return words(secret + _check(secret))


def secret_from(text: str, length: int) -> bytes:
    """The secret of `length` bytes that `secret_words` wrote, however it is spaced and cased. Raises NotAWord."""
    typed = re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).casefold())
    expected = length // 2 + 1
    for number, word in enumerate(typed, 1):
        if not _WORD.fullmatch(word):
            raise NotAWord(f"word {number} is not one of ours: each has five letters, such as 'lusab'")
    if len(typed) != expected:
        raise NotAWord(f"{len(typed)} words were given, and it has {expected}")
    data = b"".join(_value(word).to_bytes(2, "big") for word in typed)
    if _check(data[:-2]) != data[-2:]:
        raise NotAWord("the words do not fit together; one of them was misread")
    return data[:-2]


def _word(value: int) -> str:
    return _CONSONANTS[value >> 12] + _VOWELS[value >> 10 & 3] + _CONSONANTS[value >> 6 & 15] + _VOWELS[value >> 4 & 3] + _CONSONANTS[value & 15]


def _value(word: str) -> int:
    one, two, three, four, five = tuple(word)
    value = _CONSONANTS.index(one)
    value = value << 2 | _VOWELS.index(two)
    value = value << 4 | _CONSONANTS.index(three)
    value = value << 2 | _VOWELS.index(four)
    return value << 4 | _CONSONANTS.index(five)


def _check(secret: bytes) -> bytes:
    return hashlib.sha256(b"tracktwo/1 check\0" + secret).digest()[:2]
