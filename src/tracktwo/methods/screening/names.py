"""A name as tokens that can be compared: script, kind of each word, and how it sounds."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Literal

from tracktwo.methods.screening.alphabets import ARABIC, HEBREW, VOWELLESS, Script, romanised, script_of, script_of_letter
from tracktwo.methods.screening.readings import han_readings, hangul_spellings
from tracktwo.methods.screening.sounds import single, sound_of
from tracktwo.methods.screening.vocabulary import FORMS, GLOSSARY, PARTICLES, PHRASES, SMALL, SUN, TITLES, same_letters

Kind = Literal["name", "patronymic", "initial", "particle", "title", "small", "form", "number"]
LONGEST = 300
"""Characters of a name that are looked at."""
MOST_TOKENS = 16
_CHARACTER_NAME = 4
"""Syllables or characters that a personal name without spaces has at most; longer words are those of organisations."""


@dataclass(frozen=True, slots=True, eq=False)
class Token:
    """A word of a name. `sounds`: how it may sound; `bare`: its script leaves vowels out; `plain`: the word in its own script, folded.

    Tokens are compared by identity, which is quick: one word is read once.
    """

    text: str
    kind: Kind
    sounds: tuple[str, ...]
    plain: str
    script: Script
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Name:
    """A name and the ways to read it: one, but for Han characters, which four languages read differently."""

    text: str
    script: Script
    readings: tuple[tuple[Token, ...], ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing of it can be compared."""
        return not any(self.readings)


