"""Every format of a list, on small files with people and organisations that are invented."""

from __future__ import annotations

import gzip
import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.tables import DOWNLOADS
from tracktwo.model.listing import BirthRange, ListedEntry, ListedName, ListSnapshot
from tracktwo.sources.lists import read_list
from tracktwo.sources.lists.births import birth, births_in
from tracktwo.sources.lists.gathered import names_in
from tracktwo.sources.table import UnreadableSource

HERE = Path(__file__).parent
UN = DOWNLOADS / "un_consolidated.xml"
ARABIC = "طارق الوهمي"


def read(name: str) -> ListSnapshot:
    return read_list(HERE / name)


def day(text: str) -> BirthRange:
    return BirthRange(date.fromisoformat(text), date.fromisoformat(text))


def year(number: int, last: int | None = None, *, circa: bool = False) -> BirthRange:
    return BirthRange(date(number, 1, 1), date(last or number, 12, 31), circa)


def names(entry: ListedEntry) -> list[tuple[str, str]]:
    return [(name.text, name.strength) for name in entry.names]


def noted(entry: ListedEntry, field: str) -> list[str]:
    return [value for name, value in entry.notes if name == field]


def test_the_un_list_keeps_ranges_aliases_by_quality_and_names_in_their_own_script():
    snapshot = read_list(UN, as_of=date(2026, 11, 26))
    assert (snapshot.key, snapshot.as_of, len(snapshot.entries)) == ("un", date(2026, 11, 18), 3)
    person = snapshot.entries[0]
    assert (person.id, person.kind, person.programmes, person.gender) == ("CFi.901", "person", ("CAR",), "man")
    assert names(person) == [
        ("TARIQ AL-WAHMI", "primary"),
        (ARABIC, "primary"),
        ("Tarek el-Wahmy", "strong"),
        ("Tarik Al Wahmi", "strong"),
        ("Le Colonel", "weak"),
        ("Tariq Wahm", "former"),
    ]
    assert person.births == (day("1971-03-05"), year(1969, 1972, circa=True), day("1970-08-14"))
    assert (person.nationalities, person.countries) == (("CAF",), ("TCD", "CAF"))
    assert (person.listed, person.changed) == (date(2024, 5, 2), date(2026, 2, 11))
    assert person.titles == ("Colonel", "Chief of staff of an armed group that does not exist")
    assert noted(person, "COMMENTS1") == ["Gender: male. A fictional commander, of whom nobody ever heard."]
    assert noted(person, "NATIONALITY") == ["Atlantis"]
    assert noted(person, "DOCUMENT") == ["Passport, X0000001, Chad"]


def test_what_the_un_list_says_and_nobody_can_read_is_counted_and_kept():
    snapshot = read_list(UN)
    assert any("'Atlantis'" in remark for remark in snapshot.remarks)
    assert any("24/06/1402" in remark for remark in snapshot.remarks)
    assert noted(snapshot.entries[1], "DATE_OF_BIRTH") == ["24/06/1402 (Hijri Calendar)"]


def test_names_in_brackets_are_names_where_they_are_several_of_another_script_or_an_acronym():
    _person, woman, holding = read_list(UN).entries
    assert [text for text, _strength in names(woman)] == ["ADÈLE INVENTÉE MBAYE", "أديل", "Adel", "Adele the Elder"]
    assert names(holding)[:2] == [("IMAGINARY HOLDING COMPANY", "primary"), ("IHC", "strong")]
    assert noted(holding, "NAME") == ["IMAGINARY HOLDING COMPANY (IHC)"]
    assert names_in("Group (of the north)") == ["Group (of the north)"]
    assert names_in("Abubakar (original script: Абубакар)") == ["Abubakar", "Абубакар"]


def test_ofac_aliases_come_from_their_file_and_weak_ones_from_the_remarks():
    snapshot = read("sdn.csv")
    assert (snapshot.key, snapshot.as_of) == ("ofac-sdn", None)
    assert [entry.kind for entry in snapshot.entries] == ["person", "organisation", "vessel", "aircraft", "person"]
    person = snapshot.entries[0]
    assert person.names[0] == ListedName("AL-WAHMI, Tariq", "primary", "AL-WAHMI")
    assert names(person)[1:] == [
        ("WAHMY, Tarek el-", "strong"),
        ("BEFORE, Tariq", "former"),
        ("LE COLONEL", "weak"),
        ("ABU 'UMAR", "weak"),
        ("OLD NAME, Tariq", "former"),
    ]
    assert person.births == (day("1970-08-14"), year(1969, circa=True), year(1969, 1972), BirthRange(date(1971, 3, 1), date(1971, 3, 31)))
    assert (person.nationalities, person.countries, person.programmes) == (("CAF", "PRK"), ("CAF",), ("SDGT", "IFSR"))
    assert person.titles == ("Colonel", "Chief of Staff")
    assert noted(person, "address") == ["1 Nowhere Street, Bangui, Central African Republic"]
    assert "Passport X0000001 (Chad)" in noted(person, "remarks")[0]


