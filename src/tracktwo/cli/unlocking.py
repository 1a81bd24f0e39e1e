"""How the command line comes to a member's keys: a passphrase from a file descriptor or the prompt, or a code in a file; never an argument."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from pydantic import ValidationError

from tracktwo.cli.shared import BadInput, home, remark
from tracktwo.record.destruction import SecretKeeper
from tracktwo.record.home import Home, turn
from tracktwo.record.keyring import SLOT
from tracktwo.record.membership import rekey_what_is_due
from tracktwo.record.opened import look
from tracktwo.record.record import Reading, Record
from tracktwo.record.store import KeyRow, Store
from tracktwo.vault.identity import (
    BUNDLE_PASSPHRASE,
    INVITATION,
    PARTICIPANT,
    PASSPHRASE,
    RECOVERY,
    Identity,
    open_by_card,
    open_by_invitation,
    open_by_passphrase,
    open_by_recovery_code,
    slot_from,
)
from tracktwo.vault.primitives import CannotOpen
from tracktwo.vault.secret import Secret
from tracktwo.vault.words import NotAWord, words

PASSPHRASE_FD = "TRACKTWO_PASSPHRASE_FD"  # noqa: S105 - the name of a variable
NO_KEY = f"nobody is at the terminal to type a passphrase; give one by {PASSPHRASE_FD}, or name a file with the recovery code by --key-file"


def records() -> Home:
    """The home of the records: TRACKTWO_HOME, or the PostgreSQL database of DATABASE_URL; the secret file where TRACKTWO_SECRET_FILE says."""
    secret_file = os.environ.get("TRACKTWO_SECRET_FILE")
    return Home(home(), database=os.environ.get("DATABASE_URL") or None, secret_file=Path(secret_file) if secret_file else None)


def name_of(initiative: bytes) -> str:
    """What people call an initiative on the command line: two words."""
    return words(initiative[:4])


def pick(store: Store, name: str | None) -> bytes:
    """The initiative of that name, or the only one. Raises BadInput."""
    found = store.initiatives()
    chosen = [initiative for initiative in found if name is None or name in (name_of(initiative), initiative.hex())]
    if len(chosen) == 1:
        return chosen[0]
    if not found:
        raise BadInput("there is no record here yet; 'tracktwo constitute' or 'tracktwo record new' begins one, 'tracktwo record open' takes one up")
    known = ", ".join(name_of(initiative) for initiative in found)
    raise BadInput(f"there is no record '{name}' here; there are: {known}" if name else f"there are several records here; say which: {known}")


def at_terminal() -> bool:
    """True where somebody can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


@cache
def given_passphrase() -> str | None:
    """What stands on the file descriptor that TRACKTWO_PASSPHRASE_FD names: its first line. Raises BadInput for one that cannot be read."""
    named = os.environ.get(PASSPHRASE_FD)
    if not named:
        return None
    try:
        with os.fdopen(os.dup(int(named)), "rb") as stream:
            line = stream.read(4096).split(b"\n", 1)[0].decode("utf-8").strip()
    except (ValueError, OSError) as error:
        raise BadInput(f"{PASSPHRASE_FD} should be the number of an open file descriptor with the passphrase on it, not '{named}'") from error
    if not line:
        raise BadInput(f"{PASSPHRASE_FD} names a file descriptor on which nothing stands")
    return line


def ask(prompt: str) -> str:
    """Ask at the terminal, without showing what is typed."""
    return getpass.getpass(prompt, stream=sys.stderr).strip()


def code_in(path: Path) -> str:
    """The recovery code in a file. Raises BadInput."""
    try:
        if os.name == "posix" and path.stat().st_mode & 0o077:
            remark(f"others on this machine may read {path}; 'chmod 600' closes it")
        return path.read_text(encoding="utf-8").strip().splitlines()[0]
    except (OSError, UnicodeDecodeError, IndexError) as error:
        raise BadInput(f"{path} cannot be read as a file with a recovery code in its first line") from error


@dataclass(frozen=True, repr=False)
class Unlocked:
    """A member, and by what he was recognised."""

    identity: Identity
    kind: int
    """Of the slot."""
    words: str


def unlock(rows: Sequence[KeyRow], secret: Secret | None, folder: Path, code_file: Path, key_file: Path | None) -> Unlocked:
    """The member whom the given words stand for: a passphrase, a recovery code, a card or an invitation. `secret` is None for a bundle.

    Raises BadInput where nobody can be asked, or the words open nothing.
    """
    slots = [slot_from(row.value) for row in rows if row.kind == SLOT and row.value is not None]
    typed = code_in(key_file) if key_file else given_passphrase()
    if typed is None and code_file.exists():
        typed = code_in(code_file)
    if typed is None:
        if not at_terminal():
            raise BadInput(NO_KEY)
        typed = ask("Passphrase, recovery code, card or invitation: ")
    late: CannotOpen | None = None
    for slot in slots:
        try:
            if slot.kind == RECOVERY:
                return Unlocked(open_by_recovery_code(slot, typed), slot.kind, typed)
            if slot.kind == PARTICIPANT and secret is not None:
                return Unlocked(open_by_card(slot, typed, secret.pepper), slot.kind, typed)
            if slot.kind == INVITATION:
                return Unlocked(open_by_invitation(slot, typed, datetime.now(UTC)), slot.kind, typed)
        except NotAWord:
            continue
        except CannotOpen as error:
            late = error if "was good until" in str(error) else late
    wanted = BUNDLE_PASSPHRASE if secret is None else PASSPHRASE
    for slot in slots:
        if slot.kind == wanted:
            try:
                with turn(folder):
                    return Unlocked(open_by_passphrase(slot, typed, secret.pepper if secret else None), slot.kind, typed)
            except CannotOpen:
                continue
    if late is not None:
        raise BadInput(str(late))
    raise BadInput("the passphrase or code does not open it; check each word, and whether it belongs to this record")


@dataclass
class Opened:
    """A record of this home, opened by one member."""

    home: Home
    store: Store
    record: Record

    @property
    def keeper(self) -> SecretKeeper:
        return self.home.secret

    def look(self) -> Reading:
        """Read the record, tell what is wrong or odd, and remember how far it goes."""
        looked = look(self.home, self.record)
        for sentence in looked.sentences:
            remark(sentence)
        return looked.reading

    def ready(self) -> Reading:
        """Look, and where this member is a steward, give new keys to the rooms that need them before anybody writes."""
        reading = self.look()
        given = rekey_what_is_due(self.record, datetime.now(UTC).date(), reading)
        for name in given:
            remark(f"the room '{name}' has a new key, because somebody had left it or two people had changed it at once")
        return self.record.read() if given else reading

    def seen(self) -> None:
        """Remember how far the record goes after something was written."""
        self.home.remember(self.record.initiative, self.record.read().chains.heads)


@contextmanager
def opened(name: str | None, key_file: Path | None) -> Iterator[Opened]:
    """Open a record of this home. Raises BadInput, StoreError, HomeError, NotASecret."""
    place = records()
    with place.open() as store:
        initiative = pick(store, name)
        secret = place.secret.read()
        identity = unlock(store.keys(initiative, SLOT), secret, place.folder, place.code_file(initiative), key_file).identity
        try:
            yield Opened(place, store, Record(store, secret, identity, initiative, place.replica(initiative, identity.member)))
        except ValidationError as error:  # what was typed became a field of an entry
            first = error.errors(include_url=False, include_input=False)[0]
            raise BadInput(f"{'.'.join(str(part) for part in first['loc'])} {first['msg'][:1].lower()}{first['msg'][1:]}") from error