_INVISIBLE = re.compile(r"[\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_QUOTES = re.compile(r"(?<=\w)['’‘`´ʻʼʿʾʹ]+(?=\w)|['’‘`´ʻʼʿʾʹ\"“”«»„]+")
_QUOTE = re.compile(r"['’‘`´ʻʼʿʾʹ\"“”«»„]")
_DOTTED = re.compile(r"(?<!\w)(?:[^\W\d_]\.\s?){2,}(?:[^\W\d_](?!\w))?")
_WORD = re.compile(r"(?:[^\W_]|[\u0300-\u036f\u0900-\u0dff])+")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_WAYS = ("mandarin", "korean", "cantonese", "japanese")
_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8"}
_INSIDE = re.compile(r"[a-z]\d[a-z]")
_LOOKALIKES = str.maketrans("01345", "oieas")
"""Digits that were typed, or read by a machine, for letters."""
_KANA = re.compile(r"[\u3040-\u30ff]+|[^\u3040-\u30ff]+")
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_PATRONYMIC = tuple("ovich evich ovych evych owich avich ovitch evitch owitsch awitsch owicz ovna evna ivna ouna owna avna ogly oglu kyzy".split())
_ABD = re.compile(r"^[ae']?bd(?:o?u|[aeio])?(?:l|r(?=r)|s(?=s)|z(?=z)|n(?=n)|d(?=d)|t(?=t)|j(?=j))?(\w{3,})$")
_ARTICLE = re.compile(r"[ae]l[^aeiouyl]|[aeu]([rsdtnz])\1|[aeu]s+h")
"""An article that was written as one with its word."""
_ISHAQ = re.compile(r"^[ie]sh(?=a+[qk])")
"""Where s and h are two sounds."""
_ABD_ALONE = frozenset("abd abdul abdel abdal abdol abdoul abdu abdool abdur abdus abdun abduz abder abdes abdess abdenn".split())
_ALLAH = frozenset("allah ullah ollah ulla alla oullah olla".split())
_DIN = frozenset("din deen dine dein eddin eddine uddin aldin addin odin oddin uddine eldin aldeen eldine eddeen".split())
_SPECIAL = _ABD_ALONE | _ALLAH | _DIN | SUN.keys() | {"عبد", "الله", "الدين", "دين"}


@lru_cache(maxsize=1 << 17)
def parse(text: str) -> tuple[Name, ...]:
    """Return a name, and beside it those that stand in brackets: an acronym, or a spelling in another script. O(length)."""
    clean = cleaned(text)
    script = script_of(clean)
    aside: list[str] = []

    def out(match: re.Match[str]) -> str:
        inside = match[1].strip()
        if inside and (is_acronym(inside) or script_of(inside) != script):
            aside.append(inside)
            return " "
        return f" {inside} "

    main = _BRACKETS.sub(out, clean) if "(" in clean or "[" in clean else clean
    names = [_name(part) for part in [main, *aside]]
    return tuple(name for name in names if not name.is_empty) or (Name(text, script, ()),)


def cleaned(text: str) -> str:
    """Return a name in one form of writing (NFKC), without signs that are not seen, and no longer than is looked at."""
    return text[:LONGEST] if text.isascii() else _INVISIBLE.sub("", unicodedata.normalize("NFKC", text[: 2 * LONGEST]))[:LONGEST]


def is_acronym(text: str) -> bool:
    """Return whether a text is one word of two to eight capital letters, dots apart."""
    bare = text.replace(".", "").strip()
    return 2 <= len(bare) <= 8 and bare.isalpha() and bare.isupper() and bare.isascii()


def _name(text: str) -> Name:
    script = script_of(text)
    unquoted = _QUOTES.sub("", text) if _QUOTE.search(text) else text
    folded = _DOTTED.sub(_undotted, unquoted) if "." in unquoted else unquoted
    ways = _WAYS if _HAN.search(folded) else ("",)
    readings = {tuple(token.sounds for token in tokens): tokens for way in ways if (tokens := _tokens(folded, way))}
    return Name(text.strip(), script, tuple(readings.values()))


def _undotted(match: re.Match[str]) -> str:
    letters = re.sub(r"[.\s]", "", match[0])
    joined = letters.casefold() in FORMS or (len(letters) > 2 and letters.isupper())
    return f" {letters} " if joined else f" {' '.join(letters)} "


def _tokens(text: str, way: str) -> tuple[Token, ...]:
    words = _WORD.findall(_marks_off(text))
    found: list[Token] = []
    for word in _phrases(words):
        if len(found) >= MOST_TOKENS:
            break
        found.extend(_read(word, way))
    return tuple(_joined(found)[:MOST_TOKENS])


def _marks_off(text: str) -> str:
    """Arabic and Hebrew vowel signs are seldom written, so they say nothing where they are; elsewhere marks belong to their letter."""
    if text.isascii():
        return text
    return "".join(
        letter for letter in text if not (unicodedata.category(letter) == "Mn" and script_of_letter(letter) in (*VOWELLESS, "other", None))
    )


def _phrases(words: list[str]) -> list[str | tuple[str, str]]:
    """The words, with the phrases for a legal form as a pair of the phrase and its kind."""
    folded = [_fold(word) for word in words]
    if _PHRASES.keys().isdisjoint(folded):
        return list(words)
    found: list[str | tuple[str, str]] = []
    at = 0
    while at < len(words):
        for parts, form in _PHRASES.get(folded[at], ()):
            if folded[at : at + len(parts)] == parts:
                found.append((" ".join(words[at : at + len(parts)]), form))
                at += len(parts)
                break
        else:
            found.append(words[at])
            at += 1
    return found


_PHRASES: dict[str, list[tuple[list[str], str]]] = {}
for _phrase, _form in PHRASES:
    _PHRASES.setdefault(_phrase.split()[0], []).append((_phrase.split(), _form))


@lru_cache(maxsize=1 << 16)
def _fold(word: str) -> str:
    script = script_of(word)
    return romanised(word, "latin") if script == "latin" else word.casefold()


@lru_cache(maxsize=1 << 17)
def _read(word: str | tuple[str, str], way: str) -> tuple[Token, ...]:
    if isinstance(word, tuple):
        return (Token(word[0], "form", (word[1],), word[1], "latin"),)
    return tuple(_read_word(word, way))


@lru_cache(maxsize=1 << 17)
def words_of(word: str) -> tuple[Token, ...]:
    """Return the tokens of one word of a name by itself, in all its readings."""
    plain = _QUOTES.sub("", word) if _QUOTE.search(word) else word
    if not _HAN.search(plain):
        return _read(plain, "") if plain else ()
    return tuple(token for way in _WAYS for token in _read(plain, way))


def _read_word(word: str, way: str) -> list[Token]:
    script = script_of(word)
    plain = _fold(word)
    if plain in _ROMAN:
        return [Token(word, "number", (), _ROMAN[plain], script)]
    digits = 0 if word.isalpha() else sum(letter.isdigit() for letter in word)
    if digits and script == "latin" and len(plain) - digits > digits + 1 and _INSIDE.search(plain):
        plain = plain.translate(_LOOKALIKES)
        word = word.translate(_LOOKALIKES)
    elif digits:
        numeral = "".join(str(unicodedata.digit(letter)) for letter in word if unicodedata.digit(letter, None) is not None)
        return [Token(word, "number", (), numeral, script)]
    if plain in FORMS:
        return [Token(word, "form", (FORMS[plain],), plain, script)]
    if script in ("han", "kana") and len(parts := _KANA.findall(word)) > 1:
        return [token for part in parts for token in _read(part, way)]
    if script == "han":
        return _characters(word, way)
    if script == "hangul":
        return _syllables(word)
    if script in VOWELLESS:
        return [_bare(word, script)]
    if script == "other":
        return []
    return [token] if (token := _voiced(word, plain, script)) else []


def _voiced(word: str, plain: str, script: Script) -> Token | None:
    kind, sounds, plain = _heard(plain, plain if script == "latin" else romanised(word, script))
    return Token(word, kind, sounds, plain, script) if sounds else None


@lru_cache(maxsize=1 << 17)
def _heard(plain: str, latin: str) -> tuple[Kind, tuple[str, ...], str]:
    """The kind of a word by its Latin spelling, how it may sound, and by what it is the same word as another."""
    if not latin:
        return "name", (), plain
    kind: Kind = "name"
    if len(latin) == 1:
        kind = "small" if plain in SMALL else "initial"
    elif latin in TITLES or plain in TITLES:
        kind = "title"
    elif latin in PARTICLES or latin in SUN:
        kind = "particle"
    elif latin in SMALL or plain in SMALL:
        kind = "small"
    elif latin[2:].endswith(_PATRONYMIC):
        kind = "patronymic"
    if kind == "initial":
        return kind, (latin,), latin
    sounds = [sound_of(_abd(_ISHAQ.sub("is'h", latin)))]
    if plain in GLOSSARY:
        sounds.append(sound_of(GLOSSARY[plain]))
    elif latin in GLOSSARY:
        sounds.append(sound_of(GLOSSARY[latin]))
    if kind == "name" and len(latin) >= 6 and _ARTICLE.match(latin):
        sounds.append(sound_of(latin[2:]))
    return kind, tuple(dict.fromkeys(filter(None, sounds))), plain


def _abd(latin: str) -> str:
    match = _ABD.match(latin) if "bd" in latin[:3] else None
    return f"abd{match[1]}" if match else latin


def _bare(word: str, script: Script) -> Token:
    table = ARABIC if script == "arabic" else HEBREW
    plain = same_letters(word)
    kind: Kind = "title" if plain in TITLES else "particle" if plain in PARTICLES else "small" if plain in SMALL else "name"
    stem = word
    if script == "arabic" and stem.startswith("عبد") and len(stem) > 4:
        stem = "عبد" + _without_article(stem[3:])
    elif script == "arabic":
        stem = _without_article(stem)
    elif len(stem) > 3 and stem.startswith("ה"):
        stem = stem[1:]
    sounds = [_bare_sound(stem, table)]
    concept = GLOSSARY.get(plain) or GLOSSARY.get(same_letters(stem))
    if concept:
        sounds.append(sound_of(concept))
    return Token(word, kind, tuple(dict.fromkeys(sounds)), plain, script, bare=True)


def _without_article(word: str) -> str:
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


def _bare_sound(word: str, table: dict[str, str]) -> str:
    sound = "".join(table.get(letter, "") for letter in word)
    sound = single(sound)
    return re.sub(r"(?<=..)h$", "", sound) or sound


def _syllables(word: str) -> list[Token]:
    found: list[Token] = []
    for part, concept in _by_concepts(word):
        if concept:
            found.append(Token(part, "name", (sound_of(concept),), part, "hangul"))
        else:
            found.extend(
                Token(letter, "name", hangul_spellings(letter, first=not found and n == 0), letter, "hangul") for n, letter in enumerate(part)
            )
    return [token for token in found if token.sounds]


def _characters(word: str, way: str) -> list[Token]:
    found: list[Token] = []
    for part, concept in _by_concepts(word):
        if concept:
            found.append(Token(part, "name", (sound_of(concept),), part, "han"))
        else:
            found.extend(Token(letter, "name", han_readings(letter, way, first=not found and n == 0), letter, "han") for n, letter in enumerate(part))
    return [token for token in found if token.sounds]


def _by_concepts(word: str) -> list[tuple[str, str | None]]:
    """A word without spaces cut at the words of organisations that it holds; a personal name stays whole."""
    if len(word) <= _CHARACTER_NAME:
        return [(word, GLOSSARY.get(word) if len(word) > 1 else None)]
    found: list[tuple[str, str | None]] = []
    at = 0
    while at < len(word):
        for length in (4, 3, 2):
            if (piece := word[at : at + length]) in GLOSSARY and len(piece) == length:
                found.append((piece, GLOSSARY[piece]))
                at += length
                break
        else:
            if found and found[-1][1] is None:
                found[-1] = (found[-1][0] + word[at], None)
            else:
                found.append((word[at], None))
            at += 1
    return found


def _joined(tokens: list[Token]) -> list[Token]:
    """Join what is one name in several words: Abd al-Rahman, Shams al-Din, Najib Ullah; and find articles that took the next sound."""
    if _SPECIAL.isdisjoint([token.plain for token in tokens]):
        return tokens
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        follower = _follower(tokens, at) if _is_abd(token) else None
        if token.plain in SUN and token.kind == "particle" and not (at + 1 < len(tokens) and tokens[at + 1].plain.startswith(SUN[token.plain])):
            token = _as_name(token)
        if follower is not None:
            found.append(_one(token, tokens[follower], "bd" if token.bare else "abd"))
            at = follower + 1
            continue
        if found and found[-1].kind in ("name", "patronymic") and _ends_a_name(token):
            found[-1] = _one(found[-1], token, None)
            at += 1
            continue
        if found and token.kind == "particle" and at + 1 < len(tokens) and _is_din(tokens[at + 1]) and found[-1].kind == "name":
            found[-1] = _one(found[-1], tokens[at + 1], None)
            at += 2
            continue
        found.append(token)
        at += 1
    return found


def _follower(tokens: list[Token], at: int) -> int | None:
    """The word that goes with Abd: the next one, articles apart."""
    found = next((n for n in range(at + 1, min(at + 3, len(tokens))) if tokens[n].kind in ("name", "title")), None)
    return found if found is not None and all(token.kind == "particle" for token in tokens[at + 1 : found]) else None


def _as_name(token: Token) -> Token:
    return Token(token.text, "name", token.sounds, token.plain, token.script, token.bare)


def _is_abd(token: Token) -> bool:
    return token.plain in _ABD_ALONE or token.plain == "عبد"


def _is_din(token: Token) -> bool:
    return token.plain in _DIN or token.plain in ("الدين", "دين")


def _ends_a_name(token: Token) -> bool:
    return token.plain in _ALLAH or token.plain == "الله" or _is_din(token)


def _one(first: Token, last: Token, start: str | None) -> Token:
    """Two tokens as one; `start` replaces the sound of the first."""
    endings = (
        ("l",)
        if last.plain == "الله"
        else ("ula",)
        if last.plain in _ALLAH
        else ("dyn",)
        if last.bare and _is_din(last)
        else ("din",)
        if _is_din(last)
        else last.sounds
    )
    starts = (start,) if start is not None else first.sounds
    if start is not None and last.plain in _ALLAH:
        endings = ("lah",)
    sounds = tuple(dict.fromkeys(single(a + b) for a, b in product(starts[:2], endings[:2])))
    return Token(f"{first.text} {last.text}", "name", sounds, f"{first.plain} {last.plain}", first.script, first.bare or last.bare)
