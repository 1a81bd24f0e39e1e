"""The files that people go on working in: DOCX, XLSX and the calendar."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime
from itertools import pairwise
from typing import Any

import docx
import icalendar
import openpyxl
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from tests.dossier import samples
from tracktwo.dossier.figures.svg import clean
from tracktwo.dossier.ics import programme_ics
from tracktwo.dossier.language import Voice, languages, voice
from tracktwo.dossier.reading import Reading, reading_of
from tracktwo.dossier.spreadsheet import tables_xlsx
from tracktwo.dossier.texts import day_one_texts
from tracktwo.dossier.word import _by_direction, dossier_docx
from tracktwo.dossier.write import texts
from tracktwo.model.exhibit import Day, Programme, Section, Slot, Table


@pytest.fixture(scope="module")
def made(spoken: Voice) -> Reading:
    return reading_of(samples.released(), spoken)


@pytest.fixture(scope="module")
def word(made: Reading, spoken: Voice) -> Any:
    return docx.Document(io.BytesIO(dossier_docx(made, spoken)))


@pytest.fixture(scope="module")
def book(made: Reading, spoken: Voice) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(tables_xlsx(made, spoken)))


# -- documents ----------------------------------------------------------------------------------------------------------------


def test_headings_and_captions_are_real(word: Any, made: Reading) -> None:
    styles = [paragraph.style.name for paragraph in word.paragraphs]
    assert styles.count("Title") == 1
    assert styles.count("Heading 1") >= 6
    questions = [paragraph.text for paragraph in word.paragraphs if paragraph.style.name == "Heading 2"]
    assert [row.id for part in made.parts for row in part.rows if f"{row.id}\u2002{row.question}" not in questions] == []
    assert styles.count("Caption") == len(made.exhibits)


def test_every_statement_is_in_the_document(word: Any, made: Reading) -> None:
    said = [paragraph.text for paragraph in word.paragraphs if paragraph.style.name == "Finding"]
    statements = ["".join(span.text for span in statement.words) for part in made.parts for row in part.rows for statement in row.statements]
    assert [text for text in statements if not any(clean(text) in found for found in said)] == []


def test_tables_are_tables_whose_head_is_repeated_and_whose_rows_stay_whole(word: Any, made: Reading) -> None:
    heads = [[cell.text for cell in table.rows[0].cells] for table in word.tables]
    for exhibit in made.exhibits:
        if exhibit.table:
            assert [clean(cell.text) for cell in exhibit.words.header] in heads
    for table in word.tables:
        assert table._tbl.tr_lst[0].trPr.find(qn("w:tblHeader")) is not None
        assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in table._tbl.tr_lst)


def test_every_picture_says_what_it_shows(word: Any, made: Reading) -> None:
    told = [shape._inline.docPr.get("descr") for shape in word.inline_shapes]
    assert told == [exhibit.drawing.alternative_text for exhibit in made.exhibits if exhibit.drawing]


def test_every_link_inside_the_document_leads_somewhere(word: Any) -> None:
    body = word.element.body
    marks = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    links = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))}
    assert links
    assert links <= set(marks)
    numbers = [mark.get(qn("w:id")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert len(numbers) == len(set(numbers))


def test_a_document_names_no_author_and_no_software_that_wrote_it(word: Any) -> None:
    properties = word.core_properties
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    assert properties.created.date() == samples.released().as_of


def test_office_files_are_the_same_twice(made: Reading, spoken: Voice) -> None:
    for make in (dossier_docx, tables_xlsx, programme_ics):
        assert make(made, spoken) == make(made, spoken)
    for content in (dossier_docx(made, spoken), tables_xlsx(made, spoken)):
        assert {member.date_time for member in zipfile.ZipFile(io.BytesIO(content)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("language", languages())
def test_the_texts_for_the_first_day_come_as_documents(language: str) -> None:
    spoken = voice(language)
    released = samples.released()
    made = texts(released, spoken)
    assert list(made) == [f"{text.name}.{language}.docx" for text in day_one_texts(released)]
    for text, content in zip(day_one_texts(released), made.values(), strict=True):
        document = docx.Document(io.BytesIO(content))
        assert document.paragraphs[0].text == spoken.say(text.title)
        blanks = [p for p in document.paragraphs if p.paragraph_format.tab_stops and p.text.endswith("\t")]
        assert len(blanks) == sum(block.kind == "blank" for block in text.blocks)
        assert spoken.text("interface.page.not-yet-read") in [paragraph.text for paragraph in document.paragraphs]


def test_an_arabic_document_runs_from_right_to_left() -> None:
    spoken = voice("ar")
    for content in texts(samples.released(), spoken).values():
        document = docx.Document(io.BytesIO(content))
        assert document.sections[0]._sectPr.find(qn("w:bidi")) is not None
        assert document.styles["Normal"].element.pPr.find(qn("w:bidi")) is not None
        arabic = [run for paragraph in document.paragraphs for run in paragraph.runs if re.search("[\u0600-\u06ff]", run.text)]
        assert arabic
        assert all(run.font.rtl for run in arabic)
        latin = [run for paragraph in document.paragraphs for run in paragraph.runs if re.search("[A-Za-z]", run.text)]
        assert not any(run.font.rtl for run in latin)


@given(st.text(alphabet="abc أبت 12-()،.", max_size=30), st.booleans())
def test_pieces_of_one_direction_make_up_the_text(text: str, right: bool) -> None:
    pieces = _by_direction(text, right)
    assert "".join(piece for piece, _ in pieces) == text
    assert all(first[1] != second[1] for first, second in pairwise(pieces))
    for piece, turned in pieces:
        assert not (re.search("[a-z]", piece) and turned)
        assert not (re.search("[أبت]", piece) and not turned)


# -- spreadsheets -------------------------------------------------------------------------------------------------------------


def test_every_exhibit_has_a_sheet_and_every_finding_a_line(book: openpyxl.Workbook, made: Reading) -> None:
    assert len(book.sheetnames) == len(made.exhibits) + 3
    findings = book[book.sheetnames[0]]
    count = sum(len(row.statements) for part in made.parts for row in part.rows)
    assert findings.max_row >= 4 + count
    assert [findings.cell(5 + n, 2).value for n in range(count)] == [s.row for part in made.parts for row in part.rows for s in row.statements]


def test_numbers_and_dates_are_values(spoken: Voice) -> None:
    table = Table(
        row="A1",
        title=samples.message("title", what="Values"),
        header=tuple(samples.message("title", what=name) for name in ("one", "two", "three")),
        cells=((7, date(2027, 3, 1), "007"),),
    )
    released = samples.released().model_copy(update={"sections": (Section(consideration="assessment", findings=(), exhibits=(table,)),)})
    book = openpyxl.load_workbook(io.BytesIO(tables_xlsx(reading_of(released, spoken), spoken)))
    line = [cell.value for cell in book[book.sheetnames[1]][5]]
    assert line == [7, datetime.fromisoformat("2027-03-01"), "007"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "\t=1", "https://a.example/x", "12"])
def test_words_are_never_formulas_links_or_numbers(spoken: Voice, text: str) -> None:
    table = Table(row="A1", title=samples.message("title", what=text), header=(samples.message("title", what=text),), cells=((text,),))
    released = samples.released().model_copy(update={"sections": (Section(consideration="assessment", findings=(), exhibits=(table,)),)})
    content = tables_xlsx(reading_of(released, spoken), spoken)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[1]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}
    assert sheet["A5"].hyperlink is None
    assert not re.search(rb"<f>|<hyperlink", zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet2.xml"))


def test_an_arabic_spreadsheet_runs_from_right_to_left(made: Reading, sample_arabic: Voice) -> None:
    book = openpyxl.load_workbook(io.BytesIO(tables_xlsx(reading_of(samples.released(), sample_arabic), sample_arabic)))
    assert all(sheet.sheet_view.rightToLeft for sheet in book.worksheets)


# -- calendars ----------------------------------------------------------------------------------------------------------------


def _programme(spoken: Voice, zone: str | None, *, day: str | None = "2027-10-30") -> Reading:
    slots = (
        Slot(start="09:00", end="10:30", what="What ZEBRA said about Ada", kind="session"),
        Slot(start="20:30", end="00:30", what="Songs of the Upper Town", kind="culture"),
    )
    programme = Programme(
        row="D6",
        title=samples.message("title", what="Days"),
        days=(Day(number=1, date=day, slots=slots), Day(number=2, date=day and "2027-10-31", slots=slots[:1])),
        zone=zone,
        later=(("2028-01-10", "2028-01-12"),),
    )
    released = samples.released().model_copy(update={"sections": (Section(consideration="process", findings=(), exhibits=(programme,)),)})
    return reading_of(released, spoken)


def _events(content: bytes | None) -> list[Any]:
    assert content is not None
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


def test_a_calendar_tells_times_in_the_zone_of_the_place_and_nothing_else(spoken: Voice) -> None:
    content = programme_ics(_programme(spoken, "Europe/Zurich"), spoken)
    assert content is not None
    assert not re.search(b"ZEBRA|Ada|Upper Town|LOCATION|ATTENDEE|ORGANIZER|DESCRIPTION|tracktwo", content)
    assert content.count(b"BEGIN:VTIMEZONE") == 1
    first, evening, second, later = _events(content)
    assert first["DTSTART"].dt.isoformat() == "2027-10-30T09:00:00+02:00"
    assert second["DTSTART"].dt.isoformat() == "2027-10-31T09:00:00+01:00"
    assert evening["DTEND"].dt.isoformat() == "2027-10-31T00:30:00+02:00"
    assert (later["DTSTART"].dt, later["DTEND"].dt) == (date(2028, 1, 10), date(2028, 1, 13))
    assert [str(event["SUMMARY"]) for event in (first, evening, later)] == ["Session", "Evening", "Meeting 2"]
    assert len({str(event["UID"]) for event in (first, evening, second, later)}) == 4
    assert all(event["DTSTAMP"] and event["SEQUENCE"] == 0 for event in (first, evening, second, later))


def test_where_the_zone_is_not_known_times_float(spoken: Voice) -> None:
    content = programme_ics(_programme(spoken, None), spoken)
    assert content is not None
    assert b"VTIMEZONE" not in content
    assert _events(content)[0]["DTSTART"].dt == datetime.fromisoformat("2027-10-30T09:00")


def test_without_dates_there_is_no_calendar(spoken: Voice) -> None:
    assert programme_ics(_programme(spoken, "Europe/Zurich", day=None), spoken) is None
