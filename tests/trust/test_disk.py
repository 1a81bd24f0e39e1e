"""A full disk and a place that may only be read: reading goes on, a sentence says what is wrong, nothing acknowledged is lost."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests import writer
from tests.postgres import Server, nobody, running_server
from tests.storing import INITIATIVE, Database, append, broken_links
from tracktwo.record.dialects import connect_sqlite
from tracktwo.record.store import Store, StoreError


@contextmanager
def small_disk(place: Path, kibibytes: int) -> Iterator[Path]:
    """A file system of so many KiB at a place, with ballast to throw off; skipped where nobody may mount."""
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kibibytes}k", "tmpfs", place], capture_output=True, text=True, check=False)
    if mounted.returncode != 0:
        pytest.skip(f"a small file system cannot be mounted here: {mounted.stderr.strip()}")
    try:
        (place / "ballast").write_bytes(bytes(kibibytes * 1024 // 8))
        yield place
    finally:
        subprocess.run(["umount", "--lazy", place], check=True)


def fill(store: Store, acknowledged: list[bytes]) -> str:
    """Append until the disk is full; what it said then."""
    for _ in range(5000):
        try:
            acknowledged.append(append(store, os.urandom(4000))[0].hash)
        except StoreError as error:
            return str(error)
    raise AssertionError("the disk is never full")


FULL = "the record cannot be read or written: the disk is full; what was saved before is whole"


def hashes(store: Store) -> list[bytes]:
    found = list(store.entries(INITIATIVE))
    assert broken_links(found) == 0
    return [entry.hash for entry in found]


def starved(database: Database, ballast: Path) -> int:
    """Fill the disk twice, and once throw off ballast between; returns how many entries were acknowledged, all of which are there."""
    acknowledged: list[bytes] = []
    with database.store() as store:
        assert fill(store, acknowledged) == FULL
        before = len(acknowledged)
        assert before > 50
        assert fill(store, acknowledged) == FULL  # a second try is not worse than the first
        assert hashes(store) == acknowledged
        with database.store() as second:  # who comes to a full disk can read, and is told the same
            assert hashes(second) == acknowledged
        ballast.unlink()
        acknowledged.append(append(store, os.urandom(4000))[0].hash)
        assert hashes(store) == acknowledged
        assert fill(store, acknowledged) == FULL
    with database.store() as again:
        assert hashes(again) == acknowledged
    assert len(acknowledged) > before
    return len(acknowledged)


def test_a_full_disk_under_sqlite_loses_nothing_and_writing_goes_on_when_there_is_space(tmp_path: Path) -> None:
    with small_disk(tmp_path / "small", 2048) as disk:
        database = Database("SQLite", str(disk / "record.sqlite"))
        starved(database, disk / "ballast")
        assert database.damage() == []


def test_a_full_disk_that_is_left_in_disorder_is_whole_when_it_is_opened_again(tmp_path: Path) -> None:
    with small_disk(tmp_path / "small", 2048) as disk:
        acknowledged: list[bytes] = []
        database = Database("SQLite", str(disk / "record.sqlite"))
        left = database.store()
        assert fill(left, acknowledged) == FULL
        left._connection.close()  # without emptying the log, as a program that ends by the error does
        with database.store() as store:
            assert hashes(store) == acknowledged
            (disk / "ballast").unlink()
            acknowledged.append(append(store)[0].hash)
        assert database.damage() == []


def test_a_full_disk_under_the_tables_of_postgresql_loses_nothing_and_writing_goes_on(postgres: Server) -> None:
    with small_disk(postgres.folder / "small", 16 * 1024) as disk:
        (disk / "space").mkdir()
        if os.geteuid() == 0:
            shutil.chown(disk / "space", "postgres", "postgres")
        with postgres.connect() as connection:
            connection.execute(f"CREATE TABLESPACE small LOCATION '{disk / 'space'}'")
            database = postgres.fresh("TABLESPACE small")
            try:
                found = Database("PostgreSQL", postgres.address(database), postgres)
                starved(found, disk / "ballast")
            finally:
                postgres.drop(database)
                connection.execute("DROP TABLESPACE small")


def test_a_full_disk_under_the_log_stops_postgresql_and_the_same_store_goes_on_when_it_is_back() -> None:
    parent = Path(tempfile.mkdtemp(prefix="tracktwo-disk-"))
    parent.chmod(0o755)
    try:
        with small_disk(parent / "small", 10 * 1024) as disk:
            (disk / "log").mkdir()
            if os.geteuid() == 0:
                shutil.chown(disk / "log", "postgres", "postgres")
            with running_server("max_wal_size=1GB", log=disk / "log") as server:
                crowded(server, disk / "ballast")
    finally:
        shutil.rmtree(parent)


def crowded(server: Server, ballast: Path) -> None:
    """Write until the log of the server finds no place, which stops the whole server; then give space and start it again."""
    acknowledged: list[bytes] = []
    with Store.postgresql(server.address(server.fresh())) as store:
        said = fill(store, acknowledged)
        assert "\n" not in said
        assert "what was saved before is whole" in said
        assert len(acknowledged) > 50
        assert "No space left on device" in (server.folder / "server.log").read_text(encoding="utf-8", errors="replace")
        server.process.wait(30)  # it cannot even recover without space
        with pytest.raises(StoreError, match="cannot be reached"):
            append(store)
        ballast.unlink()
        server.start()
        there = hashes(store)
        assert there[: len(acknowledged)] == acknowledged  # behind them one may stand whose acknowledgement was cut off
        assert len(there) - len(acknowledged) <= 1
        there.append(append(store)[0].hash)
        assert hashes(store) == there


# Places that may only be read


@pytest.fixture
def shelf() -> Iterator[Path]:
    """A folder that somebody without rights can reach, which those of pytest are not."""
    folder = Path(tempfile.mkdtemp(prefix="tracktwo-shelf-"))
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def reading(path: Path) -> tuple[str, str]:
    """(how many entries somebody without rights reads, what he hears when he writes)."""
    process = writer.start(writer.command("SQLite", str(path), "read", nobody() or ""))
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    read, said = out.splitlines()
    return read, said


def record_of(path: Path, entries: int) -> Store:
    store = Store.sqlite(path)
    for _ in range(entries):
        append(store)
    return store


ONLY_READ = "the record cannot be read or written: it may only be read; what was saved before is whole"


@pytest.mark.parametrize("folder_mode", [0o777, 0o555], ids=["in a folder that may be written", "in a folder that may only be read"])
def test_a_file_that_may_only_be_read_is_read_and_says_so_when_written(shelf: Path, folder_mode: int) -> None:
    record_of(shelf / "record.sqlite", 3).close()
    before = (shelf / "record.sqlite").read_bytes()
    (shelf / "record.sqlite").chmod(0o444)
    shelf.chmod(folder_mode)
    assert reading(shelf / "record.sqlite") == ("3", ONLY_READ)
    assert (shelf / "record.sqlite").read_bytes() == before


def test_a_file_that_may_be_written_in_a_folder_that_may_not_is_only_read(shelf: Path) -> None:
    record_of(shelf / "record.sqlite", 3).close()
    (shelf / "record.sqlite").chmod(0o666)
    shelf.chmod(0o555)
    assert reading(shelf / "record.sqlite") == ("3", ONLY_READ)


def test_the_control_a_file_and_a_folder_that_may_be_written_are_written(shelf: Path) -> None:
    record_of(shelf / "record.sqlite", 3).close()
    (shelf / "record.sqlite").chmod(0o666)
    shelf.chmod(0o777)
    assert reading(shelf / "record.sqlite") == ("3", "4")


def test_what_stands_only_in_the_log_of_a_running_writer_is_read_too(shelf: Path) -> None:
    store = record_of(shelf / "record.sqlite", 3)
    for path in shelf.iterdir():
        path.chmod(stat.S_IMODE(path.stat().st_mode) | 0o044)
    shelf.chmod(0o555)
    assert reading(shelf / "record.sqlite") == ("3", ONLY_READ)
    store.close()


def test_a_file_that_may_not_be_read_at_all_is_one_sentence(shelf: Path) -> None:
    record_of(shelf / "record.sqlite", 1).close()
    assert stat.S_IMODE((shelf / "record.sqlite").stat().st_mode) == 0o600
    if nobody() is None:
        (shelf / "record.sqlite").chmod(0)
    process = writer.start(writer.command("SQLite", str(shelf / "record.sqlite"), "read", nobody() or ""))
    assert process.communicate(timeout=60)[1].splitlines()[-1].endswith("cannot be opened as a record: the file cannot be opened")


def test_a_database_that_is_opened_for_reading_makes_no_file_beside_it(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record_of(shelf / "record.sqlite", 2).close()
    monkeypatch.setattr(os, "access", lambda *_: False)
    shelf.chmod(0o555)
    connection = connect_sqlite(shelf / "record.sqlite")
    assert connection.execute("SELECT count(*) FROM tracktwo_entries").fetchone() == (2,)
    connection.close()


@pytest.mark.gate
def test_full_disks_of_two_four_and_eight_megabytes_lose_nothing(tmp_path: Path, figure: Callable[[str], None]) -> None:
    for size in (2, 4, 8):
        with small_disk(tmp_path / f"disk {size}", size * 1024) as disk:
            database = Database("SQLite", str(disk / "record.sqlite"))
            kept = starved(database, disk / "ballast")
            assert database.damage() == []
        figure(f"{size} MB: {kept} acknowledged, 0 lost, writing went on without a restart")
