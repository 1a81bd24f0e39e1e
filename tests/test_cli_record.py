"""The verbs of a record, as two people on two laptops use them: keys never as arguments, one sentence for whatever is wrong."""

from __future__ import annotations

import io
import json
import os
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.making import ROOT
from tests.postgres import Server
from tracktwo import cli
from tracktwo.cli.unlocking import given_passphrase

BRIEF = """\
title: Two towns talk (fictional)
countries: [Mali]
sides: [{id: up, name: Upper town}, {id: low, name: Lower town}]
parties: [{name: Upper council, side: up}, {name: Lower council, side: low}]
invited:
  - {name: Zebra Quagga, sides: [up], fictional: true}
  - {name: Okapi Bongo, sides: [low], fictional: true}
  - {name: Kudu Eland, sides: [low], fictional: true}
"""
PASSPHRASE = "heron lantern orchard pebble"
Run = Callable[..., str]


class Laptop:
    """One home of records, and the command line in it."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.home, self._monkeypatch, self._capsys = folder / "home", monkeypatch, capsys
        self.notes = ""

    def __call__(self, *words: str, code: int = 0, passphrase: str | None = None) -> str:
        """Run a command and return what it prints on stdout; what it says on stderr stands in `notes`."""
        self._monkeypatch.setattr(sys, "argv", ["tracktwo", *words])
        self._monkeypatch.setenv("TRACKTWO_HOME", str(self.home))
        given_passphrase.cache_clear()
        if passphrase is None:
            self._monkeypatch.delenv("TRACKTWO_PASSPHRASE_FD", raising=False)
        else:
            reading, writing = os.pipe()
            os.write(writing, f"{passphrase}\n".encode())
            os.close(writing)
            self._monkeypatch.setenv("TRACKTWO_PASSPHRASE_FD", str(reading))
        self._capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            cli.main()
        printed = self._capsys.readouterr()
        self.notes = printed.err
        if passphrase is not None:
            os.close(reading)
        assert left.value.code == code, printed.err + printed.out
        assert "Traceback" not in printed.err
        return printed.out

    def refused(self, *words: str, passphrase: str | None = None) -> str:
        """The one sentence with which a command refuses."""
        out = self(*words, code=2, passphrase=passphrase)
        assert self.notes.count("tracktwo: ") == 1, self.notes
        assert out == "" or words[1] == "verify"
        return self.notes.split("tracktwo: ")[1].strip()

    @property
    def codes(self) -> list[Path]:
        return sorted((self.home / "keys").glob("*.code"))


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], without_paper: None) -> Laptop:
    (tmp_path / "town").mkdir()
    monkeypatch.chdir(tmp_path)
    (tmp_path / "brief.yaml").write_text(BRIEF, encoding="utf-8")
    return Laptop(tmp_path / "town", monkeypatch, capsys)


@pytest.fixture
def valley(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Laptop:
    (tmp_path / "valley").mkdir()
    return Laptop(tmp_path / "valley", monkeypatch, capsys)


def both(town: Laptop, valley: Laptop) -> None:
    """A record begun in town, and taken up in the valley by an invitation."""
    town("record", "new", "brief.yaml")
    words = town("record", "invite", "--name", "Second Facilitator").splitlines()[2].strip()
    town("record", "export", "-o", "there.t2")
    valley("record", "open", "there.t2", passphrase=words)
    valley("record", "export", "-o", "back.t2")
    town("record", "merge", "back.t2")


def test_constitute_without_a_terminal_seals_under_a_code_in_a_closed_file_apart_from_the_dossier(town: Laptop, tmp_path: Path) -> None:
    told = json.loads(town("constitute", "brief.yaml", "-o", "out", "--as-of", "2026-11-26", "--json"))
    (code,) = town.codes
    assert told["record"]["recovery_code_in"] == str(code)
    assert stat.S_IMODE(code.stat().st_mode) == 0o600
    assert sorted(told["readable"]) == sorted(path for path in told["files"] if not path.endswith("initiative.t2"))
    words = code.read_text(encoding="utf-8").strip()
    assert len(words.split("-")) == 11
    assert not any(words.encode() in path.read_bytes() for path in (tmp_path / "out").iterdir())
    assert "Zebra Quagga" in town("record", "log")


def test_constitute_says_who_can_read_what(town: Laptop) -> None:
    told = town("constitute", "brief.yaml", "-o", "out", "--as-of", "2026-11-26")
    assert "Whoever has the folder can read all of this but initiative.t2, which is sealed." in told
    assert str(town.codes[0]) in told


def test_sealed_writes_only_the_bundle(town: Laptop, tmp_path: Path) -> None:
    town("constitute", "brief.yaml", "-o", "out", "--sealed")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["initiative.t2"]
    town("record", "verify", "out/initiative.t2")


@pytest.mark.gate
def test_between_two_runs_only_the_bundle_differs_and_no_readable_file_holds_an_entry_id(town: Laptop, tmp_path: Path, with_paper: None) -> None:
    for folder in ("one", "two"):
        town("constitute", "brief.yaml", "-o", folder, "--as-of", "2026-11-26")
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    differing = [name for name in names if (tmp_path / "one" / name).read_bytes() != (tmp_path / "two" / name).read_bytes()]
    assert differing == ["initiative.t2"]
    first = town("record", "list").splitlines()[0].split()[0]
    ids = [entry["id"] for entry in json.loads(town("record", "log", first, "--json"))["entries"]]
    assert ids
    assert not any(entry_id.encode() in (tmp_path / "one" / name).read_bytes() for entry_id in ids for name in names)


def test_replacing_a_dossier_goes_on_in_its_record_and_people_keep_their_codes(town: Laptop, tmp_path: Path) -> None:
    town("constitute", "brief.yaml", "-o", "out", "--as-of", "2026-11-26")
    (tmp_path / "brief.yaml").write_text(BRIEF.replace("  - {name: Okapi Bongo, sides: [low], fictional: true}\n", ""), encoding="utf-8")
    town("constitute", "brief.yaml", "-o", "out", "--as-of", "2026-12-01", "--replace")
    assert len(town("record", "list").splitlines()) == 1
    assert {person["code"] for person in json.loads((tmp_path / "out" / "dossier.json").read_text(encoding="utf-8"))["people"]} == {"A-01", "B-02"}
    entries = json.loads(town("record", "log", "--json"))["entries"]
    assert [entry["type"] for entry in entries].count("DossierConstituted") == 2
    assert [entry["about"] for entry in entries if entry["type"] == "FactWithdrawn"] == ["B-01"]


def test_a_record_remembers_which_dossiers_were_made_from_it(town: Laptop, tmp_path: Path) -> None:
    import hashlib

    town("constitute", "brief.yaml", "-o", "out", "--as-of", "2026-11-26")
    (made,) = [entry["body"] for entry in json.loads(town("record", "log", "--json"))["entries"] if entry["type"] == "DossierConstituted"]
    assert made["sha256"] == hashlib.sha256((tmp_path / "out" / "dossier.json").read_bytes()).hexdigest()
    assert made["as_of"] == "2026-11-26"
    assert dict(made["sources"])["passports"] == "2025-01-12"


def test_a_key_file_is_not_written_beside_the_dossier(town: Laptop, tmp_path: Path) -> None:
    for place in ("out/key", "key"):
        assert "in or beside the dossier" in town.refused("constitute", "brief.yaml", "-o", "out", "--key-file", place)
    assert not (tmp_path / "out").exists()
    (tmp_path / "apart").mkdir()
    town("constitute", "brief.yaml", "-o", "out", "--key-file", "apart/key")
    assert stat.S_IMODE((tmp_path / "apart" / "key").stat().st_mode) == 0o600
    assert town.codes == []
    assert "nobody is at the terminal" in town.refused("record", "show")
    assert "Two towns talk" in town("record", "show", "--key-file", "apart/key")


def test_a_passphrase_comes_by_a_file_descriptor_and_stands_in_no_file(town: Laptop, tmp_path: Path, with_paper: None) -> None:
    town("constitute", "brief.yaml", "-o", "out", passphrase=PASSPHRASE)
    assert town.codes == []
    assert "Two towns talk" in town("record", "show", passphrase=PASSPHRASE)
    assert "does not open it" in town.refused("record", "show", passphrase="heron lantern orchard pebbles")
    assert "nobody is at the terminal" in town.refused("record", "show")
    for place in [path for path in tmp_path.rglob("*") if path.is_file()]:
        assert PASSPHRASE.encode() not in place.read_bytes()


def test_a_file_descriptor_that_is_not_open_is_told(town: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    town("record", "new", "brief.yaml")
    for named in ("999", "three"):
        monkeypatch.setattr(sys, "argv", ["tracktwo", "record", "show"])
        monkeypatch.setenv("TRACKTWO_PASSPHRASE_FD", named)
        given_passphrase.cache_clear()
        with pytest.raises(SystemExit) as left:
            cli.main()
        assert left.value.code == 2


def test_two_laptops_work_apart_and_come_together(town: Laptop, valley: Laptop) -> None:
    both(town, valley)
    rule = ["--session", "Fears", "--part", "first", "--present", "A-01", "--present", "B-01"]
    town("record", "part", *rule)
    valley("record", "part", "--session", "Wells", "--part", "first", "--present", "A-01", "--present", "B-02")
    town("record", "note", "The wells are dry.", *rule[:4])
    town("record", "export", "-o", "a.t2")
    valley("record", "export", "-o", "b.t2")
    assert "2 entries came in" in valley("record", "merge", "a.t2")
    assert "1 entries came in" in town("record", "merge", "b.t2")
    rooms = [json.loads(laptop("record", "show", "--json"))["rooms"] for laptop in (town, valley)]
    assert rooms[0] == rooms[1]
    assert "Every chain is whole" in valley("record", "verify")


def test_an_invitation_opens_a_record_once(town: Laptop, valley: Laptop, tmp_path: Path) -> None:
    town("record", "new", "brief.yaml")
    words = town("record", "invite", "--name", "Second Facilitator").splitlines()[2].strip()
    town("record", "export", "-o", "there.t2")
    assert "The invitation is used up" in valley("record", "open", "there.t2", passphrase=words)
    assert "is here already" in valley.refused("record", "open", "there.t2", passphrase=words)
    valley("record", "export", "-o", "back.t2")
    town("record", "merge", "back.t2")
    town("record", "export", "-o", "again.t2")
    third = Laptop(tmp_path / "third", valley._monkeypatch, valley._capsys)
    assert "does not open it" in third.refused("record", "open", "again.t2", passphrase=words)


def test_who_was_removed_reads_nothing_that_is_written_afterwards(town: Laptop, valley: Laptop) -> None:
    both(town, valley)
    town("record", "remove", "--member", "Second Facilitator")
    town("record", "part", "--session", "Fears", "--part", "first", "--present", "A-01")
    town("record", "note", "A QUOKKA was seen.", "--session", "Fears", "--part", "first")
    town("record", "export", "-o", "later.t2")
    assert "QUOKKA" in town("record", "log")
    valley("record", "merge", "later.t2", code=0)
    assert "QUOKKA" not in valley("record", "log")
    assert "to which your keys belong" in valley.refused("record", "part", "--session", "Mine", "--part", "x", "--present", "A-01", "--room", "team")


def test_a_card_shows_seven_words_once(town: Laptop) -> None:
    town("record", "new", "brief.yaml")
    told = town("record", "card", "--name", "Zebra Quagga", "--side", "up")
    assert len(told.splitlines()[2].strip().split("-")) == 7
    (member,) = [one for one in json.loads(town("record", "members", "--json"))["members"] if one["role"] == "participant"]
    assert (member["name"], sorted(member["rooms"])) == ("Zebra Quagga", ["caucus:up", "plenary"])


def test_a_card_opens_the_rooms_of_its_holder_and_says_that_there_is_more(town: Laptop) -> None:
    town("record", "new", "brief.yaml")
    words = town("record", "card", "--name", "Zebra Quagga", "--side", "up").splitlines()[2].strip()
    told = json.loads(town("record", "show", "--json", passphrase=words))
    assert sorted(room["room"] for room in told["rooms"]) == ["caucus:up", "plenary"]
    assert (told["title"], told["hidden"], told["problems"]) == ("▮", True, [])
    assert "Okapi Bongo" not in town("record", "log", passphrase=words)
    town("record", "remove", "--member", "Zebra Quagga")
    assert "does not open it" in town.refused("record", "show", passphrase=words)


def test_a_card_opens_neither_the_team_nor_a_drop_box_nor_the_other_sides_caucus(town: Laptop) -> None:
    town("record", "new", "brief.yaml")
    for room in ("team", "sealed", "ballots", "surveys", "caucus:low"):
        assert f"'{room}' is not for a participant" in town.refused("record", "card", "--name", "X", "--side", "up", "--room", room)


def test_erasing_somebody_who_holds_a_card_erases_that_too(town: Laptop) -> None:
    town("record", "new", "brief.yaml")
    town("record", "card", "--name", "Zebra Quagga", "--side", "up")
    assert "Zebra Quagga" in town("record", "members")
    town("record", "erase", "--person", "A-01")
    assert "Zebra Quagga" not in town("record", "members") + town("record", "log")


def test_a_note_that_names_somebody_is_not_written_by_mistake(town: Laptop) -> None:
    town("record", "new", "brief.yaml")
    where = ["--session", "Fears", "--part", "first"]
    town("record", "part", *where, "--present", "A-01")
    assert "'Zebra Quagga' may be A-01" in town.refused("record", "note", "Zebra Quagga is afraid.", *where)
    assert "Noted as" in town("record", "note", "Zebra Quagga is afraid.", *where, "--anyway")
    town("record", "part", "--session", "Fears", "--part", "second", "--present", "A-01", "--no-notes")
    assert "without notes" in town.refused("record", "note", "Something.", "--session", "Fears", "--part", "second")


def test_a_note_can_come_by_standard_input_so_that_no_list_of_processes_shows_it(town: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    town("record", "new", "brief.yaml")
    where = ["--session", "Fears", "--part", "first"]
    town("record", "part", *where, "--present", "A-01")
    monkeypatch.setattr(sys, "stdin", io.StringIO("A QUOKKA was seen.\n"))
    town("record", "note", "-", *where)
    assert "A QUOKKA was seen." in town("record", "log")


def test_what_is_shared_has_no_speaker_and_small_groups_are_held_back(town: Laptop, tmp_path: Path) -> None:
    town("record", "new", "brief.yaml")
    where = ["--session", "Fears", "--part", "first"]
    town("record", "part", *where, "--present", "A-01", "--present", "B-01")
    town("record", "note", "The wells are dry.", *where, "--speaker", "A-01")
    told = town("record", "share", "--audience", "the donor", "-o", "words.json")
    assert "too few people speak" in told
    assert json.loads((tmp_path / "words.json").read_text(encoding="utf-8"))["items"] == []
    assert "the smallest group shown is 5" in town.refused("record", "share", "--audience", "x", "-o", "other.json", "--smallest", "2")
    assert "should end in" in town.refused("record", "share", "--audience", "x", "-o", "words.docx")


def test_a_case_is_published_when_a_person_has_gone_through_the_draft(town: Laptop, tmp_path: Path) -> None:
    town("record", "new", "brief.yaml")
    town("record", "publish", "--draft", "case.yaml")
    draft = (tmp_path / "case.yaml").read_text(encoding="utf-8")
    assert "Zebra Quagga" not in draft
    assert "reviewed" in town.refused("record", "publish", "--reviewed", "case.yaml")
    assert "either --draft FILE" in town.refused("record", "publish")
    assert not (town.home / "cases").exists()


def test_erasing_a_person_reaches_the_database_and_lists_mentions(town: Laptop, valley: Laptop) -> None:
    both(town, valley)
    town("record", "part", "--session", "Fears", "--part", "first", "--present", "A-01")
    town("record", "note", "Zebra Quagga is afraid.", "--session", "Fears", "--part", "first", "--anyway")
    assert "Mentioned in NoteTaken" in town("record", "erase", "--person", "A-01")
    log = town("record", "log")
    assert "KeysDestroyed" in log
    assert "PersonInvited  Zebra" not in " ".join(log.split())
    town("record", "export", "-o", "after.t2")
    assert "emptied" in valley("record", "merge", "after.t2")
    town("record", "erase", "--session", "Fears")
    assert "Zebra" not in town("record", "log")
    assert "nothing of that kind" in town.refused("record", "erase", "--person", "A-01")
    assert "Every chain is whole" in town("record", "verify")


def test_a_backup_restores_into_an_empty_home_with_the_secret_file_and_not_without(town: Laptop, valley: Laptop, tmp_path: Path) -> None:
    town("record", "new", "brief.yaml")
    town("record", "backup", "backups")
    assert "is not part of the backup" in town.notes
    code = str(town.codes[0])
    assert "is not the secret file of this backup" in valley.refused("record", "restore", "backups")
    (valley.home / "keys").mkdir(parents=True, exist_ok=True)
    (valley.home / "keys" / "secret.json").write_bytes((town.home / "keys" / "secret.json").read_bytes())
    valley("record", "restore", "backups")
    assert "Zebra Quagga" in valley("record", "log", "--key-file", code)
    assert "Every chain is whole" in valley("record", "verify", "--key-file", code)
    assert "is here already" in valley.refused("record", "restore", "backups")


def test_an_older_database_is_noticed(town: Laptop) -> None:
    town("record", "new", "brief.yaml")
    old = (town.home / "records.db").read_bytes()
    town("record", "room", "logistics")
    (town.home / "records.db").write_bytes(old)
    assert "the record is an older state" in town.refused("record", "verify")


BAD = {
    "truncated": (lambda data: data[:-9], "was changed or cut short"),
    "future": (lambda data: data[:12] + b"\x00\x09" + data[14:], "written by a newer version"),
    "foreign": (lambda data: b"PK\x03\x04" + data, "is no bundle of tracktwo"),
    "empty": (lambda data: b"", "is no bundle of tracktwo"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_bundle_is_one_sentence(town: Laptop, tmp_path: Path, name: str) -> None:
    change, telling = BAD[name]
    town("record", "new", "brief.yaml")
    town("record", "export", "-o", "good.t2")
    (tmp_path / "bad.t2").write_bytes(change((tmp_path / "good.t2").read_bytes()))
    for verb in ("verify", "merge", "open"):
        assert telling in town.refused("record", verb, "bad.t2")
    assert "cannot be read" in town.refused("record", "verify", "nowhere.t2")


def test_bundles_of_two_initiatives_do_not_become_one(town: Laptop) -> None:
    for _ in range(2):
        town("record", "new", "brief.yaml")
    one, other = [line.split()[0] for line in town("record", "list").splitlines()]
    town("record", "export", one, "-o", "one.t2")
    assert "of another initiative" in town.refused("record", "merge", "one.t2", other)
    assert "say which" in town.refused("record", "show")
    assert "there is no record 'nobod'" in town.refused("record", "show", "nobod")


@pytest.mark.gate
def test_a_bundle_with_a_passphrase_opens_elsewhere_and_a_weak_one_is_refused(town: Laptop, valley: Laptop) -> None:
    town("record", "new", "brief.yaml", passphrase="peace2026")
    assert "at least four" in town.refused("record", "export", "-o", "a.t2", "--passphrase", passphrase="peace2026")
    town("record", "passphrase", passphrase="peace2026")
    town("record", "new", "brief.yaml", passphrase=PASSPHRASE)
    second = [line.split()[0] for line in town("record", "list").splitlines()]
    for name in second:
        town("record", "export", name, "-o", f"{name}.t2", "--passphrase", code=0 if opens(town, name) else 2, passphrase=PASSPHRASE)
    (bundle,) = Path.cwd().glob("*-*.t2")
    valley("record", "open", bundle.name, passphrase=PASSPHRASE)
    assert "Zebra Quagga" in valley("record", "log", passphrase=PASSPHRASE)


def opens(town: Laptop, name: str) -> bool:
    town._monkeypatch.setenv("TRACKTWO_HOME", str(town.home))
    try:
        town("record", "show", name, passphrase=PASSPHRASE)
    except AssertionError:
        return False
    return True


def test_the_records_of_a_hub_live_in_postgresql(town: Laptop, valley: Laptop, postgres: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", postgres.address(postgres.fresh()))
    told = town("record", "new", "brief.yaml")
    assert "recovery code in" in told
    assert not (town.home / "records.db").exists()
    town("record", "erase", "--person", "A-01")
    town("record", "export", "-o", "hub.t2")
    assert "Every chain is whole" in town("record", "verify")
    monkeypatch.delenv("DATABASE_URL")
    valley("record", "open", "hub.t2", "--key-file", str(town.codes[0]))
    assert "Okapi Bongo" in valley("record", "log")
    monkeypatch.setenv("DATABASE_URL", "host=127.0.0.1 port=1 dbname=none password=hunter2")
    assert "hunter2" not in town.refused("record", "list")


def test_nothing_waits_for_input_that_cannot_come(town: Laptop) -> None:
    town("record", "new", "brief.yaml")
    for code in town.codes:
        code.unlink()
    done = threading.Event()
    threading.Timer(20, lambda: None if done.is_set() else os._exit(3)).start()
    assert "nobody is at the terminal" in town.refused("record", "show")
    done.set()


def test_a_home_that_cannot_be_written_is_one_sentence(town: Laptop, tmp_path: Path) -> None:
    town.home.parent.mkdir(exist_ok=True)
    town.home.write_text("a file", encoding="utf-8")
    assert "cannot be" in town.refused("constitute", "brief.yaml", "-o", "out")
    assert not (tmp_path / "out").exists()


def test_the_examples_of_the_repository_can_all_be_sealed(town: Laptop) -> None:
    for path in sorted((ROOT / "examples").glob("*.yaml")):
        town("record", "new", str(path))
    for line in town("record", "list").splitlines():
        assert "Every chain is whole" in town("record", "verify", line.split()[0])


@pytest.mark.skipif(sys.platform != "linux", reason="the call is Linux's")
def test_the_command_line_leaves_no_core_file_and_lets_nobody_read_its_memory() -> None:
    asked = "import ctypes, resource; print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), resource.getrlimit(resource.RLIMIT_CORE))"
    command = f"from tracktwo.cli import leave_no_core_file; leave_no_core_file(); {asked}"
    result = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True)
    assert result.stdout == "0 (0, 0)\n"
