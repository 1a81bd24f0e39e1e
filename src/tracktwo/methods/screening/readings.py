"""How Hangul syllables and Han characters are spelled in Latin letters, by the usual systems."""

from __future__ import annotations

from functools import cache
from itertools import product

from tracktwo.methods.screening.han_table import CANTONESE, JAPANESE, KOREAN, MANDARIN
from tracktwo.methods.screening.sounds import sound_of

_FIRST_OF_HANGUL, _LAST_OF_HANGUL = 0xAC00, 0xD7A3
_INITIALS = (
    "k|g", "k", "n", "t|d", "t", "r|l", "m", "p|b", "p", "s", "s", "", "j|ch", "ch", "ch", "k", "t", "p", "h",
)  # fmt: skip
_MEDIALS = (
    "a", "ae", "ya", "yae", "o", "e", "yo", "ye", "o", "wa", "wae", "oe", "yo", "u|oo", "wo", "we", "wi|ui", "yu", "eu|u", "ui", "i",
)  # fmt: skip
_FINALS = (
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "l", "l", "m", "p", "p", "t", "t", "ng", "t", "t", "k", "t", "p", "t",
)  # fmt: skip
_SURNAMES = {
    "이": "lee yi rhee i ri li", "리": "ri li lee rhee", "김": "kim gim", "박": "pak park bak", "최": "choe choi",
    "정": "jong jung jeong chong chung cheong",
    "유": "yu yoo ryu you", "류": "ryu yu yoo", "임": "im lim rim", "림": "rim lim im", "노": "no noh roh ro", "로": "ro no roh", "양": "yang ryang",
    "량": "ryang yang",
    "여": "yo ryo yeo", "려": "ryo yo", "우": "u woo wu", "오": "o oh", "조": "jo cho", "전": "jon jun jeon chon chun", "강": "kang gang",
    "권": "kwon gwon", "구": "ku koo gu",
    "문": "mun moon", "신": "sin shin", "심": "sim shim", "안": "an ahn", "염": "yom ryom yeom", "렴": "ryom yom", "현": "hyon hyun hyeon",
}  # fmt: skip
"""Syllables that families spell in ways of their own, and with which North and South differ at the beginning of a name."""
_SURNAME_READINGS = {
    "曾": "zeng", "单": "shan", "單": "shan", "解": "xie", "仇": "qiu", "查": "zha", "盖": "ge", "乐": "yue", "朴": "piao", "区": "ou", "區": "ou",
    "任": "ren", "华": "hua", "曲": "qu",
    "葉": "ye", "叶": "ye", "卢": "lu", "盧": "lu", "重": "chong", "员": "yun", "尉": "yu", "种": "chong", "洗": "xian", "冼": "xian", "繆": "miao",
    "缪": "miao", "沈": "shen",
}  # fmt: skip
"""Characters that are read otherwise as a family name than mostly."""
_WADE_INITIALS = {"zh": "ch", "q": "ch", "j": "ch", "x": "hs", "z": "ts", "c": "ts", "r": "j", "b": "p", "d": "t", "g": "k"}
_CANTONESE_VOWELS = (("aa", "a"), ("eoi", "ui"), ("oe", "eu"), ("eo", "u"), ("yu", "u"), ("gw", "kw"))


def _by_character(table: str) -> dict[str, str]:
    return {character: reading for reading, _, characters in (entry.partition(":") for entry in table.split()) for character in characters}


@cache
def _tables() -> dict[str, dict[str, str]]:
    return {
        "mandarin": _by_character(MANDARIN),
        "korean": _by_character(KOREAN),
        "japanese": _by_character(JAPANESE),
        "cantonese": _by_character(CANTONESE),
    }


@cache
def hangul_spellings(syllable: str, *, first: bool) -> tuple[str, ...]:
    """Return the sounds that a syllable's Latin spellings have: Revised Romanisation, McCune-Reischauer, Northern and usual ones. Empty for other
    letters."""
    code = ord(syllable) - _FIRST_OF_HANGUL
    if not 0 <= code <= _LAST_OF_HANGUL - _FIRST_OF_HANGUL:
        return ()
    spelled = _SURNAMES[syllable].split() if first and syllable in _SURNAMES else []
    parts = (_INITIALS[code // 588].split("|"), _MEDIALS[code % 588 // 28].split("|"), _FINALS[code % 28].split("|"))
    spelled += ["".join(letters) for letters in product(*parts)]
    return tuple(dict.fromkeys(sound for word in spelled if (sound := sound_of(word))))


@cache
def han_readings(character: str, way: str, *, first: bool) -> tuple[str, ...]:
    """Return the sounds of a character read in one way (mandarin, korean, japanese, cantonese), in the usual Latin spellings; empty where it has no
    reading."""
    reading = _tables().get(way, {}).get(character)
    if way == "mandarin":
        if first and character in _SURNAME_READINGS:
            reading = _SURNAME_READINGS[character]
        return tuple(dict.fromkeys(sound_of(word) for word in (reading.replace("v", "u"), _wade(reading)) if word)) if reading else ()
    if not reading:
        return ()
    if way == "korean":
        return hangul_spellings(reading, first=first)
    if way == "japanese":
        return (sound_of(reading.replace("ou", "o").replace("uu", "u")),)
    return tuple(dict.fromkeys(sound_of(word) for word in _cantonese(reading)))


def has_reading(character: str) -> bool:
    """Return whether a Han character is read in any way."""
    return any(character in table for table in _tables().values())


def _cantonese(jyutping: str) -> tuple[str, str]:
    """Jyutping in the spellings of Hong Kong's papers, with the two that its first sound may have."""
    rest = jyutping
    for vowel, spelling in _CANTONESE_VOWELS:
        rest = rest.replace(vowel, spelling)
    if rest[0] in "zc":
        return f"ch{rest[1:]}", f"ts{rest[1:]}"
    if rest[0] == "j":
        return f"y{rest[1:]}", f"y{rest[1:]}"
    return rest, jyutping


def _wade(pinyin: str) -> str:
    """Pinyin in the system of Wade and Giles, without its marks, as it is usual in Taiwan."""
    initial = next(
        (start for start in sorted(_WADE_INITIALS, key=len, reverse=True) if pinyin.startswith(start) and not pinyin.startswith(("ch", "sh"))), ""
    )
    rest = pinyin[len(initial) :]
    rest = rest.replace("ong", "ung").replace("ian", "ien").replace("ue", "ueh").replace("v", "u")
    if initial in ("zh", "r") and rest == "i":
        rest = "ih"
    if initial in ("z", "c") and rest == "i":
        return "tzu"
    if rest == "uo" and initial not in ("g",):
        rest = "o"
    return _WADE_INITIALS.get(initial, initial) + rest
