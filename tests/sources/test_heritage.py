"""The reader of UNESCO's export: every column that the data set names, in each form in which it comes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.tables import table
from tracktwo.methods.culture import Claim
from tracktwo.model.world import HeritageElement
from tracktwo.sources.countries import load_countries
from tracktwo.sources.heritage import HERITAGE_FIELDS, MORE_FIELDS, HeritageLists, is_export
from tracktwo.sources.table import UnreadableSource

ENTRY = {
    "ich_public_ref": "01234",
    "inscription_year": "2024",
    "title_en": "Made-up songs of the ferry",
    "title_fr": "Chants inventés du bac",
    "description_en": "Prose that is UNESCO's own.",
    "type_of_element_en": "Representative List",
    "countries": ["AM", "GE"],
    "http_url_en": "https://ich.unesco.org/en/RL/01234",
    "concepts_primary_names": ["Vocal music", "Boats"],
    "concepts_secondary_names": ["Storytelling"],
    "whc_sites": ["1", "22"],
}


def read(folder: Path, *entries: dict[str, Any], wrapped: str | None = None) -> tuple[HeritageElement, ...]:
    path = folder / "ich001.json"
    path.write_text(json.dumps({wrapped: list(entries)} if wrapped else list(entries)), encoding="utf-8")
    return HeritageLists(table(path), load_countries().find).all


def test_the_columns_are_those_that_the_data_set_has() -> None:
    assert {*HERITAGE_FIELDS, *MORE_FIELDS, "description_en"} == set(ENTRY)


@pytest.mark.parametrize("wrapped", [None, "results", "records", "data"], ids=str)
def test_every_column_is_read_and_the_prose_is_not_kept(tmp_path: Path, wrapped: str | None) -> None:
    (element,) = read(tmp_path, ENTRY, wrapped=wrapped)
    assert element == HeritageElement(
        id="01234",
        title="Made-up songs of the ferry",
        countries=("ARM", "GEO"),
        year=2024,
        list="RL",
        domains=("music", "Boats", "oral"),
        joint=True,
        also_practised=(),
        basis="unesco-data-hub",
        title_fr="Chants inventés du bac",
        address="https://ich.unesco.org/en/RL/01234",
        sites=("1", "22"),
    )
    assert "Prose" not in repr(element)


@pytest.mark.parametrize("mark", [",", ";", "|"])
def test_lists_may_be_written_as_text(tmp_path: Path, mark: str) -> None:
    as_text = {key: mark.join(value) if isinstance(value, list) else value for key, value in ENTRY.items()}
    assert read(tmp_path, as_text) == read(tmp_path, ENTRY)


def test_columns_that_are_not_needed_may_be_missing_or_empty(tmp_path: Path) -> None:
    for bare in ({key: ENTRY[key] for key in HERITAGE_FIELDS}, {**ENTRY, **dict.fromkeys(MORE_FIELDS)}):
        (element,) = read(tmp_path, bare)
        assert (element.title_fr, element.address, element.sites, element.domains) == (None, None, (), ())


@pytest.mark.parametrize("address", ["javascript:alert(1)", "https://a b", "https://x\"onload='y'", "ftp://ich.unesco.org/", 7])
def test_what_is_no_address_of_a_page_is_not_kept(tmp_path: Path, address: Any) -> None:
    assert read(tmp_path, {**ENTRY, "http_url_en": address})[0].address is None


def test_a_contested_practice_is_recognised_by_its_french_title_too(tmp_path: Path) -> None:
    claim = Claim("ferry-songs", (("ARM",), ("GEO",)), (), ("chants inventés",))
    (element,) = read(tmp_path, ENTRY)
    assert claim.touches(element)
    (other,) = read(tmp_path, {**ENTRY, "title_fr": ""})
    assert not claim.touches(other)


@pytest.mark.parametrize("field", HERITAGE_FIELDS)
def test_a_needed_column_that_is_missing_is_named_with_its_element(tmp_path: Path, field: str) -> None:
    with pytest.raises(UnreadableSource, match=f"element 1: the field {field} is missing"):
        read(tmp_path, {key: value for key, value in ENTRY.items() if key != field})


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=8), lambda inner: st.lists(inner, max_size=3), max_leaves=4)


@given(st.dictionaries(st.sampled_from(sorted(ENTRY)), JSON, max_size=4))
def test_whatever_stands_in_a_field_is_read_or_refused_in_one_sentence(tmp_path_factory: pytest.TempPathFactory, changed: dict[str, Any]) -> None:
    folder = tmp_path_factory.mktemp("export")
    said = ""
    try:
        (element,) = read(folder, {**ENTRY, **changed})
    except UnreadableSource as error:
        said = str(error)
    else:
        assert element.title
        assert len(element.id) >= 5
    assert "\n" not in said


def test_an_export_is_known_by_its_reference() -> None:
    assert is_export(json.dumps([ENTRY]))
    assert not is_export("dish,ingredients")
