"""Days as publishers and spreadsheets write them: with the year first, with slashes or dots, or with the month as a word."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Literal

Order = Literal["month first", "day first"]

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?", re.DOTALL)
_NUMBERS = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?:[T ].*)?", re.DOTALL)
_WORDS = re.compile(r"(\d{1,2})\s+([A-Za-z]{3,9})\.?\s+(\d{4})\b.*", re.DOTALL)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def order_of(texts: Iterable[str], usual: Order) -> Order | None:
    """Return whether the month or the day comes first in dates such as 05/02/2014, from those that leave no doubt (a number above 12).

    Without such a date it is the publisher's `usual` order; None where some dates show the one and some the other.
    """
    found: set[Order] = set()
    for text in texts:
        matched = _NUMBERS.fullmatch(text.strip())
        if matched and int(matched[1]) > 12:
            found.add("day first")
        if matched and int(matched[2]) > 12:
            found.add("month first")
    return usual if not found else found.pop() if len(found) == 1 else None


def read_day(text: str, order: Order) -> date | None:
    """Return the day that is written in one of the three ways; None where it is no day of the calendar."""
    written = text.replace("\xa0", " ").strip()
    if iso := _ISO.fullmatch(written):
        return _date(int(iso[1]), int(iso[2]), int(iso[3]))
    if numbers := _NUMBERS.fullmatch(written):
        one, two, year = int(numbers[1]), int(numbers[2]), int(numbers[3])
        return _date(year, one, two) if order == "month first" else _date(year, two, one)
    words = _WORDS.fullmatch(written)
    if words and words[2][:3].casefold() in _MONTHS:
        return _date(int(words[3]), _MONTHS.index(words[2][:3].casefold()) + 1, int(words[1]))
    return None


def partial_date(year: str, month: str, day: str) -> str | None:
    """Return YYYY, YYYY-MM or YYYY-MM-DD from three fields, as far as they are known and lie on the calendar; None without a year.

    Numbers may be written 12.0. A month or a day that no calendar has is left out, so that less is said and nothing is invented.
    """
    numbers = [_whole(field) for field in (year, month, day)]
    if numbers[0] is None or not 1900 <= numbers[0] <= 2199:
        return None
    if numbers[1] is None or not 1 <= numbers[1] <= 12:
        return f"{numbers[0]:04}"
    if numbers[2] is None or _date(numbers[0], numbers[1], numbers[2]) is None:
        return f"{numbers[0]:04}-{numbers[1]:02}"
    return f"{numbers[0]:04}-{numbers[1]:02}-{numbers[2]:02}"


def _whole(text: str) -> int | None:
    plain = text.strip().removesuffix(".0")
    return int(plain) if re.fullmatch(r"[0-9]{1,6}", plain) else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
