"""The store keeps what it is given, in SQLite and PostgreSQL alike: chains, merges, keys, ballots, and one sentence where it cannot."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.storing import INITIATIVE, REPLICA, ROOM, Database, add, append, broken_links, chain_of, head_of, name, sealed
from tracktwo.record.dialects import HARDENED, POSTGRESQL, SCHEMA_VERSION, SQLITE, StoreError, connect_sqlite, is_of_a_database, patiently, sentence
from tracktwo.record.store import KeyRow, Store, chains
from tracktwo.vault.header import SealedEntry

OTHER_ROOM, OTHER_REPLICA = name("caucus"), name("server")


@pytest.fixture
def store(database: Database) -> Iterator[Store]:
    with database.store() as opened:
        yield opened


# Chains


def test_what_was_appended_is_read_back_unchanged_chain_by_chain(store: Store, database: Database) -> None:
    made = [append(store, os.urandom(700), room=room, replica=replica)[0] for room in (OTHER_ROOM, ROOM) for replica in (REPLICA, OTHER_REPLICA) * 3]
    assert list(store.entries(INITIATIVE)) == sorted(made, key=lambda entry: entry[:4])
    assert list(store.entries(INITIATIVE, ROOM)) == sorted((entry for entry in made if entry.room == ROOM), key=lambda entry: entry[:4])
    assert broken_links(store.entries(INITIATIVE)) == 0
    with database.store() as second:
        assert list(second.entries(INITIATIVE)) == list(store.entries(INITIATIVE))
    assert store.initiatives() == (INITIATIVE,)


def test_the_same_request_twice_makes_one_entry(store: Store) -> None:
    first, made = append(store, b"one", idem=name("request"))
    again, made_again = append(store, b"one", idem=name("request"))
    assert (again, made, made_again) == (first, True, False)
    assert list(store.entries(INITIATIVE)) == [first]


def test_a_request_that_comes_round_the_look_up_is_still_refused_by_the_table(store: Store) -> None:
    append(store, idem=name("request"))
    with pytest.raises(StoreError, match="an entry stands there already"), store.appending(INITIATIVE, ROOM, REPLICA) as chain:
        add(chain, b"two", idem=name("request"))
    assert len(list(store.entries(INITIATIVE))) == 1


def append_both(store: Store, one: SealedEntry, other: SealedEntry) -> None:
    with store.appending(INITIATIVE, ROOM, REPLICA) as chain:
        chain.add(one)
        chain.add(other)


def test_an_entry_that_does_not_continue_the_chain_is_refused_and_nothing_is_kept(store: Store) -> None:
    first, _ = append(store)
    after = sealed(head_of(first))
    wrong = {
        "skips a place": after._replace(seq=3),
        "stands in a taken place": after._replace(seq=1),
        "follows another entry": after._replace(prev_hash=bytes(32)),
        "is of another room": after._replace(room=OTHER_ROOM),
        "is of another replica": after._replace(replica=OTHER_REPLICA),
        "is of another initiative": after._replace(initiative=name("other")),
    }
    for entry in wrong.values():
        with pytest.raises(ValueError, match="does not continue the chain"):
            append_both(store, after, entry)
    assert list(store.entries(INITIATIVE)) == [first]
    with store.appending(INITIATIVE, ROOM, REPLICA) as chain:
        chain.add(after)
    assert list(store.entries(INITIATIVE)) == [first, after]


# Transactions


def test_keys_and_entries_of_one_transaction_are_there_together_or_not_at_all(store: Store) -> None:
    def both() -> None:
        with store.transaction():
            append(store)
            store.put_keys(INITIATIVE, [KeyRow(1, b"id", b"value")])
            assert store.keys(INITIATIVE)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        both()
    assert (list(store.entries(INITIATIVE)), store.keys(INITIATIVE)) == ([], ())


def test_a_failure_that_is_swallowed_within_a_transaction_is_no_silent_success(store: Store) -> None:
    append(store, idem=name("request"))

    def swallowing() -> None:
        with store.transaction():
            store.put_keys(INITIATIVE, [KeyRow(1, b"id", b"value")])
            try:
                with store.appending(INITIATIVE, ROOM, REPLICA) as chain:
                    add(chain, b"two", idem=name("request"))
            except StoreError:
                pass

    with pytest.raises(StoreError, match="nothing was changed"):
        swallowing()
    assert store.keys(INITIATIVE) == ()
    append(store)
    assert len(list(store.entries(INITIATIVE))) == 2


def test_a_part_that_was_given_up_takes_the_whole_transaction_with_it(store: Store) -> None:
    entry = sealed()

    def giving_up() -> None:
        with store.transaction():
            store.put_keys(INITIATIVE, [KeyRow(1, b"id", b"value")])
            with suppress(ValueError):
                append_both(store, entry, entry)

    with pytest.raises(StoreError, match="nothing was changed"):
        giving_up()
    assert (store.keys(INITIATIVE), list(store.entries(INITIATIVE))) == ((), [])


class Owner:
    """Whoever owns a connection and its transactions, as a web framework does: it counts them and lets none begin within another."""

    def __init__(self, connection: Any) -> None:
        self.connection, self.begun, self.undone, self._open = connection, 0, 0, False

    @contextmanager
    def transaction(self) -> Iterator[None]:
        assert not self._open
        self.connection.execute("BEGIN")
        self.begun, self._open = self.begun + 1, True
        try:
            yield
            self.connection.execute("COMMIT")
        except BaseException:
            self.undone += 1
            self.connection.execute("ROLLBACK")
            raise
        finally:
            self._open = False


def test_the_owner_of_a_connection_keeps_account_of_its_transactions(database: Database) -> None:
    owner = Owner(database.plain())
    store = Store(owner.connection, SQLITE if database.kind == "SQLite" else POSTGRESQL, transaction=owner.transaction)
    before = owner.begun
    append(store, idem=name("request"))
    with store.transaction():
        store.put_keys(INITIATIVE, [KeyRow(1, b"id", b"value")])
        append(store)
    assert (owner.begun - before, owner.undone) == (2, 0)
    with pytest.raises(StoreError, match="an entry stands there already"), store.appending(INITIATIVE, ROOM, REPLICA) as chain:
        add(chain, b"two", idem=name("request"))
    assert (owner.undone, len(list(store.entries(INITIATIVE)))) == (1, 2)
    store.close()


# Merges


def test_a_merge_brings_what_is_missing_and_names_what_contradicts(store: Store) -> None:
    ours = chain_of(3, word="ours")
    assert store.merge(INITIATIVE, ours).entries == 3
    theirs = chain_of(2, word="theirs", after=ours[0])
    other = chain_of(2, replica=OTHER_REPLICA)
    merged = store.merge(INITIATIVE, [*theirs, *ours, *other])
    assert (merged.entries, merged.forks) == (2, tuple(theirs))
    assert list(store.entries(INITIATIVE)) == sorted([*ours, *other], key=lambda entry: entry[:4])
    assert set(store.forks(INITIATIVE)) == set(theirs)
    assert broken_links(store.entries(INITIATIVE)) == 0


def test_what_follows_a_contradiction_is_kept_apart_even_when_it_comes_alone_and_later(store: Store) -> None:
    ours = chain_of(2, word="ours")
    theirs = chain_of(4, word="theirs", after=ours[0])
    store.merge(INITIATIVE, ours)
    store.merge(INITIATIVE, theirs[:1])
    assert store.merge(INITIATIVE, theirs[1:]).forks == tuple(theirs[1:])
    appended, _ = append(store)
    assert (appended.seq, broken_links(store.entries(INITIATIVE))) == (3, 0)


def test_what_follows_a_contradiction_that_never_came_is_kept_apart_too(store: Store) -> None:
    ours, theirs = chain_of(2, word="ours"), chain_of(3, word="theirs")
    store.merge(INITIATIVE, ours)
    assert store.merge(INITIATIVE, theirs[2:]).forks == (theirs[2],)
    assert (list(store.entries(INITIATIVE)), list(store.forks(INITIATIVE))) == (ours, [theirs[2]])


def test_a_merge_mends_a_gap_and_never_breaks_the_link_behind_it(store: Store) -> None:
    whole = chain_of(3)
    store.merge(INITIATIVE, [whole[0], whole[2]])
    assert broken_links(store.entries(INITIATIVE)) == 1
    stranger = chain_of(1, word="stranger", after=whole[0])
    assert store.merge(INITIATIVE, stranger).forks == tuple(stranger)
    assert store.merge(INITIATIVE, whole).entries == 1
    assert (list(store.entries(INITIATIVE)), broken_links(store.entries(INITIATIVE))) == (whole, 0)


def test_an_entry_that_repeats_a_request_of_its_chain_is_kept_apart(store: Store) -> None:
    first = sealed(idem=name("request"))
    second = sealed(head_of(first), b"again", idem=name("request"))
    assert store.merge(INITIATIVE, [first, second]).forks == (second,)


def test_a_merge_of_another_initiative_or_of_a_damaged_entry_is_one_sentence_and_changes_nothing(store: Store) -> None:
    good = chain_of(2)
    with pytest.raises(ValueError, match="of another initiative"):
        store.merge(INITIATIVE, [good[0], good[1]._replace(initiative=name("other"))])
    damaged: list[dict[str, Any]] = [{"body": b"other"}, {"room": b"short"}, {"seq": 0}, {"epoch": -1}, {"prev_hash": None}, {"seq": "2"}]
    for change in damaged:
        with pytest.raises(ValueError, match="of a chain is damaged"):
            store.merge(INITIATIVE, [good[0], good[1]._replace(**change)], [KeyRow(1, b"id", b"value")])
    assert (list(store.entries(INITIATIVE)), store.keys(INITIATIVE)) == ([], ())


def test_of_two_values_of_a_key_the_higher_bytes_stay_and_a_destroyed_key_stays_destroyed(store: Store) -> None:
    store.put_keys(INITIATIVE, [KeyRow(1, b"low", b"b"), KeyRow(1, b"high", b"b"), KeyRow(1, b"gone", None), KeyRow(2, b"here", b"x")])
    arriving = [KeyRow(1, b"low", b"a"), KeyRow(1, b"high", b"c"), KeyRow(1, b"gone", b"\xff"), KeyRow(2, b"here", None), KeyRow(2, b"new", b"n")]
    assert store.merge(INITIATIVE, [], arriving).keys == 3
    expected = [KeyRow(1, b"gone", None), KeyRow(1, b"high", b"c"), KeyRow(1, b"low", b"b"), KeyRow(2, b"here", None), KeyRow(2, b"new", b"n")]
    assert store.keys(INITIATIVE) == tuple(expected)
    assert store.merge(INITIATIVE, [], arriving).keys == 0
    store.drop_keys(INITIATIVE, [(2, b"new")])
    assert store.keys(INITIATIVE, 2) == (KeyRow(2, b"here", None),)
    assert store.keys(name("other")) == ()


def test_a_destroyed_body_leaves_the_chain_whole_and_does_not_come_back(store: Store) -> None:
    chain = chain_of(3)
    fork = chain_of(1, word="fork", after=chain[0])
    store.merge(INITIATIVE, chain)
    store.merge(INITIATIVE, fork)
    store.forget_bodies([chain[1], *fork])
    assert [entry.body is None for entry in store.entries(INITIATIVE)] == [False, True, False]
    assert [entry.body for entry in store.forks(INITIATIVE)] == [None]
    assert broken_links(store.entries(INITIATIVE)) == 0
    store.merge(INITIATIVE, [*chain, *fork])
    assert [entry.body is None for entry in store.entries(INITIATIVE)] == [False, True, False]
    assert [entry.body for entry in store.forks(INITIATIVE)] == [None]


def test_of_two_entries_in_one_place_only_the_one_that_is_meant_loses_its_body(store: Store) -> None:
    chain, fork = chain_of(1, word="ours"), chain_of(1, word="theirs")
    store.merge(INITIATIVE, chain)
    store.merge(INITIATIVE, fork)
    store.forget_bodies(fork)
    assert list(store.entries(INITIATIVE)) == chain
    assert [entry.body for entry in store.forks(INITIATIVE)] == [None]


def test_bodies_that_were_taken_out_of_a_file_destroy_none_here(store: Store) -> None:
    chain = chain_of(2)
    store.merge(INITIATIVE, chain)
    store.merge(INITIATIVE, [entry._replace(body=None) for entry in chain])
    assert list(store.entries(INITIATIVE)) == chain


Content = tuple[frozenset[SealedEntry], frozenset[KeyRow]]

# Three copies of a record. A chain is told in one of two ways, which part after some place; a copy knows the beginning of one of the tellings.
_TELLINGS = [
    [*stem, *chain_of(4 - len(stem), room=room, replica=replica, word=word, after=stem[-1] if stem else None)]
    for room in (ROOM, OTHER_ROOM)
    for replica in (REPLICA, OTHER_REPLICA)
    for stem in [chain_of(2, room=room, replica=replica, word="both")]
    for word in ("one", "other")
]
_KEYS = [KeyRow(kind, ident, value) for kind in (1, 2) for ident in (b"a", b"b") for value in (None, b"low", b"middle", b"up")]
COPIES = st.tuples(
    st.lists(st.tuples(st.sampled_from(_TELLINGS), st.integers(0, 4)).map(lambda cut: cut[0][: cut[1]]), max_size=4).map(
        lambda parts: [entry for part in parts for entry in part]
    ),
    st.lists(st.sampled_from(_KEYS), max_size=5),
)


def merge_laws(fresh: Callable[[], Store], copies: list[tuple[list[SealedEntry], list[KeyRow]]]) -> None:
    """Any order and any grouping of three copies ends with the same content, and a copy that comes again changes nothing."""

    opened: list[Store] = []

    def copy(*parts: tuple[list[SealedEntry], list[KeyRow]]) -> Store:
        store = fresh()
        opened.append(store)
        for entries, keys in parts:
            store.merge(INITIATIVE, entries, keys)
        return store

    def everything(store: Store) -> tuple[list[SealedEntry], list[KeyRow]]:
        return [*store.entries(INITIATIVE), *store.forks(INITIATIVE)], list(store.keys(INITIATIVE))

    def content(store: Store) -> Content:
        assert broken_links(store.entries(INITIATIVE)) == 0
        entries, keys = everything(store)
        assert len(entries) == len(set(entries))
        return frozenset(entries), frozenset(keys)

    a, b, c = copies
    whole = content(copy(a, b, c))
    assert whole[0] == {entry for entries, _ in copies for entry in entries}
    assert content(copy(c, b, a)) == content(copy(b, a, c)) == whole
    assert content(copy(a, everything(copy(b, c)))) == content(copy(everything(copy(a, b)), c)) == whole
    store = copy(a, b, c)
    for part in (a, everything(store)):
        again = store.merge(INITIATIVE, *part)
        assert (again.entries, again.keys) == (0, 0)
    assert content(store) == whole
    for store in opened:
        store.close()


def in_memory() -> Store:
    return Store(sqlite3.connect(":memory:", isolation_level=None))


@settings(max_examples=60, deadline=None)
@given(copies=st.lists(COPIES, min_size=3, max_size=3))
def test_three_copies_merge_to_the_same_content_in_any_order_and_grouping(copies: list[tuple[list[SealedEntry], list[KeyRow]]]) -> None:
    merge_laws(in_memory, copies)


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(copies=st.lists(COPIES, min_size=3, max_size=3))
def test_a_merge_on_postgresql_keeps_the_same_laws(postgres: Any, copies: list[tuple[list[SealedEntry], list[KeyRow]]]) -> None:
    merge_laws(emptied(postgres), copies)


def emptied(postgres: Any) -> Callable[[], Store]:
    """Gives stores with nothing in them, each in a schema of its own of one database."""
    address = postgres.address(postgres.fresh())

    def fresh() -> Store:
        schema = "s" + os.urandom(8).hex()
        with Store.postgresql(address) as made:
            made._run(f"CREATE SCHEMA {schema}", ())
        return Store.postgresql(f"{address} options='-c search_path={schema}'")

    return fresh


@pytest.mark.gate
def test_a_merge_is_commutative_associative_and_idempotent_over_three_copies(postgres: Any, figure: Callable[[str], None]) -> None:
    for kind, fresh, examples in (("SQLite", in_memory, 1000), ("PostgreSQL", emptied(postgres), 100)):
        figure(f"{law_of(fresh, examples)} examples of 3 copies on {kind}, each in 5 orders and groupings: equal content every time")


def law_of(fresh: Callable[[], Store], examples: int) -> int:
    """Holds the laws against so many examples; returns how many were tried."""
    tried = 0

    @settings(max_examples=examples, deadline=None, database=None)
    @given(copies=st.lists(COPIES, min_size=3, max_size=3))
    def law(copies: list[tuple[list[SealedEntry], list[KeyRow]]]) -> None:
        nonlocal tried
        tried += 1
        merge_laws(fresh, copies)

    law()
    return tried


def test_two_merges_at_once_wait_for_each_other_and_none_is_lost(database: Database) -> None:
    database.store().close()
    parts = [chain_of(40, room=room, replica=replica) for replica in (REPLICA, OTHER_REPLICA) for room in (ROOM, OTHER_ROOM)]
    errors: list[BaseException] = []

    def merge(order: list[list[SealedEntry]]) -> None:
        try:
            with database.store() as store:
                store.merge(INITIATIVE, [entry for part in order for entry in part])
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=merge, args=(order,)) for order in (parts, parts[::-1], parts[1:])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    with database.store() as store:
        assert len(list(store.entries(INITIATIVE))) == 160
        assert store.forks(INITIATIVE) == ()


# Rooms


def test_a_room_is_marked_until_a_steward_gives_it_a_new_key(store: Store) -> None:
    append(store)
    assert store.rooms(INITIATIVE) == {ROOM: False}
    store.mark(INITIATIVE, ROOM, stale=True)
    store.mark(INITIATIVE, OTHER_ROOM, stale=True)
    append(store)
    assert store.rooms(INITIATIVE) == {ROOM: True, OTHER_ROOM: True}
    store.mark(INITIATIVE, ROOM, stale=False)
    assert store.rooms(INITIATIVE) == {ROOM: False, OTHER_ROOM: True}


# Time


def test_the_tables_have_no_place_for_a_time_and_a_clock_set_back_changes_no_order(store: Store, database: Database, monkeypatch: Any) -> None:
    if database.kind == "SQLite":
        types = {row[0] for row in database.say("SELECT DISTINCT c.type FROM sqlite_master AS m, pragma_table_info(m.name) AS c")}
        assert types == {"BLOB", "BIGINT"}
    else:
        types = {row[0] for row in database.say("SELECT DISTINCT data_type FROM information_schema.columns WHERE table_name LIKE 'tracktwo%'")}
        assert types == {"bytea", "bigint"}
    clock = iter(range(2_000_000_000, 0, -100_000_000))
    for call in ("time.time", "time.time_ns"):
        monkeypatch.setattr(call, lambda: next(clock, 0))
    made = [append(store, str(number).encode())[0] for number in range(5)]
    assert list(store.entries(INITIATIVE)) == made


# Ballots


def test_a_vote_that_is_changed_stands_once_and_ballots_of_others_stay(store: Store) -> None:
    store.put_ballot(INITIATIVE, b"one", b"s1", b"yes")
    store.put_ballot(INITIATIVE, b"one", b"s1", b"no")
    store.put_ballot(INITIATIVE, b"two", b"s1", b"yes")
    store.put_ballot(name("other"), b"two", b"s1", b"other")
    store.rewrite_ballots(INITIATIVE)
    assert sorted(store.ballots(INITIATIVE)) == [(b"one", b"s1", b"no"), (b"two", b"s1", b"yes")]
    assert store.ballots(name("other")) == ((b"two", b"s1", b"other"),)


def test_a_vote_that_is_cast_while_ballots_are_rewritten_is_not_lost(database: Database) -> None:
    cast, done = 60, threading.Event()

    def voting() -> None:
        with database.store() as voter:
            for number in range(cast):
                voter.put_ballot(INITIATIVE, number.to_bytes(2, "big"), b"s1", b"yes")
        done.set()

    with database.store() as store:
        thread = threading.Thread(target=voting)
        thread.start()
        rewritten = 0
        while not done.is_set():
            # Where the voter reads at that moment, the log cannot be emptied: that is said, and nothing is lost.
            with suppress(StoreError):
                store.rewrite_ballots(INITIATIVE)
                rewritten += 1
        thread.join()
        assert rewritten > 0
        assert sorted(ballot[0] for ballot in store.ballots(INITIATIVE)) == [number.to_bytes(2, "big") for number in range(cast)]


def order_told(database: Database, pseudonyms: list[bytes]) -> float:
    """Spearman's rank correlation of the order of arrival with what the database's own pages tell of it, the strongest of all tellings."""
    if database.kind == "SQLite":
        path = Path(database.address)
        raw = b"".join(part.read_bytes() for part in (path, path.with_name(path.name + "-wal")) if part.exists())
        # In a page of SQLite, what was inserted later lies further in front: the place of the last trace of each pseudonym.
        tellings = [[raw.rfind(one) for one in pseudonyms], [raw.find(one) for one in pseudonyms]]
        assert all(place >= 0 for places in tellings for place in places)
    else:
        rows = database.say("SELECT pseudonym, (ctid::text::point)[1] + 1000 * (ctid::text::point)[0], xmin::text::bigint FROM tracktwo_ballots")
        found = {bytes(row[0]): row[1:] for row in rows}
        tellings = [[float(found[one][telling]) for one in pseudonyms] for telling in (0, 1)]
    return max(abs(correlation(places)) for places in tellings)


def correlation(values: list[float]) -> float:
    """Spearman's correlation of values with their places in the list; values that are all alike tell nothing."""
    if len(set(values)) == 1:
        return 0.0
    ranks = {value: rank for rank, value in enumerate(sorted(values))}
    count = len(values)
    return 1 - 6 * sum((ranks[value] - place) ** 2 for place, value in enumerate(values)) / (count * (count**2 - 1))


