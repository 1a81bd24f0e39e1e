"""Rows of a CSV file or of the first sheet of an XLSX workbook, with their numbers, from a file that anybody may have made."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from tracktwo.model.base import nfc

MAX_BYTES = 4 * 1024 * 1024
MAX_UNPACKED = 64 * 1024 * 1024
"""Bytes that the parts of an XLSX file may have together: a small file can unpack to what no memory holds."""
MAX_ROWS = 20_000
MAX_COLUMNS = 256
"""The part of an XLSX sheet that is looked at: a sheet can claim a million rows of sixteen thousand empty cells."""

Rows = list[tuple[int, list[str]]]
"""Row number in the file and its cells, for every row that is not empty."""


class SheetError(ValueError):
    """A table that cannot be read: one sentence with file and row."""


def read_sheet(path: Path) -> Rows:
    """The rows of a file. Raises SheetError."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise SheetError(f"{path.name} does not exist") from None
    except IsADirectoryError:
        raise SheetError(f"{path.name} is a folder; give one file") from None
    except OSError as error:
        raise SheetError(f"{path.name} cannot be read: {error.strerror}") from error
    if len(raw) > MAX_BYTES:
        raise SheetError(f"{path.name} has more than {MAX_BYTES:,} bytes, the most that a table of people may have")
    return rows_of(path.name, raw, MAX_ROWS)


def rows_of(name: str, raw: bytes, most: int) -> Rows:
    """The rows of a file in memory, `most` of them and one more at most; `name` says by its end whether it is a workbook. Raises SheetError."""
    read = _xlsx if name.lower().endswith((".xlsx", ".xlsm")) else _csv
    found: Rows = []
    for row, cells in read(name, raw):
        if any(cells):
            found.append((row, cells))
        if len(found) > most:
            break
    return found


def _csv(name: str, raw: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise SheetError(f"{name} row {line}: the file is not UTF-8; export it as 'CSV UTF-8'") from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    head = text.lstrip("\n").split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), strict=True)  # else an open quote would swallow people
    row = 1
    try:
        for cells in reader:
            yield row, [nfc(cell) for cell in cells]
            row = reader.line_num + 1
    except csv.Error as error:
        raise SheetError(f"{name} row {row}: this is not CSV ({error})") from error


def _xlsx(name: str, raw: bytes) -> Iterator[tuple[int, list[str]]]:
    import openpyxl  # only who brings a workbook waits for its reader, and has it in memory

    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
        if unpacked > MAX_UNPACKED:
            raise SheetError(f"{name} unpacks to {unpacked:,} bytes; a table has at most {MAX_UNPACKED:,}")
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        for number, cells in enumerate(book.worksheets[0].iter_rows(values_only=True, max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS), 1):
            if number > MAX_ROWS:
                raise SheetError(f"{name} has more than {MAX_ROWS:,} rows; delete the empty ones")
            yield number, [_cell(cell) for cell in cells]
        book.close()
    except (SheetError, GeneratorExit):
        raise
    except Exception as error:  # openpyxl lets through whatever its parts raise on a damaged file: KeyError, TypeError, zlib.error, ParseError …
        raise SheetError(f"{name} is no readable XLSX workbook; save it again as .xlsx or as CSV") from error


def _cell(value: object) -> str:
    if value is None:
        return ""
    return nfc(value.date().isoformat() if hasattr(value, "date") else str(value))
