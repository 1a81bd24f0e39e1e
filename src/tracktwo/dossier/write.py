"""Writes the dossier's files into a folder, all of them or none."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tracktwo.dossier.document import dossier_json
from tracktwo.dossier.language import Voice
from tracktwo.dossier.page import dossier_html
from tracktwo.dossier.reading import reading_of
from tracktwo.record.gate import Released

FILES = ("dossier.html", "dossier.json")
"""The files of a dossier; `replace` touches no other."""


class FolderExists(OSError):
    """The folder holds something already, and nobody asked to replace it."""


class CannotWrite(OSError):
    """The folder cannot be made or written to."""


def write_dossier(released: Released, folder: Path, voice: Voice, *, replace: bool = False) -> tuple[Path, ...]:
    """Write `dossier.html` and `dossier.json` into `folder` and return their paths.

    Everything is made in memory, then written beside the folder, then moved into place: a failure leaves what was there.
    With `replace` only the files of an earlier dossier give way; other files stay. Only the owner of the process can read what is new.

    Raises FolderExists for a folder that is not empty without `replace`, CannotWrite where the disk refuses, MissingMessage.
    """
    contents = {"dossier.html": dossier_html(reading_of(released, voice), voice), "dossier.json": dossier_json(released, voice)}
    try:
        if folder.exists() and not folder.is_dir():
            raise CannotWrite(f"{folder} is a file, not a folder; choose another name")
        if folder.exists() and any(folder.iterdir()) and not replace:
            raise FolderExists(f"{folder} is not empty; choose another folder, or say --replace")
        return _write(folder, contents)
    except (FolderExists, CannotWrite):
        raise
    except OSError as error:
        raise CannotWrite(f"{folder} cannot be written: {error.strerror or error}") from error


def _write(folder: Path, contents: Mapping[str, bytes]) -> tuple[Path, ...]:
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
            _exchange(beside, folder, contents)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return tuple(folder / name for name in contents)


def _exchange(beside: Path, folder: Path, names: Mapping[str, bytes]) -> None:
    """Move new files over old ones; where a move fails, put the old ones back."""
    old = beside / "old"
    old.mkdir()
    moved: list[str] = []
    try:
        for name in names:
            if (folder / name).exists():
                (folder / name).rename(old / name)
            moved.append(name)
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