def test_the_pages_of_the_database_tell_the_order_of_votes_only_until_they_are_rewritten(store: Store, database: Database) -> None:
    # Ten ballots fit into one page, whose rows lie in the order of arrival whatever their keys are; so few also need no luck to be told.
    told_before, told_after = [], []
    for _ in range(10):
        pseudonyms = [os.urandom(16) for _ in range(10)]
        for one in pseudonyms:
            store.put_ballot(INITIATIVE, one, b"s1", os.urandom(40))
        told_before.append(order_told(database, pseudonyms))
        store.rewrite_ballots(INITIATIVE)
        told_after.append(order_told(database, pseudonyms))
        database.say("DELETE FROM tracktwo_ballots") if database.kind == "PostgreSQL" else store._run("DELETE FROM tracktwo_ballots", ())
        store.settle(("tracktwo_ballots",))
    assert min(told_before) > 0.9  # the control: without the rewrite the order is there to be read
    assert sum(told_after) / 10 < 0.65  # of ten in random order the stronger of two tellings has 0.37 on average; 0.65 is beyond four deviations


# The database itself


def test_a_connection_to_sqlite_is_hardened_and_a_fresh_one_is_not(tmp_path: Path) -> None:
    store = Store.sqlite(tmp_path / "record.sqlite")
    found = {pragma: store._one(f"PRAGMA {pragma}", ())[0] for pragma, _, _ in HARDENED}
    assert found == {pragma: answer for pragma, _, answer in HARDENED}
    store.close()
    plain = sqlite3.connect(tmp_path / "plain.sqlite")
    unlike = [pragma for pragma, _, answer in HARDENED if plain.execute(f"PRAGMA {pragma}").fetchone()[0] != answer]
    assert {"journal_mode", "trusted_schema", "temp_store", "busy_timeout"} <= set(unlike)  # others differ with how SQLite was built
    plain.close()


