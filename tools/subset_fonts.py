"""Makes the fonts that travel with tracktwo: subsets of Noto (SIL OFL 1.1) for print, and the list of characters they can draw.

Needs the Debian packages fonts-noto-core, fonts-noto-extra and fonts-noto-cjk; run by `make fonts`. Their versions go into PROVENANCE.json.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FOLDER = Path(__file__).parents[1] / "src" / "tracktwo" / "dossier" / "fonts"
TRUETYPE = Path("/usr/share/fonts/truetype/noto")
OPENTYPE = Path("/usr/share/fonts/opentype/noto")
MOST_BYTES = 8_000_000
AS_OF = "2026-11-26"
"""The day on which the packages were fetched."""


@dataclass(frozen=True)
class Cut:
    """One subset: the file it is cut from, which characters stay (None: all), and the number of the font in a collection."""

    source: Path
    characters: tuple[tuple[int, int], ...] | None = None
    index: int = -1
    listed: frozenset[int] = frozenset()

    @property
    def name(self) -> str:
        return self.source.stem.replace("CJK", {1: "KR", 2: "SC"}.get(self.index, "CJK"))


EUROPEAN = (
    (0x20, 0x7E), (0xA0, 0x2AF), (0x2B0, 0x36F), (0x370, 0x52F), (0x1E00, 0x1EFF), (0x1F00, 0x1FFF), (0x2000, 0x209F), (0x20A0, 0x20CF),
    (0x2100, 0x214F), (0x2190, 0x21FF), (0x2200, 0x22FF), (0x25A0, 0x25FF), (0x2C60, 0x2C7F), (0xA720, 0xA7FF), (0xFB00, 0xFB06), (0xFFFD, 0xFFFD),
)  # fmt: skip
"""Latin, Greek and Cyrillic with their signs."""
HANGUL = ((0x1100, 0x11FF), (0x3000, 0x303F), (0x3130, 0x318F), (0xAC00, 0xD7A3), (0xFF01, 0xFF60))
BOTH = ("NotoSans", "NotoNaskhArabic", "NotoSansHebrew", "NotoSansArmenian", "NotoSansGeorgian")
"""Regular and bold; the languages beyond them have the regular cut alone."""
REGULAR = (
    "Ethiopic Devanagari Bengali Gujarati Gurmukhi Tamil Telugu Kannada Malayalam Oriya Sinhala Khmer Myanmar Thai Lao Thaana Syriac NKo Tifinagh "
    "Mongolian Adlam OlChiki"
).split()


def gb2312() -> frozenset[int]:
    """Return the 6,763 ideographs of GB 2312, the everyday set of simplified Chinese."""
    found = set()
    for high in range(0xB0, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                found.add(ord(bytes((high, low)).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    return frozenset(found)


def cuts() -> list[Cut]:
    """Return every subset that is to be made."""
    made = [Cut(TRUETYPE / f"{family}-{weight}.ttf", EUROPEAN if family == "NotoSans" else None) for family in BOTH for weight in ("Regular", "Bold")]
    made.append(Cut(TRUETYPE / "NotoSerif-SemiBold.ttf", EUROPEAN))
    made += [Cut(TRUETYPE / f"NotoSans{script}-Regular.ttf") for script in REGULAR]
    made.append(Cut(TRUETYPE / "NotoSerifTibetan-Regular.ttf"))
    made.append(Cut(OPENTYPE / "NotoSansCJK-Regular.ttc", HANGUL, index=1))
    made.append(Cut(OPENTYPE / "NotoSansCJK-Regular.ttc", ((0x3000, 0x303F), (0xFF01, 0xFF60)), index=2, listed=gb2312()))
    return made


def make(cut: Cut) -> tuple[Path, set[int]]:
    """Write one subset; return its path and the characters it draws."""
    options = subset.Options(layout_features=["*"], hinting=False, desubroutinize=False, notdef_outline=True, drop_tables=["DSIG", "meta"])
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    options.font_number = cut.index
    font = subset.load_font(str(cut.source), options)
    wanted = set(cut.listed)
    for first, last in cut.characters or ():
        wanted |= set(range(first, last + 1))
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted or font.getBestCmap().keys())
    subsetter.subset(font)
    font.recalcTimestamp = False
    path = FOLDER / f"{cut.name}{'.otf' if 'CFF ' in font else '.ttf'}"
    subset.save_font(font, str(path), options)
    return path, set(TTFont(path).getBestCmap())


def ranges(characters: Iterable[int]) -> list[list[int]]:
    """Return the characters as sorted, closed ranges."""
    found: list[list[int]] = []
    for number in sorted(characters):
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return found


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for old in [*FOLDER.glob("*.ttf"), *FOLDER.glob("*.otf")]:
        old.unlink()
    drawn: set[int] = set()
    total = 0
    for cut in cuts():
        path, characters = make(cut)
        drawn |= characters
        total += path.stat().st_size
        print(f"{path.stat().st_size:>9,} {len(characters):>6} {path.name}")
    (FOLDER / "coverage.json").write_text(json.dumps(ranges(drawn), separators=(",", ":")) + "\n", encoding="utf-8")
    (FOLDER / "PROVENANCE.json").write_text(json.dumps(_provenance(), indent=2, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{total:>9,} {len(drawn):>6} together")
    if total > MOST_BYTES:
        raise SystemExit(f"the fonts weigh {total:,} bytes, more than {MOST_BYTES:,}")


def _provenance() -> dict[str, object]:
    packages = ("fonts-noto-core", "fonts-noto-extra", "fonts-noto-cjk")
    versions = {
        name: subprocess.run(["dpkg-query", "-W", "-f=${Version}", name], check=True, capture_output=True, text=True).stdout for name in packages
    }
    return {
        "publisher": "The Noto Project Authors",
        "dataset": "Noto fonts, cut to the scripts that a dossier prints",
        "version": ", ".join(f"{name} {version}" for name, version in versions.items()),
        "as_of": AS_OF,
        "licence": "OFL-1.1",
        "url": "https://notofonts.github.io/",
        "made_by": "tools/subset_fonts.py",
    }


if __name__ == "__main__":
    main()
