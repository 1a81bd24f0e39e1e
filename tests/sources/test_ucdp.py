"""The conflict data of UCDP."""

import gzip
from datetime import date

import pytest

from tracktwo.model.world import Provenance
from tracktwo.sources.countries import load_countries
from tracktwo.sources.table import Table, UnreadableSource
from tracktwo.sources.ucdp import CONFLICT_COLUMNS, EVENT_COLUMNS, Conflicts, load_conflicts, read_conflicts

STATE = load_countries().from_gleditsch_ward
SHIPPED = load_conflicts(STATE)
SOMEWHERE = Provenance("UCDP", "a test", "1", date(2024, 12, 31), "CC-BY-4.0")
ROW = dict(
    conflict_id="1", location="A, B", side_a="Government of A", side_b="Government of B", incompatibility="3", territory_name="Hills", year="2020",
    intensity_level="2", type_of_conflict="2", start_date="2019-05-04", ep_end="1", ep_end_date="2020-06-01", gwno_a="651,  666", gwno_b="652",
    gwno_loc="651; 652",
)  # fmt: skip


def table(folder, columns, *rows, name="table.csv"):
    path = folder / name
    lines = [",".join(columns), *(",".join(f'"{row[column]}"' for column in columns) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return Table(path, SOMEWHERE)


def test_the_central_african_republic_is_known_to_be_at_war_in_the_last_year():
    last = SHIPPED.of_country("CAF")[-1]
    assert (last.year, last.side_b, last.incompatibility, last.intensity, last.countries) == (2024, "CPC", "government", "minor", ("CAF",))
    assert (SHIPPED.first_year, SHIPPED.last_year) == (1946, 2024)


def test_deaths_are_told_for_every_year_in_order():
    rows = SHIPPED.deaths("CAF")
    assert [row.year for row in rows] == list(range(1989, 2025))
    assert (rows[-1].state_based, rows[-1].non_state, rows[-1].one_sided, rows[-1].total) == (183, 34, 268, 485)


def test_a_country_without_organised_violence_has_zeros_and_an_unknown_one_nothing():
    assert {row.total for row in SHIPPED.deaths("ISL")} == {0}
    assert SHIPPED.deaths("ZZZ") == ()


def test_two_states_that_became_one_are_added_up_in_the_year_in_which_both_stood():
    years = [row.year for row in SHIPPED.deaths("YEM")]
    assert years == sorted(set(years))
    assert years[0] == 1989


def test_events_lie_in_their_country_and_stand_in_order():
    events = SHIPPED.events_of("CAF")
    assert len(events) == 1848
    assert [event.began for event in events] == sorted(event.began for event in events)
    assert all(2 < event.latitude < 12 and 14 < event.longitude < 28 for event in events)
    assert SHIPPED.event_source("CAF").as_of == date(2022, 12, 31)


def test_a_country_without_an_event_table_has_no_event_source():
    assert (SHIPPED.events_of("FRA"), SHIPPED.event_source("FRA")) == ((), None)


def test_interstate_conflicts_are_found_between_their_parties_only():
    found = SHIPPED.between(["IRN", "ISR"])
    assert [row.year for row in found] == list(range(2018, 2025))
    assert SHIPPED.between(["IRN", "FRA"]) == ()
    assert SHIPPED.between(["IRN"]) == ()


def test_a_colonial_war_belongs_to_the_country_that_was_fought_over():
    assert any(row.kind == "extrasystemic" for row in SHIPPED.of_country("DZA"))
    assert not any(row.kind == "extrasystemic" for row in SHIPPED.of_country("FRA"))


def test_states_lists_and_codes_are_read_as_the_publisher_writes_them(tmp_path):
    (row,) = read_conflicts(table(tmp_path, CONFLICT_COLUMNS, ROW), STATE)
    assert row.countries == ("EGY", "SYR", "ISR")
    assert (row.kind, row.intensity, row.incompatibility) == ("interstate", "war", "territory and government")
    assert (row.began, row.ended) == (date(2019, 5, 4), date(2020, 6, 1))


def test_columns_are_found_by_name_in_whatever_order(tmp_path):
    turned = tuple(reversed(CONFLICT_COLUMNS))
    assert read_conflicts(table(tmp_path, turned, ROW), STATE) == read_conflicts(table(tmp_path, CONFLICT_COLUMNS, ROW, name="b.csv"), STATE)


def test_a_missing_column_is_named(tmp_path):
    short = tuple(column for column in CONFLICT_COLUMNS if column != "gwno_loc")
    with pytest.raises(UnreadableSource, match=r"table\.csv, line 1: the column gwno_loc is missing"):
        read_conflicts(table(tmp_path, short, ROW), STATE)


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("year", "twenty", "line 2: year should be a number"),
        ("start_date", "4 May", "line 2: start_date should be a date"),
        ("type_of_conflict", "9", "line 2: type_of_conflict should be one of 1, 2, 3, 4"),
    ],
)
def test_a_wrong_value_is_named_with_its_line(tmp_path, column, value, said):
    with pytest.raises(UnreadableSource, match=said):
        read_conflicts(table(tmp_path, CONFLICT_COLUMNS, ROW | {column: value}), STATE)


