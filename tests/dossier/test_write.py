from __future__ import annotations

from pathlib import Path

import pytest

from tests.dossier import samples
from tracktwo.dossier.document import dossier_json
from tracktwo.dossier.files import CannotWrite, FolderExists
from tracktwo.dossier.language import MissingMessage, Voice, voice
from tracktwo.dossier.page import dossier_html
from tracktwo.dossier.reading import reading_of
from tracktwo.dossier.write import BUNDLE, FILES, READABLE, write_dossier

SEALED = b"what a bundle holds: nothing of it can be read"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_dossier_is_written_into_a_new_folder(spoken: Voice, tmp_path: Path) -> None:
    folder = tmp_path / "to" / "come"
    paths = write_dossier(samples.released(), folder, spoken)
    assert paths == tuple(folder / name for name in READABLE)
    assert (folder / "dossier.html").read_bytes() == dossier_html(reading_of(samples.released(), spoken), spoken)
    assert (folder / "dossier.json").read_bytes() == dossier_json(samples.released(), spoken)
    assert names(folder.parent) == ["come"]


def test_a_dossier_is_written_into_an_empty_folder(spoken: Voice, tmp_path: Path) -> None:
    write_dossier(samples.released(), tmp_path / "a", spoken)
    (tmp_path / "b").mkdir()
    write_dossier(samples.released(), tmp_path / "b", spoken)
    assert names(tmp_path / "b") == sorted(READABLE)


def test_a_folder_with_something_in_it_is_left_alone(spoken: Voice, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(FolderExists, match=r"is not empty; choose another folder"):
        write_dossier(samples.released(), tmp_path, spoken)
    assert names(tmp_path) == ["letter.txt"]


def test_replacing_touches_the_files_of_a_dossier_and_no_other(spoken: Voice, tmp_path: Path) -> None:
    folder = tmp_path / "d"
    write_dossier(samples.released(names=True), folder, spoken)
    (folder / "letter.txt").write_text("dear")
    write_dossier(samples.released(), folder, spoken, replace=True)
    assert names(folder) == sorted([*READABLE, "letter.txt"])
    assert (folder / "letter.txt").read_text() == "dear"
    assert b"Zebulon" not in (folder / "dossier.html").read_bytes() + (folder / "dossier.json").read_bytes()
    assert names(tmp_path) == ["d"]


def test_a_calendar_that_has_no_successor_goes(spoken: Voice, tmp_path: Path) -> None:
    write_dossier(samples.released(), tmp_path / "d", spoken)
    assert "programme.ics" in names(tmp_path / "d")
    undated = samples.released().model_copy(update={"sections": ()})
    assert "programme.ics" not in {path.name for path in write_dossier(undated, tmp_path / "d", spoken, replace=True)}
    assert "programme.ics" not in names(tmp_path / "d")


def test_a_sentence_that_is_missing_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(MissingMessage):
        write_dossier(samples.released(), tmp_path / "d", voice())
    assert names(tmp_path) == []


def test_the_sealed_record_stands_beside_the_other_files_when_it_is_given_and_only_then(spoken: Voice, tmp_path: Path) -> None:
    without = write_dossier(samples.released(), tmp_path / "without", spoken)
    beside = write_dossier(samples.released(), tmp_path / "beside", spoken, sealed=SEALED)
    assert {path.name for path in beside} - {path.name for path in without} == {BUNDLE}
    assert names(tmp_path / "without") == sorted(READABLE)
    assert names(tmp_path / "beside") == sorted(FILES)
    assert (tmp_path / "beside" / BUNDLE).read_bytes() == SEALED


def test_a_sealed_record_that_has_no_successor_goes(spoken: Voice, tmp_path: Path) -> None:
    write_dossier(samples.released(), tmp_path / "d", spoken, sealed=SEALED)
    assert BUNDLE in names(tmp_path / "d")
    write_dossier(samples.released(), tmp_path / "d", spoken, replace=True)
    assert names(tmp_path / "d") == sorted(READABLE)


@pytest.mark.parametrize("last", [FILES[0], FILES[-1], *(pytest.param(name, marks=pytest.mark.gate) for name in FILES[1:-1])])
def test_whichever_file_fails_the_sealed_record_comes_with_the_others_or_not_at_all(
    last: str, spoken: Voice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "d"
    write_dossier(samples.released(names=True), folder, spoken, sealed=SEALED)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    rename = Path.rename

    def full(self: Path, target: Path) -> Path:
        if target == folder / last:
            raise OSError(28, "No space left on device")
        return rename(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", full)
        with pytest.raises(CannotWrite, match="No space left on device"):
            write_dossier(samples.released(), folder, spoken, sealed=b"a later one", replace=True)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    write_dossier(samples.released(), folder, spoken, sealed=b"a later one", replace=True)
    assert [name for name, content in before.items() if (folder / name).read_bytes() == content] == ["programme.ics"]
    assert names(tmp_path) == ["d"]


def test_a_move_that_fails_puts_the_old_dossier_back(spoken: Voice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "d"
    write_dossier(samples.released(names=True), folder, spoken)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    rename = Path.rename

    def full(self: Path, target: Path) -> Path:
        if target == folder / "dossier.json":
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(CannotWrite, match=r"d cannot be written: No space left on device"):
        write_dossier(samples.released(), folder, spoken, replace=True)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert names(tmp_path) == ["d"]


def test_a_disk_that_refuses_is_told_in_one_sentence(spoken: Voice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read_only(**_: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tracktwo.dossier.files.tempfile.mkdtemp", read_only)
    with pytest.raises(CannotWrite, match="Permission denied"):
        write_dossier(samples.released(), tmp_path / "d", spoken)


def test_a_file_in_place_of_the_folder_is_left_alone(spoken: Voice, tmp_path: Path) -> None:
    (tmp_path / "d").write_text("a file")
    with pytest.raises(CannotWrite, match="is a file, not a folder"):
        write_dossier(samples.released(), tmp_path / "d", spoken, replace=True)
    assert (tmp_path / "d").read_text() == "a file"


def test_nobody_but_the_owner_can_read_a_new_dossier(spoken: Voice, tmp_path: Path) -> None:
    files = write_dossier(samples.released(), tmp_path / "dossier", spoken, sealed=SEALED)
    assert (tmp_path / "dossier").stat().st_mode & 0o077 == 0
    assert {file.stat().st_mode & 0o077 for file in files} == {0}
    assert len(files) == len(FILES)
