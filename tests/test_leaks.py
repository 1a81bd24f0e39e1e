"""What must not leave, looked for in every file of a dossier and in every place where a file could be left behind."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

import docx
import pypdf
import pytest

from tests.making import EXAMPLE, EXAMPLES, TODAY, constituted, from_text
from tests.outputs import texts
from tracktwo.cli.sealing import Credential, begin, sealed_bytes
from tracktwo.constitute import dossier, let_out, read_earlier
from tracktwo.dossier.language import languages, voice
from tracktwo.dossier.write import BUNDLE, FILES, READABLE, write_dossier
from tracktwo.dossier.write import texts as day_one_documents
from tracktwo.record.entries import entries_of
from tracktwo.record.gate import private_names
from tracktwo.record.home import Home
from tracktwo.record.revision import stamped
from tracktwo.sources.brief import read_brief
from tracktwo.sources.countries import load_countries


@cache
def people(path: Path) -> tuple[str, ...]:
    """The names that the gate keeps in: what could leak."""
    return tuple(name for name in private_names(constituted(path).initiative) if " " in name)


def holding(folder: Path, names: Iterable[str]) -> dict[str, set[str]]:
    """Name → the files of a folder, or the one file, in which it stands, however its words are broken."""
    told = {path.name: " ".join(texts(path)) for path in ([folder] if folder.is_file() else folder.iterdir())}
    patterns = {name: re.compile(r"\s+".join(map(re.escape, name.split()))) for name in names}
    found = {name: {file for file, text in told.items() if pattern.search(text)} for name, pattern in patterns.items()}
    return {name: files for name, files in found.items() if files}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_no_file_names_a_person_unless_asked(path: Path, tmp_path: Path) -> None:
    assert len(people(path)) > 5
    dossier(constituted(path), tmp_path / "codes", voice())
    assert holding(tmp_path / "codes", people(path)) == {}


def test_names_that_were_asked_for_stand_in_every_file_but_the_calendar(tmp_path: Path) -> None:
    dossier(constituted(EXAMPLE), tmp_path / "named", voice(), names=True)
    name = people(EXAMPLE)[0]
    assert holding(tmp_path / "named", [name]) == {name: set(READABLE) - {"programme.ics"}}
    printed = texts(tmp_path / "named" / "dossier.pdf")[-len(pypdf.PdfReader(tmp_path / "named" / "dossier.pdf").pages) :]
    assert all("names people" in page for page in printed)
    head = docx.Document(str(tmp_path / "named" / "dossier.docx")).sections[0].header
    assert [paragraph.text for paragraph in head.paragraphs] == ["names people"]
    assert "This dossier names people." in " ".join(texts(tmp_path / "named" / "tables.xlsx"))


def test_the_sealed_record_beside_a_dossier_shows_no_name_though_it_holds_them_all(tmp_path: Path) -> None:
    entries = stamped(entries_of(read_brief(EXAMPLE, load_countries().resolve), TODAY))
    place = Home(tmp_path / "home")
    with place.open() as store:
        opened, _ = begin(place, store, entries, Credential(None, None), "convenor", TODAY)
        known = {name for name in private_names(opened.look().initiative()) if " " in name}
        sealed = sealed_bytes(opened)
    assert known >= set(people(EXAMPLE))  # what could leak is in it
    released = let_out(constituted(EXAMPLE), voice(), names=True)
    write_dossier(released, tmp_path / "d", voice().calling(released.names), sealed=sealed)
    assert {file for files in holding(tmp_path / "d", people(EXAMPLE)).values() for file in files} == set(READABLE) - {"programme.ics"}
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):  # the control: a name in clear would be seen
        (tmp_path / "d" / BUNDLE).write_bytes(sealed + people(EXAMPLE)[0].encode(encoding))
        assert holding(tmp_path / "d" / BUNDLE, people(EXAMPLE)[:1])


@pytest.mark.gate
def test_names_of_an_earlier_dossier_do_not_come_back_into_one_of_codes(tmp_path: Path) -> None:
    done = constituted(EXAMPLE)
    dossier(done, tmp_path / "d", voice(), names=True)
    assert holding(tmp_path / "d", people(EXAMPLE))  # what could come back is there
    before = read_earlier(tmp_path / "d" / "dossier.json")
    later = replace(done, basis=replace(done.basis, earlier=before))
    dossier(later, tmp_path / "d", voice(), replacing=True)
    assert holding(tmp_path / "d", people(EXAMPLE)) == {}


@pytest.mark.gate
def test_who_takes_the_consent_back_is_a_code_also_in_what_an_earlier_dossier_with_names_said(tmp_path: Path) -> None:
    text = "title: Two towns\nparties: [{name: Upper town}, {name: Lower town}]\nissues: [{name: What Zebulon Ada said, status: stuck}]\n"
    asked = "invited: [{name: Zebulon Ada, fictional: true, data_consent: 2026-11-01}]\n"
    dossier(from_text(text + asked), tmp_path / "d", voice(), names=True)
    assert holding(tmp_path / "d", ["Zebulon Ada"])  # what could come back is there
    before = read_earlier(tmp_path / "d" / "dossier.json")
    done = from_text(text.replace("What Zebulon Ada said", "Pasture") + asked.replace(", data_consent: 2026-11-01", ""))
    dossier(replace(done, basis=replace(done.basis, earlier=before)), tmp_path / "d", voice(), names=True, replacing=True)
    assert holding(tmp_path / "d", ["Zebulon Ada"]) == {}


@pytest.mark.gate
def test_a_name_that_an_earlier_dossier_of_codes_did_not_know_is_a_code_in_the_comparison(tmp_path: Path) -> None:
    text = "title: Two towns\nparties: [{name: Upper town}, {name: Lower town}]\nissues: [{name: What Zebulon Ada said, status: stuck}]\n"
    dossier(from_text(text), tmp_path / "d", voice())
    assert holding(tmp_path / "d", ["Zebulon Ada"])  # nobody had said that this is a person
    before = read_earlier(tmp_path / "d" / "dossier.json")
    done = from_text(text.replace("What Zebulon Ada said", "Pasture") + "invited: [{name: Zebulon Ada, fictional: true}]\n")
    later = replace(done, basis=replace(done.basis, earlier=before))
    dossier(later, tmp_path / "d", voice(), replacing=True)
    assert holding(tmp_path / "d", ["Zebulon Ada"]) == {}
    assert any("What N-01 said" in text for text in texts(tmp_path / "d" / "dossier.html"))


@pytest.mark.parametrize("language", languages())
def test_the_texts_for_the_first_day_name_nobody_even_with_names(language: str, tmp_path: Path) -> None:
    released = let_out(constituted(EXAMPLE), voice(language), names=True)
    for name, content in day_one_documents(released, voice(language)).items():
        (tmp_path / name).write_bytes(content)
    assert holding(tmp_path, people(EXAMPLE)) == {}


@pytest.mark.gate
def test_nothing_is_written_anywhere_but_into_the_dossier_and_the_home_of_its_record(tmp_path: Path, figure: Callable[[str], None]) -> None:
    strace = shutil.which("strace")
    assert strace is not None, "strace is not installed; 'make gate-deps' installs it"
    words = [sys.executable, "-B", "-m", "tracktwo.cli", "constitute", str(EXAMPLE), "-o", str(tmp_path / "d"), "--language", "ar"]
    home = tmp_path / "home"
    subprocess.run(
        [strace, "-f", "-e", "trace=openat,open,creat", "-o", str(tmp_path / "trace"), *words],
        check=True, capture_output=True, stdin=subprocess.DEVNULL, env={**os.environ, "TRACKTWO_HOME": str(home)},
    )  # fmt: skip
    opened = re.findall(
        r'(?:openat\([^,]*, |open\(|creat\()"([^"]+)"[^)]*(?:O_WRONLY|O_RDWR|O_CREAT)', (tmp_path / "trace").read_text(errors="replace")
    )
    places = [Path(path) for path in opened if path != "/dev/null"]
    kept = [path for path in places if home in path.parents]
    written = [path for path in places if path not in kept]
    figure(f"{len(written)} files opened for writing, all of the dossier, and {len(kept)} in the home of the record")
    assert sorted(path.name for path in written) == sorted(FILES)
    assert {path.parent.parent for path in written} == {tmp_path}
    assert {path.parent for path in kept} == {home, home / "keys"}
    database = {"records.db", "records.db-wal", "records.db-shm", "records.db-journal"}  # the last one while the file is new and empty
    assert {path.name for path in kept if path.parent == home} <= database