def test_a_connection_to_postgresql_waits_for_the_disk_and_reads_what_was_committed(postgres: Any) -> None:
    database = postgres.fresh()
    with postgres.connect() as connection:
        connection.execute(f"ALTER DATABASE {database} SET synchronous_commit = off")
        connection.execute(f"ALTER DATABASE {database} SET default_transaction_isolation = 'repeatable read'")
    with Store.postgresql(postgres.address(database)) as store:
        assert store._one("SHOW synchronous_commit", ())[0] == "on"
        with store.transaction():
            assert store._one("SHOW transaction_isolation", ())[0] == "read committed"
    postgres.drop(database)


@pytest.mark.skipif(os.name != "posix", reason="modes of files are POSIX's")
def test_only_the_owner_may_read_the_database_its_log_and_its_index(tmp_path: Path) -> None:
    mask = os.umask(0)
    try:
        store = Store.sqlite(tmp_path / "home" / "record.sqlite")
        append(store)
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "home").iterdir()}
    finally:
        os.umask(mask)
    assert modes == {"record.sqlite": 0o600, "record.sqlite-wal": 0o600, "record.sqlite-shm": 0o600}
    assert stat.S_IMODE((tmp_path / "home").stat().st_mode) == 0o700
    store.close()
    assert [path.name for path in (tmp_path / "home").iterdir()] == ["record.sqlite"]


