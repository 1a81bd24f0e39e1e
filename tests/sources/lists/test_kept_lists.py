"""Snapshots of lists: every one is kept, the newest counts, and what changed between two is told."""

from __future__ import annotations

import gzip
import json
import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.tables import DOWNLOADS
from tracktwo.methods.list_changes import NotTheSameList, compare
from tracktwo.model.listing import ListedEntry, ListedName, ListSnapshot
from tracktwo.sources.home import add_source
from tracktwo.sources.lists import kept, read_list, stored
from tracktwo.sources.lists.kept import load, newest, snapshots
from tracktwo.sources.lists.stored import read_back, write_down
from tracktwo.sources.shelf import OLD_AFTER_DAYS, open_shelf
from tracktwo.sources.table import UnreadableSource

HERE = Path(__file__).parent
UN, LATER = DOWNLOADS / "un_consolidated.xml", DOWNLOADS / "un_consolidated_a_week_later.xml"
TODAY = date(2026, 11, 26)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with two snapshots of the UN list, the newer one added first, and OFAC's with the files that belong to it."""
    folder = tmp_path / "home"
    for path in (LATER, UN, HERE / "sdn.csv"):
        add_source(path, folder, as_of=TODAY)
    return folder


def test_several_snapshots_of_one_list_are_all_kept_the_newest_first(home):
    assert [(one.key, one.as_of, one.entries) for one in snapshots(home)] == [
        ("ofac-sdn", TODAY, 5),
        ("un", date(2026, 11, 25), 3),
        ("un", date(2026, 11, 18), 3),
    ]
    assert [(one.key, one.as_of) for one in newest(snapshots(home))] == [("ofac-sdn", TODAY), ("un", date(2026, 11, 25))]


def test_the_same_file_added_twice_is_kept_once(home):
    add_source(UN, home, as_of=TODAY)
    assert len(snapshots(home)) == 3


def test_a_snapshot_loads_as_it_was_read_with_the_files_that_belong_to_it(home):
    ofac, later, _earlier = snapshots(home)
    assert load(later).entries == read_list(LATER).entries
    assert load(ofac).entries == read_list(HERE / "sdn.csv").entries
    assert load(ofac).as_of == TODAY


def test_a_list_that_is_newer_than_its_download_counts_as_of_the_download(tmp_path):
    add_source(LATER, tmp_path, as_of=date(2026, 11, 20))
    (one,) = snapshots(tmp_path)
    assert one.as_of == load(one).as_of == date(2026, 11, 20)


@pytest.mark.parametrize("name", ["sdn.csv", "alt.csv"])
def test_a_snapshot_that_was_changed_or_lost_a_file_is_not_loaded(home, name):
    ofac = snapshots(home)[0]
    path = ofac.path.parent / name
    content = path.read_bytes()
    path.write_bytes(content[:-1] + b"x")
    with pytest.raises(UnreadableSource, match="was changed or lost after it was added"):
        load(ofac)
    path.unlink()
    with pytest.raises(UnreadableSource, match="was changed or lost after it was added"):
        load(ofac)


def test_what_was_read_once_is_not_read_again_and_says_the_same(home, monkeypatch):
    first = [load(one) for one in snapshots(home)]
    monkeypatch.setattr(kept, "read_list", None)
    assert [load(one) for one in snapshots(home)] == first


