"""Rosters for screening: who is read from a table, and what is said where a table is wrong."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracktwo.model.listing import BirthRange, Sought
from tracktwo.sources.countries import load_countries
from tracktwo.sources.screening_roster import MAX_NAME, read_screening_roster
from tracktwo.sources.table import UnreadableSource

HEADER = "id,name,other_names,birth_date,nationality,affiliations\n"


def read(folder: Path, text: str | bytes, name: str = "roster.csv") -> tuple[Sought, ...]:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_screening_roster(path, load_countries().resolve)


def test_every_column_is_read(tmp_path: Path) -> None:
    rows = 'A-01,Amina Test,آمنة; Amina al-Test,1970-05,Mali; CF;fra,Radio; "The ""Old"" Club"\n'
    assert read(tmp_path, HEADER + rows.replace('"The ""Old"" Club"', "Old Club")) == (
        Sought(
            "A-01",
            ("Amina Test", "آمنة", "Amina al-Test"),
            BirthRange(date(1970, 5, 1), date(1970, 5, 31)),
            ("MLI", "CAF", "FRA"),
            ("Radio", "Old Club"),
        ),
    )


@pytest.mark.parametrize("text", ["1970-05-06", "١٩٧٠-٠٥-٠٦", "۱۹۷۰-۰۵-۰۶", "1970-5-6"])
def test_a_day_is_read_in_the_digits_of_any_script(tmp_path: Path, text: str) -> None:
    (person,) = read(tmp_path, f"id,name,birth_date\n1,Amina Test,{text}\n")
    assert person.birth == BirthRange(date(1970, 5, 6), date(1970, 5, 6))


def test_columns_may_be_missing_in_another_order_or_unknown(tmp_path: Path) -> None:
    assert read(tmp_path, "name;shoe size;id\nAmina Test;38;1\n\n") == (Sought("1", ("Amina Test",)),)


@pytest.mark.parametrize("name", ["roster.csv.gz", "roster.csv"])
def test_a_compressed_roster_and_one_with_a_mark_of_its_encoding_are_read(tmp_path: Path, name: str) -> None:
    assert read(tmp_path, gzip.compress(("\ufeff" + HEADER + "1,Amina Test,,,,\n").encode()), name)[0].names == ("Amina Test",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        (HEADER, "no people under it"),
        ("id,nom\n1,A\n", "no column 'name'"),
        ("id,name,name\n1,A,B\n", "'name' stands twice"),
        (HEADER + "1,Amina,,,,\n1,Ali,,,,\n", "row 3, id: '1' stands twice"),
        (HEADER + "1,,,,,\n", "row 2, name: is empty"),
        (HEADER + "1,Amina,,06/05/1970,,\n", "row 2, birth_date: should be YYYY, YYYY-MM or YYYY-MM-DD, not '06/05/1970'"),
        (HEADER + "1,Amina,,1970-02-30,,\n", "row 2, birth_date"),
        (HEADER + "1,Amina,,,Atlantis,\n", "row 2, nationality: 'Atlantis'"),
        (HEADER + "1,Amina,,,,,more\n", "7 values for 6 columns"),
        (HEADER + '1,"Amina,,,,\n', "this is not CSV"),
        (HEADER + f"1,{'a' * (MAX_NAME + 1)},,,,\n", "a name has at most 500"),
        ((HEADER + "1,Zoé,,,,\n").encode("cp1252"), "is not UTF-8"),
    ],
)
def test_a_wrong_roster_is_told_in_one_sentence(tmp_path: Path, text: str | bytes, said: str) -> None:
    with pytest.raises(UnreadableSource) as error:
        read(tmp_path, text)
    assert said in str(error.value)
    assert "roster.csv" in str(error.value)
    assert "\n" not in str(error.value)


def test_a_roster_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="does not exist"):
        read_screening_roster(tmp_path / "nowhere.csv", load_countries().resolve)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda text: (HEADER + text).encode("utf-8", "replace"))))
def test_anything_is_read_or_refused(tmp_path: Path, raw: bytes) -> None:
    try:
        assert all(person.id and person.names[0] for person in read(tmp_path, raw))
    except UnreadableSource:
        return
