"""How a brief becomes a record, or goes on in the one that it became before; and how a record is sealed into its bundle."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tracktwo.cli.shared import BadInput, remark
from tracktwo.cli.unlocking import Opened, Unlocked, ask, at_terminal, given_passphrase, name_of, unlock
from tracktwo.record.beginning import rooms_for
from tracktwo.record.bundle import NotABundle, bundle_of, read_bundle
from tracktwo.record.entries import Entry
from tracktwo.record.home import Home, inside, turn, write_whole
from tracktwo.record.keeping import DossierConstituted, Making
from tracktwo.record.keyring import SLOT, slot_row
from tracktwo.record.membership import found
from tracktwo.record.record import Record
from tracktwo.record.revision import revision, stamped
from tracktwo.record.store import Store
from tracktwo.vault.identity import BUNDLE_PASSPHRASE, RECOVERY_BYTES, new_identity, new_secret_words, passphrase_slot, recovery_slot
from tracktwo.vault.primitives import Stretching


@dataclass(frozen=True)
class Credential:
    """With what a new record is sealed: a passphrase, or a fresh recovery code that is kept in a file."""

    passphrase: str | None
    key_file: Path | None


def credential(key_file: Path | None, outputs: Sequence[Path]) -> Credential:
    """Ask for a passphrase where somebody can be asked; nothing waits for input that cannot come. Raises BadInput."""
    if key_file is not None:
        if inside(key_file, outputs):
            raise BadInput(f"--key-file {key_file} would lie in or beside the dossier, where whoever is given the one gets the other")
        if key_file.exists():
            raise BadInput(f"{key_file} is there already; a new record gets a new recovery code in a new file")
        return Credential(None, key_file)
    given = given_passphrase()
    if given is None and at_terminal():
        given = _chosen("A passphrase for the record (leave it empty, and a recovery code is kept in a file): ")
    return Credential(given or None, None)


def _chosen(prompt: str) -> str:
    typed = ask(prompt)
    if typed and ask("The same again: ") != typed:
        raise BadInput("the two passphrases differ; nothing was written")
    return typed


def own_credential(unlocked: Unlocked) -> Credential:
    """With what a record that was taken up opens here from now on: its bundle's passphrase, one that is asked for, or a fresh recovery code."""
    if unlocked.kind == BUNDLE_PASSPHRASE:
        return Credential(unlocked.words, None)
    if not at_terminal():
        return Credential(None, None)
    return Credential(_chosen("A passphrase for the record on this laptop (leave it empty, and a recovery code is kept in a file): ") or None, None)


def begin(place: Home, store: Store, entries: Sequence[Entry], how: Credential, name: str, on: date) -> tuple[Opened, Path | None]:
    """Begin a record with the entries of a brief. Returns it, and the file with the recovery code if there is one. Raises StoreError, HomeError."""
    identity, secret, initiative = new_identity(), place.secret.read(), os.urandom(16)
    replica = place.replica(initiative, identity.member)
    with store.transaction():
        record = found(store, secret, replica, rooms_for(entries), name=name, on=on, identity=identity, initiative=initiative)
        code_file = new_slots(place, store, record, how)
        record.append(entries)
    return Opened(place, store, record), code_file


def new_slots(place: Home, store: Store, record: Record, how: Credential) -> Path | None:
    """Let the record be opened by a passphrase, or by a recovery code that is written into a file of mode 600."""
    identity = record.identity
    if how.passphrase is not None:
        with turn(place.folder):
            slot = passphrase_slot(identity, how.passphrase, place.secret.read().pepper, Stretching())
        store.put_keys(record.initiative, [slot_row(slot)])
        return None
    code = new_secret_words(RECOVERY_BYTES)
    path = how.key_file or place.code_file(record.initiative)
    write_whole(path, (code + "\n").encode())
    store.put_keys(record.initiative, [slot_row(recovery_slot(identity, code))])
    return path


def earlier_record(place: Home, store: Store, bundle_file: Path, key_file: Path | None) -> Opened | None:
    """The record that a bundle in the folder of a dossier came from, if it is in this home and its keys are at hand."""
    try:
        initiative = read_bundle(bundle_file).initiative
    except NotABundle as error:
        remark(f"{error}; a new record is begun")
        return None
    if initiative not in store.initiatives():
        remark(f"the record of {bundle_file} is not in this home, so a new one is begun; 'tracktwo record open' takes it up")
        return None
    try:
        secret = place.secret.read()
        identity = unlock(store.keys(initiative, SLOT), secret, place.folder, place.code_file(initiative), key_file).identity
    except BadInput as error:
        raise BadInput(f"the dossier's record '{name_of(initiative)}' stays locked: {error}") from error
    return Opened(place, store, Record(store, secret, identity, initiative, place.replica(initiative, identity.member)))


@dataclass(frozen=True)
class Kept:
    """A record that was begun or went on, and its bundle."""

    name: str
    initiative: str
    """32 hexadecimal digits."""
    bundle: bytes
    code_file: Path | None
    """Where the recovery code of a new record stands, if nobody gave a passphrase."""

    def lines(self, *, readable: bool) -> Iterator[str]:
        """What the user should know of the files: who can read which, and where the key is."""
        if readable:
            yield "Whoever has the folder can read all of this but initiative.t2, which is sealed."
        if self.code_file is not None:
            yield f"The record '{self.name}' opens with the recovery code in {self.code_file}. Keep that file apart from the dossier."
        else:
            yield f"The record '{self.name}' is sealed; 'tracktwo record show' opens it."


@dataclass
class Prepared:
    """What will become a record, or go on in one, once the answers are there."""

    place: Home
    store: Store
    entries: tuple[Entry, ...]
    """Those of the brief, with the codes that people have in the record."""
    opened: Opened | None
    changed: tuple[Entry, ...]
    how: Credential

    @contextmanager
    def keeping(self, name: str, on: date, makings: Sequence[Making]) -> Iterator[Kept]:
        """Begin the record or go on in it, say which dossiers were made, and seal the whole; all of it stays only if the block ends well.

        Raises StoreError, HomeError.
        """
        code_file = None
        try:
            with self.store.transaction():
                if self.opened is None:
                    self.opened, code_file = begin(self.place, self.store, self.entries, self.how, name, on)
                record = self.opened.record
                record.append([*self.changed, *(DossierConstituted(on=on, lamport=0, body=making) for making in makings)])
                yield Kept(name_of(record.initiative), record.initiative.hex(), sealed_bytes(self.opened), code_file)
        except BaseException:
            if code_file is not None:
                code_file.unlink(missing_ok=True)
            raise
        self.opened.seen()


def prepare(place: Home, store: Store, fresh: Sequence[Entry], folders: Sequence[Path], key_file: Path | None, *, replacing: bool) -> Prepared:
    """Find the record that goes on where a dossier is replaced, or ask with what a new one is to be sealed. Raises BadInput; nothing is written."""
    bundles = [folder / "initiative.t2" for folder in folders if replacing and (folder / "initiative.t2").is_file()]
    opened = earlier_record(place, store, bundles[0], key_file) if bundles else None
    if opened is None:
        return Prepared(place, store, stamped(fresh), None, (), credential(key_file, folders))
    before = opened.ready().entries
    entries = stamped(fresh, before)
    return Prepared(place, store, entries, opened, revision(entries, before), Credential(None, None))


def sealed_bytes(opened: Opened) -> bytes:
    """The bundle of a record for everybody who is in it."""
    return bundle_of(opened.store, opened.record.secret, opened.record.initiative).to_bytes()
