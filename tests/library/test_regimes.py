"""What standing on a list means: the table of regimes, and every programme of the real lists in it."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from tracktwo.library.regimes import Measure, effects_of, load_regimes, without_row
from tracktwo.model.listing import ListedEntry, ListedName
from tracktwo.sources.lists import read_list

LISTS = Path(__file__).resolve().parent.parent / "sources" / "lists"


def entry(*programmes: str, kind="person", notes=()):
    return ListedEntry("1", kind, (ListedName("Tariq Al-Wahmi"),), programmes=programmes, notes=notes)


def test_every_row_names_measures_a_basis_a_source_with_its_address_and_a_day():
    for row in load_regimes():
        assert row.measures
        assert set(row.measures) <= set(get_args(Measure))
        assert all((row.regime, row.legal_basis, row.source))
        assert row.address.startswith("https://")
        assert date(2018, 1, 1) < row.as_of <= date(2026, 11, 27)


def test_every_row_is_found_by_its_own_programme_and_no_other_with_it():
    keys = {"un": "un", "ofac": "ofac-sdn", "eu": "eu-fsf", "uk": "uk"}
    for row in load_regimes():
        if not row.when:
            assert effects_of(keys[row.publisher], entry(row.programme)) == (row,)


def test_no_programme_has_two_general_rows():
    assert max(Counter((row.publisher, row.programme) for row in load_regimes() if not row.when).values()) == 1


def test_every_key_of_law_is_one_of_the_vocabulary(test_data):
    known = json.loads((test_data / "law" / "vocabulary.json").read_text(encoding="utf-8"))["lists"]
    named = {key for row in load_regimes() for key in row.law_lists}
    assert named - set(known) == set()
    ours = {key for key in known if key.split("-")[0] in ("UN", "EU", "US") and not known[key]["includes"]}
    without = {key for key in ours - named if known[key]["opensanctions_key"]}
    assert without == {"EU-HARIRI", "EU-TRANSNISTRIA"}  # nobody stands on a list of theirs that is read here


def test_a_row_that_rests_on_memory_says_so():
    assert [row.programme for row in load_regimes() if row.publisher == "uk" and "from memory" not in row.unverified] == []
    assert all(row.unverified for row in load_regimes() if row.publisher == "ofac" and row.as_of < date(2024, 1, 1))


@pytest.mark.parametrize(
    ("key", "programme", "law", "measures"),
    [
        ("un", "Taliban", "UN-SC1988", ("asset-freeze", "funds-ban", "travel-ban", "arms-embargo")),
        ("un", "GB", "UN-SC2048", ("travel-ban",)),
        ("ofac-sdn", "SDGT", "US-TERR", ("asset-freeze", "funds-ban")),
        ("ofac-sdn", "FTO", "US-FTO219", ("proscription", "financing-ban", "asset-freeze", "entry-bar")),
        ("eu-fsf", "TERR", "EU-TERR", ("asset-freeze", "funds-ban")),
        ("eu-oj", "EU-CAF", "EU-CAF", ("asset-freeze", "funds-ban", "travel-ban")),
        ("uk", "The Global Human Rights Sanctions Regulations 2020", "GB-HR", ("asset-freeze", "funds-ban", "travel-ban")),
        ("uk", "The ISIL (Da’esh) and Al-Qaida (United Nations Sanctions) (EU Exit) Regulations 2019", "GB-ISIL", None),
        ("uk", "Isil (Da'esh) and Al-Qaeda (United Nations Sanctions) (EU Exit) Regulations 2019", "GB-ISIL", None),
        ("uk", "Belarus", "GB-BLR", None),
        ("uk", "The Iran (Sanctions) (Nuclear) (EU Exit) Regulations 2019", "GB-IRAN-NW", None),
        ("uk", "The Iran (Sanctions) Regulations 2023", "GB-IRAN", None),
        ("uk", "The Counter-Terrorism (International Sanctions) (EU Exit) Regulations 2019", "GB-ICT", None),
        ("uk", "The Counter-Terrorism (Sanctions) (EU Exit) Regulations 2019", "GB-CT", None),
        ("uk", "The Yemen (Sanctions) (EU Exit) Regulations 2020", "GB-YEM", None),
        ("uk", "The Democratic Republic of the Congo (Sanctions) (EU Exit) Regulations 2019", "GB-DRC", None),
        ("opensanctions", "UN-SC2127", "UN-SC2127", ("asset-freeze", "funds-ban", "travel-ban")),
        ("opensanctions:us_ofac_sdn", "US-BRUS", "US-BRUS", ("asset-freeze", "funds-ban")),
    ],
)
def test_a_programme_leads_to_its_measures_and_to_the_list_of_law(key, programme, law, measures):
    row = effects_of(key, entry(programme))[0]
    assert row.law_lists == (law,)
    assert measures is None or row.measures == measures


def test_an_organisation_does_not_travel():
    (row,) = effects_of("un", entry("Taliban"))
    assert row.measures_on("organisation") == ("asset-freeze", "funds-ban", "arms-embargo")
    assert row.measures_on("person") == row.measures


def test_a_programme_without_a_row_is_said_and_a_list_of_ones_own_means_what_its_owner_says():
    assert without_row("ofac-sdn", entry("SDGT", "NEW-TAG")) == ("NEW-TAG",)
    assert effects_of("own:Parties that our funder bars", entry("SDGT")) == ()


def test_each_row_stands_once_though_two_programmes_lead_to_it():
    assert len(effects_of("eu-fsf", entry("CAF", "EU-CAF"))) == 1


@pytest.fixture(scope="module")
def un(test_data):
    return read_list(test_data / "sanctions" / "un" / "un_consolidated_2026-02-27.xml.gz")


def test_every_regime_of_the_un_list_has_its_row(un):
    assert {programme for one in un.entries for programme in without_row("un", one)} == set()
    assert {row.programme for row in load_regimes() if row.publisher == "un"} == {programme for one in un.entries for programme in one.programmes}


def test_a_comment_that_narrows_the_measures_goes_before_the_regime(un):
    """Entries of the UN that are under one measure only, by their own comments."""
    houthis = next(one for one in un.entries if one.id == "YEe.001")
    assert [row.measures for row in effects_of("un", houthis)] == [("arms-embargo",)]
    others = [one for one in un.entries if one.programmes == ("Yemen",) and one.id != "YEe.001"]
    assert {row.measures for one in others for row in effects_of("un", one)} == {("asset-freeze", "funds-ban", "travel-ban", "arms-embargo")}
    for one in un.entries:
        comments = " ".join(text for field, text in one.notes if field == "COMMENTS1")
        if one.programmes == ("Libya",) and "(Travel Ban)" in comments:
            found = {measure for row in effects_of("un", one) for measure in row.measures}
            assert ("asset-freeze" in found) == bool(re.search(r"\( ?Asset Freeze|paragraph 17 of resolution 1973", comments)), one.id
            assert "travel-ban" in found


NO_ROW: dict[str, set[str]] = {"sdn.csv.gz": set(), "cons_prim.csv.gz": set()}


@pytest.mark.parametrize("name", NO_ROW)
def test_every_tag_of_the_ofac_lists_has_its_row(test_data, name):
    snapshot = read_list(test_data / "sanctions" / "ofac" / name)
    assert {programme for one in snapshot.entries for programme in without_row(snapshot.key, one)} == NO_ROW[name]


def test_every_programme_of_the_eu_lists_has_its_row(test_data):
    snapshot = read_list(test_data / "sanctions" / "eu" / "eu_consolidated_from_official_journal.csv.gz")
    assert {programme for one in snapshot.entries for programme in without_row(snapshot.key, one)} == set()


@pytest.mark.parametrize("name", ["uk.csv", "uk.xml", "eu_fsf.xml", "sdn.csv", "sdn_advanced.xml"])
def test_the_programmes_of_the_made_up_lists_have_rows_too(name):
    snapshot = read_list(LISTS / name)
    assert all(effects_of(snapshot.key, one) for one in snapshot.entries)
