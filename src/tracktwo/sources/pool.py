"""Readers of a pool of people and of the quotas of a panel: the two tables of the Sortition Foundation, and lists of who may not sit together.

The people: one a row, a column for each attribute. The quotas: `category,feature,min,max` or `feature,value,min,max`; further columns such as
`min_flex` are not used. Attributes and values are compared without regard to case or to blanks at their ends. A crossed quota names several
attributes and values, each joined by ×, such as `side × gender` and `north × woman`; a cell of a person that holds several values separates them
by semicolons.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tracktwo.sources.reasons import shown
from tracktwo.sources.sheet import Rows, SheetError, read_sheet
from tracktwo.sources.table import UnreadableSource

IDS = ("id", "nationbuilder_id")
CROSS = "×"
_HEADERS = (("category", "feature"), ("feature", "value"), ("category", "value"))


@dataclass(frozen=True)
class PoolRow:
    """One person: where he stands in the file, his id, and the cells of his row by column, in lower case and without blanks."""

    row: int
    id: str
    cells: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Pool:
    """The people of a file, and its columns by their names in lower case."""

    name: str
    columns: tuple[str, ...]
    people: tuple[PoolRow, ...]

    def values(self, column: str) -> frozenset[str]:
        """Every value that a column has, in lower case."""
        return frozenset(value for one in self.people for value in one.cells.get(column, ()))


@dataclass(frozen=True)
class QuotaRow:
    """One quota: pairs of attribute and value as they are written, and its bounds."""

    row: int
    where: tuple[tuple[str, str], ...]
    minimum: int
    maximum: int


def read_pool(path: Path) -> Pool:
    """Return the people of a CSV or XLSX file; without a column `id` or `nationbuilder_id` they are named by their 0-based numbers.

    Raises UnreadableSource with file, row and column.
    """
    header, rows = _table(path)
    columns = [cell.casefold() for cell in header]
    for number, column in enumerate(columns):
        if column and column in columns[:number]:
            raise UnreadableSource(f"{path.name} row 1: the column '{shown(column)}' stands twice; keep one")
    place = next((columns.index(name) for name in IDS if name in columns), None)
    people: dict[str, PoolRow] = {}
    for number, (row, cells) in enumerate(rows):
        if len(cells) > len(columns) and any(cells[len(columns) :]):
            raise UnreadableSource(f"{path.name} row {row}: {len(cells)} values for {len(columns)} columns; quote a cell that holds the separator")
        key = cells[place].strip() if place is not None and place < len(cells) else str(number) if place is None else ""
        if not key:
            raise UnreadableSource(f"{path.name} row {row}, {columns[place or 0]}: is empty; every person needs an id")
        if key in people:
            raise UnreadableSource(f"{path.name} row {row}, {columns[place or 0]}: '{shown(key)}' stands twice; give each person an id of its own")
        people[key] = PoolRow(row, key, {column: _several(cell) for column, cell in zip(columns, cells, strict=False) if column and cell.strip()})
    if not people:
        raise UnreadableSource(f"{path.name} has a header but no people under it")
    return Pool(path.name, tuple(columns), tuple(people.values()))


def read_quotas(path: Path, pool: Pool) -> tuple[QuotaRow, ...]:
    """Return the quotas of a file, whose attributes are columns of the pool. Raises UnreadableSource with file, row and column."""
    header, rows = _table(path)
    columns = [cell.casefold().strip() for cell in header]
    names = next((pair for pair in _HEADERS if all(name in columns for name in pair)), None)
    if names is None or not {"min", "max"} <= set(columns):
        raise UnreadableSource(f"{path.name} row 1: the columns should be category, feature, min, max (or feature, value, min, max)")
    found = []
    for row, cells in rows:
        filled = dict(zip(columns, (cell.strip() for cell in cells), strict=False))
        attributes, values = ([part.strip() for part in filled.get(name, "").split(CROSS)] for name in names)
        if not all((*attributes, *values)):
            empty = names[0] if not all(attributes) else names[1]
            raise UnreadableSource(f"{path.name} row {row}, {empty}: is empty; write which people the quota counts")
        if len(attributes) != len(values):
            raise UnreadableSource(
                f"{path.name} row {row}: {len(attributes)} attributes but {len(values)} values; a crossed quota has as many of each"
            )
        for attribute in attributes:
            if attribute.casefold() not in pool.columns:
                columns_there = ", ".join(filter(None, pool.columns))
                raise UnreadableSource(
                    f"{path.name} row {row}, {names[0]}: '{shown(attribute)}' is no column of {pool.name} (columns: {columns_there})"
                )
        low, high = (_bound(path.name, row, name, filled.get(name, "")) for name in ("min", "max"))
        if low > high:
            raise UnreadableSource(f"{path.name} row {row}: min {low} is more than max {high}; exchange them")
        found.append(QuotaRow(row, tuple(zip(attributes, values, strict=True)), low, high))
    if not found:
        raise UnreadableSource(f"{path.name} has a header but no quotas under it")
    return tuple(found)


def read_pairs(path: Path, known: Sequence[str]) -> tuple[tuple[str, str, str], ...]:
    """Return the pairs of a file with the columns `a` and `b`, and the reason of each, "" without a column `why`. Raises UnreadableSource."""
    header, rows = _table(path)
    columns = [cell.casefold().strip() for cell in header]
    if not {"a", "b"} <= set(columns):
        raise UnreadableSource(f"{path.name} row 1: the columns should be a and b, two people on each row who may not sit together")
    found = []
    for row, cells in rows:
        filled = dict(zip(columns, (cell.strip() for cell in cells), strict=False))
        for column in ("a", "b"):
            if filled.get(column, "") not in known:
                raise UnreadableSource(f"{path.name} row {row}, {column}: '{shown(filled.get(column, ''))}' stands not among the people")
        if filled["a"] == filled["b"]:
            raise UnreadableSource(f"{path.name} row {row}: '{shown(filled['a'])}' stands apart from himself; name two people")
        found.append((filled["a"], filled["b"], filled.get("why", "")))
    return tuple(found)


def read_left_out(path: Path, known: Sequence[str], grounds: Sequence[str]) -> tuple[tuple[str, str, str], ...]:
    """Return (id, ground, reason) of each person who is left out, from the columns `id`, `ground` and `reason`. Raises UnreadableSource."""
    header, rows = _table(path)
    columns = [cell.casefold().strip() for cell in header]
    if not {"id", "ground", "reason"} <= set(columns):
        raise UnreadableSource(f"{path.name} row 1: the columns should be id, ground and reason; nobody is left out without a reason")
    found = []
    for row, cells in rows:
        filled = dict(zip(columns, (cell.strip() for cell in cells), strict=False))
        if filled.get("id", "") not in known:
            raise UnreadableSource(f"{path.name} row {row}, id: '{shown(filled.get('id', ''))}' stands not among the people")
        if filled.get("ground", "") not in grounds:
            raise UnreadableSource(f"{path.name} row {row}, ground: should be one of {', '.join(grounds)}, not '{shown(filled.get('ground', ''))}'")
        if not filled.get("reason"):
            raise UnreadableSource(f"{path.name} row {row}, reason: is empty; nobody is left out without a reason")
        found.append((filled["id"], filled["ground"], filled["reason"]))
    return tuple(found)


def _table(path: Path) -> tuple[list[str], Rows]:
    try:
        rows = read_sheet(path)
    except SheetError as error:
        raise UnreadableSource(str(error)) from error
    if not rows:
        raise UnreadableSource(f"{path.name} is empty: it needs a header row, and rows under it")
    return [cell.strip() for cell in rows[0][1]], rows[1:]


def _several(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip().casefold() for part in cell.split(";") if part.strip()))


def _bound(name: str, row: int, column: str, text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 6:
        raise UnreadableSource(f"{name} row {row}, {column}: should be a whole number of people, not '{shown(text)}'")
    return int(text)
