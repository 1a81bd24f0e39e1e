"""The published JSON Schema of a brief is the one of the model, and it accepts the briefs that ship."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from tracktwo.model.brief import Brief

ROOT = Path(__file__).resolve().parent.parent.parent
PUBLISHED = ROOT / "docs" / "reference" / "brief.schema.json"


def current() -> str:
    """The schema as `make schema` writes it."""
    return json.dumps(Brief.model_json_schema(by_alias=True), indent=2, ensure_ascii=False) + "\n"


def test_the_published_schema_is_that_of_the_model() -> None:
    assert PUBLISHED.read_text(encoding="utf-8") == current(), "run 'make schema'"


def test_the_published_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(PUBLISHED.read_text(encoding="utf-8")))


def test_the_published_schema_refuses_a_field_that_no_brief_has() -> None:
    validator = jsonschema.Draft202012Validator(json.loads(PUBLISHED.read_text(encoding="utf-8")))
    brief = {"title": "A title", "parties": [{"name": "One"}]}
    validator.validate(brief)
    with pytest.raises(jsonschema.ValidationError):
        validator.validate({**brief, "tittle": "A title"})
