"""Many processes that write at once leave every chain whole, because the room is locked before the head is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest

from tests import writer
from tests.storing import INITIATIVE, Database, broken_links
from tracktwo.record.store import chains


class Raced(NamedTuple):
    """What a race left in the database."""

    entries: int
    chains: int
    broken: int


def race(database: Database, writers: int, appends: int, *, shared: bool, how: str = "first") -> Raced:
    """Let so many processes append so often, all in one chain (a server) or each in its own (laptops), starting together."""
    running = [
        writer.start(writer.command(database.kind, database.address, "race", "server" if shared else f"laptop {number}", str(appends), how))
        for number in range(writers)
    ]
    for process in running:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n", process.communicate()[1]
    for process in running:
        assert process.stdin is not None
        process.stdin.write("go\n")
    for process in running:
        out, err = process.communicate(timeout=300)
        assert (out, process.returncode) == ("done\n", 0), err
    with database.store() as store:
        found = list(store.entries(INITIATIVE))
    return Raced(len(found), len(chains(found)), broken_links(found))


@pytest.mark.parametrize("shared", [False, True], ids=["each its own chain", "all in one chain"])
def test_writers_at_once_break_no_link(database: Database, shared: bool) -> None:
    database.store().close()
    assert race(database, 3, 15, shared=shared) == Raced(45, 1 if shared else 3, 0)


def unlocked(database: Database) -> None:
    """Take from the table what would turn a broken link into a refused one."""
    database.store().close()
    for constraint in database.say("SELECT conname FROM pg_constraint WHERE conrelid = 'tracktwo_entries'::regclass AND contype IN ('p', 'u')"):
        database.say(f"ALTER TABLE tracktwo_entries DROP CONSTRAINT {constraint[0]}")


@pytest.mark.gate
@pytest.mark.parametrize("shared", [False, True], ids=["own", "one"])
def test_eight_writers_of_five_hundred_entries_break_no_link(database: Database, shared: bool, figure: Callable[[str], None]) -> None:
    database.store().close()
    raced = race(database, 8, 500, shared=shared)
    figure(
        f"{database.kind}, 8 writers × 500, {'all in one chain' if shared else 'each its own chain'}: {raced.entries} entries, {raced.broken} broken"
    )
    assert raced == Raced(4000, 1 if shared else 8, 0)


@pytest.mark.gate
@pytest.mark.parametrize("database", ["PostgreSQL"], indirect=True)
def test_a_lock_that_is_taken_after_the_head_was_read_breaks_links(database: Database, figure: Callable[[str], None]) -> None:
    unlocked(database)
    raced = race(database, 8, 500, shared=True, how="late")
    figure(f"control, PostgreSQL, 8 writers × 500 in one chain, head read before the lock: {raced.broken} of {raced.entries} links broken")
    assert raced.entries == 4000
    assert raced.broken > 40
