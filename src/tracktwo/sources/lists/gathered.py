"""What an importer has gathered of one entry, and of the list: nothing is dropped in silence, and what does not resolve is counted."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from tracktwo.model.listing import BirthRange, EntryKind, ListedEntry, ListedName, ListSnapshot, NameStrength
from tracktwo.sources.countries import load_countries
from tracktwo.sources.lists.births import birth, births_in
from tracktwo.sources.lists.demonyms import DEMONYMS
from tracktwo.sources.table import UnreadableSource

_GENDER: dict[str, Literal["woman", "man"]] = {"male": "man", "m": "man", "female": "woman", "f": "woman"}
_BRACKETED = re.compile(r"^(.*?)\s*\((.+)\)\s*$", re.DOTALL)
_LABEL = re.compile(r"^(?:in )?(?:original|arabic) script:?\s*|\s*\((?:in )?original script\)$", re.IGNORECASE)
_SEVERAL = re.compile(r"\s*[,/]\s*|\s+and\s+")
_NOW = re.compile(r"(?:^now |\((?:now )?)([^()]+?)\)?$")
_SHOWN = 6
_PALESTINE = ("Palestinian", "West Bank", "Gaza", "Gaza Strip", "Region: Gaza", "Palestinian Territories")
_WRITTEN = dict.fromkeys(_PALESTINE, "PSE")
"""What lists write in the place of a country, and the resolver of countries does not know."""


@dataclass
class Gathering:
    """What is said of a whole list: which words did not resolve, and how often."""

    path: Path
    lost: dict[str, Counter[str]] = field(default_factory=dict)
    _countries: dict[str, str | None] = field(default_factory=dict)

    def country(self, text: str) -> str | None:
        """Return the alpha-3 code of a country as a list names it; None, and counted, where it is none or several."""
        asked = " ".join(text.split()).rstrip(".")
        found = self._known(asked)
        if found is None and asked:
            self.lose("are no single country known here", asked)
        return found

    def countries(self, text: str) -> tuple[str, ...]:
        """Return the countries of a field that may join several by commas, strokes or `and`; empty, and counted, unless all are known."""
        asked = " ".join(text.split()).rstrip(".")
        whole = self._known(asked)
        if whole is None and len(parts := _SEVERAL.split(asked)) > 1:
            known = [found for part in parts if (found := self._known(part.strip())) is not None]
            if len(known) == len(parts):
                return tuple(known)
        found = whole or self.country(asked)
        return (found,) if found else ()

    def _known(self, asked: str) -> str | None:
        if asked not in self._countries:
            self._countries[asked] = _resolved(asked) if asked else None
        return self._countries[asked]

    def lose(self, why: str, value: str) -> None:
        """Count a value that could not be given its field; it still stands under the notes of its entry."""
        self.lost.setdefault(why, Counter())[value] += 1

    def snapshot(self, key: str, publisher: str, dataset: str, entries: Iterable[ListedEntry], as_of: date | None, *remarks: str) -> ListSnapshot:
        """Return the list with everything that is to be said of its reading. Raises UnreadableSource where it holds no entry."""
        listed = tuple(entries)
        if not listed:
            raise UnreadableSource(f"{self.path.name} holds no entry; download it anew")
        doubled = len(listed) - len({entry.id for entry in listed})
        said = [*remarks]
        if doubled:
            said.append(f"{doubled} entries bear the number of another entry; all are kept")
        said += [_count(why, values) for why, values in self.lost.items()]
        return ListSnapshot(key, publisher, dataset, self.path.name, as_of, listed, _sha256(self.path), tuple(said))


@dataclass
class Draft:
    """One entry as far as it has been read."""

    gathering: Gathering
    id: str
    kind: EntryKind
    names: dict[str, ListedName] = field(default_factory=dict)
    births: list[BirthRange] = field(default_factory=list)
    nationalities: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    programmes: list[str] = field(default_factory=list)
    measures: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    gender: Literal["woman", "man"] | None = None
    listed: date | None = None
    changed: date | None = None
    notes: list[tuple[str, str]] = field(default_factory=list)

    def name(self, text: str, strength: NameStrength = "primary", family: str | None = None) -> None:
        """Add a name, once; of the same name the first strength stands."""
        written = " ".join(text.split())
        if written and written not in self.names:
            self.names[written] = ListedName(written, strength, family or None)

    def written_names(self, field_name: str, text: str, strength: NameStrength = "primary") -> None:
        """Add the names that one field holds: several divided by semicolons, or other forms of a name in brackets behind it."""
        found = names_in(text)
        if len(found) > 1:
            self.note(field_name, text)
        for place, name in enumerate(found):
            self.name(name, strength if place == 0 or strength != "primary" else "strong")

    def birth(self, field_name: str, text: str, *, circa: bool = False) -> None:
        """Add a date of birth; what cannot be read as one becomes a note and is counted."""
        if not text.strip():
            return
        found = birth(text, circa=circa)
        if found is None:
            self.note(field_name, text)
            self.gathering.lose("cannot be read as a date of birth", " ".join(text.split()))
        else:
            self.born(found)

    def births_in(self, field_name: str, text: str) -> None:
        """Add the dates of birth of a field that may hold several; where one of them cannot be read the field becomes a note and is counted."""
        for found in births_in(text):
            if found is None:
                self.note(field_name, text)
                self.gathering.lose("cannot be read as a date of birth", " ".join(text.split()))
            else:
                self.born(found)

    def born(self, found: BirthRange) -> None:
        if found not in self.births:
            self.births.append(found)

    def nationality(self, field_name: str, text: str) -> None:
        """Add a citizenship; what resolves to no country becomes a note."""
        found = self.gathering.countries(text)
        self.nationalities += [code for code in found if code not in self.nationalities]
        if not found:
            self.note(field_name, text)

    def country(self, text: str) -> None:
        """Add the country of an address, a registration or a birth; its own words should also stand in a note."""
        found = self.gathering.country(text)
        if found is not None and found not in self.countries:
            self.countries.append(found)

    def note(self, field_name: str, text: str) -> None:
        """Keep a value under the publisher's name for its field."""
        value = " ".join(text.split())
        if value and (field_name, value) not in self.notes:
            self.notes.append((field_name, value))

    def say_gender(self, text: str) -> None:
        found = _GENDER.get(text.strip().rstrip(".").casefold())
        if found is None:
            self.note("gender", text)
        self.gender = self.gender or found

    def entry(self) -> ListedEntry:
        """Return the entry. One without any name is kept under its number, since an entry that vanished would be worse."""
        if not self.names:
            self.gathering.lose("stand for an entry without a name", self.id)
        return ListedEntry(
            self.id, self.kind, tuple(self.names.values()), tuple(self.births), tuple(self.nationalities), tuple(self.countries),
            tuple(dict.fromkeys(self.programmes)), tuple(dict.fromkeys(self.measures)), tuple(dict.fromkeys(self.titles)), self.gender,
            self.listed, self.changed, tuple(self.notes),
        )  # fmt: skip


