"""Files of lists, opened with care: a stranger may have made them, so whatever is without end or reaches outside is refused in one sentence."""

from __future__ import annotations

import csv
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from tracktwo.sources.table import MOST_BYTES, UnreadableSource, delimiter_of, lines_of, open_bytes, open_text, starts_with

_ZIP_MAGIC = b"PK\x03\x04"
_TASTE = 1 << 16
_BLOCK = 1 << 16
_DAMAGE = (csv.Error, UnicodeError, EOFError, OSError, zlib.error)

LONGEST_RECORD = 64 << 20
"""Bytes between the start and the end of one record in XML; the tables of codes in OFAC's file have about one million."""
_LONGEST_MARK = 16 << 20
_DEEPEST = 64
_MOST_NAMES = 2000


@dataclass(frozen=True)
class Taste:
    """What can be seen of a file without reading it through."""

    path: Path
    beginning: str
    first: tuple[str, ...]
    """The values of the first line, read as CSV."""

    @property
    def root(self) -> str | None:
        """The name of the outermost element where the file is XML, without its namespace."""
        found = re.search(r"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)", re.sub(r"<!--.*?-->|<\?.*?\?>", "", self.beginning, flags=re.DOTALL))
        return found[1] if found and self.beginning.lstrip("\ufeff \r\n\t").startswith("<") else None

    def has(self, *columns: str) -> bool:
        """Return whether the first line names all of these columns."""
        return set(columns) <= set(self.first)


def taste(path: Path) -> Taste:
    """Return how a file begins. Raises UnreadableSource where it is empty, an archive, or cannot be opened."""
    if path.is_file() and path.stat().st_size == 0:
        raise UnreadableSource(f"{path.name} is empty; download it anew")
    if starts_with(path, _ZIP_MAGIC):
        raise UnreadableSource(f"{path.name} is a zip archive or a spreadsheet; unpack it, or save the table as CSV, and give the file in it")
    with open_bytes(path) as file:
        try:
            block = file.read(_TASTE)
        except _DAMAGE as error:
            raise UnreadableSource(f"{path.name} is damaged or cut off ({error}); download it anew") from error
    wide = block[:2] in (b"\xff\xfe", b"\xfe\xff")
    beginning = block.decode("utf-16" if wide else "utf-8-sig", errors="replace")
    line = re.split(r"\r\n|\r|\n", beginning, maxsplit=1)[0]
    delimiter = max((",", ";", "\t"), key=line.count)
    try:
        first = tuple(value.strip() for value in next(csv.reader([line], delimiter=delimiter), []))
    except csv.Error:
        first = ()
    return Taste(path, beginning, first)


def read_rows(path: Path, *, delimiter: str | None = None, utf8: bool = True) -> Iterator[tuple[int, list[str]]]:
    """Yield the line number and the values of every row of a CSV file, empty rows left out.

    `utf8` says that the publisher writes nothing but UTF-8 (or UTF-16 with its mark), so that other bytes are damage; else they are read as
    Windows-1252. Raises UnreadableSource.
    """
    with open_text(path) as file:
        if utf8 and file.encoding == "cp1252":
            raise UnreadableSource(f"{path.name} is not encoded as UTF-8, so its names would be read wrongly; download it anew")
        reader = csv.reader(_without_nul(path, lines_of(path, file)), delimiter=delimiter or delimiter_of(path, file))
        try:
            for values in reader:
                if values:
                    yield reader.line_num, values
        except _DAMAGE as error:
            raise UnreadableSource(f"{path.name}, line {reader.line_num + 1}: not readable as CSV ({error}); download the file anew") from error