def test_a_remark_that_ofac_cut_goes_on_in_the_file_of_comments():
    nemo = read("sdn.csv").entries[-1]
    assert next(text for text, strength in names(nemo) if strength == "weak").endswith("THE CAPTAIN")
    assert nemo.births == (year(1985),)
    assert noted(nemo, "nationality") == ["Nowhere"]


def test_details_of_a_ship_stand_in_the_notes():
    ship = read("sdn.csv").entries[2]
    assert (noted(ship, "call sign"), noted(ship, "vessel flag"), ship.countries) == (["ABCD1"], ["Iran"], ("IRN",))


def test_a_list_without_its_siblings_says_what_is_missing(tmp_path):
    shutil.copy(HERE / "sdn.csv", tmp_path / "SDN.CSV")
    snapshot = read_list(tmp_path / "SDN.CSV")
    assert [remark for remark in snapshot.remarks if "missing" in remark] == [
        f"not beside SDN.CSV, so what it holds is missing: {name}" for name in ("alt.csv", "add.csv", "sdn_comments.csv")
    ]


@pytest.mark.parametrize(("primary", "alias"), [("SDN.CSV", "ALT.CSV"), ("sdn.csv.gz", "alt.csv.gz"), ("ofac_sdn.csv", "ofac_alt.csv")])
def test_siblings_are_found_in_capitals_compressed_and_with_a_prefix(tmp_path, primary, alias):
    for original, copy in (("sdn.csv", primary), ("alt.csv", alias)):
        content = (HERE / original).read_bytes()
        (tmp_path / copy).write_bytes(gzip.compress(content) if copy.endswith(".gz") else content)
    assert ("WAHMY, Tarek el-", "strong") in names(read_list(tmp_path / primary).entries[0])


def test_rows_of_a_sibling_that_belong_to_no_entry_are_counted(tmp_path):
    for name in ("sdn.csv", "alt.csv"):
        shutil.copy(HERE / name, tmp_path / name)
    with (tmp_path / "alt.csv").open("a", newline="") as file:
        file.write('9999,9,"aka","NOBODY",-0- \r\n')
    assert any(remark.startswith("1 rows of the files beside sdn.csv belong to no entry") for remark in read_list(tmp_path / "sdn.csv").remarks)


def test_the_consolidated_list_of_ofac_is_known_by_its_name_or_by_its_programmes(tmp_path):
    row = '9001,"NEMO, Anna","individual","NS-PLC",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 1962."\r\n'
    for name in ("cons_prim.csv", "download.csv"):
        (tmp_path / name).write_text(row)
        assert read_list(tmp_path / name).key == "ofac-cons"


def test_ofacs_advanced_file_gives_scripts_measures_and_papers():
    snapshot = read("sdn_advanced.xml")
    assert (snapshot.key, snapshot.as_of) == ("ofac-sdn", date(2026, 11, 20))
    person, holding = snapshot.entries
    assert names(person) == [("AL-WAHMI, Tariq", "primary"), ("الوهمي طارق", "primary"), ("LE COLONEL", "weak"), ("BEFORE, Tariq", "former")]
    assert (person.programmes, person.measures, person.listed) == (("SDGT", "IFSR"), ("Block",), date(2024, 5, 2))
    assert person.births == (year(1969, 1972, circa=True),)
    assert (person.nationalities, person.countries, person.gender, person.titles) == (("TCD",), ("CAF",), "man", ("Colonel",))
    assert noted(person, "identification") == ["Passport, X0000001, Chad"]
    assert noted(person, "legal basis") == ["Executive Order 13224"]
    assert noted(person, "Secondary sanctions risk:") == ["section 1(b) of a fictional order"]
    assert noted(holding, "relation") == ["AL-WAHMI, Tariq (7001): Associate Of this party"]
    assert (holding.kind, holding.programmes) == ("organisation", ("NPWMD",))


