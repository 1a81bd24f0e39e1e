"""The tables of the dossier to compute with: `tables.xlsx`, one sheet for all findings and one for every table and figure."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import xlsxwriter
from xlsxwriter.workbook import Workbook

from tracktwo.dossier.alternative import Cell
from tracktwo.dossier.figures.svg import clean
from tracktwo.dossier.language import Span, Voice
from tracktwo.dossier.reading import Reading, Words
from tracktwo.dossier.remarks import place_in
from tracktwo.dossier.zipped import settled
from tracktwo.model.finding import Evidence, Listing, Message, Param, Term

_LONGEST_CELL = 32_767
_WIDEST = 60
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True)
class _Sheet:
    name: str
    title: Words
    about: Words
    header: tuple[Cell, ...]
    lines: tuple[tuple[Cell, ...], ...]
    sources: tuple[Evidence, ...] = ()


def tables_xlsx(reading: Reading, voice: Voice) -> bytes:
    """`tables.xlsx`; the same input gives the same bytes. Numbers and dates are values, words are never formulas. Raises MissingMessage."""
    released = reading.released
    stream = io.BytesIO()
    # In memory: the library would else lay sheets in clear into temporary files.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book: Workbook = xlsxwriter.Workbook(stream, options)
    day = datetime(released.as_of.year, released.as_of.month, released.as_of.day)  # noqa: DTZ001 - the format knows no zones
    book.set_properties({"title": clean(released.title), "author": "", "company": "", "created": day})
    writer = _Writer(book, voice)
    maker = _Maker(reading, voice)
    for sheet in maker.sheets():
        writer.write(sheet)
    book.close()
    return settled(stream.getvalue())


class _Maker:
    def __init__(self, reading: Reading, voice: Voice) -> None:
        self._reading, self._voice = reading, voice

    def sheets(self) -> Iterable[_Sheet]:
        yield self._findings()
        for exhibit in self._reading.exhibits:
            label = self._page("table" if exhibit.table else "figure", number=exhibit.number)
            words = exhibit.words
            yield _Sheet(_text(label), exhibit.title, words.summary, words.header, words.lines, exhibit.source.evidence)
        yield self._people()
        yield self._sources()

    def _page(self, code: str, **params: Param) -> Words:
        return tuple(self._voice.spans(Message(code=f"interface.page.{code}", params=params)))

    def _cell(self, param: Param | None) -> Cell:
        if param is None:
            return Cell(())
        value = param if isinstance(param, int | date) and not isinstance(param, bool) else None
        return Cell(tuple(self._voice.param(param)), isinstance(value, int), value)

    def _header(self, codes: str) -> tuple[Cell, ...]:
        return tuple(Cell(self._page(code)) for code in codes.split())

    def _findings(self) -> _Sheet:
        lines = []
        for part in self._reading.parts:
            for row in part.rows:
                for statement in row.statements:
                    finding = statement.finding
                    numbers = ", ".join(str(use.number) for use in statement.uses)
                    lines.append(
                        (
                            Cell((Span(part.title, spoken=False),)),
                            Cell((Span(row.id, spoken=False),)),
                            self._cell(Term(term=f"kind.{finding.kind}")),
                            self._cell(Term(term=f"severity.{finding.severity}")),
                            Cell(statement.words),
                            Cell(statement.next_step or ()),
                            self._cell(Listing(items=finding.ask) if finding.ask else None),
                            self._cell(finding.decision),
                            self._cell(finding.as_of),
                            Cell((Span(numbers, spoken=False),)),
                        )
                    )
        header = self._header("consideration row kind-of-finding severity statement next-step open-ask open-decision source-as-of sources-short")
        about: Words = ()
        if self._reading.released.names_people:
            about = (*self._page("names"), Span(" ", spoken=False), *self._page("names-about"))
        title = (Span(self._reading.released.title, spoken=True),)
        return _Sheet(_text(self._page("findings-sheet")), title, about, header, tuple(lines))

    def _people(self) -> _Sheet:
        released = self._reading.released
        sides = dict(released.sides)
        lines = []
        for person in released.people:
            named = [self._cell(person.name)] if released.names_people else []
            of = Listing(items=tuple(sides.get(side, side) for side in person.sides)) if person.sides else None
            part = Cell(self._page("invited" if person.invited else "in-team"))
            lines.append((self._cell(person.code), *named, self._cell(Term(term=f"person.{person.kind}")), self._cell(of), part))
        header = self._header(f"code {'name ' if released.names_people else ''}kind-of-person sides role-in")
        title = self._page("people")
        return _Sheet(_text(title), title, self._page("people-named-about" if released.names_people else "people-about"), header, tuple(lines))

    def _sources(self) -> _Sheet:
        lines = []
        for source in self._reading.sources:
            item = source.evidence
            before: tuple[Param | None, ...] = (source.number, item.publisher, item.dataset, item.version)
            after: tuple[Param | None, ...] = (item.as_of, item.url, item.licence)
            lines.append((*map(self._cell, before), Cell(place_in(item, self._voice)), *map(self._cell, after)))
        header = self._header("number publisher dataset version-short locator source-as-of address licence-short")
        title = self._page("sources")
        return _Sheet(_text(title), title, (), header, tuple(lines))


class _Writer:
    def __init__(self, book: Workbook, voice: Voice) -> None:
        self._book, self._voice, self._rtl = book, voice, voice.direction == "rtl"
        order = {"reading_order": 2} if self._rtl else {}
        top = {"valign": "top", "text_wrap": True, **order}
        self._formats = {
            "title": book.add_format({"bold": True, "font_size": 14, **order}),
            "about": book.add_format({"font_color": "#565d66", **order}),
            "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom", **order}),
            "words": book.add_format(top),
            "number": book.add_format({"num_format": "#,##0.##", **top}),
            "whole": book.add_format({"num_format": "#,##0", **top}),
            "date": book.add_format({"num_format": "yyyy-mm-dd", "align": "left", **top}),
        }
        self._names: set[str] = set()

    def write(self, sheet: _Sheet) -> None:
        page = self._book.add_worksheet(self._name(sheet.name))
        if self._rtl:
            page.right_to_left()
        page.set_paper(9)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.write_string(0, 0, fitting(_text(sheet.title)), self._formats["title"])
        if sheet.about:
            page.write_string(1, 0, fitting(_text(sheet.about)), self._formats["about"])
        for column, cell in enumerate(sheet.header):
            page.write_string(3, column, fitting(cell.text), self._formats["head"])
        for place, line in enumerate(sheet.lines, 4):
            for column, cell in enumerate(line):
                self._put(page, place, column, cell)
        page.freeze_panes(4, 0)
        page.repeat_rows(3)
        if sheet.lines:
            page.autofilter(3, 0, 3 + len(sheet.lines), len(sheet.header) - 1)
        widths = _widths(sheet.header, sheet.lines)
        for column, width in enumerate(widths):
            page.set_column(column, column, width)
        for place, line in enumerate(sheet.lines, 4):
            # Not every program makes a row as high as its words need.
            page.set_row(place, min(15 * max(-(-len(cell.text) * 11 // (10 * width)) for cell, width in zip(line, widths, strict=True)), 400) or 15)
        for place, item in enumerate(sheet.sources, 5 + len(sheet.lines)):
            parts = (item.publisher, item.dataset, item.version, _text(place_in(item, self._voice)), item.as_of.isoformat(), item.licence)
            page.write_string(place, 0, fitting(", ".join(part for part in parts if part)), self._formats["about"])

    def _put(self, page: object, place: int, column: int, cell: Cell) -> None:
        write = page  # the library's sheet has no types
        match cell.value:
            case date():
                write.write_datetime(place, column, datetime.combine(cell.value, datetime.min.time()), self._formats["date"])  # type: ignore[attr-defined]
            case int() if abs(cell.value) < 10**15:
                write.write_number(place, column, cell.value, self._formats["whole"])  # type: ignore[attr-defined]
            case Decimal() if abs(cell.value) < 10**15:
                write.write_number(place, column, float(cell.value), self._formats["number"])  # type: ignore[attr-defined]
            case _:
                write.write_string(place, column, fitting(cell.text), self._formats["words"])  # type: ignore[attr-defined]

    def _name(self, wanted: str) -> str:
        """A name that spreadsheets take: short, without their signs, each once."""
        name = _FORBIDDEN.sub(" ", clean(wanted)).strip("' ")[:28] or "…"
        number = 2
        unique = name
        while unique.casefold() in self._names:
            unique, number = f"{name} {number}", number + 1
        self._names.add(unique.casefold())
        return unique


def _widths(header: Sequence[Cell], lines: Sequence[Sequence[Cell]]) -> list[int]:
    longest = [[len(head.text), *(len(line[place].text) for line in lines)] for place, head in enumerate(header)]
    return [min(max(max(lengths) + 2, 8), _WIDEST) for lengths in longest]


def fitting(text: str) -> str:
    """The text as a cell can hold it. The library takes what stands between `<r>` and `</r>` for markup, so a joiner of no width comes before it."""
    text = clean(text)[:_LONGEST_CELL]
    return f"\u2060{text}"[:_LONGEST_CELL] if text.startswith("<r>") and text.endswith("</r>") else text


def _text(words: Words) -> str:
    return clean("".join(span.text for span in words))
