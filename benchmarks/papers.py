"""A dossier on paper: our PDF by typst beside a browser that prints the page and a word processor that converts the document.

Peers: Chromium printing `dossier.html` (headless, as Debian ships it) and LibreOffice converting `dossier.docx`. All three start from the
example as it is released. The browser and the word processor are timed as processes, as one has to run them; ours runs inside the process
that made the dossier, as it does.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from datetime import date
from functools import partial
from pathlib import Path

from pypdf import PdfReader

from benchmarks.harness import Contender, compare
from tracktwo.constitute import constitute, let_out
from tracktwo.dossier.language import Voice, voice
from tracktwo.dossier.page import dossier_html
from tracktwo.dossier.pdf import dossier_pdf
from tracktwo.dossier.reading import Reading, reading_of
from tracktwo.dossier.word import dossier_docx
from tracktwo.library import guide
from tracktwo.sources.brief import parse_brief
from tracktwo.sources.countries import load_countries
from tracktwo.sources.shelf import open_shelf

EXAMPLE = "central-african-republic"
DAY = date(2026, 11, 26)
LANGUAGES = ("en", "ar")


def main() -> None:
    """Print, for English and Arabic, the time, the size, the pages, whether the file is tagged, and whose fonts it holds."""
    brief = parse_brief(guide.examples()[EXAMPLE], f"{EXAMPLE}.yaml", load_countries().resolve)
    done = constitute(brief, open_shelf(None, DAY), as_of=DAY)
    for language in LANGUAGES:
        spoken = voice(language)
        reading = reading_of(let_out(done, spoken), spoken)
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch)
            (folder / "dossier.html").write_bytes(dossier_html(reading, spoken))
            (folder / "dossier.docx").write_bytes(dossier_docx(reading, spoken))
            contenders = [Contender("typst, in the process", partial(_ours, reading, spoken, folder), "typst")]
            contenders += [Contender(name, partial(_run, words)) for name, words in _peers(folder)]
            print(compare(f"The example on paper, {language}", contenders, size="one dossier", seed=None, repetitions=5).table())
            print()
            print("| | bytes | pages | tagged | fonts |\n| --- | ---: | ---: | --- | ---: |")
            for name, path in (("ours", "ours.pdf"), ("Chromium", "printed.pdf"), ("LibreOffice", "dossier.pdf")):
                if (folder / path).is_file():
                    print(_facts(name, folder / path))
            print()


def _peers(folder: Path) -> list[tuple[str, list[str]]]:
    """The peers that this machine has, each with its command."""
    found = []
    browser, office = shutil.which("chromium"), shutil.which("soffice")
    if browser:
        words = [browser, "--headless", "--no-sandbox", "--no-pdf-header-footer", f"--print-to-pdf={folder / 'printed.pdf'}"]
        found.append(("Chromium prints the page", [*words, (folder / "dossier.html").as_uri()]))
    if office:
        home = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        found.append(
            (
                "LibreOffice converts the document",
                [office, home, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(folder / "dossier.docx")],
            )
        )
    for name, there in (("Chromium", browser), ("LibreOffice", office)):
        if not there:
            print(f"{name} is not installed and left out.", file=sys.stderr)
    return found


def _ours(reading: Reading, spoken: Voice, folder: Path) -> None:
    (folder / "ours.pdf").write_bytes(dossier_pdf(reading, spoken))


def _run(words: list[str]) -> None:
    subprocess.run(words, check=True, capture_output=True)  # noqa: S603 - our own words


def _facts(name: str, path: Path) -> str:
    reader = PdfReader(path)
    tagged = bool(reader.trailer["/Root"].get("/MarkInfo", {}).get("/Marked", False))  # type: ignore[attr-defined]
    fonts = {str(font.get("/BaseFont", "drawn glyph by glyph")) for page in reader.pages for font in page["/Resources"].get("/Font", {}).values()}  # type: ignore[attr-defined]
    return f"| {name} | {path.stat().st_size:,} | {len(reader.pages)} | {'yes' if tagged else 'no'} | {len(fonts)} |"


if __name__ == "__main__":
    main()
