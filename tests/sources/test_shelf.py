"""The shelf of sources and what is shipped on it."""

import hashlib
import json
from datetime import date, timedelta

import pytest

from tracktwo.sources import shelf as shelves
from tracktwo.sources.shelf import OLD_AFTER_DAYS, open_shelf
from tracktwo.sources.table import SHIPPED

TODAY = date(2026, 11, 22)
OWN_ONLY = {"agreements", "negotiations", "advisories", "heritage", "lists"}
FOLDERS = sorted(path.parent for path in SHIPPED.glob("*/PROVENANCE.json"))


def test_every_data_set_has_a_state_with_its_provenance():
    shelf = open_shelf(None, TODAY)
    assert {state.name for state in shelf.states} == set(OLD_AFTER_DAYS)
    assert {state.name for state in shelf.states if state.provenance is None} == OWN_ONLY
    assert {state.state for state in shelf.states if state.name in OWN_ONLY} == {"absent"}


@pytest.mark.parametrize("name", sorted(set(OLD_AFTER_DAYS) - OWN_ONLY))
def test_a_source_is_old_from_the_day_after_its_last_good_one(name):
    speaks_for = open_shelf(None, TODAY).state(name).provenance.as_of
    last_good = speaks_for + timedelta(OLD_AFTER_DAYS[name])
    assert open_shelf(None, last_good).state(name).state == "ready"
    late = open_shelf(None, last_good + timedelta(1)).state(name)
    assert late.state == "old"
    assert speaks_for.isoformat() in late.reason


def test_a_source_that_does_not_exist_is_absent_with_a_reason():
    state = open_shelf(None, TODAY).state("horoscopes")
    assert (state.state, state.reason) == ("absent", "tracktwo has no source called horoscopes")


def test_a_home_without_sources_is_like_no_home(tmp_path):
    assert open_shelf(tmp_path, TODAY).states == open_shelf(None, TODAY).states


def test_a_shipped_file_that_is_damaged_is_a_state_and_no_exception(tmp_path, monkeypatch):
    broken = tmp_path / "broken.csv.gz"
    broken.write_bytes(b"\x1f\x8bnothing")
    real = shelves.shipped_table
    monkeypatch.setattr(
        shelves,
        "shipped_table",
        lambda folder, name: shelves.Table(broken, real(folder, name).provenance) if folder == "ucdp" else real(folder, name),
    )
    shelf = open_shelf(None, TODAY)
    assert shelf.conflicts is None
    assert shelf.state("conflicts").state == "absent"
    assert [state.name for state in shelf.states if state.state == "unreadable"] == [
        f"{name}/broken.csv.gz" for name in ("conflicts", "dyads", "deaths")
    ]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_shipped_data_has_its_licence_and_is_what_its_provenance_says(folder):
    assert (folder / "LICENSE.txt").read_text(encoding="utf-8").strip()
    entries = json.loads((folder / "PROVENANCE.json").read_text(encoding="utf-8"))
    assert {entry["file"] for entry in entries.values()} == {path.name for path in folder.iterdir()} - {"LICENSE.txt", "PROVENANCE.json"}
    for entry in entries.values():
        assert hashlib.sha256((folder / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]
        assert {"publisher", "dataset", "version", "as_of", "licence", "rows", "changes"} <= set(entry)


def test_every_folder_of_data_has_its_provenance():
    assert sorted(path for path in SHIPPED.iterdir() if path.is_dir()) == FOLDERS


def test_data_md_names_every_shipped_file_and_licence(root):
    text = (root / "DATA.md").read_text(encoding="utf-8")
    for folder in FOLDERS:
        for entry in json.loads((folder / "PROVENANCE.json").read_text(encoding="utf-8")).values():
            assert f"`{entry['file']}`" in text
            assert entry["licence"] in text


def test_data_of_open_database_licence_stands_alone_in_its_folder():
    licences = {folder.name: {entry["licence"] for entry in json.loads((folder / "PROVENANCE.json").read_text()).values()} for folder in FOLDERS}
    assert {name: found for name, found in licences.items() if "ODbL-1.0" in found} == {
        "mledoze-countries": {"ODbL-1.0"},
        "openflights": {"ODbL-1.0"},
    }
