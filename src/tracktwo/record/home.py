"""Where a team keeps its records on one machine: the database, the secret file beside it, and what this copy remembers of itself."""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from tracktwo.record.destruction import finish
from tracktwo.record.problems import Problem, copy_name
from tracktwo.record.store import Head, Store
from tracktwo.vault.secret import NotASecret, Secret

KEY_MODE = 0o600


class HomeError(OSError):
    """A file of the home cannot be read or written: one sentence."""


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that only its owner can read, whole or not at all; what stood there before is written over. Raises HomeError."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            _replace(Path(name), path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise HomeError(f"{path} cannot be written: {error.strerror or error}") from error


def _replace(fresh: Path, path: Path) -> None:
    old = os.open(path, os.O_RDWR) if path.exists() else None
    try:
        fresh.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        if old is not None:  # as far as the disk lets us: some write elsewhere what is written over
            os.pwrite(old, bytes(os.fstat(old).st_size), 0)
            os.fsync(old)
    finally:
        if old is not None:
            os.close(old)


class SecretFile:
    """Keeps the secret in a file of its own, which belongs into no backup of the database."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> Secret:
        """The secret; a fresh one where there is no file yet. Raises HomeError, NotASecret."""
        try:
            return Secret.from_json(self.path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            fresh = Secret.fresh()
            self.write(fresh)
            return fresh
        except NotASecret as error:
            raise NotASecret(f"{self.path}: {error}; nothing was changed") from error
        except (OSError, UnicodeDecodeError) as error:
            raise HomeError(f"{self.path} cannot be read: {getattr(error, 'strerror', None) or 'it is not a text'}") from error

    def write(self, secret: Secret) -> None:
        """Write it over. Raises HomeError."""
        write_whole(self.path, secret.to_json().encode())


class Home:
    """The records of one machine."""

    def __init__(self, folder: Path, *, database: str | None = None, secret_file: Path | None = None) -> None:
        """`folder` is TRACKTWO_HOME; `database` a PostgreSQL address in place of the file; `secret_file` another place for the secret."""
        self.folder = folder
        self.keys = folder / "keys"
        self.database = database
        self.secret = SecretFile(secret_file or self.keys / "secret.json")

    @property
    def file(self) -> Path:
        """The database, where no other is named."""
        return self.folder / "records.db"

    def open(self) -> Store:
        """The store; a destruction that stopped half way is finished first. Raises StoreError, HomeError, NotASecret."""
        store = Store.postgresql(self.database) if self.database else Store.sqlite(self.file)
        try:
            finish(store, self.secret)
        except BaseException:
            store.close()
            raise
        return store

    # What this copy is

    def replica(self, initiative: bytes, member: bytes) -> bytes:
        """The name under which a member writes on this copy: 16 bytes, random once. It stands outside the database."""
        named = self._read("copies.json")
        key = f"{initiative.hex()}/{member.hex()}"
        found = named.get(key)
        if isinstance(found, str) and len(found) == 32:
            return bytes.fromhex(found)
        return self.renew(initiative, member)

    def renew(self, initiative: bytes, member: bytes) -> bytes:
        """Give this copy a new name, after a restore or where it turned out to be a clone."""
        fresh = os.urandom(16)
        self._write("copies.json", {**self._read("copies.json"), f"{initiative.hex()}/{member.hex()}": fresh.hex()})
        return fresh

    def forget_copies(self, initiative: bytes) -> None:
        """Let every member write under a new name from here on, after a restore."""
        named = {key: value for key, value in self._read("copies.json").items() if not key.startswith(initiative.hex())}
        self._write("copies.json", named)

    # What this copy has seen

    def older_than_seen(self, initiative: bytes, heads: Mapping[tuple[bytes, bytes], Head]) -> tuple[Problem, ...]:
        """Chains that end before what this machine has already seen: the database is an older state, or its end was cut off."""
        problems = []
        for chain, (seq, digest) in self._seen(initiative).items():
            head = heads.get(chain)
            if head is None or head.seq < seq or (head.seq == seq and head.hash.hex() != digest):
                ends = f"ends at entry {head.seq}" if head else "is not there"
                sentence = f"the copy '{copy_name(chain[1])}' {ends} in one room, and this machine has seen entry {seq}: the record is an older state"
                problems.append(Problem("old state", sentence))
        return tuple(problems)

    def remember(self, initiative: bytes, heads: Mapping[tuple[bytes, bytes], Head]) -> None:
        """Remember how far the chains go; never less than before."""
        seen = self._seen(initiative)
        for chain, head in heads.items():
            if chain not in seen or head.seq >= seen[chain][0]:
                seen[chain] = (head.seq, head.hash.hex())
        self._write_seen(initiative, seen)

    def forget_seen(self, initiative: bytes) -> None:
        """Begin anew, after a person has restored an older state on purpose."""
        self._write_seen(initiative, {})

    def _seen(self, initiative: bytes) -> dict[tuple[bytes, bytes], tuple[int, str]]:
        stored = self._read("seen.json").get(initiative.hex(), {})
        try:
            return {(bytes.fromhex(key[:32]), bytes.fromhex(key[32:])): (int(seq), str(digest)) for key, (seq, digest) in stored.items()}
        except (ValueError, TypeError, AttributeError):
            return {}

    def _write_seen(self, initiative: bytes, seen: Mapping[tuple[bytes, bytes], tuple[int, str]]) -> None:
        told = {room.hex() + replica.hex(): [seq, digest] for (room, replica), (seq, digest) in sorted(seen.items())}
        whole = {**self._read("seen.json"), initiative.hex(): told}
        if whole != self._read("seen.json"):
            self._write("seen.json", whole)

    # Recovery codes that nobody was there to write down

    def code_file(self, initiative: bytes) -> Path:
        """Where the recovery code of a record stands that was sealed without anybody at the terminal."""
        return self.keys / f"{initiative.hex()}.code"

    def _read(self, name: str) -> dict[str, Any]:
        try:
            found = json.loads((self.keys / name).read_text(encoding="utf-8"))
            return found if isinstance(found, dict) else {}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError):
            return {}

    def _write(self, name: str, content: Mapping[str, Any]) -> None:
        write_whole(self.keys / name, (json.dumps(content, sort_keys=True) + "\n").encode())


@contextmanager
def turn(folder: Path, *, at_once: int = 2) -> Iterator[None]:
    """Wait for a turn to stretch a passphrase: at most two at once on one machine, or a crowd at the door would fill its memory."""
    try:
        import fcntl  # not on Windows, where a laptop has one user
    except ImportError:
        yield
        return
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with ExitStack() as files:
        places = [files.enter_context((folder / f".turn-{number}").open("w")) for number in range(at_once)]
        while True:
            for place in places:
                try:
                    fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except OSError:
                    continue
                yield
                return
            time.sleep(0.05)


def inside(path: Path, folders: Iterable[Path]) -> bool:
    """True where a path stands in or beside one of these folders, so that who is given the folder may get it too."""
    place = path.resolve().parent
    return any(place == folder.resolve() or place == folder.resolve().parent or folder.resolve() in place.parents for folder in folders)
