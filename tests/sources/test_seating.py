"""The files of breakout rooms: what is read, and what is said where a table is wrong."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracktwo.model.seating import Helper, Pin, Round, Seat
from tracktwo.sources.seating import read_apart, read_away, read_helpers, read_ids, read_people, read_pins, read_plan
from tracktwo.sources.table import UnreadableSource

KEYS = ("a", "b", "c")
PLAN = {"format": "rooms/1", "rounds": [[["a"], ["b"]]], "interpreters": [["i", None]], "facilitators": [[["f"], []]]}


def written(folder: Path, text: str | bytes, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_people_are_read_with_levels_values_sides_and_absences(tmp_path: Path) -> None:
    path = written(tmp_path, 'ID;Side;Age group;languages;leads\nA-1;N;old;"ar-LB:c1; en:B2";yes\n\nA-2;;young;fr;\n')
    assert read_people(path, balance=["Age group"], facilitates="leads", away={"A-2": {1}}) == (
        Seat("A-1", {"ar-lb": "C1", "en": "B2"}, {"Age group": "old"}, "N", facilitates=True),
        Seat("A-2", {"fr": None}, {"Age group": "young"}, None, away=frozenset({1})),
    )


def test_people_without_ids_are_known_by_their_rows_from_nought(tmp_path: Path) -> None:
    path = written(tmp_path, "side\nN\nS\n")
    assert read_ids(path) == ("0", "1")
    assert [(one.key, one.languages) for one in read_people(path)] == [("0", {}), ("1", {})]


def test_a_column_of_languages_that_is_empty_throughout_says_nothing_of_anybody(tmp_path: Path) -> None:
    assert [one.languages for one in read_people(written(tmp_path, "id,languages\na,\nb,\n"))] == [{}, {}]


def test_another_column_can_hold_the_languages_and_the_file_be_compressed(tmp_path: Path) -> None:
    packed = gzip.compress(b"id,languages,speaks\na,en,fr\n")
    assert read_people(written(tmp_path, packed, "table.csv.gz"), languages="speaks")[0].languages == {"fr": None}


def test_pairs_helpers_pins_and_absences_are_read(tmp_path: Path) -> None:
    assert read_apart(written(tmp_path, "a,b\nb,a\nb,c\na,b\n"), KEYS) == {("a", "b"), ("b", "c")}
    table = written(tmp_path, "id,languages,accepted_by,refused_by\ni,ar;fr:native,N;S,\nj,en,,S\n")
    assert read_helpers(table, "interpreters", {"N", "S"}) == (
        Helper("i", {"ar": None, "fr": "native"}, frozenset("NS")),
        Helper("j", {"en": None}, frozenset(), frozenset("S")),
    )
    (unasked,) = read_helpers(written(tmp_path, "id,languages\ni,ar\n"), "interpreters", {"N"})
    assert unasked.accepted_by is None
    assert read_pins(written(tmp_path, "id,round,room\na,2,1\nb,,3\n"), KEYS, 2, 3) == (Pin("a", 1, 0), Pin("b", 0, 2), Pin("b", 1, 2))
    assert read_away(written(tmp_path, "id,from,to\na,,1\na,3,\nb,2,2\n"), KEYS, 4) == {"a": {0, 2, 3}, "b": {1}}


def test_a_plan_is_read_as_it_was_printed(tmp_path: Path) -> None:
    assert read_plan(written(tmp_path, json.dumps(PLAN))) == (Round((("a",), ("b",)), ("i", None), (("f",), ())),)
    bare = {"format": "rooms/1", "rounds": [[["a"], ["b"]]]}
    assert read_plan(written(tmp_path, json.dumps(bare))) == (Round((("a",), ("b",)), (None, None), ((), ())),)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "table.csv is empty: it needs a header row"),
        ("id,languages\n", "has a header but no people"),
        ("id,languages\na,en\na,fr\n", "row 3, id: 'a' stands twice"),
        ("id,languages\n,en\n", "row 2, id: is empty"),
        ("id,languages\na,english\n", "row 2, languages: should be languages such as en;fr or ar:C1;en:B2, with levels A1, .* not 'english'"),
        ("id,languages\na,en:good\n", "row 2, languages: .* not 'en:good'"),
        ("id,languages\na,en:\n", "row 2, languages: .* not 'en:'"),
        ("id,languages\na,en\nb,\n", "row 3, languages: is empty; where the languages of some are known"),
        ("id,id\na,b\n", "the column 'id' stands twice"),
        ("id,languages\na,en,x\n", "row 2: 3 values for 2 columns"),
        ('id,languages\n"a,en\n', "this is not CSV"),
        (b"id,languages\n\xe9,en\n", "is not UTF-8"),
    ],
    ids=["empty", "no people", "twice", "no id", "no tag", "no level", "half a level", "some known", "columns", "cells", "quote", "encoding"],
)
def test_a_wrong_table_of_people_is_told_in_one_sentence(tmp_path: Path, text: str | bytes, said: str) -> None:
    with pytest.raises(UnreadableSource, match=said) as raised:
        read_people(written(tmp_path, text))
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"balance": ["age"]}, "row 1: there is no column 'age' to balance; the columns are id, side, leads"),
        ({"balance": ["side"]}, "row 3, side: is empty; a column that is balanced needs a value for everybody"),
        ({"languages": "tongue"}, "there is no column 'tongue' of languages"),
        ({"facilitates": "leads"}, "row 2, leads: should be yes or no, not 'perhaps'"),
        ({"away": {"x": {0}}}, "'x' is away but does not stand in table.csv"),
    ],
    ids=["no column", "no value", "no languages", "no yes", "nobody"],
)
def test_what_the_options_ask_for_has_to_be_in_the_table(tmp_path: Path, options: dict[str, object], said: str) -> None:
    with pytest.raises(UnreadableSource, match=said):
        read_people(written(tmp_path, "id,side,leads\na,N,perhaps\nb,,no\n"), **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("read", "text", "said"),
    [
        (lambda path: read_apart(path, KEYS), "a,c\na,b\n", "no column 'b' for one of the two"),
        (lambda path: read_apart(path, KEYS), "a,b\na,x\n", "row 2, b: 'x' is the id of nobody who takes part"),
        (lambda path: read_apart(path, KEYS), "a,b\na,\n", "row 2, b: is empty"),
        (lambda path: read_apart(path, KEYS), "a,b\na,a\n", "row 2, b: 'a' cannot be kept from himself"),
        (lambda path: read_helpers(path, "interpreters", set()), "id,languages\ni,\n", "row 2, languages: is empty"),
        (lambda path: read_helpers(path, "interpreters", {"N"}), "id,languages,refused_by\ni,en,M\n", "'M' is the side of nobody .* the sides are N"),
        (lambda path: read_helpers(path, "interpreters", set()), "id,languages,refused_by\ni,en,N\n", "has no column 'side'"),
        (lambda path: read_pins(path, KEYS, 2, 3), "id,round,room\na,3,1\n", "row 2, round: should be a number from 1 to 2, not '3'"),
        (lambda path: read_pins(path, KEYS, 2, 3), "id,round,room\na,1,0\n", "row 2, room: should be a number from 1 to 3, not '0'"),
        (lambda path: read_pins(path, KEYS, 2, 3), "id,round,room\na,1,1\na,,2\n", "row 3, id: 'a' is pinned twice in round 1"),
        (lambda path: read_away(path, KEYS, 4), "id,from,to\na,3,2\n", "row 2, to: should be round 3 or later, not 2"),
    ],
    ids=["column", "nobody", "half", "self", "mute", "side", "no sides", "round", "room", "twice", "backwards"],
)
def test_a_wrong_row_is_told_with_its_column(tmp_path: Path, read: Callable[[Path], object], text: str, said: str) -> None:
    with pytest.raises(UnreadableSource, match=said):
        read(written(tmp_path, text))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"format": "rooms/2"}, "is no plan of format rooms/1"),
        ({"rounds": [["a"]]}, "rounds: should be a list of rounds"),
        ({"rounds": []}, "rounds: should be"),
        ({"interpreters": [["i"]]}, "interpreters: should have as many"),
        ({"facilitators": [["f", "g"]]}, "facilitators: should have as many"),
    ],
    ids=["format", "flat", "none", "interpreters", "facilitators"],
)
def test_a_wrong_plan_is_told_with_its_field(tmp_path: Path, change: dict[str, object], said: str) -> None:
    with pytest.raises(UnreadableSource, match=said):
        read_plan(written(tmp_path, json.dumps({**PLAN, **change}), "plan.json"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=80))
def test_no_bytes_bring_any_other_error(tmp_path: Path, raw: bytes) -> None:
    for read in (read_people, read_plan, lambda path: read_away(path, KEYS, 3)):
        for head in (b"", b"id,languages,from,to\n"):
            with suppress(UnreadableSource):
                read(written(tmp_path, head + raw))
