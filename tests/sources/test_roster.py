"""Rosters: who can be read from a table, and what is said where a table is wrong."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracktwo.model.brief import LanguageSkill, Person
from tracktwo.sources.roster import MAX_PEOPLE, RosterError, read_roster
from tracktwo.sources.sheet import MAX_BYTES, MAX_ROWS

HEADER = "Name,Side,Nationality,Languages,Gender,Agreed to come,Leak discussed,Organisation"
ROW = "Amina Test,north;south,Mali; CAF,fr:C1; sg:native,woman,yes,2026-09-01,Radio"
SIDES = ("north", "south")


def country(value: str) -> str:
    found = {"Mali": "MLI", "CAF": "CAF"}.get(value)
    if found is None:
        raise ValueError(f"'{value}' is no country")
    return found


def people(path: Path) -> tuple[Person, ...]:
    return read_roster(path, country, SIDES)


@pytest.fixture
def roster(tmp_path: Path) -> Callable[[str | bytes], Path]:
    def write(content: str | bytes, name: str = "people.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def workbook(*rows: tuple[object, ...]) -> bytes:
    book, stream = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(stream)
    return stream.getvalue()


AMINA = Person(
    name="Amina Test",
    sides=("north", "south"),
    nationalities=("MLI", "CAF"),
    languages=(LanguageSkill(tag="fr", level="C1"), LanguageSkill(tag="sg", level="native")),
    gender="woman",
    agreed_to_come=True,
    leak_discussed=date(2026, 9, 1),
    affiliation="Radio",
)


def test_a_row_becomes_a_person(roster: Callable[..., Path]) -> None:
    assert people(roster(f"{HEADER}\n{ROW}\n")) == (AMINA,)


@pytest.mark.parametrize("separator", [";", "\t"])
def test_the_separator_is_found_in_the_header(roster: Callable[..., Path], separator: str) -> None:
    rows = [HEADER.split(","), [f'"{cell}"' for cell in ROW.split(",")]]
    assert people(roster("\n".join(separator.join(row) for row in rows))) == (AMINA,)


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n\n"])
def test_any_line_end_will_do_and_empty_lines_count_for_nothing(roster: Callable[..., Path], end: str) -> None:
    assert people(roster(end.join(["", HEADER, ROW, ",,,"]))) == (AMINA,)


def test_a_byte_order_mark_is_no_part_of_the_first_heading(roster: Callable[..., Path]) -> None:
    assert people(roster(b"\xef\xbb\xbf" + f"{HEADER}\n{ROW}".encode())) == (AMINA,)


def test_a_workbook_is_read_like_a_table(roster: Callable[..., Path]) -> None:
    cells = [*ROW.split(",")]
    cells[5:7] = [True, datetime(2026, 9, 1)]  # type: ignore[list-item]  # noqa: DTZ001
    assert people(roster(workbook(tuple(HEADER.split(",")), tuple(cells), (None,) * 8), "people.xlsx")) == (AMINA,)


def test_people_carry_no_line_for_a_line_would_be_one_of_the_brief(roster: Callable[..., Path]) -> None:
    assert [person.line for person in people(roster(f"{HEADER}\n{ROW}\n"))] == [None]


def test_a_name_in_decomposed_letters_is_composed(roster: Callable[..., Path]) -> None:
    assert people(roster("name\nThe\u0301re\u0300se\n"))[0].name == "Thérèse"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "the roster people.csv is empty: it needs a header row with at least 'name', and one row a person"),
        (HEADER, "the roster people.csv has a header but no people under it"),
        (f"{HEADER}\n,,,\n", "the roster people.csv has a header but no people under it"),
        ("side\nnorth", "people.csv row 1: there is no column 'name'"),
        ("name,natonality\na,b", "people.csv row 1: 'natonality' is no column of a roster; did you mean 'nationalities'?"),
        ("name,side,Sides\na,north,north", "people.csv row 1: the column 'sides' stands twice; keep one"),
        ("name,nationality\nA,Atlantis", "people.csv row 2, nationalities[1]: 'Atlantis' is no country"),
        ("name,side\nA,east", "people.csv row 2: names the side 'east', which the brief does not declare (sides: north, south)"),
        ("name,refused_by\nA,east", "people.csv row 2: names the side 'east', which the brief does not declare (sides: north, south)"),
        ("name,gender\nA,woman\nB,female", "people.csv row 3, gender: should be 'woman', 'man' or 'other', not 'female'"),
        (
            "name,languages\nA,Norwegian",
            "people.csv row 2, languages[1].tag: 'Norwegian' is not of the expected form (a language code such as fr, ar or zh-Hant)",
        ),
        ("name,languages\nA,fr:good", "people.csv row 2, languages[1].level: should be 'A1', 'A2', 'B1', 'B2', 'C1', 'C2' or 'native', not 'good'"),
        (
            "name,leak_discussed\nA,01/09/2026",
            "people.csv row 2, leak_discussed: should be a date of the calendar written YYYY-MM-DD, not '01/09/2026'",
        ),
        ("name,youth\nA,maybe", "people.csv row 2, youth: should be true or false, not 'maybe'"),
        ("name,side\n,north", "people.csv row 2, name: is missing"),
        ("name,side\nA,north,extra", "people.csv row 2: 'extra' stands in a column without a heading; quote a cell that holds the separator"),
        ("name,,side\nA,x,north", "people.csv row 2: 'x' stands in a column without a heading; quote a cell that holds the separator"),
        ("name\nA\x00B", "people.csv row 2, name: holds the control character U+0000; remove it"),
        ("name\nZo\xeb".encode("latin-1"), "people.csv row 2: the file is not UTF-8; export it as 'CSV UTF-8'"),
        ('name\nA\n"B\nC\nD\n', "people.csv row 3: this is not CSV (unexpected end of data)"),
        ('name\n"A"B\n', "people.csv row 2: this is not CSV (',' expected after '\"')"),
    ],
)
def test_a_wrong_roster_is_told_by_row_and_column(roster: Callable[..., Path], content: str | bytes, sentence: str) -> None:
    with pytest.raises(RosterError) as told:
        people(roster(content))
    assert str(told.value) == sentence


def test_an_unknown_column_like_no_other_is_answered_with_all_columns(roster: Callable[..., Path]) -> None:
    with pytest.raises(RosterError, match=r"^people.csv row 1: 'zzz' is no column of a roster; columns are accepted_by, affiliation, agreed_to_come"):
        people(roster("name,zzz\na,b"))


def test_the_most_people_can_be_read_and_one_more_is_refused_not_left_out(roster: Callable[..., Path]) -> None:
    assert len(people(roster("name\n" + "A\n" * MAX_PEOPLE))) == MAX_PEOPLE
    for path in (roster("name\n" + "A\n" * (MAX_PEOPLE + 1)), roster(workbook(("name",), *[("A",)] * (MAX_PEOPLE + 1)), "people.xlsx")):
        with pytest.raises(RosterError, match=rf"^the roster {path.name} has more than 2,000 people"):
            people(path)


def test_a_file_above_the_limit_is_refused_with_its_size(roster: Callable[..., Path]) -> None:
    with pytest.raises(RosterError, match=r"^the roster people.csv has 4,194,306 bytes; a roster has at most 4,194,304$"):
        people(roster(b"n" * (MAX_BYTES + 2)))


def test_a_workbook_that_unpacks_to_more_than_memory_should_hold_is_refused(roster: Callable[..., Path]) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", b" " * (80 * 1024 * 1024))
    assert len(stream.getvalue()) < MAX_BYTES
    with pytest.raises(RosterError, match=r"^people.xlsx unpacks to 83,886,080 bytes; a table has at most 67,108,864$"):
        people(roster(stream.getvalue(), "people.xlsx"))


def test_a_workbook_of_endless_empty_rows_is_refused(roster: Callable[..., Path]) -> None:
    book, stream = openpyxl.Workbook(), io.BytesIO()
    book.active["A1"], book.active[f"A{MAX_ROWS + 5}"] = "name", "Amina"
    book.save(stream)
    with pytest.raises(RosterError, match=r"^people.xlsx has more than 20,000 rows; delete the empty ones$"):
        people(roster(stream.getvalue(), "people.xlsx"))


def test_something_else_called_xlsx_is_told_so(roster: Callable[..., Path]) -> None:
    with pytest.raises(RosterError, match=r"^people.xlsx is no readable XLSX workbook; save it again as .xlsx or as CSV$"):
        people(roster("name\nAmina", "people.xlsx"))


def test_a_roster_that_is_not_there_or_is_a_folder_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(RosterError, match=r"^the roster people.csv does not exist beside the brief"):
        people(tmp_path / "people.csv")
    (tmp_path / "people.csv").mkdir()
    with pytest.raises(RosterError, match=r"^the roster people.csv cannot be read: Is a directory$"):
        people(tmp_path / "people.csv")


def sentence(path: Path) -> str:
    """What is wrong with the roster; nothing where people can be read. Anything but RosterError comes through."""
    try:
        assert people(path)
    except RosterError as error:
        return str(error)
    return ""


GOOD_BOOK = workbook(("name", "side"), ("Amina", "north"), ("Bello", "south"))


@given(st.lists(st.tuples(st.integers(0, len(GOOD_BOOK) - 1), st.integers(0, 255)), min_size=1, max_size=20), st.integers(0, len(GOOD_BOOK)))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_workbook_raises_nothing_but_a_sentence(tmp_path: Path, changes: list[tuple[int, int]], kept: int) -> None:
    raw = bytearray(GOOD_BOOK)
    for position, value in changes:
        raw[position] = value
    path = tmp_path / "people.xlsx"
    for content in (bytes(raw), bytes(raw[:kept])):
        path.write_bytes(content)
        assert "\n" not in sentence(path)


@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda text: ("name,side\n" + text).encode())))
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_called_csv_raise_nothing_but_a_sentence(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(raw)
    assert sentence(path).startswith(("people.csv row ", "the roster people.csv ")) or people(path)
