"""What of a person's names is not read, so that nobody takes silence for an answer: scripts without a table, and names that are no names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from tracktwo.methods.screening.alphabets import is_read, script_of_letter
from tracktwo.methods.screening.names import cleaned, is_acronym, parse
from tracktwo.methods.screening.readings import has_reading
from tracktwo.model.listing import Sought

_SCRIPT = re.compile(r"(.+?) (?:(?:CAPITAL|SMALL|SUBJOINED|INDEPENDENT) )?(?:LETTER|SYLLABLE|SYLLABICS|CHARACTER|VOWEL|CONSONANT|UNIFIED)\b")
_SEVERAL = re.compile(r"[;/&+]|\s(?:and|et|und|или|и|و)\s", re.IGNORECASE)
_NAMING = frozenset({"name", "patronymic"})


@dataclass(frozen=True, slots=True)
class Unread:
    """A name or affiliation of which a part is not read (`why` is script), or in which there is nothing to look for."""

    name: str
    part: str
    """The letters that are not read; empty where there is nothing to look for."""
    why: Literal["script", "nothing"]
    script: str | None = None
    """The English name of the script, as Unicode has it."""
    whole: bool = True
    """Whether nothing else of the name is read either."""


def unread(person: Sought) -> tuple[Unread, ...]:
    """Return what of a person's names and affiliations was not looked for; O(length)."""
    return tuple(one for text in dict.fromkeys((*person.names, *person.affiliations)) for one in _unread(text))


def is_unread(person: Sought) -> bool:
    """Return whether not one name of a person could be looked for: then no match says nothing at all."""
    return all(any(one.whole for one in _unread(text)) for text in person.names)


def may_be_several(name: str) -> bool:
    """Return whether a cell looks as if it held two people, who would then be looked for as one name."""
    return _SEVERAL.search(f" {name} ") is not None


def _unread(text: str) -> Iterator[Unread]:
    whole = not any(_names_somebody(text))
    parts: dict[str, str] = {}
    for word in cleaned(text).split():
        for script in dict.fromkeys(name_of_script(letter) for letter in word if not _reads(letter)):
            parts[script] = f"{parts[script]} {word}" if script in parts else word
    yield from (Unread(text, part, "script", script, whole) for script, part in parts.items())
    if whole and not parts:
        yield Unread(text, "", "nothing")


def _names_somebody(text: str) -> Iterator[bool]:
    for name in parse(text):
        yield is_acronym(name.text)
        yield from (token.kind in _NAMING for reading in name.readings for token in reading)


def _reads(letter: str) -> bool:
    return has_reading(letter) if script_of_letter(letter) == "han" else is_read(letter)


def name_of_script(letter: str) -> str:
    """Return the English name of a letter's script: Ethiopic, Thai, Ol Chiki."""
    name = unicodedata.name(letter, "UNKNOWN")
    matched = _SCRIPT.match(name)
    return "Han" if name.startswith(("CJK", "IDEOGRAPHIC")) else (matched[1] if matched else name.split()[0]).title()
