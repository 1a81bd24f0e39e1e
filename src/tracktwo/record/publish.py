"""From a finished initiative to an anonymised case of the library: a draft that a person reviews field by field, and the case that comes of it.

Nothing is published by itself. Each field is proposed from the record as far as the record knows it, else left empty; a person reads each,
mends or overrules each warning with a reason, and records on whose consent it is.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import yaml
from pydantic import ValidationError

from tracktwo.model.case import Case
from tracktwo.record.dialogue import Publication
from tracktwo.record.gate import NounMask
from tracktwo.record.initiative import Initiative
from tracktwo.record.mask import SHARED, plain
from tracktwo.record.mentions import mentions
from tracktwo.record.singled_out import singled_out

FORMAT: Literal["case-draft/1"] = "case-draft/1"
SET_BY_PUBLISHING = ("verified", "verified_fields")
"""Fields of a case that nobody reviews: no source was read for them, so they say so."""
FIELDS = tuple(name for name in Case.model_fields if name not in SET_BY_PUBLISHING)
MOST_BYTES = 1024 * 1024

_CODE = re.compile(r"(?<![A-Za-z0-9])[A-Z][0-9]{0,3}-[0-9]{2,4}(?![A-Za-z0-9])")


class Refused(ValueError):
    """A draft that may not be published: one sentence for each fault."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True)
class Recognisable:
    """Words of a field by which somebody could be known; never by whom."""

    field: str
    words: str
    why: str


@dataclass(frozen=True)
class Published:
    """A case for the library, the file that holds it, and what is written into the record beside it."""

    case: Case
    json: str
    made: Publication


def draft_case(initiative: Initiative) -> str:
    """A draft as YAML: each field of a case with what the record knows of it and `reviewed: false`, and the warnings of the small-group check.

    Names of people are masked in what is proposed. The draft is for the team: it stays inside until it has been reviewed.
    """
    values = _known(initiative)
    fields = {name: {"value": values.get(name), "reviewed": False} for name in FIELDS}
    warnings = [
        {"field": one.field, "words": one.words, "why": one.why, "overruled": None}
        for name in FIELDS
        for one in warnings_of(name, values.get(name), initiative)
    ]
    document = {"format": FORMAT, "consent": [], "fields": fields, "warnings": warnings}
    return yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=120)


def publish_case(draft: str, initiative: Initiative, *, day: date) -> Published:
    """The case that a reviewed draft amounts to, the JSON to be kept in the library under `<id>.json`, and the body of `CasePublished`.

    Raises Refused, with a sentence for each fault: a field that was not reviewed, a value that no case can have, a warning that was neither
    mended nor overruled with a reason, or no consent.
    """
    document = _read(draft)
    fields, faults = document["fields"], list(_unreviewed(document["fields"]))
    faults += _unheeded(document, initiative)
    consent = document.get("consent")
    if not isinstance(consent, list) or not consent or not all(isinstance(one, str) and one.strip() for one in consent):
        faults.append("consent is empty: list the codes of those who consent to publication, or say in words on whose consent it is")
        consent = []
    known = {member.code for member in initiative.members}
    for one in consent:
        if _CODE.fullmatch(one) and one not in known:
            faults.append(f"consent names {one}, which is the code of nobody in this initiative")
    case = _case({name: fields[name].get("value") for name in FIELDS if isinstance(fields.get(name), dict)}, faults)
    if faults or case is None:
        raise Refused(faults)
    text = case_json(case)
    digest = hashlib.sha256(text.encode()).hexdigest()
    made = Publication(case=case.id, day=day, consent=tuple(consent), reviewed=FIELDS, sha256=digest)
    return Published(case, text, made)


def case_json(case: Case) -> str:
    """A case as the library keeps it: UTF-8 JSON, the same bytes for the same case."""
    values = case.model_dump(mode="json")
    values["sources"] = [{("copy" if key == "copy_" else key): value for key, value in source.items()} for source in values["sources"]]
    values["verified_fields"] = sorted(values["verified_fields"])
    return json.dumps(values, ensure_ascii=False, indent=1) + "\n"


def warnings_of(field: str, value: object, initiative: Initiative) -> tuple[Recognisable, ...]:
    """By which words of a field somebody could be known: names, initials, offices, codes, and attributes that only one person has."""
    found: list[Recognisable] = []
    for path, text in _texts(field, value):
        named = mentions(text, initiative)
        found += [Recognisable(path, one.words, f"seems to mean a person of the initiative ({one.why})") for one in named]
        found += [
            Recognisable(path, code, "is the code of a person, which shows the side") for code in _CODE.findall(text) if _known_code(code, initiative)
        ]
        if SHARED in text:
            found.append(Recognisable(path, SHARED, "stands for a person; say it without the person, or leave it out"))
        already = {code for one in named for code in one.codes}
        for group in singled_out(text, initiative):
            if group.code not in already:
                why = f"singles out one person of the roster ({', '.join(dict.fromkeys(group.kinds))})"
                found.append(Recognisable(path, " … ".join(group.words), why))
    return tuple(dict.fromkeys(found))


def _known_code(code: str, initiative: Initiative) -> bool:
    return any(member.code == code for member in initiative.members)