def test_many_programs_may_open_a_new_database_at_the_same_moment(database: Database) -> None:
    start, errors = threading.Barrier(8), []

    def open_it() -> None:
        try:
            start.wait()
            with database.store() as store:
                append(store)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=open_it) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    with database.store() as store:
        assert (len(list(store.entries(INITIATIVE))), broken_links(store.entries(INITIATIVE))) == (8, 0)


def test_a_database_of_a_newer_version_is_refused_and_left_as_it_is(database: Database) -> None:
    database.store().close()
    database.say(f"UPDATE tracktwo_meta SET version = {SCHEMA_VERSION + 1}")
    with pytest.raises(StoreError, match="written by a newer version of tracktwo; update tracktwo, nothing was changed"):
        database.store()
    assert database.say("SELECT version FROM tracktwo_meta") == [(SCHEMA_VERSION + 1,)]


def test_a_database_that_does_not_tell_its_version_is_refused(database: Database) -> None:
    database.store().close()
    database.say("DELETE FROM tracktwo_meta")
    with pytest.raises(StoreError, match="does not say of which version it is"):
        database.store()


def test_a_file_that_is_no_record_is_one_sentence(tmp_path: Path) -> None:
    text, folder, foreign = tmp_path / "notes.txt", tmp_path / "folder", tmp_path / "foreign.sqlite"
    text.write_text("these are notes, and no database at all\n" * 100)
    folder.mkdir()
    connection = sqlite3.connect(foreign)
    connection.execute("CREATE TABLE bookmarks (title TEXT)")
    connection.close()
    before = foreign.read_bytes()
    for path, said in ((text, "it is no database of ours"), (folder, "the file cannot be opened"), (foreign, "database of another program")):
        with pytest.raises(StoreError, match=said) as refused:
            Store.sqlite(path)
        assert "\n" not in str(refused.value)
        assert str(path) in str(refused.value)
    with pytest.raises(StoreError, match="cannot be opened as a record"):
        Store.sqlite(text / "record.sqlite")
    assert foreign.read_bytes() == before


