"""What changed between two snapshots of one list: who is new, whose entry says something else, who is no longer listed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date

from tracktwo.model.listing import ListedEntry, ListSnapshot


class NotTheSameList(ValueError):
    """Two snapshots that cannot be compared; the message says why, in one sentence."""


@dataclass(frozen=True)
class ChangedEntry:
    """An entry that stands in both snapshots and does not say the same."""

    old: ListedEntry
    new: ListedEntry
    fields: tuple[str, ...]
    """Names of our fields that differ; of notes the publisher's own field, as `notes: COMMENTS1`."""


@dataclass(frozen=True)
class ListChanges:
    """The difference of two snapshots. No list says when an entry left it: that happened on some day between the two."""

    key: str
    since: date | None
    """For which day the older snapshot speaks."""
    until: date | None
    new: tuple[ListedEntry, ...]
    changed: tuple[ChangedEntry, ...]
    no_longer_listed: tuple[ListedEntry, ...]
    unchanged: int


def compare(old: ListSnapshot, new: ListSnapshot) -> ListChanges:
    """Return the changes from the older to the newer snapshot, each kind in the order of its list. O(entries).

    Entries are the same where the publisher's number is. Of several entries with one number the first is compared with the first, and so on.
    Raises NotTheSameList where the snapshots are of two lists, or the second speaks for an earlier day than the first.
    """
    if old.key != new.key:
        raise NotTheSameList(f"{old.file} is the list {old.key} and {new.file} the list {new.key}; give two snapshots of one list")
    if old.as_of and new.as_of and old.as_of > new.as_of:
        raise NotTheSameList(f"{old.file} speaks for {old.as_of.isoformat()} and {new.file} for {new.as_of.isoformat()}; give the older one first")
    before, after = _numbered(old.entries), _numbered(new.entries)
    both = [(before[place], entry) for place, entry in after.items() if place in before]
    changed = tuple(ChangedEntry(was, now, differing(was, now)) for was, now in both if was != now)
    return ListChanges(
        key=new.key,
        since=old.as_of,
        until=new.as_of,
        new=tuple(entry for place, entry in after.items() if place not in before),
        changed=changed,
        no_longer_listed=tuple(entry for place, entry in before.items() if place not in after),
        unchanged=len(both) - len(changed),
    )


def differing(old: ListedEntry, new: ListedEntry) -> tuple[str, ...]:
    """Return the names of the fields in which two entries differ."""
    names = [one.name for one in fields(ListedEntry) if one.name != "notes" and getattr(old, one.name) != getattr(new, one.name)]
    if old.notes != new.notes:
        said = {field for field, _value in set(old.notes) ^ set(new.notes)}
        names += [f"notes: {field}" for field in dict.fromkeys(field for field, _value in (*old.notes, *new.notes)) if field in said] or ["notes"]
    return tuple(names)


def _numbered(entries: Iterable[ListedEntry]) -> dict[tuple[str, int], ListedEntry]:
    """Entry by number, and by how many of the same number came before it."""
    seen: Counter[str] = Counter()
    found = {}
    for entry in entries:
        found[entry.id, seen[entry.id]] = entry
        seen[entry.id] += 1
    return found