def _texts(path: str, value: object) -> Iterator[tuple[str, str]]:
    """Every text of a value with where it stands in the draft."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list | tuple):
        for number, item in enumerate(value):
            yield from _texts(f"{path}[{number}]", item)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(f"{path}.{key}", item)


def _known(initiative: Initiative) -> dict[str, Any]:
    """What the record knows of each field. What a person has to judge, such as the outcome, it does not know."""
    say = NounMask(initiative, names=False).text
    parts = [part.body for part in initiative.dialogue.parts]
    days = [part.day for part in parts]
    begun = min(days, default=initiative.wish.starts)
    attended: dict[str, set[str]] = {}
    for part in parts:
        attended.setdefault(part.session, set()).update(code for code in part.present if not code.startswith("T-"))
    sizes = sorted(len(people) for people in attended.values())
    stages = dict.fromkeys((part.day.year, part.stage) for part in sorted(parts, key=lambda part: part.day) if part.stage)
    rules = [part.rule.attribution for part in initiative.dialogue.parts]
    return {
        "id": re.sub(r"[^a-z0-9]+", "-", plain(say(initiative.opening.title)).lower()).strip("-") or None,
        "name": say(initiative.opening.title),
        "regions": [],
        "countries": list(initiative.countries),
        "start_year": begun.year if begun else None,
        "end_year": max(days).year if days else None,
        "tracks": [],
        "convenors": [say(initiative.convenor.name)] if initiative.convenor else [],
        "third_party_type": initiative.convenor.kind if initiative.convenor else None,
        "parties": [say(party.name) for party in initiative.parties],
        "participant_types": [],
        "participants_per_meeting": [sizes[0], sizes[-1]] if sizes else None,
        "meetings": len(attended) or None,
        "venues": [],
        "confidentiality": "Chatham House" if rules and set(rules) == {"none"} else None,
        "methods": [],
        "phases": [f"{year}: {say(stage or '')}" for year, stage in stages],
        "cultural_activities": [say(item.what) for item in initiative.culture],
        "funding": [say(pledge.donor) for pledge in initiative.budget.pledges if pledge.status == "received"] if initiative.budget else [],
        "outputs": [],
        "transfer": [],
        "lessons": [],
        "sources": [],
    }


def _read(draft: str) -> dict[str, Any]:
    if len(draft.encode()) > MOST_BYTES:
        raise Refused([f"the draft has more than {MOST_BYTES:,} bytes; a case is one page"])
    try:
        if any(isinstance(token, yaml.AnchorToken | yaml.AliasToken) for token in yaml.scan(draft)):
            raise Refused(["the draft uses anchors (& and *), which no draft needs; write the words out"])
        document = yaml.safe_load(draft)
    except yaml.MarkedYAMLError as error:
        line = f" at line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise Refused([f"the draft is no readable YAML{line}: {error.problem or 'it cannot be read'}"]) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        if isinstance(error, Refused):
            raise
        raise Refused(["the draft is no readable YAML; draft the case again"]) from error
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise Refused([f"the draft does not say 'format: {FORMAT}'; draft the case again"])
    if not isinstance(document.get("fields"), dict):
        raise Refused(["the draft has no 'fields'; draft the case again"])
    return document


def _unreviewed(fields: dict[str, Any]) -> Iterator[str]:
    for name in FIELDS:
        field = fields.get(name)
        if not isinstance(field, dict):
            yield f"fields.{name} is missing; write it as a value and 'reviewed: true'"
        elif field.get("reviewed") is not True:
            yield f"fields.{name} has not been reviewed; read it, mend it, and write 'reviewed: true'"
    for name in fields:
        if name not in FIELDS:
            yield f"fields.{name} is no field of a case; leave it out"


def _unheeded(document: dict[str, Any], initiative: Initiative) -> Iterator[str]:
    """Warnings of the values as they are now that nobody overruled with a reason."""
    listed = document.get("warnings")
    overruled = {
        (str(one.get("field")), str(one.get("words")))
        for one in (listed if isinstance(listed, list) else [])
        if isinstance(one, dict) and isinstance(one.get("overruled"), str) and one["overruled"].strip()
    }
    for name in FIELDS:
        field = document["fields"].get(name)
        for one in warnings_of(name, field.get("value") if isinstance(field, dict) else None, initiative):
            if (one.field, one.words) not in overruled:
                yield (
                    f"fields.{one.field}: '{one.words}' {one.why}; mend it, or add under warnings "
                    f"the field, the words, and why it may stand as 'overruled'"
                )


def _case(values: dict[str, Any], faults: list[str]) -> Case | None:
    """The case, or None with the faults of its values added."""
    raw = dict(values)
    if isinstance(raw.get("sources"), list):
        raw["sources"] = [
            {("copy_" if key == "copy" else key): value for key, value in source.items()} if isinstance(source, dict) else source
            for source in raw["sources"]
        ]
    if not isinstance(raw.get("id"), str) or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", raw["id"]):
        faults.append("fields.id should be small letters and digits, joined by hyphens")
    try:
        return Case.model_validate({**raw, "verified": False, "verified_fields": frozenset()})
    except ValidationError as error:
        seen: dict[str, str] = {}
        for one in error.errors():
            path = ".".join(str(step) for step in one["loc"] if isinstance(step, int) or not step.startswith(("tuple[", "int", "str")))
            seen.setdefault(path, f"fields.{path}: {one['msg'][0].lower()}{one['msg'][1:]}")
        faults.extend(seen.values())
        return None