def damage_is_told(path: Path, scratch: Path, flips: int, seed: int) -> tuple[int, int, int]:
    """Flip single bytes of a database: what was read is as before, or visibly other than before, or one sentence; returns how many of each."""
    whole, chance = path.read_bytes(), random.Random(seed)
    with Store.sqlite(path) as store:
        before = list(store.entries(INITIATIVE))
    same = changed = refused = 0
    for _ in range(flips):
        place = chance.randrange(len(whole))
        scratch.write_bytes(whole[:place] + bytes([whole[place] ^ chance.randrange(1, 256)]) + whole[place + 1 :])
        try:
            with Store.sqlite(scratch) as store:
                found = list(store.entries(INITIATIVE))
                append(store)
            same, changed = same + (found == before), changed + (found != before)
        except StoreError as error:
            refused += len(str(error).splitlines())
        for rest in scratch.parent.glob(scratch.name + "-*"):
            rest.unlink()
    return same, changed, refused


def test_a_damaged_database_is_one_sentence_and_never_another_error(tmp_path: Path) -> None:
    path = tmp_path / "record.sqlite"
    with Store.sqlite(path) as store:
        for number in range(12):
            append(store, bytes([number]) * 600)
    same, changed, refused = damage_is_told(path, tmp_path / "damaged.sqlite", 150, seed=4)
    assert same + changed + refused == 150
    assert changed > 0
    assert refused > 0


