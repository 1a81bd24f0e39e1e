"""Reader of the files of breakout rooms: people, pairs that must not meet, interpreters, facilitators, pins, absences, and an earlier plan.

Tables are CSV in UTF-8, plain or .gz, with a header; a cell that holds several values separates them by semicolons. Rounds and rooms count from 1
there, as people count them, and from 0 in what is returned.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tracktwo.model.base import nfc
from tracktwo.model.seating import Helper, Pair, Pin, Round, Seat, pair
from tracktwo.model.vocabulary import LEVELS_OF_LANGUAGE as LEVELS
from tracktwo.sources.reasons import shown
from tracktwo.sources.table import UnreadableSource, open_text

MAX_CHARACTERS = 4 * 1024 * 1024
MAX_PEOPLE = 500
"""People that one plan can seat: beyond that a search of seconds would try next to nothing."""
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_YES, _NO = ("yes", "true", "1", "x"), ("", "no", "false", "0")


@dataclass(frozen=True)
class Row:
    """One row of a table: where it stands, and its cells by the names of the columns as `plain` writes them."""

    at: str
    cells: Mapping[str, str]

    def wrong(self, column: str, what: str) -> UnreadableSource:
        """An error with file, row and column."""
        return UnreadableSource(f"{self.at}, {column}: {what}")


@dataclass(frozen=True)
class Sheet:
    """A table that has been read: its file, columns, and rows that are not empty."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def needs(self, column: str, what: str) -> str:
        """The column as the table has it. Raises UnreadableSource with what it would be for."""
        if plain(column) not in self.columns:
            there = ", ".join(self.columns)
            raise UnreadableSource(f"{self.name} row 1: there is no column '{shown(column)}' {what}; the columns are {shown(there)}")
        return plain(column)


def plain(column: str) -> str:
    """The name of a column without case and with _ for spaces."""
    return nfc(column).strip().lower().replace(" ", "_")


def read_sheet(path: Path, what: str) -> Sheet:
    """Read a table; `what` its rows are, for errors. Raises UnreadableSource."""
    with open_text(path) as file:
        if file.encoding == "cp1252":
            raise UnreadableSource(f"{path.name} is not UTF-8, so that ids would be read wrongly; export it as 'CSV UTF-8'")
        try:
            text = file.read(MAX_CHARACTERS + 1)
        except (OSError, EOFError, UnicodeError) as error:
            raise UnreadableSource(f"{path.name} is damaged or cut off ({error}); save it again as CSV") from error
    if len(text) > MAX_CHARACTERS:
        raise UnreadableSource(f"{path.name} has more than {MAX_CHARACTERS:,} characters, the most that such a table may have")
    rows = list(_cells(path.name, text))
    if not rows:
        raise UnreadableSource(f"{path.name} is empty: it needs a header row, and under it one row for each of the {what}")
    columns = tuple(map(plain, rows[0][1]))
    for number, column in enumerate(columns):
        if column and column in columns[:number]:
            raise UnreadableSource(f"{path.name} row {rows[0][0]}: the column '{shown(column)}' stands twice; keep one")
    found = []
    for number, cells in rows[1:]:
        if any(cells[len(columns) :]):
            raise UnreadableSource(f"{path.name} row {number}: {len(cells)} values for {len(columns)} columns; quote a cell that holds the separator")
        filled = [*cells, *[""] * len(columns)]
        found.append(Row(f"{path.name} row {number}", dict(zip(columns, filled, strict=False))))
    return Sheet(path.name, columns, tuple(found))


