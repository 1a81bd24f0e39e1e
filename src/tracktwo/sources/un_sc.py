"""Reader of what the United Nations publish on the resolutions of the Security Council: symbol, date, agenda item, votes, subjects."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tracktwo.model.world import Provenance, Resolution
from tracktwo.sources.dates import read_day
from tracktwo.sources.row import Row
from tracktwo.sources.table import Table, UnreadableSource, open_text

RESOLUTION_COLUMNS = ("symbol", "adopted", "agenda_item", "in_favour", "against", "abstaining", "chapter_vii", "subjects")
"""The table that ships with tracktwo, made from the publisher's lines by `reduced`."""
_FIELDS = ("symbol", "adoption_date", "agenda_item_name", "MS_in_favour_count", "MS_against_count", "MS_abstaining_count", "chapter_VII", "subjects")
_THESAURUS = "UNBIS Thesaurus"
_LONGEST_NAME = 8
"""No country name in an agenda item has more words than `United Kingdom of Great Britain and Northern Ireland`."""
_BY_LETTER = re.compile(r"(identical )?letters? dated", re.IGNORECASE)
"""An agenda item of this kind names who wrote, which need not be the country that it is about."""

Named = Callable[[str], str | None]
"""From an exact English name to alpha-3, as `Countries.named` answers it."""


@dataclass(frozen=True)
class Resolutions:
    """The resolutions of one table, read when they are first asked for. All methods may raise UnreadableSource."""

    table: Table
    named: Named

    @property
    def source(self) -> Provenance:
        return self.table.provenance

    @functools.cached_property
    def all(self) -> tuple[Resolution, ...]:
        """Each resolution once, oldest first."""
        countries: dict[str, tuple[str, ...]] = {}
        found = []
        for one in once(_rows(self.table)):
            if one.agenda_item not in countries:
                countries[one.agenda_item] = countries_in(one.agenda_item, self.named)
            about = countries[one.agenda_item]
            if about and _BY_LETTER.match(one.agenda_item):
                headings = {self.named(subject) for subject in one.subjects}
                about = tuple(country for country in about if country in headings)
            found.append(replace(one, countries=about))
        return tuple(found)

    @functools.cached_property
    def lines(self) -> int:
        """How many lines the table has, doubled ones included."""
        return sum(1 for _ in _rows(self.table))

    def of_countries(self, countries: set[str]) -> tuple[Resolution, ...]:
        """Return the resolutions whose agenda item names one of these countries (alpha-3), oldest first.

        Where the item is a letter, a country counts only if the subject headings name it too.
        """
        return tuple(one for one in self.all if not countries.isdisjoint(one.countries))


def is_lines(path_text: str) -> bool:
    """True where the first line of a file is an entry of the publisher's list."""
    try:
        entry = json.loads(path_text)
    except (ValueError, RecursionError):
        return False
    return isinstance(entry, dict) and {"symbol", "adoption_date"} <= set(entry)


def once(rows: Iterator[Resolution]) -> tuple[Resolution, ...]:
    """Return each symbol once, oldest first: of doubled lines the one that says more."""
    found: dict[str, Resolution] = {}
    for row in rows:
        if row.symbol not in found or _says(row) > _says(found[row.symbol]):
            found[row.symbol] = row
    return tuple(sorted(found.values(), key=lambda one: (one.adopted, one.symbol)))


def countries_in(agenda_item: str, named: Named) -> tuple[str, ...]:
    """Return the countries whose names stand in an agenda item; of names within names the longest (South Sudan is not Sudan)."""
    words = re.findall(r"[\w’'.-]+", agenda_item)
    found: list[str] = []
    start = 0
    while start < len(words):
        for end in range(min(len(words), start + _LONGEST_NAME), start, -1):
            name = " ".join(words[start:end])
            country = named(name.rstrip(".")) if name[0].isupper() and len(name) > 3 else None
            if country is not None:
                found.append(country)
                start = end - 1
                break
        start += 1
    return tuple(dict.fromkeys(found))


