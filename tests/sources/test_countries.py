"""The one resolver of countries."""

import csv
import gzip
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracktwo.sources.countries import LANGUAGES, UnknownCountry, load_countries

COUNTRIES = load_countries()
PUBLISHERS = {
    "DR Congo (Zaire)": "COD",
    "Russia (Soviet Union)": "RUS",
    "Yemen (North Yemen)": "YEM",
    "Serbia (Yugoslavia)": "SRB",
    "Kingdom of eSwatini (Swaziland)": "SWZ",
    "Bosnia-Herzegovina": "BIH",
    "Kosovo": "XKX",
    "Burma": "MMR",
    "Ivory Coast": "CIV",
    "RCA": "CAF",
    "Korea, Republic of": "KOR",
    "Iran, Islamic Republic of": "IRN",
    "Turkey": "TUR",
    "U.S.A.": "USA",
}


@pytest.mark.parametrize(("written", "alpha3"), PUBLISHERS.items())
def test_a_name_as_data_publishers_write_it_is_resolved(written, alpha3):
    assert COUNTRIES.resolve(written) == alpha3


@pytest.mark.parametrize(
    "written",
    [
        "CAF", "cf", "140", "GW 482", "gw482", "COW 482", "Central African Republic", "the Central African Republic", "la République centrafricaine",
        "REPUBLIQUE CENTRAFRICAINE", "République centrafricaine (la)", "جمهورية أفريقيا الوسطى", "República Centroafricana",
        "Центральноафриканская Республика", "中非共和国", "Centrafrique",
    ],
)  # fmt: skip
def test_codes_numbers_and_names_in_six_languages_lead_to_one_country(written):
    assert COUNTRIES.resolve(written) == "CAF"


@pytest.mark.parametrize(
    ("written", "candidates"), [("Congo", ("COD", "COG")), ("Korea", ("KOR", "PRK")), ("كوريا", ("KOR", "PRK")), ("le Congo", ("COD", "COG"))]
)
def test_a_name_of_two_countries_is_refused_and_both_are_named(written, candidates):
    with pytest.raises(UnknownCountry) as refused:
        COUNTRIES.resolve(written)
    assert re.findall(r"\(([A-Z]{3})\)", str(refused.value)) == sorted(candidates)


def test_a_misspelt_name_is_answered_with_the_nearest_one():
    with pytest.raises(UnknownCountry, match=re.escape("did you mean Israel (ISR)?")):
        COUNTRIES.resolve("Isreal")


def test_at_most_three_suggestions_are_made():
    with pytest.raises(UnknownCountry) as refused:
        COUNTRIES.resolve("Guinee du Nord")
    assert 1 <= len(re.findall(r"\([A-Z]{3}\)", str(refused.value))) <= 3


def test_a_state_that_ended_and_went_to_several_is_not_guessed():
    with pytest.raises(UnknownCountry, match="no present state"):
        COUNTRIES.resolve("Soviet Union")


@pytest.mark.parametrize("number", ["GW 315", "COW 999", "999"])
def test_a_number_without_a_present_country_is_refused(number):
    with pytest.raises(UnknownCountry, match="number of no present country"):
        COUNTRIES.resolve(number)


def test_every_shown_name_in_every_language_leads_back_to_its_country():
    wrong = [(c.alpha3, tag, c.names[tag]) for c in COUNTRIES for tag in LANGUAGES if COUNTRIES.resolve(c.names[tag]) != c.alpha3]
    assert wrong == []


def test_every_code_leads_back_to_its_country():
    for country in COUNTRIES:
        assert COUNTRIES.resolve(country.alpha3) == COUNTRIES.resolve(country.alpha2) == country.alpha3
        if country.m49 is not None:
            assert COUNTRIES.resolve(str(country.m49)) == country.alpha3


@given(
    st.sampled_from(list(COUNTRIES)), st.sampled_from(LANGUAGES), st.sampled_from([str.upper, str.lower, str.title]), st.sampled_from(["", " ", "\t"])
)
def test_case_and_surrounding_space_never_matter(country, tag, change, space):
    # Upper case turns ß and dotless i into other letters, which is a spelling and not a case.
    name = country.names[tag]
    if change(name).casefold() == name.casefold():
        assert COUNTRIES.resolve(space + change(name) + space) == country.alpha3


