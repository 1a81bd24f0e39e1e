"""Writes the dossier's files into a folder, all of them or none."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from tracktwo.dossier.document import dossier_json
from tracktwo.dossier.flow import text_flow
from tracktwo.dossier.ics import programme_ics
from tracktwo.dossier.language import Voice
from tracktwo.dossier.page import dossier_html
from tracktwo.dossier.pdf import dossier_pdf
from tracktwo.dossier.reading import reading_of
from tracktwo.dossier.spreadsheet import tables_xlsx
from tracktwo.dossier.texts import day_one_texts
from tracktwo.dossier.word import document, dossier_docx
from tracktwo.record.gate import Released

READABLE = ("dossier.html", "dossier.pdf", "dossier.docx", "tables.xlsx", "programme.ics", "dossier.json")
"""The files of a dossier that whoever has the folder can read. Without dates there is no programme.ics."""
BUNDLE = "initiative.t2"
"""The sealed record beside them."""
FILES = (*READABLE, BUNDLE)
"""Every file of a dossier; `replace` touches no other."""


class FolderExists(OSError):
    """The folder holds something already, and nobody asked to replace it."""


class CannotWrite(OSError):
    """The folder cannot be made or written to."""


def write_dossier(released: Released, folder: Path, voice: Voice, *, sealed: bytes | None = None, replace: bool = False) -> tuple[Path, ...]:
    """Write the files of a dossier into `folder` and return their paths; `sealed` is the bundle of its record, if it has one.

    Everything is made in memory, then written beside the folder, then moved into place: a failure leaves what was there.
    With `replace` only the files of an earlier dossier give way; other files stay. Only the owner of the process can read what is new.

    Raises FolderExists for a folder that is not empty without `replace`, CannotWrite where the disk refuses, MissingMessage.
    """
    refuse(folder, replace=replace)
    made = contents(released, voice) | ({BUNDLE: sealed} if sealed is not None else {})
    return write_files(made, folder, FILES, replace=replace)


def contents(released: Released, voice: Voice) -> dict[str, bytes]:
    """The files of a dossier in memory: name → bytes. Raises MissingMessage."""
    reading = reading_of(released, voice)
    made = {
        "dossier.html": dossier_html(reading, voice),
        "dossier.pdf": dossier_pdf(reading, voice),
        "dossier.docx": dossier_docx(reading, voice),
        "tables.xlsx": tables_xlsx(reading, voice),
        "programme.ics": programme_ics(reading, voice),
        "dossier.json": dossier_json(released, voice),
    }
    return {name: content for name, content in made.items() if content is not None}


def texts(released: Released, voice: Voice) -> dict[str, bytes]:
    """The texts for the first day as documents in one language: name → bytes. Raises MissingMessage."""
    return {
        f"{text.name}.{voice.language}.docx": document(text_flow(text, voice), voice, title=voice.say(text.title), running="", day=released.as_of)
        for text in day_one_texts(released)
    }


def refuse(folder: Path, *, replace: bool) -> None:
    """Raise where nothing could be written into the folder, before long work is done for it: FolderExists, CannotWrite."""
    try:
        for place in (folder, *folder.parents):
            if place.exists() and not place.is_dir():
                raise CannotWrite(f"{place} is a file, not a folder; choose another name")
        if folder.exists() and any(folder.iterdir()) and not replace:
            raise FolderExists(f"{folder} is not empty; choose another folder, or say --replace")
    except (FolderExists, CannotWrite):
        raise
    except OSError as error:
        raise CannotWrite(f"{folder} cannot be written: {error.strerror or error}") from error


def write_files(made: Mapping[str, bytes], folder: Path, known: Sequence[str], *, replace: bool = False) -> tuple[Path, ...]:
    """Write files into a folder, all or none, and return their paths; with `replace`, whichever of the `known` names stand there give way.

    Raises FolderExists, CannotWrite.
    """
    refuse(folder, replace=replace)
    try:
        return _write(folder, made, known)
    except OSError as error:
        raise CannotWrite(f"{folder} cannot be written: {error.strerror or error}") from error


def _write(folder: Path, contents: Mapping[str, bytes], known: Sequence[str]) -> tuple[Path, ...]:
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        for name, content in contents.items():
            with open(beside / name, "xb", opener=_for_owner_only) as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
        if not folder.exists():
            beside.rename(folder)
        else:
            _exchange(beside, folder, tuple(contents), tuple(dict.fromkeys((*contents, *known))))
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return tuple(folder / name for name in contents)


def _exchange(beside: Path, folder: Path, fresh: Sequence[str], known: Sequence[str]) -> None:
    """Move new files over old ones, and old ones that have no successor away; where a move fails, put the old ones back."""
    old = beside / "old"
    old.mkdir()
    moved: list[str] = []
    try:
        for name in known:
            if (folder / name).exists():
                (folder / name).rename(old / name)
            moved.append(name)
            if name in fresh:
                (beside / name).rename(folder / name)
    except OSError:
        for name in moved:
            if (old / name).exists():
                (old / name).replace(folder / name)
            else:
                (folder / name).unlink(missing_ok=True)
        raise


def _for_owner_only(path: str, flags: int) -> int:
    """Open a file that nobody but its owner may read: who else may is for people to decide, not for a file mask."""
    return os.open(path, flags, 0o600)
