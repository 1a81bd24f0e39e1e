"""A georeferenced event file as people hold it: any release, any column order, any date layout, split by country for quick reading."""

from __future__ import annotations

import csv
import gzip
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Literal, TextIO

from tracktwo.sources.table import UnreadableSource, header_of, read_records
from tracktwo.sources.ucdp import EVENT_COLUMNS, StateNumber

Order = Literal["month first", "day first"]

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(.*)")
_SOURCE_DAYS = 14
"""An event is reported within about this many days; the order of day and month that puts more events so near their reports is the right one."""
_NEEDED_LEAD = 2.0
"""The better order must explain at least this many times as many events as the other, or neither is taken."""
_DATE_COLUMNS = ("date_start", "source_date")


@dataclass(frozen=True)
class EventFile:
    """What a GED file holds: events by country (alpha-3), the first and the last day, and how many rows speak of no present country."""

    countries: tuple[str, ...]
    rows: int
    first_day: date
    last_day: date


def split_events(path: Path, folder: Path, state: StateNumber) -> EventFile:
    """Write one compressed table for each country into `folder`, with the needed columns and dates as YYYY-MM-DD. Raises UnreadableSource.

    The tables are held compressed in memory until all is read, so a file that turns out to be damaged leaves nothing behind.
    """
    orders = date_orders(path)
    writers: dict[str, _Writer] = {}
    first = last = None
    rows = 0
    place_start, place_end, place_country = (EVENT_COLUMNS.index(name) for name in ("date_start", "date_end", "country_id"))
    for line, values in read_records(path, EVENT_COLUMNS):
        rows += 1
        began, ended = (_day(values[place], orders, path, line) for place in (place_start, place_end))
        values[place_start], values[place_end] = began.isoformat(), ended.isoformat()
        first = began if first is None else min(first, began)
        last = began if last is None else max(last, began)
        country = state(_number(values[place_country], path, line))
        if country is not None:
            writers.setdefault(country, _Writer()).write(values)
    if first is None or last is None:
        raise UnreadableSource(f"{path.name} holds no event; download it anew")
    folder.mkdir(parents=True, exist_ok=True)
    for country, writer in writers.items():
        (folder / f"{country}.csv.gz").write_bytes(writer.close())
    return EventFile(tuple(sorted(writers)), rows, first, last)


def date_orders(path: Path) -> dict[str, Order]:
    """Return for each layout of slashed dates in the file (digits as 9) whether the month or the day comes first. Raises UnreadableSource.

    Files saved again by a spreadsheet hold dates such as 05/02/2014. The layout is decided by the rows whose date is out of doubt (a field
    above 12), else by the reports: `source_date` lies within 14 days of an event far more often under the right order.
    """
    near: Counter[tuple[str, Order]] = Counter()
    certain: Counter[tuple[str, Order]] = Counter()
    layouts: set[str] = set()
    columns = _DATE_COLUMNS if "source_date" in header_of(path) else ("date_start", "date_start")
    for _line, (written, reported) in read_records(path, columns):
        matched = _SLASHED.fullmatch(written.strip()) if "/" in written else None
        if matched is None:
            continue
        layout = _layout(matched[4])
        layouts.add(layout)
        for order in _ORDERS:
            day = _ordered(matched, order)
            other = _ordered(matched, _OTHER[order])
            if day is not None and other is None:
                certain[layout, order] += 1
            if day is not None and any(abs(day - report) <= timedelta(_SOURCE_DAYS) for report in _reports(reported)):
                near[layout, order] += 1
    return {layout: _decided(layout, certain, near, path) for layout in sorted(layouts)}


_ORDERS: tuple[Order, Order] = ("month first", "day first")
_OTHER: dict[Order, Order] = {"month first": "day first", "day first": "month first"}


def _decided(layout: str, certain: Counter[tuple[str, Order]], near: Counter[tuple[str, Order]], path: Path) -> Order:
    for counts in (certain, near):
        best = max(_ORDERS, key=lambda order: counts[layout, order])
        if counts[layout, best] > _NEEDED_LEAD * counts[layout, _OTHER[best]]:
            return best
    raise UnreadableSource(
        f"{path.name}: dates such as 05/02/2014 can be read with the day or the month first, and the file does not tell which; "
        "download it anew from UCDP, where dates are written 2014-05-02"
    )


def _layout(rest: str) -> str:
    return re.sub(r"\d+", "9", rest.strip())


def _reports(text: str) -> Iterator[date]:
    """Yield the dates of reports that cannot be misread: those written with the year first."""
    for year, month, day in re.findall(r"(\d{4})-(\d{2})-(\d{2})", text):
        found = _date(int(year), int(month), int(day))
        if found is not None:
            yield found


def _ordered(matched: re.Match[str], order: Order) -> date | None:
    one, two, year = int(matched[1]), int(matched[2]), int(matched[3])
    return _date(year, one, two) if order == "month first" else _date(year, two, one)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day(text: str, orders: dict[str, Order], path: Path, line: int) -> date:
    written = text.strip()
    iso = _ISO.fullmatch(written)
    found = _date(int(iso[1]), int(iso[2]), int(iso[3])) if iso else None
    slashed = _SLASHED.fullmatch(written)
    if slashed:
        found = _ordered(slashed, orders.get(_layout(slashed[4]), "month first"))
    if found is None:
        raise UnreadableSource(f"{path.name}, line {line}: '{text}' should be a date such as 2024-12-31")
    return found


def _number(text: str, path: Path, line: int) -> int:
    try:
        return int(float(text))
    except ValueError:
        raise UnreadableSource(f"{path.name}, line {line}: country_id should be a Gleditsch–Ward number, not '{text}'") from None


class _Writer:
    """A compressed table that grows in memory."""

    def __init__(self) -> None:
        self._bytes = io.BytesIO()
        self._text: TextIO = io.TextIOWrapper(gzip.GzipFile(fileobj=self._bytes, mode="wb", mtime=0, filename=""), encoding="utf-8", newline="")
        self._rows = csv.writer(self._text, lineterminator="\n")
        self._rows.writerow(EVENT_COLUMNS)

    @property
    def write(self) -> Callable[[list[str]], object]:
        return self._rows.writerow

    def close(self) -> bytes:
        self._text.close()
        return self._bytes.getvalue()
