"""Peace agreements and negotiations, as the user downloads them."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.tables import DOWNLOADS, edited, table
from tracktwo.sources.countries import load_countries
from tracktwo.sources.dates import order_of, partial_date, read_day
from tracktwo.sources.pax import Agreements
from tracktwo.sources.peace_observatory import Negotiations, shown, unresolved
from tracktwo.sources.recognise import recognise
from tracktwo.sources.table import UnreadableSource

FIND = load_countries().find


def agreements(path=DOWNLOADS / "pax_data_6_agreements.csv"):
    return Agreements(table(path), FIND)


def negotiations(path=DOWNLOADS / "negotiations.csv"):
    return Negotiations(table(path), FIND)


def test_an_agreement_is_read_with_day_stage_parties_and_address():
    first, *_rest, last = [one for one in agreements().all if "CAF" in one.countries]
    assert (first.signed, first.stage, first.process) == (date(1999, 2, 15), "pre-negotiation", "Central African Republic process")
    assert first.third_parties == "The United Nations and the Community of Sant'Egidio"
    assert (last.id, last.stage, last.url) == ("90003", "comprehensive", "https://www.peaceagreements.org/agreements/90003/")


def test_an_agreement_without_a_country_column_belongs_to_the_countries_that_its_conflict_names():
    (kosovo,) = [one for one in agreements().all if one.id == "90006"]
    assert kosovo.countries == ("XKX", "SRB")


def test_a_table_saved_again_with_the_month_first_or_the_year_first_tells_the_same_days(tmp_path):
    days = [one.signed for one in agreements().all]
    american = [("15/02/1999", "2/15/1999"), ("11/01/2013", "1/11/2013"), ("06/02/2019", "2/6/2019"), ("13/12/2017", "12/13/2017")]
    american += [("09/05/1994", "5/9/1994"), ("10/06/1999", "6/10/1999")]
    assert [one.signed for one in agreements(edited(tmp_path, "pax_data_6_agreements.csv", *american)).all] == days
    plain = [(old, "-".join([old[6:], old[3:5], old[:2]])) for old, _new in american]
    assert [one.signed for one in agreements(edited(tmp_path, "pax_data_6_agreements.csv", *plain)).all] == days


def test_a_table_with_both_orders_of_day_and_month_is_refused(tmp_path):
    mixed = edited(tmp_path, "pax_data_6_agreements.csv", ("13/12/2017", "12/13/2017"))
    with pytest.raises(UnreadableSource, match="some dates have the day first and some the month"):
        _ = agreements(mixed).all


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("15/02/1999", "mid-1999", "line 3: Dat should be a date such as 13/07/2023 or 2023-07-13, not 'mid-1999'"),
        (",SubComp,", ",Sub,", "line 5: Stage should be one of Pre, Cea, SubPar, SubComp, Imp, Ren, Oth, not 'Sub'"),
    ],
)
def test_a_wrong_value_of_an_agreement_is_named_with_its_line(tmp_path, old, new, said):
    with pytest.raises(UnreadableSource, match=said):
        _ = agreements(edited(tmp_path, "pax_data_6_agreements.csv", (old, new))).all


def test_the_gender_subset_is_not_taken_for_the_whole(tmp_path):
    gender = edited(tmp_path, "pax_data_6_agreements.csv", ("Interim", "WggPar"))
    with pytest.raises(UnreadableSource, match="is the gender subset of PA-X"):
        recognise(gender)


def test_local_agreements_are_a_part_beside_the_whole(tmp_path):
    text = (DOWNLOADS / "pax_data_6_agreements.csv").read_text(encoding="utf-8-sig").replace("UcdpCon", "LocaleName").replace("CowWar", "Mediator")
    local = tmp_path / "local.csv"
    local.write_text(text, encoding="utf-8")
    assert (recognise(local).part, recognise(DOWNLOADS / "pax_data_6_agreements.csv").part) == ("local", None)


def test_a_negotiation_is_read_with_venue_third_parties_topics_and_result():
    (khartoum,) = [one for one in negotiations().all if one.id == "90-1"]
    assert (khartoum.town, khartoum.venue_countries, khartoum.began, khartoum.kind) == ("Khartoum", ("SDN",), "2019-01-24", "government and group")
    assert khartoum.third_parties == ("AU", "UN", "Sudan (host, made up)")
    assert khartoum.third_party_kinds == ("regional organisation", "international organisation", "foreign government")
    assert [(topic.name, topic.agreed) for topic in khartoum.topics] == [("disarmament", True)]
    assert (khartoum.agreement, khartoum.agreement_name, khartoum.unofficial) == (True, "made-up accord", False)


def test_success_is_found_in_a_column_whose_name_has_a_blank_before_it():
    (bangui,) = [one for one in negotiations().all if one.id == "90-4"]
    assert [(topic.name, topic.agreed) for topic in bangui.topics] == [("land", True)]


def test_a_stray_letter_in_a_code_is_not_known_and_not_no():
    rows = {one.id: one for one in negotiations().all}
    assert (rows["90-4"].kind, rows["90-6"].mediated, rows["90-6"].agreement) == (None, None, None)


def test_a_month_that_no_calendar_has_leaves_the_year_and_a_last_year_before_the_first_is_left_out():
    rows = {one.id: one for one in negotiations().all}
    assert rows["90-3"].began == "2016"
    assert (rows["90-5"].began, rows["90-5"].ended) == ("2004-02", None)


def test_a_country_that_is_none_is_left_unknown_and_counted():
    rows = {one.id: one for one in negotiations().all}
    assert (rows["90-3"].town, rows["90-3"].venue_text) == (None, "")
    assert (rows["90-5"].venue_countries, rows["90-5"].countries) == (("KEN",), ("SDN", "SSD"))
    assert unresolved(negotiations().all) == Counter({"Khazakstan": 1})


def test_a_lost_apostrophe_is_shown_between_letters_and_kept_elsewhere():
    (rome,) = [one for one in negotiations().all if one.id == "90-2"]
    assert rome.third_parties == ("Community of Sant\ufffdEgidio",)
    assert shown(rome.third_parties[0]) == "Community of Sant’Egidio"
    assert shown(rome.description) == "The sides\ufffd delegates met; the front’s leader stayed away. Made up."


@given(st.dates())
def test_a_day_is_read_however_it_is_written(day):
    for text in (day.isoformat(), f"{day.isoformat()}T00:00:00", f"{day:%d/%m}/{day.year:04}", f"{day.day} {day:%B} {day.year:04}"):
        assert read_day(text, "day first") == day
    assert read_day(f"{day:%m/%d}/{day.year:04}", "month first") == day


@given(st.lists(st.dates(date(1000, 1, 1)), min_size=1), st.sampled_from(["%d/%m/%Y", "%m/%d/%Y"]))
def test_the_order_is_told_by_days_above_twelve_and_is_the_usual_one_without(days, layout):
    order = order_of([day.strftime(layout) for day in days], "day first")
    told = any(day.day > 12 for day in days)
    assert order == ("month first" if told and layout == "%m/%d/%Y" else "day first")


@given(st.text(max_size=6), st.text(max_size=4), st.text(max_size=4))
def test_a_partial_date_is_never_more_than_is_known(year, month, day):
    found = partial_date(year, month, day)
    assert found is None or (1900 <= int(found[:4]) <= 2199 and len(found) in (4, 7, 10))


@pytest.mark.parametrize(
    ("file", "rows", "first", "last"),
    [
        ("pax/pax_data_2144_agreements_v9.csv.gz", 2144, date(1990, 2, 15), date(2024, 12, 14)),
        ("pax/pax_v10_metadata.csv.gz", 2257, date(1990, 2, 15), date(2025, 12, 27)),
        ("pax/pax_local_v8_1.csv.gz", 349, date(1991, 10, 14), date(2023, 8, 13)),
    ],
)
def test_pa_x_holds_what_its_publisher_says(test_data, file, rows, first, last):
    found = agreements(test_data / file).all
    assert (len(found), found[0].signed, found[-1].signed) == (rows, first, last)
    assert {one.conflict for one in found if not one.countries} <= {"(Kurds-Kurdistan)"}


def test_both_layouts_of_pa_x_tell_the_same_of_the_agreements_they_share(test_data):
    older = {one.id: one for one in agreements(test_data / "pax/pax_data_2144_agreements_v9.csv.gz").all}
    newer = {one.id: one for one in agreements(test_data / "pax/pax_v10_metadata.csv.gz").all}
    assert set(older) <= set(newer)
    moved = [number for number, one in older.items() if one.signed != newer[number].signed]
    assert len(moved) <= 20  # days that the publisher corrected between the releases
    assert sum(older[number].countries != newer[number].countries for number in older) <= 20


def test_the_gender_file_of_pa_x_is_refused_as_a_subset(test_data):
    with pytest.raises(UnreadableSource, match="gender subset"):
        recognise(test_data / "pax/pax_gender_v9.csv.gz")


def test_the_peace_observatory_holds_what_its_readme_says(test_data):
    path = test_data / "peace_observatory" / "negotiations.csv.gz"
    found = negotiations(path).all
    assert (len(found), len({one.id for one in found})) == (3319, 3317)
    assert sum(bool(one.mediated) for one in found) == 2678
    assert sum(one.unofficial for one in found) == 533
    assert sum(bool(one.agreement) for one in found) == 1233
    named = [values[0] for _line, values in table(path).records(("location_negotiations_country",))]
    assert sum(name != "unknown" for name in named) == 3030
    assert sum(bool(one.venue_text) for one in found) == 3020  # ten more are unknown under other spellings
    assert unresolved(found).total() == 22
    assert sum("\ufffd" in one.description for one in found) >= 900