def test_a_file_that_was_cut_off_is_refused_and_not_half_read(tmp_path):
    whole = table(tmp_path, CONFLICT_COLUMNS, *([ROW] * 200))
    packed = gzip.compress(whole.path.read_bytes())
    (tmp_path / "cut.csv.gz").write_bytes(packed[: len(packed) // 2])
    with pytest.raises(UnreadableSource, match="damaged or cut off"):
        read_conflicts(Table(tmp_path / "cut.csv.gz", SOMEWHERE), STATE)


def event(number, day, **rest):
    return dict(
        id=str(number), type_of_violence="1", side_a="A", side_b="B", where_prec="1", where_coordinates="X", adm_1="", latitude="5", longitude="20",
        country_id="482", date_start=day, date_end=day, best="3",
    ) | rest  # fmt: skip


def with_events(*tables):
    return Conflicts(SHIPPED.conflict_table, SHIPPED.dyad_table, SHIPPED.death_table, STATE, {"CAF": tables})


def test_from_its_first_day_on_a_newer_event_table_stands_instead_of_an_older_one(tmp_path):
    newer = table(tmp_path, EVENT_COLUMNS, event(2, "2022-01-01", best="9"), event(3, "2023-01-01"), name="newer.csv")
    older = table(tmp_path, EVENT_COLUMNS, event(1, "2020-01-01"), event(2, "2022-01-01"), event(9, "2022-06-01"), name="older.csv")
    found = with_events(newer, older).events_of("CAF")
    assert [(each.id, each.deaths) for each in found] == [("1", 3), ("2", 9), ("3", 3)]


def test_a_place_off_the_earth_is_refused_with_its_line(tmp_path):
    wrong = table(tmp_path, EVENT_COLUMNS, event(1, "2020-01-01", latitude="95"))
    with pytest.raises(UnreadableSource, match=r"line 2: latitude should be degrees between -90 and 90, not '95'"):
        with_events(wrong).events_of("CAF")


def test_the_shipped_tables_hold_what_ucdp_published(test_data):
    rows = {
        name: sum(1 for _ in t.records(["version"]))
        for name, t in (("c", SHIPPED.conflict_table), ("d", SHIPPED.dyad_table), ("y", SHIPPED.death_table))
    }
    assert rows == {"c": 2752, "d": 3432, "y": 6936}
    with gzip.open(test_data / "ucdp" / "ucdp-prio-acd-251.csv.gz", "rb") as file:
        published = file.read()
    assert gzip.decompress(SHIPPED.conflict_table.path.read_bytes()).splitlines()[0] == published.splitlines()[0]
