"""Fuzz the importers of sanctions lists, guided by coverage: `python -m tools.fuzz_lists FORMAT --seconds 600`.

It needs atheris (`requirements/fuzz.txt`, Linux only). Whatever is thrown at an importer is read, or refused with UnreadableSource; anything else
ends the run with exit code 77 and leaves the input in the folder that is printed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MADE_UP = ROOT / "tests" / "sources" / "lists"
FORMATS = {
    "un": ROOT / "tests" / "sources" / "downloads" / "un_consolidated.xml",
    "ofac": MADE_UP / "sdn.csv",
    "ofac-advanced": MADE_UP / "sdn_advanced.xml",
    "eu-xml": MADE_UP / "eu_fsf.xml",
    "eu-csv": MADE_UP / "eu_fsf.csv",
    "uk-csv": MADE_UP / "uk.csv",
    "uk-xml": MADE_UP / "uk.xml",
    "opensanctions": MADE_UP / "entities.ftm.json",
    "opensanctions-table": MADE_UP / "targets.simple.csv",
    "eu-journal": MADE_UP / "eu_journal.csv",
    "own": MADE_UP / "own.csv",
}
"""Importer → the good file from which the fuzzer sets out."""
FAILED = 77
_LARGEST = 30_000


def main() -> None:
    """Fuzz one importer, called directly, so that no byte is lost on the question which list it is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("format", choices=FORMATS)
    parser.add_argument("--seconds", type=int, default=600)
    asked = parser.parse_args()
    import atheris  # type: ignore[import-not-found,import-untyped,unused-ignore]

    with atheris.instrument_imports(include=["tracktwo.sources"]):
        from tracktwo.sources.countries import load_countries
        from tracktwo.sources.lists.opened import taste
        from tracktwo.sources.lists.reading import format_of
        from tracktwo.sources.table import UnreadableSource

    load_countries()
    good = FORMATS[asked.format]
    folder = Path(tempfile.mkdtemp(prefix="fuzz-lists-", dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None))  # noqa: S108
    corpus, tried, found = folder / "corpus", folder / "tried", folder / "found"
    for one in (corpus, tried, found):
        one.mkdir()
    shutil.copy(good, corpus)
    path = tried / good.name
    importer = format_of(taste(good))
    assert importer is not None

    def once(data: bytes) -> None:
        path.write_bytes(data)
        with suppress(UnreadableSource):
            importer.read(path, None)

    print(f"fuzzing {asked.format} in {folder}", file=sys.stderr, flush=True)
    options = [f"-max_total_time={asked.seconds}", f"-max_len={_LARGEST}", "-rss_limit_mb=2048", "-timeout=60", f"-error_exitcode={FAILED}"]
    atheris.Setup([sys.argv[0], *options, f"-artifact_prefix={found}/", str(corpus)], once)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
