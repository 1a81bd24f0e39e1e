"""Tables as publishers write them: plain or compressed, with commas, semicolons or tabs, in UTF-8, UTF-16 or Windows-1252, read by column name."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import json
import math
import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any, TextIO, cast

from tracktwo.model.world import Provenance

SHIPPED = Path(__file__).parent / "data"
"""The data that travels with tracktwo, one folder a publisher, each with its licence and provenance."""

GZIP_MAGIC = b"\x1f\x8b"
_BLOCK = 1 << 16
_QUOTED, _LONGEST = 80, 600
"""Letters of a quoted value that an error shows, and letters of the whole sentence."""

_DAMAGE = (csv.Error, UnicodeError, EOFError, OSError, zlib.error)
"""What reading a damaged file may raise."""

MOST_BYTES = 2 << 30
"""How much a file may hold, unpacked: ten times the largest that is known. A small archive can unfold without end."""
LONGEST_LINE = 16 << 20
"""Characters of a line: the longest that a publisher writes has a tenth of it."""

csv.field_size_limit(1 << 24)  # some events quote dozens of reports in one field, more than the module allows by default


class UnreadableSource(ValueError):
    """A file of outside data that cannot be read; the message is one sentence with the file, the line where known, and what would be right.

    A value that is quoted in it may be a whole damaged file: it is shown on one line and shortened.
    """

    def __init__(self, message: str) -> None:
        line = " ".join(message.split())
        short = re.sub(rf"(?<=\s)'([^']{{{_QUOTED}}})[^']*'", r"'\1 …'", line)
        super().__init__(short if len(short) <= _LONGEST else f"{short[:_LONGEST]} …")


@dataclass(frozen=True)
class Table:
    """A CSV file and where it comes from; nothing is read before it is asked for."""

    path: Path
    provenance: Provenance
    rows: int | None = None

    def records(self, columns: Sequence[str], optional: Sequence[str] = ()) -> Iterator[tuple[int, list[str]]]:
        """Yield the line number and the values of `columns` and then of `optional`, in that order, of every row. Raises UnreadableSource."""
        return read_records(self.path, columns, optional)


Resolve = Callable[[str], str | None]
"""From a name, an alpha-2 code or `GW 482` to alpha-3, as `Countries.find` answers it; None for what is no single present country."""


@dataclass(frozen=True)
class TableOfCountries:
    """A table whose rows speak of countries, read when it is first asked. All methods of its readers may raise UnreadableSource."""

    table: Table
    resolve: Resolve

    @property
    def source(self) -> Provenance:
        """Where the rows come from."""
        return self.table.provenance


def read_records(path: Path, columns: Sequence[str], optional: Sequence[str] = ()) -> Iterator[tuple[int, list[str]]]:
    """Yield the line number and the values of `columns` of every row, found by name whatever their order.

    They are followed by the values of `optional`, empty where the table has no such column. Raises UnreadableSource.
    """
    with open_text(path) as file:
        reader = csv.reader(lines_of(path, file), delimiter=delimiter_of(path, file))
        try:
            header = [name.strip() for name in next(reader, [])]
            places = [_place(path, header, column) for column in columns]
            extra = [header.index(column) if column in header else None for column in optional]
            for values in reader:
                if not values:
                    continue
                if len(values) != len(header):
                    place = f"{path.name}, line {reader.line_num}"
                    raise UnreadableSource(f"{place}: {len(values)} values for {len(header)} columns; the file may be cut off, download it anew")
                found = [values[place] for place in places]
                yield reader.line_num, found + ["" if place is None else values[place] for place in extra] if extra else found
        except _DAMAGE as error:
            raise UnreadableSource(f"{path.name}, line {reader.line_num + 1}: not readable as CSV ({error}); download the file anew") from error


def header_of(path: Path) -> list[str]:
    """Return the column names of a CSV file. Raises UnreadableSource."""
    with open_text(path) as file:
        reader = csv.reader(lines_of(path, file), delimiter=delimiter_of(path, file))
        try:
            return [name.strip() for name in next(reader, [])]
        except _DAMAGE as error:
            raise _no_csv(path, error) from error


def _no_csv(path: Path, error: Exception) -> UnreadableSource:
    return UnreadableSource(f"{path.name} is not readable as CSV ({error}); give a .csv or .csv.gz file as its publisher offers it")


def lines_of(path: Path, file: TextIO) -> Iterator[str]:
    """Yield the lines of an open text with their ends. Raises UnreadableSource at one that is too long to be meant."""
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            raise UnreadableSource(f"{path.name}, line {number} has more than {LONGEST_LINE:,} characters, as no publisher writes; download it anew")
        yield line


def delimiter_of(path: Path, file: TextIO) -> str:
    """What stands between the names of the first line: a comma, unless there are more semicolons or tabs, as spreadsheets save them."""
    try:
        line = file.readline(_BLOCK)
        file.seek(0)
    except _DAMAGE as error:
        raise _no_csv(path, error) from error
    return max((",", ";", "\t"), key=line.count)


@contextmanager
def open_text(path: Path) -> Iterator[TextIO]:
    """Open a text file, compressed or not, as UTF-16 where it is marked so, as UTF-8 where it is UTF-8, otherwise as Windows-1252.

    Raises UnreadableSource.
    """
    encoding = _encoding(path)
    with open_bytes(path) as raw, io.TextIOWrapper(raw, encoding=encoding, newline="") as text:
        yield text


def _encoding(path: Path) -> str:
    decoder = _utf8_decoder()
    with open_bytes(path) as raw:
        try:
            if raw.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
                return "utf-16"
            raw.seek(0)
            while block := raw.read(_BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
        except (EOFError, OSError, zlib.error) as error:
            raise UnreadableSource(f"{path.name} is damaged or cut off ({error}); download it anew") from error
    return "utf-8-sig"


def _utf8_decoder() -> codecs.IncrementalDecoder:
    return codecs.getincrementaldecoder("utf-8")()


class _Unpacked(io.RawIOBase):
    """The content of a gzip file up to `MOST_BYTES`."""

    def __init__(self, path: Path, packed: IO[bytes]) -> None:
        self._path, self._packed = path, packed
        self._file = gzip.GzipFile(fileobj=packed, mode="rb")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def readinto(self, buffer: Any) -> int:
        block = self._file.read(len(buffer))
        if self._file.tell() > MOST_BYTES:
            raise UnreadableSource(f"{self._path.name} unpacks to more than {MOST_BYTES >> 30} GiB, which no publisher's file does; download it anew")
        buffer[: len(block)] = block
        return len(block)

    def close(self) -> None:
        self._file.close()
        self._packed.close()
        super().close()


def open_bytes(path: Path) -> IO[bytes]:
    """Open a file, and its content where it is compressed with gzip. Raises UnreadableSource, also later where it unpacks to too much."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        raise UnreadableSource(f"{path} does not exist") from None
    except IsADirectoryError:
        raise UnreadableSource(f"{path} is a folder; give one file") from None
    except OSError as error:
        raise UnreadableSource(f"{path} cannot be read: {error.strerror}") from error
    magic = file.read(2)
    file.seek(0)
    if magic == GZIP_MAGIC:
        return cast(IO[bytes], io.BufferedReader(_Unpacked(path, file), _BLOCK))
    return file


