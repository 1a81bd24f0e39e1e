"""The listings in the consolidated acts of the EU's Official Journal, as the OpenSanctions project extracts them into one table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from tracktwo.model.listing import EntryKind, ListedEntry, ListSnapshot
from tracktwo.sources.dates import read_day
from tracktwo.sources.lists.births import items
from tracktwo.sources.lists.gathered import Draft, Gathering
from tracktwo.sources.lists.opened import Taste, read_columns

_COLUMNS = ("celex", "recordId", "programKey", "annex", "measure", "schema", "name", "alias", "weakAlias", "birthDate")
_KINDS: dict[str, EntryKind] = {
    "person": "person", "legalentity": "organisation", "company": "organisation", "organization": "organisation", "publicbody": "organisation",
    "vessel": "vessel", "airplane": "aircraft",
}  # fmt: skip
_READ = frozenset({
    "recordId", "schema", "name", "alias", "weakAlias", "previousName", "birthDate", "nationality", "gender", "programKey", "measure", "startDate",
})  # fmt: skip
_PLACES = ("country", "jurisdiction", "flag")


def looks(seen: Taste) -> bool:
    return seen.has(*_COLUMNS)


def read(path: Path, as_of: date | None) -> ListSnapshot:
    """Return the snapshot; the table states no day. Raises UnreadableSource."""
    gathering = Gathering(path)
    entries = tuple(_entries(path, gathering))
    return gathering.snapshot(
        "eu-oj", "European Union, extracted by OpenSanctions", "Listings in consolidated acts of the Official Journal", entries, as_of
    )


def _entries(path: Path, gathering: Gathering) -> Iterator[ListedEntry]:
    for _line, row in read_columns(path, _COLUMNS):
        yield _entry({column: value for column, value in row.items() if value}, gathering)


def _entry(row: dict[str, str], gathering: Gathering) -> ListedEntry:
    """One row: an act, its annex, and the number in it; the name stands for the number where the annex has none."""
    number = "/".join(part for part in (row.get("celex", ""), row.get("annex", ""), row.get("recordId") or row.get("name", "")) if part)
    draft = Draft(gathering, number, _KINDS.get(row.get("schema", "").casefold(), "other"))
    draft.written_names("name", row.get("name", ""))
    draft.written_names("alias", row.get("alias", ""), "strong")
    draft.written_names("weakAlias", row.get("weakAlias", ""), "weak")
    draft.written_names("previousName", row.get("previousName", ""), "former")
    draft.births_in("birthDate", row.get("birthDate", ""))
    for item in items(row.get("nationality", "")):
        draft.nationality("nationality", item)
    for place in _PLACES:
        draft.country(row.get(place, ""))
    draft.country(row.get("birthPlace", "").rpartition(", ")[2] if ";" not in row.get("birthPlace", "") else "")
    if "gender" in row:
        draft.say_gender(row["gender"])
    draft.programmes += [row["programKey"]] if "programKey" in row else []
    draft.measures += [row["measure"]] if "measure" in row else []
    draft.titles += items(row.get("position", ""))
    draft.listed = read_day(row.get("startDate", ""), "day first")
    if draft.listed is None:
        draft.note("startDate", row.get("startDate", ""))
    for column, value in row.items():
        if column not in _READ:
            draft.note(column, value)
    return draft.entry()
