"""Write the format vectors of this version: python -m tests.formats.make_vectors FOLDER.

What is random is random anew each time, so the files that are stored are what counts: those of a release are never written again.
Everybody in them is fictional.
"""

from __future__ import annotations

import hashlib
import json
import struct
import sys
from collections.abc import Callable
from pathlib import Path

from tests import recording as r
from tests.recording import Machine, word
from tracktwo.record.bundle import Bundle, bundle_from
from tracktwo.record.merge import trial

GOOD = (
    "one room",
    "two sides",
    "drop boxes",
    "many keys",
    "no history",
    "erased person",
    "destroyed notes",
    "newcomer",
    "former member",
    "colleague",
)
TEXTS = ("plain", "العربية والسلام", "Ünïcödé ‮ and ​ marks", "long " * 300, "x", "line\nline", "\U0001f54a", "日本語", 'a\\b"c', "0" * 1000)


def scene(name: str, text: str) -> Machine:
    """A small record of one kind, with a text in it."""
    team = r.machine(rooms=["team"] if name == "one room" else ["team", "plenary", "caucus:north"])
    room = "team" if name == "one room" else "plenary"
    team.record().append([r.opening(), word(text, room)])
    if name == "two sides":
        team.record().append([word("north", "caucus:north")])
    if name == "drop boxes":
        north = r.card(team.record(), "north")
        team.record(north, b"n" * 16).append([word(text, "sealed"), word("ballot", "ballots")])
    if name == "many keys":
        for _ in range(3):
            r.rotate(team.record(), ["plenary"], r.TODAY)
            team.record().append([word(text)])
    if name == "no history":
        r.card(team.record(), "north", history=False)
    if name == "erased person":
        r.erase_something(team)
    if name == "destroyed notes":
        team.record().append([r.note("notes")])
        r.destroy_notes(team.record(), team.keeper, "First session", None, r.TODAY)
    if name == "newcomer":
        r.card(team.record(), "north")
    if name == "former member":
        r.remove(team.record(), r.card(team.record(), "north").member.hex(), r.TODAY)
    if name == "colleague":
        r.colleague(team.record()).append([word("colleague", "team")])
    team.record().append([word("end", "team")])
    return team


def checked(data: bytes) -> bytes:
    return data[:-32] + hashlib.sha256(data[:-32]).digest()


def _flip(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def _entries_end(data: bytes) -> int:
    return 39 + struct.unpack_from(">Q", data, 31)[0]


def _bundled(change: Callable[[Bundle], Bundle]) -> Callable[[bytes], bytes]:
    return lambda data: change(bundle_from(data)).to_bytes()


def _without_an_entry(bundle: Bundle) -> Bundle:
    longest = max({entry[1:3] for entry in bundle.entries}, key=lambda chain: sum(entry[1:3] == chain for entry in bundle.entries))
    second = next(entry for entry in bundle.entries if entry[1:3] == longest and entry.seq == 2)
    return Bundle(bundle.initiative, tuple(entry for entry in bundle.entries if entry != second), bundle.keys)


def _with_another_body(bundle: Bundle) -> Bundle:
    """The last entry of a chain with a body that nobody sealed, and its hash put right."""
    last = max(bundle.entries, key=lambda entry: (entry.seq, entry.room))
    body = _flip(last.body or b"", 30)
    changed = last._replace(body=body, body_hash=hashlib.sha256(body).digest())
    return Bundle(bundle.initiative, tuple(changed if entry == last else entry for entry in bundle.entries), bundle.keys)


def _changed_key(kind: int) -> Callable[[Bundle], Bundle]:
    def change(bundle: Bundle) -> Bundle:
        chosen = next(row for row in bundle.keys if row.kind == kind and row.value)
        return Bundle(
            bundle.initiative,
            bundle.entries,
            tuple(row._replace(value=_flip(row.value, len(row.value) - 1)) if row == chosen and row.value else row for row in bundle.keys),
        )

    return change


BAD: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "empty": ("file", lambda data: b""),
    "magic": ("file", lambda data: checked(_flip(data, 0))),
    "version 2": ("file", lambda data: checked(data[:13] + b"\2" + data[14:])),
    "checksum": ("file", lambda data: _flip(data, len(data) - 1)),
    "cut short": ("file", lambda data: data[:-1]),
    "cut in entries": ("file", lambda data: checked(data[:200] + bytes(32))),
    "one part": ("file", lambda data: checked(data[: _entries_end(data)] + bytes(32))),
    "section kind": ("file", lambda data: checked(_flip(data, 30))),
    "initiative": ("key", lambda data: checked(_flip(data, 20))),
    "entry twice": ("file", _bundled(lambda bundle: Bundle(bundle.initiative, (*bundle.entries, bundle.entries[0]), bundle.keys))),
    "gap": ("chain", _bundled(_without_an_entry)),
    "body hash": ("chain", lambda data: checked(_flip(data, 39 + 110))),
    "body": ("chain", lambda data: checked(_flip(data, 39 + 145 + 20))),
    "body and hash": ("entry", _bundled(_with_another_body)),
    "body key": ("key", _bundled(_changed_key(3))),
}
"""What was done to a bundle → why it must be refused (the class of the reason), and how it was done."""


def write(folder: Path) -> int:
    """Write every vector; how many there are."""
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for number in range(34):
        name = GOOD[number % len(GOOD)]
        team = scene(name, TEXTS[(number * 7 + number // 10) % len(TEXTS)])
        code = r.with_recovery_code(team)
        data = team.bundle([team.identity.member]).to_bytes()
        bundle = bundle_from(data)
        reading = trial(bundle.initiative, r.by_recovery_code(bundle, code), [bundle])
        assert reading.problems == ()
        says = [entry.model_dump(mode="json", exclude_none=True) for entry in reading.entries]
        _put(folder, f"good-{number:02d}", data, {"what": name, "code": code, "expect": "read", "entries": says})
        count += 1
        if number < len(BAD) * 2:
            what, (reason, change) = list(BAD.items())[number % len(BAD)]
            _put(folder, f"bad-{number:02d}", change(data), {"what": what, "code": code, "expect": reason})
            count += 1
    other = r.new_secret_words(20)
    for number, (code, what) in enumerate([(other, "another code"), ("lusab " * 11, "words that do not fit"), ("peace", "no word"), ("", "nothing")]):
        _put(folder, f"bad-{90 + number}", (folder / "good-00.t2").read_bytes(), {"what": what, "code": code, "expect": "code"})
        count += 1
    return count


def _put(folder: Path, name: str, data: bytes, told: dict[str, object]) -> None:
    (folder / f"{name}.t2").write_bytes(data)
    (folder / f"{name}.json").write_text(json.dumps({"format": "vector/1"} | told, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    print(write(Path(sys.argv[1])))
