"""Reader of a menu: one dish a row, with its ingredients separated by semicolons; a CSV file or the first sheet of an XLSX workbook."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tracktwo.sources.sheet import SheetError, read_sheet
from tracktwo.sources.table import UnreadableSource

DISH_COLUMNS = ("dish", "ingredients")
MAX_DISHES = 500


@dataclass(frozen=True)
class WrittenDish:
    """A dish as the kitchen wrote it."""

    name: str
    ingredients: tuple[str, ...]
    row: int


def read_dishes(path: Path) -> tuple[WrittenDish, ...]:
    """Return the dishes of a file with the columns `dish` and `ingredients`, in its order; other columns are left alone.

    Raises UnreadableSource with file and row: for a column that is missing, a dish without a name or ingredients, or one that stands twice.
    """
    try:
        rows = read_sheet(path)
    except SheetError as error:
        raise UnreadableSource(str(error)) from error
    if not rows:
        raise UnreadableSource(f"{path.name} is empty; it needs the columns {' and '.join(DISH_COLUMNS)}")
    header = [cell.strip().casefold() for cell in rows[0][1]]
    missing = [column for column in DISH_COLUMNS if column not in header]
    if missing:
        raise UnreadableSource(f"{path.name}, row {rows[0][0]}: there is no column {missing[0]}; it needs {' and '.join(DISH_COLUMNS)}")
    at = [header.index(column) for column in DISH_COLUMNS]
    found: dict[str, WrittenDish] = {}
    for row, cells in rows[1:]:
        name, written = (" ".join(cells[place].split()) if place < len(cells) else "" for place in at)
        ingredients = tuple(dict.fromkeys(part.strip() for part in written.replace("\n", ";").split(";") if part.strip()))
        if not name or not ingredients:
            raise UnreadableSource(f"{path.name}, row {row}: {'ingredients are' if name else 'the name of the dish is'} missing; write both")
        if name.casefold() in found:
            raise UnreadableSource(f"{path.name}, row {row}: '{name}' stands twice; give each dish one row and one name")
        found[name.casefold()] = WrittenDish(name, ingredients, row)
    if not found:
        raise UnreadableSource(f"{path.name} holds no dish under its header")
    if len(found) > MAX_DISHES:
        raise UnreadableSource(f"{path.name} holds more than {MAX_DISHES} dishes; check one meeting's menu at a time")
    return tuple(found.values())