@pytest.mark.parametrize("damage", [b"", b"no archive", *(gzip.compress(text, mtime=0) for text in (b"{}", b"[1]", b'{"format": "read-list/1"}'))])
def test_what_was_written_down_and_is_damaged_is_made_anew(home, damage):
    later = next(one for one in snapshots(home) if one.key == "un")
    whole = load(later)
    written = later.path.parent.with_suffix(".read")
    content = written.read_bytes()
    for bad in (damage, content[: len(content) // 2]):
        written.write_bytes(bad)
        assert load(later) == whole
        assert written.read_bytes() == content


def test_what_other_code_read_is_read_again(home, monkeypatch):
    later = next(one for one in snapshots(home) if one.key == "un")
    whole = load(later)
    monkeypatch.setattr(stored, "_reader", lambda: "an older version")
    later.path.parent.with_suffix(".read").write_bytes(write_down(replace(whole, entries=())))
    monkeypatch.undo()
    assert load(later) == whole


@pytest.mark.parametrize("path", [UN, HERE / "sdn.csv", HERE / "sdn_advanced.xml", HERE / "eu_fsf.xml", HERE / "uk.csv", HERE / "own.csv"])
def test_a_list_that_is_written_down_reads_back_as_it_was(path):
    snapshot = read_list(path)
    assert read_back(write_down(snapshot)) == snapshot
    assert write_down(snapshot) == write_down(read_list(path))


def test_a_new_alias_file_makes_another_snapshot(home, tmp_path):
    folder = tmp_path / "later"
    folder.mkdir()
    for one in HERE.glob("*.csv"):
        shutil.copy(one, folder)
    (folder / "alt.csv").write_bytes((HERE / "alt.csv").read_bytes().replace(b"WAHMY", b"WAHMI"))
    add_source(folder / "sdn.csv", home, as_of=TODAY)
    assert [one.key for one in snapshots(home)] == ["ofac-sdn", "ofac-sdn", "un", "un"]


def test_neither_the_snapshots_nor_the_shelf_read_a_list(home, monkeypatch):
    def refuse(*_arguments: object, **_named: object) -> None:
        raise AssertionError("a list was read")

    monkeypatch.setattr(kept, "read_list", refuse)
    monkeypatch.setattr("tracktwo.sources.recognise.read_list", refuse)
    monkeypatch.setattr("tracktwo.sources.home._sha256", refuse)
    assert len(snapshots(home)) == 3
    assert len(open_shelf(home, TODAY).lists) == 3


def test_the_shelf_says_which_lists_are_absent_ready_and_old(home, tmp_path):
    nothing = open_shelf(tmp_path / "nowhere", TODAY)
    assert nothing.state("lists").state == "absent"
    shelf = open_shelf(home, TODAY)
    assert (shelf.state("lists/un").state, shelf.state("lists/un").rows) == ("ready", 3)
    assert shelf.state("lists/eu-fsf").state == "absent"
    assert [state.name for state in shelf.states if state.name.startswith("lists")] == ["lists/ofac-sdn", "lists/un"]
    last_good = date(2026, 11, 25) + timedelta(OLD_AFTER_DAYS["lists"])
    assert open_shelf(home, last_good).state("lists/un").state == "ready"
    old = open_shelf(home, last_good + timedelta(1)).state("lists/un")
    assert (old.state, "more than 7 days" in (old.reason or "")) == ("old", True)


def test_a_note_that_describes_nothing_is_told_and_hides_no_other(home):
    (home / "sources" / "lists" / "damaged.json").write_text("{}")
    assert len(snapshots(home)) == 3
    assert [state.state for state in open_shelf(home, TODAY).states if "damaged.json" in state.name] == ["unreadable"]


def test_a_compressed_list_is_kept_as_it_came(tmp_path):
    path = tmp_path / "un.xml.gz"
    path.write_bytes(gzip.compress(UN.read_bytes()))
    add_source(path, tmp_path / "home", as_of=TODAY)
    (one,) = snapshots(tmp_path / "home")
    assert load(one).entries == read_list(UN).entries
    assert json.loads(one.path.parent.with_suffix(".json").read_text(encoding="utf-8"))["rows"] == 3


def test_changes_between_two_snapshots_name_who_is_new_changed_and_gone():
    changes = compare(read_list(UN), read_list(LATER))
    assert (changes.key, changes.since, changes.until, changes.unchanged) == ("un", date(2026, 11, 18), date(2026, 11, 25), 0)
    assert [entry.id for entry in changes.new] == ["CFi.904"]
    assert [entry.id for entry in changes.no_longer_listed] == ["CDi.902"]
    assert [(one.new.id, one.fields) for one in changes.changed] == [("CFi.901", ("births",)), ("IRe.903", ("notes: COMMENTS1",))]


def test_two_lists_or_the_newer_first_are_not_compared():
    with pytest.raises(NotTheSameList, match="is the list un and"):
        compare(read_list(UN), read_list(HERE / "sdn.csv"))
    with pytest.raises(NotTheSameList, match="give the older one first"):
        compare(read_list(LATER), read_list(UN))


entries = st.builds(
    ListedEntry,
    id=st.sampled_from("abcdef"),
    kind=st.sampled_from(["person", "organisation"]),
    names=st.tuples(st.builds(ListedName, st.sampled_from(["Anna", "Omar"]))),
    notes=st.lists(st.tuples(st.sampled_from(["remarks", "address"]), st.sampled_from(["x", "y"])), max_size=3).map(tuple),
)


def listed(found: list[ListedEntry]) -> ListSnapshot:
    return ListSnapshot("un", "", "", "list", None, tuple(found))


@given(st.lists(entries, max_size=8), st.lists(entries, max_size=8))
def test_every_entry_of_both_snapshots_is_accounted_for_once(old, new):
    changes = compare(listed(old), listed(new))
    both = changes.unchanged + len(changes.changed)
    assert both + len(changes.no_longer_listed) == len(old)
    assert both + len(changes.new) == len(new)
    assert all(one.fields and one.old != one.new for one in changes.changed)
    back = compare(listed(new), listed(old))
    assert (back.new, back.no_longer_listed, back.unchanged) == (changes.no_longer_listed, changes.new, changes.unchanged)


@given(st.lists(entries, max_size=8))
def test_a_list_has_not_changed_from_itself(found):
    changes = compare(listed(found), replace(listed(found), file="another"))
    assert (changes.new, changes.changed, changes.no_longer_listed, changes.unchanged) == ((), (), (), len(found))
