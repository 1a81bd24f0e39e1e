"""The dossier as data: `dossier.json`, format `dossier/1`, and its JSON Schema."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from tracktwo.dossier.alternative import Alternative, alternative
from tracktwo.dossier.language import Span, Voice
from tracktwo.model.brief import Challenge
from tracktwo.model.exhibit import AnyExhibit, Section
from tracktwo.model.finding import Evidence, Finding, Kind, Severity
from tracktwo.model.rows import ALL_ROWS, Consideration
from tracktwo.model.world import SourceState
from tracktwo.record.gate import Released, ReleasedPerson


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SidePart(_Part):
    """A side, by its id in the brief."""

    id: str
    name: str


class PersonPart(_Part):
    """A person or organisation, by code; the name only where names were asked for."""

    code: str
    name: str | None
    kind: str
    sides: list[str]
    invited: bool
    fictional: bool


class EvidencePart(_Part):
    """Where a statement comes from."""

    publisher: str
    dataset: str
    version: str | None
    locator: str | None
    as_of: date
    url: str | None
    licence: str | None


class FindingPart(_Part):
    """A finding: the statement in the dossier's language, and the code and parameters behind it."""

    id: str = Field(pattern="^f[0-9a-f]{12}$")
    code: str
    rows: list[str] = Field(min_length=1)
    kind: Kind
    severity: Severity
    statement: str
    params: dict[str, JsonValue]
    as_of: date
    next_step: str | None
    ask: list[str]
    decision: str | None
    evidence: list[EvidencePart]


class AlternativePart(_Part):
    """What an exhibit says in words: a summary and a table."""

    summary: str
    header: list[str]
    lines: list[list[str]]


class ExhibitPart(_Part):
    """A table or figure: its data as computed, and its alternative in words."""

    consideration: Consideration
    row: str
    type: str
    title: str
    data: dict[str, JsonValue]
    alternative: AlternativePart
    evidence: list[EvidencePart]


class SourcePart(_Part):
    """A source and whether it could be used."""

    name: str
    state: Literal["ready", "absent", "old", "unreadable"]
    reason: str | None
    rows: int | None
    publisher: str | None
    dataset: str | None
    version: str | None
    as_of: date | None
    url: str | None
    licence: str | None
    own_download: bool


class Dossier(_Part):
    """The whole dossier. `rows` holds every row of the checklist, each with the ids of the findings that answer it."""

    format: Literal["dossier/1"]
    software: str
    title: str
    challenge: Challenge
    fictional: bool
    names_people: bool
    written: date
    as_of: date
    language: str
    sides: list[SidePart]
    people: list[PersonPart]
    rows: dict[str, list[str]]
    findings: list[FindingPart]
    exhibits: list[ExhibitPart]
    sources: list[SourcePart]


def dossier(released: Released, voice: Voice) -> Dossier:
    """The dossier of a released initiative in the words of a voice. Raises MissingMessage."""
    findings = each_once(released.sections)
    return Dossier(
        format="dossier/1",
        software=released.software,
        title=released.title,
        challenge=released.challenge,
        fictional=released.fictional,
        names_people=released.names_people,
        written=released.written,
        as_of=released.as_of,
        language=voice.language,
        sides=[SidePart(id=side, name=name) for side, name in released.sides],
        people=[_person(person) for person in released.people],
        rows={row: [finding.id for finding in findings if row in finding.rows] for row in ALL_ROWS},
        findings=[_finding(finding, voice) for finding in findings],
        exhibits=[_exhibit(section.consideration, exhibit, voice) for section in released.sections for exhibit in section.exhibits],
        sources=[_source(source) for source in released.sources],
    )


def dossier_json(released: Released, voice: Voice) -> bytes:
    """`dossier.json`: UTF-8, keys sorted, indented by one, a newline at the end; the same input gives the same bytes."""
    return _written(dossier(released, voice).model_dump(mode="json"))


def dossier_schema() -> bytes:
    """The JSON Schema (2020-12) of `dossier.json`, written in the same way."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Dossier.model_json_schema(mode="serialization")}
    schema["properties"]["rows"] = {
        "type": "object",
        "title": "Rows",
        "additionalProperties": False,
        "required": list(ALL_ROWS),
        "properties": {row: {"type": "array", "items": {"type": "string", "pattern": "^f[0-9a-f]{12}$"}} for row in ALL_ROWS},
    }
    return _written(schema)


def each_once(sections: Iterable[Section]) -> list[Finding]:
    """Every finding of the sections, in order, the same finding once."""
    return list({finding.id: finding for section in sections for finding in section.findings}.values())


def _written(content: Any) -> bytes:
    return (json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def _person(person: ReleasedPerson) -> PersonPart:
    return PersonPart(
        code=person.code, name=person.name, kind=person.kind, sides=list(person.sides), invited=person.invited, fictional=person.fictional
    )


def _evidence(evidence: Iterable[Evidence]) -> list[EvidencePart]:
    return [EvidencePart(**item.model_dump()) for item in evidence]


def _finding(finding: Finding, voice: Voice) -> FindingPart:
    return FindingPart(
        id=finding.id,
        code=finding.code,
        rows=list(finding.rows),
        kind=finding.kind,
        severity=finding.severity,
        statement=voice.say(finding.message),
        params=finding.message.model_dump(mode="json")["params"],
        as_of=finding.as_of,
        next_step=voice.say(finding.next_step) if finding.next_step else None,
        ask=[voice.word(param) for param in finding.ask],
        decision=voice.word(finding.decision) if finding.decision else None,
        evidence=_evidence(finding.evidence),
    )


def _exhibit(consideration: Consideration, exhibit: AnyExhibit, voice: Voice) -> ExhibitPart:
    return ExhibitPart(
        consideration=consideration,
        row=exhibit.row,
        type=exhibit.type,
        title=voice.say(exhibit.title),
        data=exhibit.model_dump(mode="json", exclude={"row", "type", "title", "evidence", "personal"}),
        alternative=_alternative(alternative(exhibit, voice)),
        evidence=_evidence(exhibit.evidence),
    )


def _alternative(words: Alternative) -> AlternativePart:
    return AlternativePart(
        summary=_text(words.summary), header=[cell.text for cell in words.header], lines=[[cell.text for cell in line] for line in words.lines]
    )


def _text(spans: Iterable[Span]) -> str:
    return "".join(span.text for span in spans)


def _source(source: SourceState) -> SourcePart:
    origin = source.provenance
    return SourcePart(
        name=source.name,
        state=source.state,
        reason=source.reason,
        rows=source.rows,
        publisher=origin.publisher if origin else None,
        dataset=origin.dataset if origin else None,
        version=origin.version if origin else None,
        as_of=origin.as_of if origin else None,
        url=origin.url if origin else None,
        licence=origin.licence if origin else None,
        own_download=bool(origin and origin.own_download),
    )
