"""Every table that tracktwo reads, damaged in every way that files are damaged: it is read, or refused in one sentence."""

from __future__ import annotations

import csv
import gzip
import io
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sources.tables import DOWNLOADS, shipped_head
from tracktwo.sources.recognise import KINDS, Recognised, recognise
from tracktwo.sources.table import UnreadableSource

TABLES: dict[str, Callable[[], bytes]] = {
    "conflicts": shipped_head("ucdp/ucdp-prio-acd-251.csv.gz"),
    "dyads": shipped_head("ucdp/ucdp-dyadic-251.csv.gz"),
    "deaths": shipped_head("ucdp/organizedviolencecy-251.csv.gz"),
    "events": (DOWNLOADS / "GEDEvent.csv").read_bytes,
    "passports": (DOWNLOADS / "passport-index-tidy-iso3.csv").read_bytes,
    "towns": shipped_head("geonames/towns-5000.csv.gz"),
    "agreements": (DOWNLOADS / "pax_data_6_agreements.csv").read_bytes,
    "negotiations": (DOWNLOADS / "negotiations.csv").read_bytes,
    "advisories": (DOWNLOADS / "unitedstates_summary.csv").read_bytes,
    "resolutions": (DOWNLOADS / "resolutions_metadata.jsonl").read_bytes,
    "airports": (DOWNLOADS / "airports.dat").read_bytes,
    "heritage": (DOWNLOADS / "ich001.json").read_bytes,
    "lists": (DOWNLOADS / "un_consolidated.xml").read_bytes,
}
"""Data set → a good file of it. A new reader joins by one line."""
CSV_WITH_HEADER = sorted(set(TABLES) - {"resolutions", "airports", "heritage", "lists"})


def tried(folder: Path, content: bytes) -> Recognised | str:
    """What a file turns out to be, or the sentence that refuses it; anything else that is raised is a failure."""
    path = folder / "download"
    path.write_bytes(content)
    try:
        return recognise(path)
    except UnreadableSource as error:
        return str(error)


def held(answer: Recognised | str) -> None:
    if isinstance(answer, str):
        assert answer.startswith("download"), answer
        assert 20 < len(answer) < 620
        assert "\n" not in answer
    else:
        assert answer.rows > 0


def test_every_data_set_has_its_line_here() -> None:
    assert set(TABLES) == {kind.name for kind in KINDS}


@pytest.mark.parametrize("name", TABLES)
def test_a_good_file_is_what_it_is(name: str, tmp_path: Path) -> None:
    found = tried(tmp_path, TABLES[name]())
    assert isinstance(found, Recognised), found
    assert found.name == name


