"""Words that were planted in every room are found nowhere outside it: not in database, log, bundle, backup, keys, temporary files or messages."""

from __future__ import annotations

import base64
import logging
import os
import re
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests import recording as r
from tests.recording import TODAY, said, word
from tests.storing import Database
from tracktwo.record.backup import back_up
from tracktwo.record.bundle import NotABundle, bundle_from, bundle_of
from tracktwo.record.destruction import destroy_notes, erase_person
from tracktwo.record.home import Home
from tracktwo.record.keyring import SLOT, slot_row
from tracktwo.record.membership import found, remove
from tracktwo.record.record import NoSuchRoom, Record
from tracktwo.record.store import KeyRow, Store
from tracktwo.vault.identity import Identity, open_by_passphrase, passphrase_keys, passphrase_slot, slot_from
from tracktwo.vault.primitives import CannotOpen, unseal
from tracktwo.vault.secret import Secret

PASSPHRASE = "canarypass lantern walnut bridge"
ANIMALS = "okapi zorilla quokka narwhal axolotl pangolin dugong tarsier caracal numbat gerenuk saiga kakapo hoatzin potoo binturong".split()


def canaries(count: int = 56) -> list[str]:
    """Words of capitals that stand in no program: CANARY, an animal, a number."""
    return [f"CANARY{ANIMALS[number % len(ANIMALS)].upper()}{number:02d}X" for number in range(count)]


def forms(text: str) -> dict[str, list[bytes]]:
    """A word in every form in which it could lie in a file."""
    raw = text.encode()
    aligned = [base64.b64encode(b"\0" * skip + raw)[4 if skip else 0 : -4] for skip in range(3)]
    return {
        "raw": [raw],
        "UTF-16-LE": [text.encode("utf-16-le")],
        "UTF-16-BE": [text.encode("utf-16-be")],
        "base64": aligned,
        "hex": [raw.hex().encode(), raw.hex().upper().encode()],
    }


STEMS = [shape for stem in ("CANARY", "canary") for shapes in forms(stem).values() for shape in shapes]
"""How all our words begin, in every form: what holds none of these holds no word, and is quickly passed over."""


