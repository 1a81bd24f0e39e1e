"""Write the table of readings of Han characters from Unicode's Unihan database, reduced to what names are written with."""

from __future__ import annotations

import argparse
import bz2
import re
import textwrap
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent / "src" / "tracktwo" / "methods" / "screening" / "han_table.py"
HEAD = '''"""Readings of Han characters: Mandarin in pinyin without tones, Korean in Hangul, Japanese (on) in romaji, Cantonese in Jyutping without
tones.

Made by `python -m tools.han_readings` from the fields kMandarin, kHangul, kJapaneseOn and kCantonese of Unihan_Readings.txt, Unicode {version},
reduced
to the characters of GB 2312, Big5 (first level), KS X 1001 and JIS X 0208 (first level) and written anew by reading. Copyright © 1991-2022 Unicode,
Inc.; the terms stand in LICENSE-UNICODE.txt beside this file.
"""

from __future__ import annotations

'''
_COLUMNS = 73
"""Characters of a line: each is as wide as two letters."""
_PIECE = 60


def main() -> None:
    """Read Unihan_Readings.txt (or .bz2) and write the module."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("unihan", type=Path, help="Unihan_Readings.txt of the Unicode Character Database, plain or .bz2")
    path = parser.parse_args().unihan
    text = bz2.decompress(path.read_bytes()).decode() if path.suffix == ".bz2" else path.read_text(encoding="utf-8")
    fields: dict[str, dict[str, str]] = defaultdict(dict)
    for character, field, value in _rows(text):
        fields[field][character] = value
    version = re.search(r"Unicode version: ([\d.]+)", text)
    tables = {
        "MANDARIN": {c: _toneless(v.split()[0]) for c, v in fields["kMandarin"].items() if _usual(c)},
        "KOREAN": {c: v.split()[0].split(":")[0] for c, v in fields["kHangul"].items() if _encodes(c, "euc_kr")},
        "JAPANESE": {c: v.split()[0].lower() for c, v in fields["kJapaneseOn"].items() if _encodes(c, "euc_jp") and _level_one(c)},
        "CANTONESE": {c: v.split()[0].rstrip("123456") for c, v in fields["kCantonese"].items() if _level_one(c)},
    }
    parts = [HEAD.format(version=version[1] if version else "")]
    for name, table in tables.items():
        by_reading: dict[str, str] = defaultdict(str)
        for character, reading in sorted(table.items()):
            by_reading[reading] += character
        words = " ".join(f"{reading}:{part}" for reading, characters in sorted(by_reading.items()) for part in _pieces(characters))
        lines = textwrap.wrap(words, _COLUMNS, break_long_words=False, break_on_hyphens=False)
        parts.append(f'{name} = """\n' + "\n".join(lines) + '\n"""\n')
    OUT.write_text("\n".join(parts).replace("\n\n\n", "\n\n"), encoding="utf-8")


def _rows(text: str) -> Iterator[tuple[str, str, str]]:
    for line in text.splitlines():
        if line.startswith("U+"):
            point, field, value = line.split("\t")
            yield chr(int(point[2:], 16)), field, value


def _pieces(characters: str) -> Iterator[str]:
    for start in range(0, len(characters), _PIECE):
        yield characters[start : start + _PIECE]


def _toneless(pinyin: str) -> str:
    plain = unicodedata.normalize("NFD", pinyin).replace("u\u0308", "v")
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _encodes(character: str, encoding: str) -> bool:
    try:
        return bool(character.encode(encoding))
    except UnicodeEncodeError:
        return False


def _level_one(character: str) -> bool:
    """Whether a character is in daily use: the first levels of GB 2312, Big5 and JIS X 0208."""
    for encoding, last in (("gb2312", b"\xd7\xfe"), ("big5", b"\xc6\x7e"), ("euc_jp", b"\xcf\xfe")):
        if _encodes(character, encoding) and character.encode(encoding) <= last:
            return True
    return False


def _usual(character: str) -> bool:
    return _encodes(character, "gb2312") or _encodes(character, "euc_kr") or _level_one(character)


if __name__ == "__main__":
    main()
