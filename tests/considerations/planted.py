"""Small briefs in which one thing is planted, and what is then found of it."""

from __future__ import annotations

import json
from typing import Any

from tests.making import findings, from_text
from tracktwo.constitute import Constituted
from tracktwo.dossier.language import voice
from tracktwo.model.finding import Finding

BASE: dict[str, Any] = {
    "title": "Two towns",
    "written": "2026-11-01",
    "countries": ["Mali"],
    "sides": [{"id": "upper", "name": "Upper town"}, {"id": "lower", "name": "Lower town"}],
    "parties": [{"name": "Council of the upper town", "side": "upper"}, {"name": "Council of the lower town", "side": "lower"}],
    "wish": {"starts": "2027-03-01", "rounds": 4, "months": 18, "days": 3},
}


def planted(**fields: Any) -> Constituted:
    """The base with these fields added or replaced, constituted; a field that is None is taken away."""
    return from_text(json.dumps({k: v for k, v in (BASE | fields).items() if v is not None}, indent=1, ensure_ascii=False))


def one(done: Constituted, code: str) -> Finding:
    """The only finding of a code."""
    (finding,) = findings(done, code=code)
    return finding


def _said(finding: Finding) -> str:
    """The sentence, with plain spaces where numbers are held together."""
    return voice().say(finding.message).replace("\xa0", " ")


def many(done: Constituted, code: str) -> list[str]:
    """The sentences of a code, in order."""
    return [_said(finding) for finding in findings(done, code=code)]


def said(done: Constituted, code: str) -> str:
    """The sentence of the only finding of a code."""
    return _said(one(done, code))


def has(done: Constituted, *codes: str) -> tuple[bool, ...]:
    """For each code whether it was found."""
    found = {finding.code for finding in findings(done)}
    return tuple(code in found for code in codes)


def person(name: str, *sides: str, **fields: Any) -> dict[str, Any]:
    """Somebody invented."""
    return {"name": name, "sides": list(sides), "fictional": True, **fields}
