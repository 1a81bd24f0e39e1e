"""Reader of rosters: people in a CSV or XLSX file, one a row, under the column names of a brief's `invited`.

Lists inside a cell are separated by semicolons; languages may carry a level, as in `fr:C1; sg:native`.
"""

from __future__ import annotations

import csv
import difflib
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException
from pydantic import ValidationError

from tracktwo.model.base import LINE, nfc
from tracktwo.model.brief import Person

MAX_BYTES = 4 * 1024 * 1024
MAX_PEOPLE = 2000

_LISTS = {"sides", "nationalities", "groups", "expertise", "diets", "accepted_by", "refused_by"}
_COLUMNS = {name for name in Person.model_fields if name != "line"}
_ALIASES = {"nationality": "nationalities", "side": "sides", "language": "languages", "diet": "diets", "group": "groups", "organisation": "affiliation"}


class RosterError(ValueError):
    """A roster that cannot be read: one sentence with file, row and column."""


def read_roster(path: Path, resolve_country: Callable[[str], str], sides: Sequence[str]) -> tuple[Person, ...]:
    """Read the people of a roster. `sides` are the side ids that the brief declared. Raises RosterError."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise RosterError(f"{path.name} has {size:,} bytes; a roster has at most {MAX_BYTES:,}")
        rows = list(_xlsx(path) if path.suffix.lower() in (".xlsx", ".xlsm") else _csv(path))
    except FileNotFoundError:
        raise RosterError(f"the roster {path.name} does not exist beside the brief; correct 'roster' or leave it out") from None
    except OSError as error:
        raise RosterError(f"the roster {path.name} cannot be read: {error.strerror}") from error
    if len(rows) < 2:
        raise RosterError(f"the roster {path.name} has no people: it needs a header row with at least 'name', and one row a person")
    columns = _header(path.name, rows[0][1])
    people = []
    for row, cells in rows[1:]:
        if any(cells):
            people.append(_person(path.name, row, dict(zip(columns, cells, strict=False)), resolve_country, sides))
    if not people:
        raise RosterError(f"the roster {path.name} has a header but no people under it")
    return tuple(people)


def _csv(path: Path) -> Iterator[tuple[int, list[str]]]:
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise RosterError(f"{path.name} line {line}: the file is not UTF-8; export it as 'CSV UTF-8'") from error
    head = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count))
    try:
        for cells in reader:
            yield reader.line_num, [nfc(cell) for cell in cells]
    except csv.Error as error:
        raise RosterError(f"{path.name} line {reader.line_num}: this is not CSV ({error})") from error


def _xlsx(path: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        for number, cells in enumerate(book.worksheets[0].iter_rows(values_only=True, max_row=MAX_PEOPLE + 1), 1):
            yield number, [_cell(cell) for cell in cells]
        book.close()
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError) as error:
        raise RosterError(f"{path.name} is no readable XLSX workbook; save it again as .xlsx or as CSV") from error


def _cell(value: object) -> str:
    if value is None:
        return ""
    return nfc(value.date().isoformat() if hasattr(value, "date") else str(value))


def _header(name: str, cells: Sequence[str]) -> list[str]:
    columns = [cell.lower().replace(" ", "_") for cell in cells]
    columns = [_ALIASES.get(column, column) for column in columns]
    for column in columns:
        if column and column not in _COLUMNS:
            close = difflib.get_close_matches(column, _COLUMNS, n=1)
            hint = f"did you mean '{close[0]}'?" if close else f"columns are {', '.join(sorted(_COLUMNS))}"
            raise RosterError(f"{name} row 1: '{column}' is no column of a roster; {hint}")
    if "name" not in columns:
        raise RosterError(f"{name} row 1: there is no column 'name'")
    return columns


def _person(name: str, row: int, cells: dict[str, str], resolve_country: Callable[[str], str], sides: Sequence[str]) -> Person:
    data: dict[str, Any] = {LINE: row}
    for column, cell in cells.items():
        if not cell:
            continue
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
        reason = first["msg"].removeprefix("Value error, ").removeprefix("Input ")
        raise RosterError(f"{name} row {row}, {first['loc'][0]}: {reason[0].lower()}{reason[1:]}") from error
    for side in (*person.sides, *person.accepted_by, *person.refused_by):
        if side not in sides:
            raise RosterError(f"{name} row {row}: names the side '{side}', which the brief does not declare (sides: {', '.join(sides) or 'none'})")
    return person


def _language(part: str) -> dict[str, str]:
    tag, _, level = part.strip().partition(":")
    return {"tag": tag.strip(), "level": level.strip()} if level else {"tag": tag.strip()}
