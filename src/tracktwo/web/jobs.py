"""What the child can be asked to do, and what comes back: findings, what concerns people, the files of a dossier, the texts of the first day."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

from tracktwo.model.base import Language, Noun
from tracktwo.record.entries import ENTRIES, Entry
from tracktwo.record.entry import EntryId, with_id

What = Literal["findings", "people", "files", "texts"]

STEPS = ("record", "library", "assessment", "feasibility", "strategy", "process", "follow_up", "evaluation", "gate", "dossier")
"""What the child says that it has come to, in this order; only files and texts have the last one."""


class Job(Noun):
    """One piece of long work, with everything that it needs: the child reads nothing else but the user's own downloads under `home`."""

    what: What
    as_of: date
    entries: str
    """The entries that may be used, as JSON: those that the keys of whoever asks have opened."""
    ids: tuple[EntryId, ...]
    """Under which ids they stand in the record, since what an entry replaces is named by its id."""
    hidden: bool = False
    """True where the record holds more than these entries."""
    names: bool = False
    language: Language = "en"
    home: str | None = None
    """The folder under which the user's own sources are; None to use the shipped ones alone."""

    @classmethod
    def of(cls, what: What, entries: Sequence[Entry], as_of: date, **more: Any) -> Job:
        """A job on these entries; `more` are the fields that have a value of their own."""
        return cls(what=what, as_of=as_of, entries=ENTRIES.dump_json(tuple(entries), exclude_none=True).decode(), ids=_ids(entries), **more)

    def read_entries(self) -> tuple[Entry, ...]:
        """The entries, each under its id."""
        return tuple(with_id(entry, name) for entry, name in zip(ENTRIES.validate_json(self.entries), self.ids, strict=True))


def _ids(entries: Sequence[Entry]) -> tuple[str, ...]:
    return tuple(entry.id for entry in entries)


def packed_files(files: dict[str, bytes]) -> str:
    """Files in one text that a frame can carry."""
    return json.dumps({name: base64.b64encode(content).decode() for name, content in files.items()})


def unpacked_files(text: str) -> dict[str, bytes]:
    """The files that were packed: name → bytes."""
    return {name: base64.b64decode(content) for name, content in json.loads(text).items()}