def test_the_eu_list_is_the_same_as_xml_and_as_csv_but_for_what_the_csv_does_not_have():
    whole, table = read("eu_fsf.xml"), read("eu_fsf.csv")
    assert (whole.key, table.key) == ("eu-fsf", "eu-fsf")
    assert whole.as_of == table.as_of == date(2026, 11, 19)
    one, other = whole.entries[0], table.entries[0]
    assert one.id == other.id == "9001"
    assert one.nationalities == other.nationalities == ("CAF",)
    assert one.programmes == other.programmes == ("CAF",)
    assert one.listed == other.listed == date(2024, 5, 13)
    assert one.gender == other.gender == "man"
    assert names(one) == [("Tariq Al-Wahmi", "primary"), (ARABIC, "strong"), ("Le Colonel", "weak"), ("Tarek", "weak")]
    assert names(other) == [("Tariq Al-Wahmi", "primary"), (ARABIC, "strong"), ("Tarek", "weak")]
    assert other.births == (year(1969, 1972, circa=True), day("1970-08-14"))
    assert one.births == (*other.births, BirthRange(date(1971, 3, 1), date(1971, 3, 31)))
    assert one.names[0].family == "Al-Wahmi"


def test_births_of_the_eu_list_in_another_calendar_or_without_a_beginning_are_counted():
    snapshot = read("eu_fsf.xml")
    assert any("another calendar" in remark and "'1390'" in remark for remark in snapshot.remarks)
    assert any("' to 1975'" in remark or "'to 1975'" in remark for remark in snapshot.remarks)


def test_an_eu_file_without_programmes_is_the_list_of_travel_bans(tmp_path):
    text = (HERE / "eu_fsf.xml").read_text(encoding="utf-8").replace(' programme="CAF"', "").replace(' programme="IRN"', "")
    path = tmp_path / "travel.xml"
    path.write_text(text, encoding="utf-8")
    snapshot = read_list(path)
    assert snapshot.key == "eu-travel"
    assert snapshot.entries[0].programmes == ("2024/9999 (OJ L)",)


@pytest.mark.parametrize("name", ["uk.csv", "uk.xml"])
def test_the_uk_list_states_its_measures_and_partial_dates(name):
    snapshot = read(name)
    assert (snapshot.key, snapshot.as_of) == ("uk", date(2026, 11, 17))
    person = snapshot.entries[0]
    assert (person.id, person.kind) == ("CAR0901", "person")
    assert {("TARIQ AL-WAHMI", "primary"), ("Tarek el WAHMY", "strong"), ("Le Colonel", "weak"), (ARABIC, "strong")} <= set(names(person))
    assert person.names[0].family == "AL-WAHMI"
    assert person.births == (year(1970), day("1971-03-05"))
    assert person.measures == ("Asset freeze", "Travel Ban", "Targeted Arms embargo")
    assert (person.listed, person.changed, person.gender) == (date(2024, 5, 2), date(2026, 2, 11), "man")
    assert person.programmes == ("The Central African Republic (Sanctions) (EU Exit) Regulations 2020",)
    assert noted(person, "UK Statement of Reasons") + noted(person, "UKStatementofReasons")
    assert snapshot.entries[1].kind == "organisation"


def test_the_uk_table_joins_the_rows_of_one_entry_and_keeps_every_column():
    snapshot = read("uk.csv")
    assert [entry.id for entry in snapshot.entries] == ["CAR0901", "IRN0902", "RUS0903"]
    assert snapshot.entries[0].nationalities == ("CAF", "TCD")
    assert noted(snapshot.entries[1], "Parent company") == ["Daydream Trading"]
    assert snapshot.entries[2].kind == "vessel"


def test_opensanctions_joins_sanctions_papers_and_addresses_to_whom_they_concern():
    snapshot = read("entities.ftm.json")
    assert (snapshot.key, snapshot.as_of) == ("opensanctions:xx_made_up", date(2026, 11, 21))
    person, holding = snapshot.entries
    assert (person.programmes, person.measures, person.listed) == (("UN-SC2127",), ("Asset freeze", "Travel ban"), date(2024, 5, 2))
    assert [strength for _text, strength in names(person)] == ["primary", "strong", "strong", "weak", "former"]
    assert (noted(person, "address"), noted(person, "Passport")) == (
        ["1 Nowhere Street, Bangui"],
        ["holder: NK-wahmi; number: X0000001; country: td"],
    )
    assert (holding.id, holding.programmes) == ("NK-holding", ("Made-up programme",))
    assert snapshot.remarks[0].startswith("1 entities are neither targets nor sanctioned")


