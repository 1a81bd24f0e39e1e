"""The user's own downloads."""

import csv
import gzip
import io
import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracktwo.sources.countries import load_countries
from tracktwo.sources.ged import date_orders, split_events
from tracktwo.sources.home import add_source, own_sources
from tracktwo.sources.recognise import recognise
from tracktwo.sources.shelf import open_shelf
from tracktwo.sources.table import SHIPPED, UnreadableSource
from tracktwo.sources.ucdp import EVENT_COLUMNS

TODAY = date(2026, 11, 22)
STATE = load_countries().from_gleditsch_ward
PASSPORTS = "Passport,Destination,Requirement\nCAF,CHE,visa required\nCAF,CMR,90\nCAF,CAF,-1\n"


def write(folder, name, text, encoding="utf-8"):
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def events_file(folder, starts, *, sources=None, encoding="utf-8", name="events.csv", **rest):
    """A GED table with one event a start date."""
    out = io.StringIO()
    writer = csv.DictWriter(out, [*EVENT_COLUMNS, "source_date"], lineterminator="\n")
    writer.writeheader()
    for number, start in enumerate(starts):
        row = dict.fromkeys(EVENT_COLUMNS, "1") | {
            "id": str(number),
            "country_id": "369",
            "date_start": start,
            "date_end": start,
            "where_coordinates": "Żytomierz",
        }
        writer.writerow(row | {"source_date": sources[number] if sources else ""} | rest)
    return write(folder, name, out.getvalue().replace("Żytomierz", "Orléans"), encoding)


@pytest.mark.parametrize(
    ("shipped", "name", "rows"),
    [
        ("ucdp/ucdp-prio-acd-251.csv.gz", "conflicts", 2752),
        ("ucdp/ucdp-dyadic-251.csv.gz", "dyads", 3432),
        ("ucdp/ged-231-central-african-republic.csv.gz", "events", 1848),
        ("passport-index/passport-index-tidy-iso3.csv.gz", "passports", 39601),
    ],
)
def test_a_table_is_recognised_by_what_is_in_it_whatever_its_name(tmp_path, shipped, name, rows):
    renamed = tmp_path / "download(3).dat"
    renamed.write_bytes((SHIPPED / shipped).read_bytes())
    found = recognise(renamed)
    assert (found.name, found.rows) == (name, rows)


def test_the_version_and_the_last_day_are_read_from_the_rows(tmp_path):
    found = recognise(SHIPPED / "ucdp" / "organizedviolencecy-251.csv.gz")
    assert (found.name, found.version, found.speaks_until) == ("deaths", "25.1", date(2024, 12, 31))


