"""Dates of birth as lists write them: a day, a month, a year, several years, with or without circa."""

from __future__ import annotations

import calendar
import re
from datetime import date

from tracktwo.model.listing import BirthRange

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DOUBT = r"circa|approximately|approx\.?|about|(?:on or )?around|ca?\.|possibly|probably|presumed"
_CIRCA = re.compile(rf"^\(?(?:{_DOUBT})\)?\s*|\s*\(?(?:{_DOUBT})\s*\)?$", re.IGNORECASE)
_SPAN = re.compile(r"^(?:between\s+)?(.+?)(?:\s+(?:to|and)\s+|\s*[–—]\s*|(?<=\d{4})[-/](?=\d{4}$))(.+)$", re.IGNORECASE)
_FORMS = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[T ]\d\d:.*)?"),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})"),
    re.compile(r"(?P<day>\d{1,2}|dd)[/.](?P<month>\d{1,2}|mm)[/.](?P<year>\d{4})", re.IGNORECASE),
    re.compile(r"(?:(?P<day>\d{1,2})\s+)?(?P<named>[A-Za-z]{3,9})\.?,?\s+(?P<year>\d{4})"),
    re.compile(r"(?P<year>\d{4})"),
)
"""With the year first; with dots or slashes and the day first, where `dd/mm/1970` knows the year alone; with the month as a word."""


def years(first: int, last: int, *, circa: bool = False) -> BirthRange | None:
    """Return the range of whole years; None where they are out of order or on no calendar."""
    if not 1 <= first <= last <= 9999:
        return None
    return BirthRange(date(first, 1, 1), date(last, 12, 31), circa)


def birth(text: str, *, circa: bool = False) -> BirthRange | None:
    """Return what one statement says; None where it is none of the forms that lists use, or lies on no calendar."""
    written = " ".join(text.split()).rstrip(".")
    plain = _CIRCA.sub("", written)
    circa, written = circa or plain != written, plain
    single = _single(written, circa)
    if single is not None:
        return single
    span = _SPAN.match(written)
    if span is None:
        return None
    first, last = _single(span[1], circa), _single(span[2], circa)
    return BirthRange(first.first, last.last, circa) if first and last and first.first <= last.last else None


def births_in(text: str) -> tuple[BirthRange | None, ...]:
    """Return the statements of a field that holds several: divided by semicolons or `or`, or enumerated as (a), (b); None for an unreadable one."""
    found: list[BirthRange | None] = []
    for item in items(text):
        whole = birth(item)
        parts = [item] if whole else re.split(r"\s+or\s+|,\s*", item)
        found += [whole] if whole else [birth(part) for part in parts if part.strip()]
    return tuple(found)


def items(text: str) -> list[str]:
    """Return the items of an enumeration such as `(a) Syria; (b) Iraq`, or the pieces between semicolons."""
    plain = text.strip().strip('"')
    pieces = re.split(r"[;,]?\s*(?:^|(?<=[\s;,(]))\(?[a-z]\)\s*", plain) if re.search(r"(?:^|[\s;,])\(?[a-z]\)\s", plain) else plain.split(";")
    return [piece.strip(' ;"') for piece in pieces if piece.strip(' ;"')]


def _single(written: str, circa: bool) -> BirthRange | None:
    for form in _FORMS:
        found = form.fullmatch(written)
        if found:
            parts = found.groupdict()
            named = parts.get("named")
            if named is not None and named[:3].casefold() not in _MONTHS:
                return None
            month = str(_MONTHS.index(named[:3].casefold()) + 1) if named else parts.get("month")
            return _range(parts["year"], month, parts.get("day"), circa)
    return None


def _range(year: str, month: str | None, day: str | None, circa: bool) -> BirthRange | None:
    """The range of a date whose parts may be unknown: absent, or written with letters or zeros."""
    number = int(year)
    try:
        if not month or not month.isdecimal() or int(month) == 0:
            return years(number, number, circa=circa)
        if not day or not day.isdecimal() or int(day) == 0:
            last = calendar.monthrange(number, int(month))[1]
            return BirthRange(date(number, int(month), 1), date(number, int(month), last), circa)
        exact = date(number, int(month), int(day))
    except (ValueError, IndexError):  # calendar raises its own error, which is one of these
        return None
    return BirthRange(exact, exact, circa)
