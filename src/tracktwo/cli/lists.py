"""Verbs on sanctions lists: which snapshots are kept, what changed between two of one list, and what one entry says and means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from tracktwo.cli.shared import AsJson, AsOf, BadInput, day_of, home, out, print_json, print_table, remark
from tracktwo.library.regimes import effects_of, without_row
from tracktwo.methods.list_changes import ListChanges, NotTheSameList, compare
from tracktwo.model.listing import BirthRange, ListedEntry, ListSnapshot
from tracktwo.sources.lists.kept import KeptList, load, snapshots
from tracktwo.sources.lists.reading import read_list
from tracktwo.sources.shelf import OLD_AFTER_DAYS

app = typer.Typer(help="Sanctions lists that you keep: their days, and what changed between them.", rich_markup_mode=None)

_KEPT = re.compile(r"(?P<key>.+)@(?P<day>\d{4}-\d{2}-\d{2})")
_SHOWN = 20

Snapshot = Annotated[str, typer.Argument(help="A file of the list, or a snapshot that you keep, as un@2026-02-27.", metavar="SNAPSHOT")]
All = Annotated[bool, typer.Option("--all", help=f"Name every entry; of each kind the first {_SHOWN} if left out.")]


@app.command("show")
def lists_show(as_of: AsOf = None, as_json: AsJson = False) -> None:
    """Show every snapshot of a list that you keep: its day, how many entries it has, and whether it is older than a week."""
    day = day_of(as_of)
    kept = snapshots(home())
    if as_json:
        print_json({"format": "lists/1", "as_of": day.isoformat(), "lists": [_kept(one, day) for one in kept]})
        return
    if not kept:
        out.print("You keep no list. Download one from its publisher and add it with 'tracktwo sources add FILE'.", markup=False)
        return
    table = Table("Snapshot", "State", "Entries", "Publisher", "List", box=None, pad_edge=False)
    for one in kept:
        table.add_row(f"{one.key}@{one.as_of}", _state(one, day), f"{one.entries:,}", one.publisher, one.dataset)
    print_table(table)


@app.command("compare")
def lists_compare(old: Snapshot, new: Snapshot, everything: All = False, as_json: AsJson = False) -> None:
    """Compare an older and a newer snapshot of one list: who is new, whose entry changed and in which fields, and who is no longer listed."""
    older, newer = _snapshot(old), _snapshot(new)
    try:
        changes = compare(older, newer)
    except NotTheSameList as error:
        raise BadInput(str(error)) from error
    if as_json:
        print_json({"format": "list-changes/1", "old": _about(older), "new": _about(newer), **_changes(changes)})
        return
    since, until = (one.isoformat() if one else "a day that nobody states" for one in (changes.since, changes.until))
    out.print(f"{newer.dataset}, from {since} to {until}: {changes.unchanged:,} entries say the same.", markup=False)
    _print("New", [_line(entry) for entry in changes.new], everything)
    _print("Changed", [f"{_line(one.new)}: {', '.join(one.fields)}" for one in changes.changed], everything)
    _print(f"No longer listed (left the list between {since} and {until})", [_line(entry) for entry in changes.no_longer_listed], everything)


@app.command("entry")
def lists_entry(
    snapshot: Snapshot,
    number: Annotated[str, typer.Argument(help="The publisher's number of the entry, as CDi.001.", metavar="ENTRY")],
    as_json: AsJson = False,
) -> None:
    """Show all that a list says of one entry, and what the regimes under which it stands mean, with their law, source and day."""
    listed = _snapshot(snapshot)
    found = [entry for entry in listed.entries if entry.id == number]
    if not found:
        raise BadInput(f"{listed.file} has no entry {number}; give the number as the list writes it, such as {listed.entries[0].id}")
    if as_json:
        print_json({"format": "list-entry/1", "list": _about(listed), "entries": [_whole(listed.key, entry) for entry in found]})
        return
    for entry in found:
        for label, value in _lines(entry):
            out.print(f"{label}: {value}", markup=False)
        for row in effects_of(listed.key, entry):
            out.print(
                f"{row.regime}: {', '.join(row.measures_on(entry.kind))} ({row.legal_basis}; {row.source}, read as of {row.as_of})", markup=False
            )
            for label, text in (("Not verified", row.unverified), ("Whether listed or not", row.beyond)):
                if text:
                    out.print(f"  {label}: {text}.", markup=False)
        for programme in without_row(listed.key, entry):
            out.print(f"{programme}: what follows from it is not in the table of regimes; ask counsel.", markup=False)


def _print(title: str, lines: list[str], everything: bool) -> None:
    out.print(f"{title}: {len(lines):,}", markup=False)
    for line in lines if everything else lines[:_SHOWN]:
        out.print(f"  {line}", markup=False)
    if len(lines) > _SHOWN and not everything:
        out.print(f"  and {len(lines) - _SHOWN:,} more; --all names them", markup=False)


def _snapshot(named: str) -> ListSnapshot:
    """A file, or a kept snapshot by its key and day. What the reading of a file has to say goes to stderr."""
    found = _KEPT.fullmatch(named)
    if found is None or Path(named).exists():
        read = read_list(Path(named))
        for sentence in read.remarks:
            remark(f"{read.file}: {sentence}.")
        return read
    kept = snapshots(home())
    for one in kept:
        if (one.key, one.as_of.isoformat()) == (found["key"], found["day"]):
            return load(one)
    have = ", ".join(f"{one.key}@{one.as_of}" for one in kept) or "none"
    raise BadInput(f"you keep no snapshot {named}; kept: {have}")


def _state(kept: KeptList, day: date) -> str:
    return "old" if (day - kept.as_of).days > OLD_AFTER_DAYS["lists"] else "ready"


def _kept(kept: KeptList, day: date) -> dict[str, Any]:
    return {
        "snapshot": f"{kept.key}@{kept.as_of}", "key": kept.key, "as_of": kept.as_of.isoformat(), "state": _state(kept, day),
        "entries": kept.entries, "publisher": kept.publisher, "dataset": kept.dataset, "sha256": kept.sha256,
    }  # fmt: skip


def _about(snapshot: ListSnapshot) -> dict[str, Any]:
    return {
        "key": snapshot.key, "publisher": snapshot.publisher, "dataset": snapshot.dataset, "file": snapshot.file, "sha256": snapshot.sha256,
        "as_of": snapshot.as_of.isoformat() if snapshot.as_of else None, "entries": len(snapshot.entries), "remarks": list(snapshot.remarks),
    }  # fmt: skip


def _changes(changes: ListChanges) -> dict[str, Any]:
    return {
        "added": [_entry(entry) for entry in changes.new],
        "changed": [{**_entry(one.new), "fields": list(one.fields)} for one in changes.changed],
        "no_longer_listed": [_entry(entry) for entry in changes.no_longer_listed],
        "unchanged": changes.unchanged,
    }


def _whole(key: str, entry: ListedEntry) -> dict[str, Any]:
    """All of an entry, and the rows of its regimes."""
    rows = [
        {
            "programme": row.programme, "regime": row.regime, "measures": list(row.measures_on(entry.kind)), "law_lists": list(row.law_lists),
            "legal_basis": row.legal_basis, "source": row.source, "address": row.address, "as_of": row.as_of.isoformat(),
            "unverified": row.unverified, "beyond": row.beyond,
        }
        for row in effects_of(key, entry)
    ]  # fmt: skip
    said = asdict(entry) | {"births": [_born(birth) for birth in entry.births], "listed": _iso(entry.listed), "changed": _iso(entry.changed)}
    return said | {"regimes": rows, "without_row": list(without_row(key, entry))}


def _lines(entry: ListedEntry) -> Iterator[tuple[str, str]]:
    yield "Entry", f"{entry.id} ({entry.kind})"
    for name in entry.names:
        yield f"Name, {name.strength}", name.text
    for birth in entry.births:
        days = dict.fromkeys((birth.first.isoformat(), birth.last.isoformat()))
        yield "Born", f"{'circa ' if birth.circa else ''}{' to '.join(days)}"
    for label, values in (
        ("Citizen of", entry.nationalities), ("Countries", entry.countries), ("Titles", entry.titles), ("Under", entry.programmes),
        ("Imposed", entry.measures),
    ):  # fmt: skip
        if values:
            yield label, "; ".join(values)
    for label, day in (("Listed", entry.listed), ("Changed", entry.changed)):
        if day:
            yield label, day.isoformat()
    yield from entry.notes


def _born(birth: BirthRange) -> dict[str, Any]:
    return {"first": birth.first.isoformat(), "last": birth.last.isoformat(), "circa": birth.circa}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _entry(entry: ListedEntry) -> dict[str, Any]:
    return {"id": entry.id, "kind": entry.kind, "name": _name(entry), "programmes": list(entry.programmes)}


def _line(entry: ListedEntry) -> str:
    return " ".join(part for part in (entry.id, _name(entry), f"({', '.join(entry.programmes)})" if entry.programmes else "") if part)


def _name(entry: ListedEntry) -> str | None:
    return next((name.text for name in entry.names), None)