@pytest.mark.parametrize("change", ["epoch = 'old'", "seq = 'x'", "room = x'00'", "body = 'text'", "prev_hash = 7"])
def test_a_row_that_is_no_entry_is_one_sentence(tmp_path: Path, change: str) -> None:
    with Store.sqlite(tmp_path / "record.sqlite") as store:
        append(store)
        store._run(f"UPDATE tracktwo_entries SET {change}", ())
        with pytest.raises(StoreError, match="of a chain is damaged; restore the last backup"):
            list(store.entries(INITIATIVE))


def test_errors_of_any_driver_and_of_damaged_text_are_told_from_our_own() -> None:
    damaged = UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte")
    assert [is_of_a_database(error) for error in (sqlite3.OperationalError("x"), damaged, ValueError("x"))] == [True, True, False]
    assert sentence(damaged) == "it is damaged; restore the last backup"


def test_a_change_for_which_sqlite_does_not_wait_is_tried_until_the_other_program_is_done(tmp_path: Path) -> None:
    busy = sqlite3.connect(tmp_path / "record.sqlite", isolation_level=None, check_same_thread=False)
    busy.execute("CREATE TABLE one (two)")
    busy.execute("BEGIN EXCLUSIVE")
    waiting = sqlite3.connect(tmp_path / "record.sqlite", isolation_level=None, timeout=0)
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        waiting.execute("PRAGMA journal_mode=WAL")
    release = threading.Timer(0.1, lambda: busy.execute("COMMIT"))
    release.start()
    patiently(waiting, "PRAGMA journal_mode=WAL")
    assert waiting.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    release.join()
    waiting.close()
    busy.close()


