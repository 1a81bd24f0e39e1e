"""Reader of briefs: one YAML page in, a `Brief` out, or sentences that name line and field.

Every scalar is read as text and given its type by the model, so `no` stays the language no and 2027-02 stays a month. Anchors and
aliases are refused: a brief needs none, and they are how small files become large ones.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path, PurePath
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from tracktwo.model.base import LINE
from tracktwo.model.brief import Brief
from tracktwo.sources.reasons import FieldPath, field_name, field_path, reason, shown
from tracktwo.sources.roster import RosterError, read_roster

MAX_BYTES = 256 * 1024
"""A brief is a page or a few; a file above this size is something else."""
MAX_DEPTH = 12


class BriefError(ValueError):
    """A brief that cannot be read. `problems` holds one sentence each; the message is the first."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(problems[0])


def read_brief(path: Path, resolve_country: Callable[[str], str]) -> Brief:
    """Read a brief, and the roster that it names, from a YAML file.

    `resolve_country` turns whatever a person wrote into an alpha-3 code, or raises ValueError with a sentence.
    Raises BriefError.
    """
    brief = parse_brief(_text(path), path.name, resolve_country)
    if brief.roster is None:
        return brief
    roster = PurePath(brief.roster)
    if roster.is_absolute() or ".." in roster.parts:
        # A brief comes from elsewhere; what it names must not reach into the rest of the reader's disk.
        raise BriefError([f"{path.name}, roster: '{shown(brief.roster)}' leads out of the brief's folder; put the roster beside the brief"])
    try:
        people = read_roster(path.parent / roster, resolve_country, sides=[side.id for side in brief.sides])
    except RosterError as error:
        raise BriefError([str(error)]) from error
    return brief.model_copy(update={"invited": (*brief.invited, *people)})


def parse_brief(text: str, name: str, resolve_country: Callable[[str], str]) -> Brief:
    """Read a brief from YAML text; `name` is how errors call it. Raises BriefError."""
    tree = _Tree(text, name)
    data = tree.value
    if data is None:
        raise BriefError([f"{name} is empty; a brief begins with 'title: …' and 'parties: …', see 'tracktwo brief new'"])
    if not isinstance(data, dict):
        raise BriefError([f"{name}: a brief is a list of fields such as 'title: …' and 'parties: …'; see 'tracktwo brief new'"])
    try:
        brief = Brief.model_validate(data, context={"resolve_country": resolve_country})
    except ValidationError as error:
        raise BriefError(list(dict.fromkeys(_sentences(error.errors(), tree)))) from error
    return brief


def parse_part(text: str, name: str, kind: Any, resolve_country: Callable[[str], str]) -> Any:
    """Read one part of a brief by itself from YAML text, as its type `kind` has it: a noun or a tuple of nouns; None where nothing is written.

    Lines are counted within the part. Raises BriefError.
    """
    tree = _Tree(text, name)
    if tree.value is None:
        return None
    try:
        return TypeAdapter(kind).validate_python(tree.value, context={"resolve_country": resolve_country})
    except ValidationError as error:
        raise BriefError(list(dict.fromkeys(_sentences(error.errors(), tree)))) from error


def _text(path: Path) -> str:
    if path.is_dir():
        raise BriefError([f"{path} is a folder; give the YAML file of the brief"])
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise BriefError([f"{path} does not exist; write one with 'tracktwo brief new {path}'"]) from None
    except OSError as error:
        raise BriefError([f"{path} cannot be read: {error.strerror}"]) from error
    if len(raw) > MAX_BYTES:
        size = path.stat().st_size
        raise BriefError([f"{path.name} has {size:,} bytes; a brief has at most {MAX_BYTES:,} (move long texts to files named under documents)"])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise BriefError([f"{path.name} line {line}: the file is not UTF-8; save it as UTF-8 in your editor"]) from error


class _Tree:
    """The YAML text as dicts, lists and strings, and the line on which each value stands."""

    def __init__(self, text: str, name: str) -> None:
        self.name = name
        self.lines: dict[FieldPath, int] = {}
        if unreadable := yaml.reader.Reader.NON_PRINTABLE.search(text):
            line = text[: unreadable.start()].count("\n") + 1
            raise BriefError([f"{name} line {line}: holds the control character U+{ord(unreadable.group()):04X}; remove it"])
        try:
            self._events = iter(list(yaml.parse(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))))
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            where = f" line {mark.line + 1}" if mark else ""
            if mark and "\t" in _indent(text, mark.line):
                raise BriefError([f"{name}{where}: is indented with a tab; YAML takes spaces only"]) from error
            raise BriefError([f"{name}{where}: this is not YAML ({error.problem or error.context}); check indentation and quotes"]) from error
        except yaml.YAMLError as error:
            raise BriefError([f"{name}: this is not YAML ({error})".replace("\n", " ")]) from error
        self.value = self._document()

    def _document(self) -> Any:
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                value = self._build(next(self._events), (), 0)
                next(self._events)
                if isinstance(next(self._events), yaml.DocumentStartEvent):
                    raise BriefError([f"{self.name}: holds more than one YAML document (a line '---'); a file is one brief"])
                return value
        return None

    def _build(self, event: yaml.Event, path: FieldPath, depth: int) -> Any:
        line = _line_of(event)
        self.lines[path] = line
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise BriefError([f"{self.name} line {line}: YAML anchors and aliases (& and *) are not used in briefs; write the value out"])
        if depth > MAX_DEPTH:
            raise BriefError([f"{self.name} line {line}: values are nested more than {MAX_DEPTH} deep, which no field of a brief is"])
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
                raise BriefError([f"{self.name} line {at}: a field name is a plain word, not a list or a group"])
            key = event.value
            if key == LINE:
                raise BriefError([f"{self.name} line {at}: {LINE} is no field of a brief"])
            if (*path, key) in self.lines:
                raise BriefError([f"{self.name} line {at}: '{shown(key)}' stands twice in the same place; keep one"])
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


def _sentences(details: list[ErrorDetails], tree: _Tree) -> Iterator[str]:
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
        why = _no_such_field(path) if detail["type"] == "extra_forbidden" else reason(detail)
        yield ", ".join(filter(None, (f"{tree.name} line {line}" if line else tree.name, field))) + f": {why}"


def _no_such_field(path: FieldPath) -> str:
    known = _fields_at(path[:-1])
    close = difflib.get_close_matches(str(path[-1]), known, n=1, cutoff=0.6)
    hint = f"; did you mean '{close[0]}'?" if close else f"; fields here: {', '.join(known)}" if known else ""
    return f"is no field of a brief{hint}"


@cache
def _schema() -> Mapping[str, Any]:
    return Brief.model_json_schema(by_alias=True)


def _fields_at(path: FieldPath) -> list[str]:
    """The field names that may stand at this place of a brief, as a person writes them."""
    node = _schema()
    for part in path:
        node = node.get("items", {}) if isinstance(part, int) else node.get("properties", {}).get(part, {})
        node = next((option for option in node.get("anyOf", ()) if option.get("type") != "null"), node)
        if "$ref" in node:
            node = _schema()["$defs"][node["$ref"].rsplit("/", 1)[1]]
    return sorted(node.get("properties", {}))
