"""Every page of every PDF of the examples, in every language: words in place, our fonts alone; and the same document in a word processor."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pypdf
import pytest

from tests.dossier.test_paper import fonts_of
from tests.making import EXAMPLES, constituted
from tracktwo.constitute import let_out
from tracktwo.dossier.language import languages, voice
from tracktwo.dossier.typefaces import STAND_IN
from tracktwo.dossier.write import FILES, contents

pytestmark = pytest.mark.gate
Figure = Callable[[str], None]
_HTML = "{http://www.w3.org/1999/xhtml}"
_MARKS = "[\u200e\u200f\u202a-\u202e\u2066-\u2069\u00ad]"
_MARGIN = 20.0
"""Points from the edge of the sheet within which no word may stand."""


@pytest.fixture(
    scope="module", params=[(path, language) for path in EXAMPLES for language in languages()], ids=lambda case: f"{case[0].stem}-{case[1]}"
)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of one dossier."""
    path, language = request.param
    released = let_out(constituted(path), voice(language))
    folder: Path = tmp_path_factory.mktemp(f"{path.stem}-{language}")
    for name, content in contents(released, voice(language).calling(released.names)).items():
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def poppler() -> str:
    path = shutil.which("pdftotext")
    assert path is not None, "pdftotext is not installed; 'make system-deps' installs it"
    return path


def _boxes(poppler: str, pdf: Path) -> list[list[tuple[str, float, float, float, float]]]:
    """For each page its words with their boxes, in points."""
    told = subprocess.run([poppler, "-bbox", str(pdf), "-"], capture_output=True, check=True).stdout.decode()
    clean = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", told)
    pages = ElementTree.fromstring(clean).iter(f"{_HTML}page")
    sides = ("xMin", "yMin", "xMax", "yMax")
    drawn = ([word for word in page.iter(f"{_HTML}word") if re.search(r"\w", word.text or "")] for page in pages)
    return [[(word.text or "", *(float(word.get(side, "0")) for side in sides)) for word in words] for words in drawn]  # type: ignore[misc]


def test_on_no_page_do_words_meet_or_leave_the_sheet(made: Path, poppler: str, figure: Figure) -> None:
    pages = _boxes(poppler, made / "dossier.pdf")
    outside, meeting = [], []
    for number, words in enumerate(pages, 1):
        assert words, f"page {number} is empty"
        outside += [(number, word) for word, x0, y0, x1, y1 in words if x0 < _MARGIN or y0 < _MARGIN or x1 > 595 - _MARGIN or y1 > 842 - _MARGIN]
        for place, (word, x0, y0, x1, y1) in enumerate(words):
            for other, a0, b0, a1, b1 in words[place + 1 :]:
                across, down = min(x1, a1) - max(x0, a0), min(y1, b1) - max(y0, b0)
                if across > 0.35 * min(x1 - x0, a1 - a0) and down > 0.5 * min(y1 - y0, b1 - b0) and across > 1.5:
                    meeting.append((number, word, other))
    figure(f"{made.name.rstrip('0123456789')} {len(pages)} pages, {len(outside)} words outside, {len(meeting)} pairs that meet")
    assert outside == []
    assert meeting == []


def test_every_character_is_drawn_and_by_our_fonts(made: Path, figure: Figure) -> None:
    reader = pypdf.PdfReader(made / "dossier.pdf")
    boxes = sum(page.extract_text().count(STAND_IN) for page in reader.pages)
    names = {name.partition("+")[2] for page in reader.pages for name in fonts_of(page)}
    figure(f"{len(names)} fonts, {boxes} stand-ins")
    assert names
    assert {name for name in names if not name.startswith("Noto")} == set()
    assert boxes == 0


def test_the_document_says_in_a_word_processor_what_the_pdf_says(made: Path, poppler: str, tmp_path: Path, figure: Figure) -> None:
    office = shutil.which("soffice")
    assert office is not None, "LibreOffice is not installed; 'make gate-deps' installs it"
    home = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(made / "dossier.docx")]
    subprocess.run(command, capture_output=True, check=True, timeout=300)
    ours, theirs = (_words(poppler, path) for path in (made / "dossier.pdf", tmp_path / "dossier.pdf"))
    common = sum((ours & theirs).values())
    alike = 2 * common / (sum(ours.values()) + sum(theirs.values()))
    pages = len(pypdf.PdfReader(tmp_path / "dossier.pdf").pages)
    figure(f"{alike:.3f} of all words alike, {pages} pages in the word processor, {len(pypdf.PdfReader(made / 'dossier.pdf').pages)} in the PDF")
    assert alike > 0.93


def _words(poppler: str, pdf: Path) -> Counter[str]:
    """The words of a PDF, wherever they stand, each in one script: how often each is there."""
    told = subprocess.run([poppler, str(pdf), "-"], capture_output=True, check=True).stdout.decode()
    plain = unicodedata.normalize("NFKC", re.sub(_MARKS, "", told.replace("-\n", "")))
    # Readers of PDF put vowel signs and the letters of ligatures in other orders; the letters themselves stay.
    found = re.findall("[\u0620-\u064a]+|[^\\W\\d_\u0600-\u06ff]+|\\d+", re.sub("[\u064b-\u0652\u0670]", "", plain))
    return Counter("".join(sorted(word)) for word in found)


@pytest.mark.alone
def test_all_examples_in_all_languages_within_a_minute(tmp_path: Path, figure: Figure) -> None:
    command = [str(Path(sys.executable).with_name("tracktwo")), "demo", "-o", str(tmp_path / "demo"), "--no-open"]
    begin = time.monotonic()
    subprocess.run(command, check=True, capture_output=True)
    seconds = time.monotonic() - begin
    files = [path for path in (tmp_path / "demo").rglob("*") if path.is_file()]
    figure(f"{len(files)} files of {len(EXAMPLES)} examples in {len(languages())} languages in {seconds:.0f} s")
    assert len(files) == len(EXAMPLES) * len(languages()) * len(FILES)
    assert seconds <= 60
