"""The real lists of the UN, OFAC and the EU: counted here anew from the files themselves, and met exactly."""

from __future__ import annotations

import csv
import gzip
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import parse

import pytest

from tracktwo.model.listing import ListSnapshot
from tracktwo.sources.lists import read_list

OFAC_KINDS = {"-0-": "organisation", "individual": "person", "vessel": "vessel", "aircraft": "aircraft"}


@pytest.fixture(scope="module")
def sanctions(test_data: Path) -> Path:
    return test_data / "sanctions"


@pytest.fixture(scope="module")
def un_file(sanctions: Path) -> Path:
    return sanctions / "un" / "un_consolidated_2026-02-27.xml.gz"


@pytest.fixture(scope="module")
def un(un_file: Path) -> ListSnapshot:
    return read_list(un_file)


@pytest.fixture(scope="module")
def ofac(sanctions: Path) -> ListSnapshot:
    return read_list(sanctions / "ofac" / "sdn.csv.gz")


def rows(path: Path) -> Iterator[list[str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        yield from (row for row in csv.reader(file) if row != ["\x1a"])


def test_every_entry_of_the_un_is_there_with_its_names_ranges_and_day(un, un_file):
    with gzip.open(un_file) as file:
        root = parse(file).getroot()
    persons, organisations = root.findall("INDIVIDUALS/INDIVIDUAL"), root.findall("ENTITIES/ENTITY")
    assert (len(persons), len(organisations)) == (730, 273)
    assert Counter(entry.kind for entry in un.entries) == {"person": 730, "organisation": 273}
    assert [entry.id for entry in un.entries] == [one.findtext("REFERENCE_NUMBER").strip() for one in (*persons, *organisations)]
    assert un.as_of.isoformat() == root.get("dateGenerated")[:10] == "2026-02-27"


def test_every_name_in_its_own_script_and_every_range_of_the_un_is_kept(un, un_file):
    with gzip.open(un_file) as file:
        root = parse(file).getroot()
    by_id = {entry.id: entry for entry in un.entries}
    scripts = ranges = 0
    for one in (*root.iter("INDIVIDUAL"), *root.iter("ENTITY")):
        entry = by_id[one.findtext("REFERENCE_NUMBER").strip()]
        script = " ".join((one.findtext("NAME_ORIGINAL_SCRIPT") or "").split())
        if script:
            scripts += 1
            assert script in {name.text for name in entry.names}
        for birth in one.findall("INDIVIDUAL_DATE_OF_BIRTH"):
            if birth.findtext("TYPE_OF_DATE") == "BETWEEN":
                ranges += 1
                years = (int(birth.findtext("FROM_YEAR")), int(birth.findtext("TO_YEAR")))
                assert years in {(found.first.year, found.last.year) for found in entry.births}
    assert (scripts, ranges) == (378, 31)


def test_no_word_of_the_un_list_is_lost(un, un_file):
    with gzip.open(un_file) as file:
        root = parse(file).getroot()
    by_id = {entry.id: entry for entry in un.entries}
    fields = {"COUNTRY", "VALUE", "COUNTRY_OF_BIRTH", "GENDER", "QUALITY", "LISTED_ON", "DATE_OF_BIRTH"}
    for one in (*root.iter("INDIVIDUAL"), *root.iter("ENTITY")):
        entry = by_id[one.findtext("REFERENCE_NUMBER").strip()]
        said = " ".join((entry.id, *(name.text for name in entry.names), *entry.programmes, *entry.titles, *(value for _field, value in entry.notes)))
        births = {part for birth in one.findall("INDIVIDUAL_DATE_OF_BIRTH") for part in birth}
        for part in one.iter():
            words = (part.text or "").split()
            if words and part.tag not in fields and part not in births:
                assert set(words) <= set(said.replace(",", " , ").split()) | set(said.split()), (entry.id, part.tag, words)


def test_every_entry_of_ofac_is_there_by_type_with_its_aliases(ofac, sanctions):
    primary = list(rows(sanctions / "ofac" / "sdn.csv.gz"))
    assert len(primary) == len(ofac.entries) == 8976
    counted = Counter(OFAC_KINDS[row[2].strip()] for row in primary)
    assert Counter(entry.kind for entry in ofac.entries) == counted == {"person": 4620, "organisation": 3673, "vessel": 406, "aircraft": 277}
    by_id = {entry.id: entry for entry in ofac.entries}
    assert [entry.id for entry in ofac.entries] == [row[0] for row in primary]
    aliases = list(rows(sanctions / "ofac" / "alt.csv.gz"))
    assert len(aliases) == 11910
    for number, _alias_number, _kind, name, _remark in aliases:
        assert " ".join(name.split()) in {one.text for one in by_id[number].names}
    assert not any("belong to no entry" in remark for remark in ofac.remarks)


def test_every_weak_alias_date_and_programme_of_ofac_is_read(ofac, sanctions):
    comments: dict[str, str] = {}
    for number, text in rows(sanctions / "ofac" / "sdn_comments.csv.gz"):
        comments[number] = comments.get(number, "") + text
    by_id = {entry.id: entry for entry in ofac.entries}
    weak = births = 0
    for row in rows(sanctions / "ofac" / "sdn.csv.gz"):
        entry, remarks = by_id[row[0]], row[11] + comments.get(row[0], "")
        assert list(entry.programmes) == row[3].split("] [")
        names = {name.text for name in entry.names}
        for piece in remarks.split("; "):
            if found := re.match(r"(?:alt\. )?[afn]\.k\.a\. '(.+)'\.?$", piece):
                weak += 1
                assert " ".join(found[1].split()) in names
            births += bool(re.match(r"(?:alt\. )?DOB ", piece))
        if remarks.strip() != "-0-":
            assert " ".join(remarks.split()) in {value for field, value in entry.notes if field == "remarks"}
    assert sum(len(entry.births) for entry in ofac.entries) <= births
    assert births - sum(len(entry.births) for entry in ofac.entries) < 10  # two statements that say the same are one
    assert weak > 2400


def test_no_date_of_birth_of_ofac_is_beyond_reading(ofac):
    assert not any("date of birth" in remark for remark in ofac.remarks)


def test_the_table_of_the_official_journal_is_read_row_by_row(sanctions):
    path = sanctions / "eu" / "eu_consolidated_from_official_journal.csv.gz"
    snapshot = read_list(path)
    assert len(snapshot.entries) == sum(1 for _row in rows(path)) - 1 == 8017
    assert Counter(measure for entry in snapshot.entries for measure in entry.measures)["Asset freeze"] == 6199


@pytest.mark.parametrize(
    ("name", "entries"), [("t1.entities.ftm.json", 6), ("zala.entities.ftm.json.gz", 14), ("parteispenden.entities.ftm.json.gz", 96)]
)
def test_exports_of_opensanctions_are_read(sanctions, name, entries):
    assert len(read_list(sanctions / "ftm_fixtures" / name).entries) == entries
