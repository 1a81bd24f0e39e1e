"""Reader of briefs: one YAML page in, a `Brief` out, or sentences that name line and field.

Every scalar is read as text and given its type by the model, so `no` stays the language no and 2027-02 stays a month. Anchors and
aliases are refused: a brief needs none, and they are how small files become large ones.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from tracktwo.model.base import LINE
from tracktwo.model.brief import Brief
from tracktwo.sources.roster import RosterError, read_roster

MAX_BYTES = 256 * 1024
"""A brief is a page or a few; a file above this size is something else."""
MAX_DEPTH = 12

Path_ = tuple[str | int, ...]


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
    try:
        people = read_roster(path.parent / brief.roster, resolve_country, sides=[side.id for side in brief.sides])
    except RosterError as error:
        raise BriefError([str(error)]) from error
    return brief.model_copy(update={"invited": (*brief.invited, *people)})


def parse_brief(text: str, name: str, resolve_country: Callable[[str], str]) -> Brief:
    """Read a brief from YAML text; `name` is how errors call it. Raises BriefError."""
    tree = _Tree(text, name)
    data = tree.value
    if not isinstance(data, dict):
        raise BriefError([f"{name}: a brief is a list of fields such as 'title: …' and 'parties: …'; see 'tracktwo brief new'"])
    try:
        brief = Brief.model_validate(data, context={"resolve_country": resolve_country})
    except ValidationError as error:
        raise BriefError([_sentence(detail, tree) for detail in error.errors()]) from error
    return brief


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
        self.lines: dict[Path_, int] = {}
        try:
            self._events = iter(list(yaml.parse(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))))
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            where = f" line {mark.line + 1}" if mark else ""
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

    def _build(self, event: yaml.Event, path: Path_, depth: int) -> Any:
        line = event.start_mark.line + 1
        self.lines[path] = line
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise BriefError([f"{self.name} line {line}: YAML anchors and aliases (& and *) are not used in briefs; write the value out"])
        if depth > MAX_DEPTH:
            raise BriefError([f"{self.name} line {line}: values are nested more than {MAX_DEPTH} deep, which no field of a brief is"])
        if isinstance(event, yaml.ScalarEvent):
            plain_nothing = event.style is None and event.value in ("", "~", "null")
            return None if plain_nothing else event.value
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path, depth)
        return self._mapping(path, depth, line)

    def _sequence(self, path: Path_, depth: int) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._build(event, (*path, len(items)), depth + 1))
        return items

    def _mapping(self, path: Path_, depth: int, line: int) -> dict[str, Any]:
        items: dict[str, Any] = {LINE: line}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            at = event.start_mark.line + 1
            if not isinstance(event, yaml.ScalarEvent):
                raise BriefError([f"{self.name} line {at}: a field name is a plain word, not a list or a group"])
            key = event.value
            if key in items:
                raise BriefError([f"{self.name} line {at}: '{key}' stands twice in the same place; keep one"])
            value = self._build(next(self._events), (*path, key), depth + 1)
            self.lines[(*path, key)] = at
            if value is not None:
                items[key] = value
        return items

    def line(self, path: Path_) -> int | None:
        """The line of the value at this path, or of the nearest value around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path)


def _sentence(detail: ErrorDetails, tree: _Tree) -> str:
    path: Path_ = tuple(part for part in detail["loc"] if part != LINE)
    line = tree.line(path)
    where = f"{tree.name} line {line}" if line else tree.name
    field = _field(path)
    if detail["type"] == "reference":
        return f"{tree.name} line {detail['ctx']['line']}: {detail['ctx']['sentence']}" if detail["ctx"]["line"] else f"{where}: {detail['ctx']['sentence']}"
    return f"{where}, {field}: {_reason(detail)}" if field else f"{where}: {_reason(detail)}"


def _field(path: Path_) -> str:
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def _reason(detail: ErrorDetails) -> str:
    kind, context, value = detail["type"], detail.get("ctx", {}), detail["input"]
    if kind == "missing":
        return "is missing; every brief needs it" if len(detail["loc"]) == 1 else "is missing"
    if kind == "extra_forbidden":
        return _no_such_field(detail)
    if kind == "literal_error":
        return f"should be {context['expected']}, not '{value}'"
    if kind.startswith("date"):
        return f"should be a date of the calendar written YYYY-MM-DD, not '{value}'"
    if kind.startswith(("int", "decimal", "float")):
        return f"should be a number, not '{value}'"
    if kind in ("greater_than", "greater_than_equal", "less_than", "less_than_equal"):
        return f"{detail['msg'][0].lower()}{detail['msg'][1:].replace('input ', '')}, not {value}"
    if kind == "string_pattern_mismatch":
        return f"'{value}' is not of the expected form ({_PATTERNS.get(context['pattern'], context['pattern'])})"
    if kind in ("tuple_type", "too_short"):
        return "should be a list: one line for each item, starting with '- '"
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return f"should be a group of fields such as 'name: …', not '{value}'"
    return detail["msg"].removeprefix("Value error, ").removeprefix("Input ")


_PATTERNS = {
    r"^[a-z0-9][a-z0-9-]{0,39}$": "small letters, digits and hyphens, such as north or armed-groups",
    r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$": "a language code such as fr, ar or zh-Hant",
    r"^[A-Z]{3}$": "a currency code such as EUR",
    r"^[a-z0-9][a-z0-9-]{0,29}$": "small letters, digits and hyphens",
}


def _no_such_field(detail: ErrorDetails) -> str:
    name = str(detail["loc"][-1])
    known = _fields_at(detail["loc"][:-1])
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    hint = f"; did you mean '{close[0]}'?" if close else f"; fields here: {', '.join(known)}" if known else ""
    return f"is no field of a brief{hint}"


def _fields_at(path: tuple[int | str, ...]) -> list[str]:
    """The field names that may stand at this place of a brief, as a person writes them."""
    schema = Brief.model_json_schema(by_alias=True)
    node: Mapping[str, Any] = schema
    for part in path:
        node = node.get("items", {}) if isinstance(part, int) else node.get("properties", {}).get(part, {})
        node = next((option for option in node.get("anyOf", ()) if option.get("type") != "null"), node)
        if "$ref" in node:
            node = schema["$defs"][node["$ref"].rsplit("/", 1)[1]]
    return sorted(node.get("properties", {}))
