"""Reader of YAML that people write by hand: every value as text with the line on which it stands, every fault as one sentence.

Every scalar is read as text and given its type by a model, so `no` stays the language no and 2027-02 stays a month. Anchors and aliases are
refused: such files need none, and they are how small files become large ones.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic_core import ErrorDetails

from tracktwo.model.base import LINE
from tracktwo.sources.reasons import FieldPath, field_name, field_path, reason, shown

MAX_DEPTH = 12


class LinedError(ValueError):
    """A file that cannot be read. `problems` holds one sentence each; the message is the first."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(problems[0])


@dataclass(frozen=True)
class FileKind:
    """What sentences call a file of this kind, how many bytes it may have, and the error that is raised."""

    noun: str
    plural: str
    max_bytes: int
    error: type[LinedError]
    large: str = ""
    """What to do with a file that is too large."""
    missing: str = ""
    """What to do where the file does not exist; `{path}` is its path."""


def read_text(path: Path, kind: FileKind) -> str:
    """The text of a file in UTF-8. Raises the error of its kind."""
    if path.is_dir():
        raise kind.error([f"{path} is a folder; give the YAML file of the {kind.noun}"])
    try:
        with path.open("rb") as file:
            raw = file.read(kind.max_bytes + 1)
    except FileNotFoundError:
        raise kind.error([f"{path} does not exist{kind.missing.format(path=path)}"]) from None
    except OSError as error:
        raise kind.error([f"{path} cannot be read: {error.strerror}"]) from error
    if len(raw) > kind.max_bytes:
        size = path.stat().st_size
        raise kind.error([f"{path.name} has {size:,} bytes; a {kind.noun} has at most {kind.max_bytes:,}{kind.large}"])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise kind.error([f"{path.name} line {line}: the file is not UTF-8; save it as UTF-8 in your editor"]) from error


class LinedTree:
    """The YAML text as dicts, lists and strings, and the line on which each value stands."""

    def __init__(self, text: str, name: str, kind: FileKind) -> None:
        self.name = name
        self.kind = kind
        self.lines: dict[FieldPath, int] = {}
        if unreadable := yaml.reader.Reader.NON_PRINTABLE.search(text):
            line = text[: unreadable.start()].count("\n") + 1
            raise self.kind.error([f"{name} line {line}: holds the control character U+{ord(unreadable.group()):04X}; remove it"])
        try:
            self._events = iter(list(yaml.parse(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))))
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            where = f" line {mark.line + 1}" if mark else ""
            if mark and "\t" in _indent(text, mark.line):
                raise self.kind.error([f"{name}{where}: is indented with a tab; YAML takes spaces only"]) from error
            raise self.kind.error([f"{name}{where}: this is not YAML ({error.problem or error.context}); check indentation and quotes"]) from error
        except yaml.YAMLError as error:
            raise self.kind.error([f"{name}: this is not YAML ({error})".replace("\n", " ")]) from error
        self.value = self._document()

    def _document(self) -> Any:
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                value = self._build(next(self._events), (), 0)
                next(self._events)
                if isinstance(next(self._events), yaml.DocumentStartEvent):
                    raise self.kind.error([f"{self.name}: holds more than one YAML document (a line '---'); a file is one {self.kind.noun}"])
                return value
        return None

    def _build(self, event: yaml.Event, path: FieldPath, depth: int) -> Any:
        line = _line_of(event)
        self.lines[path] = line
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            told = f"YAML anchors and aliases (& and *) are not used in {self.kind.plural}; write the value out"
            raise self.kind.error([f"{self.name} line {line}: {told}"])
        if depth > MAX_DEPTH:
            raise self.kind.error([f"{self.name} line {line}: values are nested more than {MAX_DEPTH} deep, which no field of a {self.kind.noun} is"])
        if isinstance(event, yaml.ScalarEvent):
            plain = not event.style  # the two loaders of PyYAML write a plain scalar as None and as ''
            return None if plain and event.value in _NOTHING else event.value
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path, depth)
        return self._mapping(path, depth, line)

    def _sequence(self, path: FieldPath, depth: int) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._build(event, (*path, len(items)), depth + 1))
        return items

    def _mapping(self, path: FieldPath, depth: int, line: int) -> dict[str, Any]:
        items: dict[str, Any] = {LINE: line}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            at = _line_of(event)
            if not isinstance(event, yaml.ScalarEvent):
                raise self.kind.error([f"{self.name} line {at}: a field name is a plain word, not a list or a group"])
            key = event.value
            if key == LINE:
                raise self.kind.error([f"{self.name} line {at}: {LINE} is no field of a {self.kind.noun}"])
            if (*path, key) in self.lines:
                raise self.kind.error([f"{self.name} line {at}: '{shown(key)}' stands twice in the same place; keep one"])
            value = self._build(next(self._events), (*path, key), depth + 1)
            self.lines[(*path, key)] = at  # the line of the name: a text that begins below it is looked for by its field
            if value is not None:
                items[key] = value
        return items

    def line(self, path: FieldPath) -> int | None:
        """The line of the value at this path, or of the nearest value around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path)


_NOTHING = frozenset(("", "~", "null", "Null", "NULL"))


def _indent(text: str, number: int) -> str:
    """The white space before the words of line `number`, counted from zero."""
    line = text.split("\n")[number : number + 1]
    return line[0][: len(line[0]) - len(line[0].lstrip())] if line else ""


def _line_of(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def sentences(details: list[ErrorDetails], tree: LinedTree, schema: Mapping[str, Any]) -> Iterator[str]:
    """One sentence for each value at fault: of the answers of a union of types the first counts."""
    told: set[FieldPath] = set()
    for detail in details:
        if detail["type"] == "reference":
            for line, sentence in detail["ctx"]["loose"]:
                yield f"{tree.name} line {line}: {sentence}" if line else f"{tree.name}: {sentence}"
            continue
        path = field_path(detail)
        # Items that are wrong are not counted, so a list of wrong items would also be told to be empty.
        wrong_inside = detail["type"] == "too_short" and any(other[: len(path)] == path for other in told)
        if path in told or wrong_inside:
            continue
        told.add(path)
        line, field = tree.line(path), field_name(path)
        why = _why(detail, path, tree.kind.noun, schema)
        yield ", ".join(filter(None, (f"{tree.name} line {line}" if line else tree.name, field))) + f": {why}"


def _why(detail: ErrorDetails, path: FieldPath, noun: str, schema: Mapping[str, Any]) -> str:
    if detail["type"] == "extra_forbidden":
        return _no_such_field(path, noun, schema)
    if detail["type"] == "missing" and len(detail["loc"]) == 1:
        return f"is missing; every {noun} needs it"
    return reason(detail)


def _no_such_field(path: FieldPath, noun: str, schema: Mapping[str, Any]) -> str:
    known = _fields_at(path[:-1], schema)
    close = difflib.get_close_matches(str(path[-1]), known, n=1, cutoff=0.6)
    hint = f"; did you mean '{close[0]}'?" if close else f"; fields here: {', '.join(known)}" if known else ""
    return f"is no field of a {noun}{hint}"


def _fields_at(path: FieldPath, schema: Mapping[str, Any]) -> list[str]:
    """The field names that may stand at this place of a file, as a person writes them."""
    node = schema
    for part in path:
        node = node.get("items", {}) if isinstance(part, int) else node.get("properties", {}).get(part, {})
        node = next((option for option in node.get("anyOf", ()) if option.get("type") != "null"), node)
        if "$ref" in node:
            node = schema["$defs"][node["$ref"].rsplit("/", 1)[1]]
    return sorted(node.get("properties", {}))