def test_the_simple_table_of_opensanctions_has_several_values_in_a_cell():
    snapshot = read("targets.simple.csv")
    person, holding = snapshot.entries
    assert (person.births, person.countries, person.programmes) == ((day("1970-08-14"), year(1969)), ("CAF",), ("UN-SC2127", "GB-CAR"))
    assert names(holding)[1:] == [("Holding; of the Imaginary", "strong"), ("IHC", "strong")]


def test_the_table_of_the_official_journal_enumerates_within_a_cell():
    person, holding = read("eu_journal.csv").entries
    assert person.births == (day("1970-08-14"), year(1969, circa=True))
    assert (person.nationalities, person.measures, person.titles) == (("CAF", "TCD"), ("Asset freeze",), ("Colonel", "Chief of staff"))
    assert [strength for _text, strength in names(person)] == ["primary", "strong", "strong", "weak", "former"]
    assert holding.id == "32012R0267/II.B/Imaginary Holding Company"


def test_a_list_of_ones_own_speaks_for_its_earliest_row():
    snapshot = read("own.csv")
    assert (snapshot.key, snapshot.as_of) == ("own:Parties that our funder bars", date(2026, 11, 20))
    person, holding = snapshot.entries
    assert (person.id, holding.id) == ("1", "2")
    assert person.births == (BirthRange(date(1970, 8, 1), date(1970, 8, 31)), year(1969, circa=True))
    assert (person.nationalities, noted(person, "remark")) == (("TCD",), ["page 3 of the contract"])


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (",,,L,2026-01-01", "line 2: name is empty"),
        ("A B,,31.31.1970,L,2026-01-01", "line 2: birth_date should be a date such as 1970, 1970-05 or 1970-05-31, not '31.31.1970'"),
        ("A B,,,L,soon", "line 2: as_of should be a day such as 2026-11-26, not 'soon'"),
        ("A B,,,L", "line 2: 4 values for 5 columns"),
        ("A B,,,L,2026-01-01\nC D,,,M,2026-01-01", "the column list names L and M"),
    ],
)
def test_a_wrong_row_of_ones_own_list_is_named(tmp_path, row, said):
    path = tmp_path / "own.csv"
    path.write_text(f"name,aliases,birth_date,list,as_of\n{row}\n")
    with pytest.raises(UnreadableSource, match="own") as refused:
        read_list(path)
    assert said in str(refused.value)


def test_a_day_that_the_file_states_goes_before_the_day_of_the_download():
    assert read_list(UN, as_of=date(2030, 1, 1)).as_of == date(2026, 11, 18)
    assert read_list(HERE / "sdn.csv", as_of=date(2021, 7, 10)).as_of == date(2021, 7, 10)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("08 Sep 1966", day("1966-09-08")),
        ("11.8.1960", day("1960-08-11")),
        ("dd/mm/1945", year(1945)),
        ("00/00/1945", year(1945)),
        ("circa 1966-1968", year(1966, 1968, circa=True)),
        ("Between 1960 and 1962 (Approximately)", year(1960, 1962, circa=True)),
        ("1959/1960", year(1959, 1960)),
        ("Sep 1966 to Oct 1967", BirthRange(date(1966, 9, 1), date(1967, 10, 31))),
        ("1968 to 1966", None),
        ("31 Feb 1970", None),
        ("13/13/1970", None),
        ("1343 (Iranian Hijri calendar)", None),
    ],
)
def test_dates_of_birth_in_every_form(text, expected):
    assert birth(text) == expected


@given(st.dates(min_value=date(1000, 1, 1)), st.dates(min_value=date(1000, 1, 1)))
def test_a_span_of_two_days_is_read_from_the_first_to_the_last(one, other):
    first, last = sorted((one, other))
    assert birth(f"{first.isoformat()} to {last.isoformat()}") == BirthRange(first, last)
    if first != last:
        assert birth(f"{last.isoformat()} to {first.isoformat()}") is None


@given(st.text(max_size=60))
def test_no_text_is_a_birth_that_ends_before_it_begins(text):
    for found in (birth(text), *births_in(text)):
        assert found is None or found.first <= found.last


def test_a_file_that_is_no_list_says_which_are_read(tmp_path):
    path = tmp_path / "letter.txt"
    path.write_text("Dear Sir,\nI am not a list.\n")
    with pytest.raises(UnreadableSource, match=r"letter\.txt is none of the lists that tracktwo reads: the UN"):
        read_list(path)