def reduced(resolutions: tuple[Resolution, ...]) -> Iterator[list[str]]:
    """Yield the rows of the reduced table, in the order of `RESOLUTION_COLUMNS`."""
    for one in resolutions:
        votes = ["" if count is None else str(count) for count in (one.in_favour, one.against, one.abstaining)]
        yield [one.symbol, one.adopted.isoformat(), one.agenda_item, *votes, "yes" if one.chapter_vii else "", ";".join(one.subjects)]


def _says(row: Resolution) -> int:
    return bool(row.agenda_item) + (row.in_favour is not None)


def _rows(table: Table) -> Iterator[Resolution]:
    with open_text(table.path) as file:
        try:
            lines = file.read(1) == "{"
        except UnicodeError as error:
            raise UnreadableSource(f"{table.path.name} is not readable as text ({error}); download it anew") from error
    empty = True
    for row, subjects in _from_lines(table) if lines else _from_table(table):
        empty = False
        yield _resolution(row, subjects)
    if empty:
        raise UnreadableSource(f"{table.path.name} holds no resolution; download it anew")


def _from_table(table: Table) -> Iterator[tuple[Row, tuple[str, ...]]]:
    for line, values in table.records(RESOLUTION_COLUMNS):
        yield Row(table.path.name, line, _FIELDS, values), tuple(subject for subject in values[-1].split(";") if subject)


def _from_lines(table: Table) -> Iterator[tuple[Row, tuple[str, ...]]]:
    with open_text(table.path) as file:
        number = 0
        try:
            for number, text in enumerate(file, start=1):
                if text.strip():
                    entry = _entry(text)
                    values = [str(entry.get(name, "")) for name in _FIELDS]
                    yield Row(table.path.name, number, _FIELDS, values), _subjects(entry.get("subjects"))
        except (ValueError, TypeError, RecursionError, EOFError, OSError) as error:
            if isinstance(error, UnreadableSource):
                raise
            place = f"{table.path.name}, line {number}"
            raise UnreadableSource(f"{place}: not one resolution as JSON; the file may be cut off, download it anew") from error


def _entry(text: str) -> Mapping[str, Any]:
    entry = json.loads(text)
    if not isinstance(entry, dict):
        raise TypeError("no object")
    return entry


def _subjects(listed: Any) -> tuple[str, ...]:
    """The headings of the United Nations' thesaurus; those of other lists are left out."""
    pairs = listed if isinstance(listed, list) else []
    headings = (pair[0] for pair in pairs if isinstance(pair, list) and len(pair) == 2 and pair[1] == _THESAURUS)
    return tuple(dict.fromkeys(heading.strip() for heading in headings if isinstance(heading, str) and heading.strip()))


def _resolution(row: Row, subjects: tuple[str, ...]) -> Resolution:
    symbol = re.sub(r"\s*\((\d{4})\)$", r" (\1)", row["symbol"])
    if not re.fullmatch(r"S/RES/\d{1,5} \(\d{4}\)", symbol):
        raise row.wrong("symbol", "the symbol of a resolution, for instance S/RES/2709 (2023)")
    adopted = read_day(row["adoption_date"], "day first")
    if adopted is None:
        raise row.wrong("adoption_date", "a date such as 13 January 2000")
    votes = [_count(row[name]) for name in ("MS_in_favour_count", "MS_against_count", "MS_abstaining_count")]
    if votes[0]:
        votes = [count or 0 for count in votes]
    else:
        votes = [None, None, None]  # no resolution passes without a vote in favour: the source does not know
    item = " ".join(row["agenda_item_name"].split())
    item = item[:-1] if item.endswith(".") else item
    return Resolution(symbol, adopted, item, votes[0], votes[1], votes[2], bool(row["chapter_VII"]), subjects)


def _count(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{1,4}", text) else None
