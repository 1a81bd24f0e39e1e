"""Makes the fonts of the team's pages: the scripts of the interface alone, as WOFF2, each file small enough that a page loads only what it shows.

They are cut from the fonts of the dossier and from Noto Sans Arabic (Debian: fonts-noto-core), and packed by woff2_compress (Debian: woff2).
Run by `make fonts`, after tools/subset_fonts.py.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset

ROOT = Path(__file__).parents[1] / "src" / "tracktwo"
DOSSIER = ROOT / "dossier" / "fonts"
DEBIAN = Path("/usr/share/fonts/truetype/noto")
FOLDER = ROOT / "web" / "static" / "fonts"
MOST_BYTES = 350_000
FEATURES = "ccmp locl mark mkmk kern liga rlig calt init medi fina isol lnum tnum".split()

LATIN = (
    (0x20, 0x7E), (0xA0, 0xFF), (0x152, 0x153), (0x2C6, 0x2C6), (0x2DA, 0x2DC), (0x2010, 0x2027), (0x2030, 0x203A), (0x2066, 0x2069),
    (0x20AC, 0x20AC), (0x2116, 0x2116), (0x2122, 0x2122), (0x2190, 0x2193), (0x2212, 0x2212), (0xFFFD, 0xFFFD),
)  # fmt: skip
LATIN_MORE = (
    (0x100, 0x151), (0x154, 0x17F), (0x192, 0x192), (0x1A0, 0x1A1), (0x1AF, 0x1B0), (0x1CD, 0x1DC), (0x218, 0x21B), (0x259, 0x259),
    (0x300, 0x304), (0x306, 0x30C), (0x323, 0x323), (0x331, 0x331), (0x1E00, 0x1EFF),
)  # fmt: skip
CYRILLIC = (
    (0x400, 0x45F), (0x490, 0x493), (0x49A, 0x49B), (0x4A2, 0x4A3), (0x4AE, 0x4B3), (0x4BA, 0x4BB), (0x4D8, 0x4D9), (0x4E8, 0x4E9),
)  # fmt: skip
ARABIC = ((0x600, 0x6FF), (0x750, 0x77F), (0x200C, 0x200F), (0xFD3E, 0xFD3F))
ARABIC_HEADINGS = ((0x600, 0x61F), (0x620, 0x6D5), (0x6F0, 0x6F9), (0x200C, 0x200F))

Ranges = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Cut:
    """One file: its name, what it is cut from, and which characters stay."""

    name: str
    source: Path
    characters: Ranges


CUTS = (
    *(
        Cut(f"sans-{script}-{weight}", DOSSIER / f"NotoSans-{cut}.ttf", characters)
        for cut, weight in (("Regular", 400), ("Bold", 700))
        for script, characters in (("latin", LATIN), ("latin-more", LATIN_MORE), ("cyrillic", CYRILLIC))
    ),
    *(Cut(f"sans-arabic-{weight}", DEBIAN / f"NotoSansArabic-{cut}.ttf", ARABIC) for cut, weight in (("Regular", 400), ("Bold", 700))),
    *(
        Cut(f"serif-{script}-600", DOSSIER / "NotoSerif-SemiBold.ttf", characters)
        for script, characters in (("latin", LATIN), ("latin-more", LATIN_MORE), ("cyrillic", CYRILLIC))
    ),
    Cut("naskh-arabic-700", DOSSIER / "NotoNaskhArabic-Bold.ttf", ARABIC_HEADINGS),
)


def make(cut: Cut, folder: Path) -> Path:
    """Write one file; return its path."""
    options = subset.Options(layout_features=FEATURES, hinting=False, notdef_outline=True, drop_tables=["DSIG", "meta", "STAT"])
    options.name_IDs = [0, 1, 2, 13, 14]
    font = subset.load_font(str(cut.source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes={number for first, last in cut.characters for number in range(first, last + 1)})
    subsetter.subset(font)
    font.recalcTimestamp = False
    plain = folder / f"{cut.name}.ttf"
    subset.save_font(font, str(plain), options)
    subprocess.run(["woff2_compress", str(plain)], check=True, capture_output=True)
    made = FOLDER / f"{cut.name}.woff2"
    made.write_bytes(plain.with_suffix(".woff2").read_bytes())
    return made


def unicode_range(characters: Ranges) -> str:
    """Return what stands behind `unicode-range` in the style sheet."""
    return ", ".join(f"U+{first:X}" if first == last else f"U+{first:X}-{last:X}" for first, last in characters)


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.woff2"):
        old.unlink()
    total = 0
    with tempfile.TemporaryDirectory() as folder:
        for cut in CUTS:
            size = make(cut, Path(folder)).stat().st_size
            total += size
            print(f"{size:>9,} {cut.name}  {unicode_range(cut.characters)}")
    provenance = json.loads((DOSSIER / "PROVENANCE.json").read_text(encoding="utf-8"))
    provenance |= {"dataset": "Noto fonts, cut to the scripts of the team's pages", "made_by": "tools/web_fonts.py"}
    (FOLDER / "PROVENANCE.json").write_text(json.dumps(provenance, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    (FOLDER / "LICENSE.txt").write_bytes((DOSSIER / "LICENSE.txt").read_bytes().replace(b"tools/subset_fonts.py", b"tools/web_fonts.py"))
    print(f"{total:>9,} together")
    if total > MOST_BYTES:
        raise SystemExit(f"the fonts of the pages weigh {total:,} bytes, more than {MOST_BYTES:,}")


if __name__ == "__main__":
    main()
