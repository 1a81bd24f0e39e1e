"""Tables that tests of sources share: made-up downloads, and the first rows of shipped files."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from functools import cache
from pathlib import Path

from tracktwo.model.world import Provenance
from tracktwo.sources.table import SHIPPED, Table, provenance_of

DOWNLOADS = Path(__file__).parent / "downloads"
SOMEWHERE: Provenance = provenance_of({"publisher": "a test", "dataset": "a test", "version": "1", "as_of": "2026-01-01", "licence": ""})


def table(path: Path) -> Table:
    """A table of a file, from nowhere in particular."""
    return Table(path, SOMEWHERE)


def shipped_head(name: str, lines: int = 12) -> Callable[[], bytes]:
    """The first lines of a shipped table, uncompressed."""

    @cache
    def head() -> bytes:
        return b"".join(gzip.decompress((SHIPPED / name).read_bytes()).splitlines(keepends=True)[:lines])

    return head


def edited(folder: Path, name: str, *changes: tuple[str, str]) -> Path:
    """A copy of a made-up download with words replaced."""
    text = (DOWNLOADS / name).read_bytes().decode("utf-8-sig")
    for old, new in changes:
        assert old in text, f"{name} does not hold {old}"
        text = text.replace(old, new)
    path = folder / f"{Path(name).stem}-edited.csv"
    path.write_text(text, encoding="utf-8", newline="")
    return path
