"""The lists of the US Treasury's Office of Foreign Assets Control (OFAC) as CSV: SDN and the consolidated list of all others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tracktwo.model.listing import EntryKind, ListedEntry, ListSnapshot, NameStrength
from tracktwo.sources.lists.gathered import Draft, Gathering
from tracktwo.sources.lists.opened import Taste, read_rows
from tracktwo.sources.table import UnreadableSource

PUBLISHER = "US Treasury, Office of Foreign Assets Control"
SDN, CONSOLIDATED = ("ofac-sdn", "Specially Designated Nationals and Blocked Persons List"), ("ofac-cons", "Consolidated Sanctions List (non-SDN)")

_COLUMNS = 12
_EMPTY = "-0-"
_END_OF_FILE = "\x1a"
_FULL_REMARK = 1000
"""Where a remark has this many characters it is cut, and goes on in the file of comments."""
_KINDS: dict[str, EntryKind] = {"individual": "person", "entity": "organisation", "": "organisation", "vessel": "vessel", "aircraft": "aircraft"}
_NAMED = frozenset(kind for kind in _KINDS if kind)
_STRENGTH: dict[str, NameStrength] = {"aka": "strong", "fka": "former", "nka": "strong"}
_SHIP = ("call sign", "vessel type", "tonnage", "gross registered tonnage", "vessel flag", "vessel owner")
_ALIAS = re.compile(r"(?:alt\. )?(?P<how>[anf])\.k\.a\. '(?P<name>.+)'")
_SAYS = re.compile(r"(?:alt\. )?(?P<what>DOB|POB|nationality|citizen|Gender) (?P<value>.+)")
_NOT_BLOCKED = re.compile(r"NS-\w+|561-Related|CMIC-EO\d+|FSE-\w+|ISA|PEESA|.*-EO13662|CAPTA.*|MBS.*")
"""Programmes whose entries stand on the consolidated list: their property is not blocked by that alone."""


@dataclass(frozen=True)
class Siblings:
    """The files that belong to a primary file: where they stand beside it, and how they would be named."""

    aliases: Path | None
    addresses: Path | None
    comments: Path | None
    names: tuple[str, str, str]

    @property
    def found(self) -> tuple[Path, ...]:
        return tuple(path for path in (self.aliases, self.addresses, self.comments) if path is not None)


def looks(seen: Taste) -> bool:
    return len(seen.first) == _COLUMNS and seen.first[0].isdecimal() and seen.first[2].casefold().replace(_EMPTY, "entity") in _NAMED


def siblings(path: Path) -> Siblings:
    """Return the files of aliases, addresses and comments of a primary file, in whatever case they are named, compressed or not."""
    plain = path.name.casefold().removesuffix(".gz").removesuffix(".csv")
    beside = {one.name.casefold().removesuffix(".gz"): one for one in sorted(path.parent.iterdir()) if one.is_file()}
    if "cons_prim" in plain:
        names = [plain.replace("cons_prim", f"cons_{part}") for part in ("alt", "add", "comments")]
    else:
        names = [plain.replace("sdn", part) for part in ("alt", "add", "sdn_comments")] if "sdn" in plain else ["alt", "add", "sdn_comments"]
    aliases, addresses, comments = (f"{name}.csv" for name in names)
    return Siblings(beside.get(aliases), beside.get(addresses), beside.get(comments), (aliases, addresses, comments))


def read(path: Path, as_of: date | None) -> ListSnapshot:
    """Return the snapshot, with aliases, addresses and comments from the files beside it; none of them states a day. Raises UnreadableSource."""
    gathering = Gathering(path)
    beside = siblings(path)
    aliases, addresses = _by_number(beside.aliases, 5), _by_number(beside.addresses, 6)
    comments = _by_number(beside.comments, 2)
    entries = []
    for line, values in _rows(path, _COLUMNS):
        number = values[0].strip()
        if not number.isdecimal() or values[2].strip().casefold() not in _KINDS:
            kinds = "individual, vessel, aircraft or -0-"
            raise UnreadableSource(f"{path.name}, line {line}: should begin with a number, a name and {kinds}, not '{','.join(values[:3])}'")
        entries.append(_entry(gathering, values, aliases.pop(number, ()), addresses.pop(number, ()), comments.pop(number, ())))
    key, dataset = _which(path, entries)
    absent = [name for name, found in zip(beside.names, (beside.aliases, beside.addresses, beside.comments), strict=True) if found is None]
    remarks = [f"not beside {path.name}, so what it holds is missing: {name}" for name in absent]
    without = sum(len(rows) for table in (aliases, addresses, comments) for rows in table.values())
    if without:
        remarks.append(f"{without} rows of the files beside {path.name} belong to no entry of it, and are left out")
    return gathering.snapshot(key, PUBLISHER, dataset, entries, as_of, *remarks)


def _which(path: Path, entries: list[ListedEntry]) -> tuple[str, str]:
    """Which of the two lists it is: by its name as the publisher gives it, else by whether most entries stand under programmes that block."""
    if "cons_prim" in path.name.casefold():
        return CONSOLIDATED
    if "sdn" in path.name.casefold():
        return SDN
    not_blocked = sum(all(_NOT_BLOCKED.fullmatch(tag) for tag in entry.programmes) for entry in entries)
    return CONSOLIDATED if not_blocked * 2 > len(entries) else SDN


def _rows(path: Path, columns: int) -> Iterator[tuple[int, list[str]]]:
    for line, values in read_rows(path, delimiter=",", utf8=False):
        if values == [_END_OF_FILE]:
            continue
        if len(values) != columns:
            place = f"{path.name}, line {line}"
            raise UnreadableSource(f"{place}: {len(values)} values where {columns} belong; the file may be cut off, download it anew")
        yield line, ["" if value.strip() == _EMPTY else value for value in values]


def _by_number(path: Path | None, columns: int) -> dict[str, tuple[list[str], ...]]:
    found: dict[str, tuple[list[str], ...]] = {}
    if path is not None:
        for _line, values in _rows(path, columns):
            number = values[0].strip()
            found[number] = (*found.get(number, ()), values)
    return found


def _entry(
    gathering: Gathering, values: list[str], aliases: tuple[list[str], ...], addresses: tuple[list[str], ...], comments: tuple[list[str], ...]
) -> ListedEntry:
    number, name, kind, programmes, title, *ship, remarks = values
    draft = Draft(gathering, number.strip(), _KINDS[kind.strip().casefold()])
    draft.name(name, family=_family(draft, name))
    for _number, alias_number, how, alias, remark in aliases:
        draft.name(alias, _STRENGTH.get(how.strip().casefold(), "strong"), _family(draft, alias))
        if remark.strip():
            draft.note("alias remarks", f"{alias_number.strip()}: {remark}")
    for _number, _address_number, street, town, country, remark in addresses:
        draft.country(country)
        draft.note("address", ", ".join(part.strip() for part in (street, town, country, remark) if part.strip()))
    draft.programmes += [tag.strip() for tag in programmes.split("] [") if tag.strip()]
    draft.titles += [part.strip() for part in title.split(";") if part.strip()]
    for label, value in zip(_SHIP, ship, strict=True):
        draft.note(label, value)
    draft.country(ship[4])
    whole = remarks + "".join(("" if len(remarks) >= _FULL_REMARK or not remarks else " ") + row[1] for row in comments)
    draft.note("remarks", whole)
    _remarks(draft, whole)
    return draft.entry()


def _family(draft: Draft, name: str) -> str | None:
    before, comma, _after = name.partition(", ")
    return before if comma and draft.kind == "person" else None


def _remarks(draft: Draft, text: str) -> None:
    """Take out of the remarks what has a field: weak aliases, births, citizenships, gender. The remarks stay whole among the notes."""
    for piece in text.rstrip().removesuffix(".").split("; "):
        part = piece.strip().removesuffix(";")
        if alias := _ALIAS.fullmatch(part.removesuffix(".")):
            strength: NameStrength = "former" if alias["how"] == "f" else "weak"
            draft.name(alias["name"], strength, _family(draft, alias["name"]))
        elif said := _SAYS.fullmatch(part):
            what, value = said["what"], said["value"].strip()
            if what == "DOB":
                draft.birth("DOB", value)
            elif what == "POB":
                draft.country(value.removesuffix(".").rpartition(", ")[2])
            elif what == "Gender":
                draft.say_gender(value)
            else:
                draft.nationality(what, value)
