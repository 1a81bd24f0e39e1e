"""Files of every release stay readable, by us and by a reader that has nothing of ours; and what must be refused is refused for its reason."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests import recording as r
from tests.formats.make_vectors import write
from tracktwo.record.bundle import NotABundle, bundle_from
from tracktwo.record.merge import trial
from tracktwo.vault.primitives import CannotOpen
from tracktwo.vault.words import NotAWord

FORMATS = Path(__file__).resolve().parent.parent / "formats"
READER = Path(__file__).resolve().parents[2] / "docs" / "reference" / "read_bundle.py"
VECTORS = sorted(FORMATS.glob("*/*.json"))


@pytest.fixture(scope="module")
def reader() -> ModuleType:
    spec = importlib.util.spec_from_file_location("read_bundle", READER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def ours(data: bytes, code: str) -> list[dict[str, Any]] | str:
    """What we read, or the class of the reason for which we do not."""
    try:
        bundle = bundle_from(data)
        identity = r.by_recovery_code(bundle, code)
    except NotABundle:
        return "file"
    except (CannotOpen, NotAWord):
        return "code"
    try:
        reading = trial(bundle.initiative, identity, [bundle])
    except ValueError:
        return "chain"
    if reading.problems:
        kinds = {problem.kind for problem in reading.problems}
        sentences = " ".join(problem.sentence for problem in reading.problems)
        if kinds & {"planted key", "rolled back", "unreadable"} or "the key does not open it" in sentences:
            return "key"
        return "chain" if kinds <= {"gap", "changed"} else "entry"
    return [entry.model_dump(mode="json", exclude_none=True) for entry in reading.entries]


def theirs(reader: ModuleType, data: bytes, code: str) -> list[dict[str, Any]] | str:
    """What the independent reader reads, or the class of its reason."""
    try:
        found: list[dict[str, Any]] = reader.read(data, code)
    except reader.Refused as error:
        return str(error).split(":")[0]
    return found


def in_any_order(read: list[dict[str, Any]] | str) -> list[str] | str:
    return read if isinstance(read, str) else sorted(json.dumps(entry, sort_keys=True) for entry in read)


def tried(folder: Path, reader: ModuleType) -> tuple[int, int]:
    """(vectors that are read, vectors that are refused) by both readers, as each vector says."""
    read = refused = 0
    for path in sorted(folder.glob("*.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        data = path.with_suffix(".t2").read_bytes()
        expected = told["entries"] if told["expect"] == "read" else told["expect"]
        assert in_any_order(ours(data, told["code"])) == in_any_order(expected), (path.name, told["what"], "read by us")
        assert in_any_order(theirs(reader, data, told["code"])) == in_any_order(expected), (path.name, told["what"], "read by the independent reader")
        read, refused = read + (told["expect"] == "read"), refused + (told["expect"] != "read")
    return read, refused


@pytest.mark.parametrize("release", sorted({path.parent.name for path in VECTORS}))
def test_the_vectors_of_a_release_are_read_or_refused_by_both_readers(release: str, reader: ModuleType) -> None:
    read, refused = tried(FORMATS / release, reader)
    assert read + refused >= 60
    assert refused >= 30


def test_what_is_written_today_is_read_by_both_readers(tmp_path: Path, reader: ModuleType) -> None:
    team = r.machine(rooms=["team"])
    team.record().append([r.opening(), r.word("TODAY", "team"), r.word("BOX", "sealed")])
    code = r.with_recovery_code(team)
    data = team.bundle([team.identity.member]).to_bytes()
    assert in_any_order(ours(data, code)) == in_any_order(theirs(reader, data, code))
    assert len(theirs(reader, data, code)) == len(team.record().read().entries)


def test_the_independent_reader_has_nothing_of_ours_and_at_most_150_lines_that_say_something() -> None:
    text = READER.read_text(encoding="utf-8")
    assert "import tracktwo" not in text
    assert "from tracktwo" not in text
    assert sum(bool(line.strip()) for line in text.splitlines()) <= 150


def test_the_independent_reader_prints_entries_as_lines_of_json(tmp_path: Path) -> None:
    told = json.loads((FORMATS / "0.1" / "good-00.json").read_text(encoding="utf-8"))
    command = [sys.executable, str(READER), str(FORMATS / "0.1" / "good-00.t2")]
    done = subprocess.run(command, input=told["code"], capture_output=True, text=True, check=True, encoding="utf-8", cwd=tmp_path)
    assert in_any_order([json.loads(line) for line in done.stdout.splitlines()]) == in_any_order(told["entries"])


@pytest.mark.gate
def test_every_vector_and_a_fresh_set_are_read_by_both_readers(tmp_path: Path, reader: ModuleType, figure: Callable[[str], None]) -> None:
    write(tmp_path)
    stored, fresh = [tried(folder, reader) for folder in (FORMATS / "0.1", tmp_path)]
    figure(
        f"release 0.1: {sum(stored)} vectors, {stored[1]} of them refused for the stated reason; {sum(fresh)} fresh ones; by us and by a reader in"
        " PyNaCl of 150 lines: 100 %"
    )
