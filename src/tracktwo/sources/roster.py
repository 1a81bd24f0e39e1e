"""Reader of rosters: people in a CSV or XLSX file, one a row, under the column names of a brief's `invited`.

Lists inside a cell are separated by semicolons; languages may carry a level, as in `fr:C1; sg:native`.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from tracktwo.model.brief import Person
from tracktwo.sources.reasons import field_name, field_path, reason, shown
from tracktwo.sources.sheet import MAX_BYTES, SheetError, rows_of

MAX_PEOPLE = 2000

_LISTS = {"sides", "nationalities", "other_names", "classes", "groups", "expertise", "diets", "accepted_by", "refused_by"}
_COLUMNS = {name for name in Person.model_fields if name not in ("line", "documents", "listings")}
"""Documents and listings are groups of fields, which a cell cannot hold; they are entered in the brief or in the browser."""
_ALIASES = {
    "nationality": "nationalities",
    "side": "sides",
    "language": "languages",
    "diet": "diets",
    "group": "groups",
    "organisation": "affiliation",
    "affiliations": "affiliation",
    "other_name": "other_names",
    "aliases": "other_names",
    "born": "birth_date",
    "consent": "data_consent",
}


class RosterError(ValueError):
    """A roster that cannot be read: one sentence with file, row and column."""


def read_roster(path: Path, resolve_country: Callable[[str], str], sides: Sequence[str]) -> tuple[Person, ...]:
    """Read the people of a roster. `sides` are the side ids that the brief declared. Raises RosterError.

    The people carry no line: a line is one of the brief, and they stand in another file.
    """
    return parse_roster(path.name, _bytes(path), resolve_country, sides)


def parse_roster(name: str, raw: bytes, resolve_country: Callable[[str], str], sides: Sequence[str]) -> tuple[Person, ...]:
    """Read the people of a roster that is in memory; `name` is that of the file, by whose end it is known for a workbook. Raises RosterError."""
    if len(raw) > MAX_BYTES:
        raise RosterError(f"the roster {name} has {len(raw):,} bytes; a roster has at most {MAX_BYTES:,}")
    try:
        rows = rows_of(name, raw, MAX_PEOPLE + 1)
    except SheetError as error:
        raise RosterError(str(error)) from error
    if not rows:
        raise RosterError(f"the roster {name} is empty: it needs a header row with at least 'name', and one row a person")
    (header, cells), *people = rows
    columns = _header(name, header, cells)
    if not people:
        raise RosterError(f"the roster {name} has a header but no people under it")
    if len(people) > MAX_PEOPLE:
        raise RosterError(f"the roster {name} has more than {MAX_PEOPLE:,} people, the most that one initiative can invite")
    return tuple(_person(f"{name} row {row}", _filled(name, row, columns, cells), resolve_country, sides) for row, cells in people)


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise RosterError(f"the roster {path.name} does not exist beside the brief; correct 'roster' or leave it out") from None
    except OSError as error:
        raise RosterError(f"the roster {path.name} cannot be read: {error.strerror}") from error
    if len(raw) > MAX_BYTES:
        raise RosterError(f"the roster {path.name} has {path.stat().st_size:,} bytes; a roster has at most {MAX_BYTES:,}")
    return raw


def _header(name: str, row: int, cells: Sequence[str]) -> list[str]:
    columns = [cell.lower().replace(" ", "_") for cell in cells]
    columns = [_ALIASES.get(column, column) for column in columns]
    for number, column in enumerate(columns):
        if column and column not in _COLUMNS:
            close = difflib.get_close_matches(column, _COLUMNS, n=1)
            hint = f"did you mean '{close[0]}'?" if close else f"columns are {', '.join(sorted(_COLUMNS))}"
            raise RosterError(f"{name} row {row}: '{shown(column)}' is no column of a roster; {hint}")
        if column and column in columns[:number]:
            raise RosterError(f"{name} row {row}: the column '{column}' stands twice; keep one")
    if "name" not in columns:
        raise RosterError(f"{name} row {row}: there is no column 'name'")
    return columns


def _filled(name: str, row: int, columns: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """The cells of a row that are not empty, by column."""
    for number, cell in enumerate(cells):
        if cell and not (number < len(columns) and columns[number]):
            raise RosterError(f"{name} row {row}: '{shown(cell)}' stands in a column without a heading; quote a cell that holds the separator")
    return {column: cell for column, cell in zip(columns, cells, strict=False) if cell}


def _person(where: str, cells: dict[str, str], resolve_country: Callable[[str], str], sides: Sequence[str]) -> Person:
    data: dict[str, Any] = {}
    for column, cell in cells.items():
        if column in _LISTS:
            data[column] = [part.strip() for part in cell.split(";") if part.strip()]
        elif column == "languages":
            data[column] = [_language(part) for part in cell.split(";") if part.strip()]
        else:
            data[column] = cell
    try:
        person = Person.model_validate(data, context={"resolve_country": resolve_country})
    except ValidationError as error:
        first = error.errors()[0]
        raise RosterError(f"{where}, {field_name(field_path(first))}: {reason(first).removesuffix('; every brief needs it')}") from error
    for side in (*person.sides, *person.accepted_by, *person.refused_by):
        if side not in sides:
            raise RosterError(f"{where}: names the side '{shown(side)}', which the brief does not declare (sides: {', '.join(sides) or 'none'})")
    return person


def _language(part: str) -> dict[str, str]:
    tag, _, level = part.strip().partition(":")
    return {"tag": tag.strip(), "level": level.strip()} if level else {"tag": tag.strip()}
