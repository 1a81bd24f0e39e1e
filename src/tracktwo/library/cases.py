"""The case library: past initiatives, what of each was read in a source, and the methods they used."""

from __future__ import annotations

import functools
import json
from datetime import date
from pathlib import Path
from typing import Any

from tracktwo.model.case import Case
from tracktwo.model.finding import Evidence

DATA = Path(__file__).parent / "data"
COMPILED = date(2026, 11, 22)
"""The day for which the library speaks."""
DATASET = "tracktwo case library"
VERSION = "1"


class UnknownCase(KeyError):
    """An id under which the library has no case."""

    def __str__(self) -> str:
        return f"the case library has no case '{self.args[0]}'"


@functools.cache
def load_cases() -> tuple[Case, ...]:
    """Return all cases, in the order of their ids; those without a source are stubs (`Case.is_stub`) and never evidence."""
    lines = (DATA / "cases.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [Case.model_validate(_entry(json.loads(line))) for line in lines if line.strip()]
    return tuple(sorted(cases, key=lambda case: case.id))


@functools.cache
def load_methods() -> dict[str, str]:
    """Return each method by its slug, with one sentence on what it means, in order of the slugs."""
    methods: dict[str, str] = json.loads((DATA / "methods.json").read_text(encoding="utf-8"))
    return dict(sorted(methods.items()))


class CaseFileError(ValueError):
    """A file of a case published at home that cannot be read: one sentence with its name."""


def read_published(folder: Path) -> tuple[Case, ...]:
    """Read the cases that were published at home, `<id>.json` each, in the order of their ids; none where there is no such folder.

    Raises CaseFileError for a file that holds no case, or a case under another name than its own or one that the library already ships.
    """
    cases = []
    for path in sorted(folder.glob("*.json")):
        try:
            known = Case.model_validate(_entry(json.loads(path.read_text(encoding="utf-8"))))
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise CaseFileError(f"{path.name} holds no case of the library; publish it again or take it away") from error
        if known.id != path.stem:
            raise CaseFileError(f"{path.name} holds the case '{known.id}'; call the file {known.id}.json")
        if any(known.id == shipped.id for shipped in load_cases()):
            raise CaseFileError(f"{path.name} has the id of a case that ships with tracktwo; publish it under another id")
        cases.append(known)
    return tuple(sorted(cases, key=lambda case: case.id))


def case(id: str) -> Case:
    """Return the case with this id. Raises UnknownCase."""
    for known in load_cases():
        if known.id == id:
            return known
    raise UnknownCase(id)


def evidence_of(case: Case) -> Evidence:
    """Return a case as evidence: its first source that was seen at its publisher's address, else its first source.

    A source that was only seen at a re-host has no address here. Raises ValueError for a stub, which is no evidence.
    """
    if case.is_stub:
        raise ValueError(f"the case '{case.id}' has no source, so it cannot be evidence")
    source = next((source for source in case.sources if not source.copy_), case.sources[0])
    return Evidence(
        publisher=source.publisher or source.title,
        dataset=DATASET,
        version=VERSION,
        locator=case.id,
        as_of=COMPILED,
        url=None if source.copy_ else source.url,
        licence="Apache-2.0",
    )


def _entry(raw: dict[str, Any]) -> dict[str, Any]:
    """The file says `copy`, which is a method of every noun."""
    sources = [{("copy_" if key == "copy" else key): value for key, value in source.items()} for source in raw["sources"]]
    return {**raw, "sources": sources}