def names_in(text: str) -> list[str]:
    """Return the names of a field: `A; B` are two, `A (B; C)` three, and `A (B)` two where B is in another script, or an acronym of A."""
    found: list[str] = []
    for part in _parts(" ".join(text.split())):
        bracketed = _BRACKETED.match(part)
        inside = _parts(bracketed[2]) if bracketed else []
        if bracketed and bracketed[1] and (len(inside) > 1 or _another_form(bracketed[1], bracketed[2])):
            found.append(bracketed[1])
            for one in inside:
                found += [one] if len(inside) == 1 else names_in(one)
        else:
            found.append(part)
    cleaned = (_LABEL.sub("", name).strip() for name in found)
    return list(dict.fromkeys(name for name in cleaned if name))


def _parts(text: str) -> list[str]:
    """The pieces between semicolons that stand in no brackets."""
    pieces, depth = [""], 0
    for letter in text:
        depth += (letter == "(") - (letter == ")")
        if letter == ";" and depth <= 0:
            pieces.append("")
        else:
            pieces[-1] += letter
    return [piece.strip() for piece in pieces if piece.strip()]


def _another_form(outside: str, inside: str) -> bool:
    if _LABEL.match(inside) or _latin(outside) != _latin(inside):
        return True
    letters = [letter for letter in inside if letter.isalpha()]
    return 2 <= len(letters) <= 10 and " " not in inside and all(letter.isupper() for letter in letters)


def _latin(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return sum(letter < "\u0250" for letter in letters) * 2 >= len(letters)


def _resolved(asked: str) -> str | None:
    """A country as lists write it: by its name, `Korea, North`, `USSR (now Ukraine)`, `Tehran (Iran)` or an adjective."""
    resolve = load_countries().find
    direct = _WRITTEN.get(asked) or resolve(asked) or DEMONYMS.get(asked.casefold())
    if direct is not None:
        return direct
    before, comma, after = asked.partition(", ")
    if comma and (turned := resolve(f"{after} {before}")):
        return turned
    behind = _NOW.search(asked)
    return resolve(behind[1]) if behind else None


def _count(why: str, values: Counter[str]) -> str:
    shown = ", ".join(f"'{value if len(value) <= 40 else value[:39] + '…'}'" for value, _times in values.most_common(_SHOWN))
    more = " and others" if len(values) > _SHOWN else ""
    return f"values that {why}, and stand in the notes only ({values.total()}): {shown}{more}"


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def day(text: str) -> date | None:
    """Return the day of a text that begins with YYYY-MM-DD; None for any other."""
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None
