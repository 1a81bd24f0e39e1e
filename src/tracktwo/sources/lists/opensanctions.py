"""Exports of OpenSanctions: entities as FollowTheMoney JSON lines, and the simple table of targets.

OpenSanctions lets its data be used without charge only for what is not commercial; the user brings the file, and nothing of it ships with tracktwo.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from tracktwo.model.listing import EntryKind, ListSnapshot, NameStrength
from tracktwo.sources.lists.gathered import Draft, Gathering, day
from tracktwo.sources.lists.opened import Taste, read_columns
from tracktwo.sources.table import UnreadableSource, lines_of, open_text

PUBLISHER = "OpenSanctions"
_KINDS: dict[str, EntryKind] = {
    "Person": "person", "LegalEntity": "organisation", "Company": "organisation", "Organization": "organisation", "PublicBody": "organisation",
    "Vessel": "vessel", "Airplane": "aircraft", "Asset": "other", "Vehicle": "other",
}  # fmt: skip
_NAMES: tuple[tuple[str, NameStrength], ...] = (("name", "strong"), ("alias", "strong"), ("weakAlias", "weak"), ("previousName", "former"))
_NATIONALITY = ("nationality", "citizenship")
_COUNTRY = ("country", "jurisdiction", "birthCountry", "mainCountry", "flag")
_READ = frozenset({"name", "alias", "weakAlias", "previousName", "birthDate", *_NATIONALITY, *_COUNTRY, "gender", "title", "position"})
_LISTED_TOPICS = ("sanction", "debarment", "export.control", "crime.terror")
_HOLDERS = ("holder", "entity", "asset", "owner")
_TABLE = ("id", "schema", "name", "aliases", "birth_date", "countries")

Entity = Mapping[str, Any]


def looks_entities(seen: Taste) -> bool:
    line = seen.beginning.lstrip().split("\n", 1)[0]
    return line.startswith("{") and '"schema"' in line and '"properties"' in line


def looks_table(seen: Taste) -> bool:
    return seen.has(*_TABLE)


def read_entities(path: Path, as_of: date | None) -> ListSnapshot:
    """Return the snapshot: whoever is a target or has a sanction is an entry, with sanctions, papers and addresses joined to it.

    Where the file marks nobody, everybody whom it names is an entry. Raises UnreadableSource.
    """
    gathering = Gathering(path)
    reading = _Reading(gathering)
    for line, entity in _lines(path):
        reading.take(line, entity)
    drafts, left = reading.joined()
    datasets = sorted(reading.datasets)
    key = f"opensanctions:{datasets[0]}" if len(datasets) == 1 else "opensanctions"
    said = [f"{left.total()} entities are neither targets nor sanctioned, and are left out ({_counted(left)})"] if left else []
    return gathering.snapshot(
        key, PUBLISHER, ", ".join(datasets[:6]) or "entities", (draft.entry() for draft in drafts), reading.seen or as_of, *said
    )


class _Reading:
    """The entities of a file as they come, in whatever order: things that have names, and what hangs on them."""

    def __init__(self, gathering: Gathering) -> None:
        self._gathering = gathering
        self._named: dict[str, tuple[Draft, str, bool]] = {}
        self._sanctions: list[Entity] = []
        self._hanging: list[tuple[str, Entity]] = []
        self._addresses: dict[str, str] = {}
        self.datasets: set[str] = set()
        self.seen: date | None = None

    def take(self, line: int, entity: Entity) -> None:
        schema, properties = entity.get("schema"), entity.get("properties")
        if not isinstance(schema, str) or not isinstance(properties, dict) or not isinstance(entity.get("id"), str):
            place = f"{self._gathering.path.name}, line {line}"
            raise UnreadableSource(f"{place}: should be an entity with id, schema and properties; download the file anew")
        self.datasets.update(str(one) for one in _list(entity.get("datasets")))
        stated = day(str(entity.get("last_seen") or ""))
        self.seen = max((one for one in (self.seen, stated) if one is not None), default=None)
        if schema == "Sanction":
            self._sanctions.append(properties)
        elif schema == "Address":
            self._addresses[entity["id"]] = ", ".join(_texts(properties, "full")) or str(entity.get("caption") or "")
        elif schema in _KINDS:
            topics = _texts(properties, "topics")
            marked = entity.get("target") is True or any(topic.startswith(_LISTED_TOPICS) for topic in topics)
            self._named[entity["id"]] = (_draft(self._gathering, entity, schema, properties), schema, marked)
        else:
            self._hanging.append((schema, properties))

    def joined(self) -> tuple[list[Draft], Counter[str]]:
        """Return the entries, and how many named things of which schema are none."""
        sanctioned = set()
        for sanction in self._sanctions:
            for number in _texts(sanction, "entity"):
                if number in self._named:
                    sanctioned.add(number)
                    _sanction(self._named[number][0], sanction)
        for schema, properties in self._hanging:
            for number in dict.fromkeys(one for part in _HOLDERS for one in _texts(properties, part)):
                if number in self._named:
                    self._named[number][0].note(schema, _flat(properties))
        anybody_marked = bool(sanctioned) or any(marked for _draft, _schema, marked in self._named.values())
        drafts, left = [], Counter[str]()
        for number, (draft, schema, marked) in self._named.items():
            if marked or number in sanctioned or not anybody_marked:
                for _label, address in [note for note in draft.notes if note[0] == "addressEntity"]:
                    draft.note("address", self._addresses.get(address, ""))
                drafts.append(draft)
            else:
                left[schema] += 1
        return drafts, left


def read_table(path: Path, as_of: date | None) -> ListSnapshot:
    """Return the snapshot of `targets.simple.csv`, whose cells divide several values by semicolons. Raises UnreadableSource."""
    gathering = Gathering(path)
    drafts = []
    datasets: set[str] = set()
    seen: date | None = None
    for line, whole in read_columns(path, _TABLE, delimiter=","):
        row = {column: value for column, value in whole.items() if value}
        if "id" not in row:
            raise UnreadableSource(f"{path.name}, line {line}: id is empty; download the file anew")
        draft = Draft(gathering, row["id"], _KINDS.get(row.get("schema", ""), "other"))
        draft.name(row.get("name", ""))
        for alias in _cell(row, "aliases"):
            draft.name(alias, "strong")
        for text in _cell(row, "birth_date"):
            draft.birth("birth_date", text)
        for text in _cell(row, "countries"):
            draft.country(text.upper() if len(text) == 2 else text)
        draft.programmes += _cell(row, "program_ids")
        draft.changed = day(row.get("last_change", ""))
        for column, value in row.items():
            if column not in ("id", "name", "aliases", "birth_date", "program_ids"):
                draft.note(column, value)
        datasets.update(_cell(row, "dataset"))
        seen = max((one for one in (seen, day(row.get("last_seen", ""))) if one is not None), default=None)
        drafts.append(draft)
    key = f"opensanctions:{min(datasets)}" if len(datasets) == 1 else "opensanctions"
    entries = (draft.entry() for draft in drafts)
    remark = "this form of the list does not mark weak names, and countries are those of citizenship or of residence alike"
    return gathering.snapshot(key, PUBLISHER, ", ".join(sorted(datasets)[:6]) or "targets", entries, seen or as_of, remark)


def _lines(path: Path) -> Iterator[tuple[int, Entity]]:
    with open_text(path) as file:
        if file.encoding == "cp1252":
            raise UnreadableSource(f"{path.name} is not encoded as UTF-8, so its names would be read wrongly; download it anew")
        line = 0
        try:
            for line, text in enumerate(lines_of(path, file), start=1):
                if text.strip():
                    entity = json.loads(text)
                    if not isinstance(entity, dict):
                        raise TypeError("no object")
                    yield line, entity
        except (ValueError, TypeError, RecursionError, EOFError, OSError) as error:
            if isinstance(error, UnreadableSource):
                raise
            raise UnreadableSource(f"{path.name}, line {line}: not one entity as JSON; the file may be cut off, download it anew") from error


def _draft(gathering: Gathering, entity: Entity, schema: str, properties: Entity) -> Draft:
    draft = Draft(gathering, entity["id"], _KINDS[schema])
    families = _texts(properties, "lastName") if schema == "Person" else []
    caption = entity.get("caption")
    if isinstance(caption, str) and caption != schema:
        draft.name(caption, family=_family(families, caption))
    for part, strength in _NAMES:
        for text in _texts(properties, part):
            draft.name(text, strength if draft.names else "primary", _family(families, text))
    for text in _texts(properties, "birthDate"):
        draft.birth("birthDate", text)
    for part in _NATIONALITY:
        for text in _texts(properties, part):
            draft.nationality(part, text)
    for part in _COUNTRY:
        for text in _texts(properties, part):
            draft.country(text)
    for text in _texts(properties, "gender"):
        draft.say_gender(text)
    draft.titles += [*_texts(properties, "title"), *_texts(properties, "position")]
    draft.programmes += _texts(properties, "programId")
    draft.changed = day(str(entity.get("last_change") or ""))
    for part, values in properties.items():
        for text in _list(values) if part not in _READ else ():
            draft.note(part, str(text))
    for part in ("datasets", "referents"):
        draft.note(part, "; ".join(str(one) for one in _list(entity.get(part))))
    return draft


def _family(families: list[str], text: str) -> str | None:
    return next((one for one in families if one.casefold() in text.casefold()), None)


def _sanction(draft: Draft, properties: Entity) -> None:
    draft.programmes += _texts(properties, "programId") or _texts(properties, "program")
    draft.measures += _texts(properties, "provisions")
    days = [found for part in ("listingDate", "startDate") for text in _texts(properties, part) if (found := day(text))]
    draft.listed = min([*days, *([draft.listed] if draft.listed else [])], default=None)
    draft.note("Sanction", _flat(properties, "entity"))


def _flat(properties: Entity, *without: str) -> str:
    return "; ".join(f"{part}: {value}" for part, values in properties.items() if part not in without for value in _list(values))


def _list(values: object) -> list[Any]:
    return values if isinstance(values, list) else []


def _texts(properties: Entity, part: str) -> list[str]:
    return [value.strip() for value in _list(properties.get(part)) if isinstance(value, str) and value.strip()]


def _cell(row: Mapping[str, str], column: str) -> list[str]:
    try:
        return [value.strip() for value in next(csv.reader([row.get(column, "")], delimiter=";"), []) if value.strip()]
    except csv.Error:
        return [row[column]]


def _counted(left: Counter[str]) -> str:
    return ", ".join(f"{count} {schema}" for schema, count in left.most_common())
