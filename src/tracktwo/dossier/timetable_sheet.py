"""A programme as a workbook: `programme.xlsx`, with one sheet of items, one of who is where, and one of what it does at a price."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter

from tracktwo.dossier.figures.svg import clean
from tracktwo.dossier.language import Voice
from tracktwo.dossier.spreadsheet import fitting
from tracktwo.dossier.zipped import settled
from tracktwo.model.timetable import Timetable

Line = Sequence[str | int | date]


def timetable_xlsx(plan: Timetable, voice: Voice, as_of: date) -> bytes:
    """The workbook; the same input gives the same bytes. Dates and numbers are values, words are never formulas."""
    stream = io.BytesIO()
    # In memory: the library would else lay sheets in clear into temporary files.
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    created = datetime(as_of.year, as_of.month, as_of.day)  # noqa: DTZ001 - the format knows no zones
    book.set_properties({"title": clean(plan.title), "author": "", "company": "", "created": created})
    formats = {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "head": book.add_format({"bold": True, "bottom": 1}),
        "words": book.add_format({"valign": "top", "text_wrap": True}),
        "date": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"}),
    }
    title = f"{plan.title} (fictional)" if plan.fictional else plan.title
    for name, head, lines in _sheets(plan):
        _write(book.add_worksheet(name), voice.direction == "rtl", title, head, list(lines), formats)
    book.close()
    return settled(stream.getvalue())


def _sheets(plan: Timetable) -> Iterator[tuple[str, Sequence[str], Iterator[Line]]]:
    yield "Programme", "Day Date Start End Zone Room Kind Stage Item Who Serving Host Moved".split(), _items(plan)
    yield "People", ("Person", "Day", "Date", "Start", "End", "Room", "Item"), _people(plan)
    yield "At a price", ("What", "Items", "In words"), ((clash.code, ", ".join(clash.items), clash.sentence) for clash in plan.clashes)


def _items(plan: Timetable) -> Iterator[Line]:
    for item in plan.items:
        words = (item.kind, item.stage or "", item.title, ", ".join(item.who), ", ".join(item.serving), item.host or "")
        yield item.day, item.date, item.start, item.end, item.zone, item.room or "", *words, item.sequence


def _people(plan: Timetable) -> Iterator[Line]:
    for code in sorted({code for item in plan.items for code in item.who}):
        for item in plan.seen_by(code):
            yield code, item.day, item.date, item.start, item.end, item.room or "", item.title


def _write(page: Any, right_to_left: bool, title: str, head: Sequence[str], lines: Sequence[Line], formats: dict[str, Any]) -> None:
    if right_to_left:
        page.right_to_left()
    page.set_paper(9)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.write_string(0, 0, fitting(title), formats["title"])
    for column, word in enumerate(head):
        page.write_string(2, column, word, formats["head"])
        longest = max([len(word), *(len(str(line[column])) for line in lines)])
        page.set_column(column, column, min(longest + 2, 50))
    for row, line in enumerate(lines, 3):
        for column, value in enumerate(line):
            if isinstance(value, date):
                page.write_datetime(row, column, datetime.combine(value, datetime.min.time()), formats["date"])
            elif isinstance(value, int):
                page.write_number(row, column, value, formats["words"])
            else:
                page.write_string(row, column, fitting(value), formats["words"])
    page.freeze_panes(3, 0)
    page.repeat_rows(2)
