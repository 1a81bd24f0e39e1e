"""A list as it was read, written down so that reading it again is quick: the publisher's file stays what counts, and this is made anew from it."""

from __future__ import annotations

import functools
import gzip
import hashlib
import json
import zlib
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from tracktwo import __version__
from tracktwo.model.listing import BirthRange, ListedEntry, ListedName, ListSnapshot

_FORMAT = "read-list/1"


def write_down(snapshot: ListSnapshot) -> bytes:
    """Return a snapshot as compressed JSON; the same snapshot always gives the same bytes."""
    written = {"format": _FORMAT, "reader": _reader(), "snapshot": asdict(snapshot)}
    return gzip.compress(json.dumps(written, ensure_ascii=False, separators=(",", ":"), default=date.isoformat).encode(), compresslevel=1, mtime=0)


def read_back(content: bytes) -> ListSnapshot | None:
    """Return what was written down; None where it is damaged, or was read by other code than this."""
    try:
        written = json.loads(gzip.decompress(content))
        if (written["format"], written["reader"]) != (_FORMAT, _reader()):
            return None
        fields = written["snapshot"]
        entries = tuple(_entry(one) for one in fields.pop("entries"))
        return ListSnapshot(**fields | {"entries": entries, "as_of": _day(fields["as_of"]), "remarks": tuple(fields["remarks"])})
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError, AttributeError):
        return None


@functools.cache
def _reader() -> str:
    """Which code reads lists here: its version, and the bytes of the modules."""
    modules = sorted(Path(__file__).parent.glob("*.py"))
    return f"{__version__} {hashlib.sha256(b''.join(path.read_bytes() for path in modules)).hexdigest()[:16]}"


def _entry(fields: dict[str, Any]) -> ListedEntry:
    return ListedEntry(
        fields["id"],
        fields["kind"],
        tuple(ListedName(one["text"], one["strength"], one["family"]) for one in fields["names"]),
        tuple(BirthRange(date.fromisoformat(one["first"]), date.fromisoformat(one["last"]), one["circa"]) for one in fields["births"]),
        tuple(fields["nationalities"]),
        tuple(fields["countries"]),
        tuple(fields["programmes"]),
        tuple(fields["measures"]),
        tuple(fields["titles"]),
        fields["gender"],
        _day(fields["listed"]),
        _day(fields["changed"]),
        tuple((name, value) for name, value in fields["notes"]),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text is not None else None
