"""A list that somebody keeps by hand: CSV with the columns name, aliases, birth_date, list and as_of, where ; divides the values of a cell."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tracktwo.model.listing import EntryKind, ListedEntry, ListSnapshot
from tracktwo.sources.dates import read_day
from tracktwo.sources.lists.births import birth
from tracktwo.sources.lists.gathered import Draft, Gathering
from tracktwo.sources.lists.opened import Taste, read_columns
from tracktwo.sources.table import UnreadableSource

COLUMNS = ("name", "aliases", "birth_date", "list", "as_of")
_KINDS: dict[str, EntryKind] = {
    "person": "person", "individual": "person", "organisation": "organisation", "organization": "organisation", "entity": "organisation",
    "vessel": "vessel", "aircraft": "aircraft", "": "other",
}  # fmt: skip
_READ = frozenset({*COLUMNS, "kind", "nationality", "programme"})


def looks(seen: Taste) -> bool:
    return seen.has(*COLUMNS)


def read(path: Path, as_of: date | None) -> ListSnapshot:
    """Return the snapshot; it speaks for the earliest day of its rows. Optional columns are kind, nationality and programme; others become notes.

    Raises UnreadableSource for a row without a name, a date that is none, or the name of a second list.
    """
    gathering = Gathering(path)
    entries: list[ListedEntry] = []
    days: set[date] = set()
    names: dict[str, None] = {}
    for line, row in read_columns(path, COLUMNS, utf8=False):
        if not any(row.values()):
            continue
        entries.append(_entry(gathering, line, len(entries) + 1, row))
        if row["list"]:
            names[row["list"]] = None
        if row["as_of"]:
            days.add(_day(path, line, row["as_of"]))
    if len(names) > 1:
        raise UnreadableSource(f"{path.name}: the column list names {' and '.join(list(names)[:3])}; give each list a file of its own")
    name = next(iter(names), path.name.split(".", 1)[0])
    remarks = [f"its rows speak for several days, the latest {max(days).isoformat()}; it counts as of the earliest"] if len(days) > 1 else []
    return gathering.snapshot(f"own:{name}", "your own list", name, entries, min(days, default=as_of), *remarks)


def _entry(gathering: Gathering, line: int, number: int, row: dict[str, str]) -> ListedEntry:
    place = f"{gathering.path.name}, line {line}"
    if not row["name"]:
        raise UnreadableSource(f"{place}: name is empty; every row names one person or organisation")
    kind = _KINDS.get(row.get("kind", "").casefold())
    if kind is None:
        raise UnreadableSource(f"{place}: kind should be person, organisation, vessel or aircraft, not '{row['kind']}'")
    draft = Draft(gathering, str(number), kind if kind != "other" or not row["birth_date"] else "person")
    draft.name(row["name"])
    for alias in row["aliases"].split(";"):
        draft.name(alias, "strong")
    for text in row["birth_date"].split(";"):
        if text.strip():
            found = birth(text)
            if found is None:
                raise UnreadableSource(f"{place}: birth_date should be a date such as 1970, 1970-05 or 1970-05-31, not '{text.strip()}'")
            draft.born(found)
    for text in row.get("nationality", "").split(";"):
        draft.nationality("nationality", text)
    draft.programmes += [part.strip() for part in row.get("programme", "").split(";") if part.strip()]
    for column, value in row.items():
        if column not in _READ:
            draft.note(column, value)
    return draft.entry()


def _day(path: Path, line: int, text: str) -> date:
    found = read_day(text, "day first")
    if found is None:
        raise UnreadableSource(f"{path.name}, line {line}: as_of should be a day such as 2026-11-26, not '{text}'")
    return found