def read_columns(path: Path, needed: Sequence[str], *, delimiter: str | None = None, utf8: bool = True) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the line number and the values by column of every row but the header, as `read_rows` reads them, without white space around them.

    Raises UnreadableSource where one of the columns `needed` is missing, or a row has more or fewer values than there are columns.
    """
    columns: list[str] = []
    for line, values in read_rows(path, delimiter=delimiter, utf8=utf8):
        if not columns:
            columns = [value.strip() for value in values]
            missing = [column for column in needed if column not in columns]
            if missing:
                raise UnreadableSource(f"{path.name}, line {line}: the column {missing[0]} is missing; the file should be as its publisher offers it")
        elif len(values) != len(columns):
            place = f"{path.name}, line {line}"
            raise UnreadableSource(f"{place}: {len(values)} values for {len(columns)} columns; the file may be cut off, download it anew")
        else:
            yield line, {column: value.strip() for column, value in zip(columns, values, strict=True)}


def _without_nul(path: Path, lines: Iterator[str]) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        if "\0" in line:
            raise UnreadableSource(f"{path.name}, line {number} holds a character that no text has (NUL); the file is damaged, download it anew")
        yield line


def read_elements(path: Path, names: frozenset[str]) -> Iterator[Element]:
    """Yield the outermost element without what is in it, then every element called one of `names`, whole, in the order of the file.

    Names are without namespaces. Nothing else is kept, so that memory stays small whatever the size of the file. Raises UnreadableSource for
    what is no well-formed XML, and for a document type, since only a file that means harm declares entities here.
    """
    records = _Records(path, names)
    parser = expat.ParserCreate(None, "}", None)
    parser.buffer_text = True
    parser.StartElementHandler = records.start
    parser.EndElementHandler = records.end
    parser.CharacterDataHandler = records.text
    parser.StartDoctypeDeclHandler = records.refuse
    parser.EntityDeclHandler = records.refuse
    fed = 0
    with open_bytes(path) as file:
        try:
            while block := file.read(_BLOCK):
                parser.Parse(block, False)
                fed += len(block)
                if fed > MOST_BYTES:
                    raise UnreadableSource(f"{path.name} holds more than {MOST_BYTES >> 30} GiB, which no list does; download it anew")
                records.measure(fed, parser.CurrentByteIndex)
                yield from records.taken()
            parser.Parse(b"", True)
            yield from records.taken()
        except expat.ExpatError as error:
            why = f"line {error.lineno}: not well-formed XML ({expat.ErrorString(error.code)})"
            raise UnreadableSource(f"{path.name}, {why}; the file may be cut off, download it anew") from error
        except _DAMAGE as error:
            raise UnreadableSource(f"{path.name} is damaged or cut off ({error}); download it anew") from error
        except (LookupError, ValueError) as error:  # of the parser, for an encoding that is declared and does not exist or has no fixed width
            if isinstance(error, UnreadableSource):
                raise
            raise UnreadableSource(f"{path.name} declares an encoding that cannot be read ({error}); download it anew") from error


class _Records:
    """What an XML parser has seen: the records that are whole, and the one that is being built."""

    def __init__(self, path: Path, names: frozenset[str]) -> None:
        self._path, self._wanted = path, names
        self._whole: list[Element] = []
        self._builder: TreeBuilder | None = None
        self._depth = 0
        self._began_at = 0
        self._inside = 0
        self._locals: dict[str, str] = {}
        self._index = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = self._locals.get(name) or self._learned(name)
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._unlike_a_list()
        own = {self._locals.get(key) or self._learned(key): value for key, value in attributes.items()}
        if self._depth == 1:
            self._whole.append(Element(local, own))
        elif self._builder is None and local in self._wanted:
            self._builder, self._inside, self._began_at = TreeBuilder(), 0, self._index
        if self._builder is not None:
            self._inside += 1
            self._builder.start(local, own)

    def end(self, name: str) -> None:
        self._depth -= 1
        if self._builder is not None:
            self._inside -= 1
            self._builder.end(self._locals[name])
            if self._inside == 0:
                self._whole.append(self._builder.close())
                self._builder = None

    def text(self, data: str) -> None:
        if self._builder is not None:
            self._builder.data(data)

    def refuse(self, *_declared: object) -> None:
        raise UnreadableSource(f"{self._path.name} declares a document type or entities, which no list does and which can do harm; download it anew")

    def measure(self, fed: int, reached: int) -> None:
        """Refuse a mark or a record that does not end: `fed` bytes were given, of which the parser has understood `reached`."""
        self._index = fed
        if fed - max(reached, 0) > _LONGEST_MARK:
            raise UnreadableSource(f"{self._path.name} holds a tag of more than {_LONGEST_MARK >> 20} MiB, which no list does; download it anew")
        if self._builder is not None and fed - self._began_at > LONGEST_RECORD:
            raise UnreadableSource(f"{self._path.name} holds an entry of more than {LONGEST_RECORD >> 20} MiB, which no list does; download it anew")

    def _learned(self, name: str) -> str:
        """The name of an element or attribute without its namespace, seen for the first time."""
        if len(self._locals) >= _MOST_NAMES:
            raise self._unlike_a_list()
        local = self._locals[name] = name.rpartition("}")[2]
        return local

    def _unlike_a_list(self) -> UnreadableSource:
        return UnreadableSource(f"{self._path.name} nests its elements deeper, or names more of them, than any list does; download it anew")

    def taken(self) -> list[Element]:
        whole, self._whole = self._whole, []
        return whole


def text_of(element: Element | None) -> str:
    """Return what an element says on one line; empty for none."""
    return " ".join((element.text or "").split()) if element is not None else ""
