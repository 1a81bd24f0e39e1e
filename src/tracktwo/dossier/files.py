"""Puts files into a folder, all of them or none, so that only their owner can read them."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path


class FolderExists(OSError):
    """The folder holds something already, and nobody asked to replace it."""


class CannotWrite(OSError):
    """The folder cannot be made or written to."""


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
