"""Reader of briefs: one YAML page in, a `Brief` out, or sentences that name line and field.

Every scalar is read as text and given its type by the model, so `no` stays the language no and 2027-02 stays a month. Anchors and
aliases are refused: a brief needs none, and they are how small files become large ones.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path, PurePath
from typing import Any

from pydantic import TypeAdapter, ValidationError

from tracktwo.model.brief import Brief
from tracktwo.sources.lined import FileKind, LinedError, LinedTree, read_text, sentences
from tracktwo.sources.reasons import shown
from tracktwo.sources.roster import RosterError, read_roster

MAX_BYTES = 256 * 1024
"""A brief is a page or a few; a file above this size is something else."""


class BriefError(LinedError):
    """A brief that cannot be read. `problems` holds one sentence each; the message is the first."""


_KIND = FileKind(
    "brief",
    "briefs",
    MAX_BYTES,
    BriefError,
    " (move long texts to files named under documents)",
    "; write one with 'tracktwo brief new {path}'",
)


def read_brief(path: Path, resolve_country: Callable[[str], str]) -> Brief:
    """Read a brief, and the roster that it names, from a YAML file.

    `resolve_country` turns whatever a person wrote into an alpha-3 code, or raises ValueError with a sentence.
    Raises BriefError.
    """
    brief = parse_brief(read_text(path, _KIND), path.name, resolve_country)
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
    tree = LinedTree(text, name, _KIND)
    data = tree.value
    if data is None:
        raise BriefError([f"{name} is empty; a brief begins with 'title: …' and 'parties: …', see 'tracktwo brief new'"])
    if not isinstance(data, dict):
        raise BriefError([f"{name}: a brief is a list of fields such as 'title: …' and 'parties: …'; see 'tracktwo brief new'"])
    try:
        brief = Brief.model_validate(data, context={"resolve_country": resolve_country})
    except ValidationError as error:
        raise BriefError(list(dict.fromkeys(sentences(error.errors(), tree, _schema())))) from error
    return brief


def parse_part(text: str, name: str, kind: Any, resolve_country: Callable[[str], str]) -> Any:
    """Read one part of a brief by itself from YAML text, as its type `kind` has it: a noun or a tuple of nouns; None where nothing is written.

    Lines are counted within the part. Raises BriefError.
    """
    tree = LinedTree(text, name, _KIND)
    if tree.value is None:
        return None
    try:
        return TypeAdapter(kind).validate_python(tree.value, context={"resolve_country": resolve_country})
    except ValidationError as error:
        raise BriefError(list(dict.fromkeys(sentences(error.errors(), tree, _schema())))) from error


@cache
def _schema() -> Mapping[str, Any]:
    return Brief.model_json_schema(by_alias=True)