def _cells(name: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """The row number in the file and the cells of every row that is not empty."""
    clean = text.replace("\r\n", "\n").replace("\r", "\n")
    head = clean.lstrip("\n").split("\n", 1)[0]
    reader = csv.reader(io.StringIO(clean, newline=""), delimiter=max(",;\t", key=head.count), strict=True)
    row = 1
    try:
        for cells in reader:
            found = [nfc(cell.replace("\0", "")).strip() for cell in cells]
            if any(found):
                yield row, found
            row = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableSource(f"{name} row {row}: this is not CSV ({error}); a cell that holds the separator or a quote has to be quoted") from error


def read_people(
    path: Path,
    *,
    balance: Sequence[str] = (),
    languages: str | None = None,
    facilitates: str | None = None,
    away: Mapping[str, Set[int]] | None = None,
) -> tuple[Seat, ...]:
    """Read who takes part. Raises UnreadableSource.

    `balance` are columns that need a value in every row; `languages` is the column of languages, 'languages' if it is there and none is named;
    `facilitates` a column that says yes for who can facilitate; `away` the rounds in which somebody is not there, as `read_away` gives them. Without
    a column `id` people are known by the numbers of their rows, from 0. A column `side` says for which side's acceptance a person counts.
    """
    sheet = read_sheet(path, "people")
    if not sheet.rows:
        raise UnreadableSource(f"{path.name} has a header but no people under it")
    if len(sheet.rows) > MAX_PEOPLE:
        raise UnreadableSource(f"{path.name} has {len(sheet.rows):,} people; a plan seats at most {MAX_PEOPLE}")
    columns = {column: sheet.needs(column, "to balance") for column in balance}
    spoken = sheet.needs(languages, "of languages") if languages else "languages" if "languages" in sheet.columns else None
    leading = sheet.needs(facilitates, "of facilitators") if facilitates else None
    keys = _keys(sheet)
    known = spoken is not None and any(row.cells[spoken] for row in sheet.rows)
    people = []
    for key, row in zip(keys, sheet.rows, strict=True):
        for column in columns.values():
            if not row.cells[column]:
                raise row.wrong(column, "is empty; a column that is balanced needs a value for everybody")
        if known and spoken and not row.cells[spoken]:
            raise row.wrong(spoken, "is empty; where the languages of some are known, everybody needs at least one, such as en or ar:C1;en:B2")
        people.append(
            Seat(
                key=key,
                languages=_languages(row, spoken) if spoken else {},
                values={column: row.cells[name] for column, name in columns.items()},
                side=row.cells.get("side") or None,
                facilitates=leading is not None and _yes(row, leading),
                away=frozenset((away or {}).get(key, ())),
            )
        )
    for key in away or {}:
        if key not in keys:
            raise UnreadableSource(f"'{shown(key)}' is away but does not stand in {path.name}")
    return tuple(people)


def read_ids(path: Path) -> tuple[str, ...]:
    """The ids of the people of a table, as `read_people` gives them. Raises UnreadableSource."""
    return _keys(read_sheet(path, "people"))


def _keys(sheet: Sheet) -> tuple[str, ...]:
    if "id" not in sheet.columns:
        return tuple(str(number) for number in range(len(sheet.rows)))
    found: dict[str, Row] = {}
    for row in sheet.rows:
        key = row.cells["id"]
        if not key:
            raise row.wrong("id", "is empty; everybody needs an id")
        if key in found:
            raise row.wrong("id", f"'{shown(key)}' stands twice; give everybody an id of their own")
        found[key] = row
    return tuple(found)


def _languages(row: Row, column: str) -> dict[str, str | None]:
    """`en;fr` or `ar:C1; en:B2`; a language without a level is mastered."""
    found: dict[str, str | None] = {}
    for part in _several(row.cells[column]):
        tag, colon, written = (piece.strip() for piece in part.partition(":"))
        level = next((level for level in LEVELS if level.lower() == written.lower()), None)
        if not _TAG.fullmatch(tag) or bool(colon) != (level is not None):
            raise row.wrong(column, f"should be languages such as en;fr or ar:C1;en:B2, with levels {', '.join(LEVELS)}, not '{shown(part)}'")
        found[tag.lower()] = level
    return found


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _yes(row: Row, column: str) -> bool:
    text = row.cells[column].lower()
    if text not in (*_YES, *_NO):
        raise row.wrong(column, f"should be yes or no, not '{shown(row.cells[column])}'")
    return text in _YES


def read_apart(path: Path, people: Sequence[str]) -> frozenset[Pair]:
    """Read the pairs that must not meet, from the columns `a` and `b`. Raises UnreadableSource."""
    sheet = read_sheet(path, "pairs that must not meet")
    for column in ("a", "b"):
        sheet.needs(column, "for one of the two who must not meet")
    found = set()
    for row in sheet.rows:
        for column in ("a", "b"):
            _known(row, column, people)
        if row.cells["a"] == row.cells["b"]:
            raise row.wrong("b", f"'{shown(row.cells['b'])}' cannot be kept from himself; name the other one")
        found.add(pair(row.cells["a"], row.cells["b"]))
    return frozenset(found)


def _known(row: Row, column: str, people: Sequence[str]) -> str:
    key = row.cells[column]
    if key not in people:
        raise row.wrong(column, f"'{shown(key)}' is the id of nobody who takes part" if key else "is empty; it needs the id of somebody")
    return key


def read_helpers(path: Path, what: str, sides: Set[str]) -> tuple[Helper, ...]:
    """Read interpreters or facilitators: `id`, `languages`, and if there are any `accepted_by` and `refused_by` with sides.

    Where there is a column `accepted_by`, a helper is for the sides alone that it names. `sides` are those of the people: a refusal by a side of
    another spelling would be none. Raises UnreadableSource.
    """
    sheet = read_sheet(path, what)
    for column in ("id", "languages"):
        sheet.needs(column, f"of the {what}")
    for row in sheet.rows:
        if not row.cells["languages"]:
            raise row.wrong("languages", "is empty; it needs at least one language, such as ar;fr or ar:C1;fr:native")
        for column in ("accepted_by", "refused_by"):
            for side in _several(row.cells.get(column, "")):
                if side not in sides:
                    there = f"the sides are {', '.join(sorted(sides))}" if sides else "the table of people has no column 'side'"
                    raise row.wrong(column, f"'{shown(side)}' is the side of nobody who takes part; {there}")
    asked = "accepted_by" in sheet.columns
    return tuple(
        Helper(
            key,
            _languages(row, "languages"),
            frozenset(_several(row.cells["accepted_by"])) if asked else None,
            frozenset(_several(row.cells.get("refused_by", ""))),
        )
        for key, row in zip(_keys(sheet), sheet.rows, strict=True)
    )


def read_pins(path: Path, people: Sequence[str], rounds: int, rooms: int) -> tuple[Pin, ...]:
    """Read who has to sit where, from `id`, `round` and `room`; an empty round means every round. Raises UnreadableSource."""
    sheet = read_sheet(path, "pins")
    for column in ("id", "round", "room"):
        sheet.needs(column, "of who has to sit where")
    found: dict[tuple[str, int], Pin] = {}
    for row in sheet.rows:
        key, room = _known(row, "id", people), _number(row, "room", rooms)
        for number in [_number(row, "round", rounds)] if row.cells["round"] else range(rounds):
            if (key, number) in found:
                raise row.wrong("id", f"'{shown(key)}' is pinned twice in round {number + 1}; keep one room")
            found[key, number] = Pin(key, number, room)
    return tuple(found.values())


def read_away(path: Path, people: Sequence[str], rounds: int) -> dict[str, set[int]]:
    """Read who is not there, from `id`, `from` and `to`, first and last round missed; empty is the first or the last there is.

    Raises UnreadableSource.
    """
    sheet = read_sheet(path, "absences")
    for column in ("id", "from", "to"):
        sheet.needs(column, "of who is away")
    found: dict[str, set[int]] = {}
    for row in sheet.rows:
        first = _number(row, "from", rounds) if row.cells["from"] else 0
        last = _number(row, "to", rounds) if row.cells["to"] else rounds - 1
        if last < first:
            raise row.wrong("to", f"should be round {first + 1} or later, not {last + 1}")
        found.setdefault(_known(row, "id", people), set()).update(range(first, last + 1))
    return found


def _number(row: Row, column: str, most: int) -> int:
    """A number that counts from 1, as one that counts from 0."""
    text = row.cells[column]
    if not (text.isdecimal() and len(text) < 10 and 1 <= int(text) <= most):
        raise row.wrong(column, f"should be a number from 1 to {most}, not '{shown(text)}'")
    return int(text) - 1


def read_plan(path: Path) -> tuple[Round, ...]:
    """Read the rounds of a plan that `tracktwo rooms --json` printed. Raises UnreadableSource."""
    with open_text(path) as file:
        try:
            told: Any = json.loads(file.read(MAX_CHARACTERS))
        except (ValueError, OSError, EOFError, RecursionError) as error:
            raise UnreadableSource(f"{path.name} is no JSON ({error}); give a file that 'tracktwo rooms --json' printed") from error
    if not isinstance(told, dict) or told.get("format") != "rooms/1":
        raise UnreadableSource(f"{path.name} is no plan of format rooms/1; give a file that 'tracktwo rooms --json' printed")
    rooms = told.get("rounds")
    if not _nested(rooms, str, 3) or not rooms:
        raise UnreadableSource(f"{path.name}, rounds: should be a list of rounds, each a list of rooms, each a list of ids")
    counts = [len(round_) for round_ in rooms]
    interpreters = told.get("interpreters", [[None] * count for count in counts])
    facilitators = told.get("facilitators", [[[] for _ in range(count)] for count in counts])
    for name, value, wanted, depth in (("interpreters", interpreters, (str, type(None)), 2), ("facilitators", facilitators, str, 3)):
        if not _nested(value, wanted, depth) or [len(round_) for round_ in value] != counts:
            raise UnreadableSource(f"{path.name}, {name}: should have as many rounds and rooms as 'rounds'")
    return tuple(
        Round(tuple(map(tuple, seated)), tuple(between), tuple(map(tuple, leading)))
        for seated, between, leading in zip(rooms, interpreters, facilitators, strict=True)
    )


def _nested(value: Any, of: type | tuple[type, ...], depth: int) -> bool:
    """Whether a value is lists in lists, so many deep, of values of a type."""
    if depth == 0:
        return isinstance(value, of)
    return isinstance(value, list) and all(_nested(one, of, depth - 1) for one in value)
