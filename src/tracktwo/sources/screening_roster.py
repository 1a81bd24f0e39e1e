"""Reader of rosters for screening: who is sought, one a row, with other names, birth date, nationalities and affiliations as far as they are known.

Columns: `id` and `name`, and if there are any `other_names`, `birth_date`, `nationality` and `affiliations`; several values in one cell are
separated by
semicolons.
"""

from __future__ import annotations

import calendar
import csv
import io
import re
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from tracktwo.model.base import nfc
from tracktwo.model.listing import BirthRange, Sought
from tracktwo.sources.reasons import shown
from tracktwo.sources.table import UnreadableSource, open_text

MAX_CHARACTERS = 32 * 1024 * 1024
MAX_PEOPLE = 50_000
MAX_NAME = 500
"""Characters of one name; a longer one is no name but a damaged row."""
NEEDED = ("id", "name")
OPTIONAL = ("other_names", "birth_date", "nationality", "affiliations")
_ALIASES = {
    "nationalities": "nationality",
    "affiliation": "affiliations",
    "other_name": "other_names",
    "aliases": "other_names",
    "born": "birth_date",
}
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


def read_screening_roster(path: Path, resolve_country: Callable[[str], str]) -> tuple[Sought, ...]:
    """Return the people of a roster, CSV or CSV.gz in UTF-8. `resolve_country` gives alpha-3 or raises ValueError with a sentence.

    Raises UnreadableSource with file, row and column.
    """
    with open_text(path) as file:
        if file.encoding == "cp1252":
            raise UnreadableSource(f"{path.name} is not UTF-8, so that names would be read wrongly; export it as 'CSV UTF-8'")
        try:
            text = file.read(MAX_CHARACTERS + 1)
        except (OSError, EOFError, UnicodeError) as error:
            raise UnreadableSource(f"{path.name} is damaged or cut off ({error}); save it again as CSV") from error
    if len(text) > MAX_CHARACTERS:
        raise UnreadableSource(f"{path.name} unpacks to more than {MAX_CHARACTERS:,} characters, the most that a roster may have")
    rows = _rows(path.name, text)
    if not rows:
        raise UnreadableSource(f"{path.name} is empty: it needs a header row with 'id' and 'name', and one row a person")
    columns = _header(path.name, rows[0][1])
    people: dict[str, Sought] = {}
    for number, cells in rows[1:]:
        person = _person(path.name, number, _filled(path.name, number, columns, cells), resolve_country)
        if person.id in people:
            raise UnreadableSource(f"{path.name} row {number}, id: '{shown(person.id)}' stands twice; give each person an id of its own")
        people[person.id] = person
        if len(people) > MAX_PEOPLE:
            raise UnreadableSource(f"{path.name} has more than {MAX_PEOPLE:,} people; screen them in several files")
    if not people:
        raise UnreadableSource(f"{path.name} has a header but no people under it")
    return tuple(people.values())


def _rows(name: str, text: str) -> list[tuple[int, list[str]]]:
    """The row number in the file and the cells of every row that is not empty."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    head = plain.lstrip("\n").split("\n", 1)[0]
    reader = csv.reader(io.StringIO(plain, newline=""), delimiter=max(",;\t", key=head.count), strict=True)
    found: list[tuple[int, list[str]]] = []
    row = 1
    try:
        for cells in reader:
            clean = [nfc(cell.replace("\0", "")).strip() for cell in cells]
            if any(clean):
                found.append((row, clean))
            row = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableSource(f"{name} row {row}: this is not CSV ({error}); a cell that holds the separator or a quote has to be quoted") from error
    return found


def _header(name: str, cells: Sequence[str]) -> list[str]:
    columns = [_ALIASES.get(column, column) for column in (cell.lower().replace(" ", "_") for cell in cells)]
    for column in NEEDED:
        if column not in columns:
            raise UnreadableSource(f"{name} row 1: there is no column '{column}'; a roster for screening has {', '.join((*NEEDED, *OPTIONAL))}")
    for number, column in enumerate(columns):
        if column in (*NEEDED, *OPTIONAL) and column in columns[:number]:
            raise UnreadableSource(f"{name} row 1: the column '{column}' stands twice; keep one")
    return columns


def _filled(name: str, row: int, columns: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    if len(cells) > len(columns) and any(cells[len(columns) :]):
        raise UnreadableSource(f"{name} row {row}: {len(cells)} values for {len(columns)} columns; quote a cell that holds the separator")
    return {column: cell for column, cell in zip(columns, cells, strict=False) if cell}


def _person(name: str, row: int, cells: dict[str, str], resolve_country: Callable[[str], str]) -> Sought:
    for column in NEEDED:
        if not cells.get(column):
            raise UnreadableSource(f"{name} row {row}, {column}: is empty; every person needs an id and a name")
    names = (cells["name"], *_several(cells.get("other_names", "")))
    longest = max((*names, *_several(cells.get("affiliations", ""))), key=len)
    if len(longest) > MAX_NAME:
        raise UnreadableSource(f"{name} row {row}: '{shown(longest)}' has {len(longest):,} characters; a name has at most {MAX_NAME}")
    countries: list[str] = []
    for text in _several(cells.get("nationality", "")):
        try:
            countries.append(resolve_country(text))
        except ValueError as error:
            raise UnreadableSource(f"{name} row {row}, nationality: {error}") from error
    birth = cells.get("birth_date")
    return Sought(
        id=cells["id"],
        names=tuple(dict.fromkeys(names)),
        birth=_birth(name, row, birth) if birth else None,
        nationalities=tuple(dict.fromkeys(countries)),
        affiliations=_several(cells.get("affiliations", "")),
    )


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _birth(name: str, row: int, text: str) -> BirthRange:
    """A day, month or year, in the digits of any script."""
    matched = _DATE.fullmatch(text)
    if matched:
        year, month, day = (int(part) if part else 0 for part in matched.groups())
        try:
            last_month = month or 12
            last = date(year, last_month, day or calendar.monthrange(year, last_month)[1])
            return BirthRange(date(year, month or 1, day or 1), last)
        except ValueError:
            pass
    raise UnreadableSource(f"{name} row {row}, birth_date: should be YYYY, YYYY-MM or YYYY-MM-DD, not '{shown(text)}'")
