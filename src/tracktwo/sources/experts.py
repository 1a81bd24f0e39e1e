"""Reader of a roster of people who could be on a third-party team: one a row, with what each does, speaks, knows, and when he can come.

Columns: `id`; and if there are any `roles`, `languages` (`ar:C1; fr:B2`), `competences`, `sides`, `interests`, `accepted_by`, `refused_by`,
`nationalities`, `gender`, `region`, `free` and `engaged` (spans such as `2027-03-01 to 2027-03-31`), `may_be_asked`. Lists are separated by `;`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tracktwo.model.vocabulary import LEVELS_OF_LANGUAGE as LEVELS
from tracktwo.sources.reasons import shown
from tracktwo.sources.sheet import SheetError, read_sheet
from tracktwo.sources.table import UnreadableSource

LISTS = ("roles", "competences", "sides", "interests", "accepted_by", "refused_by")
PLAIN = ("gender", "region")
OTHERS = ("languages", "nationalities", "free", "engaged", "may_be_asked")
_YES, _NO = ("yes", "true", "1"), ("no", "false", "0")

Span = tuple[date, date]


@dataclass(frozen=True)
class ExpertRow:
    """One person of a roster as the file says it; `free` is None where nothing is said."""

    id: str
    lists: dict[str, tuple[str, ...]]
    languages: dict[str, str | None]
    nationalities: tuple[str, ...]
    gender: str | None
    region: str | None
    free: tuple[Span, ...] | None
    engaged: tuple[Span, ...]
    may_be_asked: bool


def read_experts(path: Path, resolve_country: Callable[[str], str]) -> tuple[ExpertRow, ...]:
    """Return the people of a CSV or XLSX file. `resolve_country` gives alpha-3 or raises ValueError with a sentence.

    Raises UnreadableSource with file, row and column.
    """
    try:
        rows = read_sheet(path)
    except SheetError as error:
        raise UnreadableSource(str(error)) from error
    if len(rows) < 2:
        raise UnreadableSource(f"{path.name} needs a header row with 'id', and one row a person")
    columns = [cell.strip().casefold().replace(" ", "_") for cell in rows[0][1]]
    known = ("id", *LISTS, *PLAIN, *OTHERS)
    for number, column in enumerate(columns):
        if column and column not in known:
            raise UnreadableSource(f"{path.name} row 1: '{shown(column)}' is no column of a roster of experts; columns are {', '.join(known)}")
        if column in columns[:number]:
            raise UnreadableSource(f"{path.name} row 1: the column '{shown(column)}' stands twice; keep one")
    if "id" not in columns:
        raise UnreadableSource(f"{path.name} row 1: there is no column 'id'; give each person one, such as R-01")
    people: dict[str, ExpertRow] = {}
    for row, cells in rows[1:]:
        filled = {column: cell.strip() for column, cell in zip(columns, cells, strict=False) if column and cell.strip()}
        one = _Row(f"{path.name} row {row}", filled).person(resolve_country)
        if one.id in people:
            raise UnreadableSource(f"{path.name} row {row}, id: '{shown(one.id)}' stands twice; give each person an id of its own")
        people[one.id] = one
    return tuple(people.values())


@dataclass(frozen=True)
class _Row:
    """The filled cells of one row, and where it stands."""

    where: str
    cells: dict[str, str]

    def person(self, resolve_country: Callable[[str], str]) -> ExpertRow:
        if "id" not in self.cells:
            raise UnreadableSource(f"{self.where}, id: is empty; every person needs an id")
        free = self._spans("free")
        return ExpertRow(
            id=self.cells["id"],
            lists={column: tuple(part.casefold() for part in self._several(column)) for column in LISTS},
            languages=self._languages(),
            nationalities=tuple(self._country(part, resolve_country) for part in self._several("nationalities")),
            gender=self.cells.get("gender"),
            region=self.cells.get("region"),
            free=free or None,
            engaged=self._spans("engaged"),
            may_be_asked=self._asked(),
        )

    def _several(self, column: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in self.cells.get(column, "").split(";") if part.strip())

    def _wrong(self, column: str, right: str, value: str) -> UnreadableSource:
        return UnreadableSource(f"{self.where}, {column}: should be {right}, not '{shown(value)}'")

    def _country(self, text: str, resolve_country: Callable[[str], str]) -> str:
        try:
            return resolve_country(text)
        except ValueError as error:
            raise UnreadableSource(f"{self.where}, nationalities: {error}") from error

    def _languages(self) -> dict[str, str | None]:
        found: dict[str, str | None] = {}
        for part in self._several("languages"):
            tag, _, level = (piece.strip() for piece in part.partition(":"))
            if level and level not in LEVELS:
                raise self._wrong("languages", f"a tag and one of {', '.join(LEVELS)}, such as fr:C1", part)
            found[tag.casefold()] = level or None
        return found

    def _spans(self, column: str) -> tuple[Span, ...]:
        found = []
        for part in self._several(column):
            first, _, last = (piece.strip() for piece in part.partition(" to "))
            try:
                span = date.fromisoformat(first), date.fromisoformat(last or first)
            except ValueError:
                raise self._wrong(column, "spans such as 2027-03-01 to 2027-03-31", part) from None
            if span[1] < span[0]:
                raise UnreadableSource(f"{self.where}, {column}: '{shown(part)}' ends before it begins; exchange the days")
            found.append(span)
        return tuple(found)

    def _asked(self) -> bool:
        said = self.cells.get("may_be_asked", "yes").casefold()
        if said not in (*_YES, *_NO):
            raise self._wrong("may_be_asked", "yes or no", said)
        return said in _YES