def test_a_database_that_was_cut_short_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "record.sqlite"
    with Store.sqlite(path) as store:
        for _ in range(40):
            append(store, bytes(2000))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(StoreError, match=r"damaged|cannot be read"), Store.sqlite(path) as store:
        list(store.entries(INITIATIVE))


def test_a_copy_of_the_file_alone_lacks_what_stands_in_the_log_until_the_store_is_closed(tmp_path: Path) -> None:
    path, copy = tmp_path / "record.sqlite", tmp_path / "copy.sqlite"
    store = Store.sqlite(path)
    append(store)
    shutil.copy(path, copy)
    with Store.sqlite(copy) as early:
        assert list(early.entries(INITIATIVE)) == []  # why a backup is a command and no copy of a file
    store.close()
    shutil.copy(path, copy)
    with Store.sqlite(copy) as late:
        assert len(list(late.entries(INITIATIVE))) == 1


def test_what_was_destroyed_is_gone_from_the_files_after_settling(tmp_path: Path) -> None:
    path = tmp_path / "record.sqlite"
    store = Store.sqlite(path)
    entry, _ = append(store, b"ZEBRA" * 20)
    store.put_keys(INITIATIVE, [KeyRow(1, b"id", b"GIRAFFE" * 4)])

    def found() -> set[bytes]:
        raw = b"".join(part.read_bytes() for part in tmp_path.iterdir())
        return {word for word in (b"ZEBRA", b"GIRAFFE") if word in raw}

    assert found() == {b"ZEBRA", b"GIRAFFE"}
    store.forget_bodies([entry])
    store.put_keys(INITIATIVE, [KeyRow(1, b"id", None)])
    assert found() == {b"ZEBRA", b"GIRAFFE"}  # the control: the log still has them
    store.settle()
    assert found() == set()
    store.close()