def test_a_dump_of_geonames_is_recognised_and_read(tmp_path):
    fields = ["1", "Bangui", "Bangui", "", "4.36", "18.55", "P", "PPLC", "CF", "", "", "", "", "", "542393", "", "369", "Africa/Bangui", "2024-01-01"]
    add_source(write(tmp_path, "cities5000.txt", "\t".join(fields) + "\n"), tmp_path, as_of=TODAY)
    (town,) = open_shelf(tmp_path, TODAY).gazetteer.find("bangui")
    assert (town.country, town.latitude) == ("CAF", 4.36)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04rest", "zip archive"),
        (b"name,age\nA,1\n", "none of the tables that tracktwo reads"),
        (b"Passport,Requirement\nCAF,90\n", "line 1: the column Destination is missing"),
        (b"Passport,Destination,Requirement\nCAF,CHE,perhaps\n", "line 2: Requirement should be"),
        (b"Passport,Destination,Requirement\nFrance,CHE,90\n", "line 2: 'France' and 'CHE' should be ISO alpha-3 codes"),
        (b"Passport,Destination,Requirement\nCAF,CHE\n", "line 2: 2 values for 3 columns"),
        (b"\x1f\x8b\x08\x00broken", "damaged or cut off"),
        (b"\x81\x8d\x00\x9d", r"not readable as CSV|none of the tables"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_sentence_and_nothing_is_kept(tmp_path, content, said):
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    with pytest.raises(UnreadableSource, match=said):
        add_source(path, tmp_path / "home", as_of=TODAY)
    assert not list((tmp_path / "home").rglob("*.json"))


def test_a_file_that_does_not_exist_and_a_folder_are_told_apart(tmp_path):
    with pytest.raises(UnreadableSource, match="does not exist"):
        recognise(tmp_path / "nothing.csv")
    with pytest.raises(UnreadableSource, match=r"cannot be read|is a folder"):
        recognise(tmp_path)


@settings(max_examples=30, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_whatever_lead_to_anything_but_a_sentence(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("any") / "file"
    path.write_bytes(content)
    with pytest.raises(UnreadableSource):
        recognise(path)


def test_an_own_table_wins_over_the_shipped_one_where_it_is_newer(tmp_path):
    add_source(write(tmp_path, "p.csv", PASSPORTS), tmp_path, as_of=TODAY)
    shelf = open_shelf(tmp_path, TODAY)
    assert shelf.passports.entry("CAF", "CMR").days == 90
    assert (shelf.passports.source.own_download, shelf.state("passports").state) == (True, "ready")


def test_an_own_table_that_is_older_than_the_shipped_one_does_not_win(tmp_path):
    add_source(write(tmp_path, "p.csv", PASSPORTS), tmp_path, as_of=date(2020, 1, 1))
    assert not open_shelf(tmp_path, TODAY).passports.source.own_download


def test_a_table_that_covers_years_speaks_for_their_end_and_not_for_the_day_of_download(tmp_path):
    state = add_source(SHIPPED / "ucdp" / "ucdp-prio-acd-251.csv.gz", tmp_path, as_of=TODAY)
    assert state.provenance.as_of == date(2024, 12, 31)
    assert open_shelf(tmp_path, TODAY).conflicts.conflict_source.own_download


def test_adding_the_same_file_twice_keeps_it_once(tmp_path):
    path = write(tmp_path, "p.csv", PASSPORTS)
    for _ in range(2):
        add_source(path, tmp_path, as_of=TODAY)
    kept, faults = own_sources(tmp_path)
    assert (len(kept), faults) == (1, ())
    assert kept[0].table.path.read_bytes() == path.read_bytes()
    assert not list((tmp_path / "sources" / "passports").glob(".adding*"))


def test_a_kept_file_that_was_changed_or_lost_is_a_state_and_the_shipped_one_is_used(tmp_path):
    add_source(write(tmp_path, "p.csv", PASSPORTS), tmp_path, as_of=TODAY)
    (kept,), _ = own_sources(tmp_path)
    kept.table.path.write_text(PASSPORTS + "CAF,FRA,90\n")
    shelf = open_shelf(tmp_path, TODAY)
    assert [state.reason for state in shelf.states if state.state == "unreadable"] == [
        f"{kept.table.path} was changed after it was added; add the file again with 'tracktwo sources add'"
    ]
    assert not shelf.passports.source.own_download
    kept.table.path.unlink()
    assert "is gone" in next(state.reason for state in open_shelf(tmp_path, TODAY).states if state.state == "unreadable")


def test_a_note_that_is_no_note_is_a_state(tmp_path):
    folder = tmp_path / "sources" / "passports"
    folder.mkdir(parents=True)
    (folder / "x.json").write_text(json.dumps(["?"]))
    assert "does not describe a source" in next(state.reason for state in open_shelf(tmp_path, TODAY).states if state.state == "unreadable")


def test_own_events_are_kept_by_country(tmp_path):
    add_source(events_file(tmp_path, ["2024-05-01", "2024-05-02T00:00:00"]), tmp_path / "home", as_of=TODAY)
    conflicts = open_shelf(tmp_path / "home", TODAY).conflicts
    assert [event.began for event in conflicts.events_of("UKR")] == [date(2024, 5, 1), date(2024, 5, 2)]
    assert conflicts.event_source("UKR").as_of == date(2024, 5, 2)
    assert len(conflicts.events_of("CAF")) == 1848


def test_a_windows_file_and_a_file_with_a_byte_order_mark_are_read_alike(tmp_path):
    windows = split_events(events_file(tmp_path, ["2024-05-01"], encoding="cp1252"), tmp_path / "w", STATE)
    marked = split_events(events_file(tmp_path, ["2024-05-01"], encoding="utf-8-sig", name="b.csv"), tmp_path / "m", STATE)
    assert windows == marked
    assert gzip.decompress((tmp_path / "w" / "UKR.csv.gz").read_bytes()) == gzip.decompress((tmp_path / "m" / "UKR.csv.gz").read_bytes())
    assert "Orléans" in gzip.decompress((tmp_path / "w" / "UKR.csv.gz").read_bytes()).decode()


DAYS = st.dates(date(2014, 1, 1), date(2024, 12, 31))


@settings(max_examples=25, deadline=None)
@given(st.lists(DAYS, min_size=12, max_size=30), st.sampled_from(["%m/%d/%Y 00:00", "%d/%m/%Y 00:00", "%m/%d/%Y 12:00:00 AM"]))
def test_the_order_of_day_and_month_is_found_from_the_reports(tmp_path_factory, days, layout):
    folder = tmp_path_factory.mktemp("dates")
    reports = [(day + timedelta(3)).isoformat() for day in days]
    path = events_file(folder, [day.strftime(layout) for day in days], sources=reports)
    try:
        orders = date_orders(path)
    except UnreadableSource:
        # Only where too many days read the same, or nearly so, both ways is it left open.
        assert sum(abs(day.day - day.month) > 1 for day in days) * 2 <= len(days)
        return
    assert set(orders.values()) == {"month first" if layout.startswith("%m") else "day first"}


def test_dates_that_can_be_read_both_ways_are_not_guessed(tmp_path):
    with pytest.raises(UnreadableSource, match="day or the month first"):
        date_orders(events_file(tmp_path, ["05/02/2014 00:00", "05/03/2014 00:00"]))


def test_the_two_layouts_of_a_file_saved_again_are_both_read_with_the_month_first(test_data, tmp_path):
    path = test_data / "ucdp" / "ged_ukraine.csv.gz"
    assert date_orders(path) == {"9:9": "month first", "9:9:9 AM": "month first"}
    split = split_events(path, tmp_path, STATE)
    assert (split.countries, split.rows, split.last_day) == (("UKR",), 3883, date(2023, 2, 28))


@pytest.mark.parametrize(
    ("file", "name"),
    [("ucdp/ged191_syria.csv.gz", "events"), ("ucdp/organizedviolencecy_v25_1.csv.gz", "deaths"), ("travel/world_cities_5000.csv.gz", "towns")],
)
def test_files_as_their_publishers_give_them_are_recognised(test_data, file, name):
    assert recognise(test_data / Path(file)).name == name
