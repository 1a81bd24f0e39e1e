"""Travel advice of five governments, resolutions of the Security Council, airports, and UNESCO's lists."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tests.sources.tables import DOWNLOADS, edited, table
from tracktwo.library.culture import HERITAGE, heritage, load_elements
from tracktwo.sources.advisories import Advisories
from tracktwo.sources.airports import Airports
from tracktwo.sources.countries import load_countries
from tracktwo.sources.ged import split_events
from tracktwo.sources.heritage import HeritageLists
from tracktwo.sources.home import add_source
from tracktwo.sources.recognise import recognise
from tracktwo.sources.shelf import open_shelf
from tracktwo.sources.table import UnreadableSource
from tracktwo.sources.un_sc import Resolutions, countries_in

COUNTRIES = load_countries()
TODAY = date(2026, 8, 30)


def advice(name):
    return Advisories(table(DOWNLOADS / f"{name}_summary.csv"), COUNTRIES.find)


@pytest.mark.parametrize(
    ("name", "issuer", "level", "number", "step"),
    [
        ("australia", "AUS", "Reconsider your need to travel", None, 3),
        ("canada", "CAN", "Avoid non-essential travel (with regional advisories)", None, 3),
        ("ireland", "IRL", None, None, None),
        ("unitedkingdom", "GBR", None, None, None),
        ("unitedstates", "USA", "Level 3: Reconsider Travel", 3, 3),
    ],
)
def test_each_government_is_known_by_its_addresses_and_read_in_its_own_words(name, issuer, level, number, step):
    found = advice(name)
    (ethiopia,) = found.on("ETH")
    assert (found.issuer, ethiopia.level_text, ethiopia.level_number, ethiopia.step) == (issuer, level, number, step)
    assert ethiopia.regional == (issuer == "CAN")
    assert ethiopia.updated is not None
    assert ethiopia.url.startswith("https://")


def test_a_destination_that_may_be_two_countries_is_counted_and_not_guessed():
    found = advice("canada")
    assert (found.unresolved, found.rows) == (("Congo",), 5)
    assert found.on("COD") == found.on("COG") == ()


def test_a_row_without_a_level_is_unknown_and_without_a_date_too():
    (cameroon,) = advice("unitedstates").on("CMR")
    assert (cameroon.level_text, cameroon.level_number, cameroon.updated) == (None, None, None)


def test_a_table_whose_addresses_lead_to_two_governments_is_refused(tmp_path):
    mixed = edited(tmp_path, "canada_summary.csv", ("https://travel.gc.ca/destinations/kenya", "https://www.gov.uk/kenya"))
    with pytest.raises(UnreadableSource, match="lead to no single government"):
        recognise(mixed)


def test_the_advice_of_several_governments_stands_side_by_side_and_the_newest_of_each(tmp_path):
    for name in ("canada", "unitedstates"):
        add_source(DOWNLOADS / f"{name}_summary.csv", tmp_path, as_of=TODAY)
    later = edited(tmp_path, "canada_summary.csv", ("Avoid all travel", "Take normal security precautions"), ("2026-08-24", "2026-08-26"))
    add_source(later, tmp_path, as_of=TODAY)
    shelf = open_shelf(tmp_path, TODAY)
    assert [one.issuer for one in shelf.advisories] == ["CAN", "USA"]
    assert shelf.advisories[0].on("KEN")[0].step == 1
    assert (shelf.state("advisories/USA").state, shelf.state("advisories").provenance.publisher) == ("old", "Government of Canada")
    assert "1 of 5 destinations" in shelf.state("advisories/CAN").reason


@pytest.mark.parametrize(
    ("file", "rows", "unresolved", "issuer", "newest"),
    [
        ("australia", 179, 2, "AUS", date(2025, 8, 15)),
        ("canada", 230, 7, "CAN", date(2026, 8, 21)),
        ("ireland", 212, 5, "IRL", date(2026, 8, 21)),
        ("unitedkingdom", 226, 7, "GBR", date(2026, 8, 21)),
        ("unitedstates", 237, 11, "USA", date(2025, 8, 12)),
    ],
)
def test_the_advice_of_five_governments_holds_what_its_readme_says(test_data, file, rows, unresolved, issuer, newest):
    path = test_data / "travel_advisories" / f"{file}_summary.csv"
    assert sum(1 for _row in table(path).records(("destination",))) == rows
    found = Advisories(table(path), COUNTRIES.find)
    assert (found.issuer, len(found.unresolved), found.last_updated) == (issuer, unresolved, newest)
    assert recognise(path).rows == rows


def resolutions(path=DOWNLOADS / "resolutions_metadata.jsonl"):
    return Resolutions(table(path), COUNTRIES.named)


def test_a_resolution_is_read_with_day_item_votes_and_subjects():
    (car,) = resolutions().of_countries({"CAF"})
    assert (car.symbol, car.adopted, car.agenda_item) == ("S/RES/9901 (2025)", date(2025, 11, 13), "The situation in the Central African Republic")
    assert (car.in_favour, car.against, car.abstaining, car.chapter_vii) == (13, 0, 2, True)
    assert car.subjects == ("MADE-UP HEADING",)


def test_doubled_lines_are_counted_and_stand_once_with_what_the_fuller_one_says():
    found = resolutions()
    assert (found.lines, len(found.all)) == (5, 4)
    assert next(one for one in found.all if "9903" in one.symbol).agenda_item.startswith("Letter dated")


def test_who_wrote_a_letter_is_not_what_it_is_about_unless_the_subjects_name_it():
    assert [one.symbol for one in resolutions().of_countries({"FRA"})] == ["S/RES/9903 (2026)"]
    assert countries_in("Letters dated 20 December 1991, from France and the United States of America", COUNTRIES.named) == ("FRA", "USA")


def test_votes_that_nobody_counted_are_unknown_and_not_none():
    assert next(one for one in resolutions().all if "9904" in one.symbol).in_favour is None


@pytest.mark.parametrize(
    ("item", "countries"),
    [
        ("Reports of the Secretary-General on the Sudan and South Sudan", ("SDN", "SSD")),
        ("The situation in Chad, the Central African Republic and the subregion", ("TCD", "CAF")),
        ("The situation in Guinea-Bissau", ("GNB",)),
        ("Non-proliferation/Democratic People’s Republic of Korea", ("PRK",)),
        ("The situation in the Middle East, including the Palestinian question", ()),
        ("Peace consolidation in West Africa", ()),
    ],
)
def test_the_countries_of_an_agenda_item_are_read_from_its_words(item, countries):
    assert countries_in(item, COUNTRIES.named) == countries


def test_the_security_council_holds_what_its_readme_says_and_the_shipped_table_is_made_from_it(test_data):
    published = resolutions(test_data / "un_sc" / "resolutions_metadata_2000-2026.jsonl.gz")
    assert (published.lines, len(published.all)) == (1541, 1538)
    shipped = open_shelf(None, TODAY).resolutions
    assert shipped.all == published.all
    assert shipped.lines == 1538


def airports(path=DOWNLOADS / "airports.dat"):
    return Airports(table(path), COUNTRIES.find)


def test_airports_have_a_code_and_lie_in_a_country_that_is_known():
    assert [(one.iata, one.country) for one in airports().all] == [("QQA", "CAF"), ("QQC", "CHE")]
    assert airports().lines == 4


def test_the_table_of_ourairports_is_read_without_closed_fields(tmp_path):
    path = tmp_path / "airports.csv"
    path.write_text(
        '"id","ident","type","name","latitude_deg","longitude_deg","iso_country","municipality","scheduled_service","iata_code"\n'
        '1,"ZZZA","medium_airport","Made-up","4.4","18.5","CF","Bangui","yes","QQA"\n'
        '2,"ZZZB","closed","Made-up","4.4","18.5","CF","Bangui","no","QQB"\n'
        '3,"ZZZC","small_airport","Made-up","4.4","18.5","CF","Bouar","no",""\n',
        encoding="utf-8",
    )
    assert [one.iata for one in airports(path).all] == ["QQA"]
    assert recognise(path).publisher == "OurAirports"


def test_a_newer_table_of_airports_takes_the_place_of_the_shipped_one(test_data, tmp_path):
    path = test_data / "travel" / "airports_iata.csv.gz"
    assert (airports(path).lines, len({one.iata for one in airports(path).all})) == (9248, 9246)
    add_source(path, tmp_path, as_of=TODAY)
    shelf = open_shelf(tmp_path, TODAY)
    assert (shelf.airports.source.licence, shelf.state("airports").state) == ("CC-BY-SA-4.0", "ready")


def test_a_download_of_openflights_speaks_for_no_later_day_than_its_rows(tmp_path):
    add_source(DOWNLOADS / "airports.dat", tmp_path, as_of=TODAY)
    assert open_shelf(tmp_path, TODAY).state("airports").provenance.as_of == date(2019, 12, 31)


def test_openflights_holds_what_its_readme_says_and_the_shipped_table_is_made_from_it(test_data):
    published = airports(test_data / "travel" / "openflights_airports.dat.gz")
    shipped = open_shelf(None, TODAY).airports
    assert (published.lines, len(published.all)) == (7698, 6061)
    assert [(a.iata, a.name, a.country) for a in shipped.all] == [(a.iata, a.name, a.country) for a in published.all]
    assert max(abs(a.latitude - b.latitude) + abs(a.longitude - b.longitude) for a, b in zip(shipped.all, published.all, strict=True)) < 2e-5


def test_the_shipped_elements_are_whole_and_say_what_they_rest_on():
    found = load_elements()
    assert (len(found), sum(one.joint for one in found), len({country for one in found for country in one.countries})) == (581, 86, 139)
    assert len({one.id for one in found}) == 581
    assert all(one.basis and one.countries for one in found)
    assert all(one.joint == (len(one.countries) > 1) for one in found)
    assert {country for one in found for country in (*one.countries, *one.also_practised)} <= {country.alpha3 for country in COUNTRIES}


def test_the_shipped_elements_are_those_of_the_table_they_were_taken_from(test_data):
    rows = {values[0]: values[1:] for _line, values in table(test_data / "culture" / "ich.csv").records(("id", "title_en", "countries"))}
    assert rows == {one.id: [one.title, ";".join(one.countries)] for one in load_elements()}


def test_an_own_export_stands_instead_of_our_row_and_keeps_our_domains():
    own = HeritageLists(table(DOWNLOADS / "ich001.json"), COUNTRIES.find)
    found = {element.id: (element, source) for element, source in heritage(own)}
    lavash, source = found["00985"]
    assert (lavash.title, lavash.list, lavash.basis, source.publisher) == ("Made-up flatbread", "USL", "unesco-data-hub", "a test")
    assert lavash.domains == next(one.domains for one in load_elements() if one.id == "00985") != ()
    assert found["90001"][0].countries == ("ARM", "GEO")
    assert found["00001"][1] == HERITAGE
    assert len(found) == 582


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"ich_public_ref": "985"', '"ich_public_ref": "?"', "element 2: ich_public_ref should be a number"),
        ('"countries": "AM"', '"countries": "Armenia, Nowhere"', "element 2: countries should be ISO codes such as FR, not 'Nowhere'"),
        ('"inscription_year": "2014",', "", "element 2: the field inscription_year is missing"),
        ("]\n", "", "is not whole as JSON"),
    ],
)
def test_a_wrong_export_is_refused_with_the_element(tmp_path, old, new, said):
    with pytest.raises(UnreadableSource, match=said):
        recognise(edited(tmp_path, "ich001.json", (old, new)))


def test_three_event_files_hold_what_their_readme_says(test_data, tmp_path):
    state = COUNTRIES.from_gleditsch_ward
    found = {}
    for name in ("ged191_syria", "ged231_central_african_republic", "ged_ukraine"):
        split = split_events(test_data / "ucdp" / f"{name}.csv.gz", tmp_path / name, state)
        found[name] = (split.rows, split.first_day, split.last_day, split.countries)
    assert found == {
        "ged191_syria": (16566, date(2016, 1, 1), date(2019, 11, 30), ("SYR",)),
        "ged231_central_african_republic": (1848, date(1991, 8, 8), date(2022, 12, 30), ("CAF",)),
        "ged_ukraine": (3883, date(2014, 1, 22), date(2023, 2, 28), ("UKR",)),
    }
    assert sum(rows for rows, *_rest in found.values()) == 22297


def test_the_days_of_a_file_with_slashed_dates_lie_near_the_reports_of_their_events(test_data, tmp_path):
    path = test_data / "ucdp" / "ged_ukraine.csv.gz"
    split_events(path, tmp_path, COUNTRIES.from_gleditsch_ward)
    began = [date.fromisoformat(values[0]) for _line, values in table(tmp_path / "UKR.csv.gz").records(("date_start",))]
    written = [values for _line, values in table(path).records(("date_start", "source_date"))]
    gaps = []
    for day, (text, reports) in zip(began, written, strict=True):
        dates = [date.fromisoformat(report) for report in re.findall(r"\d{4}-\d{2}-\d{2}", reports)]
        if "/" in text and dates:
            gaps.append(min(abs((day - report).days) for report in dates))
    assert len(gaps) > 250
    assert sum(gap <= 14 for gap in gaps) / len(gaps) > 0.9