@pytest.mark.parametrize("name", TABLES)
def test_a_compressed_file_is_the_same_and_a_cut_off_one_is_refused(name: str, tmp_path: Path) -> None:
    whole = gzip.compress(TABLES[name]())
    assert tried(tmp_path, whole) == tried(tmp_path, TABLES[name]())
    answer = tried(tmp_path, whole[: len(whole) // 2])
    assert isinstance(answer, str)
    assert "damaged or cut off" in answer


@pytest.mark.parametrize("name", sorted(set(TABLES) - {"lists"}))  # an XML file says itself how it is encoded
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_file_saved_in_another_encoding_is_the_same(name: str, encoding: str, tmp_path: Path) -> None:
    text = TABLES[name]().decode("utf-8-sig")
    saved = text.encode(encoding, errors="replace")  # the lost apostrophe of the negotiations has no place in Windows-1252
    again, before = tried(tmp_path, saved), tried(tmp_path, TABLES[name]())
    assert isinstance(again, Recognised), again
    assert isinstance(before, Recognised)
    assert (again.name, again.rows, again.speaks_until, again.part) == (before.name, before.rows, before.speaks_until, before.part)


@pytest.mark.parametrize("name", TABLES)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_a_file_cut_off_anywhere_is_read_or_refused_in_a_sentence(name: str, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    content = TABLES[name]()
    end = data.draw(st.integers(0, len(content)))
    held(tried(tmp_path_factory.mktemp("cut"), content[:end]))


@pytest.mark.parametrize("name", TABLES)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_bytes_put_in_anywhere_lead_to_no_exception(name: str, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    content = TABLES[name]()
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, min(len(content), start + 40)))
    put_in = data.draw(
        st.one_of(
            st.binary(max_size=12),
            st.sampled_from([b"\x00", b'"', b"\n", b",,,", b"9" * 5000, b"1e999", b"nan", b"[" * 3000, b"\r", b"\xe2\x80\xa8"]),
        )
    )
    held(tried(tmp_path_factory.mktemp("put"), content[:start] + put_in + content[end:]))


def rows_of(content: bytes) -> list[list[str]]:
    text = content.decode("utf-8-sig")
    delimiter = max(",;", key=text.partition("\n")[0].count)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def written(rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


@pytest.mark.parametrize("name", CSV_WITH_HEADER)
@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_columns_in_any_order_are_the_same_file(name: str, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    rows = rows_of(TABLES[name]())
    order = data.draw(st.permutations(range(len(rows[0]))))
    folder = tmp_path_factory.mktemp("order")
    turned = tried(folder, written([[row[place] for place in order] for row in rows]))
    assert turned == tried(folder, TABLES[name]())


@pytest.mark.parametrize("name", CSV_WITH_HEADER)
def test_a_missing_column_is_not_missed_or_is_told(name: str, tmp_path: Path) -> None:
    rows = rows_of(TABLES[name]())
    for place, column in enumerate(rows[0]):
        answer = tried(tmp_path, written([row[:place] + row[place + 1 :] for row in rows]))
        held(answer)
        if isinstance(answer, str):
            assert column in answer or "none of the tables" in answer or "lead to no single government" in answer


@pytest.mark.parametrize("name", CSV_WITH_HEADER)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_value_that_makes_no_sense_leads_to_no_exception(name: str, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    rows = rows_of(TABLES[name]())
    line = data.draw(st.integers(1, len(rows) - 1))
    place = data.draw(st.integers(0, len(rows[0]) - 1))
    odd = st.one_of(st.text(max_size=8), st.sampled_from(["inf", "-1e308", "nan", "٣", "²", "9" * 5000, "0000-00-00", "99/99/9999", "1/1/0001"]))
    rows[line][place] = data.draw(odd)
    held(tried(tmp_path_factory.mktemp("value"), written(rows)))


ODD = (
    "inf",
    "-1e308",
    "nan",
    "1e999",
    "٣",
    "²",
    "9" * 5000,
    "-1",
    "0000-00-00",
    "99/99/9999",
    "1/1/0001",
    "\x00",
    '"',
    "Congo",
    "[]",
    "null",
    "\x85",
)
GATE_TIMES = 1000


def damaged(name: str, chance: random.Random) -> bytes:
    """A good file of a data set, damaged in one of six ways."""
    content = TABLES[name]()
    start = chance.randrange(len(content) + 1)
    end = start + chance.randrange(30)
    way = chance.randrange(6)
    if way == 0:
        return content[:start]
    if way == 1:
        return content[:start] + chance.randbytes(chance.randrange(9)) + content[end:]
    if way == 2 and name in CSV_WITH_HEADER:
        rows = rows_of(content)
        for _ in range(3):
            chance.choice(rows)[chance.randrange(len(rows[0]))] = chance.choice(ODD)
        return written(rows)
    if way == 3:
        packed = bytearray(gzip.compress(content, mtime=0))
        packed[chance.randrange(len(packed))] = chance.randrange(256)
        return bytes(packed)
    if way == 4:
        wide = content.decode("utf-8-sig").encode("utf-16")
        return wide[: 2 * start] + chance.randbytes(1) + wide[2 * start :]
    return content.replace(chance.choice([b",", b'"', b"\n", b":", b"0"]), chance.choice([b"", b";", b"\t", b"\r", b"\xff"]), chance.randrange(1, 50))


@pytest.mark.gate
def test_a_thousand_damaged_files_of_each_data_set_are_read_or_refused_in_a_sentence(tmp_path: Path, figure: Callable[[str], None]) -> None:
    chance = random.Random(20261126)
    refused = 0
    for name in TABLES:
        for _ in range(GATE_TIMES):
            answer = tried(tmp_path, damaged(name, chance))
            held(answer)
            refused += isinstance(answer, str)
    total = GATE_TIMES * len(TABLES)
    figure(f"{total:,} files of {len(TABLES)} data sets: {refused:,} refused in a sentence, {total - refused:,} read, none led to another exception")
