"""What must not leave, looked for in every file of a dossier and in every place where a file could be left behind."""

from __future__ import annotations

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

from tests.making import EXAMPLE, EXAMPLES, constituted, from_text
from tests.outputs import texts
from tracktwo.constitute import dossier, let_out, read_earlier
from tracktwo.dossier.language import languages, voice
from tracktwo.dossier.write import FILES
from tracktwo.dossier.write import texts as day_one_documents
from tracktwo.record.gate import private_names


@cache
def people(path: Path) -> tuple[str, ...]:
    """The names that the gate keeps in: what could leak."""
    return tuple(name for name in private_names(constituted(path).initiative) if " " in name)


def holding(folder: Path, names: Iterable[str]) -> dict[str, set[str]]:
    """Name → the files in which it stands, however its words are broken."""
    told = {path.name: " ".join(texts(path)) for path in folder.iterdir()}
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
    assert holding(tmp_path / "named", [name]) == {name: set(FILES) - {"programme.ics"}}
    assert all("names people" in page.extract_text() for page in pypdf.PdfReader(tmp_path / "named" / "dossier.pdf").pages)
    head = docx.Document(str(tmp_path / "named" / "dossier.docx")).sections[0].header
    assert [paragraph.text for paragraph in head.paragraphs] == ["names people"]
    assert "This dossier names people." in " ".join(texts(tmp_path / "named" / "tables.xlsx"))


def test_names_of_an_earlier_dossier_do_not_come_back_into_one_of_codes(tmp_path: Path) -> None:
    done = constituted(EXAMPLE)
    dossier(done, tmp_path / "d", voice(), names=True)
    assert holding(tmp_path / "d", people(EXAMPLE))  # what could come back is there
    before = read_earlier(tmp_path / "d" / "dossier.json")
    later = replace(done, basis=replace(done.basis, earlier=before))
    dossier(later, tmp_path / "d", voice(), replacing=True)
    assert holding(tmp_path / "d", people(EXAMPLE)) == {}


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
def test_nothing_is_written_anywhere_but_into_the_folder_of_the_dossier(tmp_path: Path, figure: Callable[[str], None]) -> None:
    strace = shutil.which("strace")
    assert strace is not None, "strace is not installed; 'make gate-deps' installs it"
    words = [sys.executable, "-B", "-m", "tracktwo.cli", "constitute", str(EXAMPLE), "-o", str(tmp_path / "d"), "--language", "ar"]
    subprocess.run([strace, "-f", "-e", "trace=openat,open,creat", "-o", str(tmp_path / "trace"), *words], check=True, capture_output=True)
    opened = re.findall(
        r'(?:openat\([^,]*, |open\(|creat\()"([^"]+)"[^)]*(?:O_WRONLY|O_RDWR|O_CREAT)', (tmp_path / "trace").read_text(errors="replace")
    )
    written = [path for path in opened if path != "/dev/null"]
    figure(f"{len(written)} files opened for writing, all of the dossier")
    assert sorted(Path(path).name for path in written) == sorted(FILES)
    assert {Path(path).parent.parent for path in written} == {tmp_path}