def test_settling_says_so_where_a_reader_keeps_the_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store.sqlite(tmp_path / "record.sqlite")
    append(store)
    reader = connect_sqlite(tmp_path / "record.sqlite")
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM tracktwo_entries").fetchone()
    append(store)
    store._run("PRAGMA busy_timeout=50", ())
    with pytest.raises(StoreError, match="another program has the record open"):
        store.settle()
    reader.close()
    store.settle()
    store.close()


def test_an_address_that_is_not_understood_or_reached_is_one_sentence_without_the_password(tmp_path: Path) -> None:
    for address in ("postgresql://user:ZEBRA@host/name?x", "user:ZEBRA@host", f"host={tmp_path} user=user password=ZEBRA dbname=name"):
        with pytest.raises(StoreError, match="PostgreSQL") as refused:
            Store.postgresql(address)
        assert "ZEBRA" not in str(refused.value)
        assert "\n" not in str(refused.value)


def test_a_role_that_may_only_read_reads_and_is_told_so_when_it_writes(postgres: Any) -> None:
    database = postgres.fresh()
    with Store.postgresql(postgres.address(database)) as store:
        made, _ = append(store)
    with postgres.connect(database) as connection:
        connection.execute("CREATE ROLE reader LOGIN; GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader")
    with Store.postgresql(postgres.address(database, "reader")) as store:
        assert list(store.entries(INITIATIVE)) == [made]
        with pytest.raises(StoreError, match="whoever runs this has no permission for it"):
            append(store)
        assert list(store.entries(INITIATIVE)) == [made]
    with postgres.connect(database) as connection:
        connection.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM reader; ALTER DATABASE {database} SET default_transaction_read_only = on")
    with Store.postgresql(postgres.address(database)) as store, pytest.raises(StoreError, match="it may only be read"):
        append(store)
    postgres.drop(database)
    with postgres.connect() as connection:
        connection.execute("DROP ROLE reader")


def append_while(store: Store, meanwhile: Callable[[], object]) -> None:
    with store.appending(INITIATIVE, ROOM, REPLICA) as chain:
        meanwhile()
        add(chain, b"cut")


def test_a_store_on_postgresql_goes_on_after_its_connection_was_cut(postgres: Any) -> None:
    database = postgres.fresh()
    with Store.postgresql(postgres.address(database)) as store:
        append(store, idem=name("before"))
        cut = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}' AND pid <> pg_backend_pid()"
        with pytest.raises(StoreError, match="the record cannot be read or written"), postgres.connect() as connection:
            append_while(store, lambda: connection.execute(cut))
        append(store, idem=name("after"))
        assert [entry.idem for entry in store.entries(INITIATIVE)] == [name("before"), name("after")]
    postgres.drop(database)


def test_chains_are_grouped_by_room_and_replica_and_ordered_by_number() -> None:
    one, two = chain_of(3), chain_of(2, replica=OTHER_REPLICA)
    assert dict(chains([*one[::-1], *two[::-1]])) == {(ROOM, REPLICA): one, (ROOM, OTHER_REPLICA): two}