def starts_with(path: Path, magic: bytes) -> bool:
    """Return whether a file begins with these bytes. Raises UnreadableSource."""
    try:
        with path.open("rb") as file:
            return file.read(len(magic)) == magic
    except FileNotFoundError:
        raise UnreadableSource(f"{path} does not exist") from None
    except OSError as error:
        raise UnreadableSource(f"{path} cannot be read: {error.strerror}") from error


def _place(path: Path, header: list[str], column: str) -> int:
    if column in header:
        return header.index(column)
    raise UnreadableSource(f"{path.name}, line 1: the column {column} is missing; the file should be as its publisher offers it")


def shipped_table(folder: str, name: str) -> Table:
    """Return the data set `name` of the shipped folder `folder`, as its PROVENANCE.json describes it."""
    entry = shipped_entries(folder)[name]
    return Table(SHIPPED / folder / entry["file"], provenance_of(entry), entry["rows"])


def shipped_entries(folder: str) -> dict[str, dict[str, Any]]:
    """Return what PROVENANCE.json in a shipped folder says of each data set."""
    entries: dict[str, dict[str, Any]] = json.loads((SHIPPED / folder / "PROVENANCE.json").read_text(encoding="utf-8"))
    return entries


def provenance_of(entry: dict[str, Any], *, own_download: bool = False) -> Provenance:
    """Return the provenance that a JSON entry holds."""
    return Provenance(
        publisher=entry["publisher"],
        dataset=entry["dataset"],
        version=entry["version"],
        as_of=date.fromisoformat(entry["as_of"]),
        licence=entry["licence"],
        url=entry.get("url"),
        own_download=own_download,
    )


def whole_number(text: str, *, table: str, line: int, column: str) -> int:
    """Return an integer, also where a publisher wrote it as 12.0. Raises UnreadableSource with the place."""
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise UnreadableSource(f"{table}, line {line}: {column} should be a number, not '{text}'")
    if number != int(number):
        raise UnreadableSource(f"{table}, line {line}: {column} should be a whole number, not '{text}'")
    return int(number)