def hits(data: bytes, words: list[str]) -> set[tuple[str, str]]:
    """(word, form) of every word that stands in some bytes, also within compressed streams in them."""
    found: set[tuple[str, str]] = set()
    if any(stem in data for stem in STEMS):
        found = {(text, form) for text in words for form, shapes in forms(text).items() if any(shape in data for shape in shapes)}
    for start in re.finditer(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08|PK\x03\x04", data):
        at = start.start()
        for skip, width in (
            (0, 47),
            (30 + int.from_bytes(data[at + 26 : at + 28], "little") + int.from_bytes(data[at + 28 : at + 30], "little"), -15),
        ):
            try:
                inner = zlib.decompressobj(width).decompress(data[at + skip :], 1 << 22)
            except zlib.error:
                continue
            found |= {(text, "compressed") for text in words if text.encode() in inner or text.encode("utf-16-le") in inner}
    return found


@dataclass
class Nest:
    """A team's machine in which every word was planted, with every place where one could have dropped."""

    home: Home
    folder: Path
    database: Database
    words: list[str]
    record: Record
    began: float
    messages: list[str] = field(default_factory=list)

    def files(self) -> Iterator[tuple[str, bytes]]:
        for path in sorted(self.folder.rglob("*")):
            if path.is_file():
                yield str(path.relative_to(self.folder)), path.read_bytes()
                yield f"name of {path.name}", str(path).encode()
        if self.database.server is not None:
            with self.database.server.connect(self.database.address.rsplit("=", 1)[1]) as connection:
                connection.execute("CHECKPOINT")
                (own,) = connection.execute("SELECT oid::text FROM pg_database WHERE datname = current_database()").fetchone() or ("",)
            for path in sorted((self.database.server.folder).rglob("*")):
                mine = "base" in path.parts and own in path.parts and path.stat().st_mtime > self.began
                if path.is_file() and ("pg_wal" in path.parts or mine or path.suffix == ".log"):
                    yield f"server {path.name}", path.read_bytes()

    def places(self) -> Iterator[tuple[str, bytes]]:
        yield from self.files()
        yield "messages", "\n".join(self.messages).encode()
        yield "process arguments", Path("/proc/self/cmdline").read_bytes()
        yield "environment", Path("/proc/self/environ").read_bytes()


@pytest.fixture
def nest(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> Iterator[Nest]:
    caplog.set_level(logging.DEBUG)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    home = Home(tmp_path / "home", database=None if database.server is None else database.address)
    words = canaries()
    left = iter(words)
    with home.open() as store:
        record = found(store, home.secret.read(), os.urandom(16), r.ROOMS, name=next(left), on=TODAY)
        north, south = r.card(record, "north", name=next(left)), r.card(record, "south", name=next(left))
        colleague = r.colleague(record, name=next(left))
        record.reload()
        record.append(
            [r.opening(next(left)), r.person(next(left), "A-01"), r.note(next(left), next(left), next(left)), r.part_held(next(left), next(left))]
        )
        for room in (*r.ROOMS, "sealed", "ballots", "surveys"):
            record.append([word(next(left), room), word(next(left), room, about="A-02")])
        for who, own in ((north, "caucus:north"), (south, "caucus:south")):
            theirs = Record(store, home.secret.read(), who, record.initiative, os.urandom(16))
            theirs.append([word(next(left), room) for room in ("plenary", own, "sealed", "ballots", "surveys")])
        colleague.reload()
        colleague.append([word(next(left), room) for room in (*r.ROOMS, "sealed")])
        store.put_keys(record.initiative, [slot_row(passphrase_slot(record.identity, PASSPHRASE, home.secret.read().pepper, r.CHEAP))])
        record.append([word(text) for text in left])
        back_up(store, tmp_path / "backups", TODAY)
        bundle = bundle_of(store, home.secret.read(), record.initiative, slots=[passphrase_slot(record.identity, PASSPHRASE, None, r.CHEAP)])
        (tmp_path / "initiative.t2").write_bytes(bundle.to_bytes())
        opened = Nest(home, tmp_path, database, words, record, temporary.stat().st_mtime - 1)
        _blunder(opened, store, north)
        erase_person(record, home.secret, "A-02", TODAY)
        destroy_notes(record, home.secret, words[7], None, TODAY)
        opened.messages += [entry.getMessage() for entry in caplog.records]
        yield opened


def _blunder(nest: Nest, store: Store, north: Identity) -> None:
    """Make every mistake that is answered in a sentence."""
    record = nest.record
    text = next(entry for entry in record.read().entries if r._text(entry))
    wrong = Record(store, nest.home.secret.read(), north, record.initiative, os.urandom(16))
    slot = slot_from(passphrase_slot(record.identity, PASSPHRASE, None, r.CHEAP))
    tries: list[Callable[[], object]] = [
        lambda: wrong.append([text.model_copy(update={"room": "team"})]),
        lambda: open_by_passphrase(slot, PASSPHRASE + "x", None),
        lambda: bundle_from((nest.folder / "initiative.t2").read_bytes()[:-1]),
        lambda: remove(wrong, "0" * 16, TODAY),
        lambda: erase_person(record, nest.home.secret, "Z-99", TODAY),
    ]
    for attempt in tries:
        with pytest.raises((NoSuchRoom, CannotOpen, NotABundle, ValueError)) as caught:
            attempt()
        nest.messages.append(f"{caught.value!r} {caught.value}")


def test_every_form_of_a_word_is_found_where_it_is_planted(tmp_path: Path) -> None:
    """The control: without it nothing would be shown."""
    text = canaries()[0]
    for form, shapes in forms(text).items():
        for shape in shapes:
            assert (text, form) in hits(b"before" + shape + b"after", [text])
    for skip in range(3):
        assert (text, "base64") in hits(base64.b64encode(b"x" * skip + text.encode() + b"yyy"), [text])
    assert (text, "compressed") in hits(b"junk" + zlib.compress(text.encode() * 3) + b"junk", [text])
    import gzip
    import zipfile

    assert (text, "compressed") in hits(gzip.compress(text.encode()), [text])
    with zipfile.ZipFile(tmp_path / "x.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("sheet.xml", text * 5)
    assert (text, "compressed") in hits((tmp_path / "x.zip").read_bytes(), [text])
    assert hits(b"nothing", [text]) == set()


def searched(nest: Nest) -> tuple[int, int]:
    """(places, words): a hit fails. Each place is tried again with a word put into it, which must hit."""
    assert len(nest.words) >= 40
    secret_words = [*nest.words, "canarypass"]
    count = 0
    for place, data in nest.places():
        assert hits(data, secret_words) == set(), place
        assert hits(data[-1000:] + nest.words[0].encode(), nest.words[:1]) == {(nest.words[0], "raw")}, place
        count += 1
    return count, len(secret_words)


def test_no_word_is_found_anywhere_outside_the_rooms(nest: Nest) -> None:
    reread = Record(nest.record.store, nest.home.secret.read(), nest.record.identity, nest.record.initiative, bytes(16))
    assert len(said(reread) & set(nest.words)) >= 20  # the control: they are there for whoever has the keys
    places, _ = searched(nest)
    assert places >= 12


def test_a_dump_of_the_database_gives_nothing_not_even_to_who_knows_the_passphrase(nest: Nest) -> None:
    """dump_attack: rows and log without the secret file; then with the secret file and no member's secret."""
    store, initiative = nest.record.store, nest.record.initiative
    rows = store.keys(initiative)
    dump = b"".join(
        [row.id + (row.value or b"") for row in rows] + [b"".join(part for part in e if isinstance(part, bytes)) for e in store.entries(initiative)]
    )
    assert hits(dump, nest.words) == set()
    slots = [slot_from(row.value) for row in rows if row.kind == SLOT and row.value]
    mine = next(slot for slot in slots if slot.kind == 1)
    assert open_by_passphrase(mine, PASSPHRASE, nest.home.secret.read().pepper) == nest.record.identity  # the control
    for pepper in (None, bytes(32), Secret.fresh().pepper):
        with pytest.raises(CannotOpen):
            unseal(passphrase_keys(PASSPHRASE, mine.salt, mine.cost, pepper)[1], mine.sealed, mine.head)
    # With the secret file: body keys lose their outer wrap, and still no word opens.
    secret = nest.home.secret.read()
    inner = [secret.unwrap(row.value, row.id) for row in rows if row.kind == 3 and row.value is not None]
    assert inner
    assert hits(b"".join(inner), nest.words) == set()
    stranger = Record(store, secret, Identity(nest.record.identity.member, bytes(32)), initiative, bytes(16))
    assert said(stranger) == set()
    assert isinstance(rows[0], KeyRow)


def test_no_core_file_is_written_where_the_limit_is_kept(tmp_path: Path) -> None:
    command = "import resource,os,signal; resource.setrlimit(resource.RLIMIT_CORE,(0,0)); os.kill(os.getpid(), signal.SIGABRT)"
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, check=False, cwd=tmp_path)
    assert done.returncode == -6
    assert list(tmp_path.iterdir()) == []


BRIEF = """\
title: {0}
purpose: {1}
challenge: political dispute
language: en
convenor:
  name: {2}
parties:
  - name: {3}
    country: MLI
  - name: {4}
"""


def test_a_sealed_run_of_the_command_line_leaves_no_word_behind(tmp_path: Path) -> None:
    words = canaries(5)
    source = tmp_path / "outside" / "brief.yaml"
    source.parent.mkdir()
    source.write_text(BRIEF.format(*words), encoding="utf-8")
    inside = tmp_path / "inside"
    (inside / "temporary").mkdir(parents=True)
    environment = {**os.environ, "TRACKTWO_HOME": str(inside / "home"), "TMPDIR": str(inside / "temporary")}
    program = Path(sys.executable).with_name("tracktwo")
    command = [str(program), "constitute", str(source), "-o", str(inside / "out"), "--sealed"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, done.stderr
    files = [path for path in inside.rglob("*") if path.is_file()]
    assert {path.suffix for path in files} >= {".t2", ".db"}
    for path in files:
        assert hits(path.read_bytes() + str(path).encode(), words) == set(), path
    assert hits(source.read_bytes(), words) == {(text, "raw") for text in words}  # the control
    assert hits(done.stderr.encode(), words) == set()


@pytest.mark.gate
def test_the_canaries_are_found_in_no_place(nest: Nest, figure: Callable[[str], None]) -> None:
    places, count = searched(nest)
    figure(f"{nest.database.kind}: {count} words, {places} files and places, raw, UTF-16, base64, hex and compressed: 0 hits; every control hit")