@given(st.text(max_size=40))
def test_any_text_is_either_a_known_country_or_refused_in_one_sentence(text):
    try:
        found = COUNTRIES.resolve(text)
    except UnknownCountry as refused:
        said = str(refused)
    else:
        said = COUNTRIES.name(found)
        assert COUNTRIES.get(found) is not None
    assert said.strip()


def test_the_usual_short_names_are_shown():
    shown = {code: COUNTRIES.name(code) for code in ("CAF", "IRN", "SYR", "TWN", "COD", "BIH", "PSE", "XKX", "LCA")}
    assert shown == {
        "CAF": "Central African Republic", "IRN": "Iran", "SYR": "Syria", "TWN": "Taiwan", "COD": "Democratic Republic of the Congo",
        "BIH": "Bosnia and Herzegovina", "PSE": "Palestine", "XKX": "Kosovo", "LCA": "Saint Lucia",
    }  # fmt: skip


def test_a_name_is_given_in_other_languages_and_in_english_where_there_is_none():
    assert (COUNTRIES.name("CAF", "de"), COUNTRIES.name("CAF", "xx"), COUNTRIES.name("ZZZ")) == (
        "Zentralafrikanische Republik",
        "Central African Republic",
        "ZZZ",
    )


def test_a_country_has_its_region_languages_borders_and_money():
    caf = COUNTRIES.get("CAF")
    assert caf is not None
    assert (caf.subregion, caf.languages, caf.currency, caf.capital) == ("Middle Africa", ("fr", "sg"), "XAF", "Bangui")
    assert caf.borders == ("CMR", "COD", "COG", "SDN", "SSD", "TCD")


def test_borders_are_mutual():
    pairs = {(c.alpha3, other) for c in COUNTRIES for other in c.borders}
    assert {(one, other) for one, other in pairs if (other, one) not in pairs} == set()


def test_no_capital_is_named_where_its_status_is_in_dispute():
    assert {code: country.capital for code in ("ISR", "PSE") if (country := COUNTRIES.get(code))} == {"ISR": None, "PSE": None}


def test_numbers_of_former_states_count_for_the_one_state_that_has_the_whole_territory():
    assert [COUNTRIES.from_gleditsch_ward(number) for number in (678, 680, 265, 315)] == ["YEM", "YEM", "DEU", None]
    assert [COUNTRIES.from_cow(number) for number in (679, 255, 955, 970)] == ["YEM", "DEU", "TON", "NRU"]
    assert COUNTRIES.from_gleditsch_ward(970) == "KIR"


def test_gleditsch_ward_numbers_are_those_of_ucdp(test_data):
    with gzip.open(test_data / "ucdp" / "organizedviolencecy_v25_1.csv.gz", "rt", encoding="utf-8") as file:
        named = {int(row["country_id_cy"]): row["country_cy"] for row in csv.DictReader(file)}
    former = {265, 315, 680}
    # UCDP calls the Republic of the Congo plain Congo, which we refuse to guess.
    assert {number: COUNTRIES.from_gleditsch_ward(number) for number in named if number not in former} == {
        number: "COG" if number == 484 else COUNTRIES.resolve(name) for number, name in named.items() if number not in former
    }


_AS_THE_LISTS_MEAN_IT = {"Congo": "COG", "Yugoslavia": "SRB"}
"""Names that we refuse to guess; Correlates of War goes on calling Serbia so."""


@pytest.mark.parametrize(
    ("table", "number", "name", "until"), [("gw_states", "gwcode", "statename", "enddate"), ("cow_states", "ccode", "statenme", "endyear")]
)
def test_state_numbers_agree_with_the_published_lists_of_states(test_data, table, number, name, until):
    lookup = COUNTRIES.from_gleditsch_ward if table == "gw_states" else COUNTRIES.from_cow
    with gzip.open(test_data / "peacesciencer" / f"{table}.csv.gz", "rt", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row[until][:4] >= "2011"]
    assert len(rows) > 170
    wrong = []
    for row in rows:
        expected = _AS_THE_LISTS_MEAN_IT.get(row[name]) or COUNTRIES.resolve(row[name])
        if lookup(int(float(row[number]))) != expected:
            wrong.append((row[number], row[name]))
    assert wrong == []


def test_the_tables_say_where_they_come_from():
    assert COUNTRIES.provenance.licence == "PDDL-1.0"
    assert COUNTRIES.provenance.as_of == date(2026, 5, 15)
